// judge(): from verdicts to readings and curators' reliabilities, by EM.
#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "base/random.h"
#include "evidence/assessment.h"
#include "stats/distributions.h"

namespace thaw::evidence {
namespace {

constexpr double kPriorRight = 4, kPriorWrong = 1;  // Beta prior of both reliabilities
// A reading by a person starts no surer than this once it is disputed.
constexpr double kSurestPrior = 0.95, kLeastPrior = 0.02;
constexpr int kRoundsMax = 500;
constexpr double kSettled = 1e-10;
constexpr int kBootstraps = 1000;

struct Judged {
  std::string item;
  double prior = 0.95;  // before any verdict, within the bounds above
  double faithful = 1;
  double right = 0.5;                                  // posterior
  std::vector<std::pair<std::size_t, Verdict>> votes;  // curator, verdict; by curator
};

/// The verdicts that count: each curator's latest on each item, valid and not withdrawn.
std::vector<Judged> counted(const std::vector<Assessment>& assessments,
                            const std::map<std::string, double>& faithful,
                            std::vector<std::string>& curators) {
  std::map<std::pair<std::string, std::string>, const Assessment*> latest;  // item, curator
  std::set<std::string> names;
  for (const Assessment& a : assessments) {
    if (!a.valid || !faithful.contains(a.item)) {
      continue;
    }
    names.insert(a.curator);
    const Assessment*& kept = latest[{a.item, a.curator}];
    if (kept == nullptr || kept->id < a.id) {
      kept = &a;
    }
  }
  curators.assign(names.begin(), names.end());
  std::vector<Judged> out;
  for (const auto& [key, a] : latest) {
    if (a->verdict == Verdict::kWithdrawn) {
      continue;
    }
    if (out.empty() || out.back().item != key.first) {
      const double before = faithful.at(key.first);
      out.push_back({.item = key.first,
                     .prior = std::clamp(before, kLeastPrior, kSurestPrior),
                     .faithful = before});
    }
    const auto curator = std::lower_bound(curators.begin(), curators.end(), key.second);
    out.back().votes.emplace_back(static_cast<std::size_t>(curator - curators.begin()), a->verdict);
  }
  return out;
}

struct Counts {
  double right_of_right = 0, right_total = 0, wrong_of_wrong = 0, wrong_total = 0;
  std::size_t verdicts = 0;
  double sensitivity() const {
    return (kPriorRight + right_of_right) / (kPriorRight + kPriorWrong + right_total);
  }
  double specificity() const {
    return (kPriorRight + wrong_of_wrong) / (kPriorRight + kPriorWrong + wrong_total);
  }
};

std::vector<Counts> count(const std::vector<Judged>& judged, std::size_t curators) {
  std::vector<Counts> out(curators);
  for (const Judged& one : judged) {
    for (const auto& [curator, verdict] : one.votes) {
      Counts& c = out[curator];
      ++c.verdicts;
      c.right_total += one.right;
      c.wrong_total += 1 - one.right;
      if (verdict == Verdict::kAccept) {
        c.right_of_right += one.right;
      } else {
        c.wrong_of_wrong += 1 - one.right;
      }
    }
  }
  return out;
}

double posterior(const Judged& one, const std::vector<Counts>& counts) {
  std::vector<Vote> votes;
  for (const auto& [curator, verdict] : one.votes) {
    votes.push_back({verdict == Verdict::kAccept, counts[curator].sensitivity(),
                     counts[curator].specificity()});
  }
  return reading_belief(one.prior, votes);
}

std::vector<Counts> estimate(std::vector<Judged>& judged, std::size_t curators) {
  for (Judged& one : judged) {
    one.right = posterior(one, std::vector<Counts>(curators));
  }
  std::vector<Counts> counts = count(judged, curators);
  for (int round = 0; round < kRoundsMax; ++round) {
    double moved = 0;
    for (Judged& one : judged) {
      const double next = posterior(one, counts);
      moved = std::max(moved, std::fabs(next - one.right));
      one.right = next;
    }
    counts = count(judged, curators);
    if (moved < kSettled) {
      break;
    }
  }
  return counts;
}

/// How a wrong reading is wrong, by the share of those who said so.
Reading reading_of(const Judged& one) {
  double wrong = 0, opposite = 0, negative = 0;
  for (const auto& [curator, verdict] : one.votes) {
    wrong += verdict != Verdict::kAccept ? 1 : 0;
    opposite += verdict == Verdict::kWrongSign ? 1 : 0;
    negative += verdict == Verdict::kNegativeResult ? 1 : 0;
  }
  Reading out;
  // The bounds of the prior must not make an accepted item lighter or a rejected one heavier.
  out.right = one.right >= one.prior ? std::max(one.right, one.faithful)
                                     : std::min(one.right, one.faithful);
  if (wrong > 0) {
    out.opposite = (1 - out.right) * opposite / wrong;
    out.negative = (1 - out.right) * negative / wrong;
  }
  return out;
}

/// Krippendorff's alpha for right or wrong over the items named by `places`.
std::optional<double> alpha_of(const std::vector<Judged>& judged,
                               const std::vector<std::size_t>& places) {
  double n = 0, disagreeing = 0, right_total = 0;
  for (const std::size_t place : places) {
    const auto& votes = judged[place].votes;
    const auto m = static_cast<double>(votes.size());
    const auto right =
        static_cast<double>(std::count_if(votes.begin(), votes.end(), [](const auto& vote) {
          return vote.second == Verdict::kAccept;
        }));
    n += m;
    right_total += right;
    disagreeing += 2 * right * (m - right) / (m - 1);
  }
  const double expected = 2 * right_total * (n - right_total) / (n - 1);
  if (n < 2 || expected == 0) {
    return std::nullopt;
  }
  return 1 - disagreeing / expected;
}

Agreement agreement_of(const std::vector<Judged>& judged) {
  Agreement out;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    const std::size_t m = judged[i].votes.size();
    if (m >= 2) {
      places.push_back(i);
      out.pairs += m * (m - 1) / 2;
    }
  }
  out.items = places.size();
  out.alpha = alpha_of(judged, places);
  if (!out.alpha || places.size() < 2) {
    return out;
  }
  Random random(1, 0);
  std::vector<double> drawn;
  for (int i = 0; i < kBootstraps; ++i) {
    std::vector<std::size_t> sample(places.size());
    for (auto& place : sample) {
      place = places[random.index(places.size())];
    }
    if (const auto alpha = alpha_of(judged, sample)) {
      drawn.push_back(*alpha);
    }
  }
  if (drawn.size() > kBootstraps / 2) {
    std::sort(drawn.begin(), drawn.end());
    out.low = drawn[drawn.size() / 40];
    out.high = drawn[drawn.size() - 1 - drawn.size() / 40];
  }
  return out;
}

}  // namespace

double reading_belief(double prior, const std::vector<Vote>& votes) {
  double nats = std::log(prior / (1 - prior));
  for (const Vote& vote : votes) {
    nats += vote.right ? std::log(vote.sensitivity / (1 - vote.specificity))
                       : std::log((1 - vote.sensitivity) / vote.specificity);
  }
  return 1 / (1 + std::exp(-nats));
}

Verdicts judge(const std::vector<Assessment>& assessments,
               const std::map<std::string, double>& faithful) {
  std::vector<std::string> curators;
  std::vector<Judged> judged = counted(assessments, faithful, curators);
  const std::vector<Counts> counts = estimate(judged, curators.size());
  Verdicts out;
  for (const Judged& one : judged) {
    out.readings[one.item] = reading_of(one);
  }
  for (std::size_t i = 0; i < curators.size(); ++i) {
    const Counts& c = counts[i];
    Reliability r{.curator = curators[i], .verdicts = c.verdicts};
    const auto interval = [](double hits, double total, double& mean, double& low, double& high) {
      const double a = kPriorRight + hits;
      const double b = kPriorWrong + total - hits;
      mean = a / (a + b);
      low = stats::beta_quantile(0.025, a, b);
      high = stats::beta_quantile(0.975, a, b);
    };
    interval(c.right_of_right, c.right_total, r.sensitivity, r.sensitivity_low, r.sensitivity_high);
    interval(c.wrong_of_wrong, c.wrong_total, r.specificity, r.specificity_low, r.specificity_high);
    out.curators.push_back(r);
  }
  out.agreement = agreement_of(judged);
  return out;
}

}  // namespace thaw::evidence
