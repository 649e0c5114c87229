#include "effect/trial_cells.h"

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
  for (const Arm::Run& run : arm.runs) {
    double raw = 1;
    double weight = 1;
    const auto add_value = [&](std::size_t row, std::size_t k, double w) {
      const double value = walk.value[row];
      if (std::isnan(value)) {
        return;
      }
      for (std::size_t q = 0; q < gradients.size(); ++q) {
        if (gradients[q] != nullptr) {
          influence[q][run.person] +=
              w * (gradients[q]->value_weight[k] + value * gradients[q]->value_sum[k]);
        }
      }
    };
    for (std::size_t k = 0; k < run.length; ++k) {
      const std::size_t row = run.row + k;
      const double before = weight;
      weight = month_weight(walk, arm, run, k, raw);
      const bool last = k + 1 == run.length;
      for (std::size_t q = 0; q < gradients.size(); ++q) {
        if (gradients[q] != nullptr) {
          double slope = gradients[q]->weight[k];
          if (last) {
            slope += walk.event[row] * gradients[q]->event[k] +
                     walk.competing[row] * gradients[q]->competing[k];
          }
          influence[q][run.person] += weight * slope;
        }
      }
      if (!walk.value.empty()) {
        add_value(row, k, k == 0 ? weight : before);
      }
    }
    if (run.value_follows && !walk.value.empty()) {
      add_value(run.row + run.length, run.length, weight);
    }
  }
}

}  // namespace thaw::effect
