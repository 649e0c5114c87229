#include "discovery/fisher_z.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>

#include "discovery/correlation.h"
#include "discovery/partial_sweep.h"
#include "discovery/testwise_rows.h"
#include "stats/blas.h"

namespace thaw::discovery {
namespace {

/// Correlations nearer to 1 than this are those of one variable with itself.
constexpr double kSameVariable = 1e-10;
constexpr std::size_t kRowsMin = 5;

/// From a squared partial correlation given `size` variables, seen in `rows` rows.
Independence of_squared_correlation(double r2, std::size_t rows, std::size_t size) {
  Independence result{.statistic = 0, .df = 0, .rows = rows};
  if (r2 > 1.5 || rows < size + 4) {
    return result;
  }
  const double z = std::atanh(std::sqrt(std::min(r2, 1.0)));
  result.statistic = static_cast<double>(rows - size - 3) * z * z;
  result.df = 1;
  return result;
}

class FisherZ : public IndependenceTest {
 public:
  FisherZ(stats::Matrix r, std::size_t rows) : r_(std::move(r)), rows_(rows) {}

  std::string_view name() const override { return "fisherz"; }
  std::size_t variables() const override { return static_cast<std::size_t>(r_.rows()); }
  double nominal_cost(std::size_t) const override { return 0.005; }

  Independence test(std::size_t x, std::size_t y, std::span<const std::uint32_t> given) override {
    const auto target = static_cast<std::uint32_t>(y);
    const SetSearch only{.x = static_cast<std::uint32_t>(x),
                         .candidates = given,
                         .targets = {&target, 1},
                         .size = given.size()};
    double found = kNoCorrelation;
    sweep_.load(r_, only);
    sweep_.run([&](std::span<const std::uint32_t>, std::span<const double> r2) {
      found = r2[0];
      return false;
    });
    return of_squared_correlation(found, rows_, given.size());
  }

  std::uint64_t separate(const SetSearch& search, TestLevel& level,
                         std::vector<Separation>& found) override {
    if (rows_ < search.size + 4 || search.targets.empty()) {
      return 0;
    }
    const auto degrees = static_cast<double>(rows_ - search.size - 3);
    largest_.clear();
    for (const std::uint32_t y : search.targets) {
      const double r = std::tanh(std::sqrt(level.critical(1, search.x, y) / degrees));
      largest_.push_back(r * r);
    }
    std::size_t open = search.targets.size();
    std::uint64_t tests = 0;
    sweep_.load(r_, search);
    sweep_.run([&](std::span<const std::uint32_t> set, std::span<const double> r2) {
      for (std::size_t i = 0; i < r2.size(); ++i) {
        tests += largest_[i] >= 0 && r2[i] < kNoCorrelation ? 1U : 0U;
        if (r2[i] < largest_[i]) {
          found.push_back({search.targets[i], named(search, set)});
          largest_[i] = -1;
          --open;
        }
      }
      return open > 0;
    });
    return tests;
  }

  std::uint64_t weigh_neighbours(const SetSearch& search,
                                 std::span<std::vector<NeighbourEvidence>> evidence) override {
    if (rows_ < search.size + 4 || search.targets.empty()) {
      return 0;
    }
    least_.clear();  // squared correlations, with and without, of every target's neighbours
    first_.assign(1, 0);
    positions_.clear();
    for (const auto& neighbours : evidence) {
      for (const NeighbourEvidence& neighbour : neighbours) {
        const auto at = std::ranges::lower_bound(search.candidates, neighbour.c);
        const bool there = at != search.candidates.end() && *at == neighbour.c;
        positions_.push_back(there ? static_cast<std::uint32_t>(at - search.candidates.begin())
                                   : kNowhere);
        least_.push_back({kNoCorrelation, kNoCorrelation});
      }
      first_.push_back(positions_.size());
    }
    std::uint64_t tests = 0;
    sweep_.load(r_, search);
    sweep_.run([&](std::span<const std::uint32_t> set, std::span<const double> r2) {
      for (std::size_t i = 0; i < r2.size(); ++i) {
        for (std::size_t at = first_[i]; at < first_[i + 1]; ++at) {
          const bool held = std::ranges::find(set, positions_[at]) != set.end();
          double& least = held ? least_[at].first : least_[at].second;
          least = std::min(least, r2[i]);
        }
      }
      tests += r2.size();
      return true;
    });
    for (std::size_t i = 0; i < evidence.size(); ++i) {
      for (std::size_t at = first_[i]; at < first_[i + 1]; ++at) {
        NeighbourEvidence& neighbour = evidence[i][at - first_[i]];
        lower(neighbour.with, least_[at].first, search.size);
        lower(neighbour.without, least_[at].second, search.size);
      }
    }
    return tests;
  }

 private:
  static constexpr std::uint32_t kNowhere = 0xffffffff;

  void lower(double& deviate, double r2, std::size_t size) const {
    const Independence result = of_squared_correlation(r2, rows_, size);
    if (result.df > 0) {
      deviate = std::min(deviate, result.deviate());
    }
  }

  static std::vector<std::uint32_t> named(const SetSearch& search,
                                          std::span<const std::uint32_t> set) {
    std::vector<std::uint32_t> given;
    for (const std::uint32_t position : set) {
      given.push_back(search.candidates[position]);
    }
    return given;
  }

  stats::Matrix r_;
  std::size_t rows_;
  PartialSweep sweep_;
  std::vector<std::pair<double, double>> least_;
  std::vector<std::size_t> first_;  // of a target's neighbours in least_ and positions_
  std::vector<std::uint32_t> positions_;
  std::vector<double> largest_;  // of a target, the r2 below which it is separated; -1 done
};

/// Every test from the rows that have all its variables.
class TestwiseFisherZ : public IndependenceTest {
 public:
  explicit TestwiseFisherZ(const Data& data) : rows_(data) {}

  std::string_view name() const override { return "fisherz"; }
  std::size_t variables() const override { return rows_.variables(); }
  double nominal_cost(std::size_t size) const override {
    const auto columns = static_cast<double>(size + 2);
    return 0.1 + 0.0005 * static_cast<double>(rows_.rows()) * columns * columns;
  }

  Independence test(std::size_t x, std::size_t y, std::span<const std::uint32_t> given) override {
    columns_.assign(given.begin(), given.end());
    columns_.push_back(static_cast<std::uint32_t>(x));
    columns_.push_back(static_cast<std::uint32_t>(y));
    const std::size_t rows = rows_.covariance(columns_, covariance_);
    const double r2 = rows < given.size() + 4 ? kNoCorrelation : squared_partial(given.size());
    return of_squared_correlation(r2, rows, given.size());
  }

 private:
  /// Sweeps the first `size` columns of covariance_ out; what is left is about x and y.
  double squared_partial(std::size_t size) {
    const auto x = static_cast<Eigen::Index>(size);
    const stats::Vector before = covariance_.diagonal();
    const auto varies = [&](Eigen::Index j) {
      return covariance_(j, j) > 1e-10 * before(j) && before(j) > 0;
    };
    for (Eigen::Index j = 0; j < x; ++j) {
      if (varies(j)) {  // else fixed by those before it: nothing more to sweep out
        const stats::Vector row = covariance_.col(j) / std::sqrt(covariance_(j, j));
        covariance_ -= row * row.transpose();
      }
    }
    if (!varies(x) || !varies(x + 1)) {
      return kNoCorrelation;
    }
    return covariance_(x, x + 1) * covariance_(x, x + 1) /
           (covariance_(x, x) * covariance_(x + 1, x + 1));
  }

  TestwiseRows rows_;
  std::vector<std::uint32_t> columns_;
  stats::Matrix covariance_;
};

Error dependent(const Data& data, std::size_t column, std::string_view what) {
  return invalid_argument(
      fmt::format("column {} {}; a partial correlation does not exist then: leave one of them out",
                  data.variable(column).name, what));
}

/// Nothing wrong, or the columns that carry no information of their own.
Result<Done> check_rank(const Data& data, const stats::Matrix& r) {
  const auto p = static_cast<std::size_t>(r.rows());
  for (std::size_t a = 0; a < p; ++a) {
    for (std::size_t b = a + 1; b < p; ++b) {
      if (std::fabs(r(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b))) >=
          1 - kSameVariable) {
        return dependent(data, b,
                         fmt::format("is column {} on another scale", data.variable(a).name));
      }
    }
  }
  if (data.rows() <= p + 1) {
    return Done{};  // so few rows make every matrix singular: nothing to learn from that
  }
  if (const auto column = stats::first_dependent_by_blas(r)) {
    return dependent(data, *column, "is a linear combination of columns before it (by name)");
  }
  return Done{};
}

}  // namespace

std::unique_ptr<IndependenceTest> fisher_z(stats::Matrix r, std::size_t rows) {
  return std::make_unique<FisherZ>(std::move(r), rows);
}

Result<std::unique_ptr<IndependenceTest>> fisher_z(const Data& data) {
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (data.discrete(i)) {
      return invalid_argument(fmt::format(
          "fisherz needs numbers, and column {} is discrete; take the test dg, or say that the "
          "column is continuous",
          data.variable(i).name));
    }
  }
  if (data.rows() < kRowsMin) {
    return invalid_argument(
        fmt::format("fisherz needs at least {} rows; these are {}", kRowsMin, data.rows()));
  }
  if (data.any_missing()) {
    return std::unique_ptr<IndependenceTest>(std::make_unique<TestwiseFisherZ>(data));
  }
  THAW_TRY(stats::Matrix r, correlation_matrix(data));
  THAW_CHECK(check_rank(data, r));
  return fisher_z(std::move(r), data.rows());
}

}  // namespace thaw::discovery
