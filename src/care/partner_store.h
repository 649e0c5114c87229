// Devices paired with this machine: who they are, never their token itself.
//
// Contract: tests/contract/speak_store_contract_test.cc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "care/moment.h"
#include "db/db.h"

namespace thaw::care {

struct Partner {
  std::string name;
  std::string token_hash;  // SHA-256 of its token
  Moment paired_at = 0;
  Moment seen_at = 0;  // its last request, to the minute
};

inline constexpr std::size_t kPartnersMax = 50;

/// kConflict for a name that is paired already, and over kPartnersMax.
Result<Done> keep_partner(db::Connection& connection, const Partner& partner);

/// kNotFound.
Result<Done> forget_partner(db::Connection& connection, std::string_view name);

Result<Done> note_partner_seen(db::Connection& connection, std::string_view name, Moment at);

/// By name.
Result<std::vector<Partner>> list_partners(db::Connection& connection);

}  // namespace thaw::care
