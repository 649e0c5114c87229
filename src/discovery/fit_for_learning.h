// Whether data can teach a graph at all: what makes every test and score say nonsense is refused
// before, in a sentence that names the columns.
#pragma once

#include <utility>
#include <vector>

#include "base/result.h"
#include "discovery/data.h"

namespace thaw::discovery {

/// Fails: kInvalidArgument when `data` has fewer rows than variables, a variable that does not
/// vary (in the rows that are left), discrete ones that repeat each other beside continuous ones
/// (among discrete ones alone tests can go on), a continuous one that is a sum
/// of multiples of others (they are named; looked for in the complete rows), or more variables than
/// `kMostVariables`. Cost: n p^2.
Result<Done> fit_for_learning(const Data& data);

/// Pairs of discrete variables that split the rows alike, whatever their levels' names: tests see
/// no difference between the two. The first of each is the lower; one pair for each later variable.
/// Cost: n p.
std::vector<std::pair<std::size_t, std::size_t>> repeated_columns(const Data& data);

/// p^2 marks and p^2 correlations must fit in memory with room to spare.
inline constexpr std::size_t kMostVariables = 5000;

}  // namespace thaw::discovery
