// The methods that give the outcome's mean had everybody been treated, and had nobody: g-formula,
// weighting, AIPW and TMLE. What they share is written once: the effect is the difference of two
// means, each with its influence function.
#include <algorithm>
#include <cmath>

#include "effect/cross_fit.h"
#include "effect/method.h"

namespace thaw::effect {
namespace {

using stats::Matrix;
using stats::Vector;

/// Who is averaged over: 1 or 0 for each person.
Vector averaged(const PointData& data, Population population) {
  switch (population) {
    case Population::kTreated:
      return data.treatment;
    case Population::kUntreated:
      return 1 - data.treatment.array();
    default:
      return Vector::Ones(data.rows());
  }
}

Vector in_arm(const PointData& data, double arm) {
  return arm == 1 ? data.treatment : Vector(1 - data.treatment.array());
}

MethodFit difference(ArmMeans means) {
  MethodFit fit;
  fit.value = means.treated - means.untreated;
  fit.influence = means.influence_treated - means.influence_untreated;
  fit.means = std::move(means);
  return fit;
}

struct Mean {
  double value;
  Vector influence;
};

/// The mean of `model`'s predictions over `who`, with the uncertainty of the model in it.
Result<Mean> standardised(const ArmModel& model, const Matrix& design, const Matrix& fitted_x,
                          const Vector& who) {
  const double total = who.sum();
  const double value = who.dot(model.predicted) / total;
  const Vector slope = design.transpose() * (who.array() * model.slope.array() / total).matrix();
  const auto inverse = stats::inverse_if_definite(model.information);
  if (!inverse) {
    return invalid_argument("the outcome model's covariates depend on each other in one arm");
  }
  const Vector pull = fitted_x * (*inverse * slope);
  return Mean{value, (who.array() * (model.predicted.array() - value) / total +
                      model.residual.array() * pull.array())
                         .matrix()};
}

/// logit and back, within the range that doubles hold apart from 0 and 1.
double log_odds(double p) {
  return std::log(p / (1 - p));
}
double expit(double x) {
  return 1 / (1 + std::exp(-x));
}

/// The shift of log odds `q` that makes weighted residuals of `y` vanish: Newton's steps.
double fluctuation(const Vector& q, const Vector& y, const Vector& weights) {
  double shift = 0;
  for (int step = 0; step < 100; ++step) {
    double score = 0;
    double information = 0;
    for (Eigen::Index i = 0; i < q.size(); ++i) {
      if (weights[i] > 0) {
        const double p = expit(q[i] + shift);
        score += weights[i] * (y[i] - p);
        information += weights[i] * p * (1 - p);
      }
    }
    if (!(information > 0)) {
      break;
    }
    const double move = std::clamp(score / information, -1.0, 1.0);
    shift += move;
    if (std::fabs(move) < 1e-13) {
      break;
    }
  }
  return shift;
}

/// The efficient influence of one arm's mean `value`, for predictions and weights of that arm.
Vector efficient_influence(const PointData& data, const Vector& who, const Vector& arm_weights,
                           const Vector& predicted, double value) {
  const auto n = static_cast<double>(data.rows());
  return std::sqrt(n / (n - 1)) / who.sum() *
         (who.array() * (predicted.array() - value) +
          arm_weights.array() * (data.outcome - predicted).array())
             .matrix();
}

/// What AIPW and TMLE start from.
struct Start {
  Nuisance nuisance;
  Vector who;
  Vector weights;
};

Result<Start> start(const PointData& data, const Settings& settings) {
  Start start;
  THAW_TRY(start.nuisance, fit_nuisance(data, settings));
  start.who = averaged(data, settings.population);
  start.weights = inverse_probability_weights(start.nuisance.propensity, data.treatment,
                                              {.population = settings.population});
  return start;
}

MethodFit finished(const PointData& data, Start start, const Vector& treated,
                   const Vector& untreated, double mean1, double mean0) {
  const Vector w1 = start.weights.cwiseProduct(in_arm(data, 1));
  const Vector w0 = start.weights.cwiseProduct(in_arm(data, 0));
  MethodFit fit =
      difference({mean1, mean0, efficient_influence(data, start.who, w1, treated, mean1),
                  efficient_influence(data, start.who, w0, untreated, mean0)});
  fit.propensity = std::move(start.nuisance.propensity);
  fit.weights = std::move(start.weights);
  return fit;
}

}  // namespace

Result<MethodFit> g_formula(const PointData& data, const Settings& settings) {
  if (data.x.cols() > 1) {
    THAW_CHECK(treatment_model(data));
  }
  const bool own_terms = data.outcome_x1.size() > 0;
  const Matrix& x1 = own_terms ? data.outcome_x1 : data.x;
  const Matrix& x0 = own_terms ? data.outcome_x0 : data.x;
  Matrix observed = x1;
  if (own_terms) {
    observed = data.treatment.asDiagonal() * x1;
    observed += (1 - data.treatment.array()).matrix().asDiagonal() * x0;
  }
  const Vector who = averaged(data, settings.population);
  THAW_TRY(const ArmModel treated, arm_model(data, x1, 1));
  THAW_TRY(const ArmModel untreated, arm_model(data, x0, 0));
  THAW_TRY(const Mean with, standardised(treated, x1, observed, who));
  THAW_TRY(const Mean without, standardised(untreated, x0, observed, who));
  return difference({with.value, without.value, with.influence, without.influence});
}

Result<MethodFit> weighted_means(const PointData& data, const Settings& settings) {
  THAW_TRY(Propensity propensity, treatment_model(data));
  const WeightChoice choice{settings.population, settings.stabilised, settings.bound};
  const Vector weights =
      inverse_probability_weights(propensity.probability, data.treatment, choice);
  const auto inverse = stats::inverse_if_definite(stats::weighted_cross_product(
      data.x, (propensity.probability.array() * (1 - propensity.probability.array())).matrix()));
  if (!inverse) {
    return invalid_argument("the model of the treatment does not settle; adjust for less");
  }
  const auto mean_in = [&](double arm) {
    const Vector w = weights.cwiseProduct(in_arm(data, arm));
    const double value = w.dot(data.outcome) / w.sum();
    const Vector known = w.array() * (data.outcome.array() - value) / w.sum();
    // How the weight moves with the propensity's log odds: -(w - 1) for 1/e and so on.
    Vector moves = Vector::Zero(data.rows());
    for (Eigen::Index i = 0; i < data.rows(); ++i) {
      const double e = propensity.probability[i];
      const bool held = e < choice.bound || e > 1 - choice.bound;
      const bool varies =
          settings.population == Population::kAll ||
          settings.population == (arm == 1 ? Population::kUntreated : Population::kTreated);
      if (data.treatment[i] != arm || held || !varies) {
        continue;
      }
      const double rate = settings.population != Population::kAll ? 1 : (arm == 1 ? 1 - e : e);
      moves[i] = (arm == 1 ? -1 : 1) * rate * known[i];
    }
    const Vector pull = *inverse * (data.x.transpose() * moves);
    return Mean{value, known + propensity.scores * pull};
  };
  const Mean with = mean_in(1);
  const Mean without = mean_in(0);
  MethodFit fit = difference({with.value, without.value, with.influence, without.influence});
  fit.propensity = std::move(propensity.probability);
  fit.weights = weights;
  return fit;
}

Result<MethodFit> augmented_weighting(const PointData& data, const Settings& settings) {
  THAW_TRY(Start at, start(data, settings));
  const auto mean_in = [&](double arm, const Vector& predicted) {
    const Vector w = at.weights.cwiseProduct(in_arm(data, arm));
    return (at.who.dot(predicted) + w.dot(data.outcome - predicted)) / at.who.sum();
  };
  const Vector treated = at.nuisance.treated;
  const Vector untreated = at.nuisance.untreated;
  const double mean1 = mean_in(1, treated);
  const double mean0 = mean_in(0, untreated);
  return finished(data, std::move(at), treated, untreated, mean1, mean0);
}

Result<MethodFit> targeted_likelihood(const PointData& data, const Settings& settings) {
  constexpr double kEdge = 0.0005;  // Predictions are held this far from the outcome's range ends.
  THAW_TRY(Start at, start(data, settings));
  const double low = data.binary_outcome ? 0 : data.outcome.minCoeff();
  const double range = data.binary_outcome ? 1 : data.outcome.maxCoeff() - low;
  const Vector y = (data.outcome.array() - low) / range;
  const auto target = [&](double arm, const Vector& predicted) {
    Vector q = ((predicted.array() - low) / range).cwiseMax(kEdge).cwiseMin(1 - kEdge);
    q = q.unaryExpr([](double p) { return log_odds(p); });
    const double shift = fluctuation(q, y, at.weights.cwiseProduct(in_arm(data, arm)));
    return Vector(low + range * q.unaryExpr([&](double x) { return expit(x + shift); }).array());
  };
  const Vector treated = target(1, at.nuisance.treated);
  const Vector untreated = target(0, at.nuisance.untreated);
  const double mean1 = at.who.dot(treated) / at.who.sum();
  const double mean0 = at.who.dot(untreated) / at.who.sum();
  return finished(data, std::move(at), treated, untreated, mean1, mean0);
}

}  // namespace thaw::effect
