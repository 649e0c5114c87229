#include "effect/target_trial_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <limits>

#include "effect/analysis_rows.h"
#include "table/summary.h"

namespace thaw::effect {
namespace {

namespace json = boost::json;

constexpr double kBalanced = 0.1;      // Austin 2009, Stat Med 28:3083
constexpr double kMuchOutside = 0.05;  // of the people, beyond the range of both arms
constexpr double kFollowedShare = 0.9;

struct Check {
  const char* name;
  bool passed;
  std::string en, zh;
};

json::value number(double value) {
  return std::isfinite(value) ? json::value(value) : json::value(nullptr);
}

json::object estimate_json(const Estimate& estimate) {
  return {{"estimate", number(estimate.estimate)},
          {"se", number(estimate.se)},
          {"ci_low", number(estimate.ci_low)},
          {"ci_high", number(estimate.ci_high)},
          {"unit", estimate.unit},
          {"method", estimate.method}};
}

json::object curve_json(std::string_view arm, const std::vector<CurvePoint>& curve) {
  json::array points;
  const std::size_t step =
      std::max<std::size_t>(1, (curve.size() + kCurvePoints - 1) / kCurvePoints);
  for (std::size_t i = 0; i < curve.size(); ++i) {
    if (i % step == 0 || i + 1 == curve.size()) {
      points.push_back(json::object{{"month", curve[i].month},
                                    {"survival", number(curve[i].survival)},
                                    {"low", number(curve[i].low)},
                                    {"high", number(curve[i].high)}});
    }
  }
  return {{"arm", arm}, {"points", std::move(points)}};
}

std::vector<Check> checks_of(const TargetTrialResult& result) {
  const Diagnostics& seen = result.hazard_ratio.diagnostics;
  double worst = 0;
  std::string term = "-";
  for (const CovariateBalance& one : seen.balance) {
    if (std::abs(one.after) > worst) {
      worst = std::abs(one.after);
      term = one.term;
    }
  }
  const double people = static_cast<double>(result.people);
  return {{"converged", result.hazard_ratio.converged,
           result.hazard_ratio.converged
               ? "the models settled"
               : "a model did not settle: the covariates foretell treatment or the event exactly",
           result.hazard_ratio.converged ? "模型收敛" : "模型没有收敛：协变量完全预示了处理或事件"},
          {"overlap", seen.outside_overlap <= kMuchOutside,
           fmt::format("{:.1f} % of people have a chance of treatment outside what both arms reach",
                       100 * seen.outside_overlap),
           fmt::format("{:.1f}% 的人接受处理的概率超出两组共有的范围", 100 * seen.outside_overlap)},
          {"balance", worst <= kBalanced,
           fmt::format("after weighting the arms differ most in {}: {:.2f} standard deviations",
                       term, worst),
           fmt::format("加权后两组相差最大的是 {}：{:.2f} 个标准差", term, worst)},
          {"weights", seen.effective_n >= people / 4,
           fmt::format("the weighted {} people are worth {:.0f}; the largest weight is {:.1f}",
                       result.people, seen.effective_n, seen.weight_max),
           fmt::format("加权后的 {} 人相当于 {:.0f} 人；最大的权重是 {:.1f}", result.people,
                       seen.effective_n, seen.weight_max)},
          {"hidden_confounder", result.e_value.limit > 1,
           fmt::format(
               "a hidden common cause would need a risk ratio of {:.2f} with both treatment and "
               "event to explain the estimate away, {:.2f} for its interval",
               result.e_value.value, result.e_value.limit),
           fmt::format("没测到的共同原因，与处理和事件的风险比都要达到 {:.2f} 才能解释掉这个估计；"
                       "解释掉区间要 {:.2f}",
                       result.e_value.value, result.e_value.limit)}};
}

}  // namespace

json::object target_trial_document(const TargetTrialSpec& spec, const TargetTrialResult& result) {
  json::array balance;
  for (const CovariateBalance& one : result.hazard_ratio.diagnostics.balance) {
    balance.push_back(json::object{
        {"term", one.term}, {"before", number(one.before)}, {"after", number(one.after)}});
  }
  json::array checks;
  json::value first = nullptr;
  const bool adjusted = !result.hazard_ratio.diagnostics.balance.empty();
  for (const Check& check : checks_of(result)) {
    const std::string_view name = check.name;
    if (!adjusted && (name == "overlap" || name == "balance" || name == "weights")) {
      checks.push_back(json::object{
          {"name", name},
          {"status", "not_done"},
          {"text",
           {{"en", "nothing is held equal between the arms, so there is nothing to check"},
            {"zh",
             "\u6ca1\u6709\u8ba9\u4e24\u7ec4\u5728\u4efb\u4f55\u65b9\u9762\u53ef\u6bd4\uff0c"
             "\u56e0\u6b64\u65e0\u4ece\u68c0\u67e5"}}}});
      continue;
    }
    // Only what breaks the comparison stands before the numbers; an interval that holds 1 does not.
    const bool told = std::string_view(check.name) == "hidden_confounder";
    checks.push_back(json::object{{"name", check.name},
                                  {"status", check.passed ? "passed"
                                             : told       ? "caution"
                                                          : "failed"},
                                  {"text", {{"en", check.en}, {"zh", check.zh}}}});
    if (!check.passed && !told && first.is_null()) {
      first = json::object{{"en", "Do not rely on these numbers: " + check.en + "."},
                           {"zh", "请勿依赖这些数字：" + check.zh + "。"}};
    }
  }
  return {{"first", std::move(first)},
          {"horizon", spec.horizon_months},
          {"people", result.people},
          {"excluded", result.excluded},
          {"treated", result.treated},
          {"untreated", result.untreated},
          {"events", result.events},
          {"hazard_ratio", estimate_json(result.hazard_ratio)},
          {"naive_hazard_ratio", estimate_json(result.naive_hazard_ratio)},
          {"survival_difference", estimate_json(result.survival_difference)},
          {"rmst_difference", estimate_json(result.rmst_difference)},
          {"e_value",
           {{"value", number(result.e_value.value)}, {"limit", number(result.e_value.limit)}}},
          {"curves", json::array{curve_json("treated", result.treated_curve),
                                 curve_json("untreated", result.untreated_curve)}},
          {"balance", std::move(balance)},
          {"checks", std::move(checks)}};
}

Result<double> shared_horizon(const Table& table, const TargetTrialSpec& spec) {
  THAW_TRY(const Table rows, table.complete_rows(std::vector{spec.treatment, spec.months}));
  THAW_TRY(const stats::Vector treated, binary_column(rows, spec.treatment));
  THAW_TRY(const stats::Vector months, number_column(rows, spec.months));
  double horizon = std::numeric_limits<double>::infinity();
  for (const double arm : {0.0, 1.0}) {
    std::vector<double> followed;
    for (Eigen::Index i = 0; i < months.size(); ++i) {
      if (treated[i] == arm) {
        followed.push_back(months[i]);
      }
    }
    if (followed.empty()) {
      return invalid_argument(fmt::format("{}: nobody has the value {}", spec.treatment, arm));
    }
    std::ranges::sort(followed);
    horizon = std::min(horizon, quantile_of_sorted(followed, kFollowedShare));
  }
  return horizon > 2 ? std::floor(horizon) : horizon;
}

}  // namespace thaw::effect
