#include "discovery/impute.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "discovery/draw_regression.h"
#include "discovery/encoding.h"

namespace thaw::discovery {
namespace {

constexpr std::size_t kFewestSeen = 5;

/// One run over one data set.
class Chain {
 public:
  Chain(const Data& data, Random& random, const ImputeOptions& options)
      : data_(data), random_(random), options_(options), encoding_(data) {}

  Result<Data> run() {
    THAW_CHECK(plan());
    for (std::size_t i = 0; i < data_.size(); ++i) {
      values_.emplace_back(data_.discrete(i) ? std::span<const double>() : data_.values(i));
      codes_.emplace_back(data_.discrete(i) ? data_.codes(i) : std::span<const std::int32_t>());
    }
    for (const std::size_t i : incomplete_) {
      fill_from_seen(i);
    }
    for (std::size_t sweep = 0; sweep < options_.sweeps; ++sweep) {
      for (std::size_t k = 0; k < incomplete_.size(); ++k) {
        redraw(incomplete_[k], predictors_[k]);
      }
    }
    return data_.with(to_vectors(values_), to_vectors(codes_));
  }

 private:
  template <class T>
  struct Column {
    explicit Column(std::span<const T> from) : cells(from.begin(), from.end()) {}
    std::vector<T> cells;
  };
  template <class T>
  static std::vector<std::vector<T>> to_vectors(std::vector<Column<T>>& columns) {
    std::vector<std::vector<T>> out;
    for (auto& column : columns) {
      out.push_back(std::move(column.cells));
    }
    return out;
  }

  /// The incomplete variables, fewest holes first and then by name, and what each is drawn from.
  Result<Done> plan() {
    for (std::size_t i = 0; i < data_.size(); ++i) {
      const std::size_t missing = data_.variable(i).missing;
      if (missing > 0 && data_.rows() - missing < kFewestSeen) {
        return invalid_argument(
            fmt::format("column {}: only {} values are known, too few to fill in the others; leave "
                        "it out",
                        data_.variable(i).name, data_.rows() - missing));
      }
      if (missing > 0) {
        incomplete_.push_back(i);
      }
    }
    std::ranges::stable_sort(incomplete_, {},
                             [&](std::size_t i) { return data_.variable(i).missing; });
    for (const std::size_t i : incomplete_) {
      const std::size_t seen = data_.rows() - data_.variable(i).missing;
      predictors_.push_back(
          encoding_.nearest(i, std::min(options_.predictors, std::max<std::size_t>(1, seen / 10))));
    }
    return Done{};
  }

  std::vector<std::size_t> rows_where(std::size_t i, bool missing) const {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < data_.rows(); ++row) {
      if (data_.missing(i, row) == missing) {
        rows.push_back(row);
      }
    }
    return rows;
  }

  void fill_from_seen(std::size_t i) {
    const std::vector<std::size_t> seen = rows_where(i, false);
    for (const std::size_t row : rows_where(i, true)) {
      put(i, row, seen[random_.index(seen.size())]);
    }
    encoding_.refresh(i, values_[i].cells, codes_[i].cells);
  }

  void put(std::size_t i, std::size_t row, std::size_t from) {
    if (data_.discrete(i)) {
      codes_[i].cells[row] = codes_[i].cells[from];
    } else {
      values_[i].cells[row] = values_[i].cells[from];
    }
  }

  void redraw(std::size_t i, const std::vector<std::size_t>& columns) {
    const std::vector<std::size_t> seen = rows_where(i, false);
    const std::vector<std::size_t> unseen = rows_where(i, true);
    const stats::Matrix known = encoding_.design(columns, seen);
    const stats::Matrix asked = encoding_.design(columns, unseen);
    if (data_.discrete(i)) {
      std::vector<std::int32_t> y;
      for (const std::size_t row : seen) {
        y.push_back(codes_[i].cells[row]);
      }
      const auto drawn = draw_levels(known, y, data_.variable(i).levels.size(), asked, random_);
      for (std::size_t k = 0; k < unseen.size(); ++k) {
        codes_[i].cells[unseen[k]] = drawn[k];
      }
    } else {
      stats::Vector y(static_cast<Eigen::Index>(seen.size()));
      for (std::size_t k = 0; k < seen.size(); ++k) {
        y[static_cast<Eigen::Index>(k)] = values_[i].cells[seen[k]];
      }
      const stats::Vector drawn = draw_numbers(known, y, asked, random_);
      for (std::size_t k = 0; k < unseen.size(); ++k) {
        values_[i].cells[unseen[k]] = drawn[static_cast<Eigen::Index>(k)];
      }
    }
    encoding_.refresh(i, values_[i].cells, codes_[i].cells);
  }

  const Data& data_;
  Random& random_;
  const ImputeOptions& options_;
  Encoding encoding_;
  std::vector<std::size_t> incomplete_;
  std::vector<std::vector<std::size_t>> predictors_;  // columns of the encoding
  std::vector<Column<double>> values_;
  std::vector<Column<std::int32_t>> codes_;
};

}  // namespace

Result<Data> impute(const Data& data, Random& random, const ImputeOptions& options) {
  if (!data.any_missing()) {
    return data;
  }
  return Chain(data, random, options).run();
}

}  // namespace thaw::discovery
