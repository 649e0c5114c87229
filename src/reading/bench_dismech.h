// Direction of support measured on dismech: given a claim and the quotation made for it.
//
// The grades are a language model's, reviewed: silver, not gold. Format: one JSON object a line
// with disease, path, supports, snippet. Figures and method: docs/methods/reader.md.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "exchange/format.h"
#include "reading/relation_scores.h"
#include "reading/support_model.h"

namespace thaw::reading {

struct GradedQuote {
  std::string disease;
  SupportNumbers numbers{};
  Support grade = Support::kSupports;
};

struct GradedQuotes {
  std::vector<GradedQuote> quotes;
  std::size_t refused = 0;
};

/// Every graded quotation of a file. kInvalidArgument when there is none.
Result<GradedQuotes> graded_quotes(exchange::ByteSource& bytes);

struct GradeScore {
  std::size_t asserted = 0, right = 0, gold = 0;
  double precision = 0, recall = 0, f1 = 0;
};

struct DismechReport {
  std::size_t quotes = 0, diseases = 0, refused = 0;
  Estimate macro_f1, accuracy;  // over the grades that occur; bootstrap over diseases
  double always_support_macro_f1 = 0, always_support_accuracy = 0;
  std::array<GradeScore, kSupports> by_grade;
};

/// Scores `said` (by quote) against the grades.
DismechReport dismech_scores(const GradedQuotes& graded, const std::vector<Support>& said,
                             std::uint64_t seed);

}  // namespace thaw::reading
