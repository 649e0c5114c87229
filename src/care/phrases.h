// Phrase pages: those that come with the program (data/gaze/phrases.json), with what the person
// added, changed and took away laid over them.
#pragma once

#include <boost/json/array.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gaze/word.h"

namespace thaw::care {

struct PhraseEntry {
  std::string id;
  std::string text_en, text_zh;      // one of them may be empty
  std::vector<gaze::Word> words_zh;  // with readings; empty: not known, to be cut by an engine
};

struct PhrasePage {
  std::string id;
  std::string name_en, name_zh;
  std::vector<PhraseEntry> phrases;
};

/// What the person changed of one phrase, or added.
struct PhraseChange {
  std::string id;
  std::string page;
  std::int64_t place = 0;  // on its page, from 0
  std::string text_en, text_zh;
  bool removed = false;
};

/// Reads data/gaze/phrases.json. kCorrupt says where it is not as it must be.
Result<std::vector<PhrasePage>> parse_phrase_pages(std::string_view text);

/// `pages` with each of `changes` applied in order: a known id is moved and reworded or removed, a
/// new one is put in at its place. A change on a page that does not exist is left out.
std::vector<PhrasePage> with_changes(std::vector<PhrasePage> pages,
                                     const std::vector<PhraseChange>& changes);

/// `words_of` cuts a Chinese text for which no reading is kept.
boost::json::array phrase_pages_json(
    const std::vector<PhrasePage>& pages,
    const std::function<std::vector<gaze::Word>(const std::string&)>& words_of);

}  // namespace thaw::care
