#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <cmath>

#include "effect/emulate_json.h"
#include "effect/emulation_words.h"

namespace thaw::effect {
namespace {

namespace json = boost::json;

constexpr double kGapMax = 0.02;  // of the natural course, as a probability

/// Estimates by the names of the strategies; without an interval where none was made.
json::array estimates(const std::vector<Quantity>& quantities, const EmulationSpec& spec,
                      bool interval) {
  json::array out;
  for (const Quantity& q : quantities) {
    json::object one{{"measure", measure_code(q.measure)},
                     {"arm", spec.strategies[q.arm].name},
                     {"against", q.against ? json::value(spec.strategies[*q.against].name)
                                           : json::value(nullptr)},
                     {"unit", measure_unit(q.measure, spec)},
                     {"estimate", q.known ? json::value(q.value) : json::value(nullptr)},
                     {"se", nullptr},
                     {"se_scale", logarithm(q.measure) ? "log" : "estimate"},
                     {"ci_low", nullptr},
                     {"ci_high", nullptr}};
    if (q.known && interval) {
      one["se"] = q.se;
      one["ci_low"] = q.low;
      one["ci_high"] = q.high;
    }
    out.push_back(std::move(one));
  }
  return out;
}

json::array numbers(const std::vector<double>& values) {
  json::array out;
  for (const double v : values) {
    out.push_back(std::isfinite(v) ? json::value(v) : json::value(nullptr));
  }
  return out;
}

json::object arm_json(const GFormulaArm& arm, const EmulationSpec& spec) {
  json::object covariates;
  for (std::size_t j = 0; j < arm.covariate.size(); ++j) {
    covariates[spec.g_formula->covariates[j].column] = numbers(arm.covariate[j]);
  }
  return {{"name", arm.name},
          {"risk", numbers(arm.risk)},
          {"free", numbers(arm.free)},
          {"covariate_means", std::move(covariates)}};
}

std::string lines(const std::vector<Quantity>& quantities, const EmulationSpec& spec, bool interval,
                  bool zh) {
  std::string out;
  for (const Quantity& q : quantities) {
    if (!q.known) {
      continue;
    }
    const auto label = [&](std::size_t arm) {
      return zh ? spec.strategies[arm].label.zh : spec.strategies[arm].label.en;
    };
    const BothTexts words = measure_words(q.measure, spec);
    out += "  " + label(q.arm);
    if (q.against) {
      out += (zh ? " 对比 " : " against ") + label(*q.against);
    }
    out += fmt::format(fmt::runtime(zh ? "：{} {:.4g}" : ": {} {:.4g}"), zh ? words.zh : words.en,
                       q.value);
    if (interval) {
      out += fmt::format(
          fmt::runtime(zh ? "（95% 区间 {:.4g} 至 {:.4g}）" : " (95 % {:.4g} to {:.4g})"), q.low,
          q.high);
    }
    out += "\n";
  }
  return out;
}

}  // namespace

json::object g_formula_json(const GFormulaResult& result, const EmulationSpec& spec) {
  json::array arms;
  for (const GFormulaArm& arm : result.arms) {
    arms.push_back(arm_json(arm, spec));
  }
  return {{"estimates", estimates(result.quantities, spec, result.replicates > 1)},
          {"arms", std::move(arms)},
          {"natural_course",
           {{"simulated", arm_json(result.natural, spec)},
            {"observed_risk", numbers(result.observed.risk)},
            {"largest_gap", result.natural_course_gap},
            {"agrees", result.natural_course_gap <= kGapMax}}},
          {"simulations",
           result.simulated == 0 ? json::value("every path") : json::value(result.simulated)},
          {"bootstrap", {{"replicates", result.replicates}, {"failed", result.failed_replicates}}}};
}

json::object ltmle_json(const LtmleResult& result, const EmulationSpec& spec) {
  json::array arms;
  for (const LtmleArm& arm : result.arms) {
    if (!arm.decided) {
      arms.push_back(json::object{{"name", arm.name}, {"decided_by_history", false}});
      continue;
    }
    arms.push_back(json::object{{"name", arm.name},
                                {"decided_by_history", true},
                                {"estimate", arm.estimate},
                                {"se", arm.se},
                                {"plug_in", arm.plug_in},
                                {"followed", arm.followed},
                                {"months_by_mean", arm.means_instead}});
  }
  return {{"estimates", estimates(result.quantities, spec, true)}, {"arms", std::move(arms)}};
}

std::string g_formula_text(const GFormulaResult& result, const EmulationSpec& spec,
                           std::string_view lang) {
  const bool zh = lang == "zh";
  std::string out = zh ? "参数化 g 公式\n" : "parametric g-formula\n";
  out += lines(result.quantities, spec, result.replicates > 1, zh);
  out += fmt::format(
      fmt::runtime(
          zh ? "  自然进程：模拟与观察的风险最多相差 {:.3f}{}\n"
             : "  natural course: simulated and observed risk differ by at most {:.3f}{}\n"),
      result.natural_course_gap,
      result.natural_course_gap <= kGapMax
          ? ""
          : (zh ? "，模型与数据不符" : ": the models do not fit the data"));
  return out;
}

std::string ltmle_text(const LtmleResult& result, const EmulationSpec& spec,
                       std::string_view lang) {
  const bool zh = lang == "zh";
  std::string out = zh ? "纵向 TMLE（双重稳健）\n" : "longitudinal TMLE (doubly robust)\n";
  out += lines(result.quantities, spec, true, zh);
  for (const LtmleArm& arm : result.arms) {
    if (arm.means_instead > 0) {
      out += fmt::format(
          fmt::runtime(zh ? "  {}：有 {} 个月的回归无法拟合，改用均值\n"
                          : "  {}: in {} months the regression could not be fitted and the mean "
                            "stands instead\n"),
          arm.name, arm.means_instead);
    }
  }
  return out;
}

json::object structural_json(const StructuralResult& result) {
  json::array terms;
  for (const StructuralTerm& term : result.terms) {
    terms.push_back(json::object{{"term", term.name},
                                 {"log_odds", term.log_odds},
                                 {"se", term.se},
                                 {"ci_low", term.low},
                                 {"ci_high", term.high},
                                 {"odds_ratio", std::exp(term.log_odds)}});
  }
  return {{"terms", std::move(terms)},
          {"converged", result.converged},
          {"person_months", result.rows},
          {"events", result.events},
          {"weights", {{"mean", result.weight_mean}, {"max", result.weight_max}}}};
}

std::string structural_text(const StructuralResult& result, std::string_view lang) {
  const bool zh = lang == "zh";
  std::string out = fmt::format(
      fmt::runtime(zh ? "边际结构模型（月事件的比值比；权重均值 {:.2f}，最大 {:.1f}）\n"
                      : "marginal structural model (odds ratios of a month's event; weights mean "
                        "{:.2f}, largest {:.1f})\n"),
      result.weight_mean, result.weight_max);
  for (std::size_t j = 1; j < result.terms.size(); ++j) {
    const StructuralTerm& term = result.terms[j];
    out += fmt::format(fmt::runtime(zh ? "  {}：{:.4g}（95% 区间 {:.4g} 至 {:.4g}）\n"
                                       : "  {}: {:.4g} (95 % {:.4g} to {:.4g})\n"),
                       term.name, std::exp(term.log_odds), std::exp(term.low), std::exp(term.high));
  }
  return out;
}

}  // namespace thaw::effect
