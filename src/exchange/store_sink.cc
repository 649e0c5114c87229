#include "exchange/store_sink.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "evidence/records_json.h"
#include "exchange/import_report.h"
#include "exchange/import_round.h"

namespace thaw::exchange {
namespace {

constexpr std::size_t kMostWaitingBytes = std::size_t{32} << 20U;
constexpr std::int64_t kDeferredAtOnce = 2000;

/// About how much memory a batch takes.
std::size_t bytes_of(const Batch& batch) {
  std::size_t bytes = 0;
  for (const auto& item : batch.items) {
    bytes += 2000 + item.quote.size() + item.note.size();
  }
  for (const auto& document : batch.documents) {
    bytes += 1000;
    for (const auto& section : document.sections) {
      bytes += section.text.size();
    }
  }
  return bytes + 500 * (batch.concepts.size() + batch.vocabulary.size() + batch.mentioned.size() +
                        batch.sources.size());
}

}  // namespace

StoreSink::StoreSink(db::Connection& connection, evidence::ImportPlace place,
                     const ImportOptions& options, ImportReport report)
    : connection_(&connection),
      place_(std::move(place)),
      options_(&options),
      report_(std::move(report)),
      resumed_after_(static_cast<std::size_t>(place_.records)) {
  report_.resumed_after = resumed_after_;
}

Result<Done> StoreSink::keep(const Place& place, Batch batch) {
  if (place.record <= resumed_after_) {
    return Done{};
  }
  const bool full =
      waiting_.size() >= options_->batch_records || waiting_bytes_ >= kMostWaitingBytes;
  if (full && place.record != last_record_) {
    THAW_CHECK(commit());
  }
  last_record_ = place.record;
  report_.records_read = std::max(report_.records_read, place.record);
  waiting_bytes_ += bytes_of(batch);
  waiting_.push_back({place, std::move(batch)});
  return Done{};
}

void StoreSink::refuse(const Place& place, std::string reason) {
  if (place.record <= resumed_after_) {
    return;
  }
  last_record_ = std::max(last_record_, place.record);
  report_.records_read = std::max(report_.records_read, place.record);
  note_refusal(report_, place.line, std::move(reason));
}

Result<Done> StoreSink::write(bool may_defer) {
  const bool names = std::ranges::any_of(
      waiting_, [](const Entry& entry) { return !entry.batch.vocabulary.empty(); });
  if (names && !vocabulary_) {
    THAW_TRY(auto opened, evidence::VocabularyWriter::open(*connection_));
    vocabulary_.emplace(std::move(opened));
  }
  ImportRound round(
      *connection_, vocabulary_ ? &*vocabulary_ : nullptr, report_,
      [this](const Place& place, std::string reason) {
        note_refusal(report_, place.line, std::move(reason));
      },
      may_defer);
  for (const Entry& entry : waiting_) {
    round.announce(entry.batch);
  }
  THAW_CHECK(round.load());
  for (Entry& entry : waiting_) {
    THAW_CHECK(round.take(entry.place, entry.batch));
  }
  THAW_CHECK(round.finish());
  waiting_.clear();
  waiting_bytes_ = 0;
  if (round.deferred().empty()) {
    return Done{};
  }
  THAW_TRY(std::int64_t number, evidence::last_deferred(*connection_, place_.id));
  for (auto& item : round.deferred()) {
    item.number = ++number;
  }
  return evidence::defer_items(*connection_, place_.id, round.deferred());
}

Result<Done> StoreSink::commit() {
  sound_ = false;
  THAW_TRY(auto transaction, db::Transaction::begin(*connection_));
  THAW_CHECK(write(true));
  place_.records = static_cast<std::int64_t>(last_record_);
  place_.report = boost::json::serialize(to_json(report_));
  THAW_CHECK(evidence::note_import(*connection_, place_));
  THAW_CHECK(transaction.commit());
  sound_ = true;
  return tell();
}

Result<Done> StoreSink::tell() {
  if (!options_->on_commit) {
    return Done{};
  }
  ImportProgress progress = where_ ? where_() : ImportProgress{};
  progress.records = report_.records_read;
  return options_->on_commit(progress);
}

Result<Done> StoreSink::finish() {
  if (last_record_ > resumed_after_) {
    THAW_CHECK(commit());
  }
  while (true) {
    THAW_TRY(const auto items,
             evidence::deferred_items(*connection_, place_.id, 0, kDeferredAtOnce));
    THAW_TRY(auto transaction, db::Transaction::begin(*connection_));
    for (const auto& item : items) {
      Entry entry;
      entry.place = {static_cast<std::size_t>(item.line), static_cast<std::size_t>(item.record)};
      THAW_TRY(auto record, evidence::item_from_json(boost::json::parse(item.item).get_object()));
      entry.batch.items.push_back(std::move(record));
      waiting_.push_back(std::move(entry));
    }
    THAW_CHECK(write(false));
    if (!items.empty()) {
      THAW_CHECK(evidence::drop_deferred(*connection_, place_.id, items.back().number));
    }
    place_.finished = items.empty();
    place_.report = boost::json::serialize(to_json(report_));
    THAW_CHECK(evidence::note_import(*connection_, place_));
    THAW_CHECK(transaction.commit());
    if (items.empty()) {
      return tell();
    }
  }
}

}  // namespace thaw::exchange
