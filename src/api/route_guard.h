// Who may ask what belongs to one person: this machine alone, or also the devices paired with it.
//
// This machine is a peer at a loopback address that no proxy stands behind as far as can be seen
// (no header of one, no HTTP/1.0), and that asked under a name which only this machine has: a page
// elsewhere that points its own name here (DNS rebinding) does not count. A proxy that hides itself
// cannot be told from this machine: `thaw start --no-speaking` is for a server behind one.
// Everything else needs a paired device's cookie, or gets 403 with one sentence.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "api/site.h"

namespace thaw::api {

/// Whether `request` was made on this machine, by a program or page of this machine.
bool is_from_this_machine(const Request& request);

/// Lets only this machine in.
Result<Done> this_machine_only(const Request& request);

/// The value of the cookie `name`, or nothing. Cost: linear in the header.
std::optional<std::string_view> cookie_of(const Request& request, std::string_view name);

inline constexpr std::string_view kPartnerCookie = "thaw_partner";

}  // namespace thaw::api
