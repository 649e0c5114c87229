// Scores of one variable given its parents, the sum of which rates a whole graph.
//
// A score is decomposable: score(graph) = sum over variables of score(variable, its parents). Every
// score here is also score equivalent: graphs that no data can tell apart have equal scores
// (checked by law over all DAGs of four nodes). Higher is better. Kinds:
// - BIC of a linear Gaussian, 2 log L - c k ln n, from the correlation matrix (Schwarz 1978,
//   Ann Stat 6:461; c is Tetrad's "penalty discount"), and of a table of probabilities;
// - DG-BIC for continuous and discrete variables together: every discrete variable becomes the
//   indicators of all its levels but one, taken as Gaussian (Andrews, Ramsey and Cooper 2019,
//   PMLR 104:4);
// - BDeu, the log marginal likelihood of a table under a Dirichlet prior that is worth `ess` rows
//   (Heckerman, Geiger and Chickering 1995, Mach Learn 20:197).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "discovery/data.h"
#include "discovery/knowledge.h"
#include "stats/matrix.h"

namespace thaw::discovery {

/// A variable that would raise the score as one more parent, and by how much.
struct Gain {
  std::uint32_t variable;
  double gain;
};

/// Const methods may be called from several threads at once.
class LocalScore {
 public:
  virtual ~LocalScore() = default;

  std::size_t variables() const { return variables_; }

  /// The score of `child` with `parents` (different, without `child`, in any order; the answer's
  /// bits follow that order). Minus infinity where the data cannot tell: parents that depend on
  /// each other linearly.
  double score(std::uint32_t child, std::span<const std::uint32_t> parents) const;

  /// Appends to `gains`, by rising variable, every variable v with allowed[v] != 0 that raises the
  /// score of `child` by more than tolerance() beside `parents`. `allowed` (variables()) must
  /// be 0 at `child` and at every parent.
  void improving(std::uint32_t child, std::span<const std::uint32_t> parents,
                 std::span<const std::uint8_t> allowed, std::vector<Gain>& gains) const;

  /// Differences of a score up to this are the rounding of equal scores: 1e-7 + 1e-12 rows.
  double tolerance() const { return tolerance_; }

  /// What one nat of log odds of an arrow is worth on this score's scale: 2 where the score is
  /// twice a log likelihood (BIC, DG-BIC), 1 where it is a log likelihood (BDeu).
  double nat() const { return nat_; }

 protected:
  /// Every arrow costs nat * `sparsity` * ln variables, less nat * log odds of the knowledge.
  LocalScore(std::size_t variables, double nat, double rows, double sparsity,
             const Knowledge& knowledge);

  virtual double data_score(std::uint32_t child, std::span<const std::uint32_t> parents) const = 0;
  /// Here: one data_score for every allowed variable.
  virtual void data_gains(std::uint32_t child, std::span<const std::uint32_t> parents,
                          std::span<const std::uint8_t> allowed, std::vector<Gain>& gains) const;
  /// What the prior adds for parent -> child, on the score's scale.
  double prior(std::uint32_t parent, std::uint32_t child) const {
    return odds_.empty() ? -arrow_cost_ : odds_[parent * variables_ + child] - arrow_cost_;
  }

 private:
  std::size_t variables_;
  double nat_;
  double tolerance_;
  double arrow_cost_;
  std::vector<double> odds_;  // (parent, child); empty when none are set
};

enum class ScoreKind { kBic, kBdeu, kDgBic };

/// "bic", "bdeu", "dg-bic".
std::string_view to_string(ScoreKind kind);
/// Reads what to_string writes.
std::optional<ScoreKind> parse_score_kind(std::string_view word);

/// What suits the kinds of the variables: kBic for continuous ones, kBdeu for discrete ones, kDgBic
/// for both together.
ScoreKind score_for(const Data& data);

struct ScoreOptions {
  /// Nothing: score_for(data).
  std::optional<ScoreKind> kind;
  /// c of the BIC scores: 1 is Schwarz's; 2 finds fewer false edges among many variables.
  double penalty = 2;
  /// Rows that BDeu's prior is worth.
  double ess = 10;
  /// g: before the data, the odds of any one arrow among p variables are p^-g. Without it a search
  /// among many variables finds arrows by chance, the more the more variables. With BIC this is the
  /// extended BIC (Chen and Chen 2008, Biometrika 95:759); 0 switches it off.
  double sparsity = 0.5;
};

/// The score of `data` with the odds of `knowledge` added to every arrow: nat() * log odds, so 0
/// changes nothing. One-sided odds make the score prefer one of two equivalent graphs.
/// Fails: kInvalidArgument for a missing value, a kind that does not fit the variables (BIC and
/// BDeu refuse a mixture, BDeu continuous ones), a penalty or ess that is not above 0, continuous
/// variables that depend on each other linearly or fewer rows than columns (says which variable).
/// Cost of BIC and DG-BIC: one pass of n p^2; after that rows cost nothing.
Result<std::unique_ptr<LocalScore>> make_score(const Data& data, const Knowledge& knowledge,
                                               const ScoreOptions& options = {});

/// The Gaussian BIC of a correlation matrix of `rows` rows, for all that is not a Data: a panel, a
/// covariance of rows with missing values. Fails as above.
Result<std::unique_ptr<LocalScore>> gaussian_score(stats::Matrix correlation, double rows,
                                                   const Knowledge& knowledge,
                                                   const ScoreOptions& options = {});

}  // namespace thaw::discovery
