#include "evidence/term_groups.h"

#include <algorithm>
#include <numeric>

namespace thaw::evidence {
namespace {

std::string_view namespace_of(std::string_view id) {
  return id.substr(0, id.find(':'));
}

/// Kinds that one thing may have in two tables; 0: not told.
int family_of(std::string_view kind) {
  if (kind.empty()) {
    return 0;
  }
  if (kind == "disease" || kind == "phenotype" || kind == "pathology") {
    return 1;
  }
  if (kind == "gene" || kind == "protein") {
    return 2;
  }
  if (kind == "drug" || kind == "intervention" || kind == "exposure") {
    return 3;
  }
  if (kind == "process" || kind == "outcome") {
    return 4;
  }
  if (kind == "cell_type" || kind == "structure") {
    return 5;
  }
  return 6 + static_cast<int>(kind.size());  // gene_variant, transcript, ...: of their own
}

bool share_a_name(const TermGroups::Node& a, const TermGroups::Node& b) {
  return std::ranges::any_of(a.normals, [&](const std::string& name) {
    return std::ranges::binary_search(b.normals, name);
  });
}

struct Counted {
  std::unordered_map<std::string, int> by_key;
  int& operator()(std::string_view id, std::string_view other_namespace) {
    return by_key[std::string(id) + '\n' + std::string(other_namespace)];
  }
};

bool may_join(const TermGroups::Node& a, const TermGroups::Node* b) {
  if (b == nullptr) {
    return namespace_of(a.id) != "thaw";
  }
  const int fa = family_of(a.kind);
  const int fb = family_of(b->kind);
  if (fa != 0 && fb != 0 && fa != fb) {
    return false;
  }
  const bool of_this_house = namespace_of(a.id) == "thaw" || namespace_of(b->id) == "thaw";
  return !of_this_house || share_a_name(a, *b);
}

}  // namespace

TermGroups::TermGroups(const std::vector<Node>& nodes) {
  std::unordered_map<std::string, const Node*> node_of;
  Counted named_by, names;
  std::unordered_map<std::string, std::uint32_t> number;
  std::vector<std::string> ids;
  const auto number_of = [&](const std::string& id) {
    const auto [at, added] = number.emplace(id, static_cast<std::uint32_t>(ids.size()));
    if (added) {
      ids.push_back(id);
    }
    return at->second;
  };
  for (const Node& node : nodes) {
    node_of[node.id] = &node;
    number_of(node.id);
  }
  for (const Node& node : nodes) {
    for (const auto& xref : node.xrefs) {
      number_of(xref);
      ++names(node.id, namespace_of(xref));
      ++named_by(xref, namespace_of(node.id));
    }
  }
  std::vector<std::uint32_t> parent(ids.size());
  std::iota(parent.begin(), parent.end(), 0U);
  const auto root = [&](std::uint32_t i) {
    while (parent[i] != i) {
      i = parent[i] = parent[parent[i]];
    }
    return i;
  };
  for (const Node& node : nodes) {
    for (const auto& xref : node.xrefs) {
      const auto other = node_of.find(xref);
      if (names(node.id, namespace_of(xref)) == 1 && named_by(xref, namespace_of(node.id)) == 1 &&
          may_join(node, other == node_of.end() ? nullptr : other->second)) {
        const auto a = root(number_of(node.id));
        const auto b = root(number_of(xref));
        parent[std::max(a, b)] = std::min(a, b);
      }
    }
  }
  for (std::uint32_t i = 0; i < ids.size(); ++i) {
    group_[ids[i]] = root(i);
    members_.emplace_back(root(i), ids[i]);
  }
  std::ranges::sort(members_);
}

std::uint32_t TermGroups::group_of(std::string_view id) const {
  const auto at = group_.find(std::string(id));
  return at == group_.end() ? 0xFFFFFFFFU : at->second;
}

}  // namespace thaw::evidence
