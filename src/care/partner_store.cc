#include "care/partner_store.h"

#include <fmt/format.h>

namespace thaw::care {

Result<Done> keep_partner(db::Connection& connection, const Partner& partner) {
  THAW_TRY(auto count, connection.prepare("select count(*) from partner where name <> ?1"));
  count->bind(1, partner.name);
  THAW_TRY(const bool found, count->step());
  if (found && count->integer(0).value_or(0) >= static_cast<std::int64_t>(kPartnersMax)) {
    return conflict(fmt::format("{} devices are paired already; forget one first", kPartnersMax));
  }
  count->reset();
  THAW_TRY(auto write,
           connection.prepare(
               "insert into partner (name, token_hash, paired_ms, seen_ms) values (?1, ?2, ?3, ?4)"
               " on conflict (name) do nothing"));
  write->bind(1, partner.name);
  write->bind(2, partner.token_hash);
  write->bind(3, partner.paired_at);
  write->bind(4, partner.seen_at);
  THAW_TRY(const std::int64_t written, write->run());
  if (written == 0) {
    return conflict("this name is paired already: give another, or remove it first");
  }
  return Done{};
}

Result<Done> forget_partner(db::Connection& connection, std::string_view name) {
  THAW_TRY(auto erase, connection.prepare("delete from partner where name = ?1"));
  erase->bind(1, name);
  THAW_TRY(const std::int64_t gone, erase->run());
  if (gone == 0) {
    return not_found("no paired device has this name");
  }
  return Done{};
}

Result<Done> note_partner_seen(db::Connection& connection, std::string_view name, Moment at) {
  THAW_TRY(auto update, connection.prepare("update partner set seen_ms = ?1 where name = ?2"));
  update->bind(1, at);
  update->bind(2, name);
  THAW_CHECK(update->run());
  return Done{};
}

Result<std::vector<Partner>> list_partners(db::Connection& connection) {
  THAW_TRY(auto rows, connection.prepare("select name, token_hash, paired_ms, seen_ms from partner"
                                         " order by name collate \"C\""));
  std::vector<Partner> out;
  while (true) {
    THAW_TRY(const bool more, rows->step());
    if (!more) {
      return out;
    }
    out.push_back({rows->text(0).value_or(""), rows->text(1).value_or(""),
                   rows->integer(2).value_or(0), rows->integer(3).value_or(0)});
  }
}

}  // namespace thaw::care
