// Coverage of target trials over time: 95 % intervals hold the truth where the assumptions do, and
// the checks speak up where they do not.
//
// Truth: 2,000,000 simulated lives under each strategy. Confounding varies over time and is itself
// changed by treatment; leaving depends on it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "effect/emulate.h"
#include "effect/ltmle.h"
#include "effect/simulated_months.h"

namespace thaw::effect {
namespace {

constexpr int kMonths = 6;
constexpr int kPeople = 4000;
constexpr int kRegistries = 1000;
constexpr int kLives = 2000000;

// The law makes treatment depend on l and on the month before, so these terms are its truth;
// LTMLE's regressions are only near theirs.
constexpr const char* kProtocol =
    R"({"strategies": [{"name": "never", "kind": "never"}, {"name": "always", "kind": "always"},
          {"name": "sign", "kind": "start_when", "when": "l == 1"}],
        "assignment": {"confounders": "l", "time_varying": "l", "time": "1"},
        "follow_up": {"months": 6, "dropout": "dropout", "dropout_model": "l"},
        "outcome": {"event": "event"}, "analysis": {"intention_to_treat": false},
        "ltmle": {"outcome_model": "l"}})";

MonthLaw law() {
  MonthLaw made;
  made.start_level = -1.0;
  made.stay_level = 1.0;
  made.event_level = -3.2;
  return made;
}

bool never(int, bool, bool, bool) {
  return false;
}
bool always(int, bool, bool, bool) {
  return true;
}

/// How often an interval held the truth, and what the mean error was.
struct Tally {
  int held = 0;
  int all = 0;
  double error = 0;
  double share() const { return static_cast<double>(held) / all; }
  void add(double truth, double value, double low, double high) {
    held += low <= truth && truth <= high ? 1 : 0;
    ++all;
    error += value - truth;
  }
};

void tell(const std::string& what, const Tally& tally) {
  fmt::print("{:<40} coverage {:.3f}, mean error {:+.4f}, {} registries\n", what, tally.share(),
             tally.error / tally.all, tally.all);
}

const Quantity& find(const std::vector<Quantity>& quantities, Measure measure, std::size_t arm) {
  return *std::ranges::find_if(
      quantities, [&](const Quantity& q) { return q.measure == measure && q.arm == arm; });
}

/// The dynamic strategy: from the first month with the sign on.
double risk_with_sign() {
  int events = 0;
  for (int i = 0; i < kLives; ++i) {
    Random random(99, static_cast<std::uint64_t>(i));
    bool begun = false;
    events += simulate_person(
                  random, law(), kMonths, false,
                  [&](int, bool sign, bool, bool) {
                    begun = begun || sign;
                    return begun;
                  }).event
                  ? 1
                  : 0;
  }
  return static_cast<double>(events) / kLives;
}

TEST(TargetTrialLaw, IntervalsHoldTheTruthUnderTimeVaryingConfounding) {
  const auto spec = read_emulation_spec(kProtocol, "law");
  ASSERT_TRUE(spec) << spec.error().message;
  const double none = true_risk(law(), kMonths, kLives, never);
  const double all = true_risk(law(), kMonths, kLives, always);
  const double sign = risk_with_sign();
  std::map<std::string, Tally> tallies;
  for (int registry = 0; registry < kRegistries; ++registry) {
    const Table table =
        simulated_months(1000 + static_cast<std::uint64_t>(registry), kPeople, kMonths, law());
    const auto weighted = emulate(table, *spec, {});
    const auto targeted = ltmle(table, *spec, {});
    ASSERT_TRUE(weighted && targeted);
    const auto& found = weighted->analyses[0].quantities;
    const auto add = [&](const std::string& name, double truth, const Quantity& q) {
      tallies[name].add(truth, q.value, q.low, q.high);
    };
    add("weighting, risk always", all, find(found, Measure::kRisk, 1));
    add("weighting, always less never", all - none, find(found, Measure::kRiskDifference, 1));
    add("weighting, dynamic less never", sign - none, find(found, Measure::kRiskDifference, 2));
    add("LTMLE, always less never", all - none,
        find(targeted->quantities, Measure::kRiskDifference, 1));
    add("LTMLE, dynamic less never", sign - none,
        find(targeted->quantities, Measure::kRiskDifference, 2));
  }
  for (const auto& [name, tally] : tallies) {
    tell(name, tally);
    // The share has a Monte-Carlo error of 0.007. Weights taken as known may make the weighted
    // intervals cautious.
    EXPECT_GE(tally.share(), 0.93) << name;
    EXPECT_LE(tally.share(), name.starts_with("LTMLE") ? 0.97 : 0.98) << name;
    EXPECT_LT(std::fabs(tally.error / tally.all), 0.003) << name;
  }
}

TEST(TargetTrialLaw, ChecksSpeakUpWhereAssumptionsFail) {
  const auto spec = read_emulation_spec(kProtocol, "law");
  ASSERT_TRUE(spec);
  int warned = 0;
  MonthLaw extreme = law();
  extreme.sign_on_treatment = 7;  // without the sign almost nobody is treated
  extreme.start_level = -5;
  extreme.stay_level = -2;
  for (int registry = 0; registry < 20; ++registry) {
    const auto result = emulate(
        simulated_months(5000 + static_cast<std::uint64_t>(registry), kPeople, kMonths, extreme),
        *spec, {});
    warned += !result || std::ranges::any_of(result->cautions, [](const Caution& caution) {
      return caution.code != "few_events";
    });
  }
  EXPECT_EQ(warned, 20);
}

/// A hidden cause cannot be seen in the data, but an event that treatment cannot change shows it.
TEST(TargetTrialLaw, ANegativeControlShowsAHiddenCause) {
  auto spec = read_emulation_spec(kProtocol, "law");
  ASSERT_TRUE(spec);
  spec->negative_control = "event";
  const auto flagged = [&](double hidden) {
    MonthLaw made = law();
    made.hidden = hidden;
    made.treatment_on_event = 0;  // and none by way of l, which it does not change
    made.treatment_on_sign = 0;
    int count = 0;
    for (int registry = 0; registry < 60; ++registry) {
      const auto result = emulate(
          simulated_months(7000 + static_cast<std::uint64_t>(registry), kPeople, kMonths, made),
          *spec, {});
      count += result && std::ranges::any_of(result->cautions, [](const Caution& caution) {
                 return caution.code == "negative_control";
               });
    }
    return count;
  };
  const int without = flagged(0);
  const int with = flagged(1.2);
  fmt::print("negative control flagged in {} of 60 without and {} of 60 with a hidden cause\n",
             without, with);
  EXPECT_LE(without, 12);
  EXPECT_GE(with, 45);
}

}  // namespace
}  // namespace thaw::effect
