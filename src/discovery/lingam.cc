#include "discovery/lingam.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "base/parallel.h"
#include "discovery/entropy.h"
#include "discovery/grow_shrink_tree.h"
#include "discovery/precedence.h"

namespace thaw::discovery {
namespace {

using stats::Matrix;
using stats::Vector;

std::span<const double> column(const Matrix& x, Eigen::Index j) {
  return {x.col(j).data(), static_cast<std::size_t>(x.rows())};
}

void standardise(Eigen::Ref<Vector> values) {
  values.array() -= values.mean();
  const double variance = values.squaredNorm() / static_cast<double>(values.size());
  values /= std::sqrt(std::max(variance, std::numeric_limits<double>::min()));
}

/// The asymmetry of x -> y when the entropies of x and y are known; buffers hold the residuals.
double asymmetry(const Eigen::Ref<const Vector>& x, const Eigen::Ref<const Vector>& y,
                 double entropy_x, double entropy_y, Vector& buffer) {
  const double r = x.dot(y) / static_cast<double>(x.size());
  const double scale = 1 / std::sqrt(std::max(1 - r * r, 1e-12));
  buffer = scale * (y - r * x);
  const double y_given_x =
      standardised_entropy({buffer.data(), static_cast<std::size_t>(x.size())});
  buffer = scale * (x - r * y);
  const double x_given_y =
      standardised_entropy({buffer.data(), static_cast<std::size_t>(x.size())});
  return (entropy_y + x_given_y) - (entropy_x + y_given_x);
}

class Ordering {
 public:
  Ordering(Matrix x, const Precedence& precedence, unsigned threads)
      : x_(std::move(x)), precedence_(precedence), threads_(threads) {
    for (Eigen::Index j = 0; j < x_.cols(); ++j) {
      standardise(x_.col(j));
      left_.push_back(static_cast<std::uint32_t>(j));
    }
  }

  /// Takes out the variable that depends least on the rest; nothing when none is left.
  std::optional<std::uint32_t> next() {
    if (left_.empty()) {
      return std::nullopt;
    }
    const std::size_t first = most_exogenous();
    const std::uint32_t cause = left_[first];
    left_.erase(left_.begin() + static_cast<std::ptrdiff_t>(first));
    const auto n = static_cast<double>(x_.rows());
    for (const std::uint32_t v : left_) {
      const double r = x_.col(cause).dot(x_.col(v)) / n;
      x_.col(v) -= r * x_.col(cause);
      standardise(x_.col(v));
    }
    return cause;
  }

 private:
  /// Place in left_ of the variable with the smallest sum of squared evidence against its being
  /// the cause, of those that knowledge lets come first; the first by number of equals.
  std::size_t most_exogenous() const {
    const std::size_t m = left_.size();
    std::vector<double> entropy(m);
    for (std::size_t i = 0; i < m; ++i) {
      entropy[i] = standardised_entropy(column(x_, left_[i]));
    }
    Matrix against = Matrix::Zero(static_cast<Eigen::Index>(m), static_cast<Eigen::Index>(m));
    for_each_piece(m, threads_, [&](std::size_t i) {
      Vector buffer(x_.rows());
      for (std::size_t j = i + 1; j < m; ++j) {
        const double forward =
            asymmetry(x_.col(left_[i]), x_.col(left_[j]), entropy[i], entropy[j], buffer);
        const auto row = static_cast<Eigen::Index>(i);
        const auto col = static_cast<Eigen::Index>(j);
        against(row, col) = forward < 0 ? forward * forward : 0;
        against(col, row) = forward > 0 ? forward * forward : 0;
      }
    });
    std::size_t best = m;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < m; ++i) {
      const bool free = std::ranges::none_of(
          left_, [&](std::uint32_t u) { return precedence_.before(u, left_[i]); });
      const double sum = against.row(static_cast<Eigen::Index>(i)).sum();
      if (free && sum < least) {
        least = sum;
        best = i;
      }
    }
    return best;
  }

  Matrix x_;
  const Precedence& precedence_;
  unsigned threads_;
  std::vector<std::uint32_t> left_;  // rising
};

/// Regresses every variable on its parents in the graph: effects and p of the residuals.
void fit(const Matrix& x, LingamResult& result) {
  const auto p = static_cast<std::size_t>(x.cols());
  result.effects = Matrix::Zero(x.cols(), x.cols());
  for (std::uint32_t v = 0; v < p; ++v) {
    const std::vector<std::uint32_t> parents = result.graph.parents(v);
    Vector residual = x.col(v);
    if (!parents.empty()) {
      Matrix design(x.rows(), static_cast<Eigen::Index>(parents.size()));
      for (std::size_t i = 0; i < parents.size(); ++i) {
        design.col(static_cast<Eigen::Index>(i)) = x.col(parents[i]);
      }
      const Vector beta = (design.transpose() * design).ldlt().solve(design.transpose() * residual);
      residual -= design * beta;
      for (std::size_t i = 0; i < parents.size(); ++i) {
        result.effects(parents[i], v) = beta(static_cast<Eigen::Index>(i));
      }
    }
    result.normal_p.push_back(normal_p({residual.data(), static_cast<std::size_t>(x.rows())}));
  }
}

Result<Done> check(const Data& data, const Knowledge& knowledge) {
  if (knowledge.size() != data.size()) {
    return invalid_argument("the knowledge is about other variables than the data");
  }
  constexpr std::size_t kMinRows = 8;
  if (data.rows() < kMinRows) {
    return invalid_argument(fmt::format(
        "{} rows are too few to see the shape of noise: at least {}", data.rows(), kMinRows));
  }
  for (std::size_t v = 0; v < data.size(); ++v) {
    if (data.discrete(v)) {
      return invalid_argument(
          fmt::format("lingam needs numbers, and variable {} is discrete; take boss or ges",
                      data.variable(v).name));
    }
  }
  return Done{};
}

/// Leaves undirected what the data cannot direct.
void undirect(LingamResult& result, const Knowledge& knowledge, double level) {
  const std::size_t p = result.normal_p.size();
  std::vector<std::uint8_t> normal(p, 0);
  for (std::uint32_t v = 0; v < p; ++v) {
    if (result.normal_p[v] > level / static_cast<double>(p)) {
      normal[v] = 1;
      result.looks_normal.push_back(v);
    }
  }
  for (const graph::MixedEdge& edge : result.graph.edges()) {
    if (normal[edge.a] != 0 && normal[edge.b] != 0 && !knowledge.forbidden(edge.a, edge.b) &&
        !knowledge.forbidden(edge.b, edge.a)) {
      result.graph.set_edge(edge.a, edge.b, graph::Mark::kTail, graph::Mark::kTail);
    }
  }
}

}  // namespace

double pairwise_asymmetry(std::span<const double> x, std::span<const double> y) {
  Vector buffer(static_cast<Eigen::Index>(x.size()));
  return asymmetry(stats::as_vector(x), stats::as_vector(y), standardised_entropy(x),
                   standardised_entropy(y), buffer);
}

Result<LingamResult> lingam(const Data& data, const Knowledge& knowledge,
                            const LingamOptions& options) {
  THAW_CHECK(check(data, knowledge));
  ScoreOptions bic = options.score;
  bic.kind = ScoreKind::kBic;
  THAW_TRY(const std::unique_ptr<LocalScore> score, make_score(data, knowledge, bic));
  const Precedence precedence(knowledge);
  if (precedence.circle()) {
    return invalid_argument(
        "the knowledge contradicts itself: its required arrows run in a circle");
  }
  const std::size_t p = data.size();
  Matrix x(static_cast<Eigen::Index>(data.rows()), static_cast<Eigen::Index>(p));
  for (std::size_t v = 0; v < p; ++v) {
    auto values = x.col(static_cast<Eigen::Index>(v));
    values = stats::as_vector(data.values(v));
    values.array() -= values.mean();
  }
  LingamResult result{graph::MixedGraph(p), {}, {}, {}, {}};
  Ordering ordering(x, precedence, options.threads);
  while (const std::optional<std::uint32_t> v = ordering.next()) {
    result.order.push_back(*v);
    const double left = 1 - static_cast<double>(result.order.size()) / static_cast<double>(p);
    if (options.progress && !options.progress(1 - left * left * left)) {
      return unavailable("the search was cancelled");
    }
  }
  std::vector<std::int32_t> rank(p);
  for (std::size_t i = 0; i < p; ++i) {
    rank[result.order[i]] = static_cast<std::int32_t>(i);
  }
  for (std::uint32_t v = 0; v < p; ++v) {
    GrowShrinkTree tree(*score, v, knowledge);
    for (const std::uint32_t parent : tree.best_parents({rank.data(), rank[v]})) {
      result.graph.direct(parent, v);
    }
  }
  fit(x, result);
  undirect(result, knowledge, options.normality_level);
  if (result.looks_normal.size() + 1 >= p) {
    return invalid_argument(fmt::format(
        "lingam reads directions from noise that is not normal, and here the noise of {} of {} "
        "variables looks normal: the data do not say which way their arrows point; take boss or "
        "ges, which leave such arrows open",
        result.looks_normal.size(), p));
  }
  return result;
}

}  // namespace thaw::discovery
