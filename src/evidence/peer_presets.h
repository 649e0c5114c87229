// How two peers score the same evidence: INDRA's belief and Open Targets' association score.
//
// INDRA: belief = score(E+) (1 - score(E-)), score(E) = 1 - prod over sources (syst + prod over its
// evidences rand); gyorilab/indra at b4ae1e73, its default_belief_probs.json. Open Targets: the
// harmonic sum of evidence scores, then of weighted source scores; opentargets/pts at 66313897,
// platform-api at 4e04aaa2. Both reproduced to print what they print: peer_presets_test.cc holds
// their worked values. How our items become their inputs: docs/methods/presets.md.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace thaw::evidence {

struct IndraPriors {
  std::map<std::string, double, std::less<>> rand, syst;      // by source or subtype
  std::map<std::string, std::string, std::less<>> of_reader;  // Item::extractor to source
  std::string other_reader;                                   // source of any other extractor
};

/// One evidence of a statement: where it was read, and its subtype if that has a rand of its own.
struct IndraEvidence {
  std::string_view source;
  std::string_view subtype;
};

/// 1 - prod over sources (syst + prod rand); 0 without evidence. The order changes nothing beyond
/// rounding. kNotFound for a source without rand, or without syst (wormbase: INDRA raises too).
Result<double> indra_score(const IndraPriors& priors, std::span<const IndraEvidence> evidence);

/// score(positive) (1 - score(negated)). `positive` holds the statement's own evidence and the
/// positive evidence of every statement that refines it.
Result<double> indra_belief(const IndraPriors& priors, std::span<const IndraEvidence> positive,
                            std::span<const IndraEvidence> negated);

/// rand of a source from curated counts: 1 - min(right / (right + wrong), 0.95) - 0.05. Wants
/// right + wrong > 0.
double indra_curated_rand(double right, double wrong);

/// 16^n / 2 - int(first n hex digits of MD5(text)), n = 14 for a statement, 16 for an evidence.
/// n = 16 with sixteen zero digits would be 2^63 and wraps to -2^63.
std::int64_t indra_hash(std::string_view text, int digits);

/// Sum over i of the i-th largest positive score / i^2, of at most `most` scores.
double harmonic_sum(std::vector<double> scores, std::size_t most);

/// The constants of one of the two programs that publish the score.
struct HarmonicConstants {
  std::size_t most;
  double maximum;
};
inline constexpr HarmonicConstants kOpenTargetsPipeline = {50, 1.6439345666815615};  // 1000 terms
inline constexpr HarmonicConstants kOpenTargetsApi = {100, 1.6349839001848923};      // 100 terms

struct OpenTargetsWeights {
  std::map<std::string, double, std::less<>> weight;        // by datasource; 1 where none is given
  std::map<std::string, std::string, std::less<>> of_kind;  // effective study kind to datasource
  std::map<std::string, double, std::less<>> score_of_grade;  // evidence score
  std::map<std::string, double, std::less<>> score_of_kind;   // where no grade is stated
};

/// HS(weight x HS(scores of the source) / maximum) / maximum over `scores` by datasource; 0 without
/// evidence. Scores <= 0 are dropped.
double open_targets_score(const OpenTargetsWeights& weights,
                          const std::map<std::string, std::vector<double>, std::less<>>& scores,
                          HarmonicConstants constants = kOpenTargetsPipeline);

/// Data-type score: HS(source scores) / HS(as many ones), unweighted; 0 without sources.
double open_targets_type_score(std::vector<double> source_scores);

struct PeerPresets {
  IndraPriors indra;
  OpenTargetsWeights open_targets;
};

/// Reads data/evidence/presets/indra.json and open_targets.json. kInvalidArgument names the key.
Result<PeerPresets> read_peer_presets(std::string_view indra, std::string_view open_targets);

}  // namespace thaw::evidence
