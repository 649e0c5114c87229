#include "discovery/degenerate_gaussian.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "discovery/correlation.h"
#include "discovery/testwise_rows.h"

namespace thaw::discovery {
namespace {

constexpr std::size_t kRowsMin = 5;
/// A pivot below this share of its diagonal belongs to a column that those before it fix.
constexpr double kPivotMin = 1e-9;
constexpr double kPerfect = 1e-14;

class DegenerateGaussian : public IndependenceTest {
 public:
  explicit DegenerateGaussian(const Data& data)
      : columns_(indicator_columns(data, first_)), variables_(data.size()) {
    rows_ = static_cast<std::size_t>(columns_.rows());
    if (data.any_missing()) {
      testwise_.emplace(std::move(columns_));
    } else {
      correlate();
    }
    columns_.resize(0, 0);
  }

  std::string_view name() const override { return "dg"; }
  std::size_t variables() const override { return variables_; }
  double nominal_cost(std::size_t size) const override {
    const double width = static_cast<double>(first_.back()) / static_cast<double>(variables_);
    const double columns = width * static_cast<double>(size + 2);
    return 0.2 + columns * columns *
                     (0.002 * columns + (testwise_ ? 0.0005 : 0) * static_cast<double>(rows_));
  }

  Independence test(std::size_t x, std::size_t y, std::span<const std::uint32_t> given) override {
    chosen_.clear();
    for (const std::uint32_t variable : given) {
      choose(variable);
    }
    const auto set = static_cast<Eigen::Index>(chosen_.size());
    choose(x);
    const auto with_x = static_cast<Eigen::Index>(chosen_.size());
    choose(y);
    const std::size_t rows = gather();
    Independence result{.statistic = 0, .df = 0, .rows = rows};
    before_ = local_.diagonal();
    const Eigen::Index set_rank = eliminate(0, set);
    const stats::Matrix y_given_set =
        local_.bottomRightCorner(local_.rows() - with_x, local_.rows() - with_x);
    const Eigen::Index x_rank = eliminate(set, with_x);
    const auto [y_rank, log_ratio] = compare(y_given_set, with_x);
    const double scale = static_cast<double>(rows) - 1 - static_cast<double>(set_rank) -
                         0.5 * static_cast<double>(x_rank + y_rank + 1);
    if (x_rank > 0 && y_rank > 0 && scale >= 1) {
      result.df = static_cast<double>(x_rank * y_rank);
      result.statistic = std::max(0.0, scale * log_ratio);
    }
    return result;
  }

 private:
  /// Fills whole_; a level that does not occur in these rows has variance 0, and so no rank.
  void correlate() {
    std::vector<Eigen::Index> constant;
    for (Eigen::Index j = 0; j < columns_.cols(); ++j) {
      if (columns_.col(j).minCoeff() == columns_.col(j).maxCoeff()) {
        constant.push_back(j);
        columns_(0, j) += 1;
      }
    }
    whole_ = correlation_matrix(std::move(columns_));
    for (const Eigen::Index j : constant) {
      whole_.col(j).setZero();
      whole_.row(j).setZero();
    }
  }

  void choose(std::size_t variable) {
    for (std::uint32_t column = first_[variable]; column < first_[variable + 1]; ++column) {
      chosen_.push_back(column);
    }
  }

  /// Fills local_ with the covariance of the chosen columns; returns the rows behind it.
  std::size_t gather() {
    if (testwise_) {
      return testwise_->covariance(chosen_, local_);
    }
    const auto k = static_cast<Eigen::Index>(chosen_.size());
    local_.resize(k, k);
    for (Eigen::Index j = 0; j < k; ++j) {
      for (Eigen::Index i = 0; i < k; ++i) {
        local_(i, j) =
            whole_(chosen_[static_cast<std::size_t>(i)], chosen_[static_cast<std::size_t>(j)]);
      }
    }
    return rows_;
  }

  /// Sweeps columns [from, to) of local_ out of those after them; returns their rank.
  Eigen::Index eliminate(Eigen::Index from, Eigen::Index to) {
    Eigen::Index rank = 0;
    for (Eigen::Index j = from; j < to; ++j) {
      if (local_(j, j) > kPivotMin * before_(j)) {
        const Eigen::Index rest = local_.rows() - j - 1;
        const stats::Vector below = local_.col(j).tail(rest) / std::sqrt(local_(j, j));
        local_.bottomRightCorner(rest, rest).noalias() -= below * below.transpose();
        ++rank;
      }
    }
    return rank;
  }

  struct Compared {
    Eigen::Index rank = 0;
    double log_ratio = 0;  // log |y given the set| - log |y given the set and x|
  };

  /// Both determinants over the columns of y that the set leaves free.
  Compared compare(stats::Matrix alone, Eigen::Index y) {
    Compared result;
    const Eigen::Index size = alone.rows();
    stats::Matrix both = local_.bottomRightCorner(size, size);
    for (Eigen::Index j = 0; j < size; ++j) {
      if (!(alone(j, j) > kPivotMin * before_(y + j))) {
        continue;
      }
      const double left = std::max(both(j, j), kPerfect * before_(y + j));
      result.log_ratio += std::log(alone(j, j)) - std::log(left);
      ++result.rank;
      const Eigen::Index rest = size - j - 1;
      const stats::Vector below = alone.col(j).tail(rest) / std::sqrt(alone(j, j));
      alone.bottomRightCorner(rest, rest).noalias() -= below * below.transpose();
      if (both(j, j) > kPerfect * before_(y + j)) {
        const stats::Vector beside = both.col(j).tail(rest) / std::sqrt(both(j, j));
        both.bottomRightCorner(rest, rest).noalias() -= beside * beside.transpose();
      }
    }
    return result;
  }

  std::vector<std::uint32_t> first_;
  stats::Matrix columns_;
  std::size_t variables_ = 0, rows_ = 0;
  stats::Matrix whole_;  // without missing values: the correlations of all columns
  std::optional<TestwiseRows> testwise_;
  std::vector<std::uint32_t> chosen_;
  stats::Matrix local_;
  stats::Vector before_;
};

}  // namespace

stats::Matrix indicator_columns(const Data& data, std::vector<std::uint32_t>& first) {
  first.assign(1, 0);
  for (std::size_t i = 0; i < data.size(); ++i) {
    const std::size_t width = data.discrete(i) ? data.variable(i).levels.size() - 1 : 1;
    first.push_back(first.back() + static_cast<std::uint32_t>(width));
  }
  stats::Matrix x = stats::Matrix::Zero(static_cast<Eigen::Index>(data.rows()), first.back());
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (!data.discrete(i)) {
      x.col(first[i]) = stats::as_vector(data.values(i));
      continue;
    }
    for (std::size_t row = 0; row < data.rows(); ++row) {
      const std::int32_t code = data.codes(i)[row];
      const auto at = static_cast<Eigen::Index>(row);
      if (code < 0) {
        x.block(at, first[i], 1, first[i + 1] - first[i])
            .setConstant(std::numeric_limits<double>::quiet_NaN());
      } else if (code > 0) {
        x(at, first[i] + code - 1) = 1;
      }
    }
  }
  return x;
}

Result<std::unique_ptr<IndependenceTest>> degenerate_gaussian(const Data& data) {
  if (data.rows() < kRowsMin) {
    return invalid_argument(
        fmt::format("dg needs at least {} rows; these are {}", kRowsMin, data.rows()));
  }
  return std::unique_ptr<IndependenceTest>(std::make_unique<DegenerateGaussian>(data));
}

}  // namespace thaw::discovery
