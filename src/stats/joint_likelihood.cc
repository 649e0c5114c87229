#include "stats/joint_likelihood.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "base/parallel.h"

namespace thaw::stats {
namespace {

using Pair = Eigen::Vector2d;
using Square = Eigen::Matrix2d;

constexpr int kModeSteps = 12;

/// The integrals of t^j exp(a t) over [l, r] for j = 0, 1, 2.
std::array<double, 3> moments(double a, double l, double r) {
  const double width = r - l;
  if (std::fabs(a) * width > 0.1) {
    const double at_l = std::exp(a * l);
    const double at_r = std::exp(a * r);
    const double zero = (at_r - at_l) / a;
    const double one = (r * at_r - l * at_l - zero) / a;
    const double two = (r * r * at_r - l * l * at_l - 2 * one) / a;
    return {zero, one, two};
  }
  // Five-point Gauss-Legendre: exact to rounding for so flat an exponential.
  constexpr std::array<double, 5> kNodes = {-0.9061798459386640, -0.5384693101056831, 0,
                                            0.5384693101056831, 0.9061798459386640};
  constexpr std::array<double, 5> kWeights = {0.2369268850561891, 0.4786286704993665,
                                              0.5688888888888889, 0.4786286704993665,
                                              0.2369268850561891};
  std::array<double, 3> out{};
  for (std::size_t k = 0; k < kNodes.size(); ++k) {
    const double t = 0.5 * (l + r + width * kNodes[k]);
    const double value = 0.5 * width * kWeights[k] * std::exp(a * t);
    out[0] += value;
    out[1] += t * value;
    out[2] += t * t * value;
  }
  return out;
}

}  // namespace

struct JointLikelihood::Parameters {
  Vector level, slope, hazard;
  double sigma2 = 1, log_sigma = 0;
  Square factor, precision;  // D = factor factor', and its inverse
  double log_det = 0;        // log |D|
  double alpha_value = 0, alpha_slope = 0;
  std::vector<double> log_baseline;
};

/// A person's integrand as a function of level u and slope s of their line.
struct JointLikelihood::Line {
  const JointPerson& person;
  const Parameters& p;
  const std::vector<double>& cuts;
  double u_mean, s_mean;  // of the population, for this person's covariates
  double log_risk;        // w'g
  std::size_t last;       // the interval that `end` lies in

  /// The cumulative hazard and its slopes and curvatures in u and s, with parts for the score.
  struct Hazard {
    double total = 0, u = 0, s = 0, uu = 0, us = 0, ss = 0;
    double timed = 0;  // integral of t h(t)
  };

  Hazard hazard(double u, double s, double* pieces) const {
    const double scale = std::exp(log_risk + p.alpha_value * u + p.alpha_slope * s);
    double zero = 0, one = 0, two = 0;
    for (std::size_t k = 0; k <= last; ++k) {
      const double right = std::min(cuts[k + 1], person.end);
      const auto m = moments(p.alpha_value * s, cuts[k], right);
      const double height = scale * std::exp(p.log_baseline[k]);
      zero += height * m[0];
      one += height * m[1];
      two += height * m[2];
      if (pieces != nullptr) {
        pieces[k] = height * m[0];
      }
    }
    const double a = p.alpha_value;
    const double b = p.alpha_slope;
    return {.total = zero,
            .u = a * zero,
            .s = b * zero + a * one,
            .uu = a * a * zero,
            .us = a * (b * zero + a * one),
            .ss = b * b * zero + 2 * a * b * one + a * a * two,
            .timed = one};
  }

  /// Sum of squared distances of the visits from the line.
  double squares(double u, double s) const {
    return person.yy - 2 * u * person.y - 2 * s * person.ty + person.n * u * u +
           2 * u * s * person.t + s * s * person.tt;
  }

  /// log density of visits, event and random effects.
  double log_density(double u, double s, double cumulative) const {
    const Pair b(u - u_mean, s - s_mean);
    double value = -0.5 * person.n * (std::log(2 * std::numbers::pi) + 2 * p.log_sigma) -
                   0.5 * squares(u, s) / p.sigma2 - std::log(2 * std::numbers::pi) -
                   0.5 * p.log_det - 0.5 * b.dot(p.precision * b) - cumulative;
    if (person.died) {
      value += p.log_baseline[last] + log_risk + p.alpha_value * (u + s * person.end) +
               p.alpha_slope * s;
    }
    return value;
  }

  struct Mode {
    Pair at;
    Square root;  // of the inverse of minus the curvature
  };

  /// Newton's steps, halved while the density falls; it has one mode, being log-concave for a link
  /// by value or slope.
  Mode mode() const {
    Square visits;
    visits << person.n, person.t, person.t, person.tt;
    const Square curvature = visits / p.sigma2 + p.precision;
    Pair right = Pair(person.y, person.ty) / p.sigma2 + p.precision * Pair(u_mean, s_mean);
    if (person.died) {
      right += Pair(p.alpha_value, p.alpha_value * person.end + p.alpha_slope);
    }
    Pair at = curvature.ldlt().solve(right);
    Square total = curvature;
    Hazard h = hazard(at[0], at[1], nullptr);
    double value = log_density(at[0], at[1], h.total);
    for (int step = 0; step < kModeSteps; ++step) {
      const Pair gradient = right - curvature * at - Pair(h.u, h.s);
      Square bend;
      bend << h.uu, h.us, h.us, h.ss;
      total = curvature + bend;
      const Pair move = total.ldlt().solve(gradient);
      if (!(gradient.dot(move) > 1e-12)) {
        break;
      }
      double share = 1;
      for (int halving = 0; halving < 30; ++halving, share /= 2) {
        const Pair next = at + share * move;
        const Hazard there = hazard(next[0], next[1], nullptr);
        const double better = log_density(next[0], next[1], there.total);
        if (better >= value) {
          at = next;
          h = there;
          value = better;
          break;
        }
      }
    }
    return {at, Square(total.inverse().llt().matrixL())};
  }
};

JointLikelihood::JointLikelihood(const JointData& data, const JointOptions& options,
                                 std::vector<double> cuts)
    : data_(data), options_(options), cuts_(std::move(cuts)), rule_(gauss_hermite(options.nodes)) {
  layout_.level = 0;
  layout_.slope = layout_.level + data.level.cols();
  layout_.sigma = layout_.slope + data.slope.cols();
  layout_.random = layout_.sigma + 1;
  layout_.hazard = layout_.random + 3;
  layout_.link = layout_.hazard + data.hazard.cols();
  layout_.baseline = layout_.link + (options.link == JointLink::kBoth ? 2 : 1);
  layout_.size = layout_.baseline + static_cast<Eigen::Index>(cuts_.size()) - 1;
  people_.resize(data.event_time.size());
  for (std::size_t i = 0; i < people_.size(); ++i) {
    people_[i].end = data.event_time[i];
    people_[i].died = data.event[i] != 0;
  }
  for (std::size_t row = 0; row < data.y.size(); ++row) {
    JointPerson& who = people_[static_cast<std::size_t>(data.person[row])];
    const double t = data.time[row];
    const double y = data.y[row];
    who.n += 1;
    who.t += t;
    who.tt += t * t;
    who.y += y;
    who.ty += t * y;
    who.yy += y * y;
  }
}

JointLikelihood::Parameters JointLikelihood::parameters(const Vector& at) const {
  Parameters p;
  p.level = at.segment(layout_.level, data_.level.cols());
  p.slope = at.segment(layout_.slope, data_.slope.cols());
  p.hazard = at.segment(layout_.hazard, data_.hazard.cols());
  p.log_sigma = at[layout_.sigma];
  p.sigma2 = std::exp(2 * p.log_sigma);
  p.factor << std::exp(at[layout_.random]), 0, at[layout_.random + 1],
      std::exp(at[layout_.random + 2]);
  p.precision = (p.factor * p.factor.transpose()).inverse();
  p.log_det = 2 * (at[layout_.random] + at[layout_.random + 2]);
  const double first = at[layout_.link];
  p.alpha_value = options_.link == JointLink::kSlope ? 0 : first;
  p.alpha_slope = options_.link == JointLink::kSlope  ? first
                  : options_.link == JointLink::kBoth ? at[layout_.link + 1]
                                                      : 0;
  p.log_baseline.assign(at.data() + layout_.baseline, at.data() + layout_.size);
  return p;
}

double JointLikelihood::person(std::size_t i, const Vector& at, Vector* gradient) const {
  const Parameters p = parameters(at);
  const auto row = static_cast<Eigen::Index>(i);
  const JointPerson& who = people_[i];
  const auto interval = std::ranges::lower_bound(cuts_.begin() + 1, cuts_.end() - 1, who.end);
  const Line line{who,
                  p,
                  cuts_,
                  data_.level.row(row).dot(p.level),
                  data_.slope.row(row).dot(p.slope),
                  data_.hazard.cols() > 0 ? data_.hazard.row(row).dot(p.hazard) : 0.0,
                  static_cast<std::size_t>(interval - cuts_.begin()) - 1};
  const Line::Mode mode = line.mode();
  const std::size_t pieces = line.last + 1;
  std::vector<double> hazards(pieces), mean_hazards(pieces, 0.0);
  // Relative to the density at the mode, so that nothing underflows.
  const double top =
      line.log_density(mode.at[0], mode.at[1], line.hazard(mode.at[0], mode.at[1], nullptr).total);
  double total = 0;
  // Sums of weight times: u, s, squares, u-residual, t-residual, H, u H, timed H, s H, b b'.
  double mean_u_residual = 0, mean_t_residual = 0, mean_squares = 0;
  Line::Hazard mean;
  double mean_u = 0, mean_s = 0, mean_uh = 0, mean_sh = 0, mean_st = 0;
  Square mean_bb = Square::Zero();
  for (Eigen::Index a = 0; a < rule_.nodes.size(); ++a) {
    for (Eigen::Index b = 0; b < rule_.nodes.size(); ++b) {
      const Pair x(rule_.nodes[a], rule_.nodes[b]);
      const Pair node = mode.at + std::numbers::sqrt2 * (mode.root * x);
      const double u = node[0];
      const double s = node[1];
      const Line::Hazard h = line.hazard(u, s, gradient != nullptr ? hazards.data() : nullptr);
      const double weight = rule_.weights[a] * rule_.weights[b] *
                            std::exp(x.squaredNorm() + line.log_density(u, s, h.total) - top);
      total += weight;
      if (gradient == nullptr) {
        continue;
      }
      mean_u_residual += weight * (who.y - who.n * u - s * who.t);
      mean_t_residual += weight * (who.ty - who.t * u - s * who.tt);
      mean_squares += weight * line.squares(u, s);
      mean.total += weight * h.total;
      mean.u += weight * h.u;
      mean.s += weight * h.s;
      mean_u += weight * u;
      mean_s += weight * s;
      mean_uh += weight * u * h.total;
      mean_sh += weight * s * h.total;
      mean_st += weight * s * h.timed;
      const Pair deviation(u - line.u_mean, s - line.s_mean);
      mean_bb += weight * deviation * deviation.transpose();
      for (std::size_t k = 0; k < pieces; ++k) {
        mean_hazards[k] += weight * hazards[k];
      }
    }
  }
  const double log_likelihood =
      top + std::log(total) + std::log(2.0) + std::log(mode.root(0, 0) * mode.root(1, 1));
  if (gradient == nullptr) {
    return log_likelihood;
  }
  Vector& g = *gradient;
  const double died = who.died ? 1 : 0;
  const double inverse = 1 / total;
  const double to_level = inverse * (mean_u_residual / p.sigma2 - mean.u) + died * p.alpha_value;
  const double to_slope = inverse * (mean_t_residual / p.sigma2 - mean.s) +
                          died * (p.alpha_value * who.end + p.alpha_slope);
  g.segment(layout_.level, data_.level.cols()) += to_level * data_.level.row(row).transpose();
  g.segment(layout_.slope, data_.slope.cols()) += to_slope * data_.slope.row(row).transpose();
  g[layout_.sigma] += inverse * mean_squares / p.sigma2 - who.n;
  const Square outer = p.precision * (inverse * mean_bb) * p.precision - p.precision;
  const Square by_factor = outer * p.factor;
  g[layout_.random] += by_factor(0, 0) * p.factor(0, 0);
  g[layout_.random + 1] += by_factor(1, 0);
  g[layout_.random + 2] += by_factor(1, 1) * p.factor(1, 1);
  const double cumulative = inverse * mean.total;
  if (data_.hazard.cols() > 0) {
    g.segment(layout_.hazard, data_.hazard.cols()) +=
        (died - cumulative) * data_.hazard.row(row).transpose();
  }
  const double by_value = inverse * (died * (mean_u + mean_s * who.end) - mean_uh - mean_st);
  const double by_slope = inverse * (died * mean_s - mean_sh);
  g[layout_.link] += options_.link == JointLink::kSlope ? by_slope : by_value;
  if (options_.link == JointLink::kBoth) {
    g[layout_.link + 1] += by_slope;
  }
  for (std::size_t k = 0; k < pieces; ++k) {
    const double in_piece = who.died && k == line.last ? 1 : 0;
    g[layout_.baseline + static_cast<Eigen::Index>(k)] += in_piece - inverse * mean_hazards[k];
  }
  return log_likelihood;
}

double JointLikelihood::sum(const Vector& at, Vector* gradient) const {
  constexpr std::size_t kBlock = 64;
  const std::size_t blocks = (people_.size() + kBlock - 1) / kBlock;
  std::vector<double> values(blocks, 0.0);
  std::vector<Vector> gradients(blocks);
  for_each_piece(blocks, options_.threads, [&](std::size_t block) {
    Vector own = Vector::Zero(layout_.size);
    const std::size_t end = std::min(people_.size(), (block + 1) * kBlock);
    for (std::size_t i = block * kBlock; i < end; ++i) {
      values[block] += person(i, at, gradient != nullptr ? &own : nullptr);
    }
    gradients[block] = std::move(own);
  });
  double total = 0;
  for (std::size_t block = 0; block < blocks; ++block) {
    total += values[block];
    if (gradient != nullptr) {
      *gradient += gradients[block];
    }
  }
  return total;
}

double JointLikelihood::value(const Vector& at) const {
  return sum(at, nullptr);
}

Vector JointLikelihood::gradient(const Vector& at) const {
  Vector gradient = Vector::Zero(layout_.size);
  sum(at, &gradient);
  return gradient;
}

}  // namespace thaw::stats
