// The registry as a target trial over time sees it: one row a person and month from their first
// complete report on, with the drug, what was known when the month began, and what happened in it.
//
// Columns are those of docs/methods/target_trial.md, "from the registry". Months are of 30.4375
// days. Nobody is lost: deaths reach the registry by other ways than reports, so follow-up ends at
// death or with the last whole month before the as-of day. Check: person_month_table_test.cc.
#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "registry/cohort_table.h"
#include "registry/registry_data.h"
#include "table/table.h"

namespace thaw::registry {

struct PersonMonthSpec {
  std::string drug = "riluzole";
  std::string comparator;              // another drug; empty: none
  double max_months_since_onset = 60;  // at the first month
  int min_age_years = 18;              // at onset
  int months = 60;                     // at most, a person
};

struct PersonMonthTable {
  Table table;
  CohortFlow flow;  // took_drug_before and start_not_known count people; `eligible` have rows
};

/// Columns, no missing value unless said: person text; month integer, 0 the month that begins with
/// the first complete report; treatment, comparator 0/1, taken in some part of the month;
/// used_before 0/1, either was taken before month 0; died 0/1; age_at_onset years; female 0/1; site
/// category; months_since_onset, at the month's start; total points, the last known at its start;
/// ln_pre_slope as in cohort_table.h; niv, gastrostomy 0/1, by its start; total_reported points, of
/// the first report within the month (missing without one; in month 0 the first report); synthetic
/// boolean. A person whose start of the drug (or comparator) is not dated is left out and counted.
/// Fails: kInvalidArgument without a drug's name, or for a drug compared with itself.
Result<PersonMonthTable> person_month_table(const RegistryData& data, const PersonMonthSpec& spec);

}  // namespace thaw::registry
