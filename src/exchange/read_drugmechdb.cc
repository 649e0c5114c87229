// DrugMechDB: one path from a drug to a disease a record, JSON a line or YAML.
//
// Source: SuLab/DrugMechDB (CC0). References stand for a whole path, none for a link: every link of
// a path cites the path's record and shares one group with it, and is a curated record without a
// primary source of its own.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "exchange/draft.h"
#include "exchange/json_elements.h"
#include "exchange/readers.h"
#include "exchange/yaml_records.h"

namespace thaw::exchange {
namespace {

namespace json = boost::json;

std::string kind_of_label(std::string_view label) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kKinds = {
      {{"BiologicalProcess", "process"},
       {"Cell", "cell_type"},
       {"CellularComponent", "component"},
       {"ChemicalSubstance", "chemical"},
       {"Disease", "disease"},
       {"Drug", "drug"},
       {"GeneFamily", "family"},
       {"GrossAnatomicalStructure", "anatomy"},
       {"MacromolecularComplex", "complex"},
       {"MolecularActivity", "process"},
       {"OrganismTaxon", "organism"},
       {"Pathway", "process"},
       {"PhenotypicFeature", "phenotype"},
       {"Protein", "protein"}}};
  const auto* found = std::ranges::find(kKinds, label, [](const auto& p) { return p.first; });
  return found == kKinds.end() ? "entity" : std::string(found->second);
}

evidence::Source record_source(const json::object& graph, const std::string& id) {
  evidence::Source s;
  s.id = fmt::format("DrugMechDB:{}", id);
  s.citation = fmt::format("DrugMechDB path {}: {} for {}", id, text_of(graph, "drug"),
                           text_of(graph, "disease"));
  s.url = fmt::format("https://sulab.github.io/DrugMechDB/{}", id);
  return s;
}

/// The papers among a path's references, as group keys, so that a path and an item on the same
/// paper do not count twice.
void add_papers(const json::object& record, std::vector<std::string>& keys) {
  const auto* references = array_of(record, "references");
  for (std::size_t i = 0; references != nullptr && i < references->size(); ++i) {
    const auto* text = (*references)[i].if_string();
    const auto source = text == nullptr ? invalid_argument("") : source_of(std::string_view(*text));
    if (source && source->id.starts_with("PMID:")) {
      keys.push_back(source->id);
    }
  }
}

Result<Batch> batch_of(const json::object& record, std::vector<std::string>& refused_links) {
  const auto* graph = object_of(record, "graph");
  const auto* nodes = array_of(record, "nodes");
  const auto* links = array_of(record, "links");
  const std::string id = graph == nullptr ? "" : text_of(*graph, "_id");
  if (id.empty() || nodes == nullptr || links == nullptr) {
    return invalid_argument("a path needs graph._id, nodes and links");
  }
  Batch batch;
  std::map<std::string, std::string> known;  // id in the file -> id of the mention
  for (const auto& element : *nodes) {
    const auto* node = element.if_object();
    if (node == nullptr || text_of(*node, "id").empty()) {
      return invalid_argument("a node without id");
    }
    auto mention = mention_of(text_of(*node, "id"), text_of(*node, "name"),
                              kind_of_label(text_of(*node, "label")));
    known[text_of(*node, "id")] = mention.id;
    batch.mentioned.push_back(std::move(mention));
  }
  batch.cited.push_back(record_source(*graph, id));
  std::vector<std::string> papers;
  add_papers(record, papers);
  for (const auto& element : *links) {
    const auto* link = element.if_object();
    const std::string key = link == nullptr ? "" : text_of(*link, "key");
    const auto source = link == nullptr ? known.end() : known.find(text_of(*link, "source"));
    const auto target = link == nullptr ? known.end() : known.find(text_of(*link, "target"));
    if (source == known.end() || target == known.end()) {
      refused_links.push_back(
          fmt::format("link '{}' names a node that the path does not have", key));
      continue;
    }
    const auto meaning = meaning_of(key);
    if (!meaning) {
      refused_links.push_back(fmt::format("the predicate '{}' is not known", key));
      continue;
    }
    evidence::Item item;
    item.subject = source->second;
    item.object = target->second;
    apply(*meaning, item);
    item.study_kind = "review";
    item.extractor = "drugmechdb";
    item.source = batch.cited.front().id;
    item.group_keys = papers;
    item.group_label = fmt::format("DrugMechDB {}", id);
    item.note = fmt::format("link '{}' of the curated path {}", key, id);
    item.id = content_id("drugmechdb", {id, item.subject, key, item.object});
    batch.items.push_back(std::move(item));
  }
  return batch;
}

Result<Done> take(Sink& sink, const Place& place, const Result<json::value>& value) {
  if (!value || !value->is_object()) {
    sink.refuse(place, value ? "must be an object" : value.error().message);
    return Done{};
  }
  std::vector<std::string> refused_links;
  auto batch = batch_of(value->get_object(), refused_links);
  if (!batch) {
    sink.refuse(place, batch.error().message);
    return Done{};
  }
  for (auto& reason : refused_links) {
    sink.refuse(place, std::move(reason));
  }
  return sink.keep(place, std::move(batch).value());
}

}  // namespace

bool is_drugmechdb_lines(std::string_view /*name*/, std::string_view head) {
  head = trim(head).substr(0, 20000);
  const bool opens = head.starts_with('{') || head.starts_with('[');
  return opens && head.find("\"links\"") != std::string_view::npos &&
         head.find("\"drug_mesh\"") != std::string_view::npos;
}

bool is_drugmechdb_yaml(std::string_view name, std::string_view head) {
  head = head.substr(0, 20000);
  return (name.ends_with(".yaml") || name.ends_with(".yml")) &&
         head.find("drug_mesh:") != std::string_view::npos &&
         head.find("graph:") != std::string_view::npos;
}

Result<Done> read_drugmechdb_lines(ByteSource& bytes, Sink& sink) {
  JsonElements elements(bytes, JsonElements::Shape::kValues);
  JsonElement element;
  Place place;
  while (true) {
    THAW_TRY(const bool more, elements.next(element));
    if (!more) {
      return Done{};
    }
    place = {element.line, place.record + 1};
    if (!element.fault.empty()) {
      sink.refuse(place, element.fault);
      continue;
    }
    THAW_CHECK(take(sink, place, parse_json(element.text)));
  }
}

Result<Done> read_drugmechdb_yaml(ByteSource& bytes, Sink& sink) {
  YamlRecords records(bytes);
  YamlRecord record;
  Place place;
  while (true) {
    THAW_TRY(const bool more, records.next(record));
    if (!more) {
      return Done{};
    }
    place = {record.line, place.record + 1};
    if (!record.fault.empty()) {
      sink.refuse(place, record.fault);
      continue;
    }
    auto value = parse_yaml(record.text);
    if (value && value->is_array() && value->get_array().size() == 1) {
      json::value only = value->get_array().front();
      value = std::move(only);
    }
    THAW_CHECK(take(sink, place, value));
  }
}

}  // namespace thaw::exchange
