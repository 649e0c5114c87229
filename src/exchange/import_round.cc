#include "exchange/import_round.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "evidence/curie.h"
#include "evidence/document_json.h"
#include "evidence/document_store.h"
#include "evidence/records_json.h"

namespace thaw::exchange {
namespace {

constexpr std::size_t kMostAncestors = 20000;  // looked at for one concept

/// Whether what is written will be read back: the store must never hold what it cannot load.
template <class Kept>
Result<Done> reads_back(const Kept& record, Result<Kept> (*from_json)(const boost::json::object&)) {
  const auto object = evidence::to_json(record);
  THAW_CHECK(from_json(object));
  const std::string text = boost::json::serialize(object);
  if (first_invalid_utf8(text)) {
    return invalid_argument("a text is not UTF-8");
  }
  if (text.find("\\u0000") != std::string::npos) {
    return invalid_argument("a text holds a zero byte");
  }
  return Done{};
}

/// A correction after a retraction does not undo it: what takes more weight away stays.
int severity(evidence::SourceStatus status) {
  switch (status) {
    case evidence::SourceStatus::kOk:
      return 0;
    case evidence::SourceStatus::kCorrected:
      return 1;
    case evidence::SourceStatus::kConcern:
      return 2;
    case evidence::SourceStatus::kRetracted:
      break;
  }
  return 3;
}

}  // namespace

void ImportRound::announce(const Batch& batch) {
  for (const auto& record : batch.concepts) {
    concepts_.push_back(record.id);
    linker_.ask_for_end(record.id);
  }
  for (const auto& record : batch.mentioned) {
    linker_.ask_for_mention(record);
  }
  for (const auto& record : batch.sources) {
    sources_.push_back(record.id);
  }
  for (const auto& record : batch.cited) {
    cited_.push_back(record.id);
  }
  for (const auto& item : batch.items) {
    items_.push_back(item.id);
    cited_.push_back(item.source);
    linker_.ask_for_end(item.subject);
    linker_.ask_for_end(item.object);
  }
  for (const auto& notice : batch.notices) {
    sources_.push_back(notice.source);
  }
}

Result<Done> ImportRound::load() {
  THAW_CHECK(linker_.load());
  cited_.insert(cited_.end(), sources_.begin(), sources_.end());
  THAW_TRY(known_sources_, evidence::known_sources(*connection_, cited_));
  return writer_.expect(concepts_, sources_, items_);
}

Result<Done> ImportRound::take(const Place& place, Batch& batch) {
  for (auto& record : batch.concepts) {
    THAW_CHECK(take_concept(place, record));
  }
  for (const auto& record : batch.sources) {
    take_source(place, record);
  }
  for (const auto& record : batch.vocabulary) {
    THAW_CHECK(take_entry(place, record));
  }
  for (auto& record : batch.mentioned) {
    THAW_CHECK(mention(place, record));
  }
  for (const auto& record : batch.cited) {
    cite(place, record);
  }
  for (const auto& notice : batch.notices) {
    THAW_CHECK(take_notice(place, notice));
  }
  for (auto& item : batch.items) {
    THAW_CHECK(take_item(place, item));
  }
  for (auto& document : batch.documents) {
    if (const auto right = reads_back(document, evidence::document_from_json); !right) {
      refuse_(place, right.error().message);
    } else {
      documents_.push_back(std::move(document));
    }
  }
  return Done{};
}

Result<Done> ImportRound::finish() {
  THAW_CHECK(writer_.finish());
  THAW_TRY(const auto written, evidence::write_documents(*connection_, documents_));
  report_->documents.added += written.added;
  report_->documents.changed += written.changed;
  report_->documents.unchanged += written.unchanged;
  return Done{};
}

/// An entry of a name table: known from now on, a concept only once an item speaks of it.
Result<Done> ImportRound::take_entry(const Place& place, const evidence::Concept& record) {
  if (const auto right = reads_back(record, evidence::concept_from_json); !right) {
    refuse_(place, right.error().message);
    return Done{};
  }
  const auto merged = vocabulary_->merge(record);
  if (!merged) {
    if (merged.error().code != ErrorCode::kInvalidArgument) {
      return merged.error();
    }
    refuse_(place, merged.error().message);
    return Done{};
  }
  using Outcome = evidence::VocabularyWriter::Outcome;
  report_->names.count(*merged == Outcome::kAdded     ? evidence::Change::kAdded
                       : *merged == Outcome::kChanged ? evidence::Change::kChanged
                                                      : evidence::Change::kUnchanged);
  return Done{};
}

/// Makes the entry of a name table a concept; "" when no table has `id`.
Result<std::string> ImportRound::from_vocabulary(const std::string& id) {
  THAW_TRY(const auto entry, evidence::vocabulary_concept(*connection_, id));
  if (!entry) {
    return std::string();
  }
  report_->concepts.count(writer_.write(*entry));
  linker_.add(*entry);
  return entry->id;
}

Result<Done> ImportRound::take_concept(const Place& place, evidence::Concept& record) {
  if (const auto right = reads_back(record, evidence::concept_from_json); !right) {
    refuse_(place, right.error().message);
    return Done{};
  }
  THAW_CHECK(drop_cycles(place, record));
  parents_[record.id] = record.parents;
  new_parents_.insert(record.parents.begin(), record.parents.end());
  report_->concepts.count(writer_.write(record));
  linker_.add(record);
  return Done{};
}

/// Takes out of record.parents every link that would close a circle.
Result<Done> ImportRound::drop_cycles(const Place& place, evidence::Concept& record) {
  if (record.parents.empty()) {
    return Done{};
  }
  bool above_something = new_parents_.contains(record.id);
  if (!above_something) {
    THAW_TRY(above_something, evidence::is_parent(*connection_, record.id));
  }
  std::vector<std::string> kept;
  for (auto& parent : record.parents) {
    bool circle = parent == record.id;
    if (!circle && above_something) {
      THAW_TRY(circle, leads_to(parent, record.id));
    }
    if (circle) {
      refuse_(place, fmt::format("is-a cycle: '{}' is above its own parent '{}'; this link is left "
                                 "out, the concept is kept",
                                 record.id, parent));
    } else {
      kept.push_back(std::move(parent));
    }
  }
  record.parents = std::move(kept);
  return Done{};
}

/// Whether `id` is among the ancestors of `from`.
Result<bool> ImportRound::leads_to(const std::string& from, const std::string& id) {
  std::vector<std::string> waiting = {from};
  std::unordered_set<std::string> seen = {from};
  while (!waiting.empty() && seen.size() < kMostAncestors) {
    const std::string next = std::move(waiting.back());
    waiting.pop_back();
    const auto here = parents_.find(next);
    std::vector<std::string> above;
    if (here != parents_.end()) {
      above = here->second;
    } else {
      THAW_TRY(above, evidence::parents_of(*connection_, next));
    }
    for (auto& parent : above) {
      if (parent == id) {
        return true;
      }
      if (seen.insert(parent).second) {
        waiting.push_back(std::move(parent));
      }
    }
  }
  return false;
}

void ImportRound::take_source(const Place& place, const evidence::Source& record) {
  if (const auto right = reads_back(record, evidence::source_from_json); !right) {
    refuse_(place, right.error().message);
    return;
  }
  report_->sources.count(writer_.write(record));
  known_sources_[record.id] = 1;
}

Result<Done> ImportRound::mention(const Place& place, evidence::Concept& record) {
  auto [at, first] = meant_.try_emplace(record.id);
  if (!first) {
    return Done{};
  }
  at->second = linker_.find(record);
  if (at->second.empty()) {
    THAW_TRY(at->second, from_vocabulary(record.id));
  }
  if (!at->second.empty()) {
    return Done{};
  }
  if (const auto right = reads_back(record, evidence::concept_from_json); !right) {
    refuse_(place, right.error().message);
    meant_.erase(at);
    return Done{};
  }
  at->second = record.id;
  report_->concepts.count(writer_.write(record));
  linker_.add(record);
  return Done{};
}

void ImportRound::cite(const Place& place, const evidence::Source& record) {
  if (!known_sources_.contains(record.id)) {
    take_source(place, record);
  }
}

Result<Done> ImportRound::link(evidence::Item& item) {
  for (std::string* end : {&item.subject, &item.object}) {
    if (const auto meant = meant_.find(*end); meant != meant_.end()) {
      *end = meant->second;
      continue;
    }
    auto found = linker_.find_end(*end);
    if (!found && found.error().code == ErrorCode::kNotFound) {
      THAW_TRY(auto id, from_vocabulary(evidence::normal_curie(*end)));
      if (!id.empty()) {
        found = std::move(id);
      }
    }
    THAW_TRY(*end, std::move(found));
  }
  if (!known_sources_.contains(item.source)) {
    return not_found(fmt::format("item {} names the unknown source '{}'", item.id, item.source));
  }
  return Done{};
}

Result<Done> ImportRound::take_item(const Place& place, evidence::Item& item) {
  if (const auto right = reads_back(item, evidence::item_from_json); !right) {
    refuse_(place, right.error().message);
    return Done{};
  }
  if (item.synthetic) {
    refuse_(place, fmt::format("item {} comes from a synthetic registry: it never enters a weight",
                               item.id));
    return Done{};
  }
  evidence::Item linked = item;
  if (const auto done = link(linked); !done) {
    if (done.error().code != ErrorCode::kNotFound && done.error().code != ErrorCode::kConflict) {
      return done.error();
    }
    if (may_defer_ && done.error().code == ErrorCode::kNotFound) {
      deferred_.push_back({0, static_cast<std::int64_t>(place.line),
                           static_cast<std::int64_t>(place.record),
                           boost::json::serialize(evidence::to_json(item))});
    } else {
      refuse_(place, done.error().message);
    }
    return Done{};
  }
  if (linked.subject == linked.object) {
    refuse_(place, fmt::format("item {} leads from '{}' to itself", item.id, linked.subject));
    return Done{};
  }
  report_->items.count(writer_.write(linked));
  return Done{};
}

Result<Done> ImportRound::take_notice(const Place& place, const SourceNotice& notice) {
  evidence::Source source{.id = notice.source, .citation = notice.source};
  if (const std::string& text = writer_.source_text(notice.source); !text.empty()) {
    boost::json::error_code error;
    const auto value = boost::json::parse(text, error);
    if (error || !value.is_object()) {
      return corrupt(fmt::format("the stored record '{}' cannot be read", notice.source));
    }
    THAW_TRY(source, evidence::source_from_json(value.get_object()));
  }
  // A reinstatement takes back what stood before; otherwise the graver notice stands.
  if (notice.status == evidence::SourceStatus::kOk ||
      severity(notice.status) >= severity(source.status)) {
    const bool same = notice.status == source.status;
    source.status_year = same && !notice.year ? source.status_year : notice.year;
    source.status = notice.status;
  }
  if (const auto right = reads_back(source, evidence::source_from_json); !right) {
    refuse_(place, right.error().message);
    return Done{};
  }
  report_->notices.count(writer_.write(source));
  known_sources_[source.id] = 1;
  return Done{};
}

}  // namespace thaw::exchange
