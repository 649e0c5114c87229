#include "evidence/preset_belief.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "evidence/peer_presets.h"

namespace thaw::evidence {
namespace {

/// The items of a claim that a peer would see at the time asked for.
std::vector<std::size_t> seen_items(const Knowledge& knowledge, const StrengthTable& table,
                                    const Claim& claim) {
  std::vector<std::size_t> out;
  for (const std::size_t index : claim.items) {
    const ItemFacts& item = knowledge.facts()[index];
    // A result restated for the opposite sign is our inference; a peer holds what was stated.
    if (!item.synthetic && item.sign == claim.sign && table.known_then(item) &&
        table.status(item) > 0 && item.direction != Direction::kInconclusive) {
      out.push_back(index);
    }
  }
  return out;
}

std::string_view source_of(const IndraPriors& priors, const Item& item) {
  const auto at = priors.of_reader.find(item.extractor);
  return at == priors.of_reader.end() ? priors.other_reader : at->second;
}

struct IndraSides {
  std::vector<IndraEvidence> positive, negated;
};

PresetBelief by_indra(const Knowledge& knowledge, const IndraPriors& priors,
                      const StrengthTable& table, const Claim& claim, Words words) {
  IndraSides sides;
  for (const std::size_t index : seen_items(knowledge, table, claim)) {
    const Item& item = knowledge.items()[index];
    auto& side = item.direction == Direction::kSupports ? sides.positive : sides.negated;
    side.push_back({source_of(priors, item), {}});
  }
  const std::size_t own = sides.positive.size();
  for (const Claim* refining : knowledge.refinements(claim)) {
    for (const std::size_t index : seen_items(knowledge, table, *refining)) {
      const Item& item = knowledge.items()[index];
      if (item.direction == Direction::kSupports) {
        sides.positive.push_back({source_of(priors, item), {}});
      }
    }
  }
  PresetBelief out;
  const auto belief = indra_belief(priors, sides.positive, sides.negated);
  out.belief = belief ? *belief : 0;
  if (words == Words::kYes) {
    const auto for_it = indra_score(priors, sides.positive);
    const auto against = indra_score(priors, sides.negated);
    out.lines.push_back(
        fmt::format("INDRA: {} evidences for ({} of claims that refine this one), {} against",
                    sides.positive.size(), sides.positive.size() - own, sides.negated.size()));
    out.lines.push_back(belief ? fmt::format("INDRA: score {:.5g} x (1 - {:.5g}) = {:.5g}", *for_it,
                                             *against, *belief)
                               : fmt::format("INDRA: {}", belief.error().message));
  }
  return out;
}

/// The score of one item, or 0 for what Open Targets would not hold: it has no opposing evidence,
/// except that a trial is a trial and a panel's class a class, whatever they found.
double evidence_score(const OpenTargetsWeights& weights, const Item& item,
                      const std::string& kind) {
  const bool kept_anyway = kind == "expert_panel" || kind.starts_with("rct");
  if (item.direction != Direction::kSupports && !kept_anyway) {
    return 0;
  }
  const auto by_grade = weights.score_of_grade.find(item.grade);
  if (!item.grade.empty() && by_grade != weights.score_of_grade.end()) {
    return by_grade->second;
  }
  const auto by_kind = weights.score_of_kind.find(kind);
  return by_kind == weights.score_of_kind.end() ? 0 : by_kind->second;
}

PresetBelief by_open_targets(const Knowledge& knowledge, const OpenTargetsWeights& weights,
                             const StrengthTable& table, const Claim& claim, Words words) {
  std::map<std::string, std::vector<double>, std::less<>> scores;
  const auto take = [&](const Claim& from) {
    for (const std::size_t index : seen_items(knowledge, table, from)) {
      const ItemFacts& facts = knowledge.facts()[index];
      const std::string& kind = knowledge.facts().kinds()[table.effective_kind(facts)];
      const auto source = weights.of_kind.find(kind);
      const double score = evidence_score(weights, knowledge.items()[index], kind);
      if (source != weights.of_kind.end() && score > 0) {
        scores[source->second].push_back(score);
      }
    }
  };
  take(claim);
  for (const Claim* refining : knowledge.refinements(claim)) {
    if (refining->subject == claim.subject) {
      take(*refining);  // evidence counts in full for every ancestor of the disease
    }
  }
  PresetBelief out;
  out.belief = open_targets_score(weights, scores);
  if (words == Words::kYes) {
    for (const auto& [source, own] : scores) {
      out.lines.push_back(
          fmt::format("Open Targets: {} with {} evidences: {:.5g}", source, own.size(),
                      harmonic_sum(own, kOpenTargetsPipeline.most) / kOpenTargetsPipeline.maximum));
    }
    out.lines.push_back(fmt::format("Open Targets: association score {:.5g}", out.belief));
  }
  return out;
}

}  // namespace

PresetBelief preset_belief(const Knowledge& knowledge, const StrengthTable& table, Preset preset,
                           const Claim& claim, Words words) {
  if (table.parameters().peers == nullptr) {
    return {0, {"the peers' presets were not loaded"}};
  }
  const PeerPresets& peers = *table.parameters().peers;
  return preset == Preset::kIndra
             ? by_indra(knowledge, peers.indra, table, claim, words)
             : by_open_targets(knowledge, peers.open_targets, table, claim, words);
}

std::string to_string(Preset preset) {
  switch (preset) {
    case Preset::kIndra:
      return "indra";
    case Preset::kOpenTargets:
      return "open-targets";
    case Preset::kThaw:
      break;
  }
  return "thaw";
}

Result<Preset> preset_named(std::string_view name) {
  for (const Preset preset : {Preset::kThaw, Preset::kIndra, Preset::kOpenTargets}) {
    if (name == to_string(preset)) {
      return preset;
    }
  }
  return not_found(fmt::format(
      "there is no preset of weights called '{}'; known: thaw, indra, open-targets", name));
}

}  // namespace thaw::evidence
