#include "effect/pooled_logistic.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/parallel.h"
#include "effect/pooled_kernel.h"

namespace thaw::effect {
namespace {

using stats::Matrix;
using stats::Vector;

constexpr std::size_t kChunkRows = kBlockRows * 64;
constexpr std::size_t kPieceBlocks = 128;
constexpr int kPassesMax = 40;
constexpr double kSettled = 1e-10;     // Newton decrement, in units of the log likelihood
constexpr double kSettledWarm = 1e-7;  // of a resampled fit: 3e-4 of a standard error
constexpr double kLogOddsMax = 25;     // a coefficient's pull in log odds that only separation has

/// Score and information at one set of coefficients.
struct Slopes {
  std::vector<double> score;
  std::vector<double> information;  // lower triangle by rows
};

Slopes slopes_at(const PooledDesign& design, std::span<const double> person_weight,
                 const Vector& beta, unsigned threads) {
  const std::size_t p = design.columns();
  const std::size_t pieces = (design.blocks() + kPieceBlocks - 1) / kPieceBlocks;
  std::vector<Slopes> parts(pieces);
  for_each_piece(pieces, threads, [&](std::size_t piece) {
    Slopes& own = parts[piece];
    own.score.assign(p, 0);
    own.information.assign(p * (p + 1) / 2, 0);
    std::array<double, 3 * kBlockRows> scratch;  // NOLINT: written before it is read
    std::array<double, kBlockRows> weight;       // NOLINT
    const std::size_t end = std::min((piece + 1) * kPieceBlocks, design.blocks());
    for (std::size_t b = piece * kPieceBlocks; b < end; ++b) {
      design.weights(b, person_weight, weight.data());
      block_newton(design.block(b), p, beta.data(), design.outcomes(b), weight.data(),
                   own.score.data(), own.information.data(), scratch.data());
    }
  });
  for (std::size_t piece = 1; piece < pieces; ++piece) {
    std::ranges::transform(parts[0].score, parts[piece].score, parts[0].score.begin(),
                           std::plus<>());
    std::ranges::transform(parts[0].information, parts[piece].information,
                           parts[0].information.begin(), std::plus<>());
  }
  return std::move(parts[0]);
}

Matrix symmetric(const std::vector<double>& lower, std::size_t p) {
  const auto n = static_cast<Eigen::Index>(p);
  Matrix out(n, n);
  std::size_t next = 0;
  for (Eigen::Index j = 0; j < n; ++j) {
    for (Eigen::Index k = 0; k <= j; ++k) {
      out(j, k) = out(k, j) = lower[next++];
    }
  }
  return out;
}

/// Sum of weights of the rows with a yes, and of all rows.
std::pair<double, double> class_weights(const PooledDesign& design,
                                        std::span<const double> person_weight) {
  double yes = 0;
  double all = 0;
  std::array<double, kBlockRows> weight{};
  for (std::size_t b = 0; b < design.blocks(); ++b) {
    design.weights(b, person_weight, weight.data());
    for (std::size_t i = 0; i < kBlockRows; ++i) {
      yes += weight[i] * design.outcomes(b)[i];
      all += weight[i];
    }
  }
  return {yes, all};
}

Error dependent(const PooledDesign& design, std::size_t column) {
  return invalid_argument(
      fmt::format("model of {}: term {} is constant or a combination of the terms before it among "
                  "its {} person-months; leave it out",
                  design.purpose(), design.names()[column], design.rows()));
}

/// Newton's steps from `fit.coef`; a step after which the decrement has grown is halved.
Result<Done> climb(const PooledDesign& design, std::span<const double> person_weight,
                   double settled, unsigned threads, PooledFit& fit) {
  fit.converged = false;
  double last = INFINITY;
  Vector from = fit.coef;
  Vector step = Vector::Zero(fit.coef.size());
  int halvings = 0;
  while (fit.passes < kPassesMax) {
    const Slopes slopes = slopes_at(design, person_weight, fit.coef, threads);
    ++fit.passes;
    const Matrix information = symmetric(slopes.information, design.columns());
    const auto inverse = stats::inverse_if_definite(information);
    if (!inverse && fit.passes == 1) {
      return dependent(design, stats::first_dependent_column(information).value_or(0));
    }
    const Vector score = stats::as_vector(slopes.score);
    const Vector next = inverse ? Vector(*inverse * score) : Vector(step);
    const double decrement = inverse ? next.dot(score) : INFINITY;
    if (!(decrement <= std::max(last, 1e-6)) && halvings < 12) {
      step *= 0.5;
      ++halvings;
      fit.coef = from + step;
      continue;
    }
    if (!inverse) {
      return Done{};
    }
    halvings = 0;
    last = decrement;
    from = fit.coef;
    step = next;
    fit.coef += step;
    if (decrement < settled) {
      fit.converged = fit.coef.cwiseAbs().maxCoeff() < 1e12;
      return Done{};
    }
  }
  return Done{};
}

/// Whether the model tells some rows' outcome for certain: the mark of separated columns.
bool separated(const PooledDesign& design, const PooledFit& fit) {
  std::array<double, kBlockRows> p{};
  for (std::size_t b = 0; b < design.blocks(); ++b) {
    block_probability(design.block(b), design.columns(), fit.coef.data(), p.data());
    const std::size_t used = std::min(kBlockRows, design.rows() - b * kBlockRows);
    for (std::size_t i = 0; i < used; ++i) {
      if (std::min(p[i], 1 - p[i]) < std::exp(-kLogOddsMax)) {
        return true;
      }
    }
  }
  return false;
}

/// The model of `terms` with the levels that occur in `rows`: one that does not would be a column
/// of zeros.
Result<Model> learn_in(const Table& table, std::string_view terms,
                       const std::vector<std::uint32_t>& rows) {
  THAW_TRY(const auto names, term_columns(terms));
  const std::vector<std::size_t> chosen(rows.begin(), rows.end());
  const bool factors = terms.find("factor(") != std::string_view::npos;
  Table own;
  for (const std::string& name : names) {
    THAW_TRY(const Column* column, table.column(name));
    const bool number =
        column->type() == ColumnType::kReal || column->type() == ColumnType::kInteger;
    THAW_CHECK(own.add_column(number && !factors
                                  ? Column::integer(name, std::vector<std::int64_t>(rows.size(), 0))
                                  : column->take(chosen)));
  }
  return Model::learn(own, terms);
}

}  // namespace

std::size_t PooledDesign::block_size() const {
  return kBlockRows * columns();
}

std::size_t PooledDesign::blocks() const {
  return (rows() + kBlockRows - 1) / kBlockRows;
}

const double* PooledDesign::outcomes(std::size_t b) const {
  return y_.data() + b * kBlockRows;
}

double PooledDesign::value(std::size_t i, std::size_t j) const {
  return block(i / kBlockRows)[j * kBlockRows + i % kBlockRows];
}

void PooledDesign::weights(std::size_t b, std::span<const double> person_weight,
                           double* out) const {
  const std::size_t begin = b * kBlockRows;
  const std::size_t used = std::min(kBlockRows, rows() - begin);
  for (std::size_t i = 0; i < used; ++i) {
    out[i] = person_weight.empty() ? 1 : person_weight[person_[begin + i]];
  }
  for (std::size_t i = 0; i < used && !row_weight_.empty(); ++i) {
    out[i] *= row_weight_[begin + i];
  }
  std::fill(out + used, out + kBlockRows, 0.0);
}

Result<PooledDesign> PooledDesign::build(const PersonMonths& months, std::string_view terms,
                                         std::vector<std::uint32_t> rows,
                                         std::span<const std::uint8_t> y, std::string purpose) {
  const std::vector<double> numbers(y.begin(), y.end());
  return build(months, terms, std::move(rows), std::span<const double>(numbers),
               std::move(purpose));
}

Result<PooledDesign> PooledDesign::build(const PersonMonths& months, std::string_view terms,
                                         std::vector<std::uint32_t> rows, std::span<const double> y,
                                         std::string purpose) {
  PooledDesign out;
  out.purpose_ = std::move(purpose);
  auto model = learn_in(months.table, terms, rows);
  if (!model) {
    return Error{model.error().code,
                 fmt::format("model of {}: {}", out.purpose_, model.error().message)};
  }
  out.names_ = model->names();
  out.model_ = *model;
  out.row_ = std::move(rows);
  out.person_.resize(out.rows());
  out.y_.assign(out.blocks() * kBlockRows, 0);
  for (std::size_t i = 0; i < out.rows(); ++i) {
    out.person_[i] = months.person[out.row_[i]];
    out.y_[i] = y[out.row_[i]];
  }
  out.x_.assign(out.blocks() * out.block_size(), 0);
  const auto columns = model->columns();
  for (std::size_t begin = 0; begin < out.rows(); begin += kChunkRows) {
    const std::size_t end = std::min(begin + kChunkRows, out.rows());
    const std::vector<std::size_t> chosen(out.row_.begin() + static_cast<std::ptrdiff_t>(begin),
                                          out.row_.begin() + static_cast<std::ptrdiff_t>(end));
    Table chunk;
    // A table without columns has no rows: the intercept alone borrows one.
    THAW_CHECK(
        chunk.add_column(Column::integer("\x01", std::vector<std::int64_t>(chosen.size(), 0))));
    for (const std::string& name : columns) {
      THAW_CHECK(chunk.add_column(months.table.find(name)->take(chosen)));
    }
    const auto x = model->matrix(chunk);
    if (!x) {
      return Error{x.error().code, fmt::format("model of {}: {}", out.purpose_, x.error().message)};
    }
    for (std::size_t j = 0; j < out.columns(); ++j) {
      for (std::size_t i = begin; i < end; ++i) {
        out.x_[i / kBlockRows * out.block_size() + j * kBlockRows + i % kBlockRows] =
            (*x)(static_cast<Eigen::Index>(i - begin), static_cast<Eigen::Index>(j));
      }
    }
  }
  return out;
}

stats::Vector log_odds_of(const PooledFit& fit, const Matrix& x) {
  constexpr double kCertain = 40;
  if (fit.constant) {
    return Vector::Constant(x.rows(), *fit.constant > 0.5 ? kCertain : -kCertain);
  }
  return x * fit.coef;
}

Result<PooledLine> fit_line(const PooledDesign& design, std::span<const double> person_weight) {
  const auto p = static_cast<Eigen::Index>(design.columns());
  Matrix products = Matrix::Zero(p, p);
  Vector sums = Vector::Zero(p);
  double squares = 0;
  double rows = 0;
  Vector weight(static_cast<Eigen::Index>(kBlockRows));
  for (std::size_t b = 0; b < design.blocks(); ++b) {
    const Eigen::Map<const Matrix> x(design.block(b), kBlockRows, p);
    const Eigen::Map<const Vector> y(design.outcomes(b), kBlockRows);
    design.weights(b, person_weight, weight.data());
    const Matrix weighted = weight.asDiagonal() * x;
    products += x.transpose() * weighted;
    sums += weighted.transpose() * y;
    squares += weight.dot(y.cwiseAbs2());
    rows += weight.sum();
  }
  const auto inverse = stats::inverse_if_definite(products);
  const double left = rows - static_cast<double>(p);
  if (!inverse || left <= 0) {
    return dependent(design, stats::first_dependent_column(products).value_or(0));
  }
  PooledLine line{*inverse * sums, 0};
  line.residual_sd = std::sqrt(std::max(0.0, squares - line.coef.dot(sums)) / left);
  return line;
}

Result<PooledFit> fit_pooled(const PooledDesign& design, std::span<const double> person_weight,
                             const PooledFit* start, unsigned threads) {
  PooledFit fit;
  const auto [yes, all] = class_weights(design, person_weight);
  if (!(yes > 0) || !(yes < all)) {
    fit.constant = yes > 0 ? 1 : 0;
    return fit;
  }
  const bool warm = start != nullptr && !start->constant && start->converged;
  if (warm) {
    fit.coef = start->coef;
  } else {
    fit.coef = Vector::Zero(static_cast<Eigen::Index>(design.columns()));
    fit.coef[0] = std::log(yes / (all - yes));
  }
  THAW_CHECK(climb(design, person_weight, warm ? kSettledWarm : kSettled, threads, fit));
  if (!warm && fit.converged && separated(design, fit)) {
    fit.converged = false;
  }
  return fit;
}

void inverse_probability(const PooledDesign& design, const PooledFit& fit, double bound,
                         std::span<double> out) {
  std::array<double, kBlockRows> p{};
  for (std::size_t b = 0; b < design.blocks(); ++b) {
    if (fit.constant) {
      p.fill(*fit.constant);
    } else {
      block_probability(design.block(b), design.columns(), fit.coef.data(), p.data());
    }
    const double* y = design.outcomes(b);
    for (std::size_t i = 0; i < kBlockRows; ++i) {
      const double observed = y[i] * p[i] + (1 - y[i]) * (1 - p[i]);
      p[i] = 1 / std::max(observed, bound);
    }
    const std::size_t begin = b * kBlockRows;
    const std::size_t used = std::min(kBlockRows, design.rows() - begin);
    for (std::size_t i = 0; i < used; ++i) {
      out[design.row()[begin + i]] = p[i];
    }
  }
}

std::vector<double> fitted_probability(const PooledDesign& design, const PooledFit& fit) {
  std::vector<double> out(design.blocks() * kBlockRows);
  for (std::size_t b = 0; b < design.blocks(); ++b) {
    if (fit.constant) {
      std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(b * kBlockRows), kBlockRows,
                  *fit.constant);
    } else {
      block_probability(design.block(b), design.columns(), fit.coef.data(),
                        out.data() + b * kBlockRows);
    }
  }
  out.resize(design.rows());
  return out;
}

}  // namespace thaw::effect
