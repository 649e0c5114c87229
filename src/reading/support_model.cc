#include "reading/support_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <set>

#include "reading/cue_words.h"
#include "reading/tokens.h"

namespace thaw::reading {
namespace {

constexpr std::array<std::string_view, kSupports> kWords = {"SUPPORT", "PARTIAL", "NO_EVIDENCE",
                                                            "REFUTE", "WRONG_STATEMENT"};

/// Stems of the words that tell something: four letters or more, or a symbol with a digit.
std::set<std::string> telling(std::string_view text) {
  std::set<std::string> out;
  for (const Token& token : tokenize(text, {0, text.size()})) {
    const bool symbol =
        std::ranges::any_of(token.lower, [](char c) { return c >= '0' && c <= '9'; });
    if (token.lower.size() >= 4 || (symbol && token.lower.size() >= 2)) {
      out.insert(token.stem);
    }
  }
  return out;
}

/// Share of `wanted` that `have` holds; words count as the same by their first five letters.
double shared(const std::set<std::string>& wanted, const std::set<std::string>& have) {
  double hits = 0;
  for (const std::string& word : wanted) {
    hits +=
        std::ranges::any_of(
            have, [&](const std::string& other) { return other.substr(0, 5) == word.substr(0, 5); })
            ? 1
            : 0;
  }
  return wanted.empty() ? 0 : hits / static_cast<double>(wanted.size());
}

double count_words(std::string_view text, Cue cue) {
  double count = 0;
  for (const Token& token : tokenize(text, {0, text.size()})) {
    count += has(cues_of(token.lower), cue) ? 1 : 0;
  }
  return std::min(count, 4.0);
}

double holds_any(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const Token& token : tokenize(text, {0, text.size()})) {
    if (std::ranges::find(words, token.lower) != words.end()) {
      return 1;
    }
  }
  return 0;
}

}  // namespace

std::string_view to_string(Support support) {
  return kWords[static_cast<std::size_t>(support)];
}

Result<Support> support_from(std::string_view word) {
  const auto found = std::ranges::find(kWords, word);
  if (found == kWords.end()) {
    return invalid_argument(fmt::format("'{}' is no grade of support", word));
  }
  return static_cast<Support>(found - kWords.begin());
}

SupportNumbers support_numbers(const QuotedClaim& quoted) {
  const auto claim = telling(quoted.claim);
  const auto quote = telling(quoted.quote);
  const auto disease = telling(quoted.disease);
  const double overlap = shared(claim, quote);
  const double denies = holds_any(quoted.quote, {"not", "no", "nor", "failed", "without", "lack"});
  return {
      1,
      overlap,
      overlap > 0 ? 0.0 : 1.0,
      overlap >= 1 ? 1.0 : 0.0,
      shared(disease, quote),
      std::log1p(static_cast<double>(quote.size())),
      std::log1p(static_cast<double>(claim.size())),
      denies,
      denies * overlap,
      count_words(quoted.quote, Cue::kNegation),
      count_words(quoted.quote, Cue::kNull),
      count_words(quoted.quote, Cue::kHedge),
      count_words(quoted.quote, Cue::kCompares),
      count_words(quoted.quote, Cue::kCauses),
      count_words(quoted.quote, Cue::kTreats),
      count_words(quoted.quote, Cue::kAssociates),
      quoted.section == "phenotypes" ? 1.0 : 0.0,
      quoted.section == "treatments" ? 1.0 : 0.0,
      quoted.section == "pathophysiology" ? 1.0 : 0.0,
      quoted.section == "genetic" ? 1.0 : 0.0,
      holds_any(quoted.quote, {"rare", "rarely", "uncommon", "normal", "unaffected", "absent"}),
      holds_any(quoted.quote, {"similar", "other", "unlike", "contrast", "however", "although"})};
}

Result<SupportModel> SupportModel::from_json(std::string_view text) {
  boost::json::error_code error;
  const auto value = boost::json::parse(text, error);
  const auto* rows =
      !error && value.is_object() ? value.get_object().if_contains("weights") : nullptr;
  if (rows == nullptr || !rows->is_array() || rows->get_array().size() != kSupports) {
    return corrupt("support model: 'weights' must be a list of 5 lists");
  }
  SupportModel model;
  for (std::size_t k = 0; k < kSupports; ++k) {
    const auto& row = rows->get_array()[k];
    if (!row.is_array() || row.get_array().size() != kSupportNumbers) {
      return corrupt(
          fmt::format("support model: list {} must have {} numbers", k + 1, kSupportNumbers));
    }
    for (std::size_t f = 0; f < kSupportNumbers; ++f) {
      if (!row.get_array()[f].is_number()) {
        return corrupt("support model: a weight is no number");
      }
      model.weights[k][f] = row.get_array()[f].to_number<double>();
    }
  }
  return model;
}

std::array<double, kSupports> SupportModel::judge(const SupportNumbers& numbers) const {
  std::array<double, kSupports> p{};
  double most = -1e300;
  for (std::size_t k = 0; k < kSupports; ++k) {
    for (std::size_t f = 0; f < kSupportNumbers; ++f) {
      p[k] += weights[k][f] * numbers[f];
    }
    most = std::max(most, p[k]);
  }
  double sum = 0;
  for (double& x : p) {
    x = std::exp(x - most);
    sum += x;
  }
  for (double& x : p) {
    x /= sum;
  }
  return p;
}

Support likeliest(const std::array<double, kSupports>& probabilities) {
  return static_cast<Support>(std::ranges::max_element(probabilities) - probabilities.begin());
}

}  // namespace thaw::reading
