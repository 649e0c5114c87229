// Effects of trials, one a row: trial, drug, year, design, n, outcome, measure, effect, interval,
// p.
//
// Ratios and differences of the ALSFRS-R and of survival become figures that are weighed; any other
// row keeps its words in the note and counts by kind of study and direction alone.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "exchange/draft.h"
#include "exchange/readers.h"
#include "exchange/table_reader.h"

namespace thaw::exchange {
namespace {

using evidence::Direction;
using evidence::Item;
using evidence::PrintedEffect;
using evidence::Sign;

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// What the outcome column speaks of, as a concept and the wish for it.
struct Outcome {
  std::string name;
  std::string_view relation;
  Sign sign;
};

Outcome outcome_of(std::string_view text) {
  const std::string word = fold(text);
  if (holds(word, "surviv") || holds(word, "death") || holds(word, "mortality") ||
      holds(word, "alive")) {
    return {"survival", "extends", Sign::kRaises};
  }
  if (word.starts_with("alsfrs")) {
    return {"ALSFRS-R decline", "slows", Sign::kLowers};
  }
  if (holds(word, "disease rate ratio")) {
    return {"ALS progression", "slows", Sign::kLowers};
  }
  return {std::string(text), "improves", Sign::kRaises};
}

std::string kind_of_design(std::string_view design) {
  const std::string word = fold(design);
  if (holds(word, "subgroup") || holds(word, "post hoc")) {
    return "subgroup_analysis";
  }
  if (holds(word, "meta")) {
    return "meta_analysis_rct";
  }
  if (holds(word, "cohort") || holds(word, "claims")) {
    return "adjusted_cohort";
  }
  if (holds(word, "ole") || holds(word, "open")) {
    return "open_label";
  }
  return word.starts_with("rct") ? "rct" : "";
}

/// "ALSFRS-R change 24 wk" -> 24.
std::optional<double> weeks_in(std::string_view outcome) {
  const auto at = outcome.find(" wk");
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  const auto begin = outcome.find_last_of(" ", at - 1);
  return parse_double(outcome.substr(begin + 1, at - begin - 1));
}

/// The row's figure in a form that effect_scale.h knows, or nothing.
std::optional<PrintedEffect> effect_of(const TableReader& row, const Outcome& outcome) {
  const std::string measure = fold(row.cell("measure"));
  const std::string what = fold(row.cell("outcome"));
  PrintedEffect effect;
  effect.value = parse_double(row.cell("effect"));
  effect.low = parse_double(row.cell("ci_low"));
  effect.high = parse_double(row.cell("ci_high"));
  effect.p = parse_double(row.cell("p"));
  if (!effect.value || (!effect.low && !effect.p)) {
    return std::nullopt;
  }
  effect.positive_means = Sign::kLowers;
  const bool of_survival = outcome.name == "survival";
  const bool of_score = outcome.name == "ALSFRS-R decline";
  if (of_survival && measure == "hr") {
    effect.measure = "hazard_ratio";
  } else if (of_survival && (measure == "rr" || measure == "adjusted rr")) {
    effect.measure = "risk_ratio";
  } else if (of_survival && measure == "or" && holds(what, "alive")) {
    effect.measure = "odds_ratio";
    effect.positive_means = Sign::kRaises;
  } else if (measure == "drr") {
    effect.measure = "disease_rate_ratio";
    effect.positive_means = Sign::kRaises;
  } else if (of_score && holds(what, "points month") && measure == "difference") {
    effect.measure = "alsfrs_r_rate_difference";
  } else if (of_score && holds(measure, "difference") && weeks_in(what)) {
    effect.measure = "alsfrs_r_change_difference";
    effect.weeks = weeks_in(what);
  } else {
    return std::nullopt;
  }
  effect.printed = fmt::format("{} {}", row.cell("measure"), row.cell("effect"));
  if (effect.low && effect.high) {
    effect.printed += fmt::format(" ({} to {})", row.cell("ci_low"), row.cell("ci_high"));
  }
  return effect;
}

Result<Direction> direction_of(std::string_view favours) {
  if (favours == "active") {
    return Direction::kSupports;
  }
  if (favours == "control") {
    return Direction::kOpposes;
  }
  if (favours == "none") {
    return Direction::kNoEffectSeen;
  }
  if (favours.empty()) {
    return Direction::kInconclusive;
  }
  return invalid_argument(fmt::format("favours '{}' must be active, control or none", favours));
}

Result<evidence::Source> source_of_row(const TableReader& row, std::vector<std::string>& keys) {
  std::string_view rest = row.cell("id");
  std::optional<evidence::Source> first;
  for (const auto& part : split(rest, ' ')) {
    if (const auto source = source_of(part)) {
      keys.push_back(source->id);
      first = first ? first : std::optional(*source);
    }
  }
  const std::string_view reported = row.cell("source");
  if (!first) {
    THAW_TRY(auto source, source_of(reported.substr(0, reported.find(' '))));
    keys.push_back(source.id);
    return source;
  }
  if (!reported.empty() && reported != first->id) {
    first->as_reported_by = reported;
  }
  return *first;
}

Result<Batch> batch_of(const TableReader& row) {
  for (const std::string_view column : {"drug", "outcome"}) {
    if (row.cell(column).empty()) {
      return invalid_argument(fmt::format("'{}' is empty", column));
    }
  }
  Batch batch;
  Item item;
  item.study_kind = kind_of_design(row.cell("design"));
  if (item.study_kind.empty()) {
    return invalid_argument(fmt::format("the design '{}' is not known", row.cell("design")));
  }
  THAW_TRY(item.direction, direction_of(row.cell("favours")));
  THAW_TRY(auto source, source_of_row(row, item.group_keys));
  const Outcome outcome = outcome_of(row.cell("outcome"));
  auto drug = mention_of("", row.cell("drug"), "drug");
  auto object = mention_of("", outcome.name, "outcome");
  item.subject = drug.id;
  item.object = object.id;
  item.relation = outcome.relation;
  item.sign = outcome.sign;
  item.effect = effect_of(row, outcome);
  item.grade = "unstated";
  item.n = parse_double(row.cell("n"));
  if (const auto year = parse_int(row.cell("year")); year && *year >= 1900 && *year < 2200) {
    item.year = static_cast<int>(*year);
    source.year = item.year;
  }
  item.extractor = "curated import";
  item.source = source.id;
  item.group_keys.push_back(fmt::format("trial:{}", row.cell("trial")));
  item.group_label = row.cell("trial");
  item.note = fmt::format("{}: {} {} {} {}", row.cell("outcome"), row.cell("measure"),
                          row.cell("effect"), row.cell("p").empty() ? "" : "p", row.cell("p"));
  item.note = trim(item.note);
  if (const auto note = row.cell("note"); !note.empty()) {
    item.note += fmt::format("; {}", note);
  }
  item.id = content_id("trial", {row.cell("trial"), row.cell("drug"), row.cell("outcome"),
                                 row.cell("measure"), row.cell("effect")});
  batch.mentioned = {std::move(drug), std::move(object)};
  batch.cited.push_back(std::move(source));
  batch.items.push_back(std::move(item));
  return batch;
}

}  // namespace

bool is_trial_effects(std::string_view /*name*/, std::string_view head) {
  const auto header = header_of(head, ',');
  const auto has = [&](std::string_view name) {
    return std::ranges::find(header, name) != header.end();
  };
  return has("drug") && has("favours") && has("measure") && has("outcome");
}

Result<Done> read_trial_effects(ByteSource& bytes, Sink& sink) {
  TableReader rows(bytes, ',');
  THAW_CHECK(rows.read_header());
  if (!rows.has("drug") || !rows.has("favours")) {
    return invalid_argument("line 1: there are no columns drug and favours");
  }
  return read_rows(rows, sink, batch_of);
}

}  // namespace thaw::exchange
