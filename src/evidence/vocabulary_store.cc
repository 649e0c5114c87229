#include "evidence/vocabulary_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "evidence/name_book.h"

namespace thaw::evidence {
namespace {

constexpr std::array<db::Migration, 1> kMigrations = {{{1, R"sql(
create table vocabulary_entry (id text primary key, kind text not null, name_en text not null,
  name_zh text not null);
create table vocabulary_name (entry_id text not null references vocabulary_entry(id),
  name text not null, primary key (entry_id, name));
create table vocabulary_xref (entry_id text not null references vocabulary_entry(id),
  xref text not null, primary key (entry_id, xref));
create table vocabulary_parent (entry_id text not null references vocabulary_entry(id),
  parent_id text not null, primary key (entry_id, parent_id));
)sql"}}};

Result<std::vector<std::string>> texts_of(db::Connection& connection, std::string_view sql,
                                          std::string_view id) {
  THAW_TRY(auto statement, connection.prepare(sql));
  statement->bind(1, id);
  std::vector<std::string> out;
  while (true) {
    THAW_TRY(const bool more, statement->step());
    if (!more) {
      return out;
    }
    out.push_back(statement->text(0).value_or(""));
  }
}

}  // namespace

Result<Done> migrate_vocabulary(db::Connection& connection) {
  return db::migrate(connection, "vocabulary", kMigrations);
}

Result<VocabularyWriter> VocabularyWriter::open(db::Connection& connection) {
  VocabularyWriter writer(connection);
  THAW_CHECK(writer.prepare());
  THAW_CHECK(writer.read_links());
  return writer;
}

Result<Done> VocabularyWriter::prepare() {
  // An empty name or kind is filled by a later table, a given one is not replaced.
  THAW_TRY(entry_,
           connection_->prepare(
               "insert into vocabulary_entry (id, kind, name_en, name_zh) values (?1, ?2, ?3, ?4) "
               "on conflict (id) do update set "
               "kind = case when vocabulary_entry.kind = '' then excluded.kind "
               "else vocabulary_entry.kind end, "
               "name_en = case when vocabulary_entry.name_en = '' then excluded.name_en "
               "else vocabulary_entry.name_en end, "
               "name_zh = case when vocabulary_entry.name_zh = '' then excluded.name_zh "
               "else vocabulary_entry.name_zh end "
               "where (vocabulary_entry.kind = '' and excluded.kind <> '') "
               "or (vocabulary_entry.name_en = '' and excluded.name_en <> '') "
               "or (vocabulary_entry.name_zh = '' and excluded.name_zh <> '')"));
  THAW_TRY(name_, connection_->prepare("insert into vocabulary_name (entry_id, name) "
                                       "values (?1, ?2) on conflict do nothing"));
  THAW_TRY(xref_, connection_->prepare("insert into vocabulary_xref (entry_id, xref) "
                                       "values (?1, ?2) on conflict do nothing"));
  THAW_TRY(parent_, connection_->prepare("insert into vocabulary_parent (entry_id, parent_id) "
                                         "values (?1, ?2) on conflict do nothing"));
  return Done{};
}

Result<Done> VocabularyWriter::read_links() {
  THAW_TRY(auto statement,
           connection_->prepare("select entry_id, parent_id from vocabulary_parent"));
  while (true) {
    THAW_TRY(const bool more, statement->step());
    if (!more) {
      break;
    }
    const auto child = number_of(statement->text(0).value_or(""));
    const auto parent = number_of(statement->text(1).value_or(""));
    parents_[child].push_back(parent);
  }
  THAW_TRY(auto known, connection_->prepare("select id from vocabulary_entry"));
  while (true) {
    THAW_TRY(const bool more, known->step());
    if (!more) {
      return Done{};
    }
    kept_[number_of(known->text(0).value_or(""))] = true;
  }
}

std::uint32_t VocabularyWriter::number_of(const std::string& id) {
  const auto [at, added] = numbers_.emplace(id, static_cast<std::uint32_t>(parents_.size()));
  if (added) {
    parents_.emplace_back();
    kept_.push_back(false);
  }
  return at->second;
}

bool VocabularyWriter::reaches(std::uint32_t from, std::uint32_t to) const {
  std::vector<std::uint32_t> open = {from};
  std::vector<std::uint32_t> seen = {from};
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    if (at == to) {
      return true;
    }
    for (const std::uint32_t parent : parents_[at]) {
      const auto place = std::ranges::lower_bound(seen, parent);
      if (place == seen.end() || *place != parent) {
        seen.insert(place, parent);
        open.push_back(parent);
      }
    }
  }
  return false;
}

Result<std::int64_t> VocabularyWriter::add_pair(db::Statement& statement, const std::string& id,
                                                const std::string& value) {
  statement.bind(1, id);
  statement.bind(2, value);
  return statement.run();
}

Result<VocabularyWriter::Outcome> VocabularyWriter::merge(const Concept& entry) {
  const std::uint32_t own = number_of(entry.id);
  const bool known = kept_[own];
  for (const auto& parent : entry.parents) {
    if (reaches(number_of(parent), own)) {
      return invalid_argument(fmt::format(
          "'{}' cannot be a kind of '{}', which is itself a kind of it: the links close a circle",
          entry.id, parent));
    }
  }
  std::int64_t written = 0;
  entry_->bind(1, entry.id);
  entry_->bind(2, entry.kind);
  entry_->bind(3, entry.name.en);
  entry_->bind(4, entry.name.zh);
  THAW_TRY(written, entry_->run());
  std::vector<std::string> names = entry.aliases;
  names.push_back(entry.name.en);
  names.push_back(entry.name.zh);
  for (const auto& name : names) {
    if (!name.empty()) {
      THAW_TRY(const auto added, add_pair(*name_, entry.id, name));
      written += added;
    }
  }
  for (const auto& xref : entry.xrefs) {
    THAW_TRY(const auto added, add_pair(*xref_, entry.id, xref));
    written += added;
  }
  for (const auto& parent : entry.parents) {
    THAW_TRY(const auto added, add_pair(*parent_, entry.id, parent));
    if (added > 0) {
      parents_[own].push_back(number_of(parent));
    }
    written += added;
  }
  kept_[own] = true;
  if (written == 0) {
    return Outcome::kUnchanged;
  }
  return known ? Outcome::kChanged : Outcome::kAdded;
}

Result<std::optional<Concept>> vocabulary_concept(db::Connection& connection, std::string_view id) {
  THAW_TRY(auto statement, connection.prepare("select kind, name_en, name_zh from vocabulary_entry "
                                              "where id = ?1"));
  statement->bind(1, id);
  THAW_TRY(const bool found, statement->step());
  if (!found) {
    return std::optional<Concept>();
  }
  Concept entry;
  entry.id = std::string(id);
  entry.kind = statement->text(0).value_or("");
  entry.name = {statement->text(1).value_or(""), statement->text(2).value_or("")};
  statement->reset();
  if (entry.name.en.empty()) {
    entry.name.en = entry.name.zh.empty() ? entry.id : entry.name.zh;
  }
  if (entry.name.zh.empty()) {
    entry.name.zh = entry.name.en;
  }
  THAW_TRY(entry.aliases,
           texts_of(connection,
                    "select name from vocabulary_name where entry_id = ?1 order by name "
                    "collate \"C\"",
                    id));
  std::erase_if(entry.aliases, [&](const std::string& alias) {
    return alias == entry.name.en || alias == entry.name.zh;
  });
  THAW_TRY(entry.xrefs, texts_of(connection,
                                 "select xref from vocabulary_xref where entry_id = ?1 order by "
                                 "xref collate \"C\"",
                                 id));
  THAW_TRY(entry.parents, texts_of(connection,
                                   "select parent_id from vocabulary_parent where entry_id = ?1 "
                                   "order by parent_id collate \"C\"",
                                   id));
  return std::optional<Concept>(std::move(entry));
}

Result<VocabularySize> vocabulary_size(db::Connection& connection) {
  THAW_TRY(auto statement, connection.prepare("select (select count(*) from vocabulary_entry), "
                                              "(select count(*) from vocabulary_name)"));
  THAW_TRY(const bool row, statement->step());
  VocabularySize size;
  if (row) {
    size = {statement->integer(0).value_or(0), statement->integer(1).value_or(0)};
  }
  return size;
}

Result<Done> read_vocabulary(db::Connection& connection, NameBookBuilder& builder) {
  THAW_TRY(auto entries,
           connection.prepare("select id, kind, name_en, name_zh from vocabulary_entry"));
  while (true) {
    THAW_TRY(const bool more, entries->step());
    if (!more) {
      break;
    }
    builder.add_term(entries->text(0).value_or(""), entries->text(1).value_or(""),
                     {entries->text(2).value_or(""), entries->text(3).value_or("")});
  }
  THAW_TRY(auto names, connection.prepare("select entry_id, name from vocabulary_name"));
  while (true) {
    THAW_TRY(const bool more, names->step());
    if (!more) {
      break;
    }
    builder.add_name(names->text(0).value_or(""), names->text(1).value_or(""));
  }
  THAW_TRY(auto xrefs, connection.prepare("select entry_id, xref from vocabulary_xref"));
  while (true) {
    THAW_TRY(const bool more, xrefs->step());
    if (!more) {
      return Done{};
    }
    builder.add_xref(xrefs->text(0).value_or(""), xrefs->text(1).value_or(""));
  }
}

}  // namespace thaw::evidence
