#include "discovery/pooled_effects.h"

#include <cmath>

#include "discovery/moments.h"
#include "stats/distributions.h"

namespace thaw::discovery {
namespace {

/// One possible effect over all copies.
PossibleEffect pool(const std::vector<EffectBounds>& all, std::size_t k) {
  const auto m = static_cast<double>(all.size());
  PossibleEffect pooled = all.front().effects[k];
  if (pooled.zero_by_graph) {
    return pooled;
  }
  double mean = 0, within = 0, between = 0;
  for (const EffectBounds& one : all) {
    mean += one.effects[k].estimate / m;
    within += one.effects[k].se * one.effects[k].se / m;
  }
  for (const EffectBounds& one : all) {
    between += (one.effects[k].estimate - mean) * (one.effects[k].estimate - mean) / (m - 1);
  }
  const double added = (1 + 1 / m) * between;
  pooled.estimate = mean;
  pooled.se = std::sqrt(within + added);
  const double ratio = added > 0 ? 1 + within / added : 1e6;
  const double freedom = std::min((m - 1) * ratio * ratio, 1e9);
  const double reach = stats::student_t_quantile(0.975, freedom) * pooled.se;
  pooled.ci_low = mean - reach;
  pooled.ci_high = mean + reach;
  return pooled;
}

}  // namespace

Result<EffectBounds> pooled_effects(const graph::MixedGraph& graph, const std::vector<Data>& copies,
                                    std::uint32_t cause, std::uint32_t effect) {
  std::vector<EffectBounds> all;
  for (const Data& copy : copies) {
    THAW_TRY(const Moments moments, moments_of(copy));
    THAW_TRY(auto one, possible_effects(graph, moments, cause, effect));
    all.push_back(std::move(one));
  }
  EffectBounds pooled = all.front();
  for (std::size_t k = 0; all.size() > 1 && k < pooled.effects.size(); ++k) {
    pooled.effects[k] = pool(all, k);
  }
  return pooled;
}

}  // namespace thaw::discovery
