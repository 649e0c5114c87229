#include "api/partner_door.h"

#include <algorithm>

#include "api/care_desk.h"
#include "api/route_guard.h"
#include "base/digest.h"
#include "care/secrets.h"

namespace thaw::api {
namespace {

constexpr std::size_t kTokenBytes = 32;

}  // namespace

Result<Done> PartnerDoor::open() {
  THAW_TRY(auto partners, door_.with([](db::Connection& c) { return care::list_partners(c); }));
  const std::lock_guard lock(mutex_);
  partners_ = std::move(partners);
  return Done{};
}

Result<PartnerDoor::Code> PartnerDoor::new_code() {
  THAW_TRY(std::string digits, care::random_digits(6));
  const std::lock_guard lock(mutex_);
  const care::Moment until = pairing_.begin(digits, moment_of(clock_));
  return Code{std::move(digits), until};
}

Result<std::string> PartnerDoor::pair(std::string_view code, const std::string& name) {
  const care::Moment now = moment_of(clock_);
  {
    const std::lock_guard lock(mutex_);
    THAW_CHECK(pairing_.attempt(code, now));
  }
  THAW_TRY(std::string token, care::random_hex(kTokenBytes));
  const care::Partner partner{name, sha256_hex(token), now, now};
  THAW_CHECK(door_.with([&](db::Connection& c) { return care::keep_partner(c, partner); }));
  const std::lock_guard lock(mutex_);
  std::erase_if(partners_, [&](const care::Partner& p) { return p.name == name; });
  partners_.push_back(partner);
  return token;
}

Result<Done> PartnerDoor::forget(std::string_view name) {
  THAW_CHECK(door_.with([&](db::Connection& c) { return care::forget_partner(c, name); }));
  const std::lock_guard lock(mutex_);
  std::erase_if(partners_, [&](const care::Partner& p) { return p.name == name; });
  return Done{};
}

std::optional<std::string> PartnerDoor::name_of(const Request& request) {
  const auto token = cookie_of(request, kPartnerCookie);
  if (!token || token->size() != 2 * kTokenBytes) {
    return std::nullopt;
  }
  const std::string hash = sha256_hex(*token);
  const care::Moment now = moment_of(clock_);
  const std::lock_guard lock(mutex_);
  for (care::Partner& partner : partners_) {
    if (care::same_secret(hash, partner.token_hash)) {
      if (now - partner.seen_at >= care::kMinute || now < partner.seen_at) {
        partner.seen_at = now;
        outbox_.add_unimportant([name = partner.name, now](db::Connection& c) {
          return care::note_partner_seen(c, name, now);
        });
      }
      return partner.name;
    }
  }
  return std::nullopt;
}

Result<Done> PartnerDoor::admit(const Request& request) {
  if (is_from_this_machine(request) || name_of(request)) {
    return Done{};
  }
  return denied(
      "this device is not paired; open /partner here and enter the code that the "
      "person's screen shows");
}

boost::json::array PartnerDoor::list() const {
  const std::lock_guard lock(mutex_);
  boost::json::array out;
  for (const care::Partner& partner : partners_) {
    out.push_back(boost::json::object{{"name", partner.name},
                                      {"paired_at", care::iso_text(partner.paired_at)},
                                      {"seen_at", care::iso_text(partner.seen_at)}});
  }
  return out;
}

}  // namespace thaw::api
