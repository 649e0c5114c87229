#include "graph/upstream.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/parallel.h"

namespace thaw::graph {
namespace {

constexpr int kDepthMost = 5;

/// What a regulator that went up does to one target: +1, -1, or 0 without a sign.
struct Prediction {
  std::uint32_t node;
  int sign;
};

/// Relations by start, cleaned: each pair once.
class RelationRows {
 public:
  RelationRows(std::vector<Relation> relations, std::size_t nodes) : begin_(nodes + 1, 0) {
    std::ranges::sort(relations, [](const Relation& a, const Relation& b) {
      return std::tie(a.from, a.to, a.sign) < std::tie(b.from, b.to, b.sign);
    });
    std::uint32_t row = 0;
    for (std::size_t i = 0; i < relations.size();) {
      const Relation& first = relations[i];
      int sign = first.sign;
      std::size_t j = i + 1;
      for (; j < relations.size() && relations[j].from == first.from && relations[j].to == first.to;
           ++j) {
        sign = relations[j].sign == sign ? sign : 0;
      }
      i = j;
      if (first.from == first.to) {
        continue;
      }
      for (; row <= first.from; ++row) {
        begin_[row] = to_.size();
      }
      to_.push_back({first.to, sign});
    }
    for (; row <= nodes; ++row) {
      begin_[row] = to_.size();
    }
  }

  std::span<const Prediction> of(std::uint32_t node) const {
    return std::span(to_).subspan(begin_[node], begin_[node + 1] - begin_[node]);
  }
  std::span<const Prediction> all() const { return to_; }
  std::size_t nodes() const { return begin_.size() - 1; }

 private:
  std::vector<std::size_t> begin_;
  std::vector<Prediction> to_;
};

/// Signs by shortest signed chains of at most `depth` relations; without a sign where both signs
/// reach a node at the same distance. Relations of unknown sign are not walked.
std::vector<Prediction> predictions_by_chains(const RelationRows& rows, std::uint32_t start,
                                              int depth) {
  struct Reached {
    int plus = -1, minus = -1;  // distance, -1 = not reached
  };
  std::vector<Reached> reached(rows.nodes());
  std::vector<Prediction> frontier = {{start, 1}};
  reached[start].plus = 0;
  std::vector<std::uint32_t> touched;
  for (int step = 1; step <= depth && !frontier.empty(); ++step) {
    std::vector<Prediction> next;
    for (const Prediction& at : frontier) {
      for (const Prediction& arrow : rows.of(at.node)) {
        const int sign = at.sign * arrow.sign;
        if (sign == 0 || arrow.node == start) {
          continue;
        }
        Reached& there = reached[arrow.node];
        if (there.plus < 0 && there.minus < 0) {
          touched.push_back(arrow.node);
        }
        int& distance = sign > 0 ? there.plus : there.minus;
        if (distance < 0) {
          distance = step;
          next.push_back({arrow.node, sign});
        }
      }
    }
    frontier = std::move(next);
  }
  std::ranges::sort(touched);
  std::vector<Prediction> out;
  for (const std::uint32_t node : touched) {
    const Reached& r = reached[node];
    const bool plus = r.plus >= 0 && (r.minus < 0 || r.plus < r.minus);
    const bool minus = r.minus >= 0 && (r.plus < 0 || r.minus < r.plus);
    out.push_back({node, plus ? 1 : minus ? -1 : 0});
  }
  return out;
}

std::vector<Prediction> predictions_of(const RelationRows& rows, std::uint32_t node,
                                       const UpstreamOptions& options) {
  if (options.method == UpstreamMethod::kCausal) {
    auto out = predictions_by_chains(rows, node, options.depth);
    std::erase_if(out, [](const Prediction& p) { return p.sign == 0; });
    return out;
  }
  std::vector<Prediction> out(rows.of(node).begin(), rows.of(node).end());
  if (options.method == UpstreamMethod::kEnrichment) {
    std::ranges::for_each(out, [](Prediction& p) { p.sign = 0; });
  }
  return out;
}

/// Everything a scan shares between regulators.
struct Measured {
  std::span<const int> sign;
  std::int64_t universe = 0, up = 0, down = 0;
};

/// The regulator as if it went up (`direction` +1) or down, without its p.
Regulator tabulate(std::span<const Prediction> predictions, const Measured& measured,
                   UpstreamMethod method, int direction) {
  Regulator out;
  out.direction = direction;
  SignedMargins& m = out.margins;
  m.up = measured.up;
  m.down = measured.down;
  std::int64_t universe = measured.universe;
  for (const Prediction& prediction : predictions) {
    const int predicted = prediction.sign * (direction < 0 ? -1 : 1);
    const int seen = measured.sign[prediction.node];
    if (predicted == 0 && method == UpstreamMethod::kTernary) {
      --universe;
      m.up -= seen > 0 ? 1 : 0;
      m.down -= seen < 0 ? 1 : 0;
      continue;
    }
    ++(predicted > 0 ? m.raised : predicted < 0 ? m.lowered : m.either);
    if (seen != 0) {
      ++(predicted == 0 ? out.unsigned_moved : predicted == seen ? out.correct : out.incorrect);
      out.changes.push_back({prediction.node, predicted, seen});
    }
  }
  m.none = universe - m.raised - m.lowered - m.either;
  m.unchanged = universe - m.up - m.down;
  out.score = out.correct + out.unsigned_moved - out.incorrect;
  return out;
}

/// Both directions of one regulator.
struct Tested {
  Regulator up, down;
};

/// The regulator in one direction with the p of its table.
Result<Regulator> test_table(std::span<const Prediction> predictions, const Measured& measured,
                             const SignedTable& table, UpstreamMethod method, int direction) {
  Regulator out = tabulate(predictions, measured, method, direction);
  THAW_TRY(const TailProbability tail, table.upper_tail(out.margins, out.score));
  out.p = tail.p;
  out.p_omitted = tail.omitted;
  return out;
}

Result<Regulator> test_direction(std::span<const Prediction> predictions, const Measured& measured,
                                 const SignedTable& table, UpstreamMethod method, int direction) {
  if (method != UpstreamMethod::kBetter) {
    return test_table(predictions, measured, table, method, direction);
  }
  THAW_TRY(Regulator out,
           test_table(predictions, measured, table, UpstreamMethod::kQuaternary, direction));
  THAW_TRY(const Regulator ternary,
           test_table(predictions, measured, table, UpstreamMethod::kTernary, direction));
  out.p_quaternary = out.p;
  out.p_ternary = ternary.p;
  out.p_omitted = 2 * (ternary.p < out.p ? ternary.p_omitted : out.p_omitted);
  out.p = std::min(1.0, 2 * std::min(out.p, ternary.p));
  return out;
}

Result<Tested> test_regulator(const RelationRows& rows, const Measured& measured,
                              const SignedTable& table, const UpstreamOptions& options,
                              std::uint32_t node) {
  const auto predictions = predictions_of(rows, node, options);
  const bool signless = options.method == UpstreamMethod::kEnrichment;
  Tested out;
  THAW_TRY(out.up, test_direction(predictions, measured, table, options.method, signless ? 0 : 1));
  THAW_TRY(out.down,
           test_direction(predictions, measured, table, options.method, signless ? 0 : -1));
  for (Regulator* one : {&out.up, &out.down}) {
    one->node = node;
    one->score_up = out.up.score;
    one->score_down = out.down.score;
    one->p_up = out.up.p;
    one->p_down = out.down.p;
  }
  return out;
}

Result<Done> check(const std::vector<Relation>& relations, std::span<const int> measured,
                   const UpstreamOptions& options) {
  for (const Relation& relation : relations) {
    if (std::max(relation.from, relation.to) >= measured.size()) {
      return invalid_argument(fmt::format("a relation joins {} to {}, but there are {} nodes",
                                          relation.from, relation.to, measured.size()));
    }
    if (relation.sign < -1 || relation.sign > 1) {
      return invalid_argument(
          fmt::format("a relation has sign {}, it must be -1, 0 or 1", relation.sign));
    }
  }
  if (options.depth < 1 || options.depth > kDepthMost) {
    return invalid_argument(
        fmt::format("depth is {}, it must lie in 1 to {}", options.depth, kDepthMost));
  }
  return Done{};
}

/// Counts the universe and what moved inside and outside it.
Measured count_measured(const RelationRows& rows, std::span<const int> measured,
                        UpstreamScan& scan) {
  std::vector<bool> entered(measured.size(), false);
  for (const Prediction& arrow : rows.all()) {
    entered[arrow.node] = true;
  }
  for (std::size_t node = 0; node < measured.size(); ++node) {
    if (!entered[node]) {
      scan.outside += measured[node] != 0 ? 1 : 0;
      continue;
    }
    ++scan.universe;
    scan.up += measured[node] > 0 ? 1 : 0;
    scan.down += measured[node] < 0 ? 1 : 0;
  }
  return {measured, static_cast<std::int64_t>(scan.universe), static_cast<std::int64_t>(scan.up),
          static_cast<std::int64_t>(scan.down)};
}

/// Adjusts over both directions, then keeps the better of each regulator, best first.
void keep_better(std::vector<Tested> tested, bool signless, UpstreamScan& scan) {
  std::vector<double> p;
  for (const Tested& both : tested) {
    p.push_back(both.up.p);
    if (!signless) {
      p.push_back(both.down.p);
    }
  }
  scan.hypotheses = p.size();
  const auto fdr = false_discovery_rates(p);
  for (std::size_t i = 0; i < tested.size(); ++i) {
    const bool down = !signless && tested[i].down.p < tested[i].up.p;
    Regulator& better = down ? tested[i].down : tested[i].up;
    better.fdr = fdr[signless ? i : 2 * i + (down ? 1 : 0)];
    scan.regulators.push_back(std::move(better));
  }
  std::ranges::sort(scan.regulators, [](const Regulator& a, const Regulator& b) {
    return std::tie(a.fdr, b.score, a.p, a.node) < std::tie(b.fdr, a.score, b.p, b.node);
  });
}

}  // namespace

std::string_view to_string(UpstreamMethod method) {
  switch (method) {
    case UpstreamMethod::kBetter:
      return "better";
    case UpstreamMethod::kQuaternary:
      return "quaternary";
    case UpstreamMethod::kTernary:
      return "ternary";
    case UpstreamMethod::kEnrichment:
      return "enrichment";
    case UpstreamMethod::kCausal:
      return "causal";
  }
  return "";
}

std::vector<double> false_discovery_rates(std::span<const double> p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(
      order, [&p](std::size_t a, std::size_t b) { return std::tie(p[a], a) < std::tie(p[b], b); });
  std::vector<double> out(p.size(), 1);
  double least = 1;
  for (std::size_t rank = order.size(); rank-- > 0;) {
    const double here =
        p[order[rank]] * static_cast<double>(p.size()) / static_cast<double>(rank + 1);
    least = std::min(least, here);
    out[order[rank]] = least;
  }
  return out;
}

Result<UpstreamScan> scan_upstream(std::vector<Relation> relations, std::span<const int> measured,
                                   const UpstreamOptions& options) {
  THAW_CHECK(check(relations, measured, options));
  const RelationRows rows(std::move(relations), measured.size());
  UpstreamScan scan;
  const Measured counted = count_measured(rows, measured, scan);
  const SignedTable table(counted.universe);
  std::vector<std::uint32_t> candidates;
  for (std::uint32_t node = 0; node < measured.size(); ++node) {
    if (!rows.of(node).empty()) {
      candidates.push_back(node);
    }
  }
  std::vector<Result<Tested>> results(candidates.size(), Tested{});
  for_each_piece(candidates.size(), options.threads, [&](std::size_t i) {
    results[i] = test_regulator(rows, counted, table, options, candidates[i]);
  });
  std::vector<Tested> tested;
  for (auto& result : results) {
    THAW_TRY(Tested both, std::move(result));
    tested.push_back(std::move(both));
  }
  keep_better(std::move(tested), options.method == UpstreamMethod::kEnrichment, scan);
  return scan;
}

}  // namespace thaw::graph
