// Studies of one question pooled from a table: the fit, how far the studies differ, what each does
// to the answer, and whether small ones say something else.
//
// The statistics are stats/meta_regression.h, multilevel_meta.h, meta_influence.h, small_study.h
// and two_by_two.h; this reads the table, leaves out and names the rows that cannot be used, and
// says in words what the numbers do not allow. docs/methods/synthesis.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "stats/meta_influence.h"
#include "stats/meta_regression.h"
#include "stats/multilevel_meta.h"
#include "stats/small_study.h"
#include "stats/two_by_two.h"
#include "table/table.h"

namespace thaw::effect {

/// A sentence in both languages.
struct Sentence {
  std::string en, zh;
};

struct SynthesisRequest {
  std::string effect;               // column of the estimates
  std::string variance;             // column of their variances; or
  std::string se;                   // of their standard errors
  std::vector<std::string> counts;  // instead of these: columns a, b, c, d of two_by_two.h
  std::optional<stats::CountMeasure> count_measure;
  stats::Tau2Method method = stats::Tau2Method::kReml;
  bool knapp_hartung = false;
  bool widen_only = false;  // Knapp and Hartung's factor is held at 1 or above
  std::string moderators;   // terms as effect/model_matrix.h reads them
  std::string cluster;      // column, or "cluster/unit"
  std::string label;        // column that names the studies
  std::string measure;  // what the estimates are, such as "log hazard ratio"; starts with "log" for
                        // the logarithm of a ratio
  double tolerance = 0;           // relative step at which tau2 is found; 0: stats::kCustomaryStop
  std::optional<bool> influence;  // the fit without each study; nothing: up to 200 studies
};

struct StudyRow {
  std::size_t row;  // of the table, from 1
  std::string label;
  double y, v;
  std::string cluster, unit;
};

struct ExcludedStudy {
  std::size_t row;
  Sentence reason;
};

struct Synthesis {
  SynthesisRequest request;
  std::vector<std::string> terms;  // of the coefficients; the first is "1"
  std::vector<StudyRow> studies;
  std::vector<ExcludedStudy> excluded;
  stats::Matrix x;  // (studies, terms)
  stats::MetaFit fit;
  std::optional<stats::MultilevelFit> multilevel;  // with `cluster`: then the answer is its
  /// At the intercept, or with moderators at their means.
  stats::MetaPrediction mean;
  std::optional<stats::Tau2Interval> q_profile, likelihood;  // not for FE; the latter for ML, REML
  std::optional<double> r2;
  std::vector<stats::StudyInfluence> influence;
  std::optional<stats::EggerTest> egger;
  std::optional<stats::RankTest> rank;
  std::optional<stats::TrimFill> trim_fill;
  std::optional<double> fail_safe_n;
  std::optional<stats::PooledCounts> pooled_counts;
  std::vector<Sentence> warnings;  // what a reader must know first
  Sentence reading;                // the answer in words
  std::string data_hash;           // SHA-256 of the cells used, whatever the order of rows

  bool ratio() const;  // the estimates are logarithms of ratios
};

/// Fails: kInvalidArgument for a request that contradicts itself, fewer than two usable studies, a
/// variance that is not above 0 or a number that is infinite (with its row), moderators that depend
/// on each other (by name); kNotFound for a column. Cost: O(k p^2), times k with influence.
Result<Synthesis> synthesize(const Table& table, const SynthesisRequest& request);

/// Sets warnings and reading from the rest. Where the search for the variances did not converge,
/// standard errors, tests and intervals are withheld (NaN).
void describe_synthesis(Synthesis& s);

}  // namespace thaw::effect
