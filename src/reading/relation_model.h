// The small model that judges two things of an English text: is there a signed relation, which
// sign.
//
// Method: for each question a linear model of hashed words and boosted trees over numbers and the
// linear models' log odds (stacked), their probabilities averaged, then calibrated by Platt's
// method (Platt 1999) on cross-validated scores. Fitted on BioRED Train by bench/reader_fit.cc; the
// file holds weights of hashed features, no text. Measured: docs/methods/reader.md.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "reading/boosted_trees.h"
#include "reading/pair_features.h"

namespace thaw::reading {

/// Probabilities, each calibrated.
struct PairJudgement {
  double related = 0;    // any relation of BioRED
  double is_signed = 0;  // one that raises or lowers
  double raises = 0;     // that a signed one raises
};

/// Weights of hashed words, eight bits each.
struct HashedWeights {
  float base = 0;
  float scale = 0;  // of one step
  std::vector<std::int8_t> steps;

  /// Log odds: base + sum of weights / square root of how many features.
  double at(const std::vector<std::uint32_t>& features) const;
};

/// One question: the words, the forests, and the line that calibrates log odds.
struct Question {
  HashedWeights words;
  std::vector<Forest> forests;
  float slope = 1, shift = 0;
};

class RelationModel {
 public:
  static constexpr std::size_t kQuestions = 3;  // is_signed, raises, related

  /// Reads a model file. kCorrupt names what is wrong; a file for other features is refused.
  static Result<RelationModel> from_bytes(std::string_view bytes);

  /// The same bytes again.
  std::string to_bytes() const;

  PairJudgement judge(const PairFeatures& features) const;

  /// The probability of question `q` before calibration, for fitting.
  double raw(std::size_t q, const PairFeatures& features) const;

  // Written by the fitting program, read by everybody.
  std::array<Question, kQuestions> questions;
  float default_threshold = 0.5F;  // least probability of a claim: precision at least 0.8 on Train
  float f1_threshold = 0.3F;       // the one with the best F1 on Train
};

}  // namespace thaw::reading
