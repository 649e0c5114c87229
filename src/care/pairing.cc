#include "care/pairing.h"

#include <fmt/format.h>

#include "care/secrets.h"

namespace thaw::care {

Moment Pairing::begin(std::string code, Moment now) {
  code_ = std::move(code);
  begun_ = now;
  until_ = now + kGoodFor;
  wrong_ = 0;
  return until_;
}

Result<Done> Pairing::attempt(std::string_view code, Moment now) {
  // A clock set back must not lengthen either time: before the beginning counts as over.
  if (last_wrong_ && now >= *last_wrong_ && now - *last_wrong_ < kBetweenTries) {
    return unavailable("one try a second; wait a moment and try again");
  }
  if (code_.empty() || now >= until_ || now < begun_) {
    code_.clear();
    return denied("no pairing code is open; show a new one on the person's screen");
  }
  if (same_secret(code, code_)) {
    code_.clear();
    return Done{};
  }
  last_wrong_ = now;
  if (++wrong_ >= kTriesMax) {
    code_.clear();
    return denied("that was the fifth wrong code, so it has ended; show a new one");
  }
  return denied(fmt::format("that is not the code on the person's screen; {} tries are left",
                            kTriesMax - wrong_));
}

}  // namespace thaw::care
