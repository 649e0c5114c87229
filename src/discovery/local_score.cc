#include "discovery/local_score.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "discovery/correlation.h"
#include "discovery/discrete_score.h"
#include "discovery/embedded_score.h"

namespace thaw::discovery {
namespace {

using stats::Matrix;

/// Columns of every variable: its values, or the indicators of its levels after the first.
struct Embedding {
  Matrix columns;
  std::vector<std::size_t> first;
};

Embedding embed(const Data& data) {
  Embedding embedding;
  embedding.first.push_back(0);
  for (std::size_t v = 0; v < data.size(); ++v) {
    embedding.first.push_back(embedding.first.back() +
                              (data.discrete(v) ? data.variable(v).levels.size() - 1 : 1));
  }
  embedding.columns = Matrix::Zero(static_cast<Eigen::Index>(data.rows()),
                                   static_cast<Eigen::Index>(embedding.first.back()));
  for (std::size_t v = 0; v < data.size(); ++v) {
    const auto first = static_cast<Eigen::Index>(embedding.first[v]);
    if (!data.discrete(v)) {
      embedding.columns.col(first) = stats::as_vector(data.values(v));
      continue;
    }
    for (std::size_t row = 0; row < data.rows(); ++row) {
      if (const std::int32_t code = data.codes(v)[row]; code > 0) {
        embedding.columns(static_cast<Eigen::Index>(row), first + code - 1) = 1;
      }
    }
  }
  return embedding;
}

/// The first column that the columns before it determine, or nothing.
std::optional<std::size_t> dependent_column(const Matrix& correlation) {
  const Eigen::LLT<Matrix> factor(correlation);
  constexpr double kPivotMin = 1e-9;
  if (factor.info() == Eigen::Success &&
      factor.matrixLLT().diagonal().array().square().minCoeff() > kPivotMin) {
    return std::nullopt;
  }
  return stats::first_dependent_column(correlation)
      .value_or(static_cast<std::size_t>(correlation.rows() - 1));
}

Error dependence(std::string_view name) {
  return invalid_argument(
      fmt::format("variable {} follows exactly from the variables before it by name (a sum, a "
                  "copy or a rescaling of them), so no data can tell what causes what among them; "
                  "leave one of them out",
                  name));
}

Result<Done> check_rows(std::size_t rows, std::size_t columns) {
  if (rows <= columns) {
    return invalid_argument(
        fmt::format("{} rows are too few for {} columns (categories count one "
                    "for each value but one): this score needs more rows than "
                    "columns; take fewer variables or more rows",
                    rows, columns));
  }
  return Done{};
}

Result<std::unique_ptr<LocalScore>> embedded_score(const Data& data, const Knowledge& knowledge,
                                                   const ScoreOptions& options) {
  Embedding embedding = embed(data);
  THAW_CHECK(check_rows(data.rows(), embedding.first.back()));
  Matrix correlation = correlation_matrix(std::move(embedding.columns));
  if (const auto bad = dependent_column(correlation)) {
    std::size_t v = 0;
    while (embedding.first[v + 1] <= *bad) {
      ++v;
    }
    return dependence(data.variable(v).name);
  }
  return std::unique_ptr<LocalScore>(std::make_unique<EmbeddedScore>(
      std::move(correlation), std::move(embedding.first), static_cast<double>(data.rows()),
      options.penalty, options.sparsity, knowledge));
}

Result<Done> check_options(const ScoreOptions& options) {
  if (!(options.penalty > 0) || !std::isfinite(options.penalty)) {
    return invalid_argument(
        fmt::format("the penalty {} is no positive number; 2 is usual", options.penalty));
  }
  if (!(options.ess > 0) || !std::isfinite(options.ess)) {
    return invalid_argument(fmt::format(
        "the equivalent sample size {} is no positive number; 10 is usual", options.ess));
  }
  if (!(options.sparsity >= 0) || !std::isfinite(options.sparsity)) {
    return invalid_argument(
        fmt::format("the sparsity {} is no number from 0 up; 0.5 is usual", options.sparsity));
  }
  return Done{};
}

Result<Done> check_data(const Data& data, ScoreKind kind) {
  for (std::size_t v = 0; v < data.size(); ++v) {
    const Variable& variable = data.variable(v);
    if (variable.missing > 0) {
      return invalid_argument(
          fmt::format("variable {}: {} values are missing, and a score needs every row whole; "
                      "keep complete rows or impute first",
                      variable.name, variable.missing));
    }
    if (kind == ScoreKind::kBdeu && !data.discrete(v)) {
      return invalid_argument(
          fmt::format("score bdeu counts categories, and variable {} is continuous; take score "
                      "dg-bic, or say that it is discrete",
                      variable.name));
    }
    if (kind == ScoreKind::kBic && data.discrete(v) != data.discrete(0)) {
      return invalid_argument(fmt::format(
          "score bic is for variables of one kind, and {} is {} while {} is {}; take score dg-bic",
          data.variable(0).name, to_string(data.variable(0).kind), variable.name,
          to_string(variable.kind)));
    }
  }
  return Done{};
}

}  // namespace

LocalScore::LocalScore(std::size_t variables, double nat, double rows, double sparsity,
                       const Knowledge& knowledge)
    : variables_(variables),
      nat_(nat),
      tolerance_(1e-7 + 1e-12 * rows),
      arrow_cost_(nat * sparsity * std::log(static_cast<double>(variables))) {
  for (std::size_t from = 0; from < variables; ++from) {
    for (std::size_t to = 0; to < variables; ++to) {
      if (const double odds = knowledge.log_odds(from, to); from != to && odds != 0) {
        odds_.resize(variables * variables, 0);
        odds_[from * variables + to] = nat * odds;
      }
    }
  }
}

double LocalScore::score(std::uint32_t child, std::span<const std::uint32_t> parents) const {
  double score = data_score(child, parents);
  for (const std::uint32_t parent : parents) {
    score += prior(parent, child);
  }
  return score;
}

void LocalScore::improving(std::uint32_t child, std::span<const std::uint32_t> parents,
                           std::span<const std::uint8_t> allowed, std::vector<Gain>& gains) const {
  data_gains(child, parents, allowed, gains);
}

void LocalScore::data_gains(std::uint32_t child, std::span<const std::uint32_t> parents,
                            std::span<const std::uint8_t> allowed, std::vector<Gain>& gains) const {
  std::vector<std::uint32_t> more(parents.begin(), parents.end());
  const double before = data_score(child, parents);
  more.push_back(0);
  for (std::uint32_t v = 0; v < variables_; ++v) {
    if (allowed[v] != 0) {
      more.back() = v;
      const double gain = data_score(child, more) - before + prior(v, child);
      if (gain > tolerance_) {
        gains.push_back({v, gain});
      }
    }
  }
}

std::string_view to_string(ScoreKind kind) {
  switch (kind) {
    case ScoreKind::kBic:
      return "bic";
    case ScoreKind::kBdeu:
      return "bdeu";
    case ScoreKind::kDgBic:
      break;
  }
  return "dg-bic";
}

std::optional<ScoreKind> parse_score_kind(std::string_view word) {
  for (const ScoreKind kind : {ScoreKind::kBic, ScoreKind::kBdeu, ScoreKind::kDgBic}) {
    if (word == to_string(kind)) {
      return kind;
    }
  }
  return std::nullopt;
}

ScoreKind score_for(const Data& data) {
  if (data.all_of(VariableKind::kContinuous)) {
    return ScoreKind::kBic;
  }
  return data.all_of(VariableKind::kDiscrete) ? ScoreKind::kBdeu : ScoreKind::kDgBic;
}

Result<std::unique_ptr<LocalScore>> make_score(const Data& data, const Knowledge& knowledge,
                                               const ScoreOptions& options) {
  const ScoreKind kind = options.kind.value_or(score_for(data));
  THAW_CHECK(check_options(options));
  THAW_CHECK(check_data(data, kind));
  if (kind == ScoreKind::kBdeu) {
    return std::unique_ptr<LocalScore>(std::make_unique<DiscreteScore>(
        data, DiscreteScore::Form::kBdeu, options.ess, options.sparsity, knowledge));
  }
  if (kind == ScoreKind::kBic && data.discrete(0)) {
    return std::unique_ptr<LocalScore>(std::make_unique<DiscreteScore>(
        data, DiscreteScore::Form::kBic, options.penalty, options.sparsity, knowledge));
  }
  return embedded_score(data, knowledge, options);
}

Result<std::unique_ptr<LocalScore>> gaussian_score(Matrix correlation, double rows,
                                                   const Knowledge& knowledge,
                                                   const ScoreOptions& options) {
  THAW_CHECK(check_options(options));
  const auto p = static_cast<std::size_t>(correlation.rows());
  if (!correlation.allFinite()) {
    return invalid_argument("a correlation is no number: a value was missing");
  }
  THAW_CHECK(check_rows(static_cast<std::size_t>(std::max(rows, 0.0)), p));
  if (const auto bad = dependent_column(correlation)) {
    return dependence(fmt::format("number {}", *bad + 1));
  }
  std::vector<std::size_t> first(p + 1);
  for (std::size_t i = 0; i <= p; ++i) {
    first[i] = i;
  }
  return std::unique_ptr<LocalScore>(
      std::make_unique<EmbeddedScore>(std::move(correlation), std::move(first), rows,
                                      options.penalty, options.sparsity, knowledge));
}

}  // namespace thaw::discovery
