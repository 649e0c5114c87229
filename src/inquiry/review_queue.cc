#include "inquiry/review_queue.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <unordered_map>

#include "evidence/assessment.h"
#include "graph/possible_worlds.h"
#include "inquiry/near_outcome.h"

namespace thaw::inquiry {
namespace {

using evidence::WeighedClaim;
using evidence::WeighedItem;

// A reading that a person vouched for, and one that a person rejected: one verdict of an average
// curator (sensitivity and specificity 0.8) on a reading bounded as evidence/assessment.h bounds
// it.
constexpr double kSurestPrior = 0.95, kLeastPrior = 0.02;
constexpr double kVote = 0.8;

struct IfJudged {
  double now, accepted, rejected;
};

IfJudged readings_of(double faithful) {
  const double prior = std::clamp(faithful, kLeastPrior, kSurestPrior);
  return {faithful, std::max(faithful, evidence::reading_belief(prior, {{true, kVote, kVote}})),
          std::min(faithful, evidence::reading_belief(prior, {{false, kVote, kVote}}))};
}

/// Sum over candidates of |importance| of each effect, by the edge's id and sign.
using Importance = std::map<std::pair<std::uint64_t, graph::Sign>, double>;

Importance importance_of(const Mechanism& mechanism, const ReviewRequest& request,
                         std::uint32_t outcome, std::size_t& examined) {
  Importance out;
  std::vector<std::uint32_t> candidates;
  for (std::uint32_t node = 0; node < mechanism.weighed.nodes.size(); ++node) {
    const std::string& kind = mechanism.weighed.nodes[node]->kind;
    if (std::ranges::find(request.kinds, kind) != request.kinds.end()) {
      candidates.push_back(node);
    }
  }
  const auto near = near_outcome(mechanism.signed_graph, outcome, request.arrows_max);
  if (!near || candidates.empty()) {
    return out;
  }
  examined = near->graph.edges().size();
  const graph::ImportanceTable table = graph::edge_importance(
      near->graph, outcome, candidates, {request.worlds, request.seed, request.threads});
  for (std::size_t e = 0; e < table.effects.size(); ++e) {
    double sum = 0;
    for (std::size_t c = 0; c < candidates.size(); ++c) {
      const std::size_t at = e * candidates.size() + c;
      sum += std::max(std::fabs(table.raises[at]), std::fabs(table.lowers[at]));
    }
    out[{near->graph.edges()[table.effects[e].edge].id, table.effects[e].sign}] = sum;
  }
  return out;
}

/// How much the answers hang on a claim's arrow; 0 for a claim that is none.
std::unordered_map<const WeighedClaim*, double> importance_of_claims(const Mechanism& mechanism,
                                                                     const Importance& importance) {
  std::unordered_map<const WeighedClaim*, double> out;
  const auto& edges = mechanism.signed_graph.edges();
  for (std::uint32_t index = 0; index < edges.size(); ++index) {
    for (const graph::Sign sign : {graph::Sign::kPlus, graph::Sign::kMinus}) {
      const auto found = importance.find({edges[index].id, sign});
      const WeighedClaim* claim = mechanism.claim_of(index, sign);
      if (found != importance.end() && claim != nullptr) {
        out[claim] = found->second;
      }
    }
  }
  return out;
}

ReviewEntry entry_of(const WeighedClaim& weighed, const WeighedItem& item, double faithful,
                     double importance) {
  const IfJudged readings = readings_of(faithful);
  const double nats = evidence::logit(weighed.belief);
  const auto belief_after = [&](double reading) {
    return evidence::logistic(nats - item.nats + nats_after(item.nats, readings.now, reading));
  };
  ReviewEntry out;
  out.item = item.item;
  out.claim = &weighed;
  out.belief_if_accepted = item.counts ? belief_after(readings.accepted) : weighed.belief;
  out.belief_if_rejected = item.counts ? belief_after(readings.rejected) : weighed.belief;
  const double right = std::clamp(faithful, kLeastPrior, kSurestPrior);
  out.belief_moves = right * std::fabs(out.belief_if_accepted - weighed.belief) +
                     (1 - right) * std::fabs(out.belief_if_rejected - weighed.belief);
  out.would_change = importance * out.belief_moves;
  return out;
}

}  // namespace

double nats_after(double nats, double before, double after) {
  if (nats == 0 || before <= 0) {
    return nats;
  }
  // The inverse of evidence::discount_for_reading.
  const double undiscounted = std::log((std::expm1(std::fabs(nats)) + before) / before);
  const double size = std::log(after * std::exp(undiscounted) + 1 - after);
  return nats < 0 ? -size : size;
}

ReviewQueue review_queue(const Mechanism& mechanism, const evidence::Knowledge& knowledge,
                         const ReviewRequest& request) {
  ReviewQueue out;
  out.arrows_total = mechanism.signed_graph.edges().size();
  const int outcome = request.outcome ? mechanism.weighed.find(request.outcome->id) : -1;
  Importance importance;
  if (outcome >= 0) {
    importance =
        importance_of(mechanism, request, static_cast<std::uint32_t>(outcome), out.arrows_examined);
  }
  const auto by_claim = importance_of_claims(mechanism, importance);
  std::vector<std::optional<ReviewEntry>> best(knowledge.items().size());
  for (const WeighedClaim& weighed : mechanism.weighed.claims) {
    const auto found = by_claim.find(&weighed);
    for (const auto& group : weighed.groups) {
      for (const WeighedItem& item : group.items) {
        const evidence::Item& record = knowledge.items()[item.item];
        if (record.study_kind == "definition") {
          continue;  // true by the words; there is nothing to read
        }
        // Two claims share an item (both signs): it stands where it matters more, then where it
        // was read to stand.
        ReviewEntry entry = entry_of(weighed, item, knowledge.reading(item.item).right,
                                     found == by_claim.end() ? 0 : found->second);
        auto& kept = best[item.item];
        const auto rank = [&](const ReviewEntry& e) {
          return std::tuple(e.would_change, e.belief_moves, e.claim->claim->sign == record.sign);
        };
        if (!kept || rank(*kept) < rank(entry)) {
          kept = entry;
        }
      }
    }
  }
  for (auto& entry : best) {
    if (entry) {
      out.entries.push_back(*entry);
    }
  }
  // Items are in the order of their ids, so a stable sort settles ties.
  std::ranges::stable_sort(out.entries, [](const ReviewEntry& a, const ReviewEntry& b) {
    return std::tie(b.would_change, b.belief_moves) < std::tie(a.would_change, a.belief_moves);
  });
  return out;
}

}  // namespace thaw::inquiry
