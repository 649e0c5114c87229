#include "stats/concordance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "stats/row_order.h"

namespace thaw::stats {
namespace {

/// Sums over ranks below one, in logarithmic time (Fenwick 1994).
class RankSums {
 public:
  explicit RankSums(std::size_t ranks) : sums_(ranks + 1, 0.0) {}
  void add(std::size_t rank, double weight) {
    for (std::size_t i = rank + 1; i < sums_.size(); i += i & (~i + 1)) {
      sums_[i] += weight;
    }
  }
  double below(std::size_t rank) const {
    double sum = 0;
    for (std::size_t i = rank; i > 0; i -= i & (~i + 1)) {
      sum += sums_[i];
    }
    return sum;
  }
  void clear() { std::ranges::fill(sums_, 0.0); }
  std::size_t size() const { return sums_.size() - 1; }

 private:
  std::vector<double> sums_;
};

/// Weights of the pairs that one row makes, from its own side.
struct Pairs {
  double concordant = 0;
  double discordant = 0;
  double tied = 0;
};

class Counting {
 public:
  Counting(std::span<const double> risk, const SurvivalData& data)
      : data_(data), pairs_(risk.size()), rank_(risk.size()) {
    std::uint32_t rank = 0;
    const auto order = ordered_rows(risk, Direction::kRising);
    for (std::size_t i = 0; i < order.size(); ++i) {
      rank += i > 0 && risk[order[i]] != risk[order[i - 1]] ? 1 : 0;
      rank_[order[i]] = rank;
    }
    ranks_ = rank + std::size_t{1};
  }

  /// Counts the pairs among `rows`, which stand by falling time.
  void count(std::span<const std::uint32_t> rows) {
    RankSums at_risk(ranks_of(rows));
    count_longer(rows, at_risk);
    RankSums gone(at_risk.size());
    count_shorter(rows, gone);
  }

  const std::vector<Pairs>& pairs() const { return pairs_; }
  double weight(std::uint32_t row) const { return data_.weights.empty() ? 1 : data_.weights[row]; }

 private:
  /// Renumbers the ranks of `rows` from 0 without gaps; how many there are.
  std::size_t ranks_of(std::span<const std::uint32_t> rows) {
    if (rows.size() == rank_.size()) {
      return ranks_;
    }
    std::vector<std::uint32_t> used;
    for (const std::uint32_t row : rows) {
      used.push_back(rank_[row]);
    }
    std::ranges::sort(used);
    used.erase(std::unique(used.begin(), used.end()), used.end());
    for (const std::uint32_t row : rows) {
      rank_[row] =
          static_cast<std::uint32_t>(std::ranges::lower_bound(used, rank_[row]) - used.begin());
    }
    return used.size();
  }

  std::size_t run_end(std::span<const std::uint32_t> rows, std::size_t begin) const {
    std::size_t end = begin;
    while (end < rows.size() && data_.time[rows[end]] == data_.time[rows[begin]]) {
      ++end;
    }
    return end;
  }

  std::vector<std::uint32_t> by_entry(std::span<const std::uint32_t> rows,
                                      Direction direction) const {
    std::vector<std::uint32_t> order;
    if (!data_.entry.empty()) {
      order.assign(rows.begin(), rows.end());
      sort_rows(data_.entry, direction, order);
    }
    return order;
  }

  /// For each event: those at risk that lived longer.
  void count_longer(std::span<const std::uint32_t> rows, RankSums& at_risk) {
    const auto entries = by_entry(rows, Direction::kFalling);
    std::size_t entry = 0;
    double total = 0;
    const auto put = [&](std::uint32_t row, double sign) {
      at_risk.add(rank_[row], sign * weight(row));
      total += sign * weight(row);
    };
    for (std::size_t begin = 0; begin < rows.size();) {
      const std::size_t end = run_end(rows, begin);
      const double time = data_.time[rows[begin]];
      for (std::size_t i = begin; i < end; ++i) {
        if (data_.event[rows[i]] == 0) {
          put(rows[i], 1);
        }
      }
      for (; entry < entries.size() && data_.entry[entries[entry]] >= time; ++entry) {
        put(entries[entry], -1);
      }
      for (std::size_t i = begin; i < end; ++i) {
        if (data_.event[rows[i]] != 0) {
          const double below = at_risk.below(rank_[rows[i]]);
          const double through = at_risk.below(rank_[rows[i]] + std::size_t{1});
          add(rows[i], below, total - through, through - below, 1);
        }
      }
      for (std::size_t i = begin; i < end; ++i) {
        if (data_.event[rows[i]] != 0) {
          put(rows[i], 1);
        }
      }
      begin = end;
    }
  }

  /// For each row: the events while it was at risk that came before its own end.
  void count_shorter(std::span<const std::uint32_t> rows, RankSums& gone) {
    const auto entries = by_entry(rows, Direction::kRising);
    std::size_t entry = 0;
    double total = 0;
    const auto look = [&](std::uint32_t row, double sign) {
      const double below = gone.below(rank_[row]);
      const double through = gone.below(rank_[row] + std::size_t{1});
      add(row, total - through, below, through - below, sign);
    };
    for (std::size_t end = rows.size(); end > 0;) {
      std::size_t begin = end - 1;
      while (begin > 0 && data_.time[rows[begin - 1]] == data_.time[rows[begin]]) {
        --begin;
      }
      const double time = data_.time[rows[begin]];
      // Events up to and with their entry are none of theirs.
      for (; entry < entries.size() && data_.entry[entries[entry]] < time; ++entry) {
        look(entries[entry], -1);
      }
      for (std::size_t i = begin; i < end; ++i) {
        if (data_.event[rows[i]] != 0) {
          look(rows[i], 1);
        }
      }
      for (std::size_t i = begin; i < end; ++i) {
        if (data_.event[rows[i]] != 0) {
          gone.add(rank_[rows[i]], weight(rows[i]));
          total += weight(rows[i]);
        }
      }
      for (std::size_t i = begin; i < end; ++i) {
        if (data_.event[rows[i]] == 0) {
          look(rows[i], 1);
        }
      }
      end = begin;
    }
  }

  void add(std::uint32_t row, double concordant, double discordant, double tied, double sign) {
    pairs_[row].concordant += sign * concordant;
    pairs_[row].discordant += sign * discordant;
    pairs_[row].tied += sign * tied;
  }

  const SurvivalData& data_;
  std::vector<Pairs> pairs_;
  std::vector<std::uint32_t> rank_;
  std::size_t ranks_ = 0;
};

}  // namespace

Result<Concordance> concordance(std::span<const double> risk, const SurvivalData& data,
                                std::span<const int> strata) {
  if (const auto fault = survival_fault(data)) {
    return invalid_argument(*fault);
  }
  if (risk.size() != data.time.size() || (!strata.empty() && strata.size() != risk.size())) {
    return invalid_argument(fmt::format("{} risks and {} strata do not fit {} rows", risk.size(),
                                        strata.size(), data.time.size()));
  }
  if (std::ranges::any_of(risk, [](double r) { return !std::isfinite(r); })) {
    return invalid_argument("a risk is not finite");
  }
  std::vector<std::uint32_t> rows = ordered_rows(data.time, Direction::kFalling);
  Counting counting(risk, data);
  if (strata.empty()) {
    counting.count(rows);
  } else {
    sort_rows(std::vector<double>(strata.begin(), strata.end()), Direction::kRising, rows);
    for (std::size_t begin = 0; begin < rows.size();) {
      std::size_t end = begin;
      while (end < rows.size() && strata[rows[end]] == strata[rows[begin]]) {
        ++end;
      }
      counting.count(std::span(rows).subspan(begin, end - begin));
      begin = end;
    }
  }
  Concordance result{0, 0, 0, 0, 0};
  for (std::uint32_t row = 0; row < risk.size(); ++row) {
    const double half = counting.weight(row) / 2;  // Each pair is seen from both sides.
    result.concordant += half * counting.pairs()[row].concordant;
    result.discordant += half * counting.pairs()[row].discordant;
    result.tied += half * counting.pairs()[row].tied;
  }
  const double all = result.concordant + result.discordant + result.tied;
  if (!(all > 0)) {
    return invalid_argument("no two rows can be compared: nothing is concordant or not");
  }
  result.value = (result.concordant + result.tied / 2) / all;
  double variance = 0;
  for (std::uint32_t row = 0; row < risk.size(); ++row) {
    const Pairs& own = counting.pairs()[row];
    const double pull =
        own.concordant + own.tied / 2 - result.value * (own.concordant + own.discordant + own.tied);
    variance += std::pow(counting.weight(row) * pull / all, 2);
  }
  result.se = std::sqrt(variance);
  return result;
}

}  // namespace thaw::stats
