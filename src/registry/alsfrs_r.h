// The revised ALS Functional Rating Scale: one filled-in form and the numbers read off it.
//
// Scale:  Cedarbaum et al. 1999, J Neurol Sci 169:13.  Slope: Kimura et al. 2006, Neurology 66:265.
// Caveat: the total is not a valid measure of severity by itself, the domains are (PMC5502060), so
// show both. That model puts items 6 and 7 partly in both motor domains; here each counts once.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "base/date.h"
#include "base/result.h"

namespace thaw::registry {

inline constexpr int kItemCount = 12;
inline constexpr int kItemMax = 4;  // 4 is normal function, 0 is none.
inline constexpr int kTotalMax = kItemCount * kItemMax;

/// Which form was filled in. Versions are never mixed in one trajectory; the older ten-item ALSFRS
/// is another scale and is not read as this one.
enum class ScaleVersion : std::uint8_t { kAlsfrsR, kAlsfrsRSelfExplanatory };

/// Which of the two questions of item 5 was answered: 5b if and only if there is a gastrostomy.
enum class ItemFive : std::uint8_t { kUnknown, kCutting, kTubeHandling };

/// A sum of items, or the range it must lie in when answers are missing.
struct PointRange {
  int low;
  int high;

  bool known() const { return low == high; }
  friend bool operator==(const PointRange&, const PointRange&) = default;
};

/// Points per domain, each 0..12. Three items each, in the order of the form.
struct DomainScores {
  PointRange bulbar;       // speech, salivation, swallowing
  PointRange fine_motor;   // handwriting, cutting food, dressing
  PointRange gross_motor;  // turning in bed, walking, climbing stairs
  PointRange respiratory;  // dyspnea, orthopnea, respiratory insufficiency
};

/// One form, perhaps with items left out. Holds only valid answers: no code given one checks again.
class AlsfrsR {
 public:
  /// Checks `answers`: shape (12), in the order of the form, each 0..4 or missing. At least one is
  /// answered. On kInvalidArgument the message names the first bad item by its number, from 1.
  static Result<AlsfrsR> from_answers(std::span<const std::optional<int>> answers,
                                      ItemFive item_five = ItemFive::kUnknown,
                                      ScaleVersion version = ScaleVersion::kAlsfrsR);
  /// The same for a form without gaps: shape (12), each 0..4.
  static Result<AlsfrsR> from_answers(std::span<const int> answers,
                                      ItemFive item_five = ItemFive::kUnknown,
                                      ScaleVersion version = ScaleVersion::kAlsfrsR);

  std::optional<int> answer(int item) const;  // item 1..12 as on the form
  ItemFive item_five() const { return item_five_; }
  ScaleVersion version() const { return version_; }

  DomainScores domains() const;
  /// Points, within 0..48. With k items missing: [sum of the known, that + 4k]; never prorated.
  PointRange total() const;

  friend bool operator==(const AlsfrsR&, const AlsfrsR&) = default;

 private:
  using Answers = std::array<std::int8_t, kItemCount>;
  AlsfrsR(Answers answers, ItemFive item_five, ScaleVersion version)
      : answers_(answers), item_five_(item_five), version_(version) {}

  PointRange sum(int first, int count) const;

  Answers answers_;  // -1 is missing
  ItemFive item_five_;
  ScaleVersion version_;
};

/// Points lost per month since the first symptom (Kimura's delta-FS, full function at onset).
/// A month is 365.25/12 days. kInvalidArgument unless the total is known and `onset` is before
/// `assessed`.
Result<double> points_lost_per_month(const AlsfrsR& score, Day onset, Day assessed);

/// The same where onset is known to a month or a year: the rates of its last and its first day.
struct RateRange {
  double low;
  double high;
};
Result<RateRange> points_lost_per_month(const AlsfrsR& score, const PartialDate& onset,
                                        Day assessed);

}  // namespace thaw::registry
