#include "inquiry/claim_synthesis.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <map>

#include "base/digest.h"
#include "effect/synthesis_json.h"
#include "evidence/effect_scale.h"
#include "evidence/record_line.h"
#include "evidence/records_json.h"
#include "inquiry/registry_loop.h"
#include "stats/distributions.h"

namespace thaw::inquiry {
namespace {

namespace json = boost::json;

struct OnScale {
  std::string item, label;
  std::string group;
  evidence::NaturalEffect effect;
};

using LeftOut = std::vector<std::pair<std::string, effect::Sentence>>;

bool pools_others(const evidence::Item& item) {
  return item.study_kind.starts_with("meta_analysis");
}

/// The effects of the claim's items that carry a number and an error, or why not.
std::vector<OnScale> effects_of(const evidence::Knowledge& knowledge, const evidence::Claim& claim,
                                LeftOut& left_out) {
  std::vector<OnScale> all;
  const bool has_studies = std::ranges::any_of(claim.items, [&](std::size_t index) {
    const evidence::Item& item = knowledge.items()[index];
    return item.effect && !item.synthetic && !pools_others(item);
  });
  for (const std::size_t index : claim.items) {
    const evidence::Item& item = knowledge.items()[index];
    if (has_studies && pools_others(item)) {  // its people would be counted twice
      left_out.push_back({item.id,
                          {"it pools studies, which stand here by themselves",
                           "\u5b83\u5408\u5e76\u7684\u662f\u5176\u4ed6\u7814\u7a76\uff0c"
                           "\u800c\u90a3\u4e9b\u7814\u7a76\u5df2\u5728\u6b64\u5355\u72ec"
                           "\u8ba1\u5165"}});
      continue;
    }
    if (item.synthetic || !item.effect) {
      left_out.push_back({item.id, {"no figure is printed", "没有给出数字"}});
      continue;
    }
    const auto effect = evidence::natural_effect(*item.effect, item.n);
    if (!effect || !effect->estimate_printed || !(effect->se > 0)) {
      left_out.push_back({item.id,
                          {"the figure has no scale on which effects add, or no standard error",
                           "该数字没有可相加的尺度，或没有标准误"}});
      continue;
    }
    all.push_back({item.id, item.group_label.empty() ? item.id : item.group_label,
                   fmt::format("g{}", knowledge.group_of(index)), *effect});
  }
  return all;
}

/// The scale that most of them are on, the first by name among equals.
std::string common_scale(const std::vector<OnScale>& all) {
  std::map<std::string, std::size_t> counts;
  for (const OnScale& one : all) {
    ++counts[one.effect.scale];
  }
  std::string best;
  for (const auto& [scale, count] : counts) {
    if (best.empty() || count > counts[best]) {
      best = scale;
    }
  }
  return best;
}

/// One for each independent group on `scale`, the surest; the others are named.
std::vector<OnScale> independent(const std::vector<OnScale>& all, const std::string& scale,
                                 LeftOut& left_out) {
  std::map<std::string, OnScale> kept;
  for (const OnScale& one : all) {
    if (one.effect.scale != scale) {
      left_out.push_back({one.item,
                          {fmt::format("it is on another scale ({})", one.effect.scale),
                           fmt::format("尺度不同（{}）", one.effect.scale)}});
      continue;
    }
    const auto [place, fresh] = kept.try_emplace(one.group, one);
    if (fresh) {
      continue;
    }
    const bool surer = one.effect.se < place->second.effect.se;
    const std::string other = surer ? place->second.item : one.item;
    if (surer) {
      place->second = one;
    }
    left_out.push_back(
        {other, {"another item of the same people is surer", "同一批人另有更精确的条目"}});
  }
  std::vector<OnScale> out;
  for (auto& [group, one] : kept) {
    out.push_back(std::move(one));
  }
  return out;
}

Result<double> field(const json::object& document, std::string_view key) {
  const json::value* value = document.if_contains(key);
  if (value == nullptr || !value->is_number()) {
    return invalid_argument(fmt::format("the estimate has no number \"{}\"", key));
  }
  return value->to_number<double>();
}

/// Whether the estimate is a hazard ratio; it may only bear on the outcome that its unit is of.
Result<bool> is_ratio(const evidence::Claim& claim, const std::string& unit) {
  const bool ratio = unit == "HR" || unit == "hazard ratio";
  if (!ratio && unit != "points/month") {
    return invalid_argument(fmt::format(
        "the estimate is in \"{}\"; trials of a claim can be joined by HR or points/month", unit));
  }
  const std::string_view object = ratio ? kSurvivalConcept : kDeclineConcept;
  if (claim.object != object) {
    return invalid_argument(
        fmt::format("the estimate is in {}, which speaks of {} alone, and this claim is about "
                    "{}; give an estimate of that outcome",
                    unit, object, claim.object));
  }
  return ratio;
}

/// The document's own word on its people; anything but false and null counts as "made up".
bool made_up(const json::object& document) {
  const json::value* synthetic = document.if_contains("synthetic");
  return synthetic != nullptr && !synthetic->is_null() && *synthetic != json::value(false);
}

/// The group of the registry's people among the knowledge's items, or one of their own.
std::string registry_group(const evidence::Knowledge& knowledge) {
  for (std::size_t i = 0; i < knowledge.items().size(); ++i) {
    if (std::ranges::find(knowledge.items()[i].group_keys, kRegistryPeople) !=
        knowledge.items()[i].group_keys.end()) {
      return fmt::format("g{}", knowledge.group_of(i));
    }
  }
  return std::string(kRegistryPeople);
}

Result<evidence::Item> item_of(const evidence::Claim& claim, const json::object& document) {
  THAW_TRY(const double value, field(document, "estimate"));
  THAW_TRY(const double low, field(document, "ci_low"));
  THAW_TRY(const double high, field(document, "ci_high"));
  const json::value* unit = document.if_contains("unit");
  const std::string word =
      unit != nullptr && unit->is_string() ? std::string(unit->as_string()) : "";
  THAW_TRY(const bool ratio, is_ratio(claim, word));
  if (!(low < high) || !(value >= low) || !(value <= high) || (ratio && !(low > 0))) {
    return invalid_argument(
        fmt::format("the estimate {} with its interval {} to {} makes no sense", value, low, high));
  }
  effect::Estimate estimate;
  estimate.estimate = value;
  estimate.ci_low = low;
  estimate.ci_high = high;
  estimate.unit = word;
  estimate.scale = ratio ? effect::Scale::kRatio : effect::Scale::kDifference;
  estimate.se = (ratio ? std::log(high / low) : high - low) / (2 * stats::kZ95);
  if (const json::value* n = document.if_contains("n"); n != nullptr && n->is_number()) {
    estimate.n = static_cast<std::size_t>(std::max(0.0, n->to_number<double>()));
  }
  evidence::Item item = registry_item(claim, estimate, ratio, made_up(document));
  const std::string hash = sha256_hex(json::serialize(document)).substr(0, 12);
  item.id = fmt::format("registry_estimate:{}:{}:{}:{}", claim.subject, claim.object,
                        ratio ? "hazard_ratio" : "slope_difference", hash);
  item.source = "registry:estimate:" + hash;
  item.group_keys = {item.source, std::string(kRegistryPeople)};
  return item;
}

Result<Table> table_of(const std::vector<OnScale>& all) {
  std::vector<std::string> labels;
  std::vector<double> x, se;
  for (const OnScale& one : all) {
    labels.push_back(one.label);
    x.push_back(one.effect.x);
    se.push_back(one.effect.se);
  }
  Table table;
  THAW_CHECK(table.add_column(Column::text("study", labels)));
  THAW_CHECK(table.add_column(Column::real("effect", x)));
  THAW_CHECK(table.add_column(Column::real("se", se)));
  return table;
}

}  // namespace

Result<ClaimSynthesis> synthesize_claim(const evidence::Knowledge& knowledge,
                                        std::string_view claim_id, const json::object* document) {
  ClaimSynthesis out;
  out.claim = knowledge.find_claim(claim_id);
  if (out.claim == nullptr) {
    return not_found(fmt::format(
        "no claim has the id \"{}\"; `thaw evidence weigh` shows the ids of claims", claim_id));
  }
  std::vector<OnScale> all = effects_of(knowledge, *out.claim, out.left_out);
  if (document != nullptr) {
    THAW_TRY(out.registry, item_of(*out.claim, *document));
    const auto effect = evidence::natural_effect(*out.registry->effect, out.registry->n);
    if (out.registry->synthetic) {
      out.left_out.push_back({out.registry->id, {"its people are synthetic", "其中的人是合成的"}});
    } else if (effect && effect->se > 0) {
      all.push_back({out.registry->id, "registry", registry_group(knowledge), *effect});
    }
  }
  out.scale = common_scale(all);
  const std::vector<OnScale> pooled = independent(all, out.scale, out.left_out);
  if (pooled.size() < 2) {
    return invalid_argument(
        fmt::format("the claim has {} independent effects on one scale; pooling needs at least two",
                    pooled.size()));
  }
  THAW_TRY(const Table table, table_of(pooled));
  effect::SynthesisRequest request;
  request.effect = "effect";
  request.se = "se";
  request.label = "study";
  request.measure = out.scale;
  request.knapp_hartung = true;
  request.widen_only = true;
  THAW_TRY(out.pooled, effect::synthesize(table, request));
  return out;
}

json::object claim_synthesis_json(const ClaimSynthesis& s) {
  json::object out = effect::synthesis_json(s.pooled);
  out["claim"] = s.claim->id;
  out["scale"] = s.scale;
  json::array left_out;
  for (const auto& [item, reason] : s.left_out) {
    left_out.emplace_back(
        json::object{{"item", item}, {"reason", {{"en", reason.en}, {"zh", reason.zh}}}});
  }
  out["left_out"] = std::move(left_out);
  out["registry_item"] =
      s.registry ? json::value(evidence::to_json(*s.registry)) : json::value(nullptr);
  return out;
}

Result<std::string> registry_evidence_lines(const ClaimSynthesis& s) {
  if (!s.registry) {
    return invalid_argument("there is no registry estimate to send; give one with --with");
  }
  if (s.registry->synthetic) {
    return invalid_argument(
        "the estimate says that its people are synthetic, so it is no evidence; leave out "
        "--to-evidence");
  }
  evidence::Source source;
  source.id = s.registry->source;
  source.citation = "Registry analysis " + s.registry->id;
  return evidence::record_line(source) + "\n" + evidence::record_line(*s.registry) + "\n";
}

}  // namespace thaw::inquiry
