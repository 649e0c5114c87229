#include "stats/cox_sweep.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace thaw::stats {
namespace {

constexpr double kLogHazardMax = 300;  // so that hazards and their products stay finite

Eigen::Index at_index(std::size_t i) {
  return static_cast<Eigen::Index>(i);
}

/// Sums over the tied deaths l of one step, f = l / d (0 for Breslow), w the mean death weight,
/// s = S - f D.
struct TieSums {
  double log_s = 0;  // sum of w log s
  double h = 0;      // sum of w / s
  double fh = 0;     // sum of f w / s
  double a0 = 0;     // sum of w / s^2
  double a1 = 0;     // sum of f w / s^2
  double a2 = 0;     // sum of f^2 w / s^2
};

TieSums tie_sums(Ties ties, double at_risk, double dying, double death_weight, std::size_t deaths) {
  const bool breslow = ties == Ties::kBreslow;
  const std::size_t terms = breslow ? 1 : deaths;
  const double w = death_weight / static_cast<double>(terms);
  TieSums sums;
  for (std::size_t l = 0; l < terms; ++l) {
    const double f = static_cast<double>(l) / static_cast<double>(terms);
    const double s = at_risk - f * dying;
    const double h = w / s;
    sums.log_s += w * std::log(s);
    sums.h += h;
    sums.fh += f * h;
    sums.a0 += h / s;
    sums.a1 += f * h / s;
    sums.a2 += f * f * h / s;
  }
  return sums;
}

/// Everything about one step that its users need.
struct StepState {
  const CoxStep& step;
  std::size_t index;
  double dying;         // sum of w r over the deaths
  double death_weight;  // sum of w over the deaths
  TieSums sums;
  const Vector& at_risk_x;  // sum of w r x over those at risk
  const Vector& dying_x;    // the same over the deaths
};

/// Walks the steps with running sums and calls `visit(StepState)`. False when a sum is not usable.
template <class Visit>
bool walk(const CoxRows& rows, Ties ties, const Vector& hazard, const Visit& visit) {
  const Eigen::Index p = rows.x.cols();
  Vector at_risk_x = Vector::Zero(p);
  Vector dying_x(p);
  double at_risk = 0;
  std::size_t row = 0;
  std::size_t entry = 0;
  for (std::size_t k = 0; k < rows.steps.size(); ++k) {
    const CoxStep& step = rows.steps[k];
    if (step.first_of_stratum) {
      row = step.row_begin;
      entry = rows.entry_order.empty() ? 0 : step.row_begin;
      at_risk = 0;
      at_risk_x.setZero();
    }
    for (; row < step.row_end; ++row) {
      at_risk += hazard[at_index(row)];
      at_risk_x.noalias() += hazard[at_index(row)] * rows.x.row(at_index(row)).transpose();
    }
    for (; entry < step.entry_end; ++entry) {
      const Eigen::Index leaves = at_index(rows.entry_order[entry]);
      at_risk -= hazard[leaves];
      at_risk_x.noalias() -= hazard[leaves] * rows.x.row(leaves).transpose();
    }
    double dying = 0;
    double death_weight = 0;
    dying_x.setZero();
    for (std::size_t d = step.death_begin; d < step.death_end; ++d) {
      const Eigen::Index death = at_index(rows.deaths[d]);
      dying += hazard[death];
      death_weight += rows.weight[death];
      dying_x.noalias() += hazard[death] * rows.x.row(death).transpose();
    }
    if (!(at_risk > 0)) {
      return false;
    }
    visit(StepState{step, k, dying, death_weight,
                    tie_sums(ties, at_risk, dying, death_weight, step.death_end - step.death_begin),
                    at_risk_x, dying_x});
  }
  return true;
}

/// The sum over steps of w m m', m the risk sets' means: as the cross product of batched rows. A
/// step's form a0 SS' - a1 (SD' + DS') + a2 DD' is the square of one row, and of a second with
/// ties.
class MeanSquares {
 public:
  explicit MeanSquares(Eigen::Index p) : rows_(kBatch, p), sum_(Matrix::Zero(p, p)) {}

  void add(const StepState& s) {
    const double root = std::sqrt(s.sums.a0);
    next_row() = root * s.at_risk_x;
    if (s.sums.a1 > 0) {
      rows_.row(count_ - 1) -= s.sums.a1 / root * s.dying_x;
      const double rest = s.sums.a2 - s.sums.a1 * s.sums.a1 / s.sums.a0;
      next_row() = std::sqrt(std::max(0.0, rest)) * s.dying_x;
    }
  }

  Matrix sum() {
    flush();
    return sum_;
  }

 private:
  static constexpr Eigen::Index kBatch = 256;

  RowMajorMatrix::RowXpr next_row() {
    if (count_ == kBatch) {
      flush();
    }
    return rows_.row(count_++);
  }

  void flush() {
    sum_.noalias() += rows_.topRows(count_).transpose() * rows_.topRows(count_);
    count_ = 0;
  }

  RowMajorMatrix rows_;
  Matrix sum_;
  Eigen::Index count_ = 0;
};

/// Turns per-step values into sums over this and all later steps of the stratum, which are the
/// earlier times.
template <class Values>
void sum_over_earlier_times(const CoxRows& rows, Values& values) {
  for (std::size_t k = rows.steps.size(); k-- > 1;) {
    if (!rows.steps[k].first_of_stratum) {
      values.row(at_index(k - 1)) += values.row(at_index(k));
    }
  }
}

/// Calls `visit(row, step, sign)` for the step where each row starts to be at risk, looking back
/// in time (sign +1), and where it stops to be (sign -1).
template <class Visit>
void for_each_membership(const CoxRows& rows, const Visit& visit) {
  std::size_t row = 0;
  std::size_t entry = 0;
  for (std::size_t k = 0; k < rows.steps.size(); ++k) {
    const CoxStep& step = rows.steps[k];
    if (step.first_of_stratum) {
      row = step.row_begin;
      entry = rows.entry_order.empty() ? 0 : step.row_begin;
    }
    for (; row < step.row_end; ++row) {
      visit(row, k, 1.0);
    }
    for (; entry < step.entry_end; ++entry) {
      visit(rows.entry_order[entry], k, -1.0);
    }
  }
}

/// (n): the hazard that each row went through, less Efron's share at its own death.
Vector passed_hazard(const CoxRows& rows, Vector step_h, const Vector& step_fh) {
  sum_over_earlier_times(rows, step_h);
  Vector passed = Vector::Zero(rows.x.rows());
  for_each_membership(rows, [&](std::size_t row, std::size_t k, double sign) {
    passed[at_index(row)] += sign * step_h[at_index(k)];
  });
  for (std::size_t k = 0; k < rows.steps.size(); ++k) {
    for (std::size_t d = rows.steps[k].death_begin; d < rows.steps[k].death_end; ++d) {
      passed[at_index(rows.deaths[d])] -= step_fh[at_index(k)];
    }
  }
  return passed;
}

Vector hazards(const CoxRows& rows, const Vector& log_hazard) {
  return (rows.weight.array() * log_hazard.array().exp()).matrix();
}

}  // namespace

CoxPoint sweep(const CoxRows& rows, Ties ties, Vector coef) {
  const Eigen::Index p = rows.x.cols();
  CoxPoint point{.coef = std::move(coef),
                 .log_hazard = {},
                 .log_likelihood = -std::numeric_limits<double>::infinity(),
                 .score = Vector::Zero(p),
                 .information = Matrix::Zero(p, p)};
  point.log_hazard.noalias() = rows.x * point.coef;
  if (!(point.log_hazard.cwiseAbs().maxCoeff() < kLogHazardMax)) {
    return point;
  }
  const Vector hazard = hazards(rows, point.log_hazard);
  Vector step_h(at_index(rows.steps.size()));
  Vector step_fh(step_h.size());
  double log_likelihood = 0;
  MeanSquares means(p);
  const bool usable = walk(rows, ties, hazard, [&](const StepState& s) {
    step_h[at_index(s.index)] = s.sums.h;
    step_fh[at_index(s.index)] = s.sums.fh;
    log_likelihood -= s.sums.log_s;
    for (std::size_t d = s.step.death_begin; d < s.step.death_end; ++d) {
      const Eigen::Index death = at_index(rows.deaths[d]);
      log_likelihood += rows.weight[death] * point.log_hazard[death];
      point.score.noalias() += rows.weight[death] * rows.x.row(death).transpose();
    }
    point.score.noalias() -= s.sums.h * s.at_risk_x;
    if (s.sums.fh > 0) {
      point.score.noalias() += s.sums.fh * s.dying_x;
    }
    means.add(s);
  });
  if (usable && std::isfinite(log_likelihood)) {
    point.log_likelihood = log_likelihood;
    const Vector passed = passed_hazard(rows, std::move(step_h), step_fh);
    point.information = weighted_cross_product(rows.x, hazard.cwiseProduct(passed)) - means.sum();
  }
  return point;
}

RowMajorMatrix score_residuals(const CoxRows& rows, Ties ties, const CoxPoint& at) {
  const Eigen::Index p = rows.x.cols();
  const Vector hazard = hazards(rows, at.log_hazard);
  const Eigen::Index steps = at_index(rows.steps.size());
  Vector step_h(steps);
  Vector step_fh(steps);
  RowMajorMatrix step_hm(steps, p);  // sum of h times the mean of x
  RowMajorMatrix residuals = RowMajorMatrix::Zero(rows.x.rows(), p);
  walk(rows, ties, hazard, [&](const StepState& s) {
    step_h[at_index(s.index)] = s.sums.h;
    step_fh[at_index(s.index)] = s.sums.fh;
    step_hm.row(at_index(s.index)) = s.sums.a0 * s.at_risk_x - s.sums.a1 * s.dying_x;
    const Vector mean = (s.sums.h * s.at_risk_x - s.sums.fh * s.dying_x) / s.death_weight;
    const Vector own = s.sums.a1 * s.at_risk_x - s.sums.a2 * s.dying_x;
    for (std::size_t d = s.step.death_begin; d < s.step.death_end; ++d) {
      const Eigen::Index death = at_index(rows.deaths[d]);
      residuals.row(death) += rows.weight[death] * (rows.x.row(death) - mean.transpose()) -
                              hazard[death] * own.transpose();
    }
  });
  sum_over_earlier_times(rows, step_hm);
  for_each_membership(rows, [&](std::size_t row, std::size_t k, double sign) {
    residuals.row(at_index(row)) += sign * hazard[at_index(row)] * step_hm.row(at_index(k));
  });
  const Vector passed = passed_hazard(rows, std::move(step_h), step_fh);
  for (Eigen::Index i = 0; i < rows.x.rows(); ++i) {
    residuals.row(i) -= hazard[i] * passed[i] * rows.x.row(i);
  }
  return residuals;
}

}  // namespace thaw::stats
