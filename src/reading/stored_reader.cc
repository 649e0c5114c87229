#include "reading/stored_reader.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "reading/reading_check.h"
#include "reading/reading_json.h"

namespace thaw::reading {

Result<std::optional<Reading>> StoredReader::stored(const evidence::Document& document,
                                                    const std::string& digest) const {
  THAW_TRY(const auto record, store_->find(document.id, name(), digest));
  if (!record) {
    return std::optional<Reading>();
  }
  boost::json::error_code error;
  const auto value = boost::json::parse(*record, error);
  if (error || !value.is_object()) {
    return corrupt(fmt::format("the stored reading of {} cannot be read", document.id));
  }
  THAW_TRY(auto reading, reading_from_json(value.get_object()));
  THAW_CHECK(check_verbatim(reading, document.text()));
  return std::optional(std::move(reading));
}

Result<Reading> StoredReader::read(const evidence::Document& document) {
  const std::string digest = reader_->digest_of(document);
  THAW_TRY(auto before, stored(document, digest));
  if (before) {
    ++counts_.from_store;
    return std::move(*before);
  }
  if (ended_.empty() && documents_max_ != 0 && counts_.asked + counts_.failed >= documents_max_) {
    ended_ = fmt::format("the limit of {} documents is reached", documents_max_);
  }
  if (!ended_.empty()) {
    return unavailable(ended_);
  }
  const bool over_budget = reader_->is_out_of_budget(document);
  auto reading = reader_->read(document);
  if (!reading) {
    counts_.failed += over_budget ? 0 : 1;
    const bool final = reading.error().code == ErrorCode::kUnavailable ||
                       reading.error().code == ErrorCode::kDenied ||
                       reading.error().code == ErrorCode::kNotFound;
    if (final) {  // The next document would fare no better.
      ended_ = reading.error().message;
    }
    return reading;
  }
  THAW_CHECK(check_verbatim(*reading, document.text()));
  THAW_CHECK(store_->keep({.document = document.id,
                           .reader = name(),
                           .digest = digest,
                           .record = boost::json::serialize(to_json(*reading))}));
  ++counts_.asked;
  return reading;
}

}  // namespace thaw::reading
