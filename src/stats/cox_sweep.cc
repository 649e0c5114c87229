#include "stats/cox_sweep.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace thaw::stats {
namespace {

constexpr double kLogHazardMax = 300;  // so that hazards and their products stay finite

/// A sum of logarithms by the logarithm of products.
class LogSum {
 public:
  void add(double value, double weight) {
    if (weight != 1) {
      sum_ += weight * std::log(value);
      return;
    }
    product_ *= value;
    if (!(product_ > 1e-100 && product_ < 1e100)) {
      settle();
    }
  }
  double sum() {
    settle();
    return sum_;
  }

 private:
  void settle() {
    sum_ += std::log(product_);
    product_ = 1;
  }
  double sum_ = 0;
  double product_ = 1;
};

void add_log_terms(Ties ties, double at_risk, double dying, double death_weight, std::size_t deaths,
                   LogSum& log_sum) {
  if (deaths == 1 || ties != Ties::kEfron) {
    log_sum.add(at_risk, death_weight);
    return;
  }
  const double w = death_weight / static_cast<double>(deaths);
  for (std::size_t l = 0; l < deaths; ++l) {
    log_sum.add(at_risk - static_cast<double>(l) / static_cast<double>(deaths) * dying, w);
  }
}

}  // namespace

CoxSweep::CoxSweep(const CoxRows& rows, Ties ties)
    : rows_(rows),
      ties_(ties),
      with_dying_(rows.tied && ties == Ties::kEfron),
      hazard_(rows.n()),
      step_h_(rows.steps.size() + 1),
      step_fh_(with_dying_ ? rows.steps.size() + 1 : 0) {
  event_x_ = event_sums({});
}

Vector CoxSweep::event_sums(std::span<const double> factor) const {
  Vector sums = Vector::Zero(static_cast<Eigen::Index>(rows_.p()));
  for (std::size_t j = 0; j < rows_.p(); ++j) {
    double sum = 0;
    for (std::size_t k = 0; k < rows_.steps.size(); ++k) {
      double own = 0;
      for (std::size_t d = rows_.steps.death_begin(k); d < rows_.steps.death_end[k]; ++d) {
        own += rows_.weight_of(rows_.deaths[d]) * rows_.x(rows_.deaths[d], j);
      }
      sum += factor.empty() ? own : factor[k] * own;
    }
    sums[static_cast<Eigen::Index>(j)] = sum;
  }
  return sums;
}

bool CoxSweep::fill_hazards(const Vector& coef) {
  if (coef.isZero(0)) {
    if (rows_.weight.empty()) {
      std::ranges::fill(hazard_, 1.0);
    } else {
      hazard_ = rows_.weight;
    }
    return true;
  }
  for (std::size_t tile = 0; tile < rows_.x.tiles(); ++tile) {
    const std::size_t begin = tile * kTileRows;
    const double largest =
        weighted_hazards(rows_.x.column(tile, 0), rows_.p(), coef.data(),
                         rows_.weight.empty() ? nullptr : rows_.weight.data() + begin,
                         rows_.x.rows_of(tile), hazard_.data() + begin);
    if (!(largest < kLogHazardMax)) {
      return false;
    }
  }
  return true;
}

/// The parts of score and information that stem from risk sets' means, for one tile's steps.
void CoxSweep::add_step_parts(RiskWalk& walk, std::span<const double> factor, CoxPoint& point,
                              Matrix& means) {
  double a0[kTileRows];
  double a1_share[kTileRows];
  double rest[kTileRows];
  bool ties = false;
  for (std::size_t k = 0; k < walk.steps(); ++k) {
    const std::size_t step = walk.first_step() + k;
    const std::size_t deaths = rows_.steps.death_end[step] - rows_.steps.death_begin(step);
    TieSums sums = tie_sums(ties_, walk.at_risk[k], walk.dying[k], walk.death_weight[k], deaths);
    const double by = factor.empty() ? 1 : factor[step];
    step_h_[step] = by * sums.h;
    a0[k] = by * sums.a0;
    a1_share[k] = 0;
    rest[k] = 0;
    if (with_dying_) {
      step_fh_[step] = by * sums.fh;
      a1_share[k] = sums.a1 / sums.a0;
      rest[k] = by * std::max(0.0, sums.a2 - sums.a1 * a1_share[k]);
      ties = ties || deaths > 1;
    }
  }
  const double* h = step_h_.data() + walk.first_step();
  for (std::size_t j = 0; j < rows_.p(); ++j) {
    double* s = walk.at_risk_x.data() + j * kTileRows;
    double& score = point.score[static_cast<Eigen::Index>(j)];
    score -= dot(h, s, walk.steps());
    if (ties) {
      const double* d = walk.dying_x.data() + j * kTileRows;
      score += dot(step_fh_.data() + walk.first_step(), d, walk.steps());
      for (std::size_t k = 0; k < walk.steps(); ++k) {
        s[k] -= a1_share[k] * d[k];
      }
    }
  }
  // a0 SS' - a1 (SD' + DS') + a2 DD' is the square of S - a1/a0 D, and what is left of D.
  add_weighted_products(walk.at_risk_x.data(), rows_.p(), kTileRows, a0, walk.steps(), means);
  if (ties) {
    add_weighted_products(walk.dying_x.data(), rows_.p(), kTileRows, rest, walk.steps(), means);
  }
}

void CoxSweep::passed_in(std::size_t tile, double* passed) const {
  std::uint32_t exits[kTileRows];
  exit_steps(rows_, tile, exits);
  const std::size_t first = rows_.tile_step[tile];
  const std::size_t rows = rows_.x.rows_of(tile);
  const std::size_t begin = tile * kTileRows;
  for (std::size_t i = 0; i < rows; ++i) {
    passed[i] = step_h_[first + exits[i]];
  }
  if (rows_.strata_begin.size() > 1) {
    for_rows_never_at_risk(rows_, tile, [&](std::size_t from, std::size_t to) {
      std::fill(passed + from, passed + to, 0.0);
    });
  }
  if (!rows_.entry_order.empty()) {
    for (std::size_t i = 0; i < rows; ++i) {
      passed[i] -= step_h_[rows_.entry_step[begin + i]];
    }
  }
  if (with_dying_) {
    for (auto d = std::ranges::lower_bound(rows_.deaths, begin);
         d != rows_.deaths.end() && *d < begin + rows; ++d) {
      passed[*d - begin] -= step_fh_[first + exits[*d - begin]];
    }
  }
}

std::vector<double> CoxSweep::passed() const {
  std::vector<double> all(rows_.n());
  for (std::size_t tile = 0; tile < rows_.x.tiles(); ++tile) {
    passed_in(tile, all.data() + tile * kTileRows);
  }
  return all;
}

CoxPoint CoxSweep::at(const Vector& coef, std::span<const double> factor) {
  const auto p = static_cast<Eigen::Index>(rows_.p());
  CoxPoint point{.coef = coef,
                 .log_likelihood = -std::numeric_limits<double>::infinity(),
                 .score = factor.empty() ? event_x_ : event_sums(factor),
                 .information = Matrix::Zero(p, p)};
  if (!fill_hazards(coef)) {
    return point;
  }
  RiskWalk walk(rows_, hazard_.data(), with_dying_);
  Matrix means = Matrix::Zero(p, p);
  LogSum log_sum;
  for (std::size_t tile = 0; tile < rows_.x.tiles(); ++tile) {
    walk.visit(tile);
    for (std::size_t k = 0; k < walk.steps(); ++k) {
      if (!(walk.at_risk[k] > 0)) {
        return point;
      }
      const std::size_t step = walk.first_step() + k;
      add_log_terms(ties_, walk.at_risk[k], walk.dying[k], walk.death_weight[k],
                    rows_.steps.death_end[step] - rows_.steps.death_begin(step), log_sum);
    }
    add_step_parts(walk, factor, point, means);
  }
  // From here on step_h_ holds sums over this and earlier times of the stratum.
  for (std::size_t k = rows_.steps.size(); k-- > 1;) {
    step_h_[k - 1] += rows_.steps.first[k] != 0 ? 0 : step_h_[k];
  }
  double q[kTileRows];
  for (std::size_t tile = 0; tile < rows_.x.tiles(); ++tile) {
    passed_in(tile, q);
    const std::size_t rows = rows_.x.rows_of(tile);
    const double* r = hazard_.data() + tile * kTileRows;
    for (std::size_t i = 0; i < rows; ++i) {
      q[i] *= r[i];
    }
    add_weighted_products(rows_.x.column(tile, 0), rows_.p(), kTileRows, q, rows,
                          point.information);
  }
  point.information -= means;
  point.information.triangularView<Eigen::StrictlyUpper>() = point.information.transpose();
  const double log_likelihood = coef.dot(event_x_) - log_sum.sum();
  if (std::isfinite(log_likelihood)) {
    point.log_likelihood = log_likelihood;
  }
  return point;
}

}  // namespace thaw::stats
