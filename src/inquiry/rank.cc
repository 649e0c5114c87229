#include "inquiry/rank.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "evidence/weigh_json.h"
#include "graph/permuted.h"
#include "graph/possible_worlds.h"
#include "inquiry/near_outcome.h"
#include "inquiry/study_profile.h"
#include "inquiry/weakest_link.h"

namespace thaw::inquiry {
namespace {

using evidence::Concept;
using evidence::Sign;

constexpr std::uint32_t kPermutations = 20;
constexpr std::uint32_t kPermutedWorlds = 4096;
constexpr std::uint32_t kImportanceWorlds = 8192;
constexpr std::uint32_t kImportanceWorldsNear = 1024;  // of a part of a large graph
constexpr double kHarmLikely = 0.75;  // share of worlds with harm from which on it is named

struct Candidate {
  const Concept* subject;
  std::uint32_t node;
  std::uint64_t helps, harms, both;
};

const Text kNoClaim{"nothing causal is known of it that holds for everyone",
                    "目前没有关于它的、对所有人都成立的因果结论"};
const Text kNoChain{"no chain of causal claims leads from it to this outcome",
                    "没有因果链从它通向这个结局"};
const Text kOutcomeItself{"it is what was asked about", "它就是所问的结局"};

bool is_candidate(const Concept& subject, const RankRequest& request) {
  return request.only != nullptr
             ? subject.id == request.only->id
             : std::ranges::find(request.kinds, subject.kind) != request.kinds.end();
}

/// Candidates with a chain to the outcome, best first; the others go to `ranking.not_shown`.
std::vector<Candidate> find_candidates(const evidence::Knowledge& knowledge,
                                       const graph::Influence& influence, Ranking& ranking) {
  const auto& weighed = ranking.mechanism->weighed;
  const bool lowers = ranking.wanted == Sign::kLowers;
  std::vector<Candidate> found;
  for (const Concept& subject : knowledge.concepts()) {
    if (!is_candidate(subject, ranking.request) || knowledge.about(subject.id).empty()) {
      continue;
    }
    ++ranking.candidates_total;
    const int node = weighed.find(subject.id);
    if (node < 0 || subject.id == ranking.outcome->id) {
      ranking.not_shown.push_back({&subject, node < 0 ? kNoClaim : kOutcomeItself});
      continue;
    }
    const auto& counts = influence.nodes[static_cast<std::size_t>(node)];
    if (counts.raises + counts.lowers + counts.both == 0) {
      ranking.not_shown.push_back({&subject, kNoChain});
      continue;
    }
    found.push_back({&subject, static_cast<std::uint32_t>(node),
                     lowers ? counts.lowers : counts.raises, lowers ? counts.raises : counts.lowers,
                     counts.both});
  }
  std::ranges::sort(found, [](const Candidate& a, const Candidate& b) {
    return std::tie(b.helps, a.harms, a.subject->id) < std::tie(a.helps, b.harms, b.subject->id);
  });
  return found;
}

/// The claim of most nats that the outcome moves as wanted; the first where equal.
const evidence::WeighedClaim* heaviest(const std::vector<Link>& links,
                                       const std::vector<OutcomePart>& parts,
                                       const Mechanism& mechanism) {
  const evidence::WeighedClaim* best = nullptr;
  const auto weight = [](const auto& claim) { return claim.support + claim.opposition; };
  for (const Link& link : links) {
    const bool helps = std::ranges::any_of(parts, [&](const OutcomePart& part) {
      return mechanism.weighed.nodes[part.node] == link.object && part.wanted == link.sign;
    });
    if (helps && (best == nullptr || weight(*link.claim) > weight(*best))) {
      best = link.claim;
    }
  }
  return best;
}

Text verdict_of(const Answer& answer) {
  if (answer.direct != nullptr) {
    return evidence::verdict_of(*answer.direct);
  }
  if (!answer.parts.empty()) {
    return {"tested directly, and what is recorded speaks for harm",
            "已直接检验，现有记录提示有害"};
  }
  if (answer.harms > answer.helps) {
    return {"only mechanisms speak, and more for harm; not tested directly",
            "只有机制线索，且更偏向有害，未直接检验"};
  }
  return {"only mechanisms speak, not tested directly", "只有机制线索，未直接检验"};
}

/// The first part of the outcome, other than itself, on which nothing was tested; or null.
const Concept* untested_part(const Mechanism& mechanism, const std::vector<OutcomePart>& parts,
                             const std::vector<Link>& tested) {
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const Concept* part = mechanism.weighed.nodes[parts[i].node];
    if (part->kind == "outcome" &&
        std::ranges::none_of(tested, [&](const Link& link) { return link.object == part; })) {
      return part;
    }
  }
  return nullptr;
}

/// The claim of harm behind the answer, where harm is likely and was found in people.
const evidence::WeighedClaim* harm_found(const Mechanism& mechanism, const Answer& answer) {
  const evidence::WeighedClaim* worst = nullptr;
  if (answer.harms < kHarmLikely) {
    return nullptr;
  }
  for (const Link& part : answer.parts) {
    for (const auto& claim : mechanism.weighed.claims) {
      const bool same = claim.claim->subject == answer.candidate->id && claim.claim->causal &&
                        claim.claim->object == part.object->id && claim.claim->qualifiers.empty();
      const auto wanted = wanted_of(*part.object);
      if (same && wanted && claim.claim->sign != *wanted && claim.support >= kHarmFound &&
          (worst == nullptr || claim.support > worst->support)) {
        worst = &claim;
      }
    }
  }
  return worst;
}

/// What to study next: about the weakest link, beyond what is already settled, or about harm.
std::optional<NextStudy> study_for(const Mechanism& mechanism, const Answer& answer,
                                   const Concept* untested, const evidence::Knowledge& knowledge,
                                   const PeoplePort* people) {
  if (!answer.weakest) {
    return std::nullopt;
  }
  const bool settled = answer.direct != nullptr && is_settled(*answer.direct) &&
                       answer.direct->belief > 0.5 && answer.helps >= kSettledBelief;
  const auto* harm = harm_found(mechanism, answer);
  const auto& claim = harm != nullptr ? *harm
                      : settled       ? *answer.direct
                                      : *answer.weakest->link.claim;
  return next_study(claim, knowledge, answer.candidate, people, untested);
}

void add_chain(const Mechanism& mechanism, int from, int to, Sign wanted, Answer& answer) {
  auto chains = best_chains(mechanism, from, to, kChainsCounted, wanted);
  if (chains.empty()) {
    chains = best_chains(mechanism, from, to, kChainsCounted);
  }
  answer.chains_total = chains.size();
  if (!chains.empty()) {
    answer.chain = std::move(chains.front());
  }
}

/// Everything about the candidates that are shown.
void fill_answers(const std::vector<Candidate>& shown, std::uint32_t target,
                  const NearOutcome& near, const evidence::Knowledge& knowledge,
                  const PeoplePort* people, Ranking& ranking) {
  const Mechanism& mechanism = *ranking.mechanism;
  std::vector<std::uint32_t> nodes;
  for (const auto& candidate : shown) {
    nodes.push_back(candidate.node);
  }
  graph::WorldOptions options{
      .worlds = kPermutedWorlds, .seed = ranking.request.seed, .threads = ranking.request.threads};
  const auto baseline = graph::permuted_baseline(near.graph, target, kPermutations, options);
  options.worlds = near.whole ? kImportanceWorlds : kImportanceWorldsNear;
  const auto table = of_whole(graph::edge_importance(near.graph, target, nodes, options), near);
  const double worlds = static_cast<double>(ranking.worlds);
  const auto parts = parts_of(mechanism, target, ranking.wanted);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const Candidate& candidate = shown[i];
    Answer answer;
    answer.candidate = candidate.subject;
    answer.helps = static_cast<double>(candidate.helps) / worlds;
    answer.harms = static_cast<double>(candidate.harms) / worlds;
    answer.both = static_cast<double>(candidate.both) / worlds;
    answer.neither =
        1 - static_cast<double>(candidate.helps + candidate.harms + candidate.both) / worlds;
    answer.error = graph::share_error(candidate.helps, ranking.worlds);
    answer.baseline =
        (ranking.wanted == Sign::kLowers ? baseline.lowers : baseline.raises)[candidate.node];
    answer.parts = direct_claims(mechanism, candidate.node, parts);
    answer.direct = heaviest(answer.parts, parts, mechanism);
    answer.verdict = verdict_of(answer);
    add_chain(mechanism, static_cast<int>(candidate.node), static_cast<int>(target), ranking.wanted,
              answer);
    answer.weakest = weakest_link(mechanism, knowledge, table, {i, shown.size()}, ranking.wanted,
                                  answer.harms > answer.helps);
    answer.next = study_for(mechanism, answer, untested_part(mechanism, parts, answer.parts),
                            knowledge, people);
    ranking.answers.push_back(std::move(answer));
  }
}

}  // namespace

Result<Sign> wanted_of(const Concept& outcome) {
  if (outcome.wanted == "raises") {
    return Sign::kRaises;
  }
  if (outcome.wanted == "lowers" || outcome.kind == "disease" || outcome.kind == "phenotype" ||
      outcome.kind == "pathology") {
    return Sign::kLowers;
  }
  return invalid_argument(fmt::format(
      "it is not known whether people would want more or less of '{}'; ask for an outcome such as "
      "ALSFRS-R decline or survival",
      outcome.name.en));
}

namespace {

/// Refuses a kind that no concept can have.
Result<Done> check_kinds(const RankRequest& request) {
  constexpr std::array<std::string_view, 16> kKinds = {
      "drug",      "intervention", "gene",      "gene_variant", "protein",   "transcript",
      "process",   "pathology",    "phenotype", "disease",      "biomarker", "exposure",
      "cell_type", "outcome",      "structure", "model"};
  for (const auto& kind : request.kinds) {
    if (std::ranges::find(kKinds, kind) == kKinds.end()) {
      return invalid_argument(
          fmt::format("kind is '{}'; it must be one of {}", kind, fmt::join(kKinds, ", ")));
    }
  }
  return Done{};
}

}  // namespace

Result<Ranking> rank(std::shared_ptr<const Mechanism> mechanism, const evidence::Weigher& weigher,
                     const RankRequest& request, const PeoplePort* people) {
  THAW_CHECK(check_kinds(request));
  Ranking ranking;
  ranking.mechanism = std::move(mechanism);
  ranking.outcome = request.outcome;
  ranking.request = request;
  if (request.wanted) {
    ranking.wanted = *request.wanted;
  } else {
    THAW_TRY(ranking.wanted, wanted_of(*request.outcome));
  }
  const auto& knowledge = weigher.knowledge();
  const int target = ranking.mechanism->weighed.find(request.outcome->id);
  graph::Influence influence;
  NearOutcome near;
  if (target >= 0) {
    const graph::SignedGraph& whole = ranking.mechanism->signed_graph;
    THAW_TRY(near, near_outcome(whole, static_cast<std::uint32_t>(target),
                                whole.edges().size() <= kArrowsWhole ? kArrowsWhole : kArrowsNear));
    influence = graph::possible_worlds(
        near.graph, static_cast<std::uint32_t>(target),
        {.worlds = request.worlds, .seed = request.seed, .threads = request.threads});
  } else {  // no arrow touches the outcome: nobody reaches it
    influence.worlds = request.worlds;
    influence.nodes.resize(ranking.mechanism->weighed.nodes.size());
  }
  ranking.worlds = influence.worlds;
  ranking.arrows_examined = near.graph.edges().size();
  ranking.arrows_total = ranking.mechanism->signed_graph.edges().size();
  auto shown = find_candidates(knowledge, influence, ranking);
  shown.resize(std::min(shown.size(), request.top));
  if (!shown.empty()) {
    fill_answers(shown, static_cast<std::uint32_t>(target), near, knowledge, people, ranking);
  }
  return ranking;
}

Result<Ranking> rank(const evidence::Weigher& weigher, const RankRequest& request,
                     const PeoplePort* people) {
  THAW_TRY(auto mechanism, Mechanism::build(weigher, request.weigh));
  return rank(std::make_shared<const Mechanism>(std::move(mechanism)), weigher, request, people);
}

}  // namespace thaw::inquiry
