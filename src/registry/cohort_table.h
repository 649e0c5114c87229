// The registry as a target trial sees it: one row per person at time zero, their first report.
//
// Protocol, every column and what it cannot tell: docs/methods/synthetic_registry.md section 5.
// New-user design (Hernan and Robins 2016, Am J Epidemiol 183:758): who took the drug before time
// zero is left out; who starts later is untreated and followed until that start.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "registry/registry_data.h"
#include "table/table.h"

namespace thaw::registry {

struct CohortSpec {
  std::string drug = "riluzole";
  double max_months_since_onset = 60;     // at time zero
  int min_age_years = 18;                 // at onset
  int grace_days = 31;                    // a start this soon after time zero is a start at it
  double slope_months = 12;               // reports this long after time zero make the slope
  std::size_t min_reports_for_slope = 3;  // of known total, from time zero on
};

/// Why people are not in the table, in the order in which they are asked; sums to `people`.
struct CohortFlow {
  std::size_t people = 0;
  std::size_t no_complete_report = 0;  // no report whose total is known
  std::size_t not_als = 0;             // diagnosis PLS, other or unknown
  std::size_t onset_not_known = 0;     // or known only to a year, or not before time zero
  std::size_t too_long_since_onset = 0;
  std::size_t not_adult = 0;         // or age or sex or site unknown
  std::size_t took_drug_before = 0;  // prevalent users
  std::size_t start_not_known = 0;   // took the drug, with no date precise enough
  std::size_t eligible = 0;
};

struct Cohort {
  Table table;
  CohortFlow flow;
};

/// Columns, one row per eligible person, no missing value unless said:
/// person text; synthetic boolean; treatment boolean; months real, from time zero to death, a
/// later start of the drug or the as-of day, above 0; event boolean, died; age_at_onset years;
/// female boolean; site category; months_since_onset; total points; pre_slope points/month lost
/// from onset to time zero; ln_pre_slope, ln(pre_slope + 0.1); bulbar, fine_motor, gross_motor,
/// respiratory points; vital_capacity litres (within 92 days of time zero, may be missing);
/// entry_year real; slope points/month, least squares over the person's reports of the first
/// slope_months while followed
/// (negative: falls; missing below min_reports_for_slope); reports integer, used for it.
Result<Cohort> cohort_table(const RegistryData& data, const CohortSpec& spec);

/// How one person stands at their time zero, for cohort_table and for the planted truth.
struct Entry {
  enum class Standing {
    kEligible,
    kNoCompleteReport,
    kNotAls,
    kOnsetNotKnown,
    kTooLongSinceOnset,
    kNotAdult
  };
  Standing standing = Standing::kNoCompleteReport;
  std::size_t report = 0;  // index of the report at time zero; valid but for kNoCompleteReport
  double months_since_onset = 0;
  double age_at_onset = 0;  // years
  double pre_slope = 0;     // points lost a month since onset
};
Entry entry_of(const History& history, const CohortSpec& spec);

/// Counts in `flow` one person whose `standing` keeps them out; an eligible one is not counted.
void leave_out(Entry::Standing standing, CohortFlow& flow);

/// The slope's part of confounding on the scale on which it is near normal: ln(pre_slope + 0.1).
double ln_pre_slope(double pre_slope);

}  // namespace thaw::registry
