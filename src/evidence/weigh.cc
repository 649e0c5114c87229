#include "evidence/weigh.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "evidence/group_weight.h"
#include "evidence/strength.h"

namespace thaw::evidence {
namespace {

TypicalErrors typical_errors(const Knowledge& knowledge, const WeightParameters& parameters,
                             std::optional<int> as_of) {
  TypicalErrors errors;
  for (const auto& [scale, unused] : parameters.smallest_effect) {
    if (const auto typical = typical_error(knowledge, scale, as_of)) {
      errors.emplace(scale, *typical);
    }
  }
  return errors;
}

double prior_of(const Claim& claim, const WeightParameters& p, const WeighOptions& options) {
  if (options.prior) {
    return *options.prior;
  }
  const auto found = p.prior.find(claim.relation);
  return found == p.prior.end() ? p.default_prior : found->second;
}

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

/// The pooled estimate of the groups' own figures, on the scale that is shown.
void pool_groups(WeighedClaim& out) {
  std::map<std::string, std::pair<std::vector<double>, std::vector<double>>> by_unit;
  for (const auto& group : out.groups) {
    for (const auto& item : group.items) {
      if (!item.counts || !item.effect || !item.effect->value || !item.effect->low) {
        continue;
      }
      const bool ratio = item.effect->unit == "ratio";
      const auto on_scale = [&](double x) { return ratio ? std::log(x) : x; };
      const double width = on_scale(*item.effect->high) - on_scale(*item.effect->low);
      auto& [values, errors] = by_unit[item.effect->unit];
      values.push_back(on_scale(*item.effect->value));
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

void derive(WeighedClaim& out, double ignorance_weight) {
  auto& lines = out.derivation;
  lines.push_back(fmt::format("prior P = {:.4g}: {:+.3f} nats", out.prior, logit(out.prior)));
  for (const auto& group : out.groups) {
    lines.push_back(fmt::format("{:+.3f} nats  {} ({}): {}", group.direction * group.nats,
                                group.label, group.kind, group.why));
    for (const auto& item : group.items) {
      for (const auto& line : item.derivation) {
        if (item.counts) {
          lines.push_back("    " + line);
        }
      }
    }
  }
  lines.push_back(
      fmt::format("support {:.3f}, opposition {:.3f} nats", out.support, out.opposition));
  lines.push_back(fmt::format("log odds = {:+.3f} + {:.3f} - {:.3f} = {:+.3f}; P = {:.3f}",
                              logit(out.prior), out.support, out.opposition,
                              logit(out.prior) + out.support - out.opposition, out.belief));
  lines.push_back(fmt::format("for {:.3f}, against {:.3f}, unknown {:.3f} (W = {:.4g})",
                              out.opinion.belief, out.opinion.disbelief, out.opinion.ignorance,
                              ignorance_weight));
}

void total(WeighedClaim& out, const WeightParameters& p) {
  for (const auto& group : out.groups) {
    (group.direction > 0 ? out.support : out.opposition) += group.nats;
  }
  const double prior_nats = logit(out.prior);
  out.belief = logistic(prior_nats + out.support - out.opposition);
  out.opinion = opinion_of(out.support, out.opposition, p.ignorance_weight);
  const double spoken = out.opinion.belief + out.opinion.disbelief;
  out.conflict = spoken > 0 ? 2 * std::min(out.opinion.belief, out.opinion.disbelief) / spoken : 0;
  out.belief_range = range_of(out.groups, prior_nats);
  pool_groups(out);
  derive(out, p.ignorance_weight);
}

WeighedClaim weigh_with(const Knowledge& knowledge, const WeightParameters& p, const Claim& claim,
                        const WeighOptions& options, const TypicalErrors& errors) {
  WeighedClaim out;
  out.claim = &claim;
  out.prior = prior_of(claim, p, options);
  std::map<int, std::vector<WeighedItem>> by_group;
  for (const std::size_t index : claim.items) {
    const Item& item = knowledge.items()[index];
    if (item.synthetic) {
      continue;  // shown beside the weight by who asks for it, never in it
    }
    const bool timeless = item.study_kind == "definition";
    if (options.as_of && !timeless && !item.year) {
      out.undated.push_back(index);
      continue;
    }
    if (options.as_of && !timeless && *item.year > *options.as_of) {
      continue;
    }
    by_group[knowledge.group_of(index)].push_back(
        item_strength(knowledge, index, claim.sign, p, options, errors));
  }
  out.groups = weigh_groups(knowledge, p, std::move(by_group));
  total(out, p);
  return out;
}

}  // namespace

double logistic(double nats) {
  return 1 / (1 + std::exp(-nats));
}
double logit(double probability) {
  return std::log(probability / (1 - probability));
}

WeighedClaim Weigher::weigh(const Claim& claim, const WeighOptions& options) const {
  return weigh_with(knowledge_, parameters_, claim, options,
                    typical_errors(knowledge_, parameters_, options.as_of));
}

std::vector<WeighedClaim> Weigher::weigh_all(const WeighOptions& options) const {
  const auto errors = typical_errors(knowledge_, parameters_, options.as_of);
  std::vector<WeighedClaim> out;
  out.reserve(knowledge_.claims().size());
  for (const Claim& claim : knowledge_.claims()) {
    out.push_back(weigh_with(knowledge_, parameters_, claim, options, errors));
  }
  return out;
}

std::vector<WeighedClaim> Weigher::weigh_between(std::string_view subject, std::string_view object,
                                                 const WeighOptions& options) const {
  const auto errors = typical_errors(knowledge_, parameters_, options.as_of);
  std::vector<WeighedClaim> out;
  for (const Claim* claim : knowledge_.between(subject, object)) {
    out.push_back(weigh_with(knowledge_, parameters_, *claim, options, errors));
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
    const auto strength = item_strength(*alone, 0, claim.sign, parameters_, options,
                                        typical_errors(knowledge_, parameters_, options.as_of));
    out.nats = strength.nats;
    out.derivation = strength.derivation;
  }
  out.belief_after = logistic(logit(now.prior) + now.support - now.opposition + out.nats);
  out.derivation.push_back(
      fmt::format("log odds {:+.3f} {:+.3f} = {:+.3f}: P {:.3f} would become {:.3f}",
                  logit(now.prior) + now.support - now.opposition, out.nats,
                  logit(out.belief_after), out.belief_before, out.belief_after));
  return out;
}

}  // namespace thaw::evidence
