// The devices that may listen: paired by a code, known by a cookie of 256 random bits, put out
// again.
//
// Who a cookie belongs to is known from memory, so a listener needs no store. Kept is the SHA-256
// of a token, never the token.
#pragma once

#include <boost/json/array.hpp>
#include <memory>
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

  /// Pairs the device that knows the code: the value of its cookie. As Pairing::attempt; kConflict
  /// for a name that is paired already, and the code stays good for another name.
  Result<std::string> pair(std::string_view code, const std::string& name);

  /// Puts a device out. kNotFound.
  Result<Done> forget(std::string_view name);

  /// The name of the paired device that asks; nothing for any other.
  std::optional<std::string> name_of(const Request& request);

  /// As name_of, asked by an open answer to that device: it is no sign of the device itself.
  bool is_paired(const Request& request) const;

  /// Says that the device `name` listens as long as what comes back is held.
  std::shared_ptr<void> listens(const std::string& name);

  /// Paired devices that hear a call now: those with an answer of events open, and those that asked
  /// something within kHeardWithin.
  std::size_t listening() const;
  static constexpr care::Moment kHeardWithin = 30 * care::kSecond;

  /// Lets this machine and paired devices in.
  Result<Done> admit(const Request& request);

  boost::json::array list() const;

 private:
  struct Known {
    care::Partner partner;
    care::Moment asked_at = 0;  // its last request, to the millisecond; 0: none since the start
    std::vector<std::weak_ptr<void>> open = {};  // answers of events
  };
  const Known* find(const Request& request) const;

  StoreDoor& door_;
  Outbox& outbox_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  care::Pairing pairing_;
  std::vector<Known> partners_;
};

}  // namespace thaw::api
