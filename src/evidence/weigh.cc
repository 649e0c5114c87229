#include "evidence/weigh.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "evidence/explain.h"
#include "evidence/preset_belief.h"

namespace thaw::evidence {
namespace {

Opinion opinion_of(double support, double opposition, double w) {
  const double all = support + opposition + w;
  return {support / all, opposition / all, w / all};
}

/// P over what was not printed: every unprinted sign against the claim, and every one for it.
std::optional<std::pair<double, double>> range_of(const std::vector<WeighedGroup>& groups,
                                                  double prior_nats) {
  double low = prior_nats;
  double high = prior_nats;
  bool any = false;
  for (const auto& group : groups) {
    low += group.nats_low;
    high += group.nats_high;
    any = any || group.nats_low != group.nats_high;
  }
  if (!any) {
    return std::nullopt;
  }
  return std::pair{logistic(low), logistic(high)};
}

void total(WeighedClaim& out, const WeightParameters& p) {
  const Sides sides = sides_of(out.groups);
  out.support = sides.support;
  out.opposition = sides.opposition;
  const double prior_nats = logit(out.prior);
  out.belief = logistic(prior_nats + out.support - out.opposition);
  out.opinion = opinion_of(out.support, out.opposition, p.ignorance_weight);
  const double spoken = out.opinion.belief + out.opinion.disbelief;
  out.conflict = spoken > 0 ? 2 * std::min(out.opinion.belief, out.opinion.disbelief) / spoken : 0;
  out.belief_range = range_of(out.groups, prior_nats);
}

bool is_retracted(const StrengthTable& table, const ItemFacts& item) {
  return item.status == SourceStatus::kRetracted && table.status(item) == 0;
}

/// One question to many claims: the parameters are resolved once.
class ClaimWeigher {
 public:
  ClaimWeigher(const Knowledge& knowledge, const WeightParameters& parameters,
               const WeighOptions& options)
      : knowledge_(knowledge),
        parameters_(parameters),
        options_(options),
        table_(knowledge.facts(), parameters, options) {
    for (std::uint32_t link = 0; link < knowledge.facts().links().size(); ++link) {
      link_factors_.push_back(table_.link_factor(link));
    }
  }

  WeighedClaim weigh(const Claim& claim) const {
    WeighedClaim out;
    out.claim = &claim;
    out.prior = prior_of(claim, parameters_, options_);
    std::vector<Voice> voices;
    voices.reserve(claim.items.size());
    for (const std::size_t index : claim.items) {
      const ItemFacts& item = table_.facts()[index];
      if (item.synthetic) {
        continue;  // shown beside the weight by who asks for it, never in it
      }
      if (table_.undated(item)) {
        out.undated.push_back(index);
      } else if (table_.known_then(item)) {
        voices.push_back(voice_of(claim, index));
      }
    }
    out.groups = weigh_groups(std::move(voices), link_factors_);
    for (auto& group : out.groups) {
      group.kind = table_.facts().kinds()[group.kind_number];
    }
    total(out, parameters_);
    if (options_.preset != Preset::kThaw) {
      out.belief = preset_belief(knowledge_, table_, options_.preset, claim).belief;
      out.belief_range.reset();
    }
    return out;
  }

 private:
  Voice voice_of(const Claim& claim, std::size_t index) const {
    const ItemFacts& item = table_.facts()[index];
    const auto without = item.member_count > 0 ? repooled(table_, claim, index) : std::nullopt;
    const Strength strength = table_.of(index, claim.sign, without ? &*without : nullptr);
    Voice voice{.group = item.group,
                .kind = table_.effective_kind(item),
                .participants = item.participants,
                .retracted = is_retracted(table_, item),
                .label = knowledge_.group_label(item.group),
                .links = table_.facts().links_of(item),
                .members = table_.facts().members_of(item)};
    voice.item.item = index;
    voice.item.nats = strength.nats;
    voice.item.nats_low = strength.nats_low;
    voice.item.nats_high = strength.nats_high;
    voice.item.quantitative = strength.quantitative;
    voice.item.estimate_printed = item.scale != kNoWord && item.estimate_printed;
    voice.item.rests_on_retracted = without.has_value();
    voice.item.repooled = without && without->x;
    return voice;
  }

  const Knowledge& knowledge_;
  const WeightParameters& parameters_;
  const WeighOptions& options_;
  StrengthTable table_;
  std::vector<double> link_factors_;
};

}  // namespace

double prior_of(const Claim& claim, const WeightParameters& p, const WeighOptions& options) {
  if (options.prior) {
    return *options.prior;
  }
  const auto found = p.prior.find(claim.relation);
  return found == p.prior.end() ? p.default_prior : found->second;
}

std::optional<Repooled> repooled(const StrengthTable& table, const Claim& claim,
                                 std::size_t index) {
  const ItemFacts& meta = table.facts()[index];
  const auto members = table.facts().members_of(meta);
  const auto se = table.standard_error(meta);
  double precision = se ? 1 / (*se * *se) : 0;
  double moment = precision * meta.x;
  std::set<int> retracted;  // groups with a retracted item
  std::set<int> taken_out;  // of those, groups whose own figure is known
  for (const std::size_t other : claim.items) {
    const ItemFacts& item = table.facts()[other];
    if (!std::ranges::binary_search(members, item.group) || !is_retracted(table, item)) {
      continue;
    }
    retracted.insert(item.group);
    const auto own = table.standard_error(item);
    if (own && item.scale == meta.scale && item.estimate_printed &&
        taken_out.insert(item.group).second) {
      precision -= 1 / (*own * *own);
      moment -= item.x / (*own * *own);
    }
  }
  if (retracted.empty()) {
    return std::nullopt;
  }
  Repooled out;
  if (se && taken_out == retracted && precision > 0) {
    out.x = moment / precision;
    out.se = 1 / std::sqrt(precision);
  } else {
    out.factor = table.parameters().concern_status;
  }
  return out;
}

WeighedClaim Weigher::weigh(const Claim& claim, const WeighOptions& options) const {
  return ClaimWeigher(knowledge_, parameters_, options).weigh(claim);
}

std::vector<WeighedClaim> Weigher::weigh_all(const WeighOptions& options) const {
  const ClaimWeigher weigher(knowledge_, parameters_, options);
  std::vector<WeighedClaim> out;
  out.reserve(knowledge_.claims().size());
  for (const Claim& claim : knowledge_.claims()) {
    out.push_back(weigher.weigh(claim));
  }
  return out;
}

std::vector<WeighedClaim> Weigher::weigh_between(std::string_view subject, std::string_view object,
                                                 const WeighOptions& options) const {
  const ClaimWeigher weigher(knowledge_, parameters_, options);
  std::vector<WeighedClaim> out;
  for (const Claim* claim : knowledge_.between(subject, object)) {
    out.push_back(weigher.weigh(*claim));
  }
  std::ranges::stable_sort(out, [](const WeighedClaim& a, const WeighedClaim& b) {
    return std::tie(a.claim->qualifiers, b.belief) < std::tie(b.claim->qualifiers, a.belief);
  });
  return out;
}

Weigher::Addition Weigher::would_add(const Claim& claim, const Item& item,
                                     const WeighOptions& options) const {
  // One-item knowledge: the same arithmetic as for any other item, nothing else in sight.
  std::vector<Concept> ends;
  for (const auto& id : std::set<std::string>{item.subject, item.object}) {
    ends.push_back(*knowledge_.find_concept(id));
  }
  Item real = item;
  real.synthetic = false;
  const Source source{.id = item.source};
  const auto alone = Knowledge::build(std::move(ends), {source}, {real});
  Addition out;
  const auto now = weigh(claim, options);
  out.belief_before = now.belief;
  if (alone) {
    const StrengthTable table(alone->facts(), parameters_, options, knowledge_.facts());
    const Strength strength = table.of(0, claim.sign);
    out.nats = strength.nats;
    out.derivation = item_words(*alone, table, 0, claim.sign, strength).derivation;
  }
  const double before = logit(now.prior) + now.support - now.opposition;
  out.belief_after = logistic(before + out.nats);
  out.derivation.push_back(addition_line(before, out));
  return out;
}

}  // namespace thaw::evidence
