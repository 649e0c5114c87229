#include "inquiry/weakest_link.h"

#include <fmt/format.h>

#include <cmath>

#include "evidence/weigh_json.h"
#include "inquiry/outcome_parts.h"
#include "inquiry/wording.h"

namespace thaw::inquiry {
namespace {

using evidence::Concept;
using evidence::Sign;

enum class Asked : std::uint8_t { kEither, kHelp, kHarm, kNot };

/// How one effect of an arrow is asked about: a treatment on what people want more or less of is
/// asked to help, or to harm where harm was found, and never both.
Asked asked_of(const Mechanism& mechanism, std::uint32_t index, graph::Sign sign) {
  const auto& edge = mechanism.signed_graph.edges()[index];
  const Concept& subject = *mechanism.weighed.nodes[edge.from];
  const auto wanted = wanted_of(*mechanism.weighed.nodes[edge.to]);
  if (!wanted || (subject.kind != "drug" && subject.kind != "intervention")) {
    return Asked::kEither;
  }
  const auto* helps = mechanism.claim_of(index, to_graph(*wanted));
  const auto* harms = mechanism.claim_of(index, to_graph(evidence::opposite(*wanted)));
  const bool harm = helps == nullptr || (harms != nullptr && harms->support >= kHarmFound);
  if (harm == (sign == to_graph(*wanted))) {
    return Asked::kNot;
  }
  return harm ? Asked::kHarm : Asked::kHelp;
}

Text weakest_text(const evidence::Knowledge& knowledge, const WeakestLink& weakest) {
  const Text said = evidence::claim_text(knowledge, *weakest.link.claim->claim);
  const double change = std::abs(weakest.importance);
  return {fmt::format("Whether {}. Settling it would move the answer by up to {}.", said.en,
                      percent(change)),
          close_zh(fmt::format("“{}”是否成立。弄清它最多可使答案改变 {}。", said.zh,
                               percent_zh(change)))};
}

}  // namespace

std::optional<WeakestLink> weakest_link(const Mechanism& mechanism,
                                        const evidence::Knowledge& knowledge,
                                        const graph::ImportanceTable& table, CandidatePlace at,
                                        Sign wanted, bool harms) {
  std::optional<WeakestLink> best;
  for (std::size_t e = 0; e < table.effects.size(); ++e) {
    const auto [index, sign] = table.effects[e];
    const auto& edge = mechanism.signed_graph.edges()[index];
    const auto* claim = mechanism.claim_of(index, sign);
    const double p = edge.probability(sign);
    const Asked asked = asked_of(mechanism, index, sign);
    const bool of_harm = asked == Asked::kHarm || (asked == Asked::kEither && harms);
    const bool of_lowering = (wanted == Sign::kLowers) != of_harm;
    const double change = (of_lowering ? table.lowers : table.raises)[e * at.candidates + at.place];
    const double value = std::abs(change) * p * (1 - p);
    if (change == 0 || (best && value <= best->value) || claim == nullptr ||
        is_definition(*claim) || asked == Asked::kNot) {
      continue;
    }
    const Link link{claim, mechanism.weighed.nodes[edge.from], mechanism.weighed.nodes[edge.to],
                    from_graph(sign), p};
    best = WeakestLink{link, change, p * (1 - p), value, {}};
  }
  if (best) {
    best->text = weakest_text(knowledge, *best);
  }
  return best;
}

}  // namespace thaw::inquiry
