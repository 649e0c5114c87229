#include "api/partner_door.h"

#include <algorithm>
#include <cstdlib>

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
  partners_.clear();
  for (care::Partner& partner : partners) {
    partners_.push_back({std::move(partner)});
  }
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
    if (std::any_of(partners_.begin(), partners_.end(),
                    [&](const Known& each) { return each.partner.name == name; })) {
      pairing_.give_back(code);
      return conflict("this name is paired already: give another, or remove it first");
    }
  }
  THAW_TRY(std::string token, care::random_hex(kTokenBytes));
  const care::Partner partner{name, sha256_hex(token), now, now};
  THAW_CHECK(door_.with([&](db::Connection& c) { return care::keep_partner(c, partner); }));
  const std::lock_guard lock(mutex_);
  partners_.push_back({partner, now});
  return token;
}

Result<Done> PartnerDoor::forget(std::string_view name) {
  THAW_CHECK(door_.with([&](db::Connection& c) { return care::forget_partner(c, name); }));
  const std::lock_guard lock(mutex_);
  std::erase_if(partners_, [&](const Known& each) { return each.partner.name == name; });
  return Done{};
}

const PartnerDoor::Known* PartnerDoor::find(const Request& request) const {
  const auto token = cookie_of(request, kPartnerCookie);
  if (!token || token->size() != 2 * kTokenBytes) {
    return nullptr;
  }
  const std::string hash = sha256_hex(*token);
  for (const Known& each : partners_) {
    if (care::same_secret(hash, each.partner.token_hash)) {
      return &each;
    }
  }
  return nullptr;
}

std::optional<std::string> PartnerDoor::name_of(const Request& request) {
  const care::Moment now = moment_of(clock_);
  const std::lock_guard lock(mutex_);
  const Known* found = find(request);
  if (found == nullptr) {
    return std::nullopt;
  }
  Known& known = partners_[static_cast<std::size_t>(found - partners_.data())];
  known.asked_at = now;
  care::Partner& partner = known.partner;
  if (now - partner.seen_at >= care::kMinute || now < partner.seen_at) {
    partner.seen_at = now;
    outbox_.add_unimportant([name = partner.name, now](db::Connection& c) {
      return care::note_partner_seen(c, name, now);
    });
  }
  return partner.name;
}

bool PartnerDoor::is_paired(const Request& request) const {
  const std::lock_guard lock(mutex_);
  return find(request) != nullptr;
}

std::shared_ptr<void> PartnerDoor::listens(const std::string& name) {
  const auto open = std::make_shared<char>();
  const std::lock_guard lock(mutex_);
  for (Known& each : partners_) {
    if (each.partner.name == name) {
      std::erase_if(each.open, [](const std::weak_ptr<void>& old) { return old.expired(); });
      each.open.push_back(open);
    }
  }
  return open;
}

std::size_t PartnerDoor::listening() const {
  const care::Moment now = moment_of(clock_);
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(
      std::count_if(partners_.begin(), partners_.end(), [&](const Known& each) {
        const bool asked = each.asked_at != 0 && std::abs(now - each.asked_at) <= kHeardWithin;
        return asked || std::any_of(each.open.begin(), each.open.end(),
                                    [](const std::weak_ptr<void>& o) { return !o.expired(); });
      }));
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
  for (const Known& each : partners_) {
    const care::Partner& partner = each.partner;
    out.push_back(boost::json::object{{"name", partner.name},
                                      {"paired_at", care::iso_text(partner.paired_at)},
                                      {"seen_at", care::iso_text(partner.seen_at)}});
  }
  return out;
}

}  // namespace thaw::api
