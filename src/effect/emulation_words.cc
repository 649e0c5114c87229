#include "effect/emulation_words.h"

#include <fmt/format.h>

namespace thaw::effect {
namespace {

BothTexts strategy_words(const Strategy& s) {
  if (!s.starts) {
    return {"no treatment at any time", "始终不用药"};
  }
  std::string en = s.start_when
                       ? fmt::format("from the first month in which {} start", s.start_when->text())
                       : std::string("start");
  std::string zh = s.start_when
                       ? fmt::format("自首个满足 {} 的月份起，开始用药", s.start_when->text())
                       : std::string("开始用药");
  en += s.within_months == 1 ? " at once" : fmt::format(" within {} months", s.within_months);
  zh += s.within_months == 1 ? "（当月）" : fmt::format("（{} 个月内）", s.within_months);
  if (s.start_when) {
    en += ", not before";
    zh += "，此前不用";
  }
  en += s.stay ? ", then go on" : ", whatever follows";
  zh += s.stay ? "，之后持续用药" : "，之后不限";
  if (s.stop_when) {
    en += fmt::format(", and stop for good when {}", s.stop_when->text());
    zh += fmt::format("；一旦 {}，即永久停药", s.stop_when->text());
  }
  return {en, zh};
}

BothTexts strategies_words(const EmulationSpec& spec) {
  BothTexts out;
  for (const Strategy& s : spec.strategies) {
    const BothTexts words = strategy_words(s);
    out.en += fmt::format("{}{}: {}", out.en.empty() ? "" : "; ", s.label.en, words.en);
    out.zh += fmt::format("{}{}：{}", out.zh.empty() ? "" : "；", s.label.zh, words.zh);
  }
  return out;
}

ProtocolRow eligibility_row(const EmulationSpec& spec) {
  const std::string condition = spec.eligibility ? spec.eligibility->text() : "";
  const std::string en = condition.empty() ? "everybody" : condition;
  const std::string zh = condition.empty() ? "所有人" : condition;
  return {"eligibility",
          {en, zh},
          {fmt::format("{}{}, with the covariates known", en,
                       spec.new_users ? ", untreated in every earlier month" : ""),
           fmt::format("{}{}，且协变量已知", zh, spec.new_users ? "，此前各月均未用药" : "")}};
}

ProtocolRow time_zero_row(const EmulationSpec& spec) {
  if (spec.time_zero == TimeZero::kFirstEligible) {
    return {"time_zero",
            {"randomisation", "随机分组时"},
            {"the first eligible month", "首个符合条件的月份"}};
  }
  return {"time_zero",
          {"randomisation", "随机分组时"},
          {"every eligible month begins a trial; variances count people, not trials",
           "每个符合条件的月份各开始一次试验；方差按人而非按试验计算"}};
}

ProtocolRow assignment_row(const EmulationSpec& spec) {
  return {
      "assignment",
      {"at random, known to all", "随机，不设盲"},
      {fmt::format("as if at random given {} at time zero and {} later", spec.confounders,
                   spec.time_varying),
       fmt::format("给定零点的 {} 及此后的 {}，视同随机", spec.confounders, spec.time_varying)}};
}

ProtocolRow follow_up_row(const EmulationSpec& spec) {
  const std::string en = fmt::format("{} months, or to the outcome", spec.months);
  const std::string zh = fmt::format("{} 个月，或至结局发生", spec.months);
  return {"follow_up",
          {en, zh},
          spec.dropout.empty()
              ? BothTexts{en + ", or to the end of the data", zh + "，或至数据截止"}
              : BothTexts{fmt::format("{}, to the end of the data, or to {} (weighted by {})", en,
                                      spec.dropout, spec.dropout_terms),
                          fmt::format("{}，或至数据截止，或至 {}（按 {} 加权）", zh, spec.dropout,
                                      spec.dropout_terms)}};
}

ProtocolRow outcome_row(const EmulationSpec& spec) {
  BothTexts words;
  if (spec.outcome == OutcomeKind::kEvent) {
    words = {fmt::format("time to {}", spec.event), fmt::format("至 {} 的时间", spec.event)};
    if (!spec.competing.empty()) {
      const BothTexts as[] = {{"stays without the outcome for good (competing risk)",
                               "此后不再可能发生结局（竞争风险）"},
                              {"is taken as preventable and ends follow-up (censored)",
                               "视为可避免，并结束随访（删失）"},
                              {"counts as the outcome (composite)", "算作结局（复合结局）"}};
      const auto& choice = as[static_cast<std::size_t>(spec.competing_as)];
      words.en += fmt::format("; whoever has {} {}", spec.competing, choice.en);
      words.zh += fmt::format("；发生 {} 者{}", spec.competing, choice.zh);
    }
  } else if (spec.outcome == OutcomeKind::kValue) {
    words = {fmt::format("{} in month {}, among those alive", spec.value, spec.horizon),
             fmt::format("第 {} 个月在世者的 {}", spec.horizon, spec.value)};
  } else {
    words = {fmt::format("slope of {} over months 0 to {}, among those alive in each", spec.value,
                         spec.horizon),
             fmt::format("第 0 至 {} 个月在世者 {} 的变化斜率", spec.horizon, spec.value)};
  }
  return {"outcome", words, words};
}

}  // namespace

std::string_view measure_code(Measure measure) {
  switch (measure) {
    case Measure::kRisk:
      return "risk";
    case Measure::kFreeMonths:
      return "free_months";
    case Measure::kMean:
      return "mean";
    case Measure::kSlope:
      return "slope";
    case Measure::kRiskDifference:
      return "risk_difference";
    case Measure::kLogRiskRatio:
      return "risk_ratio";
    case Measure::kFreeMonthsDifference:
      return "free_months_difference";
    case Measure::kLogHazardRatio:
      return "hazard_ratio";
    case Measure::kLogOddsRatio:
      return "pooled_odds_ratio";
    case Measure::kMeanDifference:
      return "mean_difference";
    default:
      return "slope_difference";
  }
}

std::string measure_unit(Measure measure, const EmulationSpec& spec) {
  switch (measure) {
    case Measure::kRisk:
    case Measure::kRiskDifference:
      return "probability";
    case Measure::kFreeMonths:
    case Measure::kFreeMonthsDifference:
      return "months";
    case Measure::kMean:
    case Measure::kMeanDifference:
      return spec.unit;
    case Measure::kSlope:
    case Measure::kSlopeDifference:
      return spec.unit + "/month";
    default:
      return "ratio";
  }
}

BothTexts measure_words(Measure measure, const EmulationSpec& spec) {
  const int h = spec.horizon;
  switch (measure) {
    case Measure::kRisk:
      return {fmt::format("risk by month {}", h), fmt::format("到第 {} 个月的风险", h)};
    case Measure::kFreeMonths:
      return {fmt::format("mean event-free months of {}", h),
              fmt::format("{} 个月内平均无事件月数", h)};
    case Measure::kMean:
      return {fmt::format("mean in month {}", h), fmt::format("第 {} 个月的均值", h)};
    case Measure::kSlope:
      return {"slope a month", "每月斜率"};
    case Measure::kRiskDifference:
      return {fmt::format("risk difference by month {}", h),
              fmt::format("到第 {} 个月的风险差", h)};
    case Measure::kLogRiskRatio:
      return {fmt::format("risk ratio by month {}", h), fmt::format("到第 {} 个月的风险比", h)};
    case Measure::kFreeMonthsDifference:
      return {fmt::format("difference in event-free months of {}", h),
              fmt::format("{} 个月内无事件月数之差", h)};
    case Measure::kLogHazardRatio:
      return {fmt::format("marginal hazard ratio to month {}", h),
              fmt::format("至第 {} 个月的边际风险率比", h)};
    case Measure::kLogOddsRatio:
      return {fmt::format("marginal odds ratio of a month's event, pooled to month {}", h),
              fmt::format("至第 {} 个月的月事件边际比值比（合并）", h)};
    case Measure::kMeanDifference:
      return {fmt::format("difference of means in month {}", h),
              fmt::format("第 {} 个月的均值差", h)};
    default:
      return {"difference of slopes a month", "每月斜率之差"};
  }
}

std::vector<ProtocolRow> protocol_rows(const EmulationSpec& spec) {
  const BothTexts strategies = strategies_words(spec);
  return {eligibility_row(spec),
          {"strategies", strategies, strategies},
          time_zero_row(spec),
          assignment_row(spec),
          follow_up_row(spec),
          outcome_row(spec),
          {"analysis",
           {"per protocol and intention to treat", "符合方案分析与意向性分析"},
           {"everybody stands in every arm that their history agrees with; departing is censored "
            "and weighted for; by the treatment of time zero alone beside it",
            "每个人都计入与其用药史相符的各组；偏离时删失并加权；另附仅按零点用药的分析"}}};
}

}  // namespace thaw::effect
