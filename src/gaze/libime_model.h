// The one door to libime: its dictionary of Chinese words with readings, and its language model.
//
// libime (LGPL-2.1+) is linked dynamically. Built without it, or where its data files are not
// installed, open() gives nothing and everything works from the counts alone.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gaze/pinyin.h"

namespace thaw::gaze {

class LibimeModel {
 public:
  static constexpr std::uint32_t kUnknown = UINT32_MAX;

  /// What the model remembers of the words before: at most two of them.
  struct alignas(8) State {
    std::array<char, 32> bytes{};
  };

  /// Loads both and makes the first, slow prediction. `why_not` gets a reason when there is none:
  /// "not built in" or "no data".
  static std::unique_ptr<LibimeModel> open(std::string& why_not);
  ~LibimeModel();

  /// Every word of the dictionary with one reading; a word of several readings comes several times.
  /// `share` is how much of the word's use has this reading, 0..1.
  using EachWord = std::function<void(std::string_view text, const std::vector<Syllable>& reading,
                                      double share)>;
  void each_word(const EachWord& take) const;

  std::uint32_t index(std::string_view word) const;  // kUnknown when the model has not seen it
  State begin() const;                               // of a sentence
  State next(const State& state, std::uint32_t word) const;
  double probability(const State& state, std::uint32_t word) const;  // 0 for kUnknown; 0.1 us

  /// Some likely next words, likeliest first.
  std::vector<std::string> predict(const State& state,
                                   const std::vector<std::string>& before) const;

 private:
  struct Parts;
  explicit LibimeModel(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace thaw::gaze
