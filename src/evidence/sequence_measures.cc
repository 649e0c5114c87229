#include "evidence/sequence_measures.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <vector>

namespace thaw::evidence {
namespace {

/// Nodes in matching runs: the longest common run (earliest in a, then in b), then left and right.
std::size_t matched(NodeSequence a, NodeSequence b) {
  std::size_t best = 0;
  std::size_t at_a = 0;
  std::size_t at_b = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      std::size_t run = 0;
      while (i + run < a.size() && j + run < b.size() && a[i + run] == b[j + run]) {
        ++run;
      }
      if (run > best) {
        best = run;
        at_a = i;
        at_b = j;
      }
    }
  }
  if (best == 0) {
    return 0;
  }
  return best + matched(a.first(at_a), b.first(at_b)) +
         matched(a.subspan(at_a + best), b.subspan(at_b + best));
}

}  // namespace

double set_f1(NodeSequence predicted, NodeSequence truth) {
  const std::set<std::uint32_t> a(predicted.begin(), predicted.end());
  const std::set<std::uint32_t> b(truth.begin(), truth.end());
  if (a.empty() && b.empty()) {
    return 1;
  }
  const auto common =
      std::ranges::count_if(a, [&b](std::uint32_t node) { return b.contains(node); });
  return 2.0 * static_cast<double>(common) / static_cast<double>(a.size() + b.size());
}

double levenshtein_share(NodeSequence a, NodeSequence b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  const std::size_t longer = std::max(a.size(), b.size());
  return longer == 0 ? 0 : static_cast<double>(row.back()) / static_cast<double>(longer);
}

double matcher_distance(NodeSequence a, NodeSequence b) {
  const std::size_t both = a.size() + b.size();
  return both == 0 ? 0 : 1 - 2.0 * static_cast<double>(matched(a, b)) / static_cast<double>(both);
}

}  // namespace thaw::evidence
