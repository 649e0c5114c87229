// What would change an outcome: every candidate treatment, weighed through all chains at once.
//
// Method: docs/methods/net_influence.md. A rank orders what the record makes likely; it says
// nothing about how much, for whom, or whether anyone should take it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "inquiry/mechanism.h"
#include "inquiry/next_study.h"
#include "inquiry/outcome_parts.h"

namespace thaw::inquiry {

struct RankRequest {
  const evidence::Concept* outcome = nullptr;
  std::size_t top = 20;
  std::vector<std::string> kinds = {"drug", "intervention"};  // of concept, who is a candidate
  const evidence::Concept* only = nullptr;                    // this one alone, whatever its kind
  std::optional<evidence::Sign> wanted;                       // asked for; else what wanted_of says
  evidence::WeighOptions weigh;
  std::uint32_t worlds = 65536;
  std::uint64_t seed = 1;
  unsigned threads = 1;  // changes nothing in the answer
};

/// The claim whose resolution would change an answer most.
struct WeakestLink {
  Link link;
  double importance =
      0;  // P(answer | link as claimed) - P(answer | link absent), where the
          // answer is that it helps, or that it harms where that is likelier; of
          // a treatment's own arrow on an outcome, what the claim says: help or harm
  double uncertainty = 0;  // p (1 - p) of the link, at most 0.25
  double value = 0;        // |importance| * uncertainty
  Text text;
};

struct Answer {
  const evidence::Concept* candidate = nullptr;
  double helps = 0, harms = 0, both = 0, neither = 1;  // shares of worlds, sum 1
  double error = 0;                                    // Monte-Carlo standard error of `helps`
  double baseline = 0;                                 // mean of `helps` over permuted graphs
  // The claims, without qualifiers, that it helps on the outcome itself and on what the outcome is
  // made of by definition: outcome_parts.h. `direct` is the one with most nats, or null.
  std::vector<Link> parts;
  const evidence::WeighedClaim* direct = nullptr;
  Text verdict;
  std::optional<Chain> chain;    // the best that helps, else the best of any sign
  std::size_t chains_total = 0;  // of that sign, counted up to kChainsCounted
  std::optional<WeakestLink> weakest;
  std::optional<NextStudy> next;
};

inline constexpr std::size_t kChainsCounted = 25;

struct NotShown {
  const evidence::Concept* candidate = nullptr;
  Text reason;
};

struct Ranking {
  std::shared_ptr<const Mechanism> mechanism;  // what the answers point into
  const evidence::Concept* outcome = nullptr;
  evidence::Sign wanted = evidence::Sign::kLowers;
  RankRequest request;
  std::uint64_t worlds = 0;
  std::size_t arrows_examined = 0;  // those nearest the outcome, of a large graph
  std::size_t arrows_total = 0;
  std::size_t candidates_total = 0;  // of the kinds asked for, in any claim
  std::vector<Answer> answers;       // by `helps` falling, then `harms` rising, then id
  std::vector<NotShown> not_shown;   // candidates without any chain to the outcome, by id
};

/// Which way a patient would want `outcome` to move: what the concept says, else down for a
/// disease, phenotype or pathology. kInvalidArgument for anything else: no direction is known to
/// help.
Result<evidence::Sign> wanted_of(const evidence::Concept& outcome);

/// kInvalidArgument: as wanted_of, or a kind that no concept can have.
/// `mechanism` must have been built from `weigher` with `request.weigh`. `people` may be null.
Result<Ranking> rank(std::shared_ptr<const Mechanism> mechanism, const evidence::Weigher& weigher,
                     const RankRequest& request, const PeoplePort* people);

/// The same with a mechanism built for the purpose.
Result<Ranking> rank(const evidence::Weigher& weigher, const RankRequest& request,
                     const PeoplePort* people);

}  // namespace thaw::inquiry
