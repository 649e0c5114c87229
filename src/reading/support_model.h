// Whether a quotation supports a claim, by a small linear model of what both say.
//
// Method: multinomial logistic regression of a few numbers (shared words, denials, doubt, section);
// fitted on dismech by bench/support_fit.cc. The curators' explanations are not looked at: they
// say the answer. Measured by cross-validation over diseases: docs/methods/reader.md.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace thaw::reading {

enum class Support { kSupports, kPartly, kNoEvidence, kRefutes, kWrongStatement };
inline constexpr std::size_t kSupports = 5;

/// "SUPPORT", "PARTIAL", "NO_EVIDENCE", "REFUTE", "WRONG_STATEMENT".
std::string_view to_string(Support support);

/// kInvalidArgument for another word.
Result<Support> support_from(std::string_view word);

/// A quotation and what it is quoted for.
struct QuotedClaim {
  std::string disease;
  std::string section;  // "pathophysiology", "phenotypes", "treatments", ...
  std::string claim;    // the names of what is claimed, joined by spaces
  std::string quote;
};

inline constexpr std::size_t kSupportNumbers = 22;
using SupportNumbers = std::array<double, kSupportNumbers>;

SupportNumbers support_numbers(const QuotedClaim& quoted);

class SupportModel {
 public:
  /// Reads {"weights":[[...] x 5]}: kCorrupt when it is not of that form.
  static Result<SupportModel> from_json(std::string_view text);

  /// Probabilities in the order of Support.
  std::array<double, kSupports> judge(const SupportNumbers& numbers) const;

  std::array<SupportNumbers, kSupports> weights{};
};

/// The likeliest.
Support likeliest(const std::array<double, kSupports>& probabilities);

}  // namespace thaw::reading
