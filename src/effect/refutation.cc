#include "effect/refutation.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "base/parallel.h"
#include "base/random.h"
#include "effect/analysis_rows.h"
#include "effect/cross_fit.h"
#include "stats/linear.h"

namespace thaw::effect {
namespace {

using stats::Vector;

// Streams of one seed, far apart, so that no two attempts share draws.
constexpr std::uint64_t kPlaceboStream = 1'000'000;
constexpr std::uint64_t kNoiseStream = 2'000'000;
constexpr std::uint64_t kSubsetStream = 3'000'000;

/// One thread, one split and no bootstrap for each refit: the pieces are the parallel work.
Settings plain(Settings settings) {
  settings.threads = 1;
  settings.bootstrap = 0;
  settings.repeats = 1;
  return settings;
}

Refits repeat(int replicates, unsigned threads,
              const std::function<Result<PointData>(Random&)>& change, const Settings& settings,
              std::uint64_t stream, std::vector<double>* all = nullptr) {
  std::vector<std::optional<double>> values(static_cast<std::size_t>(std::max(replicates, 0)));
  for_each_piece(values.size(), threads, [&](std::size_t r) {
    Random random(settings.seed, stream + r);
    const auto data = change(random);
    if (!data) {
      return;
    }
    if (const auto fit = fit_method(*data, plain(settings)); fit && std::isfinite(fit->value)) {
      values[r] = fit->value;
    }
  });
  Refits refits{.replicates = replicates};
  std::vector<double> there;
  for (const auto& value : values) {
    if (value) {
      there.push_back(*value);
    } else {
      ++refits.failed;
    }
  }
  const auto count = static_cast<double>(there.size());
  for (const double value : there) {
    refits.mean += value / count;
  }
  for (const double value : there) {
    refits.sd += std::pow(value - refits.mean, 2);
  }
  refits.sd = count > 1 ? std::sqrt(refits.sd / (count - 1)) : 0;
  if (all != nullptr) {
    *all = std::move(there);
  }
  return refits;
}

template <class Values>
void shuffle(Values& values, Random& random) {
  for (std::size_t i = values.size(); i > 1; --i) {
    std::swap(values[i - 1], values[random.index(i)]);
  }
}

/// Rows in tenths of the propensity; with few people, fewer parts. Rows stand in an order of their
/// own values, treatment and outcome among them, so a cut between equal propensities would sort
/// people by what happened to them: equal ones stay together, in the part of their middle rank.
std::vector<std::vector<Eigen::Index>> strata(const PointData& data, const Vector& propensity) {
  constexpr double kEqual = 1e-9;  // Sums of the same covariates may differ by rounding.
  std::vector<Eigen::Index> order(static_cast<std::size_t>(data.rows()));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  std::ranges::stable_sort(order, {}, [&](Eigen::Index i) { return propensity[i]; });
  const std::size_t parts = std::clamp<std::size_t>(order.size() / 20, 1, 10);
  std::vector<std::vector<Eigen::Index>> strata(parts);
  for (std::size_t from = 0, to = 0; from < order.size(); from = to) {
    while (to < order.size() && propensity[order[to]] - propensity[order[from]] <= kEqual) {
      ++to;
    }
    auto& part = strata[(from + to - 1) / 2 * parts / order.size()];
    part.insert(part.end(), order.begin() + static_cast<std::ptrdiff_t>(from),
                order.begin() + static_cast<std::ptrdiff_t>(to));
  }
  return strata;
}

}  // namespace

int affordable_refits(const PointData& data, const Settings& settings) {
  const auto n = static_cast<double>(data.rows());
  const auto p = static_cast<double>(data.x.cols());
  double work = 10 * n * p * p;
  if (settings.method == Method::kMatch) {
    work += n * n * p;
  }
  if (settings.method == Method::kDml) {
    work *= 10;
  }
  if (settings.learner != LearnerKind::kLinear) {
    work += 2e4 * n * p;
  }
  return static_cast<int>(std::clamp(3e9 / work, 5.0, 100.0));
}

Refits placebo_treatment(const PointData& data, const Settings& settings, double estimate,
                         int replicates) {
  std::vector<double> values;
  Refits refits;
  if (data.binary_treatment) {
    Vector propensity = Vector::Constant(data.rows(), 0.5);
    if (const auto model = treatment_model(data); model && data.x.cols() > 1) {
      propensity = model->probability;
    }
    const auto parts = strata(data, propensity);
    refits = repeat(
        replicates, settings.threads,
        [&](Random& random) -> Result<PointData> {
          Vector dealt = data.treatment;
          for (const auto& rows : parts) {
            Vector own = data.treatment(rows);
            std::vector<double> cards(own.begin(), own.end());
            shuffle(cards, random);
            for (std::size_t k = 0; k < rows.size(); ++k) {
              dealt[rows[k]] = cards[k];
            }
          }
          return with_treatment(data, std::move(dealt));
        },
        settings, kPlaceboStream, &values);
  } else {
    const auto fit =
        stats::fit_linear(data.x, as_span(data.treatment), {}, stats::LinearVariance::kModel);
    if (!fit) {
      return {.replicates = replicates, .failed = replicates};
    }
    refits = repeat(
        replicates, settings.threads,
        [&](Random& random) -> Result<PointData> {
          std::vector<double> cards(fit->residuals.begin(), fit->residuals.end());
          shuffle(cards, random);
          return with_treatment(data,
                                data.treatment - fit->residuals + Vector(stats::as_vector(cards)));
        },
        settings, kPlaceboStream, &values);
  }
  const auto as_far = std::ranges::count_if(
      values, [&](double value) { return std::fabs(value) >= std::fabs(estimate); });
  if (!values.empty()) {
    refits.p = static_cast<double>(as_far + 1) / static_cast<double>(values.size() + 1);
  }
  return refits;
}

Refits random_common_cause(const PointData& data, const Settings& settings, int replicates) {
  return repeat(
      replicates, settings.threads,
      [&](Random& random) -> Result<PointData> {
        Vector noise(data.rows());
        for (double& value : noise) {
          value = random.normal();
        }
        return with_covariate(data, "noise", noise);
      },
      settings, kNoiseStream);
}

Refits subsets(const PointData& data, const Settings& settings, int replicates) {
  return repeat(
      replicates, settings.threads,
      [&](Random& random) -> Result<PointData> {
        std::vector<Eigen::Index> rows(static_cast<std::size_t>(data.rows()));
        std::iota(rows.begin(), rows.end(), Eigen::Index{0});
        shuffle(rows, random);
        rows.resize(rows.size() * 4 / 5);
        std::ranges::sort(rows);
        return rows_of(data, rows);
      },
      settings, kSubsetStream);
}

}  // namespace thaw::effect
