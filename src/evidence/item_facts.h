// What the weight needs of every item, as numbers: read once from the records, asked many times.
//
// A word that repeats (a kind of study, a grade, an ancestry, a soft link) is a number here, so
// that weighing a hundred thousand claims compares no text. Nothing here depends on the question
// or on the parameter file. Check: weigh_test.cc (the same weights as the worked example), and
// the laws of group_weight_test.cc.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/model.h"

namespace thaw::evidence {

class Knowledge;

/// Which share of another ancestry's finding carries over: a key of WeightParameters::transport.
enum class Transport : std::uint8_t { kMolecular, kTrial, kAllele };

inline constexpr std::int32_t kNoYear = std::numeric_limits<std::int32_t>::min();
inline constexpr std::uint32_t kNoWord = std::numeric_limits<std::uint32_t>::max();

/// One item. `x`, `se` and `unsigned_z` are those of effect_scale.h, where `scale` is one.
struct ItemFacts {
  double stated = 1;    // directness x quality
  double faithful = 1;  // probability that the reading says what the source says
  double x = 0, se = 0, unsigned_z = 0;
  double root_n = 0;  // of its people; 0: not stated
  double n = 0;       // 0: not stated
  std::int32_t year = kNoYear;
  std::int32_t status_year = kNoYear;
  int group = 0;
  std::uint32_t kind = 0, grade = 0;   // Facts::kinds(), grades()
  std::uint32_t population = kNoWord;  // Facts::populations(); kNoWord: not stated
  std::uint32_t participants = 0;      // equal numbers are equal words; 0: not stated
  std::uint32_t scale = kNoWord;       // Facts::scales(); kNoWord: no figure to weigh
  std::uint32_t links = 0, members = 0;
  std::uint16_t link_count = 0, member_count = 0;
  Sign sign = Sign::kRaises;
  Direction direction = Direction::kSupports;
  Transport transport = Transport::kMolecular;
  SourceStatus status = SourceStatus::kOk;
  bool synthetic = false;
  bool timeless = false;  // a definition: holds in every year
  bool randomised = false;
  bool phase_3 = false;
  bool se_from_n = false;
  bool estimate_printed = true;
};

/// A randomised trial that prints an interval: what the error of another is guessed from.
struct TrialError {
  std::uint32_t scale;
  std::int32_t year;  // kNoYear: not stated
  double se_times_root_n;
};

class Facts {
 public:
  /// Reads the facts of `knowledge`, whose groups must be joined already. Cost: linear.
  static Facts of(const Knowledge& knowledge);

  const ItemFacts& operator[](std::size_t item) const { return items_[item]; }
  std::size_t size() const { return items_.size(); }

  // Every word that occurs, sorted; a number of ItemFacts is a place here.
  const std::vector<std::string>& kinds() const { return kinds_; }
  const std::vector<std::string>& grades() const { return grades_; }
  const std::vector<std::string>& populations() const { return populations_; }
  const std::vector<std::string>& scales() const { return scales_; }
  const std::vector<std::string>& links() const { return link_names_; }

  /// "lab:" and "consortium:" keys of an item, sorted, as places in links().
  std::span<const std::uint32_t> links_of(const ItemFacts& item) const {
    return std::span(links_).subspan(item.links, item.link_count);
  }

  /// Groups that a meta-analysis pools, sorted, without its own; empty for other items.
  std::span<const int> members_of(const ItemFacts& item) const {
    return std::span(members_).subspan(item.members, item.member_count);
  }

  const std::vector<TrialError>& trial_errors() const { return trial_errors_; }

 private:
  std::vector<ItemFacts> items_;
  std::vector<std::string> kinds_, grades_, populations_, scales_, link_names_;
  std::vector<std::uint32_t> links_;
  std::vector<int> members_;
  std::vector<TrialError> trial_errors_;
};

/// The place of `word` in a sorted list, or kNoWord.
std::uint32_t place_of(const std::vector<std::string>& sorted, std::string_view word);

/// Median of se * sqrt(n) over the randomised trials of `scale` that print an interval, with year
/// at most `as_of`; how many there are. The standard error of a null printed only as n is this over
/// sqrt(n). Nothing when there is none.
struct TypicalError {
  double se_times_root_n;
  std::size_t trials;
};
std::optional<TypicalError> typical_error(const Facts& facts, std::string_view scale,
                                          std::optional<int> as_of);

}  // namespace thaw::evidence
