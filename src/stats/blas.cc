#include "stats/blas.h"

#include <cblas.h>

// LAPACK's Cholesky factor, which OpenBLAS brings along without a header of its own.
extern "C" void dpotrf_(const char* triangle, const int* n, double* a, const int* stride,
                        int* failed_at);

namespace thaw::stats {
namespace {

void keep_to_one_thread() {
  static const bool once = [] {
    openblas_set_num_threads(1);
    return true;
  }();
  (void)once;
}

int as_int(Eigen::Index value) {
  return static_cast<int>(value);
}

}  // namespace

Matrix cross_product(const Eigen::Ref<const Matrix>& x) {
  keep_to_one_thread();
  Matrix square = Matrix::Zero(x.cols(), x.cols());
  if (x.rows() == 0 || x.cols() == 0) {
    return square;
  }
  cblas_dsyrk(CblasColMajor, CblasLower, CblasTrans, as_int(x.cols()), as_int(x.rows()), 1.0,
              x.data(), as_int(x.outerStride()), 0.0, square.data(), as_int(square.rows()));
  square.triangularView<Eigen::StrictlyUpper>() = square.transpose();
  return square;
}

Matrix product(const Eigen::Ref<const Matrix>& a, const Eigen::Ref<const Matrix>& b) {
  keep_to_one_thread();
  Matrix result = Matrix::Zero(a.rows(), b.cols());
  if (result.size() == 0 || a.cols() == 0) {
    return result;
  }
  cblas_dgemm(CblasColMajor, CblasNoTrans, CblasNoTrans, as_int(a.rows()), as_int(b.cols()),
              as_int(a.cols()), 1.0, a.data(), as_int(a.outerStride()), b.data(),
              as_int(b.outerStride()), 0.0, result.data(), as_int(result.rows()));
  return result;
}

void add_cross_product(const Eigen::Ref<const Matrix>& x, Matrix& sum) {
  keep_to_one_thread();
  if (x.rows() > 0 && x.cols() > 0) {
    cblas_dsyrk(CblasColMajor, CblasLower, CblasTrans, as_int(x.cols()), as_int(x.rows()), 1.0,
                x.data(), as_int(x.outerStride()), 1.0, sum.data(), as_int(sum.rows()));
  }
}

std::optional<std::size_t> first_dependent_by_blas(Matrix a) {
  keep_to_one_thread();
  const Vector before = a.diagonal();
  const int n = as_int(a.rows());
  int failed_at = 0;
  if (n > 0) {
    dpotrf_("L", &n, a.data(), &n, &failed_at);
  }
  const Eigen::Index done = failed_at > 0 ? failed_at - 1 : a.rows();
  for (Eigen::Index j = 0; j < done; ++j) {
    if (a(j, j) * a(j, j) < 1e-10 * before(j)) {
      return static_cast<std::size_t>(j);
    }
  }
  if (failed_at > 0) {
    return static_cast<std::size_t>(done);
  }
  return std::nullopt;
}

}  // namespace thaw::stats
