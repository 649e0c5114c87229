#include "effect/effect_json.h"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cmath>

namespace thaw::effect {
namespace {

namespace json = boost::json;

/// A number, or null where there is none.
json::value number(double value) {
  return std::isfinite(value) ? json::value(value) : json::value(nullptr);
}

json::value number(const std::optional<double>& value) {
  return value ? number(*value) : json::value(nullptr);
}

json::object both(const Words& words) {
  return {{"en", words.en}, {"zh", words.zh}};
}

json::object interval(const Estimate& estimate) {
  return {{"estimate", number(estimate.estimate)},
          {"se_log", number(estimate.se)},
          {"ci_low", number(estimate.ci_low)},
          {"ci_high", number(estimate.ci_high)}};
}

json::value overlap(const EffectAnswer& answer) {
  if (!answer.overlap) {
    return nullptr;
  }
  const Diagnostics& d = answer.estimate.diagnostics;
  const Overlap& o = *answer.overlap;
  json::array counts[2];
  for (std::size_t arm = 0; arm < 2; ++arm) {
    for (const std::size_t count : o.counts[arm]) {
      counts[arm].emplace_back(count);
    }
  }
  return json::object{
      {"propensity_min", number(d.propensity_min)},
      {"propensity_max", number(d.propensity_max)},
      {"outside_overlap", number(d.outside_overlap)},
      {"extreme_share", number(o.extreme_share)},
      {"histogram",
       {{"bins", 20}, {"untreated", std::move(counts[0])}, {"treated", std::move(counts[1])}}}};
}

json::value weights(const EffectAnswer& answer) {
  if (!answer.overlap) {
    return nullptr;
  }
  const Diagnostics& d = answer.estimate.diagnostics;
  const Overlap& o = *answer.overlap;
  return json::object{
      {"of", o.weights_of},
      {"mean", number(d.weight_mean)},
      {"max", number(d.weight_max)},
      {"largest_share", number(o.largest_share)},
      {"effective_n", number(d.effective_n)},
      {"treated",
       {{"n", static_cast<std::int64_t>(o.treated)}, {"effective_n", number(o.effective_treated)}}},
      {"untreated",
       {{"n", static_cast<std::int64_t>(o.untreated)},
        {"effective_n", number(o.effective_untreated)}}}};
}

json::array balance(const EffectAnswer& answer) {
  json::array array;
  for (const CovariateBalance& b : answer.balance) {
    array.push_back(
        json::object{{"term", b.term},
                     {"before", number(b.before)},
                     {"after", answer.balance_after ? number(b.after) : json::value(nullptr)}});
  }
  return array;
}

json::value first_stage(const EffectAnswer& answer) {
  if (!answer.first_stage) {
    return nullptr;
  }
  const FirstStage& s = *answer.first_stage;
  const char* kind =
      !s.ar_low ? (answer.request.question.instruments.size() == 1 ? "everything" : "not_done")
                : (s.ar_bounded ? "interval" : "outside");
  return json::object{
      {"f", number(s.f)},
      {"f_robust", number(s.f_robust)},
      {"partial_r2", number(s.partial_r2)},
      {"anderson_rubin", {{"kind", kind}, {"low", number(s.ar_low)}, {"high", number(s.ar_high)}}}};
}

json::value refits(const std::optional<Refits>& refits) {
  if (!refits) {
    return nullptr;
  }
  json::object object{{"replicates", refits->replicates},
                      {"failed", refits->failed},
                      {"mean", number(refits->mean)},
                      {"sd", number(refits->sd)}};
  if (refits->p) {
    object["p"] = number(*refits->p);
  }
  return object;
}

json::value partial_r2(const std::optional<PartialR2>& found) {
  if (!found) {
    return nullptr;
  }
  json::array like;
  for (const HiddenLike& h : found->like) {
    const auto left = [&](double value) {
      return h.possible ? number(value) : json::value(nullptr);
    };
    like.push_back(json::object{{"term", h.term},
                                {"possible", h.possible},
                                {"r2_treatment", left(h.r2_treatment)},
                                {"r2_outcome", left(h.r2_outcome)},
                                {"estimate", left(h.estimate)},
                                {"ci_low", left(h.ci_low)},
                                {"ci_high", left(h.ci_high)}});
  }
  return json::object{{"regression_estimate", number(found->estimate)},
                      {"regression_se", number(found->se)},
                      {"r2", number(found->r2)},
                      {"robustness_value", number(found->robustness)},
                      {"robustness_value_interval", number(found->robustness_interval)},
                      {"as_strong_as", std::move(like)}};
}

json::value tipping(const std::optional<TippingPoint>& point) {
  if (!point) {
    return nullptr;
  }
  return json::object{{"missing_treated", point->missing_treated},
                      {"missing_untreated", point->missing_untreated},
                      {"share_treated", number(point->share_treated)},
                      {"share_untreated", number(point->share_untreated)},
                      {"treated_shift_to_null", number(point->treated)},
                      {"opposed_shift_to_null", number(point->opposed)},
                      {"opposed_shift_to_interval", number(point->opposed_limit)},
                      {"outcome_sd", number(point->outcome_sd)}};
}

json::value negative(const EffectAnswer& answer) {
  if (!answer.negative) {
    return nullptr;
  }
  const NegativeControls& n = *answer.negative;
  json::array controls;
  for (const NegativeControl& c : n.controls) {
    const bool there = c.failure.empty();
    const auto shown = [&](double value) { return there ? number(value) : json::value(nullptr); };
    controls.push_back(
        json::object{{"outcome", c.outcome},
                     {"estimate", shown(c.estimate)},
                     {"se", shown(c.se)},
                     {"ci_low", shown(c.ci_low)},
                     {"ci_high", shown(c.ci_high)},
                     {"n", c.n},
                     {"failure", there ? json::value(nullptr) : json::value(c.failure)}});
  }
  json::object object{{"unit", "SD"},
                      {"controls", std::move(controls)},
                      {"off", n.off},
                      {"p", number(n.p)},
                      {"error_mean", number(n.error_mean)},
                      {"error_sd", number(n.error_sd)},
                      {"calibrated", nullptr}};
  if (answer.calibrated) {
    const Calibrated& c = *answer.calibrated;
    object["calibrated"] = json::object{{"estimate", number(c.estimate)},
                                        {"se", number(c.se)},
                                        {"ci_low", number(c.ci_low)},
                                        {"ci_high", number(c.ci_high)},
                                        {"p", number(c.p)}};
  }
  return object;
}

json::object refutation(const EffectAnswer& answer) {
  json::array checks;
  for (const Check& check : answer.checks) {
    checks.push_back(json::object{
        {"name", check.name}, {"status", to_string(check.status)}, {"text", both(check.words)}});
  }
  json::value e_value = nullptr;
  if (answer.e_value) {
    e_value = json::object{{"value", number(answer.e_value->value)},
                           {"limit", number(answer.e_value->limit)}};
  }
  return {{"checks", std::move(checks)},
          {"e_value", std::move(e_value)},
          {"partial_r2", partial_r2(answer.partial_r2)},
          {"tipping_point", tipping(answer.tipping)},
          {"placebo_treatment", refits(answer.placebo)},
          {"random_common_cause", refits(answer.random_cause)},
          {"subsets", refits(answer.subset)},
          {"negative_controls", negative(answer)}};
}

json::array side_by_side(const EffectAnswer& answer) {
  json::array array;
  for (const SideBySide& side : answer.side_by_side) {
    array.push_back(json::object{
        {"method", side.method},
        {"estimand", side.estimand},
        {"estimate", number(side.estimate)},
        {"se", number(side.se)},
        {"ci_low", number(side.ci_low)},
        {"ci_high", number(side.ci_high)},
        {"failure", side.failure.empty() ? json::value(nullptr) : json::value(side.failure)}});
  }
  return array;
}

json::value ratios(const std::optional<RiskRatios>& r) {
  if (!r) {
    return nullptr;
  }
  return json::object{{"risk_treated", number(r->risk_treated)},
                      {"risk_untreated", number(r->risk_untreated)},
                      {"risk_ratio", interval(r->risk_ratio)},
                      {"odds_ratio", interval(r->odds_ratio)}};
}

json::object excluded(const EffectAnswer& answer) {
  json::array gaps;
  for (const Gap& gap : answer.gaps) {
    gaps.push_back(json::object{{"column", gap.column}, {"rows", gap.rows}});
  }
  return {{"rows", answer.excluded}, {"gaps", std::move(gaps)}};
}

}  // namespace

json::object effect_document(const EffectAnswer& answer) {
  const Estimate& e = answer.estimate;
  const Settings& s = answer.request.settings;
  json::array warnings;
  for (const Words& warning : answer.warnings) {
    warnings.push_back(both(warning));
  }
  json::object document;
  document["first"] = answer.first ? json::value(both(*answer.first)) : json::value(nullptr);
  document["synthetic"] = answer.synthetic;
  document["estimate"] = number(e.estimate);
  document["se"] = number(e.se);
  document["ci_low"] = number(e.ci_low);
  document["ci_high"] = number(e.ci_high);
  document["unit"] = e.unit;
  document["n"] = e.n;
  document["estimand"] = s.method == Method::kIv ? "late" : to_string(s.population);
  document["estimand_text"] = both(answer.treatment_words);
  document["method"] = to_string(s.method);
  document["method_text"] = both(answer.method_words);
  document["outcome_kind"] = answer.binary_outcome ? "binary" : "number";
  document["treatment_kind"] = answer.binary_treatment ? "binary" : "number";
  document["outcome_sd"] = number(answer.outcome_sd);
  document["se_model"] = number(answer.se_model);
  document["ratios"] = ratios(answer.ratios);
  document["side_by_side"] = side_by_side(answer);
  document["diagnostics"] = json::object{{"overlap", overlap(answer)},
                                         {"weights", weights(answer)},
                                         {"balance", balance(answer)},
                                         {"first_stage", first_stage(answer)}};
  document["refutation"] = refutation(answer);
  document["learner"] = to_string(s.learner);
  document["seed"] = s.seed;
  document["data_hash"] = answer.data_hash;
  document["excluded"] = excluded(answer);
  document["warnings"] = std::move(warnings);
  document["request"] = effect_request_document(answer.request);
  return document;
}

}  // namespace thaw::effect
