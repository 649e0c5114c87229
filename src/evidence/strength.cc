#include "evidence/strength.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "stats/distributions.h"

namespace thaw::evidence {
namespace {

bool is_trial(const std::string& kind) {
  return kind.starts_with("rct") || kind == "subgroup_analysis" || kind == "open_label" ||
         kind == "meta_analysis_rct" || kind == "adjusted_cohort" || kind == "registry_analysis";
}

/// Share that counts for the population asked for.
double transport(const Knowledge& knowledge, const Item& item, const WeightParameters& p,
                 const std::string& asked) {
  if (asked.empty() || item.population == asked) {
    return 1;
  }
  if (item.population.empty()) {
    return p.transport.at("unstated");
  }
  const Concept* subject = knowledge.find_concept(item.subject);
  const Concept* object = knowledge.find_concept(item.object);
  const bool allele = subject != nullptr && object != nullptr && subject->kind == "gene_variant" &&
                      object->kind == "disease";
  return p.transport.at(allele ? "allele" : is_trial(item.study_kind) ? "trial" : "molecular");
}

double status_factor(const Source& source, const WeightParameters& p, std::optional<int> as_of) {
  if (as_of && source.status_year && *source.status_year > *as_of) {
    return 1;
  }
  switch (source.status) {
    case SourceStatus::kRetracted:
      return 0;
    case SourceStatus::kConcern:
      return p.concern_status;
    case SourceStatus::kOk:
    case SourceStatus::kCorrected:
      break;
  }
  return 1;
}

/// Everything after the likelihood or the grade: cap, discounts, reading.
struct Bounds {
  double cap;
  double factor;
  double faithful;

  double apply(double nats) const {
    return discount_for_reading(std::clamp(nats, -cap, cap) * factor, faithful);
  }
};

std::optional<ShownEffect> shown(const Knowledge& knowledge, const Item& item,
                                 const NaturalEffect& e, double d) {
  const Concept* object = knowledge.find_concept(item.object);
  const std::string wanted = object == nullptr ? "" : object->wanted;
  ShownEffect s;
  s.measure = item.effect->measure;
  s.estimate_printed = e.estimate_printed;
  s.interval_printed = e.interval_printed;
  // The interval as printed where it is, else what the error gives.
  std::optional<double> low = e.low;
  std::optional<double> high = e.high;
  if (!low && e.se > 0) {
    low = e.x - stats::kZ95 * e.se;
    high = e.x + stats::kZ95 * e.se;
  }
  const bool ratio = e.scale == "log_ratio";
  // So that above 1 is worse for a ratio, and above 0 is better for a difference.
  const double turn = wanted == (ratio ? "raises" : "lowers") ? -1 : 1;
  const auto on_scale = [&](double x) { return ratio ? std::exp(turn * x) : turn * x; };
  s.unit = ratio ? "ratio" : e.scale == "sd" ? "SD" : "points/month";
  s.reference = ratio ? 1 : 0;
  s.better = wanted.empty() ? "" : ratio ? "lower" : "higher";
  s.smallest_effect = ratio ? std::exp(-d) : d;
  s.value = on_scale(e.x);
  if (low && high) {
    s.low = std::min(on_scale(*low), on_scale(*high));
    s.high = std::max(on_scale(*low), on_scale(*high));
  }
  if (!e.estimate_printed) {
    s.value.reset();
    s.low.reset();
    s.high.reset();
  }
  return s;
}

void quantitative(WeighedItem& out, const Knowledge& knowledge, const Item& item, NaturalEffect e,
                  double asked, double d, const Bounds& bounds) {
  out.quantitative = true;
  out.effect = shown(knowledge, item, e, d);
  out.derivation = e.derivation;
  const double y = e.x == 0 ? 0 : asked * e.x;  // never print -0
  const double llr = log_likelihood_ratio(y, e.se, d);
  out.derivation.push_back(fmt::format(
      "LLR = ({:.4g} x {:+.4g} - {:.4g}) / {:.4g}^2 = {:+.3f} nats", d, y, d * d / 2, e.se, llr));
  out.nats = bounds.apply(llr);
  out.nats_low = out.nats_high = out.nats;
  if (e.unsigned_z > 0) {
    const double x = e.unsigned_z * e.se;
    out.nats_low = bounds.apply(log_likelihood_ratio(-x, e.se, d));
    out.nats_high = bounds.apply(log_likelihood_ratio(x, e.se, d));
    out.derivation.push_back(fmt::format("over both signs of |x| = {:.4g}: {:+.3f} to {:+.3f} nats",
                                         x, out.nats_low, out.nats_high));
  }
  out.why = fmt::format("effect and error against the smallest effect that matters: {:+.2f} nats",
                        out.nats);
  out.why_zh = fmt::format("由效应与误差对照最小有意义效应得出：{:+.2f} 奈特", out.nats);
}

void qualitative(WeighedItem& out, const Item& item, Sign asked, double cap, double grade,
                 const Bounds& bounds) {
  double sign = 0;
  if (item.direction == Direction::kNoEffectSeen) {
    sign = -1;
  } else if (item.sign == asked && item.direction != Direction::kInconclusive) {
    sign = item.direction == Direction::kSupports ? 1 : -1;
  }
  out.nats = sign == 0 ? 0 : bounds.apply(sign * cap * grade);
  out.nats_low = out.nats_high = out.nats;
  if (sign == 0) {
    out.why = "inconclusive: it speaks neither for nor against";
    out.why_zh = "结论不明：既不支持也不反对";
    return;
  }
  out.derivation.push_back(
      fmt::format("no figure to weigh: cap {:.4g} x grade '{}' {:.4g} = {:+.3f}", cap,
                  item.grade.empty() ? "unstated" : item.grade, grade, sign * cap * grade));
  out.why = fmt::format("no figure to weigh; the kind of study gives {:+.2f} nats", out.nats);
  out.why_zh = fmt::format("没有可用的数字；按研究类型计 {:+.2f} 奈特", out.nats);
}

void describe_discounts(WeighedItem& out, double raw_cap, double factor, const Item& item,
                        double moved, double status) {
  out.derivation.push_back(fmt::format("cap for its kind of study {:.4g} nats", raw_cap));
  if (factor != 1) {
    out.derivation.push_back(fmt::format(
        "x directness {:.3g} x quality {:.3g} x transport {:.3g} x status {:.3g} = x {:.3g}",
        item.directness, item.quality, moved, status, factor));
  }
  if (item.faithful != 1) {
    out.derivation.push_back(fmt::format("read faithfully with probability {:.3g}", item.faithful));
  }
  if (status == 0) {
    out.why = "retracted: it weighs nothing";
    out.why_zh = "已撤稿：不计权重";
  }
}

}  // namespace

double log_likelihood_ratio(double y, double se, double d) {
  return (d * y - d * d / 2) / (se * se);
}

double discount_for_reading(double l0, double faithful) {
  const double size = std::log(faithful * std::exp(std::abs(l0)) + 1 - faithful);
  return l0 < 0 ? -size : size;
}

std::string effective_kind(const Item& item, const WeightParameters& parameters) {
  if (item.study_kind != "rct") {
    return item.study_kind;
  }
  const bool confirmatory =
      item.phase.value_or(0) >= 3 || (item.n && *item.n >= parameters.confirmatory_n);
  return confirmatory ? "rct_confirmatory" : "rct_phase2";
}

WeighedItem item_strength(const Knowledge& knowledge, std::size_t index, Sign asked,
                          const WeightParameters& p, const WeighOptions& options,
                          const TypicalErrors& errors) {
  const Item& item = knowledge.items()[index];
  const Source& source = *knowledge.find_source(item.source);
  WeighedItem out{.item = index};
  const auto cap = p.cap.find(effective_kind(item, p));
  if (cap == p.cap.end()) {
    out.why = "its kind of study has no cap in the parameter file: it weighs nothing";
    out.why_zh = "参数文件没有给这种研究类型上限：不计权重";
    return out;
  }
  const double moved = transport(knowledge, item, p, options.population);
  const double status = status_factor(source, p, options.as_of);
  const double factor = item.directness * item.quality * moved * status;
  const Bounds bounds{cap->second, factor, item.faithful};
  auto effect = item.effect ? natural_effect(*item.effect, item.n) : std::nullopt;
  if (effect && effect->se_from_n) {
    const auto typical = errors.find(effect->scale);
    if (typical == errors.end()) {
      effect.reset();
    } else {
      effect->se = typical->second.se_times_root_n / std::sqrt(*item.n);
      effect->derivation.push_back(fmt::format(
          "se not printed: median se x sqrt(n) of {} trials {:.4g} / sqrt({}) = {:.4g}",
          typical->second.trials, typical->second.se_times_root_n, *item.n, effect->se));
    }
  }
  const auto smallest = effect ? p.smallest_effect.find(effect->scale) : p.smallest_effect.end();
  if (effect && smallest != p.smallest_effect.end()) {
    quantitative(out, knowledge, item, *effect, asked == Sign::kRaises ? 1 : -1, smallest->second,
                 bounds);
  } else {
    const auto grade = p.grade.find(item.grade.empty() ? "unstated" : item.grade);
    qualitative(out, item, asked, cap->second, grade == p.grade.end() ? 0 : grade->second, bounds);
  }
  describe_discounts(out, cap->second, factor, item, moved, status);
  return out;
}

}  // namespace thaw::evidence
