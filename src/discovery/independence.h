// The question that constraint-based learners ask of data: is x independent of y, given a set?
//
// A test answers with a statistic that follows a chi-squared distribution when they are, with the
// rows that it could use. Searches over many sets are members too, because a test can share work
// between them that the learner cannot see. A test keeps buffers: one object a thread.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "discovery/data.h"
#include "discovery/knowledge.h"

namespace thaw::discovery {

/// What one test found.
struct Independence {
  double statistic = 0;  // chi-squared with `df` degrees of freedom if x and y are independent
  double df = 0;         // 0: the data cannot tell, there is nothing to compare
  std::size_t rows = 0;  // that have a value for x, y and every variable of the set

  /// P(a statistic as large | independent); 1 when df is 0.
  double p() const;
  /// |z| of a standard normal variable with the same p; at most 40.
  double deviate() const;
};

/// The level of a run of tests, moved per pair by what knowledge says of it.
///
/// Two variables count as independent when the statistic is below the critical value of `alpha`.
/// Half a statistic is a log likelihood ratio, so prior log odds l of an edge move the critical
/// value by -2 l: at 0 nothing changes, and an edge with evidence behind it takes stronger data to
/// remove. The odds of a pair are the mean of the odds of its two directions. The level that
/// results is kept in [1e-10, 0.5]: odds never replace the data, that is what `require` is for.
class TestLevel {
 public:
  TestLevel(double alpha, const Knowledge& knowledge) : alpha_(alpha), knowledge_(knowledge) {}

  double alpha() const { return alpha_; }
  /// The statistic with `df` >= 1 degrees of freedom from which on a and b count as dependent.
  double critical(std::size_t df, std::size_t a, std::size_t b);

 private:
  struct Critical {
    double at_alpha = 0, least = 0, most = 0;
  };
  const Critical& of(std::size_t df);

  double alpha_;
  const Knowledge& knowledge_;
  std::vector<Critical> by_df_;  // filled when first asked
};

/// Sets of `size` of the `candidates` (rising), each tested between `x` and every one of `targets`
/// (rising) that is not in the set.
struct SetSearch {
  std::uint32_t x = 0;
  std::span<const std::uint32_t> candidates, targets;
  std::size_t size = 0;
};

/// `y` is independent of the search's x given `given`, the first such set in lexicographic order.
struct Separation {
  std::uint32_t y = 0;
  std::vector<std::uint32_t> given;
};

/// What the sets that were tested between two say of one neighbour `c` of both: the standard
/// normal deviate |z| of the most independent set that holds c, and of the one that does not.
/// Infinite: no such set could be tested.
struct NeighbourEvidence {
  std::uint32_t c = 0;
  double with = std::numeric_limits<double>::infinity();
  double without = std::numeric_limits<double>::infinity();
};

class IndependenceTest {
 public:
  IndependenceTest() = default;
  IndependenceTest(const IndependenceTest&) = delete;
  IndependenceTest& operator=(const IndependenceTest&) = delete;
  virtual ~IndependenceTest() = default;

  /// "fisherz", "g2", "dg" or "oracle".
  virtual std::string_view name() const = 0;
  virtual std::size_t variables() const = 0;
  /// `x`, `y` and `given` (rising) are all different (asserted in the implementations).
  virtual Independence test(std::size_t x, std::size_t y, std::span<const std::uint32_t> given) = 0;
  /// Microseconds that a test given `size` variables is taken to need. Depends on the data's size
  /// alone, never on a clock, so that limits of work fall the same way on every machine.
  virtual double nominal_cost(std::size_t size) const = 0;

  /// Appends to `found` every target that some set separates from x at `level`; returns how many
  /// tests that took. By default one `test` after the other.
  virtual std::uint64_t separate(const SetSearch& search, TestLevel& level,
                                 std::vector<Separation>& found);
  /// Lowers the deviates of `evidence` ([target], its neighbours rising) by the sets of the search;
  /// returns the tests done. Sets for which the data cannot tell do not count.
  virtual std::uint64_t weigh_neighbours(const SetSearch& search,
                                         std::span<std::vector<NeighbourEvidence>> evidence);
};

enum class TestKind { kAuto, kFisherZ, kGSquare, kDegenerateGaussian };

/// "auto", "fisherz", "g2", "dg".
std::string_view to_string(TestKind kind);
std::optional<TestKind> parse_test_kind(std::string_view text);

/// A test on `data`, which must outlive it. Auto takes Fisher z when all variables are continuous,
/// G2 when all are discrete, and the degenerate Gaussian test when they are mixed. Missing values
/// are left out test by test.
/// Fails: kInvalidArgument when the kind does not fit a variable (named), or what its own factory
/// refuses.
Result<std::unique_ptr<IndependenceTest>> make_test(TestKind kind, const Data& data);

}  // namespace thaw::discovery
