// A graph and its answer held against data: are the independences that it claims there, and what is
// the value of the estimand.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "effect/bif.h"
#include "effect/identify.h"
#include "table/table.h"

namespace thaw::effect {

/// One claimed independence, tested; or why it was not.
struct ImplicationTest {
  Independence claim;
  std::string method;   // "fisher_z" or "g2"; empty: not tested, see `problem`
  std::size_t n = 0;    // rows without a missing value in these
  double estimate = 0;  // partial correlation; NaN of g2
  double statistic = 0, df = 0, p = 1;
  double p_holm = 1;  // corrected for the number of tests made
  std::string problem;
};

/// Tests every independence of `answer` on `table` (test-wise deletion of rows with missing
/// values). Numbers and variables of two values: partial correlation; codes (categories, booleans,
/// integers of at most 25 values): G2 within strata. Continuous beside a category of more than two:
/// not tested. Fails: kNotFound for a measured variable of the graph that is no column.
Result<std::vector<ImplicationTest>> test_implications(const IdentifyAnswer& answer,
                                                       const Table& table);

/// P(outcome = these | do(treatment = these), given = these).
struct EffectCell {
  std::vector<std::string> treatment, outcome, given;  // values, in the order of the nodes
  double chance = 0;
  double low = 0, high = 1;  // 95 %, bootstrap of rows; equal to `chance` when exact
};

/// P(last outcome value | do(last treatment value)) - P(... | do(first)), for two-valued ones.
struct EffectDifference {
  double value = 0, low = 0, high = 0;
};

struct EstimandOnData {
  std::size_t rows = 0;  // without a missing value in what the estimand takes; 0 of a network
  std::size_t replicates = 0;
  std::vector<EffectCell> cells;
  std::optional<EffectDifference> difference;
};

/// The estimand of `answer` by counting rows of `table`, all variables as codes.
/// Fails: kInvalidArgument when there is no estimand, a variable that it takes is continuous or has
/// one value, there are over 500 cells, or no row has a combination that it needs (named);
/// kNotFound for a variable that is no column.
Result<EstimandOnData> evaluate_on_table(const IdentifyAnswer& answer, const Table& table,
                                         std::uint64_t seed);

/// The same exactly, from the tables of a network of at most 2^20 combinations of states.
Result<EstimandOnData> evaluate_on_network(const IdentifyAnswer& answer,
                                           const BayesNetwork& network);

}  // namespace thaw::effect
