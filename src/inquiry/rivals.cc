#include "inquiry/rivals.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "evidence/weigh_json.h"
#include "inquiry/outcome_parts.h"
#include "inquiry/wording.h"

namespace thaw::inquiry {
namespace {

constexpr std::size_t kArrowsMost = 5;
constexpr double kLikelierThanNot = 0.5;
constexpr double kTellsSomething = 1e-9;  // bits

using Hops = std::vector<graph::Hop>;

bool is_treatment(const evidence::Concept& thing) {
  return thing.kind == "drug" || thing.kind == "intervention";
}

Chain chain_of(const Mechanism& mechanism, const Hops& hops) {
  Chain out;
  out.belief = 1;
  graph::Sign sign = graph::Sign::kPlus;
  for (const graph::Hop& hop : hops) {
    const auto& edge = mechanism.signed_graph.edges()[hop.edge];
    const double p = edge.probability(hop.sign);
    out.links.push_back({mechanism.claim_of(hop.edge, hop.sign), mechanism.weighed.nodes[edge.from],
                         mechanism.weighed.nodes[edge.to], from_graph(hop.sign), p});
    out.belief *= p;
    sign = sign * hop.sign;
  }
  out.sign = from_graph(sign);
  return out;
}

/// The likelier effect into `node` from something that is no treatment and not yet in the chain.
std::optional<graph::Hop> best_cause(const Mechanism& mechanism, std::uint32_t node,
                                     const std::set<std::uint32_t>& used) {
  std::optional<graph::Hop> best;
  double best_p = 0;
  const auto edges = mechanism.signed_graph.edges();
  for (const std::uint32_t index : mechanism.signed_graph.in(node)) {
    const auto& edge = edges[index];
    const double p = edge.probability(edge.claimed());
    if (!used.contains(edge.from) && !is_treatment(*mechanism.weighed.nodes[edge.from]) &&
        p > best_p) {
      best_p = p;
      best = graph::Hop{index, edge.claimed()};
    }
  }
  return best;
}

double probability_of(const Mechanism& mechanism, const Hops& hops) {
  double p = 1;
  for (const graph::Hop& hop : hops) {
    p *= mechanism.signed_graph.edges()[hop.edge].probability(hop.sign);
  }
  return p;
}

/// The arrows into the outcome from what is no treatment. An arrow that holds by definition (loss
/// of function is a part of progression) is no cause: the arrows into that part stand for it.
std::vector<Hops> last_arrows(const Mechanism& mechanism, std::uint32_t outcome) {
  std::vector<Hops> out;
  const auto edges = mechanism.signed_graph.edges();
  const auto add = [&](std::uint32_t index, Hops rest) {
    const std::uint32_t from = edges[index].from;
    if (from != outcome && !is_treatment(*mechanism.weighed.nodes[from])) {
      rest.insert(rest.begin(), {index, edges[index].claimed()});
      out.push_back(std::move(rest));
    }
  };
  for (const std::uint32_t index : mechanism.signed_graph.in(outcome)) {
    const graph::Sign sign = edges[index].claimed();
    const auto* claim = mechanism.claim_of(index, sign);
    if (claim == nullptr || !is_definition(*claim)) {
      add(index, {});
      continue;
    }
    for (const std::uint32_t inner : mechanism.signed_graph.in(edges[index].from)) {
      add(inner, {{index, sign}});
    }
  }
  return out;
}

/// One chain for each direct cause of the outcome, as find_rivals says. Where all mechanisms meet
/// in one cause before it, the rivals are those of that cause, at most three steps back.
std::vector<Hops> chains_into(const Mechanism& mechanism, std::uint32_t outcome, int steps = 3);

/// The chains into `cause`, each going on through `trunk`; those that meet the trunk are left out.
std::vector<Hops> through_trunk(const Mechanism& mechanism, std::uint32_t cause, const Hops& trunk,
                                int steps) {
  const auto edges = mechanism.signed_graph.edges();
  std::vector<Hops> out;
  for (Hops hops : chains_into(mechanism, cause, steps)) {
    const bool meets = std::ranges::any_of(hops, [&](const graph::Hop& hop) {
      return std::ranges::any_of(trunk, [&](const graph::Hop& later) {
        return edges[later.edge].to == edges[hop.edge].from;
      });
    });
    if (!meets) {
      hops.insert(hops.end(), trunk.begin(), trunk.end());
      out.push_back(std::move(hops));
    }
  }
  return out;
}

std::vector<Hops> chains_into(const Mechanism& mechanism, std::uint32_t outcome, int steps) {
  const auto edges = mechanism.signed_graph.edges();
  std::map<std::uint32_t, Hops> of_cause;    // the likeliest
  std::map<std::uint32_t, Hops> trunk_from;  // its arrows from the direct cause on
  for (Hops hops : last_arrows(mechanism, outcome)) {
    const std::uint32_t direct = edges[hops.front().edge].from;
    const std::size_t given = hops.size();
    std::set<std::uint32_t> used = {outcome, direct};
    for (const graph::Hop& hop : hops) {
      used.insert(edges[hop.edge].to);
    }
    while (hops.size() < kArrowsMost) {
      const auto cause = best_cause(mechanism, edges[hops.front().edge].from, used);
      const bool first = hops.size() == given;
      if (!cause || (!first && edges[cause->edge].probability(cause->sign) < kLikelierThanNot)) {
        break;
      }
      used.insert(edges[cause->edge].from);
      hops.insert(hops.begin(), *cause);
    }
    Hops& kept = of_cause[direct];
    if (hops.size() > given &&
        (kept.empty() || probability_of(mechanism, hops) > probability_of(mechanism, kept))) {
      trunk_from[direct] = Hops(hops.end() - static_cast<std::ptrdiff_t>(given), hops.end());
      kept = std::move(hops);
    }
  }
  std::vector<Hops> out;
  for (auto& [direct, hops] : of_cause) {
    if (!hops.empty()) {
      out.push_back(std::move(hops));
    }
  }
  if (trunk_from.size() == 1 && steps > 0) {
    const auto& [cause, trunk] = *trunk_from.begin();
    auto before = through_trunk(mechanism, cause, trunk, steps - 1);
    if (before.size() > 1) {
      return before;
    }
  }
  return out;
}

Result<std::vector<Hops>> chains_for(const Mechanism& mechanism, const RivalsRequest& request) {
  const int to = mechanism.weighed.find(request.outcome->id);
  const int from = request.from == nullptr ? 0 : mechanism.weighed.find(request.from->id);
  std::vector<Hops> out;
  if (to >= 0 && from >= 0 && request.from != nullptr) {
    for (const auto& path : mechanism.paths
                                .best({.from = static_cast<std::uint32_t>(from),
                 .to = static_cast<std::uint32_t>(to),
                 .k = request.k})
                                .paths) {
      out.push_back(path.hops);
    }
  } else if (to >= 0 && from >= 0) {
    out = chains_into(mechanism, static_cast<std::uint32_t>(to));
    std::ranges::stable_sort(out, std::greater<>{}, [&mechanism](const Hops& hops) {
      return probability_of(mechanism, hops);
    });
    out.resize(std::min(out.size(), request.k));
  }
  if (out.empty()) {
    return not_found(request.from == nullptr
                         ? fmt::format("no mechanism leads to {}", request.outcome->name.en)
                         : fmt::format("no chain leads from {} to {}", request.from->name.en,
                                       request.outcome->name.en));
  }
  return out;
}

/// What each rival says of each concept. With a start: as it rises. Without: as the outcome rises.
std::vector<RivalPrediction> predict(const std::vector<Rival>& rivals, bool from_start) {
  std::map<std::string, RivalPrediction> by_id;
  for (std::size_t r = 0; r < rivals.size(); ++r) {
    const auto& links = rivals[r].chain.links;
    int sign = from_start ? 1 : rivals[r].chain.sign == evidence::Sign::kRaises ? 1 : -1;
    for (const Link& link : links) {
      const int hop = link.sign == evidence::Sign::kRaises ? 1 : -1;
      const auto say = [&](const evidence::Concept* thing, int what) {
        auto& prediction = by_id[thing->id];
        prediction.thing = thing;
        prediction.by_rival.resize(rivals.size(), 0);
        prediction.by_rival[r] = what;
      };
      say(link.subject, sign);
      sign *= hop;
      say(link.object, sign);
    }
  }
  std::vector<RivalPrediction> out;
  for (auto& [id, prediction] : by_id) {
    const auto& said = prediction.by_rival;
    const bool up = std::ranges::find(said, 1) != said.end();
    const bool down = std::ranges::find(said, -1) != said.end();
    const bool silent = std::ranges::find(said, 0) != said.end();
    prediction.opposite = up && down;
    if (prediction.opposite || silent) {
      out.push_back(std::move(prediction));
    }
  }
  std::ranges::stable_sort(out, [](const RivalPrediction& a, const RivalPrediction& b) {
    return a.opposite > b.opposite;
  });
  return out;
}

Text test_text(const evidence::Knowledge& knowledge, const RivalTest& test) {
  const Text claim = evidence::claim_text(knowledge, *test.link.claim->claim);
  return {fmt::format("Find out whether {}: expected to tell {:.2f} bits.", claim.en, test.bits),
          close_zh(fmt::format("查明：{}。预期信息量为 {:.2f} 比特。", claim.zh, test.bits))};
}

void add_tests(Rivals& out, const evidence::Knowledge& knowledge, const graph::RivalShares& shares,
               const std::vector<std::size_t>& order) {
  const auto reorder = [&order](const std::vector<double>& values) {
    std::vector<double> by_rank;
    for (const std::size_t i : order) {
      by_rank.push_back(values[i]);
    }
    by_rank.push_back(values.back());
    return by_rank;
  };
  for (const graph::HopInformation& hop : shares.hops) {
    const auto& edge = out.mechanism->signed_graph.edges()[hop.hop.edge];
    const auto* claim = out.mechanism->claim_of(hop.hop.edge, hop.hop.sign);
    if (claim == nullptr || is_definition(*claim) || hop.bits < kTellsSomething) {
      continue;
    }
    RivalTest test{{claim, out.mechanism->weighed.nodes[edge.from],
                    out.mechanism->weighed.nodes[edge.to], from_graph(hop.hop.sign), hop.present},
                   hop.bits,
                   reorder(hop.if_present),
                   reorder(hop.if_absent),
                   {}};
    test.text = test_text(knowledge, test);
    out.tests.push_back(std::move(test));
  }
}

}  // namespace

Result<Rivals> find_rivals(const evidence::Weigher& weigher, const RivalsRequest& request) {
  if (request.k < 1 || request.k > graph::kRivalsMost) {
    return invalid_argument(
        fmt::format("k is {}, it must lie in 1 to {}", request.k, graph::kRivalsMost));
  }
  THAW_TRY(auto built, Mechanism::build(weigher, request.weigh));
  Rivals out;
  out.mechanism = std::make_shared<const Mechanism>(std::move(built));
  out.request = request;
  THAW_TRY(const std::vector<Hops> chains, chains_for(*out.mechanism, request));
  THAW_TRY(const auto shares, graph::rival_shares(out.mechanism->signed_graph, chains));
  std::vector<std::size_t> order(chains.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater<>{},
                           [&shares](std::size_t i) { return shares.share[i]; });
  for (const std::size_t i : order) {
    Rival rival{
        chain_of(*out.mechanism, chains[i]), shares.open[i], shares.only[i], shares.share[i], {}};
    rival.text = chain_text(rival.chain);
    out.rivals.push_back(std::move(rival));
  }
  out.none = shares.none;
  out.entropy_bits = shares.entropy_bits;
  out.predictions = predict(out.rivals, request.from != nullptr);
  add_tests(out, weigher.knowledge(), shares, order);
  return out;
}

}  // namespace thaw::inquiry
