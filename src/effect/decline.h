// From a long table of visits to the decline it shows: a line for each person by a mixed model, and
// decline and death together by a joint model.
//
// The statistics are stats/mixed_model.h and stats/joint_model.h; this reads tables, leaves out and
// counts rows with a missing value, and says in words what the numbers suppose.
// docs/methods/mixed_model.md, docs/methods/joint_model.md.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "effect/synthesis.h"
#include "stats/joint_model.h"
#include "stats/mixed_model.h"
#include "table/table.h"

namespace thaw::effect {

struct SlopeRequest {
  std::string id, time, outcome;
  std::string model;         // terms, the time among them; empty: the time alone
  bool random_slope = true;  // else a random intercept only
  bool restricted = true;    // REML, else ML
  bool normal = false;       // normal tests in place of Satterthwaite's
};

struct SlopeResult {
  SlopeRequest request;
  std::vector<std::string> terms;
  stats::MixedFit fit;
  std::size_t excluded = 0;  // rows with a missing value
  std::vector<Sentence> warnings;
  Sentence reading;
  std::string data_hash;
};

/// Fails: kNotFound for a column; kInvalidArgument as the model's terms and stats::fit_mixed.
Result<SlopeResult> estimate_slopes(const Table& table, const SlopeRequest& request);

struct JointRequest {
  std::string id, time, outcome;
  std::string event_time, event;  // end of follow-up, and whether it was the event (0/1 or boolean)
  std::string level_model, slope_model,
      hazard_model;  // terms of the person; time is no part of them
  stats::JointOptions options;
};

struct JointResult {
  JointRequest request;
  std::vector<std::string> level_terms, slope_terms, hazard_terms;
  stats::JointFit fit;
  stats::MixedFit line_alone;  // the same line, deaths ignored: level terms, then slope terms
  std::size_t excluded_visits = 0, excluded_people = 0;
  std::vector<Sentence> warnings;
  Sentence reading;
  std::string data_hash;
};

/// `people` has one row a person; null: the first visit of each in `visits` stands for it, and the
/// event columns must be the same at all visits of a person.
/// Fails: kNotFound for a column; kInvalidArgument as stats::fit_joint (with the person's id), for
/// a person twice in `people`, or an event that is not 0 or 1.
Result<JointResult> estimate_joint(const Table& visits, const Table* people,
                                   const JointRequest& request);

/// The documents of docs/formats/decline.md.
boost::json::object slope_json(const SlopeResult& result);
boost::json::object joint_json(const JointResult& result);

/// Lines for people, in "en" or "zh".
std::string slope_text(const SlopeResult& result, std::string_view lang);
std::string joint_text(const JointResult& result, std::string_view lang);

/// SHA-256 of the cells of `columns` of `table`, whatever the order of rows and columns.
std::string cells_hash(const Table& table, std::vector<std::string> columns);

}  // namespace thaw::effect
