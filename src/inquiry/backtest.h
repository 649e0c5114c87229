// Judged as of before: what the evidence said of each trial's question in the year before it read
// out, against what the trial then found.
//
// Method and its limits: docs/methods/backtest.md. The trial itself, and everything that shares its
// group, is taken out of the knowledge; so is all evidence of its year or later.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "evidence/weigh.h"
#include "inquiry/mechanism.h"

namespace thaw::inquiry {

/// Nats of its own from which a trial's finding counts as a verdict.
inline constexpr double kVerdictNats = 1;

enum class TrialVerdict : std::uint8_t { kNegative, kPositive, kUnclear };

/// What each predictor said before, as the probability that the trial would find help.
enum class Predictor : std::uint8_t { kBelief, kChains, kDegree, kConstant };
inline constexpr std::array kPredictors = {Predictor::kBelief, Predictor::kChains,
                                           Predictor::kDegree, Predictor::kConstant};
std::string_view to_string(Predictor predictor);

struct BacktestCase {
  std::string group;            // the trial's label
  std::string subject, object;  // concept ids
  int year = 0;                 // of its first report
  double nats = 0;              // its own weight on the claim that the treatment helps
  TrialVerdict verdict = TrialVerdict::kUnclear;
  double nats_before = 0;       // support and opposition of that claim the year before
  double helps = 0, harms = 0;  // shares of worlds the year before, all chains
  std::size_t degree = 0;       // arrows at the treatment the year before
  std::array<double, kPredictors.size()> predicted{};
};

struct Interval95 {
  double value = 0, low = 0, high = 0;
  bool defined = false;
};

struct PredictorScores {
  Interval95 auroc;  // 0.5: no better than chance
  Interval95 brier;  // 0.25: always saying one half
};

struct Backtest {
  std::vector<BacktestCase> cases;  // of a verdict, by year, then group, object
  std::vector<BacktestCase> unclear;
  std::size_t positive = 0;
  std::size_t treatments = 0;  // distinct, of the cases
  std::array<PredictorScores, kPredictors.size()> scores;
  std::size_t with_evidence = 0;  // cases with any evidence on the claim before
};

struct BacktestOptions {
  std::uint32_t worlds = 16384;
  std::uint64_t seed = 1;
  unsigned threads = 1;  // changes nothing in the answer
};

/// Every randomised trial (group of study kind rct) of a treatment on an outcome with a known
/// better direction, claims without qualifiers only. kNotFound when there is none.
Result<Backtest> backtest(const evidence::Weigher& weigher, const BacktestOptions& options);

/// Probability that a positive case scores above a negative one, ties one half; nothing when a
/// class is empty. Checked by hand.
std::optional<double> auroc(const std::vector<double>& scores, const std::vector<bool>& positive);

}  // namespace thaw::inquiry
