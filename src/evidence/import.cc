#include "evidence/import.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <map>
#include <set>

#include "base/digest.h"
#include "base/text.h"
#include "evidence/records_json.h"
#include "evidence/resolve.h"

namespace thaw::evidence {
namespace {

namespace json = boost::json;

struct Batch {
  std::vector<Concept> concepts;
  std::vector<Source> sources;
  std::vector<std::pair<std::size_t, Item>> items;  // with their line
  std::map<std::string, std::size_t> seen;          // kind + id -> line
};

Result<Done> once(Batch& batch, const std::string& key, std::size_t line) {
  const auto [at, inserted] = batch.seen.emplace(key, line);
  if (!inserted) {
    return conflict(fmt::format("{} stands already in line {}", key, at->second));
  }
  return Done{};
}

Result<Done> take_line(Batch& batch, std::string_view text, std::size_t line) {
  if (const auto bad = first_invalid_utf8(text)) {
    return invalid_argument(fmt::format("not UTF-8 at column {}", *bad + 1));
  }
  json::stream_parser parser;
  json::error_code error;
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (!error) {
    parser.finish(error);
  }
  if (error || !trim(text.substr(read)).empty()) {
    return invalid_argument(fmt::format("not JSON at column {}", read + 1));
  }
  const json::value root = parser.release();
  if (!root.is_object() || root.get_object().size() != 1 ||
      !root.get_object().begin()->value().is_object()) {
    return invalid_argument("must be one object with the one key concept, source or item");
  }
  const auto& entry = *root.get_object().begin();
  const std::string kind(entry.key());
  const json::object& object = entry.value().get_object();
  if (kind == "concept") {
    THAW_TRY(auto record, concept_from_json(object));
    THAW_CHECK(once(batch, "concept " + record.id, line));
    batch.concepts.push_back(std::move(record));
  } else if (kind == "source") {
    THAW_TRY(auto record, source_from_json(object));
    THAW_CHECK(once(batch, "source " + record.id, line));
    batch.sources.push_back(std::move(record));
  } else if (kind == "item") {
    THAW_TRY(auto record, item_from_json(object));
    if (record.synthetic) {
      return denied(fmt::format("item {} comes from a synthetic registry: it never enters a weight",
                                record.id));
    }
    THAW_CHECK(once(batch, "item " + record.id, line));
    batch.items.emplace_back(line, std::move(record));
  } else {
    return invalid_argument(fmt::format("'{}' is not concept, source or item", kind));
  }
  return Done{};
}

template <class Record>
void overlay(std::vector<Record>& base, const std::vector<Record>& news) {
  std::map<std::string, Record> by_id;
  for (auto& record : base) {
    by_id[record.id] = std::move(record);
  }
  for (const auto& record : news) {
    by_id[record.id] = record;
  }
  base.clear();
  for (auto& [id, record] : by_id) {
    base.push_back(std::move(record));
  }
}

/// Everything the items may refer to: what the store holds and what the batch brings.
Result<Knowledge> referable(db::Connection& connection, const Batch& batch) {
  THAW_TRY(const auto stored, load_knowledge(connection));
  auto concepts = stored.concepts();
  auto sources = stored.sources();
  overlay(concepts, batch.concepts);
  overlay(sources, batch.sources);
  return Knowledge::build(std::move(concepts), std::move(sources), {});
}

Result<Done> link(Item& item, const Knowledge& known, const NameIndex& names) {
  THAW_TRY(const Concept* subject, names.resolve(item.subject));
  THAW_TRY(const Concept* object, names.resolve(item.object));
  item.subject = subject->id;
  item.object = object->id;
  if (known.find_source(item.source) == nullptr) {
    return not_found(fmt::format("item {} names the unknown source '{}'", item.id, item.source));
  }
  return Done{};
}

enum class Origin { kPeople, kBundle };

Result<ImportReport> import_inside(db::Connection& connection, std::string_view bytes,
                                   std::string_view file, Origin origin) {
  ImportReport report{.file = std::string(file)};
  Batch batch;
  std::size_t number = 0;
  for (std::string_view line : split(bytes, '\n')) {
    ++number;
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) {
      line.remove_prefix(3);
    }
    if (trim(line).empty()) {
      continue;
    }
    ++report.lines_read;
    if (const auto taken = take_line(batch, line, number); !taken) {
      report.refused.push_back({number, taken.error().message});
    }
  }
  THAW_TRY(const Knowledge known, referable(connection, batch));
  const NameIndex names(known);
  std::vector<Item> items;
  for (auto& [line, item] : batch.items) {
    if (const auto linked = link(item, known, names); !linked) {
      report.refused.push_back({line, linked.error().message});
    } else {
      items.push_back(std::move(item));
    }
  }
  if (origin == Origin::kBundle) {
    THAW_CHECK(leave_what_people_changed(connection, batch.concepts, batch.sources, items));
  }
  THAW_TRY(report.written, write_records(connection, batch.concepts, batch.sources, items));
  report.kept = report.written.added + report.written.changed + report.written.unchanged;
  return report;
}

}  // namespace

Result<ImportReport> import_evidence(db::Connection& connection, std::string_view bytes,
                                     std::string_view file) {
  THAW_TRY(auto transaction, db::Transaction::begin(connection));
  THAW_TRY(auto report, import_inside(connection, bytes, file, Origin::kPeople));
  if (report.kept == 0) {
    const std::string first = report.refused.empty()
                                  ? "it holds no line"
                                  : fmt::format("line {}: {}", report.refused.front().line,
                                                report.refused.front().reason);
    return invalid_argument(fmt::format("{}: nothing could be kept; {}", file, first));
  }
  THAW_CHECK(transaction.commit());
  return report;
}

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
  THAW_TRY(auto transaction, db::Transaction::begin(connection));
  THAW_TRY(const auto report, import_inside(connection, all, "bundled knowledge", Origin::kBundle));
  if (!report.refused.empty()) {
    return corrupt(fmt::format("bundled knowledge, line {}: {}", report.refused.front().line,
                               report.refused.front().reason));
  }
  THAW_CHECK(note_loaded(connection, "bundled", digest));
  THAW_CHECK(transaction.commit());
  return Done{};
}

}  // namespace thaw::evidence
