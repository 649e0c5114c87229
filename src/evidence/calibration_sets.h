// Graded findings from which a calibration is made: a dismech evidence file, and the store's own.
//
// dismech: JSON lines {"disease","path","reference","supports","snippet",...}. SUPPORT and PARTIAL
// support (PARTIAL at the grade "weak"), REFUTE and WRONG_STATEMENT oppose, NO_EVIDENCE says
// nothing. The file states no kind of study: it is told from the words of the snippet by a short
// list, so kinds are noisy here. Check: calibration_sets_test.cc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "evidence/calibration.h"
#include "evidence/weigh.h"

namespace thaw::evidence {

/// One line of a dismech evidence file. kInvalidArgument names what is missing.
Result<GradedItem> dismech_item(std::string_view json_line, const WeightParameters& parameters);

/// "animal", "mendelian_variant", ...: the kind of study that a sentence speaks of; "review" where
/// nothing tells.
std::string kind_of_sentence(std::string_view sentence);

/// A set that is judged and not fitted: too few, and the records that the weights were made with.
struct JudgedSet {
  std::size_t cases = 0;
  double base_rate = 0;
  std::vector<ReliabilityCurve> curves;  // thaw, indra, open-targets, and what was fitted elsewhere
};

/// Claims of the store of which one group is held out: does it support what the others make of it?
/// With `elsewhere`, parameters fitted on other data are judged beside the others. The unit that is
/// drawn again is the claim.
Result<JudgedSet> judge_store(const Knowledge& knowledge, const WeightParameters& parameters,
                              std::uint64_t seed, const WeightParameters* elsewhere = nullptr);

/// Genes with a panel's class and other evidence: does what the others say foretell a class of
/// Moderate or better?
Result<JudgedSet> judge_panels(const Knowledge& knowledge, const WeightParameters& parameters,
                               std::uint64_t seed, const WeightParameters* elsewhere = nullptr);

/// `start` with the prior and caps that were fitted.
WeightParameters with_fit(const WeightParameters& start, const FittedCaps& fitted);

}  // namespace thaw::evidence
