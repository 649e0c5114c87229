#include "evidence/pathway_habits.h"

#include <algorithm>
#include <set>

namespace thaw::evidence {
namespace {

constexpr double kLeanOnLabel = 1;  // pathways that a label's rate is worth for a node
constexpr double kLeanOnNode = 1;   // and a node's rate for a drug

}  // namespace

PathwayHabits::PathwayHabits(const CuratedChains& chains, const PathBench& bench)
    : chains_(chains) {
  std::map<std::string, const CuratedChain*> first_of_pair;
  std::map<std::string, std::set<std::uint32_t>> nodes_of_pair;
  for (const CuratedChain& chain : chains.chains) {
    first_of_pair.try_emplace(chain.pair, &chain);
    nodes_of_pair[chain.pair].insert(chain.inner.begin(), chain.inner.end());
    const double last = static_cast<double>(chain.as_listed.size()) + 1;
    for (std::size_t i = 0; i < chain.as_listed.size(); ++i) {
      const Rate place{static_cast<double>(i + 1) / last, 1};
      all_.place_in_chains[chain.as_listed[i]].add(place, 1);
      of_pair_[chain.pair].place_in_chains[chain.as_listed[i]].add(place, 1);
    }
  }
  std::set<std::string> counted;
  for (const BenchPathway& pathway : bench.pathways) {
    const double last = static_cast<double>(pathway.nodes.size()) - 1;
    for (std::size_t i = 1; i + 1 < pathway.nodes.size(); ++i) {
      const Rate place{static_cast<double>(i) / last, 1};
      all_.place_in_pathways[pathway.nodes[i]].add(place, 1);
      of_pair_[pathway.pair].place_in_pathways[pathway.nodes[i]].add(place, 1);
    }
    const auto chain = first_of_pair.find(pathway.pair);
    if (chain == first_of_pair.end() || pathway.nodes.size() < 3 ||
        !counted.insert(pathway.pair).second) {
      continue;
    }
    CuratedChain whole = *chain->second;
    const auto& nodes = nodes_of_pair[pathway.pair];
    whole.inner.assign(nodes.begin(), nodes.end());
    count(all_, pathway, whole);
    count(of_pair_[pathway.pair], pathway, whole);
  }
}

void PathwayHabits::count(Counts& counts, const BenchPathway& pathway,
                          const CuratedChain& chain) const {
  for (const std::uint32_t node : chain.inner) {
    const bool kept = std::ranges::find(pathway.nodes, node) != pathway.nodes.end();
    const Rate one{kept ? 1.0 : 0.0, 1};
    counts.of_label[chains_.nodes[node].label].add(one, 1);
    counts.of_node[node].add(one, 1);
    counts.of_drug_node[{chain.drug, node}].add(one, 1);
  }
}

template <class Key>
PathwayHabits::Rate PathwayHabits::without(const std::map<Key, Rate> Counts::*which,
                                           const std::string& pair, const Key& key) const {
  Rate out;
  if (const auto at = (all_.*which).find(key); at != (all_.*which).end()) {
    out.add(at->second, 1);
  }
  if (const auto own = of_pair_.find(pair); own != of_pair_.end()) {
    if (const auto at = (own->second.*which).find(key); at != (own->second.*which).end()) {
      out.add(at->second, -1);
    }
  }
  return out;
}

double PathwayHabits::keeps(const std::string& pair, std::uint32_t drug, std::uint32_t node) const {
  if (node >= chains_.nodes.size()) {
    return 0;
  }
  const Rate label = without(&Counts::of_label, pair, chains_.nodes[node].label);
  const double of_label = (label.kept + 0.2) / (label.seen + 1);
  const Rate same = without(&Counts::of_node, pair, node);
  const double of_node = (same.kept + kLeanOnLabel * of_label) / (same.seen + kLeanOnLabel);
  const Rate both = without(&Counts::of_drug_node, pair, std::pair(drug, node));
  return (both.kept + kLeanOnNode * of_node) / (both.seen + kLeanOnNode);
}

double PathwayHabits::place(const std::string& pair, std::uint32_t node) const {
  const Rate pathways = without(&Counts::place_in_pathways, pair, node);
  if (pathways.seen > 0.5) {
    return pathways.kept / pathways.seen;
  }
  const Rate chains = without(&Counts::place_in_chains, pair, node);
  return chains.seen > 0.5 ? chains.kept / chains.seen : 0.5;
}

}  // namespace thaw::evidence
