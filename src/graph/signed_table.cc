#include "graph/signed_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace thaw::graph {
namespace {

constexpr double kOmittedShare = 1e-10;

Result<Done> check_margins(const SignedMargins& m, std::int64_t total_max) {
  for (const std::int64_t part :
       {m.raised, m.lowered, m.either, m.none, m.up, m.down, m.unchanged}) {
    if (part < 0 || part > total_max) {
      return invalid_argument(
          fmt::format("a margin is {}, it must lie in 0 to {}", part, total_max));
    }
  }
  if (m.total() != m.up + m.down + m.unchanged || m.total() > total_max) {
    return invalid_argument(fmt::format(
        "predicted things are {}, measured things {}: the same, and at most {}, are wanted",
        m.total(), m.up + m.down + m.unchanged, total_max));
  }
  return Done{};
}

}  // namespace

/// One sum over all tables of given margins.
class TailSum {
 public:
  TailSum(const SignedTable& table, const SignedMargins& margins, std::int64_t score)
      : table_(table),
        m_(margins),
        score_(score),
        moved_(margins.up + margins.down),
        rest_(margins.either + margins.none) {}

  /// Adds cells, the likeliest first, until what is left cannot change the sum by more than
  /// kOmittedShare of it.
  TailProbability sum() {
    const std::vector<Cell> cells = cells_by_mass();
    std::vector<double> left(cells.size() + 1, 0);  // mass from a cell on, smallest added first
    for (std::size_t i = cells.size(); i-- > 0;) {
      left[i] = left[i + 1] + cells[i].mass;
    }
    TailProbability out{.p = 0, .omitted = 0};
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (left[i] <= kOmittedShare * out.p) {
        out.omitted = left[i];
        break;
      }
      out.p += cells[i].mass * hit_share(cells[i].a, cells[i].b);
    }
    out.p = std::min(out.p, 1.0);
    return out;
  }

 private:
  struct Cell {
    double mass;
    std::int64_t a, b;  // how many of `raised` and of `lowered` moved
  };

  std::vector<Cell> cells_by_mass() const {
    std::vector<Cell> cells;
    const long double all = table_.log_choose(m_.total(), moved_);
    for (std::int64_t a = 0; a <= std::min(m_.raised, moved_); ++a) {
      for (std::int64_t b = 0; b <= std::min(m_.lowered, moved_ - a); ++b) {
        const std::int64_t rest_moved = moved_ - a - b;
        if (rest_moved <= rest_) {
          const long double log_mass = table_.log_choose(m_.raised, a) +
                                       table_.log_choose(m_.lowered, b) +
                                       table_.log_choose(rest_, rest_moved) - all;
          cells.push_back({std::exp(static_cast<double>(log_mass)), a, b});
        }
      }
    }
    std::ranges::sort(cells, [](const Cell& x, const Cell& y) {
      return std::tie(y.mass, x.a, x.b) < std::tie(x.mass, y.a, y.b);
    });
    return cells;
  }

  /// P(S >= score) given that a of `raised`, b of `lowered` and the rest elsewhere moved: with d =
  /// (ups among a) - (ups among b), S = (moved in either) + b - a + 2 d.
  double hit_share(std::int64_t a, std::int64_t b) {
    const std::vector<double>& tail = either_tail(moved_ - a - b);
    const std::int64_t rest_moved = moved_ - a - b;
    const long double all = table_.log_choose(moved_, m_.up);
    double share = 0;
    for (std::int64_t i = std::max<std::int64_t>(0, m_.up - b - rest_moved);
         i <= std::min(a, m_.up); ++i) {
      const std::int64_t ups = m_.up - i;  // left for b and the rest
      const std::int64_t low = std::max<std::int64_t>(0, ups - rest_moved);
      const std::int64_t high = std::min(b, ups);
      const std::int64_t mode = std::clamp((ups + 1) * (b + 1) / (b + rest_moved + 2), low, high);
      const auto at_mode =
          static_cast<double>(std::exp(table_.log_choose(a, i) + table_.log_choose(b, mode) +
                                       table_.log_choose(rest_moved, ups - mode) - all));
      const auto hit = [&](std::int64_t j) {  // the share that hits with j ups among b
        const std::int64_t wanted = score_ + a - b - 2 * (i - j);
        return wanted >= static_cast<std::int64_t>(tail.size())
                   ? 0
                   : tail[static_cast<std::size_t>(std::max<std::int64_t>(wanted, 0))];
      };
      const auto ratio = [&](std::int64_t j) {  // weight of j + 1 over that of j
        return static_cast<double>((b - j) * (ups - j)) /
               static_cast<double>((j + 1) * (rest_moved - ups + j + 1));
      };
      share += at_mode * hit(mode);
      double weight = at_mode;
      for (std::int64_t j = mode; j < high && weight > 0; ++j) {
        weight *= ratio(j);
        share += weight * hit(j + 1);
      }
      weight = at_mode;
      for (std::int64_t j = mode; j > low && weight > 0; --j) {
        weight /= ratio(j - 1);
        share += weight * hit(j - 1);
      }
    }
    return std::min(share, 1.0);
  }

  /// P(moved in either >= k | `rest_moved` of either and none moved), k = 0, 1, ...
  const std::vector<double>& either_tail(std::int64_t rest_moved) {
    const auto [at, fresh] = tails_.try_emplace(rest_moved);
    if (fresh) {
      std::vector<double>& tail = at->second;
      tail.assign(static_cast<std::size_t>(std::min(m_.either, rest_moved)) + 1, 0);
      const long double all = table_.log_choose(rest_, rest_moved);
      double above = 0;
      for (std::size_t k = tail.size(); k-- > 0;) {
        const auto moved = static_cast<std::int64_t>(k);
        if (rest_moved - moved <= m_.none) {
          above +=
              static_cast<double>(std::exp(table_.log_choose(m_.either, moved) +
                                           table_.log_choose(m_.none, rest_moved - moved) - all));
        }
        tail[k] = std::min(above, 1.0);
      }
    }
    return at->second;
  }

  const SignedTable& table_;
  const SignedMargins& m_;
  std::int64_t score_, moved_, rest_;
  std::map<std::int64_t, std::vector<double>> tails_;
};

SignedTable::SignedTable(std::int64_t total_max) {
  log_factorial_.assign(static_cast<std::size_t>(std::max<std::int64_t>(total_max, 0)) + 1, 0);
  for (std::size_t i = 1; i < log_factorial_.size(); ++i) {
    log_factorial_[i] = log_factorial_[i - 1] + std::log(static_cast<long double>(i));
  }
}

long double SignedTable::log_choose(std::int64_t n, std::int64_t k) const {
  const auto at = [this](std::int64_t i) { return log_factorial_[static_cast<std::size_t>(i)]; };
  return at(n) - at(k) - at(n - k);
}

Result<TailProbability> SignedTable::upper_tail(const SignedMargins& margins,
                                                std::int64_t score) const {
  THAW_CHECK(check_margins(margins, static_cast<std::int64_t>(log_factorial_.size()) - 1));
  return TailSum(*this, margins, score).sum();
}

}  // namespace thaw::graph
