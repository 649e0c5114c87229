// Pairing a phone: a code of six digits shown on the person's screen, good for ten minutes and
// once.
//
// A guesser gets five tries a code and one try a second over all codes, so the chance to pair
// without seeing the screen is at most 5 in 1,000,000 a code. Pure: time and code are handed in.
// Check: pairing_test.cc.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "care/moment.h"

namespace thaw::care {

/// Belongs to one thread at a time.
class Pairing {
 public:
  static constexpr Moment kGoodFor = 10 * kMinute;
  static constexpr int kTriesMax = 5;
  static constexpr Moment kBetweenTries = kSecond;

  /// From now on `code` pairs, and no earlier one; until when comes back.
  Moment begin(std::string code, Moment now);

  /// Done, once, for the code in its time. kDenied: another code, with how many tries are left, or
  /// no code is open any more. kUnavailable: within a second of a wrong try.
  Result<Done> attempt(std::string_view code, Moment now);

  /// The code that attempt() took just now was not used: it is good again until its time is over.
  void give_back(std::string_view code) { code_ = code; }

 private:
  std::string code_;  // empty: none is open
  Moment until_ = 0;
  Moment begun_ = 0;
  int wrong_ = 0;
  std::optional<Moment> last_wrong_;
};

}  // namespace thaw::care
