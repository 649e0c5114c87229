#include "inquiry/estimate_evidence.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cmath>
#include <optional>

#include "base/digest.h"
#include "evidence/record_line.h"
#include "inquiry/registry_loop.h"
#include "stats/distributions.h"

namespace thaw::inquiry {
namespace {

namespace json = boost::json;

constexpr std::string_view kRateUnit = "points/month";

std::optional<double> number(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_number() ? std::optional(value->to_number<double>())
                                                : std::nullopt;
}

struct Interval {
  double value, low, high;
};

std::optional<Interval> interval(const json::object& object) {
  const auto value = number(object, "estimate");
  const auto low = number(object, "ci_low");
  const auto high = number(object, "ci_high");
  return value && low && high ? std::optional(Interval{*value, *low, *high}) : std::nullopt;
}

/// The interval of a normal estimate with one more source of error of standard deviation `bias`.
Interval widened(const Interval& given, double bias) {
  const double se = (given.high - given.low) / (2 * stats::kZ95);
  const double half = stats::kZ95 * std::hypot(se, bias);
  return {given.value, given.value - half, given.value + half};
}

/// The figure that a weight can be worked out from, where the estimate has one.
std::optional<evidence::PrintedEffect> figure(const json::object& estimate,
                                              const evidence::Concept& object, HigherMeans higher) {
  evidence::PrintedEffect effect;
  effect.positive_means =
      higher == HigherMeans::kMore ? evidence::Sign::kRaises : evidence::Sign::kLowers;
  const json::value& ratios = estimate.at("ratios");
  if (ratios.is_object()) {
    const auto ratio = interval(ratios.get_object().at("risk_ratio").as_object());
    if (!ratio || ratio->value <= 0 || ratio->low <= 0) {
      return std::nullopt;
    }
    const Interval log = widened(
        {std::log(ratio->value), std::log(ratio->low), std::log(ratio->high)}, kBiasSdLogHazard);
    effect.measure = "risk_ratio";
    effect.value = ratio->value;
    effect.low = std::exp(log.low);
    effect.high = std::exp(log.high);
    effect.printed =
        fmt::format("risk ratio {:.3g} ({:.3g} to {:.3g}); interval widened for a bias sd of {}",
                    ratio->value, ratio->low, ratio->high, kBiasSdLogHazard);
    return effect;
  }
  const auto difference = interval(estimate);
  if (!difference || estimate.at("unit").as_string() != kRateUnit || object.id != kDeclineConcept) {
    return std::nullopt;
  }
  const Interval wide = widened(*difference, kBiasSdPointsPerMonth);
  effect.measure = "alsfrs_r_rate_difference";
  effect.value = wide.value;
  effect.low = wide.low;
  effect.high = wide.high;
  effect.printed =
      fmt::format("{:.3g} points/month ({:.3g} to {:.3g}); interval widened for a bias sd of {}",
                  wide.value, difference->low, difference->high, kBiasSdPointsPerMonth);
  return effect;
}

std::string data_hash(const json::object& analysis) {
  return std::string(analysis.at("analysis").at("data_hash").as_string());
}

}  // namespace

Result<evidence::Item> estimate_item(const json::object& analysis, const evidence::Concept& subject,
                                     const evidence::Concept& object, HigherMeans higher) {
  const json::value* found = analysis.if_contains("estimate");
  if (found == nullptr || !found->is_object()) {
    return invalid_argument("this analysis has no estimate to send");
  }
  if (subject.id == object.id) {
    return invalid_argument("treatment and outcome are the same concept");
  }
  const json::object& estimate = found->get_object();
  const auto whole = interval(estimate);
  if (!whole) {
    return invalid_argument("this estimate has no interval, so it cannot be weighed");
  }
  evidence::Item item;
  const std::string hash = data_hash(analysis).substr(0, 16);
  const std::string method(estimate.at("method").as_string());
  // The whole question is in the id: another set held equal is another item.
  const std::string question = sha256_hex(json::serialize(analysis.at("analysis"))).substr(0, 12);
  item.id = fmt::format("estimate:{}:{}:{}:{}:{}", hash, method, question, subject.id, object.id);
  item.subject = subject.id;
  item.object = object.id;
  item.effect = figure(estimate, object, higher);
  const bool up = (whole->value > 0) == (higher == HigherMeans::kMore);
  item.sign = up ? evidence::Sign::kRaises : evidence::Sign::kLowers;
  item.relation = up ? "raises" : "lowers";
  item.direction = whole->low <= 0 && whole->high >= 0 ? evidence::Direction::kInconclusive
                                                       : evidence::Direction::kSupports;
  item.study_kind = "registry_analysis";
  item.grade = "weak";
  item.extractor = "thaw effect";
  item.n = number(estimate, "n");
  if (estimate.at("first").is_object()) {
    item.quality = kQualityOfFailed;
    item.quality_reason = std::string(estimate.at("first").at("en").as_string());
  }
  item.note = fmt::format("Estimated by {} from one table without a randomised treatment.", method);
  item.note_zh = fmt::format("由 {} 从一个没有随机分组的表中估计。", method);
  item.source = "table:" + hash;
  item.group_keys = {item.source};
  item.group_label = "table " + hash.substr(0, 8);
  return item;
}

std::string estimate_lines(const json::object& analysis, const evidence::Item& item) {
  evidence::Source source;
  source.id = item.source;
  source.citation = fmt::format("An analysis of a table, SHA-256 {}", data_hash(analysis));
  return evidence::record_line(source) + "\n" + evidence::record_line(item) + "\n";
}

}  // namespace thaw::inquiry
