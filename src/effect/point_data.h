// A table and a question about a treatment given once, made into the numbers every estimator reads.
//
// Rows are put into an order of their own contents, so that no answer depends on the order of the
// file, to the last bit; draws and folds are keyed by that order. What cannot be answered is
// refused here, with the column and row it hangs on.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "effect/model_matrix.h"
#include "stats/matrix.h"
#include "table/table.h"

namespace thaw::effect {

/// Which columns play which part. Terms as model_matrix.h reads.
struct PointQuestion {
  std::string treatment;      // 0/1 or boolean; any number for ols, dml and iv
  std::string outcome;        // number; 0/1 or boolean is a risk
  std::string adjust;         // terms of the common causes
  std::string outcome_terms;  // of the g-formula's model; empty: `adjust`, in each arm apart
  std::vector<std::string> instruments;
  std::string cluster;  // rows of one value are not independent; empty: all are
  std::string unit;     // of the outcome; empty: the column's own
  /// Rows without a treatment are an error, unless this leaves them out.
  bool drop_missing_treatment = false;
};

/// How many rows a column's gaps cost; a row is counted for each column it lacks.
struct Gap {
  std::string column;
  std::size_t rows;
};

struct PointData {
  PointQuestion question;
  stats::Vector treatment;  // (n)
  stats::Vector outcome;    // (n)
  bool binary_treatment = false;
  bool binary_outcome = false;
  Model model;
  std::vector<std::string> names;  // (p) of the columns of x
  stats::Matrix x;                 // (n, p), column 0 of ones
  /// The g-formula's own columns, empty where they are x in each arm apart: one model whose terms
  /// hold the treatment, with everybody treated and with nobody.
  Model outcome_model;
  stats::Matrix outcome_x1;
  stats::Matrix outcome_x0;
  bool one_model = false;              // the outcome terms name the treatment
  stats::Matrix instruments;           // (n, k), k may be 0
  std::vector<std::size_t> cluster;    // (n), numbers from 0; empty: every row its own
  std::vector<std::uint64_t> row_key;  // (n), of the row's contents and its count among equals
  std::size_t excluded = 0;            // rows left out for a gap
  std::vector<Gap> gaps;
  /// Rows that lack only the outcome, untreated and treated (binary treatment).
  std::array<std::size_t, 2> outcome_missing{};
  std::string hash;  // SHA-256 of names and values of the columns used, in their own order

  Eigen::Index rows() const { return treatment.size(); }
};

/// The data of `question` in `table`.
/// Fails: kNotFound for an absent column; kInvalidArgument, naming column and row, for what is
/// infinite, a missing treatment, a column in two parts, a treatment or outcome that is the same in
/// all rows, covariates that are constant or depend on each other, or fewer rows than coefficients.
/// Cost: O(n log n) comparisons of rows, and X'X.
Result<PointData> point_data(const Table& table, const PointQuestion& question);

/// kInvalidArgument unless the treatment is 0 or 1 throughout with two people in each arm.
Result<Done> need_binary_treatment(const PointData& data, const std::string& method);

/// The rows `pick` of `data`, repeats allowed; hash, gaps and excluded stay those of `data`.
PointData rows_of(const PointData& data, std::span<const Eigen::Index> pick);

/// `data` had `treatment` (n) been given instead.
PointData with_treatment(const PointData& data, stats::Vector treatment);

/// `data` with one more covariate.
PointData with_covariate(const PointData& data, const std::string& name,
                         const stats::Vector& values);

}  // namespace thaw::effect
