#include "discovery/independence.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "discovery/degenerate_gaussian.h"
#include "discovery/fisher_z.h"
#include "discovery/g_square.h"
#include "discovery/subsets.h"
#include "stats/distributions.h"

namespace thaw::discovery {
namespace {

constexpr double kLevelMin = 1e-10;
constexpr double kLevelMax = 0.5;
constexpr double kDeviateMax = 40;  // beyond it p is no double

}  // namespace

double Independence::p() const {
  return df <= 0 ? 1 : stats::chi_squared_upper_p(statistic, df);
}

double Independence::deviate() const {
  if (df == 1) {
    return std::min(std::sqrt(statistic), kDeviateMax);
  }
  const double half = 0.5 * p();
  return half <= 0 ? kDeviateMax : std::min(-stats::normal_quantile(half), kDeviateMax);
}

const TestLevel::Critical& TestLevel::of(std::size_t df) {
  if (df >= by_df_.size()) {
    by_df_.resize(df + 1);
  }
  Critical& critical = by_df_[df];
  if (critical.at_alpha == 0) {
    const auto n = static_cast<double>(df);
    critical = {.at_alpha = stats::chi_squared_upper_quantile(alpha_, n),
                .least = stats::chi_squared_upper_quantile(std::max(alpha_, kLevelMax), n),
                .most = stats::chi_squared_upper_quantile(std::min(alpha_, kLevelMin), n)};
  }
  return critical;
}

double TestLevel::critical(std::size_t df, std::size_t a, std::size_t b) {
  const Critical& critical = of(df);
  const double forth = knowledge_.log_odds(a, b);
  const double back = knowledge_.log_odds(b, a);
  if (forth == 0 && back == 0) {
    return critical.at_alpha;
  }
  const double larger = std::max(forth, back);
  const double log_odds = larger + std::log(0.5 + 0.5 * std::exp(std::min(forth, back) - larger));
  return std::clamp(critical.at_alpha - 2 * log_odds, critical.least, critical.most);
}

namespace {

/// Calls `visit(set, y index)` for every set of the search and every target outside it; a target
/// for which it returns false is left out from then on.
template <class Visit>
void for_each_set(const SetSearch& search, Visit visit) {
  if (search.size > search.candidates.size()) {
    return;
  }
  std::vector<std::size_t> open(search.targets.size());
  for (std::size_t i = 0; i < open.size(); ++i) {
    open[i] = i;
  }
  std::vector<std::size_t> at = first_subset(search.size);
  std::vector<std::uint32_t> set(search.size);
  do {
    for (std::size_t i = 0; i < at.size(); ++i) {
      set[i] = search.candidates[at[i]];
    }
    std::erase_if(open, [&](std::size_t i) {
      return !std::ranges::binary_search(set, search.targets[i]) && !visit(set, i);
    });
  } while (!open.empty() && next_subset(at, search.candidates.size()));
}

}  // namespace

std::uint64_t IndependenceTest::separate(const SetSearch& search, TestLevel& level,
                                         std::vector<Separation>& found) {
  std::uint64_t tests = 0;
  for_each_set(search, [&](const std::vector<std::uint32_t>& set, std::size_t i) {
    const std::uint32_t y = search.targets[i];
    const Independence result = test(search.x, y, set);
    ++tests;
    const auto df = static_cast<std::size_t>(result.df);
    if (df > 0 && result.statistic >= level.critical(df, search.x, y)) {
      return true;
    }
    found.push_back({y, set});
    return false;
  });
  return tests;
}

std::uint64_t IndependenceTest::weigh_neighbours(
    const SetSearch& search, std::span<std::vector<NeighbourEvidence>> evidence) {
  std::uint64_t tests = 0;
  for_each_set(search, [&](const std::vector<std::uint32_t>& set, std::size_t i) {
    const Independence result = test(search.x, search.targets[i], set);
    ++tests;
    if (result.df > 0) {
      const double deviate = result.deviate();
      for (NeighbourEvidence& neighbour : evidence[i]) {
        double& least =
            std::ranges::binary_search(set, neighbour.c) ? neighbour.with : neighbour.without;
        least = std::min(least, deviate);
      }
    }
    return true;
  });
  return tests;
}

std::string_view to_string(TestKind kind) {
  switch (kind) {
    case TestKind::kAuto:
      return "auto";
    case TestKind::kFisherZ:
      return "fisherz";
    case TestKind::kGSquare:
      return "g2";
    case TestKind::kDegenerateGaussian:
      break;
  }
  return "dg";
}

std::optional<TestKind> parse_test_kind(std::string_view text) {
  for (const TestKind kind :
       {TestKind::kAuto, TestKind::kFisherZ, TestKind::kGSquare, TestKind::kDegenerateGaussian}) {
    if (text == to_string(kind)) {
      return kind;
    }
  }
  return std::nullopt;
}

Result<std::unique_ptr<IndependenceTest>> make_test(TestKind kind, const Data& data) {
  if (kind == TestKind::kAuto) {
    kind = data.all_of(VariableKind::kContinuous) ? TestKind::kFisherZ
           : data.all_of(VariableKind::kDiscrete) ? TestKind::kGSquare
                                                  : TestKind::kDegenerateGaussian;
  }
  switch (kind) {
    case TestKind::kFisherZ:
      return fisher_z(data);
    case TestKind::kGSquare:
      return g_square(data);
    default:
      return degenerate_gaussian(data);
  }
}

}  // namespace thaw::discovery
