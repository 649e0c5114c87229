#include "evidence/bundle.h"

#include <fmt/format.h>

#include <set>

#include "base/digest.h"
#include "base/text.h"
#include "evidence/evidence_store.h"
#include "evidence/record_line.h"
#include "evidence/record_store.h"
#include "evidence/resolve.h"

namespace thaw::evidence {
namespace {

struct Bundle {
  std::vector<Concept> concepts;
  std::vector<Source> sources;
  std::vector<Item> items;
};

Result<Done> take_line(Bundle& bundle, std::string_view line) {
  THAW_TRY(auto record, read_record_line(line));
  if (auto* named = std::get_if<Concept>(&record)) {
    bundle.concepts.push_back(std::move(*named));
  } else if (auto* source = std::get_if<Source>(&record)) {
    bundle.sources.push_back(std::move(*source));
  } else {
    bundle.items.push_back(std::move(std::get<Item>(record)));
  }
  return Done{};
}

Error bundle_error(std::string_view file, std::size_t line, std::string_view reason) {
  return corrupt(fmt::format("bundled knowledge, {} line {}: {}", file, line, reason));
}

Result<Bundle> read_bundle(const std::vector<BundledFile>& files) {
  Bundle bundle;
  for (const auto& file : files) {
    std::size_t number = 0;
    for (const std::string_view line : split(file.bytes, '\n')) {
      ++number;
      if (trim(line).empty()) {
        continue;
      }
      if (const auto taken = take_line(bundle, line); !taken) {
        return bundle_error(file.name, number, taken.error().message);
      }
    }
  }
  return bundle;
}

/// Puts ids in the place of names; every item must name what the bundle holds.
Result<Done> link(Bundle& bundle) {
  THAW_TRY(const Knowledge known, Knowledge::build(bundle.concepts, bundle.sources, {}));
  const NameIndex names(known);
  std::set<std::string_view> seen;
  for (Item& item : bundle.items) {
    THAW_TRY(const Concept* subject, names.resolve(item.subject));
    THAW_TRY(const Concept* object, names.resolve(item.object));
    item.subject = subject->id;
    item.object = object->id;
    if (known.find_source(item.source) == nullptr) {
      return corrupt(fmt::format("item {} names the unknown source '{}'", item.id, item.source));
    }
    if (!seen.insert(item.id).second) {
      return conflict(fmt::format("item {} stands twice", item.id));
    }
  }
  return Done{};
}

}  // namespace

Result<Done> ensure_bundled(db::Connection& connection, const std::vector<BundledFile>& files) {
  std::string all;
  for (const auto& file : files) {
    all += file.bytes;
    all += '\n';
  }
  const std::string digest = sha256_hex(all);
  THAW_TRY(const std::string loaded, loaded_digest(connection, "bundled"));
  if (loaded == digest) {
    return Done{};
  }
  THAW_TRY(Bundle bundle, read_bundle(files));
  if (const auto linked = link(bundle); !linked) {
    return corrupt(fmt::format("bundled knowledge: {}", linked.error().message));
  }
  THAW_TRY(auto transaction, db::Transaction::begin(connection));
  THAW_CHECK(leave_what_people_changed(connection, bundle.concepts, bundle.sources, bundle.items));
  THAW_CHECK(write_records(connection, bundle.concepts, bundle.sources, bundle.items));
  THAW_CHECK(note_loaded(connection, "bundled", digest));
  return transaction.commit();
}

}  // namespace thaw::evidence
