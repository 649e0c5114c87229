// People's verdicts on how an item was read, and what they together make of the reading.
//
// Model: Dawid and Skene 1979 (Appl Stat 28:20) with two classes. Curator k says "right" of a right
// reading with sensitivity a_k, "wrong" of a wrong one with specificity b_k; both have Beta(4, 1)
// priors and are estimated by EM over all verdicts, so that one wrong click does not win.
// Checked against the worked example (0.65, A right, B wrong: 0.834) and simulated curators.
// A verdict judges the reading only; how good the study is stays the item's `quality`.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "evidence/model.h"

namespace thaw::evidence {

enum class Verdict {
  kAccept,
  kReject,          // the source does not say this
  kWrongSign,       // it says the opposite
  kWrongConcept,    // it speaks of something else
  kNotCausal,       // it reports an association only
  kHypothesisOnly,  // it supposes, it did not find
  kNegativeResult,  // it looked and found no effect
  kOther,
  kWithdrawn,  // takes back one's own earlier verdict
};

std::string_view to_string(Verdict verdict);
std::optional<Verdict> verdict_from(std::string_view text);

/// "The source says the opposite" and the like, in the two languages.
std::string_view verdict_text(Verdict verdict, bool zh);

struct Assessment {
  std::int64_t id = 0;
  std::string item;
  std::int64_t item_version = 1;
  std::string curator;
  Verdict verdict = Verdict::kAccept;
  std::string reason;
  std::string made_at;    // "2026-11-25T10:00:00Z"
  std::string previous;   // digest of the curator's assessment before; empty for the first
  std::string signature;  // of signed_text() by the curator's key
  bool valid = true;      // the signature and the chain hold, and the item is still that version
};

/// What the signature covers, one field a line.
std::string signed_text(const Assessment& assessment);

/// What the curator's next assessment carries as `previous`.
std::string chain_digest(const Assessment& assessment);

/// "verdict of mei on R012: The source does not say this", for the change log.
Name cause_of(const Assessment& assessment);

/// kInvalidArgument: a curator's name or a reason that cannot be kept, or a verdict that wants a
/// reason and has none.
Result<Done> check_assessment(const Assessment& assessment);

/// Shares that, with what is left (the item says nothing of the claim), sum to 1.
struct Reading {
  double right = 1;     // read as the source says it
  double opposite = 0;  // the source says the opposite sign
  double negative = 0;  // the source says there is no effect
  friend bool operator==(const Reading&, const Reading&) = default;
};

struct Reliability {
  std::string curator;
  std::size_t verdicts = 0;  // that count: valid, the latest on its item, not withdrawn
  double sensitivity = 0.8, sensitivity_low = 0, sensitivity_high = 1;  // 95 % credible
  double specificity = 0.8, specificity_low = 0, specificity_high = 1;
};

struct Agreement {
  std::optional<double> alpha;  // Krippendorff 2011, nominal: right or wrong; empty without pairs
  std::optional<double> low, high;  // 95 %, bootstrap over items
  std::size_t items = 0;            // judged by two or more
  std::size_t pairs = 0;
};

struct Verdicts {
  std::map<std::string, Reading> readings;  // by item, those with a verdict that counts
  std::vector<Reliability> curators;        // by name
  Agreement agreement;
};

/// `faithful` gives the item's probability of a right reading before any verdict. The result does
/// not depend on the order of `assessments`. An accepted item never weighs less than before, a
/// rejected one never more.
Verdicts judge(const std::vector<Assessment>& assessments,
               const std::map<std::string, double>& faithful);

/// logit(pi) = logit(prior) + sum over "right" of ln(a / (1 - b)) + over "wrong" of
/// ln((1 - a) / b); pairs are (said right, {a, b}).
struct Vote {
  bool right;
  double sensitivity, specificity;
};
double reading_belief(double prior, const std::vector<Vote>& votes);

}  // namespace thaw::evidence
