#include "effect/graph_json.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/shorten.h"

namespace thaw::effect {

namespace json = boost::json;
using graph::Mark;

namespace {

class Reader {
 public:
  explicit Reader(const std::string& source) : draft_(source) {}

  Result<CausalGraph> run(std::string_view text) {
    boost::system::error_code error;
    json::parse_options options;
    options.max_depth = 32;
    const json::value root = json::parse(text, error, {}, options);
    if (error) {
      return draft_.error(0, fmt::format("no JSON: {}", error.message()));
    }
    if (!root.is_object()) {
      return draft_.error(0, "a graph is an object with \"nodes\" and \"edges\"");
    }
    const json::object& object = root.get_object();
    THAW_CHECK(kind(object));
    const json::value* nodes = object.if_contains("nodes");
    if (nodes == nullptr) {
      nodes = object.if_contains("variables");
    }
    if (nodes == nullptr || !nodes->is_array()) {
      return draft_.error(0, "\"nodes\" must be a list of variables");
    }
    for (const json::value& item : nodes->get_array()) {
      THAW_CHECK(node(item));
    }
    const json::value* edges = object.if_contains("edges");
    if (edges == nullptr || !edges->is_array()) {
      return draft_.error(0, "\"edges\" must be a list");
    }
    std::size_t number = 0;
    for (const json::value& item : edges->get_array()) {
      THAW_CHECK(edge(item, ++number));
    }
    return draft_.finish();
  }

 private:
  static std::string text_of(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
  }

  Result<Done> kind(const json::object& object) {
    std::string word = text_of(object, "kind");
    if (word.empty()) {
      word = text_of(object, "graph");
    }
    if (!word.empty()) {
      const auto kind = parse_graph_kind(word);
      if (!kind) {
        return draft_.error(
            0, fmt::format("\"kind\" is dag, cpdag, mag or pag, not \"{}\"", shorten(word, 40)));
      }
      draft_.set_kind(*kind);
      return Done{};
    }
    const std::string method = text_of(object, "method");
    if (method.find("fci") != std::string::npos) {
      draft_.set_kind(GraphKind::kPag);
    } else if (method == "pc" || method == "ges" || method == "boss") {
      draft_.set_kind(GraphKind::kCpdag);
    }
    return Done{};
  }

  Result<Done> node(const json::value& item) {
    using Role = GraphDraft::Role;
    if (item.is_string()) {
      return draft_.node(std::string(item.get_string()), Role::kNone, 0);
    }
    if (!item.is_object()) {
      return draft_.error(0, "a node is a name, or an object with \"name\"");
    }
    const json::object& object = item.get_object();
    const std::string name = text_of(object, "name");
    THAW_CHECK(draft_.node(name, Role::kNone, 0));
    const json::value* latent = object.if_contains("latent");
    if (latent != nullptr && (!latent->is_bool() || latent->get_bool())) {
      if (!latent->is_bool()) {
        return draft_.error(
            0, fmt::format("\"latent\" of \"{}\" is true or false", shorten(name, 100)));
      }
      THAW_CHECK(draft_.node(name, Role::kLatent, 0));
    }
    const std::string role = text_of(object, "role");
    if (role.empty() || role == "none") {
      return Done{};
    }
    const Role known = role == "exposure" || role == "treatment" ? Role::kExposure
                       : role == "outcome"                       ? Role::kOutcome
                       : role == "adjusted"                      ? Role::kAdjusted
                       : role == "latent"                        ? Role::kLatent
                                                                 : Role::kNone;
    if (known == Role::kNone) {
      return draft_.error(
          0, fmt::format("\"role\" of \"{}\" is exposure, outcome, adjusted or latent, "
                         "not \"{}\"",
                         shorten(name, 100), shorten(role, 40)));
    }
    return draft_.node(name, known, 0);
  }

  Result<Mark> mark(const json::object& object, std::string_view key, Mark otherwise,
                    std::size_t number) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr) {
      return otherwise;
    }
    for (const Mark one : {Mark::kTail, Mark::kArrow, Mark::kCircle}) {
      if (value->is_string() && std::string_view(value->get_string()) == graph::to_string(one)) {
        return one;
      }
    }
    return draft_.error(0, fmt::format("\"{}\" of edge {} is tail, arrow or circle", key, number));
  }

  Result<Done> edge(const json::value& item, std::size_t number) {
    if (!item.is_object()) {
      return draft_.error(0, fmt::format("edge {} is no object", number));
    }
    const json::object& object = item.get_object();
    std::string a = text_of(object, "a");
    std::string b = text_of(object, "b");
    if (a.empty() && b.empty()) {
      a = text_of(object, "from");
      b = text_of(object, "to");
    }
    for (const std::string* name : {&a, &b}) {
      if (!draft_.knows(*name)) {
        return draft_.error(0, fmt::format("edge {} names \"{}\", which is not among the nodes",
                                           number, shorten(*name, 100)));
      }
    }
    THAW_TRY(const Mark mark_a, mark(object, "mark_a", Mark::kTail, number));
    THAW_TRY(const Mark mark_b, mark(object, "mark_b", Mark::kArrow, number));
    return draft_.edge(a, b, mark_a, mark_b, 0);
  }

  GraphDraft draft_;
};

json::object edge_json(const CausalGraph& graph, std::uint32_t a, std::uint32_t b, Mark mark_a,
                       Mark mark_b) {
  return {{"a", graph.names[a]},
          {"b", graph.names[b]},
          {"mark_a", graph::to_string(mark_a)},
          {"mark_b", graph::to_string(mark_b)}};
}

}  // namespace

Result<CausalGraph> read_graph_json(std::string_view text, const std::string& source) {
  return Reader(source).run(text);
}

json::object graph_json(const CausalGraph& graph) {
  json::array nodes, edges;
  for (std::uint32_t v = 0; v < graph.size(); ++v) {
    json::object node{{"name", graph.names[v]}, {"latent", graph.latent.contains(v)}};
    if (graph.exposure.contains(v)) {
      node["role"] = "exposure";
    } else if (graph.outcome.contains(v)) {
      node["role"] = "outcome";
    } else if (graph.adjusted.contains(v)) {
      node["role"] = "adjusted";
    }
    nodes.push_back(std::move(node));
  }
  for (const auto& [a, b] : graph.diagram.directed_edges()) {
    edges.push_back(edge_json(graph, a, b, Mark::kTail, Mark::kArrow));
  }
  for (const auto& [a, b] : graph.diagram.bidirected_edges()) {
    edges.push_back(edge_json(graph, a, b, Mark::kArrow, Mark::kArrow));
  }
  for (const graph::MixedEdge& edge : graph.marks.edges()) {
    edges.push_back(edge_json(graph, edge.a, edge.b, edge.mark_a, edge.mark_b));
  }
  return {
      {"kind", to_string(graph.kind)}, {"nodes", std::move(nodes)}, {"edges", std::move(edges)}};
}

}  // namespace thaw::effect
