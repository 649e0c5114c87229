// BEL as node-link JSON, the form that PyBEL writes: {"graph", "nodes": [...], "links": [...]}.
//
// Links name their nodes by place in the list (or by id), so the nodes are kept, at most a million.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <map>

#include "base/text.h"
#include "exchange/bel_statement.h"
#include "exchange/draft.h"
#include "exchange/json_elements.h"
#include "exchange/linker.h"
#include "exchange/readers.h"

namespace thaw::exchange {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostNodes = 1'000'000;

struct Nodes {
  std::vector<Result<BelTerm>> terms;
  std::map<std::string, std::size_t> by_id;
};

std::string kind_of_function(const std::string& function) {
  const std::string name = fold(function);
  if (name == "protein" || name == "gene" || name == "complex") {
    return name;
  }
  if (name == "abundance") {
    return "chemical";
  }
  if (name == "rna" || name == "mirna" || name == "micro rna") {
    return "transcript";
  }
  if (name == "pathology") {
    return "disease";
  }
  return name == "biological process" || name == "biologicalprocess" ? "process" : "entity";
}

Result<BelTerm> term_of(const json::object& node) {
  if (const std::string bel = text_of(node, "bel"); !bel.empty()) {
    return parse_bel_term(bel);
  }
  const auto* inner = object_of(node, "concept");
  const json::object& named = inner == nullptr ? node : *inner;
  const std::string space = text_of(named, "namespace");
  const std::string id = text_of(named, "identifier");
  const std::string name = text_of(named, "name");
  if (name.empty() && id.empty()) {
    return invalid_argument("a node with neither bel, name nor identifier");
  }
  std::string function = text_of(node, "function");
  function = function.empty() ? text_of(node, "type") : function;
  BelTerm term;
  term.mention = mention_of(id.empty() || space.empty() ? "" : fmt::format("{}:{}", space, id),
                            name, kind_of_function(function));
  if (node.contains("variants")) {
    term.form = json::serialize(node.at("variants"));
  }
  return term;
}

Result<BelTerm> end_of(const json::object& link, std::string_view key, const Nodes& nodes) {
  const auto* value = link.if_contains(key);
  std::size_t at = nodes.terms.size();
  if (value != nullptr && value->is_int64() && value->get_int64() >= 0) {
    at = static_cast<std::size_t>(value->get_int64());
  } else if (value != nullptr && value->is_string()) {
    const auto found = nodes.by_id.find(std::string(value->get_string()));
    at = found == nodes.by_id.end() ? at : found->second;
  }
  if (at >= nodes.terms.size()) {
    return invalid_argument(fmt::format("'{}' names no node of the file", key));
  }
  return nodes.terms[at];
}

BelContext context_of(const json::object& link) {
  BelContext context;
  context.evidence = text_of(link, "evidence");
  if (const auto* citation = object_of(link, "citation")) {
    std::string type = text_of(*citation, "type");
    type = type.empty() ? text_of(*citation, "db") : type;
    type = type.empty() ? text_of(*citation, "namespace") : type;
    std::string reference = text_of(*citation, "reference");
    reference = reference.empty() ? text_of(*citation, "db_id") : reference;
    reference = reference.empty() ? text_of(*citation, "identifier") : reference;
    context.citation = reference.empty() ? "" : bel_citation(type, reference);
  }
  if (const auto* annotations = object_of(link, "annotations")) {
    for (const auto& [name, value] : *annotations) {
      std::vector<std::string> values;
      if (const auto* object = value.if_object()) {
        for (const auto& member : *object) {
          values.emplace_back(member.key());
        }
      } else if (const auto* list = value.if_array()) {
        for (const auto& element : *list) {
          const auto* entry = element.if_object();
          values.push_back(entry != nullptr      ? text_of(*entry, "identifier")
                           : element.is_string() ? std::string(element.get_string())
                                                 : "");
        }
      }
      context.annotations[std::string(name)] = join(values, ", ");
    }
  }
  return context;
}

void add_side(const json::object& link, std::string_view key, BelTerm& term) {
  const auto* side = object_of(link, key);
  const std::string modifier = side == nullptr ? "" : text_of(*side, "modifier");
  if (!modifier.empty()) {
    term.note = fmt::format("{} of it is meant", modifier);
  }
}

Result<Batch> batch_of(const json::object& link, const Nodes& nodes) {
  const std::string relation = text_of(link, "relation");
  const std::string key = relation.empty() ? text_of(link, "key") : relation;
  THAW_TRY(auto subject, end_of(link, "source", nodes));
  THAW_TRY(auto object, end_of(link, "target", nodes));
  add_side(link, "subject", subject);
  add_side(link, "source_modifier", subject);
  add_side(link, "object", object);
  add_side(link, "target_modifier", object);
  return bel_batch(subject, key, object, context_of(link));
}

Result<Done> take(const JsonElement& element, Nodes& nodes, const Place& place, Sink& sink) {
  if (element.key != "nodes" && element.key != "links") {
    return Done{};
  }
  const auto value = element.fault.empty() ? parse_json(element.text)
                                           : Result<json::value>(invalid_argument(element.fault));
  if (element.key == "nodes") {
    if (nodes.terms.size() >= kMostNodes) {
      return invalid_argument(fmt::format("more than {} nodes", kMostNodes));
    }
    const bool is_object = value && value->is_object();
    if (is_object) {
      const auto& node = value->get_object();
      if (const std::string id = text_of(node, "id"); !id.empty()) {
        nodes.by_id[id] = nodes.terms.size();
      }
      nodes.terms.push_back(term_of(node));
    } else {
      nodes.terms.emplace_back(value ? invalid_argument("a node that is no object")
                                     : value.error());
    }
    return Done{};
  }
  if (!value || !value->is_object()) {
    sink.refuse(place, value ? "a link must be an object" : value.error().message);
    return Done{};
  }
  auto batch = batch_of(value->get_object(), nodes);
  if (!batch) {
    sink.refuse(place, batch.error().message);
    return Done{};
  }
  return sink.keep(place, std::move(batch).value());
}

}  // namespace

bool is_bel_graph(std::string_view /*name*/, std::string_view head) {
  head = trim(head).substr(0, 60000);
  const auto has = [&](std::string_view name) { return head.find(name) != std::string_view::npos; };
  return head.starts_with('{') && has("\"nodes\"") &&
         (has("pybel") || has("\"bel\"") || has("\"namespace_url\"") || has("\"variants\"")) &&
         !has("\"drug_mesh\"");
}

Result<Done> read_bel_graph(ByteSource& bytes, Sink& sink) {
  JsonElements elements(bytes, JsonElements::Shape::kMembers);
  JsonElement element;
  Nodes nodes;
  Place place;
  while (true) {
    THAW_TRY(const bool more, elements.next(element));
    if (!more) {
      return Done{};
    }
    place.line = element.line;
    place.record += element.key == "links" ? 1 : 0;
    THAW_CHECK(take(element, nodes, place, sink));
  }
}

}  // namespace thaw::exchange
