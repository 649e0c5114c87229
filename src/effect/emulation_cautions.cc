#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "effect/trial_report.h"

namespace thaw::effect {
namespace {

constexpr double kBalanced = 0.1;       // Austin 2009, Stat Med 28:3083
constexpr std::size_t kFewEvents = 10;  // by the horizon, in one arm
constexpr std::size_t kFewAtRisk = 10;  // in the last month before the horizon
constexpr double kLittleLeft = 0.1;     // of those at risk, as effective number
constexpr double kMeanOff = 0.2;        // of the stabilised weights, from 1
constexpr double kRareShare = 0.02;     // of decisions with a probability below 1 %
constexpr double kFailedShare = 0.05;   // of bootstrap replicates

/// Purposes of models in Chinese, for the words of model_results.
std::string chinese(const std::string& purpose) {
  if (purpose == "treatment at time zero") {
    return "零点用药";
  }
  if (purpose == "starting treatment later") {
    return "之后开始用药";
  }
  return purpose == "going on with treatment" ? "继续用药" : "退出随访";
}

void add(std::vector<Caution>& out, std::string code, std::string en, std::string zh) {
  out.push_back({std::move(code), {std::move(en), std::move(zh)}});
}

void model_cautions(const EmulationResult& result, std::vector<Caution>& out) {
  for (const ModelResult& model : result.models) {
    const std::string zh = chinese(model.purpose);
    if (!model.converged) {
      add(out, "model_not_converged",
          fmt::format("the model of {} did not settle: some covariates foretell it for certain; "
                      "do not use these numbers",
                      model.purpose),
          fmt::format("“{}”的模型未收敛：有协变量能完全预言它；请勿使用这些数字", zh));
    }
    if (model.rare_share > kRareShare) {
      add(out, "positivity",
          fmt::format("in {:.1f} % of the decisions on {} what was done had a fitted probability "
                      "below 1 %: the comparison leans on few people",
                      100 * model.rare_share, model.purpose),
          fmt::format("在“{}”的决定中，{:.1f}% 的实际选择其拟合概率低于 1%：比较依赖于少数人", zh,
                      100 * model.rare_share));
    }
    const auto worst = std::ranges::max_element(
        model.balance, {}, [](const BalanceRow& row) { return std::fabs(row.after); });
    if (worst != model.balance.end() && std::fabs(worst->after) > kBalanced) {
      add(out, "imbalance",
          fmt::format("{}: after weighting {} still differs by {:.2f} standard deviations (0.1 is "
                      "commonly the limit)",
                      model.purpose, worst->term, worst->after),
          fmt::format("“{}”：加权后 {} 仍相差 {:.2f} 个标准差（通常以 0.1 为限）", zh, worst->term,
                      worst->after));
    }
  }
}

/// The month whose risk set the horizon rests on.
const ArmMonth* last_before(const ArmResult& arm, int horizon) {
  const auto place = static_cast<std::size_t>(horizon - 1);
  return place < arm.months.size() && arm.months[place].at_risk > 0 ? &arm.months[place] : nullptr;
}

void arm_cautions(const ArmResult& arm, const EmulationSpec& spec, std::vector<Caution>& out) {
  const std::string& en = arm.label.en;
  const std::string& zh = arm.label.zh;
  const ArmMonth* last = last_before(arm, spec.horizon);
  if (last == nullptr) {
    add(out, "horizon_not_reached",
        fmt::format("\"{}\": nobody was followed to month {}", en, spec.horizon),
        fmt::format("“{}”：无人随访到第 {} 个月", zh, spec.horizon));
    return;
  }
  if (last->at_risk < kFewAtRisk) {
    add(out, "few_at_risk",
        fmt::format("\"{}\": fewer than {} are still followed before month {}", en, kFewAtRisk,
                    spec.horizon),
        fmt::format("“{}”：第 {} 个月之前仍在随访者不足 {} 人", zh, spec.horizon, kFewAtRisk));
  }
  if (spec.outcome == OutcomeKind::kEvent && arm.events_by_horizon < kFewEvents) {
    add(out, "few_events",
        fmt::format("\"{}\": fewer than {} events by month {}", en, kFewEvents, spec.horizon),
        fmt::format("“{}”：到第 {} 个月事件少于 {} 例", zh, spec.horizon, kFewEvents));
  }
  if (last->effective_n < kLittleLeft * static_cast<double>(last->at_risk)) {
    add(out, "weights_concentrated",
        fmt::format("\"{}\": before month {} the weights leave an effective {:.0f} of {} people",
                    en, spec.horizon, last->effective_n, last->at_risk),
        fmt::format("“{}”：第 {} 个月之前，加权后 {} 人仅相当于 {:.0f} 人", zh, spec.horizon,
                    last->at_risk, last->effective_n));
  }
  const auto off = std::ranges::find_if(arm.months, [&](const ArmMonth& month) {
    return month.month < spec.horizon && month.at_risk > 0 &&
           std::fabs(month.weight_mean - 1) > kMeanOff;
  });
  if (off != arm.months.end()) {
    add(out, "weights_mean",
        fmt::format("\"{}\": stabilised weights average {:.2f} in month {}, not about 1: a model "
                    "may be wrong, or its truncation too hard",
                    en, off->weight_mean, off->month),
        fmt::format("“{}”：第 {} 个月稳定化权重均值为 {:.2f}，而非约 1：模型可能有误，或截断过度",
                    zh, off->month, off->weight_mean));
  }
}

void control_cautions(const EmulationResult& result, std::vector<Caution>& out) {
  if (!result.negative_control) {
    return;
  }
  for (const Quantity& q : result.negative_control->quantities) {
    if (q.measure == Measure::kRiskDifference && q.known && (q.low > 0 || q.high < 0)) {
      const ArmResult& arm = result.negative_control->arms[q.arm];
      add(out, "negative_control",
          fmt::format(
              "\"{}\" seems to change an event that it cannot cause (risk difference {:.3f}, "
              "{:.3f} to {:.3f}): confounding is left",
              arm.label.en, q.value, q.low, q.high),
          fmt::format(
              "“{}”似乎改变了它不可能引起的事件（风险差 {:.3f}，{:.3f} 至 {:.3f}）：仍有混杂",
              arm.label.zh, q.value, q.low, q.high));
    }
  }
}

void assumption_cautions(const EmulationResult& result, const EmulationSpec& spec,
                         std::vector<Caution>& out) {
  if (result.failed_replicates > kFailedShare * result.replicates) {
    add(out, "bootstrap_failed",
        fmt::format("{} of {} bootstrap replicates gave no answer and are left out",
                    result.failed_replicates, result.replicates),
        fmt::format("{} 次自助抽样中有 {} 次没有结果，已略去", result.replicates,
                    result.failed_replicates));
  }
  if (result.carried > 0) {
    add(out, "carried_forward",
        fmt::format("{} missing covariate values were taken from the person's month before",
                    result.carried),
        fmt::format("{} 个缺失的协变量值沿用了本人上个月的值", result.carried));
  }
  std::size_t ended = 0;
  std::size_t began = 0;
  for (const ArmResult& arm : result.analyses.front().arms) {
    ended += arm.ended;
    began += arm.began;
  }
  if (!result.dropout_recorded && ended * 20 > began) {
    add(out, "ends_unexplained",
        fmt::format("{} of {} followed trials end before month {} and no column says who was lost: "
                    "their ends are taken as unrelated to the outcome",
                    ended, began, spec.months),
        fmt::format(
            "{} 次随访中有 {} 次在第 {} 个月前结束，且没有标明失访的列：其结束被视为与结局无关",
            began, ended, spec.months));
  }
  if (spec.outcome != OutcomeKind::kEvent) {
    std::size_t deaths = 0;
    for (const ArmResult& arm : result.analyses.front().arms) {
      deaths += arm.events + arm.competing;
    }
    if (deaths > 0) {
      add(out, "truncated_by_death",
          "means are of those alive in each month; a treatment that lets the ill live longer can "
          "look worse here than it is",
          "均值只涉及当月在世者；若治疗使病重者活得更久，它在此可能显得比实际更差");
    }
  }
}

}  // namespace

std::vector<Caution> cautions_of(const EmulationResult& result, const EmulationSpec& spec) {
  std::vector<Caution> out;
  control_cautions(result, out);
  model_cautions(result, out);
  for (const ArmResult& arm : result.analyses.front().arms) {
    arm_cautions(arm, spec, out);
  }
  assumption_cautions(result, spec, out);
  std::ranges::stable_sort(out, {}, [](const Caution& c) {
    return c.code == "model_not_converged" ? 0 : (c.code == "negative_control" ? 1 : 2);
  });
  return out;
}

}  // namespace thaw::effect
