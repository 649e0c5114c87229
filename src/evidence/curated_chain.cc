#include "evidence/curated_chain.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "base/text.h"

namespace thaw::evidence {
namespace {

namespace json = boost::json;

constexpr std::size_t kLinesMax = 1'000'000;

/// A chain with its nodes by id, before all are numbered.
struct RawChain {
  CuratedChain chain;
  std::string drug, disease;
  std::vector<CuratedNode> nodes;
  std::vector<std::pair<std::string, std::string>> links;
};

std::string text_at(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

Result<const json::array*> list_at(const json::object& record, std::string_view key) {
  const auto* value = record.if_contains(key);
  if (value == nullptr || !value->is_array()) {
    return invalid_argument(fmt::format("'{}' must be a list", key));
  }
  return &value->get_array();
}

Result<Done> read_nodes(const json::object& record, RawChain& out) {
  THAW_TRY(const json::array* nodes, list_at(record, "nodes"));
  for (const auto& entry : *nodes) {
    if (!entry.is_object() || text_at(entry.get_object(), "id").empty()) {
      return invalid_argument("a node without an 'id'");
    }
    const auto& node = entry.get_object();
    out.nodes.push_back({text_at(node, "id"), text_at(node, "label"), text_at(node, "name")});
  }
  return Done{};
}

Result<Done> read_links(const json::object& record, RawChain& out) {
  THAW_TRY(const json::array* links, list_at(record, "links"));
  const auto listed = [&out](const std::string& id) {
    return std::ranges::any_of(out.nodes, [&id](const CuratedNode& n) { return n.id == id; });
  };
  for (const auto& entry : *links) {
    if (!entry.is_object()) {
      return invalid_argument("a link that is no object");
    }
    const auto from = text_at(entry.get_object(), "source");
    const auto to = text_at(entry.get_object(), "target");
    if (!listed(from) || !listed(to)) {
      return invalid_argument(
          fmt::format("a link joins '{}' to '{}', not both are listed nodes", from, to));
    }
    out.links.emplace_back(from, to);
  }
  return Done{};
}

Result<RawChain> read_chain(std::string_view line) {
  boost::system::error_code error;
  const json::value value = json::parse(line, error);
  if (error || !value.is_object()) {
    return invalid_argument("is no JSON object");
  }
  const auto& record = value.get_object();
  const auto* graph = record.if_contains("graph");
  if (graph == nullptr || !graph->is_object()) {
    return invalid_argument("has no object 'graph'");
  }
  const auto& about = graph->get_object();
  RawChain out;
  out.chain.id = text_at(about, "_id");
  out.chain.pair = pair_of(out.chain.id);
  out.chain.drug_name = text_at(about, "drug");
  out.chain.disease_name = text_at(about, "disease");
  out.drug = text_at(about, "drug_mesh");
  out.drug = out.drug.empty() ? text_at(about, "drugbank") : out.drug;
  out.disease = text_at(about, "disease_mesh");
  if (out.chain.id.empty() || out.drug.empty() || out.disease.empty()) {
    return invalid_argument("'graph' lacks '_id', a drug's id or 'disease_mesh'");
  }
  THAW_CHECK(read_nodes(record, out));
  THAW_CHECK(read_links(record, out));
  return out;
}

CuratedChain numbered(RawChain raw, const std::map<std::string, std::uint32_t>& number) {
  CuratedChain out = std::move(raw.chain);
  out.drug = number.at(raw.drug);
  out.disease = number.at(raw.disease);
  for (const CuratedNode& node : raw.nodes) {
    const std::uint32_t at = number.at(node.id);
    const bool seen = std::ranges::find(out.as_listed, at) != out.as_listed.end();
    if (at != out.drug && at != out.disease && !seen) {
      out.as_listed.push_back(at);
    }
  }
  out.inner = out.as_listed;
  std::ranges::sort(out.inner);
  for (const auto& [from, to] : raw.links) {
    out.links.emplace_back(number.at(from), number.at(to));
  }
  return out;
}

}  // namespace

std::string_view pair_of(std::string_view chain_id) {
  return chain_id.substr(0, chain_id.rfind('_'));
}

int CuratedChains::find(std::string_view node_id) const {
  const auto at = std::ranges::lower_bound(nodes, node_id, {}, &CuratedNode::id);
  return at != nodes.end() && at->id == node_id ? static_cast<int>(at - nodes.begin()) : -1;
}

Result<CuratedChains> read_curated_chains(std::string_view ndjson, const std::string& source) {
  std::vector<RawChain> raw;
  std::map<std::string, CuratedNode> nodes;
  std::size_t number_of_line = 0;
  for (const std::string_view line : split(ndjson, '\n')) {
    if (++number_of_line > kLinesMax) {
      return invalid_argument(fmt::format("{}: more than {} lines", source, kLinesMax));
    }
    if (trim(line).empty()) {
      continue;
    }
    auto chain = read_chain(line);
    if (!chain) {
      return invalid_argument(
          fmt::format("{}:{}: {}", source, number_of_line, chain.error().message));
    }
    for (const CuratedNode& node : chain->nodes) {
      nodes.try_emplace(node.id, node);
    }
    nodes.try_emplace(chain->drug, CuratedNode{chain->drug, "Drug", chain->chain.drug_name});
    nodes.try_emplace(chain->disease,
                      CuratedNode{chain->disease, "Disease", chain->chain.disease_name});
    raw.push_back(std::move(*chain));
  }
  CuratedChains out;
  std::map<std::string, std::uint32_t> number;
  for (auto& [id, node] : nodes) {
    number.emplace(id, static_cast<std::uint32_t>(out.nodes.size()));
    out.nodes.push_back(std::move(node));
  }
  for (RawChain& chain : raw) {
    out.chains.push_back(numbered(std::move(chain), number));
  }
  return out;
}

}  // namespace thaw::evidence
