#include "effect/boosted_trees.h"

#include <fmt/format.h>
#include <xgboost/c_api.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"

namespace thaw::effect {
namespace {

using stats::Matrix;
using stats::Vector;
using Parameters = std::vector<std::pair<const char*, std::string>>;

constexpr int kRoundsMax = 300;
constexpr int kPatience = 15;

Error refused() {
  return unavailable(fmt::format("the tree library failed: {}", XGBGetLastError()));
}

struct FreeData {
  void operator()(void* data) const { XGDMatrixFree(data); }
};
struct FreeTrees {
  void operator()(void* trees) const { XGBoosterFree(trees); }
};
using Data = std::unique_ptr<void, FreeData>;
using Trees = std::unique_ptr<void, FreeTrees>;

/// The rows of `x` without its column of ones, row by row in single precision, as the library
/// reads.
Result<Data> rows_for_trees(const Matrix& x, const Vector* y) {
  const Eigen::Index p = std::max<Eigen::Index>(x.cols() - 1, 1);
  std::vector<float> cells;
  cells.reserve(static_cast<std::size_t>(x.rows() * p));
  for (Eigen::Index i = 0; i < x.rows(); ++i) {
    for (Eigen::Index j = 0; j < p; ++j) {
      cells.push_back(static_cast<float>(x(i, x.cols() > 1 ? j + 1 : 0)));
    }
  }
  DMatrixHandle handle = nullptr;
  if (XGDMatrixCreateFromMat(cells.data(), static_cast<bst_ulong>(x.rows()),
                             static_cast<bst_ulong>(p), std::nanf(""), &handle) != 0) {
    return refused();
  }
  Data data(handle);
  if (y != nullptr) {
    std::vector<float> labels;
    for (const double value : *y) {
      labels.push_back(static_cast<float>(value));
    }
    if (XGDMatrixSetFloatInfo(handle, "label", labels.data(), labels.size()) != 0) {
      return refused();
    }
  }
  return data;
}

Result<Trees> start(const Data& data, const Parameters& parameters) {
  BoosterHandle handle = nullptr;
  DMatrixHandle known[] = {data.get()};
  if (XGBoosterCreate(known, 1, &handle) != 0) {
    return refused();
  }
  Trees trees(handle);
  for (const auto& [name, value] : parameters) {
    if (XGBoosterSetParam(handle, name, value.c_str()) != 0) {
      return refused();
    }
  }
  return trees;
}

Result<Vector> predict(const Trees& trees, const Data& data, Eigen::Index rows) {
  bst_ulong length = 0;
  const float* values = nullptr;
  if (XGBoosterPredict(trees.get(), data.get(), 0, 0, 0, &length, &values) != 0) {
    return refused();
  }
  if (length != static_cast<bst_ulong>(rows)) {
    return unavailable("the tree library gave another number of predictions");
  }
  Vector result(rows);
  for (Eigen::Index i = 0; i < rows; ++i) {
    result[i] = static_cast<double>(values[i]);
  }
  return result;
}

double loss(const Vector& y, const Vector& predicted, bool binary) {
  if (!binary) {
    return (y - predicted).squaredNorm();
  }
  double sum = 0;
  for (Eigen::Index i = 0; i < y.size(); ++i) {
    const double p = std::clamp(predicted[i], 1e-7, 1 - 1e-7);
    sum -= y[i] > 0.5 ? std::log(p) : std::log1p(-p);
  }
  return sum;
}

Parameters shared(std::uint64_t seed, double base) {
  return {{"nthread", "1"},
          {"verbosity", "0"},
          {"tree_method", "hist"},
          {"seed", std::to_string(seed % 2'000'000'000)},
          {"base_score", fmt::format("{}", base)}};
}

Parameters boosting(std::uint64_t seed, double base, bool binary) {
  Parameters all = shared(seed, base);
  all.insert(all.end(), {{"objective", binary ? "binary:logistic" : "reg:squarederror"},
                         {"eta", "0.1"},
                         {"max_depth", "3"},
                         {"min_child_weight", binary ? "2" : "5"}});
  return all;
}

/// The number of rounds with the least loss on rows held out.
Result<int> best_rounds(const Matrix& x, const Vector& y, bool binary, std::uint64_t seed) {
  std::vector<Eigen::Index> seen;
  std::vector<Eigen::Index> held;
  std::vector<Eigen::Index> order(static_cast<std::size_t>(x.rows()));
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = static_cast<Eigen::Index>(i);
  }
  Random random(seed, 0xb005);
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[random.index(i)]);
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    (i % 5 == 0 ? held : seen).push_back(order[i]);
  }
  std::ranges::sort(seen);
  std::ranges::sort(held);
  const Vector seen_y = y(seen);
  const Vector held_y = y(held);
  const double base = seen_y.mean();
  if (binary && (base <= 0 || base >= 1)) {
    return 1;
  }
  THAW_TRY(const Data train, rows_for_trees(x(seen, Eigen::all), &seen_y));
  THAW_TRY(const Data test, rows_for_trees(x(held, Eigen::all), nullptr));
  THAW_TRY(const Trees trees, start(train, boosting(seed, base, binary)));
  int best = 0;
  double least = loss(held_y, Vector::Constant(held_y.size(), base), binary);
  for (int round = 0; round < kRoundsMax && round < best + kPatience; ++round) {
    if (XGBoosterUpdateOneIter(trees.get(), round, train.get()) != 0) {
      return refused();
    }
    THAW_TRY(const Vector predicted, predict(trees, test, held_y.size()));
    if (const double now = loss(held_y, predicted, binary); now < least) {
      least = now;
      best = round + 1;
    }
  }
  return best;
}

Result<Done> check(const Matrix& x, const Vector& y) {
  if (x.rows() < 10 || x.rows() != y.size()) {
    return invalid_argument(fmt::format("{} rows are too few for trees", x.rows()));
  }
  return Done{};
}

}  // namespace

Result<Vector> boosted_predictions(const Matrix& x, const Vector& y, bool binary,
                                   const Matrix& next, std::uint64_t seed) {
  THAW_CHECK(check(x, y));
  const double base = y.mean();
  if (y.minCoeff() == y.maxCoeff()) {
    return invalid_argument("all outcomes are alike: there is nothing to explain");
  }
  THAW_TRY(const int rounds, best_rounds(x, y, binary, seed));
  if (rounds == 0) {
    return Vector(Vector::Constant(next.rows(), base));
  }
  THAW_TRY(const Data train, rows_for_trees(x, &y));
  THAW_TRY(const Data test, rows_for_trees(next, nullptr));
  THAW_TRY(const Trees trees, start(train, boosting(seed, base, binary)));
  for (int round = 0; round < rounds; ++round) {
    if (XGBoosterUpdateOneIter(trees.get(), round, train.get()) != 0) {
      return refused();
    }
  }
  return predict(trees, test, next.rows());
}

Result<Vector> forest_predictions(const Matrix& x, const Vector& y, const Matrix& next,
                                  std::uint64_t seed) {
  THAW_CHECK(check(x, y));
  if (y.minCoeff() == y.maxCoeff()) {
    return invalid_argument("all outcomes are alike: there is nothing to explain");
  }
  Parameters parameters = shared(seed, y.mean());
  parameters.insert(parameters.end(), {{"objective", "reg:squarederror"},
                                       {"eta", "1"},
                                       {"num_parallel_tree", "300"},
                                       {"subsample", "0.63"},
                                       {"colsample_bynode", "0.34"},
                                       {"max_depth", "10"},
                                       {"lambda", "0"},
                                       {"min_child_weight", "5"}});
  THAW_TRY(const Data train, rows_for_trees(x, &y));
  THAW_TRY(const Data test, rows_for_trees(next, nullptr));
  THAW_TRY(const Trees trees, start(train, parameters));
  if (XGBoosterUpdateOneIter(trees.get(), 0, train.get()) != 0) {
    return refused();
  }
  return predict(trees, test, next.rows());
}

}  // namespace thaw::effect
