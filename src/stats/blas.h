// The few dense kernels that are worth a BLAS: OpenBLAS picks the best code of the processor it
// runs on, while our own build must run everywhere.
//
// One thread always: its threads would multiply with ours and change the last bits. Those bits may
// still differ between kinds of processors, so no decision may hang on them.
#pragma once

#include <optional>

#include "stats/matrix.h"

namespace thaw::stats {

/// X'X of `x` (n, p): (p, p), symmetric, both triangles filled. Cost: n p^2 multiply-adds / 2.
Matrix cross_product(const Eigen::Ref<const Matrix>& x);

/// A B of `a` (m, k) and `b` (k, n).
Matrix product(const Eigen::Ref<const Matrix>& a, const Eigen::Ref<const Matrix>& b);

/// Adds x'x of `x` (n, p) to the lower triangle of `sum` (p, p): for sums over blocks of rows.
void add_cross_product(const Eigen::Ref<const Matrix>& x, Matrix& sum);

/// First column of the symmetric positive semidefinite `a` whose pivot in the Cholesky factor is
/// below 1e-10 of its diagonal, so that it depends on those before it, or nothing. Cost: n^3 / 3.
std::optional<std::size_t> first_dependent_by_blas(Matrix a);

}  // namespace thaw::stats
