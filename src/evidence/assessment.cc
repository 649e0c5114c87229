#include "evidence/assessment.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/digest.h"
#include "base/text.h"

namespace thaw::evidence {
namespace {

constexpr std::size_t kNameMax = 60;
constexpr std::size_t kReasonMax = 2000;

struct Word {
  Verdict verdict;
  std::string_view name, en, zh;
};
constexpr std::array<Word, 9> kWords = {{
    {Verdict::kAccept, "accept", "Read correctly", "读得正确"},
    {Verdict::kReject, "reject", "The source does not say this", "原文没有这样说"},
    {Verdict::kWrongSign, "wrong_sign", "The source says the opposite", "原文说的正相反"},
    {Verdict::kWrongConcept, "wrong_concept", "The source speaks of something else",
     "原文说的是别的东西"},
    {Verdict::kNotCausal, "not_causal", "Only an association, not a cause", "只是相关，不是因果"},
    {Verdict::kHypothesisOnly, "hypothesis_only", "Supposed, not found", "只是设想，并非发现"},
    {Verdict::kNegativeResult, "negative_result", "Looked for, and no effect found",
     "做过研究，但没有发现效应"},
    {Verdict::kOther, "other", "Something else is wrong", "其他问题"},
    {Verdict::kWithdrawn, "withdrawn", "Taken back", "已撤回"},
}};

const Word& word_of(Verdict verdict) {
  return *std::find_if(kWords.begin(), kWords.end(),
                       [&](const Word& word) { return word.verdict == verdict; });
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; });
}

}  // namespace

std::string_view to_string(Verdict verdict) {
  return word_of(verdict).name;
}

std::optional<Verdict> verdict_from(std::string_view text) {
  for (const Word& word : kWords) {
    if (word.name == text) {
      return word.verdict;
    }
  }
  return std::nullopt;
}

std::string_view verdict_text(Verdict verdict, bool zh) {
  return zh ? word_of(verdict).zh : word_of(verdict).en;
}

std::string signed_text(const Assessment& a) {
  // The reason comes last: it alone may hold line feeds.
  return fmt::format("thaw assessment 1\n{}\n{}\n{}\n{}\n{}\n{}\n{}", a.item, a.item_version,
                     a.curator, to_string(a.verdict), a.made_at, a.previous, a.reason);
}

std::string chain_digest(const Assessment& assessment) {
  return sha256_hex(signed_text(assessment) + "\n" + assessment.signature);
}

Name cause_of(const Assessment& a) {
  return {fmt::format("verdict of {} on {}: {}", a.curator, a.item, verdict_text(a.verdict, false)),
          fmt::format("{} 对 {} 的判断：{}", a.curator, a.item, verdict_text(a.verdict, true))};
}

Result<Done> check_assessment(const Assessment& a) {
  if (a.curator.empty() || a.curator.size() > kNameMax || first_invalid_utf8(a.curator) ||
      has_control_character(a.curator) || a.curator.find('\n') != std::string::npos ||
      a.curator.find('/') != std::string::npos || a.curator.front() == '.') {
    return invalid_argument(
        fmt::format("a curator's name has 1 to {} bytes, no line breaks and no '/'", kNameMax));
  }
  if (a.reason.size() > kReasonMax || first_invalid_utf8(a.reason) ||
      has_control_character(a.reason)) {
    return invalid_argument(fmt::format("a reason is plain text of at most {} bytes", kReasonMax));
  }
  const bool wants_reason = a.verdict != Verdict::kAccept && a.verdict != Verdict::kWithdrawn;
  if (wants_reason && trim(a.reason).empty()) {
    return invalid_argument(fmt::format(
        "the verdict '{}' wants a reason, so that others can follow it", to_string(a.verdict)));
  }
  return Done{};
}

}  // namespace thaw::evidence
