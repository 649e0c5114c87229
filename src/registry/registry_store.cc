#include "registry/registry_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "registry/registry_rows_store.h"
#include "registry/registry_schema.h"

namespace thaw::registry {
namespace {

Result<std::int64_t> one_number(db::Connection& connection, std::string_view sql) {
  THAW_TRY(const auto statement, connection.prepare(sql));
  THAW_TRY(const bool found, statement->step());
  const std::int64_t value = found ? statement->integer(0).value_or(0) : 0;
  statement->reset();
  return value;
}

Result<Done> write_manifest(db::Connection& connection, const Manifest& m) {
  THAW_TRY(const auto insert,
           connection.prepare("insert into registry_manifest (one, kind, as_of, generator, seed, "
                              "population, parameters, parameter_hash, truth) "
                              "values (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
  insert->bind(1, code(m.kind));
  insert->bind(2, to_string(m.as_of));
  insert->bind(3, m.generator);
  insert->bind(4, std::to_string(m.seed));
  insert->bind(5, m.population);
  insert->bind(6, m.parameters);
  insert->bind(7, m.parameter_hash);
  insert->bind(8, m.truth);
  THAW_CHECK(insert->run());
  return Done{};
}

Result<Done> move_as_of(db::Connection& connection, Day as_of) {
  THAW_TRY(const auto update,
           connection.prepare("update registry_manifest set as_of = ?1 where one = 1"));
  update->bind(1, to_string(as_of));
  THAW_CHECK(update->run());
  return Done{};
}

Result<Manifest> manifest_in(const db::Statement& row) {
  Manifest m;
  m.kind = row.text(0) == "synthetic" ? Kind::kSynthetic : Kind::kReal;
  THAW_TRY(m.as_of, parse_day(row.text(1).value_or("")));
  m.generator = row.text(2).value_or("");
  const std::string seed = row.text(3).value_or("");
  for (const char digit : seed) {
    m.seed = m.seed * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  m.population = row.text(4).value_or("");
  m.parameters = row.text(5).value_or("");
  m.parameter_hash = row.text(6).value_or("");
  m.truth = row.text(7).value_or("");
  return m;
}

template <class Row>
void extend(std::vector<Row>& rows, const std::vector<Row>& more) {
  rows.insert(rows.end(), more.begin(), more.end());
}

// A stored person with the rows of `more`, as they would stand together.
History together(History known, const History& more) {
  extend(known.reports, more.reports);
  extend(known.vital_capacities, more.vital_capacities);
  extend(known.treatments, more.treatments);
  extend(known.events, more.events);
  std::ranges::stable_sort(known.reports, {}, &Report::assessed);
  std::ranges::stable_sort(known.vital_capacities, {}, &VitalCapacity::measured);
  return known;
}

using CodeIndex = std::map<std::string, std::size_t, std::less<>>;

Result<std::vector<NewRows>> plan_rows(const RegistryData& data, const StoredPeople& stored,
                                       KnownPerson known, Day as_of) {
  CodeIndex at;
  for (std::size_t i = 0; i < stored.people.size(); ++i) {
    at.emplace(stored.people[i].person.code, i);
  }
  std::vector<NewRows> plan;
  CodeIndex added;
  std::int64_t next_id = stored.ids.empty() ? 1 : stored.ids.back() + 1;
  for (const History& history : data.people) {
    const std::string& code = history.person.code;
    if (!added.emplace(code, 0).second) {
      return conflict(fmt::format("person {} is there twice", code));
    }
    const auto found = at.find(code);
    if (found == at.end()) {
      if (auto fine = check_history(history, as_of); !fine) {
        return invalid_argument(fmt::format("person {}: {}", code, fine.error().message));
      }
      plan.push_back({next_id++, &history, true, 1});
      continue;
    }
    if (known == KnownPerson::kRefuse) {
      return conflict(fmt::format("person {} is in the registry already", code));
    }
    if (auto fine = check_history(together(stored.people[found->second], history), as_of); !fine) {
      return invalid_argument(fmt::format("person {}: {}", code, fine.error().message));
    }
    plan.push_back(
        {stored.ids[found->second], &history, false, stored.last_number[found->second] + 1});
  }
  return plan;
}

}  // namespace

std::string_view code(Kind value) {
  return value == Kind::kReal ? "real" : "synthetic";
}

Result<RegistryStore> RegistryStore::open(db::Connection& connection) {
  THAW_CHECK(db::migrate(connection, "registry", kRegistryMigrations));
  return RegistryStore(connection);
}

Result<std::optional<Manifest>> RegistryStore::manifest() const {
  THAW_TRY(const auto select,
           connection_->prepare("select kind, as_of, generator, seed, population, parameters, "
                                "parameter_hash, truth from registry_manifest where one = 1"));
  THAW_TRY(const bool found, select->step());
  if (!found) {
    return std::optional<Manifest>();
  }
  auto manifest = manifest_in(*select);
  select->reset();
  if (!manifest) {
    return corrupt("the registry's manifest cannot be read: " + manifest.error().message);
  }
  return std::optional(std::move(*manifest));
}

Result<StoreCounts> RegistryStore::add(const RegistryData& data, KnownPerson known) {
  THAW_TRY(auto transaction, db::Transaction::begin(*connection_));
  THAW_TRY(const std::optional<Manifest> there, manifest());
  const Manifest& given = data.manifest;
  if (there && there->kind != given.kind) {
    return conflict(
        fmt::format("this registry holds {} people; {} ones are refused. Use a store "
                    "of their own",
                    code(there->kind), code(given.kind)));
  }
  const Day as_of = there ? std::max(there->as_of, given.as_of) : given.as_of;
  StoredPeople stored;
  if (there) {
    THAW_TRY(stored, read_rows(*connection_));
    THAW_CHECK(move_as_of(*connection_, as_of));
  } else {
    THAW_CHECK(write_manifest(*connection_, given));
  }
  THAW_TRY(const std::vector<NewRows> plan, plan_rows(data, stored, known, as_of));
  THAW_TRY(const StoreCounts counts, append_rows(*connection_, plan));
  THAW_CHECK(transaction.commit());
  return counts;
}

Result<RegistryData> RegistryStore::read_all() const {
  THAW_TRY(std::optional<Manifest> there, manifest());
  if (!there) {
    return not_found(
        "there is no registry in this store yet: `thaw registry synthesize` or "
        "`thaw registry import` makes one");
  }
  THAW_TRY(StoredPeople stored, read_rows(*connection_));
  return RegistryData{std::move(*there), std::move(stored.people)};
}

Result<StoreCounts> RegistryStore::counts() const {
  StoreCounts counts;
  THAW_TRY(counts.people, one_number(*connection_, "select count(*) from person"));
  THAW_TRY(counts.reports, one_number(*connection_, "select count(*) from report"));
  THAW_TRY(counts.vital_capacities,
           one_number(*connection_, "select count(*) from vital_capacity"));
  THAW_TRY(counts.treatments, one_number(*connection_, "select count(*) from treatment"));
  THAW_TRY(counts.events, one_number(*connection_, "select count(*) from person_event"));
  return counts;
}

}  // namespace thaw::registry
