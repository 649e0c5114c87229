// Which hidden common causes would have to be measured for an effect to be identifiable.
#include <algorithm>
#include <utility>

#include "effect/identify.h"

namespace thaw::effect {

using graph::NodePair;
using graph::NodeSet;

namespace {

constexpr std::size_t kMostFound = 10;
constexpr std::size_t kMostTried = 2'000;

/// One thing that might be measured: a named latent node, or the cause behind a <->.
struct Candidate {
  bool named;
  std::uint32_t node;
  NodePair pair;
};

class Search {
 public:
  Search(const CausalGraph& graph, NodeSet x, NodeSet y, NodeSet z)
      : graph_(graph), x_(std::move(x)), y_(std::move(y)), z_(std::move(z)) {
    graph.latent.for_each([&](std::uint32_t v) {
      if (graph.diagram.children(v).size() + graph.diagram.siblings(v).size() > 0) {
        candidates_.push_back({true, v, {}});
      }
    });
    for (const NodePair& pair : graph.diagram.bidirected_edges()) {
      candidates_.push_back({false, 0, pair});
    }
  }

  std::vector<Measurement> run() {
    for (std::size_t wanted = 1; wanted <= 3 && found_.empty(); ++wanted) {
      std::vector<std::size_t> chosen;
      grow(0, wanted, chosen);
    }
    return std::move(found_);
  }

 private:
  void grow(std::size_t from, std::size_t wanted, std::vector<std::size_t>& chosen) {
    if (wanted == 0) {
      if (++tried_ <= kMostTried && found_.size() < kMostFound && helps(chosen)) {
        add(chosen);
      }
      return;
    }
    for (std::size_t i = from; i + wanted <= candidates_.size() && tried_ < kMostTried; ++i) {
      chosen.push_back(i);
      grow(i + 1, wanted - 1, chosen);
      chosen.pop_back();
    }
  }

  /// Whether the effect is identifiable with `chosen` measured.
  bool helps(const std::vector<std::size_t>& chosen) const {
    const std::size_t n = graph_.size();
    NodeSet latent = graph_.latent;
    std::vector<NodePair> directed = graph_.diagram.directed_edges();
    std::vector<NodePair> bidirected = graph_.diagram.bidirected_edges();
    std::size_t nodes = n;
    for (const std::size_t i : chosen) {
      const Candidate& candidate = candidates_[i];
      if (candidate.named) {
        latent.erase(candidate.node);
        continue;
      }
      const auto cause = static_cast<std::uint32_t>(nodes++);
      std::erase(bidirected, candidate.pair);
      directed.emplace_back(cause, candidate.pair.first);
      directed.emplace_back(cause, candidate.pair.second);
    }
    const graph::Admg full(nodes, std::move(directed), std::move(bidirected));
    std::vector<std::uint32_t> number(nodes, 0);
    std::uint32_t kept = 0;
    for (std::uint32_t v = 0; v < nodes; ++v) {
      number[v] = kept;
      kept += v < n && latent.contains(v) ? 0 : 1;
    }
    const auto moved = [&](const NodeSet& set) {
      NodeSet made(kept);
      set.for_each([&](std::uint32_t v) { made.insert(number[v]); });
      return made;
    };
    const graph::Admg measured = latent_projection(full, NodeSet(nodes, latent.members()));
    return identify_conditional_effect(measured, moved(x_), moved(y_), moved(z_))
        .estimand.has_value();
  }

  void add(const std::vector<std::size_t>& chosen) {
    Measurement one;
    for (const std::size_t i : chosen) {
      const Candidate& candidate = candidates_[i];
      if (candidate.named) {
        one.latent.push_back(graph_.names[candidate.node]);
      } else {
        one.common_causes.emplace_back(graph_.names[candidate.pair.first],
                                       graph_.names[candidate.pair.second]);
      }
    }
    found_.push_back(std::move(one));
  }

  const CausalGraph& graph_;
  NodeSet x_, y_, z_;
  std::vector<Candidate> candidates_;
  std::vector<Measurement> found_;
  std::size_t tried_ = 0;
};

NodeSet numbers(const CausalGraph& graph, const std::vector<std::string>& names) {
  NodeSet found(graph.size());
  for (const std::string& name : names) {
    if (const auto v = graph.find(name)) {
      found.insert(*v);
    }
  }
  return found;
}

}  // namespace

std::vector<Measurement> measurements_that_help(const CausalGraph& graph,
                                                const std::vector<std::string>& treatment,
                                                const std::vector<std::string>& outcome,
                                                const std::vector<std::string>& given) {
  return Search(graph, numbers(graph, treatment), numbers(graph, outcome), numbers(graph, given))
      .run();
}

}  // namespace thaw::effect
