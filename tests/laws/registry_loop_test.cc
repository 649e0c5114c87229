// The registry loop tells the truth: over a hundred synthetic registries the target trial's
// interval covers what was planted, and the naive comparison does not. Heavy: run in the release
// build.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "base/parallel.h"
#include "effect/target_trial.h"
#include "inquiry/registry_loop.h"
#include "registry/cohort_table.h"
#include "registry/synthesize.h"

namespace thaw::inquiry {
namespace {

constexpr std::size_t kSeeds = 100;
constexpr std::size_t kPeople = 4000;

struct Trial {
  bool ran = false;
  std::string error;
  double truth = 0, value = 0, low = 0, high = 0;
  double naive = 0, naive_low = 0, naive_high = 0;
  double slope_truth = 0, slope_low = 0, slope_high = 0;

  bool covers() const { return ran && low <= truth && truth <= high; }
  bool naive_covers() const { return ran && naive_low <= truth && truth <= naive_high; }
  bool slope_covers() const { return ran && slope_low <= slope_truth && slope_truth <= slope_high; }
};

Trial run(std::uint64_t seed) {
  Trial trial;
  registry::SynthesisRequest request;
  request.people = kPeople;
  request.seed = seed;
  const auto made = registry::synthesize(request);
  if (!made) {
    trial.error = made.error().message;
    return trial;
  }
  const auto cohort = registry::cohort_table(made->data, {});
  const auto result = effect::emulate_target_trial(cohort->table, trial_spec());
  if (!result || !result->outcome_difference) {
    trial.error = result ? "no slope" : result.error().message;
    return trial;
  }
  const auto planted =
      std::ranges::find(made->truth.effects, "riluzole", &registry::PlantedEffect::drug);
  const auto& naive = result->naive_hazard_ratio;
  const auto& weighted = result->hazard_ratio;
  const auto& slope = *result->outcome_difference;
  return {true,
          "",
          planted->marginal.hazard_ratio,
          weighted.estimate,
          weighted.ci_low,
          weighted.ci_high,
          naive.estimate,
          naive.ci_low,
          naive.ci_high,
          planted->marginal.slope_difference,
          slope.ci_low,
          slope.ci_high};
}

TEST(RegistryLoopLaw, TargetTrialCoversTheTruthAndTheNaiveComparisonDoesNot) {
  std::vector<Trial> trials(kSeeds);
  for_each_piece(kSeeds, 2, [&](std::size_t i) { trials[i] = run(i + 1); });
  for (const Trial& trial : trials) {
    EXPECT_TRUE(trial.ran) << trial.error;
  }
  const auto covered = std::ranges::count_if(trials, &Trial::covers);
  const auto naive = std::ranges::count_if(trials, &Trial::naive_covers);
  const auto slopes = std::ranges::count_if(trials, &Trial::slope_covers);
  double truth = 0;
  double value = 0;
  double confounded = 0;
  for (const Trial& trial : trials) {
    truth += trial.truth / kSeeds;
    value += trial.value / kSeeds;
    confounded += trial.naive / kSeeds;
  }
  RecordProperty("covered", static_cast<int>(covered));
  RecordProperty("naive_covered", static_cast<int>(naive));
  RecordProperty("slopes_covered", static_cast<int>(slopes));
  std::printf(
      "target trial covers %d, naive %d, slope %d of %zu; mean HR truth %.3f trial %.3f "
      "naive %.3f\n",
      static_cast<int>(covered), static_cast<int>(naive), static_cast<int>(slopes), kSeeds, truth,
      value, confounded);
  EXPECT_GE(covered, 90);
  EXPECT_GE(slopes, 90);
  EXPECT_LE(naive, 20);
  EXPECT_NEAR(value, truth, .03);  // no bias beyond what chance leaves in a mean of 100
  EXPECT_GT(confounded, truth + .1);
}

}  // namespace
}  // namespace thaw::inquiry
