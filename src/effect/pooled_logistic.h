// Pooled logistic regression over person-months, built once and fitted many times with other
// weights: the models of treatment and of leaving behind every weight.
//
// Method: Newton's steps; D'Agostino et al. 1990, Stat Med 9:1501 (pooling over months). A fit
// begun at the solution of the whole data needs about two passes for a resampled one.
// Check: pooled_logistic_test.cc, against stats/logistic.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "effect/model_matrix.h"
#include "effect/person_months.h"
#include "stats/matrix.h"

namespace thaw::effect {

/// Columns of a model in blocks of rows, with the outcome, and which person-month each row is.
class PooledDesign {
 public:
  /// The model `terms` on the `rows` of `months.table`, with outcome `y` (of all rows of the table;
  /// 0 or 1, or a share between), for `purpose`, such as "treatment at time zero".
  /// Fails: as Model, naming the purpose.
  static Result<PooledDesign> build(const PersonMonths& months, std::string_view terms,
                                    std::vector<std::uint32_t> rows, std::span<const double> y,
                                    std::string purpose);
  static Result<PooledDesign> build(const PersonMonths& months, std::string_view terms,
                                    std::vector<std::uint32_t> rows,
                                    std::span<const std::uint8_t> y, std::string purpose);

  /// The model with the levels it learnt, for predictions elsewhere.
  const Model& model() const { return model_; }

  std::size_t rows() const { return row_.size(); }
  std::size_t columns() const { return names_.size(); }
  std::size_t blocks() const;
  const std::vector<std::string>& names() const { return names_; }
  const std::string& purpose() const { return purpose_; }
  const std::vector<std::uint32_t>& row() const { return row_; }
  const double* block(std::size_t b) const { return x_.data() + b * block_size(); }
  /// Outcomes of block `b` (kBlockRows, 0 past the end).
  const double* outcomes(std::size_t b) const;
  double outcome(std::size_t i) const { return y_[i]; }
  /// Column `j` in row `i`.
  double value(std::size_t i, std::size_t j) const;
  /// A weight for each row (rows()) beside that of its person; empty: all 1.
  void set_row_weights(std::vector<double> weights) { row_weight_ = std::move(weights); }
  double row_weight(std::size_t i) const { return row_weight_.empty() ? 1 : row_weight_[i]; }
  std::uint32_t person(std::size_t i) const { return person_[i]; }
  /// Weights of block `b` from the weight of each person (empty: all 1) into `out` (kBlockRows).
  void weights(std::size_t b, std::span<const double> person_weight, double* out) const;

 private:
  std::size_t block_size() const;

  std::vector<double> x_;
  std::vector<double> y_;
  std::vector<std::uint32_t> row_;
  std::vector<std::uint32_t> person_;
  std::vector<double> row_weight_;
  std::vector<std::string> names_;
  std::string purpose_;
  Model model_;
};

struct PooledFit {
  stats::Vector coef;  // (p), log odds; empty when `constant`
  bool converged = true;
  int passes = 0;
  /// All outcomes alike: the probability, 0 or 1. Or no rows at all.
  std::optional<double> constant;
};

/// Log odds of the model in other rows: `x` as its Model makes it; `constant` fits give +-40.
stats::Vector log_odds_of(const PooledFit& fit, const stats::Matrix& x);

/// Least squares of the design's outcomes by weight of person (empty: all 1), and the residual
/// standard deviation.
struct PooledLine {
  stats::Vector coef;
  double residual_sd;
};
/// Fails: kInvalidArgument for a column that depends on others, and with fewer rows than columns.
Result<PooledLine> fit_line(const PooledDesign& design, std::span<const double> person_weight);

/// Fits `design` with a weight per person (empty: all 1), from `start` when given.
/// Fails: kInvalidArgument when a column depends on others under these weights. Cost: n p^2 / 2
/// multiply-adds a pass, in pieces that do not depend on `threads`.
Result<PooledFit> fit_pooled(const PooledDesign& design, std::span<const double> person_weight,
                             const PooledFit* start, unsigned threads);

/// Writes 1 over each row's probability of the outcome that it had to `out[row]` (all rows of the
/// table; others are left alone), the probability held at `bound` or above.
void inverse_probability(const PooledDesign& design, const PooledFit& fit, double bound,
                         std::span<double> out);

/// Probability of a yes in each row of the design (rows()).
std::vector<double> fitted_probability(const PooledDesign& design, const PooledFit& fit);

}  // namespace thaw::effect
