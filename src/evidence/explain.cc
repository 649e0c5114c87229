#include "evidence/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "evidence/effect_scale.h"
#include "evidence/preset_belief.h"
#include "stats/distributions.h"

namespace thaw::evidence {
namespace {

struct Silenced {
  const char* en;
  const char* zh;
};
constexpr Silenced kRestates = {"restates a result of this group that is printed with a figure",
                                "重复了本组已有数字的同一结果"};
constexpr Silenced kPooledMembers = {"pools trials whose own figures are here already",
                                     "汇总的试验本身的数字已在此计入"};
constexpr Silenced kInsidePooled = {"counted inside the meta-analysis that pools it",
                                    "已包含在汇总它的荟萃分析中"};
constexpr Silenced kWeaker = {"a stronger item of the same group speaks for it",
                              "同组中有更强的条目代表它"};

const Silenced& reason_of(Silence silence) {
  switch (silence) {
    case Silence::kRestates:
      return kRestates;
    case Silence::kPooledMembers:
      return kPooledMembers;
    case Silence::kInsidePooled:
      return kInsidePooled;
    case Silence::kNone:
    case Silence::kWeaker:
      break;
  }
  return kWeaker;
}

ShownEffect shown(const Knowledge& knowledge, const Item& item, const NaturalEffect& e, double d) {
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

/// The figure as it is weighed: its error guessed from n, or its retracted members taken out.
NaturalEffect weighed_effect(const StrengthTable& table, const ItemFacts& facts, const Item& item,
                             const Repooled* repooled) {
  NaturalEffect effect = *natural_effect(*item.effect, item.n);
  if (effect.se_from_n) {
    const TypicalError& typical = *table.typical(facts.scale);
    effect.se = typical.se_times_root_n / std::sqrt(*item.n);
    effect.derivation.push_back(
        fmt::format("se not printed: median se x sqrt(n) of {} trials {:.4g} / sqrt({}) = {:.4g}",
                    typical.trials, typical.se_times_root_n, *item.n, effect.se));
  }
  if (repooled != nullptr && repooled->x) {
    effect.derivation.push_back(fmt::format(
        "pooled again without its retracted members: {:+.4g} (se {:.4g}) becomes {:+.4g} (se "
        "{:.4g})",
        effect.x, effect.se, *repooled->x, *repooled->se));
    effect.x = *repooled->x;
    effect.se = *repooled->se;
    effect.low.reset();
    effect.high.reset();
  }
  return effect;
}

void quantitative(ItemWords& out, const Knowledge& knowledge, const Item& item,
                  const NaturalEffect& e, Sign asked, double d, const Strength& strength) {
  out.effect = shown(knowledge, item, e, d);
  out.derivation = e.derivation;
  const double y = e.x == 0 ? 0 : (asked == Sign::kRaises ? e.x : -e.x);  // never print -0
  const double llr = log_likelihood_ratio(y, e.se, d);
  out.derivation.push_back(fmt::format(
      "LLR = ({:.4g} x {:+.4g} - {:.4g}) / {:.4g}^2 = {:+.3f} nats", d, y, d * d / 2, e.se, llr));
  if (e.unsigned_z > 0) {
    out.derivation.push_back(fmt::format("over both signs of |x| = {:.4g}: {:+.3f} to {:+.3f} nats",
                                         e.unsigned_z * e.se, strength.nats_low,
                                         strength.nats_high));
  }
  out.why = fmt::format("effect and error against the smallest effect that matters: {:+.2f} nats",
                        strength.nats);
  out.why_zh = fmt::format("由效应与误差对照最小有意义效应得出：{:+.2f} 奈特", strength.nats);
}

bool speaks(const Item& item, Sign asked) {
  return item.direction == Direction::kNoEffectSeen ||
         (item.sign == asked && item.direction != Direction::kInconclusive);
}

void qualitative(ItemWords& out, const Item& item, Sign asked, double cap, double grade,
                 const Strength& strength) {
  if (!speaks(item, asked)) {
    out.why = "inconclusive: it speaks neither for nor against";
    out.why_zh = "结论不明：既不支持也不反对";
    return;
  }
  const double sign = item.direction == Direction::kSupports ? 1 : -1;
  out.derivation.push_back(
      fmt::format("no figure to weigh: cap {:.4g} x grade '{}' {:.4g} = {:+.3f}", cap,
                  item.grade.empty() ? "unstated" : item.grade, grade, sign * cap * grade));
  out.why = fmt::format("no figure to weigh; the kind of study gives {:+.2f} nats", strength.nats);
  out.why_zh = fmt::format("没有可用的数字；按研究类型计 {:+.2f} 奈特", strength.nats);
}

void describe_discounts(ItemWords& out, const StrengthTable& table, const ItemFacts& facts,
                        const Item& item, double raw_cap) {
  out.derivation.push_back(fmt::format("cap for its kind of study {:.4g} nats", raw_cap));
  const double moved = table.transport(facts);
  const double status = table.status(facts);
  const double factor = item.directness * item.quality * moved * status;
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

void describe_retracted_members(ItemWords& out, const Repooled& repooled) {
  if (repooled.x) {
    out.why += "; pooled again without what was retracted";
    out.why_zh += "；已剔除撤稿研究后重新汇总";
    return;
  }
  out.derivation.push_back(fmt::format(
      "rests on a retracted study that cannot be taken out: x {:.3g}", repooled.factor));
  out.why += "; rests on a retracted study whose own figure is not known";
  out.why_zh += "；其依据含一项已撤稿且数字未知的研究";
}

/// The pooled estimate of the groups' own figures, on the scale that is shown.
void pool_groups(Explanation& out, const WeighedClaim& weighed) {
  std::map<std::string, std::pair<std::vector<double>, std::vector<double>>> by_unit;
  for (std::size_t g = 0; g < out.groups.size(); ++g) {
    for (std::size_t i = 0; i < out.groups[g].items.size(); ++i) {
      const auto& effect = out.groups[g].items[i].effect;
      if (!weighed.groups[g].items[i].counts || !effect || !effect->value || !effect->low) {
        continue;
      }
      const bool ratio = effect->unit == "ratio";
      const auto on_scale = [&](double x) { return ratio ? std::log(x) : x; };
      const double width = on_scale(*effect->high) - on_scale(*effect->low);
      auto& [values, errors] = by_unit[effect->unit];
      values.push_back(on_scale(*effect->value));
      errors.push_back(width / (2 * stats::kZ95));
    }
  }
  for (const auto& [unit, lists] : by_unit) {
    if (lists.first.size() < 2) {
      continue;
    }
    if (const auto pooled = stats::pool(lists.first, lists.second)) {
      out.pooled = *pooled;
      out.pooled_unit = unit;
      return;
    }
  }
}

/// The group's own sentence: its speaker's, and what the other groups took from it.
void describe_group(GroupWords& words, const WeighedGroup& group, const Facts& facts) {
  const auto speaker = std::ranges::find_if(group.items, &WeighedItem::counts);
  const std::size_t at =
      speaker == group.items.end() ? 0 : static_cast<std::size_t>(speaker - group.items.begin());
  words.why = words.items[at].why;
  words.why_zh = words.items[at].why_zh;
  if (group.link_factor < 1) {
    const std::string& link = facts.links()[group.link];
    words.why += fmt::format("; x {:.3g}, a stronger group shares {}", group.link_factor, link);
    words.why_zh += fmt::format("；与更强的组同属 {}，乘以 {:.3g}", link, group.link_factor);
  }
  if (group.place > 1) {
    words.why += fmt::format("; number {} of its kind without a figure, counts 1/{}", group.place,
                             group.place * group.place);
    words.why_zh += fmt::format("；同类无数字证据中的第 {} 个，计 1/{}", group.place,
                                group.place * group.place);
  }
}

void derive(Explanation& out, const WeighedClaim& weighed, double ignorance_weight) {
  auto& lines = out.derivation;
  lines.push_back(
      fmt::format("prior P = {:.4g}: {:+.3f} nats", weighed.prior, logit(weighed.prior)));
  for (std::size_t g = 0; g < weighed.groups.size(); ++g) {
    const WeighedGroup& group = weighed.groups[g];
    lines.push_back(fmt::format("{:+.3f} nats  {} ({}): {}", group.direction * group.nats,
                                group.label, group.kind, out.groups[g].why));
    for (std::size_t i = 0; i < group.items.size(); ++i) {
      for (const auto& line : out.groups[g].items[i].derivation) {
        if (group.items[i].counts) {
          lines.push_back("    " + line);
        }
      }
    }
  }
  const double log_odds = logit(weighed.prior) + weighed.support - weighed.opposition;
  lines.push_back(
      fmt::format("support {:.3f}, opposition {:.3f} nats", weighed.support, weighed.opposition));
  lines.push_back(fmt::format("log odds = {:+.3f} + {:.3f} - {:.3f} = {:+.3f}; P = {:.3f}",
                              logit(weighed.prior), weighed.support, weighed.opposition, log_odds,
                              logistic(log_odds)));
  lines.push_back(fmt::format("for {:.3f}, against {:.3f}, unknown {:.3f} (W = {:.4g})",
                              weighed.opinion.belief, weighed.opinion.disbelief,
                              weighed.opinion.ignorance, ignorance_weight));
}

}  // namespace

ItemWords item_words(const Knowledge& knowledge, const StrengthTable& table, std::size_t index,
                     Sign asked, const Strength& strength, const Repooled* repooled) {
  const Item& item = knowledge.items()[index];
  const ItemFacts& facts = table.facts()[index];
  ItemWords out;
  const auto cap = table.cap(facts);
  if (!cap) {
    out.why = "its kind of study has no cap in the parameter file: it weighs nothing";
    out.why_zh = "参数文件没有给这种研究类型上限：不计权重";
    return out;
  }
  if (const auto d = table.smallest_effect(facts)) {
    quantitative(out, knowledge, item, weighed_effect(table, facts, item, repooled), asked, *d,
                 strength);
  } else {
    qualitative(out, item, asked, *cap, table.grade(facts), strength);
  }
  describe_discounts(out, table, facts, item, *cap);
  if (repooled != nullptr) {
    describe_retracted_members(out, *repooled);
  }
  return out;
}

Explanation explain(const Weigher& weigher, const WeighedClaim& weighed,
                    const WeighOptions& options) {
  const Knowledge& knowledge = weigher.knowledge();
  const StrengthTable table(knowledge.facts(), weigher.parameters(), options);
  const Claim& claim = *weighed.claim;
  Explanation out;
  for (const auto& group : weighed.groups) {
    GroupWords words;
    for (const auto& item : group.items) {
      const auto without =
          item.rests_on_retracted ? repooled(table, claim, item.item) : std::nullopt;
      const Repooled* left = without ? &*without : nullptr;
      ItemWords own = item_words(knowledge, table, item.item, claim.sign,
                                 table.of(item.item, claim.sign, left), left);
      if (item.silence != Silence::kNone) {
        const Silenced& reason = reason_of(item.silence);
        own.why = fmt::format("weight 0: {}", reason.en);
        own.why_zh = fmt::format("权重 0：{}", reason.zh);
      }
      words.items.push_back(std::move(own));
    }
    describe_group(words, group, knowledge.facts());
    out.groups.push_back(std::move(words));
  }
  pool_groups(out, weighed);
  derive(out, weighed, weigher.parameters().ignorance_weight);
  if (options.preset != Preset::kThaw) {
    auto lines = preset_belief(knowledge, table, options.preset, claim, Words::kYes).lines;
    out.derivation.insert(out.derivation.end(), lines.begin(), lines.end());
  }
  return out;
}

std::string addition_line(double log_odds_before, const Weigher::Addition& addition) {
  return fmt::format("log odds {:+.3f} {:+.3f} = {:+.3f}: P {:.3f} would become {:.3f}",
                     log_odds_before, addition.nats, logit(addition.belief_after),
                     addition.belief_before, addition.belief_after);
}

}  // namespace thaw::evidence
