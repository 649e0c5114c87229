#include <fmt/format.h>

#include "effect/effect_words.h"
#include "effect/emulate_json.h"
#include "effect/emulation_words.h"

namespace thaw::effect {
namespace {

std::string in(const BothTexts& texts, bool zh) {
  return zh ? texts.zh : texts.en;
}

std::string name_of(const std::string& analysis, bool zh) {
  if (analysis == "per_protocol") {
    return zh ? "符合方案（克隆、删失、加权）" : "per protocol (clone, censor, weight)";
  }
  if (analysis == "intention_to_treat") {
    return zh ? "意向性（按零点用药，加权）" : "intention to treat (by time zero, weighted)";
  }
  return zh ? "未加权，仅供对照" : "naive (unweighted, for comparison only)";
}

void add_quantity(const Quantity& q, const AnalysisResult& analysis, const EmulationSpec& spec,
                  bool zh, std::string& out) {
  const ArmResult& arm = analysis.arms[q.arm];
  const std::string unit = measure_unit(q.measure, spec);
  out += fmt::format("  {}", in(arm.label, zh));
  if (q.against) {
    out += fmt::format(fmt::runtime(zh ? " 对比 {}" : " against {}"),
                       in(analysis.arms[*q.against].label, zh));
  }
  out += fmt::format(fmt::runtime(zh ? "：{} " : ": {} "), in(measure_words(q.measure, spec), zh));
  if (!q.known) {
    out += zh ? "无法得出\n" : "cannot be had\n";
    return;
  }
  out += fmt::format(
      fmt::runtime(zh ? "{:.4g}（95% 区间 {:.4g} 至 {:.4g}）" : "{:.4g} (95 % {:.4g} to {:.4g})"),
      q.value, q.low, q.high);
  const bool bare = unit == "ratio" || unit == "probability";
  out += bare ? "\n" : fmt::format(" {}\n", unit_words(unit, zh));
}

}  // namespace

std::string emulation_text(const EmulationResult& result, const EmulationSpec& spec,
                           std::string_view lang) {
  const bool zh = lang == "zh";
  std::string out;
  for (const Caution& caution : result.cautions) {
    out += fmt::format(fmt::runtime(zh ? "注意：{}\n" : "caution: {}\n"), in(caution.text, zh));
  }
  if (!spec.title.en.empty()) {
    out += in(spec.title, zh) + "\n";
  }
  const TrialFlow& flow = result.flow;
  out += fmt::format(
      fmt::runtime(zh ? "{} 人、{} 个人月；符合条件 {} 人，试验 {} 次，其中 {} 次零点用药\n"
                      : "{} people, {} person-months; {} eligible, {} trials, {} treated at time "
                        "zero\n"),
      flow.people, flow.person_months, flow.enrolled, flow.trials, flow.treated_at_zero);
  for (const AnalysisResult& analysis : result.analyses) {
    out += name_of(analysis.name, zh) + "\n";
    for (const Quantity& q : analysis.quantities) {
      add_quantity(q, analysis, spec, zh, out);
    }
  }
  if (result.e_value) {
    out += fmt::format(
        fmt::runtime(
            zh ? "E 值 {:.2f}，区间近端 {:.2f}：未测混杂须与两者都有这样的风险比才能解释掉结果\n"
               : "E-value {:.2f}, of the nearer limit {:.2f}: the risk ratio that an "
                 "unmeasured confounder would need with both\n"),
        result.e_value->value, result.e_value->limit);
  }
  return out;
}

}  // namespace thaw::effect
