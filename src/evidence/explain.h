// The words of a weight: why each item and each group counts what it counts, line by line.
//
// Made only when asked, for one claim: the numbers of weigh.h need none of this. Every line shows
// the arithmetic that strength.cc and group_weight.cc did, from the same facts. Check: the examples
// of docs/formats and explain_test.cc (the lines add up to the numbers).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/weigh.h"
#include "stats/meta_analysis.h"

namespace thaw::evidence {

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

struct ItemWords {
  std::optional<ShownEffect> effect;
  std::string why, why_zh;              // one sentence
  std::vector<std::string> derivation;  // arithmetic, line by line
};

struct GroupWords {
  std::string why, why_zh;
  std::vector<ItemWords> items;  // as in the group
};

struct Explanation {
  std::vector<GroupWords> groups;               // as in the weighed claim
  std::optional<stats::PooledEstimate> pooled;  // of the groups' estimates, shown beside the weight
  std::string pooled_unit;
  std::vector<std::string> derivation;
};

/// The words of `weighed`, which `weigher` made for `options`.
Explanation explain(const Weigher& weigher, const WeighedClaim& weighed,
                    const WeighOptions& options);

/// The words of one item for a claim of sign `asked`, before the group rules.
ItemWords item_words(const Knowledge& knowledge, const StrengthTable& table, std::size_t item,
                     Sign asked, const Strength& strength, const Repooled* repooled = nullptr);

/// "log odds A + B = C: P D would become E".
std::string addition_line(double log_odds_before, const Weigher::Addition& addition);

}  // namespace thaw::evidence
