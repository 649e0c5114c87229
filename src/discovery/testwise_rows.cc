#include "discovery/testwise_rows.h"

#include <bit>
#include <cmath>

namespace thaw::discovery {
namespace {

stats::Matrix as_matrix(const Data& data) {
  stats::Matrix x(static_cast<Eigen::Index>(data.rows()), static_cast<Eigen::Index>(data.size()));
  for (std::size_t i = 0; i < data.size(); ++i) {
    x.col(static_cast<Eigen::Index>(i)) = stats::as_vector(data.values(i));
  }
  return x;
}

}  // namespace

TestwiseRows::TestwiseRows(const Data& data) : TestwiseRows(as_matrix(data)) {}

TestwiseRows::TestwiseRows(stats::Matrix x) : x_(std::move(x)) {
  const std::size_t words = (rows() + 63) / 64;
  for (Eigen::Index j = 0; j < x_.cols(); ++j) {
    std::vector<std::uint64_t> present(words, 0);
    double sum = 0;
    double squares = 0;
    double count = 0;
    for (std::size_t row = 0; row < rows(); ++row) {
      const double value = x_(static_cast<Eigen::Index>(row), j);
      if (!std::isnan(value)) {
        present[row / 64] |= std::uint64_t{1} << (row % 64);
        sum += value;
        count += 1;
      }
    }
    const double mean = count > 0 ? sum / count : 0;
    for (std::size_t row = 0; row < rows(); ++row) {
      double& value = x_(static_cast<Eigen::Index>(row), j);
      value = std::isnan(value) ? 0 : value - mean;
      squares += value * value;
    }
    if (squares > 0) {
      x_.col(j) *= std::sqrt(count / squares);
    }
    present_.push_back(std::move(present));
  }
}

std::size_t TestwiseRows::covariance(std::span<const std::uint32_t> columns,
                                     stats::Matrix& covariance) {
  const auto k = static_cast<Eigen::Index>(columns.size());
  covariance.setZero(k, k);
  gathered_.resize(static_cast<Eigen::Index>(rows()), k);
  Eigen::Index kept = 0;
  for (std::size_t word = 0; word < (rows() + 63) / 64; ++word) {
    std::uint64_t all = ~std::uint64_t{0};
    for (const std::uint32_t column : columns) {
      all &= present_[column][word];
    }
    for (; all != 0; all &= all - 1) {
      const auto row = static_cast<Eigen::Index>(word * 64) + std::countr_zero(all);
      for (Eigen::Index j = 0; j < k; ++j) {
        gathered_(kept, j) = x_(row, columns[static_cast<std::size_t>(j)]);
      }
      ++kept;
    }
  }
  if (kept < 2) {
    return static_cast<std::size_t>(kept);
  }
  auto used = gathered_.topRows(kept);
  used.rowwise() -= used.colwise().mean().eval();
  covariance.noalias() = used.transpose() * used;
  covariance /= static_cast<double>(kept);
  return static_cast<std::size_t>(kept);
}

}  // namespace thaw::discovery
