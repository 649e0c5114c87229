// What may be shown of the whole registry: counts, curves and quantiles, never one person.
//
// The "people" document of docs/formats/api.md. Small counts: suppression.h. A quantile is given
// only where at least 11 people lie beyond it on each side, a step of the curve only where at least
// 11 died in it; counts beside them are rounded to tens.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "registry/registry_data.h"
#include "registry/suppression.h"

namespace thaw::registry {

struct Label {
  std::string en;
  std::string zh;
};

struct LevelCell {
  std::string value;
  Label label;
  FlooredCount count;
};

struct VariableCounts {
  std::string variable;
  Label label;
  std::vector<LevelCell> levels;  // every person in exactly one level
};

struct AgeCell {
  int from;  // years, from <= age < to
  int to;
  FlooredCount count;
};

struct CurvePoint {
  double month;
  double survival;
  double low;  // 95 % interval
  double high;
  std::size_t at_risk;  // rounded to tens
};

struct SurvivalMedian {
  double value;  // months
  std::optional<double> low;
  std::optional<double> high;
};

struct SurvivalSummary {
  std::size_t n = 0;       // rounded to tens
  std::size_t events = 0;  // rounded to tens
  std::optional<SurvivalMedian> median;
  // By quarter year from onset, but those at which fewer than 11 have died since the point before,
  // or 1 to 10 have left alive.
  std::vector<CurvePoint> points;
};

struct DeclinePoint {
  int month;      // since the person's first report
  std::size_t n;  // rounded to tens; at least 22 people
  // Points lost or gained since the first report.
  std::optional<double> q10, q25;
  double q50;
  std::optional<double> q75, q90;
};

struct SlopeSummary {
  std::size_t n = 0;        // rounded to tens; at least 22 people
  double mean = 0, sd = 0;  // points/month, negative: falls
  std::optional<double> q5, q25;
  double q50 = 0;
  std::optional<double> q75, q95;
};

struct ReportsSummary {
  double mean = 0;
  std::optional<double> q25;
  double q50 = 0;
  std::optional<double> q75;
};

struct Summary {
  bool synthetic = false;
  FlooredCount people;
  Day as_of{};
  std::vector<VariableCounts> counts;
  std::vector<AgeCell> age_at_onset;
  std::optional<SurvivalSummary> survival;  // nothing below 11 people or 11 deaths
  std::vector<DeclinePoint> decline;
  std::optional<SlopeSummary> slope;
  std::optional<ReportsSummary> reports_per_person;
};

/// Survival is counted from onset and people enter the risk set at their first report (left
/// truncation), else those who died before joining would be missing from the deaths.
/// Cost: about 0.1 s for 18,000 people with 20 reports: keep the result.
Summary summarize_registry(const RegistryData& data);

}  // namespace thaw::registry
