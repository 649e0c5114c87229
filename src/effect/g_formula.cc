#include "effect/g_formula.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "effect/g_formula_lives.h"
#include "effect/trial_comparison.h"

namespace thaw::effect {
namespace {

Result<Done> check(const EmulationSpec& spec) {
  if (!spec.g_formula) {
    return invalid_argument("the protocol has no \"g_formula\" part: it must say what to simulate");
  }
  if (spec.time_zero != TimeZero::kFirstEligible) {
    return invalid_argument(
        "the g-formula needs one time zero a person: write time_zero \"first_eligible\"");
  }
  if (spec.outcome != OutcomeKind::kEvent) {
    return invalid_argument("the g-formula here is of an event; the outcome is a number");
  }
  for (const SimulatedCovariate& covariate : spec.g_formula->covariates) {
    if (spec.g_formula->simulations == 0 && covariate.kind == SimulatedCovariate::Kind::kNumber) {
      return invalid_argument(
          fmt::format("g_formula.simulations is 0, which follows every path, but {} is a number; "
                      "write how many lives to simulate",
                      covariate.column));
    }
  }
  return Done{};
}

/// Lives under every strategy.
Result<std::vector<GFormulaArm>> live_all(const LivesInput& input) {
  std::vector<GFormulaArm> arms;
  for (const Strategy& strategy : input.spec->strategies) {
    THAW_TRY(GFormulaArm arm, live(input, &strategy));
    arms.push_back(std::move(arm));
  }
  return arms;
}

double free_months(const GFormulaArm& arm) {
  double sum = 0;
  for (std::size_t k = 0; k + 1 < arm.free.size(); ++k) {
    sum += (arm.free[k] + arm.free[k + 1]) / 2;
  }
  return sum;
}

/// The value of `q`; of ratios the logarithm.
double value_of(const Quantity& q, const std::vector<GFormulaArm>& arms) {
  const GFormulaArm& own = arms[q.arm];
  const GFormulaArm& other = arms[q.against.value_or(q.arm)];
  switch (q.measure) {
    case Measure::kRisk:
      return own.risk.back();
    case Measure::kFreeMonths:
      return free_months(own);
    case Measure::kRiskDifference:
      return own.risk.back() - other.risk.back();
    case Measure::kLogRiskRatio:
      return std::log(own.risk.back() / other.risk.back());
    default:
      return free_months(own) - free_months(other);
  }
}

std::vector<Quantity> asked(const EmulationSpec& spec) {
  std::vector<Quantity> all = asked_of(spec, spec.strategies.size(), spec.reference);
  std::erase_if(all, [](const Quantity& q) {  // a simulated world has risks; ratios of hazards not
    return q.measure == Measure::kLogHazardRatio || q.measure == Measure::kLogOddsRatio;
  });
  return all;
}

/// The natural course of the table itself, weighted for leaving.
GFormulaArm observed(const TrialData& data, const GDesigns& designs, const GFits& fits,
                     const EmulationSpec& spec) {
  InverseProbabilities inverse;
  inverse_probabilities(designs.treatment, fits.treatment, data.months.rows(),
                        spec.probability_bound, inverse);
  ArmCells cells;
  fill_cells({data.months.event, data.months.competing, &inverse, {}, {}, 0},
             natural_arm(data.months, data.trials, spec), cells);
  const ArmCurve curve = arm_curve(cells);
  return {"observed", curve.risk, curve.free, {}};
}

/// Draws people anew and writes standard errors.
void bootstrap(const TrialData& data, const GDesigns& designs, const GFits& fits,
               const LivesInput& input, const EmulationChoice& choice, GFormulaResult& out) {
  const auto drawn = static_cast<std::size_t>(out.replicates);
  std::vector<std::vector<GFormulaArm>> lives(drawn);
  for_each_piece(drawn, choice.threads, [&](std::size_t r) {
    std::vector<double> people(data.months.people());
    draw_people(choice.seed, r, people);
    const auto own = g_fits(designs, *input.spec, people, &fits, 1);
    if (!own) {
      return;
    }
    LivesInput again = input;
    again.fits = &*own;
    again.person_weight = people;
    if (auto arms = live_all(again)) {
      lives[r] = std::move(*arms);
    }
  });
  out.failed_replicates =
      static_cast<int>(std::ranges::count_if(lives, [](const auto& arms) { return arms.empty(); }));
  for (Quantity& q : out.quantities) {
    std::vector<double> values;
    for (const auto& arms : lives) {
      values.push_back(arms.empty() ? std::nan("") : value_of(q, arms));
    }
    set_interval(q, value_of(q, out.arms), spread(values));
  }
}

}  // namespace

Result<GFormulaResult> g_formula(Table table, const EmulationSpec& spec,
                                 const EmulationChoice& choice) {
  THAW_CHECK(check(spec));
  TrialFlow flow;
  THAW_TRY(const TrialData data, trial_data(std::move(table), spec, flow));
  THAW_TRY(const GDesigns designs, g_designs(data.months, data.trials, spec));
  THAW_TRY(const GFits fits, g_fits(designs, spec, {}, nullptr, choice.threads));
  const LivesInput input{&data.months, &data.trials, &spec, &designs, &fits, {}, choice.seed};
  THAW_CHECK(check_columns(input));
  GFormulaResult out;
  THAW_TRY(out.arms, live_all(input));
  THAW_TRY(out.natural, live(input, nullptr));
  out.observed = observed(data, designs, fits, spec);
  const std::size_t reach = std::min(out.natural.risk.size(), out.observed.risk.size());
  for (std::size_t k = 0; k < reach; ++k) {
    out.natural_course_gap =
        std::max(out.natural_course_gap, std::fabs(out.natural.risk[k] - out.observed.risk[k]));
  }
  out.simulated =
      spec.g_formula->simulations == 0 ? 0 : static_cast<std::size_t>(spec.g_formula->simulations);
  out.quantities = asked(spec);
  out.replicates = choice.bootstrap.value_or(spec.bootstrap);
  if (out.replicates > 1) {
    bootstrap(data, designs, fits, input, choice, out);
  } else {
    for (Quantity& q : out.quantities) {
      set_interval(q, value_of(q, out.arms), 0);
      q.low = q.high = q.value;  // no interval was asked for
    }
  }
  return out;
}

}  // namespace thaw::effect
