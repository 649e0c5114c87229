// Learners of nuisance models (who gets treated, what outcome to expect), behind one function.
//
// They are trusted only inside cross-fitting: a learner predicts people it has not seen.
// Linear: least squares or logistic regression. Lasso: Tibshirani 1996, J R Stat Soc B 58:267.
// Boosting and forest: XGBoost (Chen and Guestrin 2016, KDD 785), one thread, seeded, so equal data
// and seed give equal predictions. docs/decisions/0004-learners.md says why it.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "stats/matrix.h"

namespace thaw::effect {

enum class LearnerKind { kLinear, kLasso, kBoosting, kForest };

/// "linear", "lasso", "boosting", "forest", and back.
std::string_view to_string(LearnerKind learner);
Result<LearnerKind> parse_learner(std::string_view word);

/// Fits `learner` to `y` (n), numbers or, where `binary`, 0 and 1, on `x` (n, p), column 0 of ones,
/// and predicts the rows of `next` (m, p): means, or probabilities.
/// Fails: kInvalidArgument as the regressions do; a logistic regression whose columns separate.
Result<stats::Vector> learn_and_predict(LearnerKind learner, bool binary, const stats::Matrix& x,
                                        const stats::Vector& y, const stats::Matrix& next,
                                        std::uint64_t seed);

}  // namespace thaw::effect
