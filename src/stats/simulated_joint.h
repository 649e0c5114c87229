// For tests only: people whose decline drives their death, with the truth.
#pragma once

#include <vector>

#include "base/random.h"
#include "stats/joint_model.h"

namespace thaw::stats {

struct SimulatedJoint {
  std::vector<int> person;
  std::vector<double> time, y, event_time;
  std::vector<std::uint8_t> event;
  Matrix level, slope, hazard;
  // The truth.
  double mean_slope = -1.0, arm_slope = 0.3, alpha = -0.10, sd_slope = 0.6, sigma = 1.5;

  JointData data() const { return {person, time, y, level, slope, hazard, event_time, event}; }
};

/// `people` with monthly-like visits every 2 up to 18 time units; hazard 0.02 exp(alpha (line -
/// 40)), so that those who fall fast die early; half in each arm, whose slope differs by arm_slope.
inline SimulatedJoint simulate_joint(std::uint64_t seed, int people, double alpha = -0.10) {
  Random random(seed);
  SimulatedJoint s;
  s.alpha = alpha;
  s.level = Matrix::Ones(people, 1);
  s.slope = Matrix::Ones(people, 2);
  s.hazard = Matrix(people, 0);
  for (int i = 0; i < people; ++i) {
    const double arm = i % 2;
    s.slope(i, 1) = arm;
    const double first = random.normal();
    const double u = 40 + 3 * first;
    const double slope =
        s.mean_slope + s.arm_slope * arm + s.sd_slope * (0.3 * first + 0.954 * random.normal());
    // Inverse of the cumulative hazard of an exponential of a line.
    const double a = alpha * slope;
    const double height = 0.02 * std::exp(alpha * (u - 40));
    const double target = random.exponential() / height;
    const double inside = 1 + a * target;
    double death = 1e9;
    if (std::abs(a) < 1e-9) {
      death = target;
    } else if (inside > 0) {
      death = std::log(inside) / a;
    }
    const double censored = 12 + 6 * random.uniform();
    const double end = std::min(death, censored);
    s.event_time.push_back(end);
    s.event.push_back(death <= censored ? 1 : 0);
    for (int visit = 0; visit == 0 || 2 * visit < end; ++visit) {
      s.person.push_back(i);
      s.time.push_back(2 * visit);
      s.y.push_back(u + slope * 2 * visit + s.sigma * random.normal());
    }
  }
  return s;
}

}  // namespace thaw::stats
