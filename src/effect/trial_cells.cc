#include "effect/trial_cells.h"

#include <algorithm>
#include <cmath>

namespace thaw::effect {

void ArmCells::reset(std::size_t months) {
  for (auto* cells : {&weight, &event, &competing}) {
    cells->assign(months, 0);
  }
  value_weight.assign(months + 1, 0);
  value_sum.assign(months + 1, 0);
}

void fill_cells(const WeightWalk& walk, const Arm& arm, ArmCells& cells) {
  cells.reset(arm.scale.size());
  const auto add_value = [&](std::size_t row, std::size_t k, double weight) {
    const double value = walk.value[row];
    if (!std::isnan(value)) {
      cells.value_weight[k] += weight;
      cells.value_sum[k] += weight * value;
    }
  };
  for (const Arm::Run& run : arm.runs) {
    const double own = walk.person_weight.empty() ? 1 : walk.person_weight[run.person];
    if (own == 0) {
      continue;
    }
    double raw = 1;
    double weight = own;
    for (std::size_t k = 0; k < run.length; ++k) {
      const std::size_t row = run.row + k;
      const double before = weight;
      weight = own * month_weight(walk, arm, run, k, raw);
      cells.weight[k] += weight;
      if (!walk.value.empty()) {
        // Month 0 is weighted as its arm is made; later months by the treatment up to before.
        add_value(row, k, k == 0 ? weight : before);
      }
      if (k + 1 == run.length) {
        cells.event[k] += weight * walk.event[row];
        cells.competing[k] += weight * walk.competing[row];
      }
    }
    if (run.value_follows && !walk.value.empty()) {
      add_value(run.row + run.length, run.length, weight);
    }
  }
}

void add_influence(const WeightWalk& walk, const Arm& arm,
                   const std::vector<const CellGradient*>& gradients,
                   std::vector<std::vector<double>>& influence) {
  // By month, the slopes of the quantities that this arm plays a part in, side by side.
  std::vector<std::size_t> active;
  for (std::size_t q = 0; q < gradients.size(); ++q) {
    if (gradients[q] != nullptr) {
      active.push_back(q);
    }
  }
  const std::size_t n = active.size();
  const auto side_by_side = [&](std::vector<double> CellGradient::*cells) {
    std::vector<double> out((arm.scale.size() + 1) * n, 0);
    for (std::size_t a = 0; a < n; ++a) {
      const std::vector<double>& own = gradients[active[a]]->*cells;
      for (std::size_t k = 0; k < own.size(); ++k) {
        out[k * n + a] = own[k];
      }
    }
    return out;
  };
  const auto at_risk = side_by_side(&CellGradient::weight);
  const auto event = side_by_side(&CellGradient::event);
  const auto competing = side_by_side(&CellGradient::competing);
  const auto known = side_by_side(&CellGradient::value_weight);
  const auto sum = side_by_side(&CellGradient::value_sum);
  std::vector<double> own(n);
  const auto add = [&](const std::vector<double>& slopes, std::size_t k, double by) {
    for (std::size_t a = 0; a < n; ++a) {
      own[a] += by * slopes[k * n + a];
    }
  };
  const auto add_value = [&](std::size_t row, std::size_t k, double weight) {
    if (!std::isnan(walk.value[row])) {
      add(known, k, weight);
      add(sum, k, weight * walk.value[row]);
    }
  };
  for (const Arm::Run& run : arm.runs) {
    std::fill(own.begin(), own.end(), 0.0);
    double raw = 1;
    double weight = 1;
    for (std::size_t k = 0; k < run.length; ++k) {
      const double before = weight;
      weight = month_weight(walk, arm, run, k, raw);
      add(at_risk, k, weight);
      if (!walk.value.empty()) {
        add_value(run.row + k, k, k == 0 ? weight : before);
      }
    }
    const std::size_t last = run.row + run.length - 1;
    add(event, run.length - 1, weight * walk.event[last]);
    add(competing, run.length - 1, weight * walk.competing[last]);
    if (run.value_follows && !walk.value.empty()) {
      add_value(last + 1, run.length, weight);
    }
    for (std::size_t a = 0; a < n; ++a) {
      influence[active[a]][run.person] += own[a];
    }
  }
}

}  // namespace thaw::effect
