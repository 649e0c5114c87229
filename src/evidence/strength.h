// What one evidence item says of a claim, in nats of log odds: numbers only (explain.h has the
// words).
//
// With an effect and an error: the log likelihood ratio of the smallest effect that would matter
// against none, (d y - d^2 / 2) / se^2 for a normal estimate y. So an underpowered null adds
// ignorance and not opposition. Without: the kind of study's cap times the grade. Each is bounded
// by the cap, then discounted by directness, quality, transport and the source's status, and last
// by how surely it was read. Known answers: strength_test.cc, from the worked example.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/item_facts.h"
#include "evidence/parameters.h"

namespace thaw::evidence {

/// (d y - d^2 / 2) / se^2: nats for an effect of at least `d` > 0 in the claim's direction against
/// none, given an estimate `y` oriented the same way with standard error `se` > 0.
double log_likelihood_ratio(double y, double se, double d);

/// sign(l0) ln(faithful e^|l0| + 1 - faithful): a misread item says nothing.
double discount_for_reading(double l0, double faithful);

/// The kind whose cap holds for the item: a trial is confirmatory by phase 3 or by size.
std::string effective_kind(const Item& item, const WeightParameters& parameters);

/// What is asked beside the claim.
struct WeighOptions {
  std::optional<int> as_of;     // only items of that year or earlier
  std::optional<double> prior;  // in (0, 1); else the parameter file's
  std::string population;       // ancestry asked for; empty: any
  Preset preset = Preset::kThaw;
};

/// Signed nats: positive supports. `nats_low` and `nats_high` span what was not printed (the sign
/// of a null's estimate), and equal `nats` where all is printed.
struct Strength {
  double nats = 0, nats_low = 0, nats_high = 0;
  bool quantitative = false;
};

/// What a retracted member leaves of a meta-analysis: its estimate without that member where the
/// member's own figure is known, else only a doubt.
struct Repooled {
  std::optional<double> x, se;  // on the item's scale
  double factor = 1;            // 1 where re-pooled; else that of an expression of concern
};

/// The parameters, resolved for the words of one Knowledge and one question. Both must outlive it.
class StrengthTable {
 public:
  StrengthTable(const Facts& facts, const WeightParameters& parameters, const WeighOptions& options)
      : StrengthTable(facts, parameters, options, facts) {}

  /// The same, where the errors that were not printed are guessed from the trials of `trials`.
  StrengthTable(const Facts& facts, const WeightParameters& parameters, const WeighOptions& options,
                const Facts& trials);

  /// The strength of an item for the claim of sign `asked` on its subject and object.
  Strength of(std::size_t item, Sign asked, const Repooled* without_retracted = nullptr) const;

  // The parts of it, for whoever explains them.
  const Facts& facts() const { return *facts_; }
  const WeightParameters& parameters() const { return *parameters_; }
  std::uint32_t effective_kind(const ItemFacts& item) const;           // a place in facts().kinds()
  std::optional<double> cap(const ItemFacts& item) const;              // nats
  double grade(const ItemFacts& item) const;                           // share of the cap
  double transport(const ItemFacts& item) const;                       // share that counts here
  double status(const ItemFacts& item) const;                          // 0 once retracted
  std::optional<double> smallest_effect(const ItemFacts& item) const;  // where a figure is weighed
  std::optional<double> standard_error(const ItemFacts& item) const;   // printed, or guessed from n
  const std::optional<TypicalError>& typical(std::uint32_t scale) const { return typical_[scale]; }
  bool known_then(const ItemFacts& item) const;  // at the time asked for; undated: never
  bool undated(const ItemFacts& item) const;     // cannot be placed before or after that time
  double link_factor(std::uint32_t link) const;  // of a weaker group that shares the link

 private:
  const Facts* facts_;
  const WeightParameters* parameters_;
  std::optional<int> as_of_;
  bool population_asked_;
  std::uint32_t population_;
  std::vector<std::optional<double>> cap_;  // by kind
  std::vector<double> grade_;               // by grade
  std::vector<std::optional<double>> smallest_;
  std::vector<std::optional<TypicalError>> typical_;
  std::uint32_t phase_2_, confirmatory_;
  double transport_[3];
  double unstated_;
};

}  // namespace thaw::evidence
