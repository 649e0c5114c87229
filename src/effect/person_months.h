// A long table, one row a person and month, checked and in one order: what every estimate of a
// treatment over time reads.
//
// Within month m: the covariates are those at its start, then the treatment of that month, then
// leaving (dropout), then the outcome. So a covariate may cause that month's treatment and an
// event that month's treatment felt, never the other way round. A month in which a person is lost
// has an unknown outcome. A last row without any of these is the end of the data. Source of the
// order: Hernan and Robins 2020, Causal Inference: What If, chapters 19 to 21.
// Check: person_months_test.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "effect/emulation_spec.h"
#include "table/table.h"

namespace thaw::effect {

struct PersonMonths {
  Table table;                        // by person (number, else bytes of the id), then month
  std::vector<std::uint32_t> first;   // (people + 1), row at which each person begins
  std::vector<std::uint32_t> person;  // (rows), from 0
  std::vector<std::int32_t> month;    // (rows), without gaps within a person
  std::vector<std::uint8_t> treated;  // (rows), 0 or 1, as the next three
  std::vector<std::uint8_t> event;
  std::vector<std::uint8_t> competing;
  std::vector<std::uint8_t> dropout;
  std::size_t carried = 0;  // covariate cells filled with the person's last known value

  std::size_t rows() const { return month.size(); }
  std::size_t people() const { return first.size() - 1; }
  /// "person ID, month M" of `row`, for messages.
  std::string place(const EmulationSpec& spec, std::size_t row) const;
};

/// `table` with the columns of `spec` checked and its rows in order; composite and censoring
/// competing events are turned into events and ends here. Pass the table by move: it is not copied
/// when it is in order.
/// Fails: kNotFound for an absent column; kInvalidArgument, naming person and month, for a missing
/// or broken id, month, treatment, event; a negative month; two rows of one month; a gap; a row
/// after an event or dropout; a missing covariate where the spec refuses it.
/// Cost: O(rows log rows) when out of order, else O(rows) a column.
Result<PersonMonths> person_months(Table table, const EmulationSpec& spec);

/// Rows of `table` in the order of person and month, whatever order it has; fails as
/// person_months for ids and months.
Result<std::vector<std::size_t>> person_month_order(const Table& table, const EmulationSpec& spec);

/// One person followed from one time zero.
struct Trial {
  std::uint32_t person;
  std::uint32_t row;   // of time zero
  std::uint32_t rows;  // from there on, at most the follow-up and one
};

/// Who came how far; in people but where it says so.
struct TrialFlow {
  std::size_t people = 0;
  std::size_t person_months = 0;
  std::size_t never_eligible = 0;     // no month met the conditions
  std::size_t treated_before = 0;     // met them only after a treated month
  std::size_t covariate_unknown = 0;  // and these only in months with a covariate missing
  std::size_t enrolled = 0;
  std::size_t trials = 0;
  std::size_t treated_at_zero = 0;      // trials
  std::size_t unknown_eligibility = 0;  // person-months that a missing value kept undecided
};

/// The trials of `spec` in order of person and time zero. Fails: as RowCondition::evaluate;
/// kInvalidArgument when nobody is eligible.
Result<std::vector<Trial>> select_trials(const PersonMonths& months, const EmulationSpec& spec,
                                         TrialFlow& flow);

/// Adds the columns that the spec's models name and the table does not have: since_zero (months
/// since the person's first time zero), treated_months (treated months before this one), lag_X (X
/// a month earlier; of the first month: X itself, and 0 of the treatment), base_X (X at the
/// person's first time zero, or at the first month of who has none). With no `trials` only those
/// that need none, for conditions of eligibility.
Result<Done> add_history(PersonMonths& months, const std::vector<Trial>& trials,
                         const EmulationSpec& spec);

/// The checked months, their trials, and the history that the spec's models name.
struct TrialData {
  PersonMonths months;
  std::vector<Trial> trials;
};

/// person_months, select_trials and add_history in turn; fails as they do.
Result<TrialData> trial_data(Table table, const EmulationSpec& spec, TrialFlow& flow);

}  // namespace thaw::effect
