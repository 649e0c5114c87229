#include "effect/effect_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "effect/effect_words.h"

namespace thaw::effect {
namespace {

// Conventions of the field or ours; docs/methods/refutation.md gives the reason of each.
constexpr double kOutsideFailed = 0.10, kOutsideCaution = 0.02;
constexpr double kEffectiveFailed = 0.25, kEffectiveCaution = 0.50;
constexpr double kLargestFailed = 0.10, kLargestCaution = 0.05;
constexpr double kBalanceFailed = 0.25, kBalanceCaution = 0.10;
constexpr double kEValueCaution = 1.25;
constexpr double kTippingFailed = 0.2, kTippingCaution = 0.5;  // standard deviations
constexpr double kShiftInSe = 0.25;                            // of a mean over refits
constexpr double kManyErrors = 4;  // Monte-Carlo standard errors that are no chance
// Between two methods: standard errors, and standard deviations of the outcome that matter.
constexpr double kApart = 3, kApartCaution = 1.5, kApartInSd = 0.2;
constexpr double kWeakF = 10, kCautionF = 104.7;

CheckStatus graded(bool failed, bool caution) {
  return failed ? CheckStatus::kFailed : (caution ? CheckStatus::kCaution : CheckStatus::kPassed);
}

bool holds_null(const Estimate& estimate) {
  return estimate.ci_low <= 0 && estimate.ci_high >= 0;
}

void add(EffectAnswer& answer, const char* name, CheckStatus status, Words sentence) {
  answer.checks.push_back({name, status, std::move(sentence)});
}

bool weighs(Method method) {
  return method == Method::kIpw || method == Method::kAipw || method == Method::kTmle ||
         method == Method::kMatch;
}

void judge_overlap(EffectAnswer& answer) {
  if (!answer.overlap) {
    return;
  }
  const Overlap& o = *answer.overlap;
  const double outside = std::max(answer.estimate.diagnostics.outside_overlap, o.extreme_share);
  add(answer, "overlap", graded(outside > kOutsideFailed, outside > kOutsideCaution),
      words("{:.1f} % of people have a propensity outside what both arms reach, and {:.1f} % one "
            "below 0.02 or above 0.98: for them there is hardly anybody to compare with",
            "{:.1f}% 的人的倾向得分落在两组共有范围之外，{:.1f}% 的人低于 0.02 或高于 "
            "0.98：他们几乎没有可比的人",
            100 * answer.estimate.diagnostics.outside_overlap, 100 * o.extreme_share));
  // Of an arm that only stands in for the other, no more people count than those it stands in for.
  const double fewer = std::min(o.treated, o.untreated);
  const Population population = answer.request.settings.population;
  const double treated = population == Population::kUntreated ? fewer : o.treated;
  const double untreated = population == Population::kTreated ? fewer : o.untreated;
  const double worth = std::min(o.effective_treated / treated, o.effective_untreated / untreated);
  const bool used = weighs(answer.request.settings.method);
  CheckStatus status = graded(worth < kEffectiveFailed || o.largest_share > kLargestFailed,
                              worth < kEffectiveCaution || o.largest_share > kLargestCaution);
  if (!used && status == CheckStatus::kFailed) {
    status = CheckStatus::kCaution;  // The estimate does not rest on these weights.
  }
  add(answer, "weights", status,
      words("weighted, {:.0f} treated are worth {:.1f} and {:.0f} untreated {:.1f}; one person "
            "carries up to {:.1f} % of an arm's weight",
            "加权后，{:.0f} 名治疗者相当于 {:.1f} 人，{:.0f} 名未治疗者相当于 {:.1f} "
            "人；单个人最多占一组权重的 {:.1f}%",
            o.treated, o.effective_treated, o.untreated, o.effective_untreated,
            100 * o.largest_share));
  const auto worst = std::ranges::max_element(
      answer.balance, {}, [](const CovariateBalance& b) { return std::fabs(b.after); });
  if (worst != answer.balance.end()) {
    status =
        graded(std::fabs(worst->after) > kBalanceFailed, std::fabs(worst->after) > kBalanceCaution);
    if (!used && status == CheckStatus::kFailed) {
      status = CheckStatus::kCaution;
    }
    add(answer, "balance", status,
        words("after weighting the arms differ most in {}: {:.2f} standard deviations (0.1 is "
              "commonly called balanced)",
              "加权后两组差别最大的是 {}：{:.2f} 个标准差（通常认为 0.1 以内为平衡）", worst->term,
              worst->after));
  }
}

void judge_first_stage(EffectAnswer& answer) {
  if (!answer.first_stage) {
    return;
  }
  const double f = answer.first_stage->f_robust;
  add(answer, "first_stage", graded(!(f >= kWeakF), f < kCautionF),
      words("the instrument moves the treatment with F = {:.1f}; below 10 it is weak and the "
            "interval cannot be trusted (use Anderson-Rubin's), below 104.7 it is somewhat too "
            "narrow",
            "工具变量对治疗的 F = {:.1f}；低于 10 为弱工具变量，区间不可信（请看 Anderson-Rubin "
            "区间），低于 104.7 时区间略窄",
            f));
}

void judge_e_value(EffectAnswer& answer) {
  if (!answer.e_value) {
    return;
  }
  if (holds_null(answer.estimate)) {
    add(answer, "e_value", CheckStatus::kNotDone,
        words("the interval holds no effect, so its E-value is 1; hidden confounding can also "
              "hide an effect that is there",
              "区间包含「无效果」，故其 E 值为 1；隐藏的混杂也可能掩盖真实存在的效果"));
    return;
  }
  add(answer, "e_value", graded(false, answer.e_value->limit < kEValueCaution),
      words("a hidden confounder would need a risk ratio of {:.2f} with both treatment and outcome "
            "to explain the estimate away, {:.2f} for the interval",
            "隐藏的混杂因素须与治疗和结局的风险比都达到 {:.2f} 才能完全解释该估计，达到 {:.2f} "
            "即可使区间包含无效果",
            answer.e_value->value, answer.e_value->limit));
}

void judge_partial_r2(EffectAnswer& answer) {
  if (!answer.partial_r2) {
    return;
  }
  const PartialR2& r2 = *answer.partial_r2;
  if (r2.robustness_interval <= 0 || r2.like.empty()) {
    add(answer, "hidden_confounder", CheckStatus::kNotDone,
        words("in the linear regression the interval holds no effect, or nothing is adjusted for: "
              "no benchmark; robustness value {:.1f} %",
              "线性回归的区间包含无效果，或没有调整任何变量，故没有基准；稳健值为 {:.1f}%",
              100 * r2.robustness));
    return;
  }
  Words sentence = words(
      "by linear regression, a hidden confounder must explain {:.1f} % of the rest of both "
      "treatment and outcome to bring the estimate to 0 ({:.1f} % for the interval)",
      "按线性回归，隐藏混杂须同时解释治疗与结局剩余变异的 {:.1f}% 才能使估计为 0（使区间包含 "
      "0 需 {:.1f}%）",
      100 * r2.robustness, 100 * r2.robustness_interval);
  const auto say = [&](const Words& more) {
    sentence.en += more.en;
    sentence.zh += more.zh;
  };
  if (const HiddenLike& most = r2.like.front(); !most.possible) {
    say(words("; as strong as {}: a confounder that strong is not possible",
              "；与 {} 同样强：不可能存在这样强的混杂", most.term));
  }
  const auto strongest = std::ranges::find(r2.like, true, &HiddenLike::possible);
  bool shaken = false;
  if (strongest != r2.like.end()) {
    const HiddenLike& like = *strongest;
    shaken = like.estimate * r2.estimate <= 0 || (like.ci_low <= 0 && like.ci_high >= 0);
    say(words("; one as strong as {} would leave {:.4g} ({:.4g} to {:.4g})",
              "；与 {} 同样强的混杂会使估计变为 {:.4g}（{:.4g} 至 {:.4g}）", like.term,
              like.estimate, like.ci_low, like.ci_high));
  }
  // Nobody knows that such a confounder is there: a doubt to weigh, not a fault of the estimate.
  add(answer, "hidden_confounder", graded(false, shaken), std::move(sentence));
}

void judge_tipping(EffectAnswer& answer) {
  if (!answer.tipping) {
    return;
  }
  const TippingPoint& t = *answer.tipping;
  if (!t.opposed) {
    add(answer, "missing_outcomes", CheckStatus::kPassed,
        words("no outcome is missing where treatment and covariates are known",
              "在治疗与协变量已知的人中，没有缺失的结局"));
    return;
  }
  if (!t.opposed_limit) {
    add(answer, "missing_outcomes", CheckStatus::kNotDone,
        words("{} outcomes are missing; the interval holds no effect already",
              "缺失 {} 个结局；区间已包含无效果", t.missing_treated + t.missing_untreated));
    return;
  }
  const double far = std::fabs(*t.opposed_limit) / t.outcome_sd;
  add(answer, "missing_outcomes", graded(far < kTippingFailed, far < kTippingCaution),
      words("{} outcomes of treated and {} of untreated are missing; if they lay {:.2f} standard "
            "deviations off what is expected, in opposite directions, the interval would hold no "
            "effect",
            "治疗组缺失 {} 个结局，未治疗组缺失 {} 个；若它们朝相反方向偏离预期 {:.2f} "
            "个标准差，区间就会包含无效果",
            t.missing_treated, t.missing_untreated, far));
}

double error_of(const Refits& refits) {
  const int there = refits.replicates - refits.failed;
  return there > 0 ? refits.sd / std::sqrt(there) : HUGE_VAL;
}

/// A mean that lies from `truth` by what neither chance nor a quarter of a standard error explains.
bool off(const Refits& refits, double truth, double se) {
  const double shift = std::fabs(refits.mean - truth);
  return shift > kShiftInSe * se && shift > kManyErrors * error_of(refits);
}

bool too_few(const Refits& refits) {
  return refits.failed * 4 > refits.replicates;
}

void judge_refits(EffectAnswer& answer) {
  const Estimate& e = answer.estimate;
  if (answer.placebo) {
    const Refits& r = *answer.placebo;
    add(answer, "placebo_treatment",
        too_few(r) ? CheckStatus::kCaution : graded(off(r, 0, e.se), false),
        words("a treatment dealt out by chance has on average the effect {:.4g} (it should be 0; "
              "{} tries, {} without an answer); p = {:.3f} for an effect as large as the estimate",
              "随机分派的「安慰治疗」平均效果为 {:.4g}（应为 0；{} 次，其中 {} "
              "次无结果）；出现与估计同样大的效果的 p = {:.3f}",
              r.mean, r.replicates, r.failed, r.p.value_or(1)));
  }
  if (answer.random_cause) {
    const Refits& r = *answer.random_cause;
    add(answer, "random_common_cause",
        too_few(r) ? CheckStatus::kCaution : graded(off(r, e.estimate, e.se), false),
        words("with a random column as one more covariate the estimate is {:.4g} on average "
              "({} tries, {} without an answer)",
              "加入一个随机协变量后，估计平均为 {:.4g}（{} 次，其中 {} 次无结果）", r.mean,
              r.replicates, r.failed));
  }
  if (answer.subset) {
    const Refits& r = *answer.subset;
    // A fifth left out: the spread should be half the standard error.
    add(answer, "subsets",
        too_few(r) ? CheckStatus::kFailed : graded(off(r, e.estimate, e.se), r.sd > e.se),
        words(
            "in random four fifths of the people the estimate is {:.4g} on average, spread "
            "{:.3g} ({} tries, {} without an answer)",
            "在随机抽取的五分之四人群中，估计平均为 {:.4g}，离散 {:.3g}（{} 次，其中 {} 次无结果）",
            r.mean, r.sd, r.replicates, r.failed));
  }
}

void judge_negative(EffectAnswer& answer) {
  if (!answer.negative) {
    return;
  }
  const NegativeControls& n = *answer.negative;
  const auto there =
      std::ranges::count_if(n.controls, [](const NegativeControl& c) { return c.failure.empty(); });
  if (there == 0) {
    add(answer, "negative_controls", CheckStatus::kNotDone,
        words("no negative control could be estimated", "没有一个阴性对照能够估计"));
    return;
  }
  const bool failed = n.p < 0.05 && (n.off > 1 || there <= 2);
  add(answer, "negative_controls", graded(failed, n.off > 0),
      n.off == 0
          ? words("none of {} outcomes that the treatment cannot change seems changed by it",
                  "治疗不可能改变的 {} 个结局中，没有一个看似被改变", there)
          : words(
                "{} of {} outcomes that the treatment cannot change seem changed by it (chance of "
                "so many: {:.2g}): what moves them may move the estimate too",
                "治疗不可能改变的 {1} 个结局中有 {0} 个看似被改变（偶然出现这么多的概率为 "
                "{2:.2g}）：影响它们的因素也可能影响该估计",
                n.off, there, n.p));
}

void judge_side_by_side(EffectAnswer& answer) {
  const SideBySide* low = nullptr;
  const SideBySide* high = nullptr;
  const std::string own(to_string(answer.request.settings.population));
  for (const SideBySide& side : answer.side_by_side) {
    if (!side.estimate || side.method == "crude" || side.method == "iv" || (side.estimand != own)) {
      continue;
    }
    low = low == nullptr || *side.estimate < *low->estimate ? &side : low;
    high = high == nullptr || *side.estimate > *high->estimate ? &side : high;
  }
  if (low == nullptr || low == high) {
    return;
  }
  const double se = std::min(*low->se, *high->se);
  const double apart = (*high->estimate - *low->estimate) / se;
  // Methods share their people, so their estimates are correlated: the smaller standard error
  // stands for that of the difference. A difference too small to matter is no failure.
  const bool matters = *high->estimate - *low->estimate >= kApartInSd * answer.outcome_sd;
  add(answer, "methods_agree", graded(apart > kApart && matters, apart > kApartCaution),
      words(
          "of the methods side by side, {} says {:.4g} and {} says {:.4g}: {:.1f} standard errors "
          "apart",
          "各方法并列时，{} 给出 {:.4g}，{} 给出 {:.4g}：相差 {:.1f} 个标准误", low->method,
          *low->estimate, high->method, *high->estimate, apart));
}

}  // namespace

void judge(EffectAnswer& answer) {
  judge_overlap(answer);
  judge_first_stage(answer);
  judge_e_value(answer);
  judge_partial_r2(answer);
  judge_tipping(answer);
  judge_refits(answer);
  judge_negative(answer);
  judge_side_by_side(answer);
  std::ranges::stable_sort(answer.checks, {}, [](const Check& check) { return check.status; });
  const auto failed = std::ranges::count(answer.checks, CheckStatus::kFailed, &Check::status);
  if (failed > 0) {
    const Words& why = answer.checks.front().words;
    answer.first =
        Words{fmt::format("Do not rely on this number: {} of {} checks failed. First of them: {}.",
                          failed, answer.checks.size(), why.en),
              fmt::format("请勿依赖这个数字：{1} 项检查中有 {0} 项未通过。首先：{2}。", failed,
                          answer.checks.size(), why.zh)};
  }
}

}  // namespace thaw::effect
