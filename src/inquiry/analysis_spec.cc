#include "inquiry/analysis_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <limits>
#include <map>

#include "base/digest.h"
#include "evidence/json_reader.h"
#include "table/csv.h"

namespace thaw::inquiry {
namespace {

namespace json = boost::json;
using evidence::JsonReader;

constexpr int kMostReplicates = 10000;

/// The object at `key`, or nothing when it is absent or null.
Result<const json::object*> part(const json::object& object, std::string_view key) {
  const json::value* found = object.if_contains(key);
  if (found == nullptr || found->is_null()) {
    return nullptr;
  }
  if (!found->is_object()) {
    return invalid_argument(fmt::format("analysis: '{}' must be an object", key));
  }
  return &found->get_object();
}

Result<const json::array*> list(const json::object& object, std::string_view key) {
  const json::value* found = object.if_contains(key);
  if (found == nullptr || found->is_null()) {
    return nullptr;
  }
  if (!found->is_array()) {
    return invalid_argument(fmt::format("analysis: '{}' must be a list", key));
  }
  return &found->get_array();
}

Result<std::vector<std::string>> names(const json::value& value, std::string_view where) {
  if (!value.is_array()) {
    return invalid_argument(fmt::format("analysis: '{}' must be a list of names", where));
  }
  std::vector<std::string> read;
  for (const json::value& one : value.get_array()) {
    if (!one.is_string()) {
      return invalid_argument(fmt::format("analysis: '{}' must be a list of names", where));
    }
    read.emplace_back(one.get_string());
  }
  return read;
}

Result<std::vector<AnalysisVariable>> read_variables(const json::array& given) {
  std::vector<AnalysisVariable> read;
  for (const json::value& one : given) {
    if (!one.is_object()) {
      return invalid_argument("analysis: 'variables' must hold objects with a name");
    }
    JsonReader reader(one.get_object(), "analysis.variables");
    AnalysisVariable variable{reader.text("name", true), std::nullopt};
    const std::string kind = reader.text("kind");
    THAW_CHECK(reader.finish());
    if (kind == "continuous" || kind == "discrete") {
      variable.kind = kind == "discrete" ? discovery::VariableKind::kDiscrete
                                         : discovery::VariableKind::kContinuous;
    } else if (!kind.empty()) {
      return invalid_argument(
          fmt::format("analysis: the kind of {} is '{}', it must be continuous or discrete",
                      variable.name, kind));
    }
    read.push_back(std::move(variable));
  }
  return read;
}

Result<DiscoveryRequest> read_discovery(const json::object& object) {
  DiscoveryRequest read;
  THAW_TRY(const json::array* tiers, list(object, "tiers"));
  if (tiers != nullptr) {
    for (const json::value& tier : *tiers) {
      THAW_TRY(std::vector<std::string> members, names(tier, "tiers"));
      read.tiers.push_back(std::move(members));
    }
  }
  json::object rest = object;
  rest.erase("tiers");
  JsonReader reader(rest, "analysis.discovery");
  const auto word = [&](std::string_view key, std::string& into) {
    if (const std::string given = reader.text(key); !given.empty()) {
      into = given;
    }
  };
  word("method", read.method);
  word("test", read.test);
  word("score", read.score);
  read.alpha = reader.number("alpha").value_or(read.alpha);
  read.penalty = reader.number("penalty").value_or(read.penalty);
  read.max_depth = reader.whole("max_depth", 0, 100);
  read.bootstrap = reader.whole("bootstrap", 0, kMostReplicates).value_or(0);
  THAW_CHECK(reader.finish());
  return read;
}

Result<EstimateRequest> read_estimate(const json::object& object) {
  EstimateRequest read;
  json::object rest = object;
  if (const json::value* adjust = rest.if_contains("adjust")) {
    if (!adjust->is_null()) {
      THAW_TRY(std::vector<std::string> given, names(*adjust, "adjust"));
      read.adjust = std::move(given);
    }
    rest.erase("adjust");
  }
  JsonReader reader(rest, "analysis.estimate");
  const auto word = [&](std::string_view key, std::string& into) {
    if (const std::string given = reader.text(key); !given.empty()) {
      into = given;
    }
  };
  word("method", read.method);
  word("estimand", read.estimand);
  word("learner", read.learner);
  word("unit", read.unit);
  read.instruments = reader.texts("instruments");
  read.negative_outcomes = reader.texts("negative_outcomes");
  read.bootstrap = reader.whole("bootstrap", 0, kMostReplicates).value_or(0);
  THAW_CHECK(reader.finish());
  return read;
}

json::array texts_json(const std::vector<std::string>& texts) {
  json::array made;
  for (const std::string& text : texts) {
    made.emplace_back(text);
  }
  return made;
}

json::object discovery_json(const DiscoveryRequest& asked) {
  json::array tiers;
  for (const auto& tier : asked.tiers) {
    tiers.push_back(texts_json(tier));
  }
  json::object made{{"method", asked.method},   {"test", asked.test},
                    {"score", asked.score},     {"alpha", asked.alpha},
                    {"penalty", asked.penalty}, {"bootstrap", asked.bootstrap},
                    {"tiers", std::move(tiers)}};
  if (asked.max_depth) {
    made["max_depth"] = *asked.max_depth;
  }
  return made;
}

json::object estimate_json(const EstimateRequest& asked) {
  return {{"method", asked.method},
          {"estimand", asked.estimand},
          {"learner", asked.learner},
          {"adjust", asked.adjust ? json::value(texts_json(*asked.adjust)) : json::value(nullptr)},
          {"instruments", texts_json(asked.instruments)},
          {"negative_outcomes", texts_json(asked.negative_outcomes)},
          {"unit", asked.unit},
          {"bootstrap", asked.bootstrap}};
}

/// `column` as a category of the texts of its values.
Column as_category(const Column& column) {
  std::vector<std::string> values;
  MissingMask missing(column.missing_mask().begin(), column.missing_mask().end());
  for (std::size_t row = 0; row < column.size(); ++row) {
    values.push_back(column.cell_text(row));
  }
  return Column::category_of(column.name(), values, std::move(missing));
}

}  // namespace

Result<AnalysisSpec> read_analysis_spec(const json::object& object) {
  AnalysisSpec spec;
  THAW_TRY(const json::array* variables, list(object, "variables"));
  if (variables != nullptr) {
    THAW_TRY(spec.variables, read_variables(*variables));
  }
  THAW_TRY(const json::object* discovery, part(object, "discovery"));
  if (discovery != nullptr) {
    THAW_TRY(spec.discovery, read_discovery(*discovery));
  }
  THAW_TRY(const json::object* graph, part(object, "graph"));
  if (graph != nullptr) {
    spec.graph = *graph;
  }
  THAW_TRY(const json::object* question, part(object, "question"));
  if (question != nullptr) {
    JsonReader reader(*question, "analysis.question");
    spec.question = AnalysisQuestion{reader.text("treatment", true), reader.text("outcome", true),
                                     reader.text("time"), reader.number("horizon")};
    THAW_CHECK(reader.finish());
    if (spec.question->treatment == spec.question->outcome ||
        spec.question->time == spec.question->outcome ||
        spec.question->time == spec.question->treatment) {
      return invalid_argument("analysis: treatment, outcome and time must be different variables");
    }
  }
  THAW_TRY(const json::object* estimate, part(object, "estimate"));
  if (estimate != nullptr) {
    THAW_TRY(spec.estimate, read_estimate(*estimate));
  }
  json::object rest = object;
  for (const char* key : {"variables", "discovery", "graph", "question", "estimate"}) {
    rest.erase(key);
  }
  JsonReader reader(rest, "analysis");
  spec.data_hash = reader.text("data_hash");
  spec.seed = static_cast<std::uint64_t>(
      reader.whole("seed", 0, std::numeric_limits<int>::max()).value_or(1));
  THAW_CHECK(reader.finish());
  if (spec.estimate && !spec.question) {
    return invalid_argument("analysis: an estimate needs a question: treatment and outcome");
  }
  return spec;
}

json::object spec_document(const AnalysisSpec& spec) {
  json::array variables;
  for (const AnalysisVariable& one : spec.variables) {
    json::object variable{{"name", one.name}};
    if (one.kind) {
      variable["kind"] = discovery::to_string(*one.kind);
    }
    variables.push_back(std::move(variable));
  }
  json::object made{{"data_hash", spec.data_hash}, {"variables", std::move(variables)}};
  if (spec.discovery) {
    made["discovery"] = discovery_json(*spec.discovery);
  }
  if (spec.graph) {
    made["graph"] = *spec.graph;
  }
  if (spec.question) {
    json::object question{{"treatment", spec.question->treatment},
                          {"outcome", spec.question->outcome}};
    if (!spec.question->time.empty()) {
      question["time"] = spec.question->time;
      question["horizon"] =
          spec.question->horizon ? json::value(*spec.question->horizon) : json::value(nullptr);
    }
    made["question"] = std::move(question);
  }
  if (spec.estimate) {
    made["estimate"] = estimate_json(*spec.estimate);
  }
  made["seed"] = spec.seed;
  return made;
}

std::string table_hash(const Table& table) {
  std::vector<const Column*> columns;
  for (const Column& column : table.columns()) {
    columns.push_back(&column);
  }
  std::ranges::sort(columns, {}, [](const Column* column) { return column->name(); });
  Sha256 digest;
  for (const Column* column : columns) {
    digest.add(fmt::format("{}:{}:{}\n", column->name().size(), column->name(),
                           to_string(column->type())));
    for (std::size_t row = 0; row < column->size(); ++row) {
      const std::string cell = column->missing(row) ? "" : column->cell_text(row);
      digest.add(fmt::format("{}:", column->missing(row) ? "-" : std::to_string(cell.size())));
      digest.add(cell);
    }
  }
  return digest.hex();
}

Result<Table> analysis_table(const Table& table, const AnalysisSpec& spec) {
  Table made;
  std::map<std::string, const AnalysisVariable*, std::less<>> asked;
  for (const AnalysisVariable& one : spec.variables) {
    THAW_CHECK(table.column(one.name));
    asked[one.name] = &one;
  }
  for (const Column& column : table.columns()) {
    const auto found = asked.find(column.name());
    const bool followed = spec.question && column.name() == spec.question->time;
    if (!followed && !spec.variables.empty() && found == asked.end()) {
      continue;
    }
    // Treatment and outcome stay as they are: the estimators know 0/1 and numbers themselves.
    const bool asked_about = spec.question && (column.name() == spec.question->treatment ||
                                               column.name() == spec.question->outcome ||
                                               column.name() == spec.question->time);
    const auto kind = found == asked.end() || asked_about ? std::nullopt : found->second->kind;
    if (kind == discovery::VariableKind::kDiscrete &&
        (column.type() == ColumnType::kReal || column.type() == ColumnType::kInteger)) {
      THAW_CHECK(made.add_column(as_category(column)));
    } else if (kind == discovery::VariableKind::kContinuous &&
               column.type() == ColumnType::kBoolean) {
      THAW_TRY(std::vector<double> values, column.numeric());
      THAW_CHECK(made.add_column(Column::real(column.name(), std::move(values))));
    } else if (kind == discovery::VariableKind::kContinuous &&
               column.type() == ColumnType::kCategory) {
      return invalid_argument(
          fmt::format("variable {} holds categories, which are no amounts; ask for it as discrete",
                      column.name()));
    } else {
      THAW_CHECK(made.add_column(column));
    }
  }
  return made;
}

}  // namespace thaw::inquiry
