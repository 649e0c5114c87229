// The weight of a claim: not sentences but independent groups, each bounded by its kind of study.
//
// Method: docs/methods/evidence_weight.md. log odds = prior + support - opposition, in nats; the
// opinion (for, against, unknown) is Josang's subjective logic with W = 2. Everything here is a
// pure function of Knowledge and parameters. A weight ranks and explains; it does not prescribe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evidence/knowledge.h"
#include "evidence/parameters.h"
#include "stats/distributions.h"
#include "stats/meta_analysis.h"

namespace thaw::evidence {

/// What is asked beside the claim.
struct WeighOptions {
  std::optional<int> as_of;     // only items of that year or earlier
  std::optional<double> prior;  // in (0, 1); else the parameter file's
  std::string population;       // ancestry asked for; empty: any
};

/// An effect on the object's natural scale, oriented for showing.
struct ShownEffect {
  std::string measure, unit;  // "points/month", "ratio", "SD"
  std::optional<double> value, low, high;
  double reference = 0;  // the value of no effect: 0, or 1 for a ratio
  std::string better;    // "higher", "lower" or "": which way a patient would want
  std::optional<double> smallest_effect;
  bool estimate_printed = true;
  bool interval_printed = true;
};

struct WeighedItem {
  std::size_t item;  // index into Knowledge::items
  bool counts = false;
  double nats = 0;                     // signed: positive supports this claim
  double nats_low = 0, nats_high = 0;  // over what was not printed; equal to nats otherwise
  bool quantitative = false;
  std::optional<ShownEffect> effect;
  std::string why, why_zh;              // one sentence
  std::vector<std::string> derivation;  // arithmetic, line by line
};

struct WeighedGroup {
  std::string label;
  std::string kind;                    // of the item that speaks
  int direction = 0;                   // +1 supports, -1 opposes, 0 silent
  double nats = 0;                     // >= 0, after damping
  double nats_low = 0, nats_high = 0;  // signed range over what was not printed
  bool internal_disagreement = false;
  std::string why, why_zh;
  std::vector<WeighedItem> items;
};

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
  std::optional<stats::PooledEstimate>
      pooled;  // of the groups' estimates, shown beside, never in the weight
  std::string pooled_unit;
  std::vector<std::string> derivation;
};

class Weigher {
 public:
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

/// Logistic and its inverse, in nats.
double logistic(double nats);
double logit(double probability);

}  // namespace thaw::evidence
