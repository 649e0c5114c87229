// What was said: kept on this machine to be offered again and learned from, until it is forgotten.
//
// Contract: tests/contract/speak_store_contract_test.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "care/moment.h"
#include "db/db.h"
#include "gaze/word.h"

namespace thaw::care {

struct Utterance {
  std::string id;
  Moment at = 0;
  gaze::Language language = gaze::Language::kChinese;
  std::vector<gaze::Word> words;
  std::string text;  // of words
  std::int64_t selections = 0, undos = 0;
  Moment begun_at = 0;   // of its first selection
  std::string question;  // that it answers, or empty
};

/// On disk when this returns.
Result<Done> add_utterance(db::Connection& connection, const Utterance& said);

/// Gone from the store, on SQLite also from its write-ahead log, unless another program reads that
/// just now: then with the next one forgotten, or when the store is closed. kNotFound.
Result<Done> forget_utterance(db::Connection& connection, std::string_view id);

/// The newest `limit`, newest first.
Result<std::vector<Utterance>> newest_utterances(db::Connection& connection, std::size_t limit);

/// One local day of writing, in numbers.
struct UseDay {
  Day day;
  std::int64_t selections = 0;    // in the log
  std::int64_t offers_taken = 0;  // of them, picks
  std::int64_t undos = 0;         // of them
  std::int64_t characters = 0;    // code points said
  double seconds = 0;             // from the first selection of each utterance to its saying
};

/// Each local day from the moment `since` on that has selections or utterances, oldest first.
/// An utterance begun over an hour before it was said counts one hour: nobody wrote all that time.
Result<std::vector<UseDay>> use_by_day(db::Connection& connection, Moment since, const Zone& zone);

}  // namespace thaw::care
