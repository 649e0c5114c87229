// Addresses: checked, put together from parts, and shown without what is secret in them.
//
// Form: RFC 3986; a query as forms send it (a space is %20).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace thaw::net {

/// "scheme://host[:port]" in lower case. kInvalidArgument unless `url` is a whole http or https
/// address. Never shows a user, password, path or query.
Result<std::string> origin_of(std::string_view url);

/// The host of `url` with its port if it has one, for people and logs; "?" when it is no address.
std::string host_of(std::string_view url);

/// Whether `url` goes to this machine itself (localhost, 127.x.x.x, [::1]).
bool is_this_machine(std::string_view url);

/// `text` with everything but letters, digits and "-._~" as %XX.
std::string escape_url(std::string_view text);

/// `base` with "?name=value&..." of `parts` in their order; a final "/" of `base` stays.
std::string with_query(std::string_view base,
                       const std::vector<std::pair<std::string, std::string>>& parts);

}  // namespace thaw::net
