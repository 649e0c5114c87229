#include "exchange/trial_document.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "evidence/document_json.h"
#include "exchange/article_parts.h"

namespace thaw::exchange {
namespace {

namespace json = boost::json;
using evidence::Document;

/// Follows `path` through objects; null when something on it is absent or no object.
const json::value* at(const json::object& root, std::initializer_list<std::string_view> path) {
  const json::object* object = &root;
  const json::value* value = nullptr;
  for (const auto key : path) {
    if (object == nullptr) {
      return nullptr;
    }
    value = object->if_contains(key);
    object = value != nullptr && value->is_object() ? &value->get_object() : nullptr;
  }
  return value;
}

/// Text at `path` with white space folded and without zero bytes; "" when there is none.
std::string text_at(const json::object& root, std::initializer_list<std::string_view> path) {
  const auto* value = at(root, path);
  if (value == nullptr || !value->is_string()) {
    return "";
  }
  std::string out;
  for (const char c : value->get_string()) {
    const bool space = c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return std::string(trim(out));
}

/// Calls `take` with each object of the list at `path`.
template <class Take>
void each(const json::object& root, std::initializer_list<std::string_view> path, Take&& take) {
  const auto* list = at(root, path);
  if (list == nullptr || !list->is_array()) {
    return;
  }
  for (const auto& element : list->get_array()) {
    if (element.is_object()) {
      take(element.get_object());
    }
  }
}

void add_words(const json::object& root, std::initializer_list<std::string_view> path,
               std::vector<std::string>& out) {
  const auto* list = at(root, path);
  if (list == nullptr || !list->is_array()) {
    return;
  }
  for (const auto& element : list->get_array()) {
    if (element.is_string()) {
      add_once(out, std::string(element.get_string()));
    }
  }
}

void add_section(Document& document, const char* name, std::string text) {
  if (!text.empty()) {
    document.sections.push_back({name, std::move(text)});
  }
}

/// Adds "label: text" to `line`, after "; " where something stands before it.
void add_part(std::string& line, std::string_view label, const std::string& text) {
  if (!text.empty()) {
    line += fmt::format("{}{}{}", line.empty() ? "" : "; ", label, text);
  }
}

std::string design_line(const json::object& protocol) {
  std::string line;
  add_part(line, "study type ", text_at(protocol, {"designModule", "studyType"}));
  std::vector<std::string> phases;
  add_words(protocol, {"designModule", "phases"}, phases);
  add_part(line, "phase ", join(phases, ", "));
  add_part(line, "allocation ", text_at(protocol, {"designModule", "designInfo", "allocation"}));
  add_part(line, "model ", text_at(protocol, {"designModule", "designInfo", "interventionModel"}));
  add_part(line, "masking ",
           text_at(protocol, {"designModule", "designInfo", "maskingInfo", "masking"}));
  if (const auto* count = at(protocol, {"designModule", "enrollmentInfo", "count"});
      count != nullptr && count->is_int64()) {
    const std::string type = text_at(protocol, {"designModule", "enrollmentInfo", "type"});
    add_part(
        line, "people ",
        fmt::format("{}{}", count->get_int64(), type.empty() ? "" : " (" + lowered(type) + ")"));
  }
  add_part(line, "status ", text_at(protocol, {"statusModule", "overallStatus"}));
  return line;
}

std::string arms_text(const json::object& protocol) {
  std::string out;
  each(protocol, {"armsInterventionsModule", "armGroups"}, [&](const json::object& arm) {
    std::string line = text_at(arm, {"label"});
    add_part(line, "", text_at(arm, {"type"}));
    add_part(line, "", text_at(arm, {"description"}));
    out += (out.empty() ? "" : "\n") + line;
  });
  return out;
}

std::string outcomes_text(const json::object& protocol, std::string_view list) {
  std::string out;
  each(protocol, {"outcomesModule", list}, [&](const json::object& outcome) {
    std::string line = text_at(outcome, {"measure"});
    add_part(line, "", text_at(outcome, {"description"}));
    add_part(line, "time frame ", text_at(outcome, {"timeFrame"}));
    out += (out.empty() ? "" : "\n") + line;
  });
  return out;
}

/// "mean difference 2.32; 95 % interval 0.18 to 4.47; p 0.03; ANCOVA", figures as posted.
std::string analysis_line(const json::object& analysis) {
  std::string line = text_at(analysis, {"paramType"});
  if (const std::string value = text_at(analysis, {"paramValue"}); !value.empty()) {
    line += (line.empty() ? "" : " ") + value;
  }
  const std::string low = text_at(analysis, {"ciLowerLimit"});
  const std::string high = text_at(analysis, {"ciUpperLimit"});
  if (!low.empty() || !high.empty()) {
    add_part(line, "",
             fmt::format("{} % interval {} to {}", text_at(analysis, {"ciPctValue"}),
                         low.empty() ? "(not posted)" : low, high.empty() ? "(not posted)" : high));
  }
  add_part(line, "p ", text_at(analysis, {"pValue"}));
  add_part(line, "", text_at(analysis, {"statisticalMethod"}));
  add_part(line, "", text_at(analysis, {"nonInferiorityType"}));
  return line;
}

std::string results_text(const json::object& study) {
  std::string out;
  each(study, {"resultsSection", "outcomeMeasuresModule", "outcomeMeasures"},
       [&](const json::object& measure) {
         each(measure, {"analyses"}, [&](const json::object& analysis) {
           out += fmt::format("{}{}: {} ({}): {}.", out.empty() ? "" : "\n",
                              text_at(measure, {"type"}), text_at(measure, {"title"}),
                              text_at(measure, {"timeFrame"}), analysis_line(analysis));
         });
       });
  return out;
}

}  // namespace

Result<Document> trial_document(const json::object& study) {
  const auto* value = at(study, {"protocolSection"});
  if (value == nullptr || !value->is_object()) {
    return invalid_argument("a study has no protocolSection");
  }
  const json::object& protocol = value->get_object();
  Document document;
  document.id =
      evidence::canonical_document_id(text_at(protocol, {"identificationModule", "nctId"}));
  if (document.id.size() != 11 || !document.id.starts_with("NCT")) {
    return invalid_argument("a study has no NCT number");
  }
  document.trials = {document.id};
  document.journal = "ClinicalTrials.gov";
  document.language = "en";
  document.url = evidence::document_url(document.id);
  document.kinds = {"trial registration"};
  // What was known by a year: the posted results, else the first registration.
  document.year =
      year_in(text_at(protocol, {"statusModule", "resultsFirstPostDateStruct", "date"}));
  const std::string results = results_text(study);
  if (results.empty() || !document.year) {
    document.year =
        year_in(text_at(protocol, {"statusModule", "studyFirstPostDateStruct", "date"}));
  }
  add_words(protocol, {"conditionsModule", "conditions"}, document.keywords);
  add_words(protocol, {"conditionsModule", "keywords"}, document.keywords);
  const std::string brief = text_at(protocol, {"identificationModule", "briefTitle"});
  const std::string official = text_at(protocol, {"identificationModule", "officialTitle"});
  add_section(document, "title", official.empty() ? brief : official);
  add_section(document, "summary", text_at(protocol, {"descriptionModule", "briefSummary"}));
  add_section(document, "description",
              text_at(protocol, {"descriptionModule", "detailedDescription"}));
  add_section(document, "design", design_line(protocol));
  add_section(document, "arms", arms_text(protocol));
  add_section(document, "primary outcomes", outcomes_text(protocol, "primaryOutcomes"));
  add_section(document, "secondary outcomes", outcomes_text(protocol, "secondaryOutcomes"));
  add_section(document, "posted analyses", results);
  if (document.sections.empty()) {
    return invalid_argument("a study has no text: " + document.id);
  }
  return document;
}

}  // namespace thaw::exchange
