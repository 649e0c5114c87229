// The weight of a claim: not sentences but independent groups, each bounded by its kind of study.
//
// Method: docs/methods/evidence_weight.md. log odds = prior + support - opposition, in nats; the
// opinion (for, against, unknown) is Josang's subjective logic with W = 2. Everything here is a
// pure function of Knowledge and parameters, in numbers only: explain.h has the words of one claim.
// Under another preset (docs/methods/presets.md) only `belief` is that preset's; support,
// opposition, opinion and groups stay ours. A weight ranks and explains; it does not prescribe.
// Cost: linear in the items of a claim; 100,000 claims well under a second (bench/assembly_bench).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evidence/group_weight.h"
#include "evidence/knowledge.h"
#include "evidence/log_odds.h"
#include "evidence/parameters.h"
#include "evidence/strength.h"

namespace thaw::evidence {

/// Shares that sum to 1.
struct Opinion {
  double belief = 0, disbelief = 0, ignorance = 1;
};

struct WeighedClaim {
  const Claim* claim = nullptr;
  double prior = 0.5;
  double support = 0, opposition = 0;  // nats, >= 0
  double belief = 0.5;                 // P(claim), logistic(logit(prior) + support - opposition)
  std::optional<std::pair<double, double>> belief_range;  // where a sign or estimate is unprinted
  Opinion opinion;
  double conflict = 0;               // 2 min(b, d) / (b + d), 0 without evidence
  std::vector<WeighedGroup> groups;  // by |nats| falling, then label
  std::vector<std::size_t> undated;  // items left out because the question has a date
};

class Weigher {
 public:
  /// Both must outlive it. Cost: the words of the parameters, whatever the size of the knowledge.
  Weigher(const Knowledge& knowledge, const WeightParameters& parameters)
      : knowledge_(knowledge), parameters_(parameters) {}

  WeighedClaim weigh(const Claim& claim, const WeighOptions& options = {}) const;

  /// Every claim of the knowledge, in its order.
  std::vector<WeighedClaim> weigh_all(const WeighOptions& options = {}) const;

  /// Every claim between two concepts: without qualifiers first, then by belief falling.
  std::vector<WeighedClaim> weigh_between(std::string_view subject, std::string_view object,
                                          const WeighOptions& options = {}) const;

  /// What one more item would do to `claim`, alone: the nats it would add (signed) with its
  /// derivation, and the belief before and after. Used for results that must not enter the weight.
  struct Addition {
    double nats = 0;
    double belief_before = 0.5, belief_after = 0.5;
    std::vector<std::string> derivation;
  };
  Addition would_add(const Claim& claim, const Item& item, const WeighOptions& options = {}) const;

  const Knowledge& knowledge() const { return knowledge_; }
  const WeightParameters& parameters() const { return parameters_; }

 private:
  const Knowledge& knowledge_;
  const WeightParameters& parameters_;
};

/// P of a claim of that relation before any evidence: the question's, else the parameter file's.
double prior_of(const Claim& claim, const WeightParameters& parameters,
                const WeighOptions& options);

/// What the retraction of members leaves of a meta-analysis among the claim's items; nothing where
/// no member of it is retracted. Fixed effects: precision and precision-weighted estimate of the
/// retracted members are taken away (docs/methods/evidence_weight.md, section 2).
std::optional<Repooled> repooled(const StrengthTable& table, const Claim& claim, std::size_t item);

}  // namespace thaw::evidence
