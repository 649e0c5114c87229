// The rows of a table that a survival analysis can use, as checked numbers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "effect/model_matrix.h"
#include "effect/survival_request.h"
#include "stats/competing_risks.h"
#include "stats/matrix.h"
#include "stats/survival_data.h"
#include "table/table.h"

namespace thaw::effect {

/// Rows complete in every column that the request names.
struct SurvivalRows {
  std::vector<std::size_t> source;  // rows of the table, from 0
  std::size_t left_out = 0;         // rows with a missing value
  std::vector<double> time, entry, weights;
  std::vector<std::uint8_t> event;   // 1 = the event; of competing analyses the number of the state
  std::vector<std::string> states;   // the kinds of events, state k is states[k - 1]
  bool other_events = false;         // some rows end by another event, here taken as censored
  std::vector<int> group;            // empty without groups
  std::vector<std::string> groups;   // their names
  std::vector<int> strata, cluster;  // empty likewise
  std::size_t strata_count = 0;
  std::size_t cluster_count = 0;
  Model model;
  stats::Matrix x;               // (n, names), column 0 of ones
  std::vector<double> all_time;  // of every row whose time and event are known, for finegray
  std::vector<std::uint8_t> all_event;
  std::vector<std::optional<std::size_t>>
      all_place;          // which of `source` each is; nothing: left out
  std::string data_hash;  // SHA-256 of the columns used as CSV, columns by name, all rows

  stats::SurvivalData data() const { return {time, event, entry, weights}; }
  stats::CompetingData competing() const { return {time, event, entry, weights}; }
  /// Whether the request's weights are all whole numbers.
  bool whole_weights() const;
};

/// Fails: kNotFound for absent columns; kInvalidArgument, with row and column, for times that are
/// negative or not finite, a start not before its time, weights that are negative, an event that
/// is neither 0 nor 1 where one level must be named, more than 50 groups, no rows left, and as
/// Model.
Result<SurvivalRows> survival_rows(const Table& table, const SurvivalRequest& request);

}  // namespace thaw::effect
