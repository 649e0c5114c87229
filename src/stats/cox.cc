#include "stats/cox.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "stats/cox_exact.h"
#include "stats/cox_residuals.h"
#include "stats/cox_sweep.h"
#include "stats/newton.h"
#include "stats/row_order.h"

namespace thaw::stats {
namespace {

constexpr double kInformationMin = 1e-10;  // of a standardised column, per event
constexpr double kRunning = 1e-3;          // a last move of a row's log hazard that is no rounding
constexpr std::size_t kThinFrom = 100'000;
constexpr std::size_t kThinBy = 16;

/// The first column that nobody at risk differs in, or that others make up; nothing if none.
std::optional<std::size_t> uninformative_column(const CoxRows& rows, const Matrix& information) {
  double event_weight = 0;
  for (const std::uint32_t death : rows.deaths) {
    event_weight += rows.weight_of(death);
  }
  for (Eigen::Index j = 0; j < information.cols(); ++j) {
    if (!(information(j, j) > kInformationMin * event_weight)) {
      return static_cast<std::size_t>(j);
    }
  }
  return first_dependent_column(information);
}

/// The maximum for a sixteenth of many rows: as good a start as their number allows. Nothing where
/// that finds none.
std::optional<Vector> start_from_sample(const CoxRows& rows, Ties ties) {
  if (rows.n() < kThinFrom || !rows.entry_order.empty() || rows.deaths.size() < rows.n() / 100) {
    return std::nullopt;
  }
  const CoxRows thin = thinned(rows, kThinBy);
  if (thin.deaths.empty()) {
    return std::nullopt;
  }
  CoxSweep sweep(thin, ties);
  const auto likelihood = [&](const Vector& coef) { return sweep.at(coef); };
  const auto p = static_cast<Eigen::Index>(rows.p());
  const CoxPoint null = likelihood(Vector::Zero(p));
  if (uninformative_column(thin, null.information)) {
    return std::nullopt;
  }
  const NewtonSearch search = maximise(likelihood, null, as_vector(thin.column_largest));
  return search.converged ? std::optional<Vector>(search.at.coef) : std::nullopt;
}

/// Sums of rows of one cluster, then their cross product.
class Sandwich {
 public:
  Sandwich(const CoxRows& rows, std::span<const int> cluster)
      : rows_(rows),
        square_(Matrix::Zero(static_cast<Eigen::Index>(rows.p()),
                             static_cast<Eigen::Index>(rows.p()))) {
    if (cluster.empty()) {
      return;
    }
    const std::vector<double> numbers(cluster.begin(), cluster.end());
    place_.resize(cluster.size());
    std::uint32_t next = 0;
    const auto order = ordered_rows(numbers, Direction::kRising);
    for (std::size_t i = 0; i < order.size(); ++i) {
      next += i > 0 && cluster[order[i]] != cluster[order[i - 1]] ? 1 : 0;
      place_[order[i]] = next;
    }
    sums_.assign((next + std::size_t{1}) * rows.p(), 0);
  }

  void take(std::size_t tile, const double* residuals) {
    static constexpr auto kOnes = [] {
      std::array<double, kTileRows> ones{};
      ones.fill(1);
      return ones;
    }();
    const std::size_t size = rows_.x.rows_of(tile);
    if (place_.empty()) {
      add_weighted_products(residuals, rows_.p(), kTileRows, kOnes.data(), size, square_);
      return;
    }
    for (std::size_t i = 0; i < size; ++i) {
      double* sum = sums_.data() + place_[rows_.source[tile * kTileRows + i]] * rows_.p();
      for (std::size_t j = 0; j < rows_.p(); ++j) {
        sum[j] += residuals[j * kTileRows + i];
      }
    }
  }

  Matrix square() {
    const auto p = static_cast<Eigen::Index>(rows_.p());
    if (!place_.empty()) {
      const Eigen::Map<const RowMajorMatrix> sums(sums_.data(),
                                                  static_cast<Eigen::Index>(sums_.size()) / p, p);
      return sums.transpose() * sums;
    }
    return square_.selfadjointView<Eigen::Lower>();
  }

 private:
  const CoxRows& rows_;
  Matrix square_;
  std::vector<std::uint32_t> place_;  // row as given -> cluster, from 0
  std::vector<double> sums_;
};

/// Fills in robust_var and influence, in the units of the columns as given.
void add_robust(const CoxRows& rows, const CoxOptions& options, const CoxSweep& sweep,
                const Matrix& inverse, CoxFit& fit) {
  const auto p = static_cast<Eigen::Index>(rows.p());
  const Matrix pull = inverse * as_vector(rows.column_sd).cwiseInverse().asDiagonal();
  Sandwich sandwich(rows, options.cluster);
  if (options.keep_influence) {
    fit.influence.resize(static_cast<Eigen::Index>(rows.n()), p);
  }
  for_each_score_residual(
      rows, options.ties, sweep.hazard().data(), [&](std::size_t tile, const double* residuals) {
        sandwich.take(tile, residuals);
        if (!options.keep_influence) {
          return;
        }
        const auto size = static_cast<Eigen::Index>(rows.x.rows_of(tile));
        const Eigen::Map<const Matrix> own(residuals, static_cast<Eigen::Index>(kTileRows), p);
        const Matrix pulls = own.topRows(size) * pull;
        for (Eigen::Index i = 0; i < size; ++i) {
          const std::size_t row = tile * kTileRows + static_cast<std::size_t>(i);
          fit.influence.row(static_cast<Eigen::Index>(rows.source[row])) = pulls.row(i);
        }
      });
  fit.robust_var = pull.transpose() * sandwich.square() * pull;
}

Result<Done> check(const SurvivalData& data, const CoxOptions& options) {
  if (!options.cluster.empty() && options.cluster.size() != data.time.size()) {
    return invalid_argument(
        fmt::format("{} rows but {} cluster numbers", data.time.size(), options.cluster.size()));
  }
  if (options.ties == Ties::kExact &&
      (!data.weights.empty() || options.robust || !options.cluster.empty())) {
    return invalid_argument(
        "exact ties go without weights, clusters and robust variance; use Efron's ties");
  }
  return Done{};
}

}  // namespace

Result<CoxFit> fit_cox(const Matrix& x, const SurvivalData& data, const CoxOptions& options) {
  THAW_CHECK(check(data, options));
  THAW_TRY(CoxRows rows, cox_rows(x, data, options.strata));
  const bool robust = options.robust || !options.cluster.empty();
  if (!robust) {
    std::vector<std::uint32_t>().swap(rows.source);
  }
  const bool exact = options.ties == Ties::kExact;
  if (exact) {
    THAW_CHECK(check_exact_work(rows));
  }
  CoxSweep sweep(rows, options.ties);
  const Likelihood likelihood = [&](const Vector& coef) {
    return exact ? exact_point(rows, coef) : sweep.at(coef);
  };
  const CoxPoint null = likelihood(Vector::Zero(x.cols()));
  if (const auto column = uninformative_column(rows, null.information)) {
    return invalid_argument(fmt::format(
        "column {} is constant, or a combination of the columns before it, among those at risk",
        *column + 1));
  }
  const Matrix null_inverse = inverse_if_definite(null.information).value_or(Matrix());
  const Vector scale = as_vector(rows.column_sd).cwiseInverse();
  CoxFit fit{.coef = {},
             .var = {},
             .robust_var = {},
             .influence = {},
             .score = as_vector(rows.column_sd).cwiseProduct(null.score),
             .log_likelihood_null = null.log_likelihood,
             .log_likelihood = 0,
             .score_test = null.score.dot(null_inverse * null.score),
             .n = data.time.size(),
             .events = rows.deaths.size(),
             .iterations = 0,
             .converged = false,
             .running = {}};
  const auto start = exact ? std::nullopt : start_from_sample(rows, options.ties);
  const Vector largest = as_vector(rows.column_largest);
  NewtonSearch search = maximise(likelihood, start ? likelihood(*start) : null, largest);
  if (start && !search.converged) {
    search = maximise(likelihood, null, largest);
  }
  fit.iterations = search.iterations;
  fit.converged = search.converged;
  fit.log_likelihood = search.at.log_likelihood;
  if (!fit.converged && search.next_step.size() > 0) {
    const Vector moved = search.next_step.cwiseAbs().cwiseProduct(largest);
    for (Eigen::Index j = 0; j < moved.size(); ++j) {
      if (moved[j] > kRunning) {
        fit.running.push_back(static_cast<std::size_t>(j));
      }
    }
  }
  if (robust) {
    add_robust(rows, options, sweep, search.inverse, fit);
  }
  fit.coef = search.at.coef.cwiseProduct(scale);
  fit.var = scale.asDiagonal() * search.inverse * scale.asDiagonal();
  return fit;
}

}  // namespace thaw::stats
