#include "inquiry/rank.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "evidence/weigh_json.h"
#include "graph/permuted.h"
#include "graph/possible_worlds.h"

namespace thaw::inquiry {
namespace {

using evidence::Concept;
using evidence::Sign;

constexpr std::uint32_t kPermutations = 20;
constexpr std::uint32_t kPermutedWorlds = 4096;
constexpr std::uint32_t kImportanceWorlds = 8192;

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

/// The claim that the candidate moves the outcome as wanted, where one is made directly.
const evidence::WeighedClaim* direct_claim(const Mechanism& mechanism, std::uint32_t from,
                                           std::uint32_t to, Sign wanted) {
  const auto& graph = mechanism.signed_graph;
  for (std::uint32_t i = graph.out_begin(from); i < graph.out_begin(from + 1); ++i) {
    if (graph.edges()[i].to == to) {
      return mechanism.claim_of(i, to_graph(wanted));
    }
  }
  return nullptr;
}

Text verdict_of(const Answer& answer) {
  if (answer.direct != nullptr) {
    return evidence::verdict_of(*answer.direct);
  }
  if (answer.harms > answer.helps) {
    return {"only mechanisms speak, and more for harm", "只有机制线索,且更偏向有害"};
  }
  return {"only mechanisms speak, not tested directly", "只有机制线索,未直接检验"};
}

std::optional<WeakestLink> weakest_link(const Mechanism& mechanism,
                                        const evidence::Knowledge& knowledge,
                                        const graph::ImportanceTable& table, std::size_t place,
                                        std::size_t candidates, Sign answered) {
  std::optional<WeakestLink> best;
  const auto& importance = answered == Sign::kLowers ? table.lowers : table.raises;
  for (std::size_t e = 0; e < table.effects.size(); ++e) {
    const auto [index, sign] = table.effects[e];
    const auto& edge = mechanism.signed_graph.edges()[index];
    const double p = edge.probability(sign);
    const double change = importance[e * candidates + place];
    const double value = std::abs(change) * p * (1 - p);
    if (change == 0 || (best && value <= best->value)) {
      continue;
    }
    const Link link{mechanism.claim_of(index, sign), mechanism.weighed.nodes[edge.from],
                    mechanism.weighed.nodes[edge.to], from_graph(sign), p};
    best = WeakestLink{link, change, p * (1 - p), value, {}};
  }
  if (best && best->link.claim != nullptr) {
    const Text said = evidence::claim_text(knowledge, *best->link.claim->claim);
    best->text = {fmt::format("whether {}: settling it moves the answer by up to {:.0f} points",
                              said.en, 100 * std::abs(best->importance)),
                  fmt::format("“{}”是否成立:弄清它最多可使答案改变 {:.0f} 个百分点", said.zh,
                              100 * std::abs(best->importance))};
  }
  return best;
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
                  const evidence::Knowledge& knowledge, const PeoplePort* people,
                  Ranking& ranking) {
  const Mechanism& mechanism = *ranking.mechanism;
  std::vector<std::uint32_t> nodes;
  for (const auto& candidate : shown) {
    nodes.push_back(candidate.node);
  }
  graph::WorldOptions options{
      .worlds = kPermutedWorlds, .seed = ranking.request.seed, .threads = ranking.request.threads};
  const auto baseline =
      graph::permuted_baseline(mechanism.signed_graph, target, kPermutations, options);
  options.worlds = kImportanceWorlds;
  const auto table = graph::edge_importance(mechanism.signed_graph, target, nodes, options);
  const double worlds = static_cast<double>(ranking.worlds);
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
    answer.direct = direct_claim(mechanism, candidate.node, target, ranking.wanted);
    answer.verdict = verdict_of(answer);
    add_chain(mechanism, static_cast<int>(candidate.node), static_cast<int>(target), ranking.wanted,
              answer);
    const Sign answered =
        answer.harms > answer.helps ? evidence::opposite(ranking.wanted) : ranking.wanted;
    answer.weakest = weakest_link(mechanism, knowledge, table, i, shown.size(), answered);
    if (answer.weakest && answer.weakest->link.claim != nullptr) {
      answer.next = next_study(*answer.weakest->link.claim, knowledge, candidate.subject, people);
    }
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

Result<Ranking> rank(std::shared_ptr<const Mechanism> mechanism, const evidence::Weigher& weigher,
                     const RankRequest& request, const PeoplePort* people) {
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
  if (target >= 0) {
    influence = graph::possible_worlds(
        ranking.mechanism->signed_graph, static_cast<std::uint32_t>(target),
        {.worlds = request.worlds, .seed = request.seed, .threads = request.threads});
  } else {  // no arrow touches the outcome: nobody reaches it
    influence.worlds = request.worlds;
    influence.nodes.resize(ranking.mechanism->weighed.nodes.size());
  }
  ranking.worlds = influence.worlds;
  auto shown = find_candidates(knowledge, influence, ranking);
  shown.resize(std::min(shown.size(), request.top));
  if (!shown.empty()) {
    fill_answers(shown, static_cast<std::uint32_t>(target), knowledge, people, ranking);
  }
  return ranking;
}

Result<Ranking> rank(const evidence::Weigher& weigher, const RankRequest& request,
                     const PeoplePort* people) {
  THAW_TRY(auto mechanism, Mechanism::build(weigher, request.weigh));
  return rank(std::make_shared<const Mechanism>(std::move(mechanism)), weigher, request, people);
}

}  // namespace thaw::inquiry
