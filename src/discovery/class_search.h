// Greedy steps between Markov equivalence classes: insert or delete one edge for a better score.
//
// Chickering 2002, JMLR 3:507: Insert(x, y, T) and Delete(x, y, H) with the conditions under which
// they lead to a class; all of one y are scored together, one LocalScore::improving for every
// clique among the undirected neighbours of y. With knowledge the state is the class that obeys it
// (class_under), and a step counts only if the DAG it leads to obeys too and has a better score.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "discovery/knowledge.h"
#include "discovery/local_score.h"
#include "graph/mixed_graph.h"

namespace thaw::discovery {

class ClassSearch {
 public:
  /// Starts at the class of `dag`, which obeys `knowledge`. Both references must outlive this.
  ClassSearch(const LocalScore& score, const Knowledge& knowledge, graph::MixedGraph dag);

  /// Inserts edges, the best first, until none helps. The number inserted; `go_on` is asked after
  /// each and ends the search by false.
  std::size_t insert_all(const std::function<bool()>& go_on);
  /// Deletes edges likewise.
  std::size_t delete_all(const std::function<bool()>& go_on);

  const graph::MixedGraph& dag() const { return dag_; }      // a member of the class
  const graph::MixedGraph& graph() const { return graph_; }  // the class
  double total() const { return total_; }

 private:
  /// A step at `y`: with `kept` as those undirected neighbours of y that point to y from then on.
  struct Step {
    std::uint32_t x;
    double gain;
    std::vector<std::uint32_t> kept;
  };

  void find_inserts(std::uint32_t y);
  void find_deletes(std::uint32_t y);
  void find_deletes(std::uint32_t x, std::uint32_t y);
  bool valid_insert(std::uint32_t y, const Step& step);
  std::optional<graph::MixedGraph> inserted(std::uint32_t y, const Step& step) const;
  std::optional<graph::MixedGraph> deleted(std::uint32_t y, const Step& step) const;
  bool take(graph::MixedGraph pdag);
  std::size_t run(bool inserting, const std::function<bool()>& go_on);
  void note_changes(const graph::MixedGraph& before);
  std::vector<std::vector<std::uint32_t>> cliques(std::vector<std::uint32_t> among) const;
  std::vector<std::uint32_t> undirected(std::uint32_t y) const;
  std::vector<std::uint32_t> parents_with(std::uint32_t y,
                                          const std::vector<std::uint32_t>& more) const;

  const LocalScore* score_;
  const Knowledge* knowledge_;
  graph::MixedGraph dag_;
  graph::MixedGraph graph_;
  std::vector<double> local_;  // score of each variable in dag_
  double total_ = 0;
  std::vector<std::vector<std::uint32_t>> joined_;  // of graph_, rising
  std::vector<std::vector<Step>> steps_;            // at each y, best first
  std::vector<std::uint8_t> stale_;                 // steps_ must be found again
};

}  // namespace thaw::discovery
