#include "discovery/ges.h"

#include "discovery/class_search.h"

namespace thaw::discovery {

Result<GesResult> ges(const LocalScore& score, const Knowledge& knowledge,
                      const GesOptions& options) {
  const std::size_t n = score.variables();
  if (knowledge.size() != n) {
    return invalid_argument("the knowledge is about other variables than the score");
  }
  graph::MixedGraph required(n);
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) {
      if (knowledge.required(a, b)) {
        required.direct(a, b);
      }
    }
  }
  if (n > 0 && graph::directed_order(required).empty()) {
    return invalid_argument(
        "the knowledge contradicts itself: its required arrows run in a circle");
  }
  ClassSearch search(score, knowledge, std::move(required));
  bool stopped = false;
  const auto go_on = [&] {
    stopped = options.progress && !options.progress(search.graph().edge_count());
    return !stopped;
  };
  std::size_t inserted = 0, deleted = 0;
  for (bool moved = true; moved && !stopped;) {
    const std::size_t in = search.insert_all(go_on);
    const std::size_t out = stopped ? 0 : search.delete_all(go_on);
    inserted += in;
    deleted += out;
    moved = out > 0;
  }
  if (stopped) {
    return unavailable("the search was cancelled");
  }
  return GesResult{search.graph(), search.dag(), search.total(), inserted, deleted};
}

}  // namespace thaw::discovery
