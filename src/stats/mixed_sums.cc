#include "stats/mixed_sums.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace thaw::stats {
namespace {

constexpr double kPivotMin = 1e-14;

Result<int> count_persons(const MixedData& data) {
  const auto n = static_cast<std::size_t>(data.x.rows());
  if (data.y.size() != n || data.person.size() != n ||
      static_cast<std::size_t>(data.z.rows()) != n || data.z.cols() == 0) {
    return invalid_argument("rows of outcomes, persons and effects do not match");
  }
  if (!data.x.allFinite() || !data.z.allFinite() || !as_vector(data.y).allFinite()) {
    return invalid_argument("a value is missing or infinite");
  }
  int persons = 0;
  for (const int code : data.person) {
    if (code < 0) {
      return invalid_argument("a person has a negative code");
    }
    persons = std::max(persons, code + 1);
  }
  if (persons < 2) {
    return invalid_argument("a mixed model needs at least two people");
  }
  if (data.x.rows() <= data.x.cols()) {
    return invalid_argument(
        fmt::format("{} rows are too few for {} coefficients", n, data.x.cols()));
  }
  return persons;
}

/// Rows by person, then by what they hold.
std::vector<Eigen::Index> canonical_rows(const MixedData& data) {
  std::vector<Eigen::Index> order(data.y.size());
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  std::ranges::stable_sort(order, [&](Eigen::Index a, Eigen::Index b) {
    const auto i = static_cast<std::size_t>(a);
    const auto j = static_cast<std::size_t>(b);
    if (data.person[i] != data.person[j]) {
      return data.person[i] < data.person[j];
    }
    for (Eigen::Index c = data.z.cols(); c-- > 0;) {
      if (data.z(a, c) != data.z(b, c)) {
        return data.z(a, c) < data.z(b, c);
      }
    }
    if (data.y[i] != data.y[j]) {
      return data.y[i] < data.y[j];
    }
    for (Eigen::Index c = 0; c < data.x.cols(); ++c) {
      if (data.x(a, c) != data.x(b, c)) {
        return data.x(a, c) < data.x(b, c);
      }
    }
    return false;
  });
  return order;
}

/// Does anyone have more rows than their own random effects can fit exactly?
bool error_can_be_told(const MixedSums& sums, const std::vector<Eigen::Index>& rows_of) {
  for (std::size_t i = 0; i < sums.persons.size(); ++i) {
    const Eigen::FullPivLU<Matrix> rank(sums.persons[i].zz);
    if (rows_of[i] > rank.rank()) {
      return true;
    }
  }
  return false;
}

}  // namespace

Result<MixedSums> MixedSums::make(const MixedData& data) {
  THAW_TRY(const int persons, count_persons(data));
  const std::vector<Eigen::Index> order = canonical_rows(data);
  MixedSums sums;
  sums.n = data.x.rows();
  sums.p = data.x.cols();
  sums.q = data.z.cols();
  Matrix sorted(sums.n, sums.p);
  Vector y(sums.n);
  for (Eigen::Index i = 0; i < sums.n; ++i) {
    const Eigen::Index from = order[static_cast<std::size_t>(i)];
    sorted.row(i) = data.x.row(from);
    y[i] = data.y[static_cast<std::size_t>(from)];
  }
  const Eigen::HouseholderQR<Matrix> qr(sorted);
  sums.r = qr.matrixQR().topRows(sums.p).triangularView<Eigen::Upper>();
  for (Eigen::Index j = 0; j < sums.p; ++j) {
    if (!(sums.r(j, j) * sums.r(j, j) > kPivotMin * sorted.col(j).squaredNorm())) {
      return invalid_argument(
          fmt::format("column {} is constant or a combination of the columns before it", j + 1));
    }
  }
  Matrix c(sums.n, sums.p + 1);
  const Matrix basis = qr.householderQ() * Matrix::Identity(sums.n, sums.p);
  sums.offset = basis.transpose() * y;
  c << basis, y - basis * sums.offset;
  sums.total = c.transpose() * c;
  sums.z_scale = (data.z.colwise().squaredNorm() / static_cast<double>(sums.n)).cwiseSqrt();
  if (!(sums.z_scale.minCoeff() > 0)) {
    return invalid_argument("a random effect is 0 in every row");
  }
  sums.persons.assign(static_cast<std::size_t>(persons),
                      {Matrix::Zero(sums.q, sums.q), Matrix::Zero(sums.q, sums.p + 1)});
  std::vector<Eigen::Index> rows_of(sums.persons.size(), 0);
  for (Eigen::Index i = 0; i < sums.n; ++i) {
    const Eigen::Index from = order[static_cast<std::size_t>(i)];
    const auto who = static_cast<std::size_t>(data.person[static_cast<std::size_t>(from)]);
    const Vector z = data.z.row(from).transpose().cwiseQuotient(sums.z_scale);
    sums.persons[who].zz += z * z.transpose();
    sums.persons[who].zc += z * c.row(i);
    ++rows_of[who];
  }
  if (!error_can_be_told(sums, rows_of)) {
    return invalid_argument(
        "nobody has more visits than lines of their own need, so people cannot be told from "
        "measurement error; use a random intercept only, or people with more visits");
  }
  return sums;
}

MixedEvaluation evaluate(const MixedSums& sums, const Matrix& factor) {
  MixedEvaluation e{sums.total, 0};
  for (const PersonSums& person : sums.persons) {
    const Matrix inner = Matrix::Identity(sums.q, sums.q) + factor.transpose() * person.zz * factor;
    const Eigen::LLT<Matrix> root(inner);
    const Matrix half = root.matrixL().solve(factor.transpose() * person.zc);
    e.cross.noalias() -= half.transpose() * half;
    e.log_determinant += 2 * root.matrixLLT().diagonal().array().log().sum();
  }
  return e;
}

Matrix factor_of(const Vector& theta, Eigen::Index q) {
  Matrix factor = Matrix::Zero(q, q);
  Eigen::Index next = 0;
  for (Eigen::Index column = 0; column < q; ++column) {
    for (Eigen::Index row = column; row < q; ++row) {
      factor(row, column) = theta[next++];
    }
  }
  return factor;
}

}  // namespace thaw::stats
