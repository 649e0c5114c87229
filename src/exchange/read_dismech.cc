// dismech (Monarch): evidence entries of one disease, as YAML of the knowledge base or JSON lines.
//
// Source: monarch-initiative/dismech (BSD-3). Written mostly by a language model and reviewed:
// silver. An entry that a section lists ("has this phenotype", "this process takes part") makes no
// arrow; treatments, infectious agents and downstream edges do.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "base/text.h"
#include "exchange/dismech.h"
#include "exchange/draft.h"
#include "exchange/json_elements.h"
#include "exchange/readers.h"
#include "exchange/yaml_records.h"

namespace thaw::exchange {
namespace {

namespace json = boost::json;
using evidence::Direction;
using evidence::Item;
using evidence::Sign;

// How far an entry written by a language model and reviewed is taken to read its source right: a
// choice, not a measurement.
constexpr double kFaithful = 0.9;

struct Section {
  std::string_view name, kind, relation;
  bool causal, from_disease;
  Sign sign;
};

constexpr std::array<Section, 9> kSections = {{
    {"biochemical", "biomarker", "associated_with", false, false, Sign::kRaises},
    {"diagnosis", "biomarker", "associated_with", false, false, Sign::kRaises},
    {"environmental", "exposure", "associated_with", false, false, Sign::kRaises},
    {"genetic", "gene_variant", "associated_with", false, false, Sign::kRaises},
    {"histopathology", "pathology", "has_pathology", false, true, Sign::kRaises},
    {"infectious_agent", "exposure", "causes", true, false, Sign::kRaises},
    {"pathophysiology", "process", "takes_part_in", false, false, Sign::kRaises},
    {"phenotypes", "phenotype", "has_phenotype", false, true, Sign::kRaises},
    {"treatments", "intervention", "treats", true, false, Sign::kLowers},
}};

Result<Done> take_verdict(const json::object& given, Item& item) {
  const std::string verdict = text_of(given, "supports");
  if (verdict == "SUPPORT" || verdict == "PARTIAL") {
    item.direction = Direction::kSupports;
    item.grade = verdict == "SUPPORT" ? "unstated" : "weak";
  } else if (verdict == "REFUTE") {
    item.direction = Direction::kOpposes;
    item.grade = "unstated";
  } else if (verdict == "NO_EVIDENCE" || verdict == "WRONG_STATEMENT") {
    item.direction = Direction::kInconclusive;
    item.note = fmt::format("judged {} in dismech", verdict);
  } else {
    return invalid_argument(fmt::format("the verdict '{}' is not known", verdict));
  }
  return Done{};
}

bool is_true(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

Result<Batch> batch_of_line(const json::object& given) {
  DismechPlace place;
  place.disease = text_of(given, "disease");
  place.section = text_of(given, "section");
  place.item = text_of(given, "item");
  if (const auto* path = array_of(given, "path")) {
    std::vector<std::string> parts;
    for (const auto& part : *path) {
      parts.push_back(part.is_string() ? std::string(part.get_string()) : "");
    }
    place.section = parts.empty() ? "" : parts[0];
    place.item = parts.size() > 1 ? parts[1] : "";
    const bool downstream = parts.size() > 3 && parts[2] == "downstream";
    place.target = downstream ? parts[3] : "";
  }
  return dismech_batch(place, given);
}

/// Calls `take` with every evidence entry of one disease's document.
void each_entry(const json::object& document,
                const std::function<void(const DismechPlace&, const json::object&)>& take) {
  DismechPlace place;
  place.disease = text_of(document, "name");
  if (const auto* term = object_of(document, "disease_term")) {
    const auto* inner = object_of(*term, "term");
    place.disease_id = inner == nullptr ? "" : text_of(*inner, "id");
  }
  const auto entries = [&](const json::object& holder) {
    if (const auto* list = array_of(holder, "evidence")) {
      for (const auto& element : *list) {
        if (const auto* entry = element.if_object()) {
          take(place, *entry);
        }
      }
    }
  };
  for (const auto& [section, value] : document) {
    const auto* list = value.if_array();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      const auto* holder = (*list)[i].if_object();
      if (holder == nullptr) {
        continue;
      }
      place.section = section;
      place.item = text_of(*holder, "name");
      place.target.clear();
      entries(*holder);
      const auto* downstream = array_of(*holder, "downstream");
      for (std::size_t k = 0; downstream != nullptr && k < downstream->size(); ++k) {
        if (const auto* edge = (*downstream)[k].if_object()) {
          place.target = text_of(*edge, "target");
          entries(*edge);
        }
      }
    }
  }
}

}  // namespace

Result<Batch> dismech_batch(const DismechPlace& place, const json::object& given) {
  const auto* section =
      std::ranges::find(kSections, std::string_view(place.section), &Section::name);
  if (section == kSections.end()) {
    return invalid_argument(
        fmt::format("the section '{}' relates nothing to the disease", place.section));
  }
  if (place.disease.empty() || place.item.empty()) {
    return invalid_argument("the disease or the entry has no name");
  }
  Batch batch;
  Item item;
  THAW_CHECK(take_verdict(given, item));
  THAW_TRY(auto source, source_of(text_of(given, "reference")));
  auto entry = mention_of("", place.item, section->kind);
  auto other = place.target.empty() ? mention_of(place.disease_id, place.disease, "disease")
                                    : mention_of("", place.target, "process");
  item.subject = section->from_disease ? other.id : entry.id;
  item.object = section->from_disease ? entry.id : other.id;
  item.relation = place.target.empty() ? section->relation : "contributes_to";
  item.causal = section->causal || !place.target.empty();
  item.sign = section->sign;
  const std::string kind = study_kind_of(text_of(given, "evidence_source"));
  item.study_kind = kind.empty() ? "review" : kind;
  item.extractor = "dismech";
  item.faithful = kFaithful;
  item.source = source.id;
  item.quote = text_of(given, "snippet");
  const bool verbatim = is_true(given, "verbatim") || is_true(given, "snippet_verbatim");
  item.quote_check = item.quote.empty() ? "" : verbatim ? "verbatim" : "unchecked";
  if (const std::string why = text_of(given, "explanation"); !why.empty()) {
    item.note += (item.note.empty() ? "" : "; ") + why;
  }
  item.id = content_id("dismech", {place.disease, place.section, place.item, place.target,
                                   item.source, text_of(given, "supports"), item.quote});
  batch.mentioned = {std::move(entry), std::move(other)};
  batch.cited.push_back(std::move(source));
  batch.items.push_back(std::move(item));
  return batch;
}

bool is_dismech_lines(std::string_view /*name*/, std::string_view head) {
  head = trim(head).substr(0, 8000);
  return head.starts_with('{') && head.find("\"supports\"") != std::string_view::npos &&
         head.find("\"snippet\"") != std::string_view::npos &&
         head.find("\"disease\"") != std::string_view::npos;
}

bool is_dismech_yaml(std::string_view name, std::string_view head) {
  return (name.ends_with(".yaml") || name.ends_with(".yml")) &&
         head.find("supports:") != std::string_view::npos &&
         head.find("snippet:") != std::string_view::npos;
}

Result<Done> read_dismech_lines(ByteSource& bytes, Sink& sink) {
  return read_objects(bytes, sink, batch_of_line);
}

Result<Done> read_dismech_yaml(ByteSource& bytes, Sink& sink) {
  YamlRecords records(bytes);
  YamlRecord record;
  Place place;
  while (true) {
    THAW_TRY(const bool more, records.next(record));
    if (!more) {
      return Done{};
    }
    place = {record.line, place.record + 1};
    const auto value = record.fault.empty() ? parse_yaml(record.text)
                                            : Result<json::value>(invalid_argument(record.fault));
    if (!value || !value->is_object()) {
      sink.refuse(place, value ? "must be a map" : value.error().message);
      continue;
    }
    Batch all;
    each_entry(value->get_object(), [&](const DismechPlace& at, const json::object& entry) {
      auto batch = dismech_batch(at, entry);
      if (!batch) {
        sink.refuse(place, batch.error().message);
        return;
      }
      Batch one = std::move(batch).value();
      std::ranges::move(one.mentioned, std::back_inserter(all.mentioned));
      std::ranges::move(one.cited, std::back_inserter(all.cited));
      std::ranges::move(one.items, std::back_inserter(all.items));
    });
    THAW_CHECK(sink.keep(place, std::move(all)));
  }
}

}  // namespace thaw::exchange
