// The devices that may listen: paired by a code, known by a cookie of 256 random bits, put out
// again.
//
// Who a cookie belongs to is known from memory, so a listener needs no store. Kept is the SHA-256
// of a token, never the token.
#pragma once

#include <boost/json/array.hpp>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/outbox.h"
#include "api/site.h"
#include "api/store_door.h"
#include "base/clock.h"
#include "care/pairing.h"
#include "care/partner_store.h"

namespace thaw::api {

/// Safe to use from several threads.
class PartnerDoor {
 public:
  PartnerDoor(StoreDoor& door, Outbox& outbox, const Clock& clock)
      : door_(door), outbox_(outbox), clock_(clock) {}

  Result<Done> open();  // reads who is paired; call before anything else

  struct Code {
    std::string digits;
    care::Moment until = 0;
  };
  /// A new code; an earlier one ends.
  Result<Code> new_code();

  /// Pairs the device that knows the code: the value of its cookie. As Pairing::attempt.
  Result<std::string> pair(std::string_view code, const std::string& name);

  /// Puts a device out. kNotFound.
  Result<Done> forget(std::string_view name);

  /// The name of the paired device that asks; nothing for any other.
  std::optional<std::string> name_of(const Request& request);

  /// Lets this machine and paired devices in.
  Result<Done> admit(const Request& request);

  boost::json::array list() const;

 private:
  StoreDoor& door_;
  Outbox& outbox_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  care::Pairing pairing_;
  std::vector<care::Partner> partners_;
};

}  // namespace thaw::api
