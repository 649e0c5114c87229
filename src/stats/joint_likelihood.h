// The likelihood of a joint model (joint_model.h) and its gradient at given parameters.
#pragma once

#include <vector>

#include "stats/gauss_hermite.h"
#include "stats/joint_model.h"

namespace thaw::stats {

/// What a joint model keeps of a person: sums of the visits and what happened.
struct JointPerson {
  double n = 0, t = 0, tt = 0;   // visits, sums of their times and squares
  double y = 0, ty = 0, yy = 0;  // sums with the outcome
  double end = 0;
  bool died = false;
};

/// Where each block of parameters starts in the vector: b0, b1, log sigma, the Cholesky factor of D
/// (log l11, l21, log l22), g, alphas, log baseline hazards.
struct JointLayout {
  Eigen::Index level, slope, sigma, random, hazard, link, baseline, size;
};

class JointLikelihood {
 public:
  /// `data` must outlive it. `cuts` (pieces + 1) start at 0.
  JointLikelihood(const JointData& data, const JointOptions& options, std::vector<double> cuts);

  const JointLayout& layout() const { return layout_; }
  const std::vector<JointPerson>& people() const { return people_; }

  double value(const Vector& at) const;
  Vector gradient(const Vector& at) const;

  /// One person's log likelihood; adds its gradient to `gradient` when not null.
  double person(std::size_t i, const Vector& at, Vector* gradient) const;

 private:
  struct Parameters;
  struct Line;
  Parameters parameters(const Vector& at) const;
  double sum(const Vector& at, Vector* gradient) const;

  const JointData& data_;
  JointOptions options_;
  std::vector<double> cuts_;
  JointLayout layout_;
  std::vector<JointPerson> people_;
  Quadrature rule_;
};

}  // namespace thaw::stats
