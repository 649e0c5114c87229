// For tests only: the PAG of every Markov equivalence class of MAGs of a few nodes, by enumeration.
#pragma once

#include <map>
#include <vector>

#include "discovery/separation_oracle.h"
#include "graph/every_ancestral_graph.h"
#include "graph/every_graph.h"

namespace thaw::discovery {

/// Every answer of m-separation, pair by pair and set by set; empty when the graph is not maximal:
/// two that are not joined and that no set separates.
inline std::vector<bool> every_answer(const graph::MixedGraph& mag) {
  const auto n = static_cast<std::uint32_t>(mag.nodes());
  SeparationOracle oracle(mag);
  std::vector<bool> answers;
  for (std::uint32_t a = 0; a < n; ++a) {
    for (std::uint32_t b = a + 1; b < n; ++b) {
      bool separated = false;
      for (std::uint32_t set = 0; set < (1U << n); ++set) {
        if ((set >> a & 1U) != 0 || (set >> b & 1U) != 0) {
          continue;
        }
        std::vector<std::uint32_t> given;
        for (std::uint32_t c = 0; c < n; ++c) {
          if ((set >> c & 1U) != 0) {
            given.push_back(c);
          }
        }
        answers.push_back(oracle.test(a, b, given).statistic > 0);
        separated = separated || !answers.back();
      }
      if (!separated && !mag.adjacent(a, b)) {
        return {};
      }
    }
  }
  return answers;
}

struct PagClass {
  graph::MixedGraph member{0};  // one of its MAGs
  graph::MixedGraph pag{0};     // the marks that all share, circles where they do not
  std::size_t size = 0;
};

/// The classes of all MAGs that join `pairs`, or with `fewer` any of them. Members of a class have
/// the same skeleton, so that none is missed.
inline std::vector<PagClass> every_pag(std::size_t nodes, const graph::NodePairs& pairs, bool fewer,
                                       bool selection) {
  std::map<std::vector<bool>, PagClass> by_answers;
  graph::every_ancestral_graph(nodes, pairs, fewer, selection, [&](graph::MixedGraph mag) {
    const std::vector<bool> answers = every_answer(mag);
    if (answers.empty()) {
      return;
    }
    PagClass& found = by_answers[answers];
    if (found.size++ == 0) {
      found.member = mag;
      found.pag = std::move(mag);
    } else {
      found.pag = graph::shared_marks({found.pag, mag}, graph::Mark::kCircle);
    }
  });
  std::vector<PagClass> classes;
  for (auto& [answers, found] : by_answers) {
    classes.push_back(std::move(found));
  }
  return classes;
}

/// All classes on `nodes` nodes.
inline std::vector<PagClass> every_pag(std::size_t nodes, bool selection) {
  return every_pag(nodes, graph::every_pair(nodes), true, selection);
}

}  // namespace thaw::discovery
