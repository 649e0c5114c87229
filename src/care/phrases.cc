#include "care/phrases.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "care/word_json.h"

namespace thaw::care {
namespace {

namespace json = boost::json;

Result<PhraseEntry> entry_of(const json::object& object) {
  PhraseEntry entry;
  entry.id = std::string(object.at("id").as_string());
  entry.text_en = std::string(object.at("en").as_string());
  for (const json::value& pair : object.at("zh").as_array()) {
    entry.words_zh.push_back({std::string(pair.as_array().at(0).as_string()),
                              std::string(pair.as_array().at(1).as_string())});
  }
  entry.text_zh = gaze::text_of(entry.words_zh);
  return entry;
}

Result<std::vector<PhrasePage>> pages_of(const json::value& document) {
  std::vector<PhrasePage> pages;
  for (const json::value& value : document.at("pages").as_array()) {
    PhrasePage page;
    page.id = std::string(value.at("id").as_string());
    page.name_en = std::string(value.at("name").at("en").as_string());
    page.name_zh = std::string(value.at("name").at("zh").as_string());
    for (const json::value& phrase : value.at("phrases").as_array()) {
      THAW_TRY(PhraseEntry entry, entry_of(phrase.as_object()));
      page.phrases.push_back(std::move(entry));
    }
    pages.push_back(std::move(page));
  }
  return pages;
}

void take_out(std::vector<PhrasePage>& pages, const std::string& id) {
  for (PhrasePage& page : pages) {
    std::erase_if(page.phrases, [&](const PhraseEntry& entry) { return entry.id == id; });
  }
}

const PhraseEntry* find_entry(const std::vector<PhrasePage>& pages, const std::string& id) {
  for (const PhrasePage& page : pages) {
    for (const PhraseEntry& entry : page.phrases) {
      if (entry.id == id) {
        return &entry;
      }
    }
  }
  return nullptr;
}

}  // namespace

Result<std::vector<PhrasePage>> parse_phrase_pages(std::string_view text) {
  boost::system::error_code error;
  const json::value document = json::parse(text, error);
  if (error) {
    return corrupt(fmt::format("the bundled phrases are not JSON: {}", error.message()));
  }
  try {
    return pages_of(document);
  } catch (const std::exception& wrong) {  // of Boost.JSON: a key or a type that is not there
    return corrupt(fmt::format("the bundled phrases are not as they must be: {}", wrong.what()));
  }
}

std::vector<PhrasePage> with_changes(std::vector<PhrasePage> pages,
                                     const std::vector<PhraseChange>& changes) {
  for (const PhraseChange& change : changes) {
    const PhraseEntry* before = find_entry(pages, change.id);
    PhraseEntry entry{change.id, change.text_en, change.text_zh, {}};
    if (before != nullptr && before->text_zh == change.text_zh) {
      entry.words_zh = before->words_zh;
    }
    take_out(pages, change.id);
    const auto page = std::find_if(pages.begin(), pages.end(),
                                   [&](const PhrasePage& p) { return p.id == change.page; });
    if (change.removed || page == pages.end()) {
      continue;
    }
    const auto size = static_cast<std::int64_t>(page->phrases.size());
    page->phrases.insert(page->phrases.begin() + std::clamp<std::int64_t>(change.place, 0, size),
                         std::move(entry));
  }
  return pages;
}

json::array phrase_pages_json(
    const std::vector<PhrasePage>& pages,
    const std::function<std::vector<gaze::Word>(const std::string&)>& words_of) {
  json::array out;
  for (const PhrasePage& page : pages) {
    json::array phrases;
    for (const PhraseEntry& entry : page.phrases) {
      const bool cut = entry.words_zh.empty() && !entry.text_zh.empty();
      const std::string_view lang = entry.text_zh.empty()   ? "en"
                                    : entry.text_en.empty() ? "zh"
                                                            : "both";
      phrases.push_back(
          json::object{{"id", entry.id},
                       {"lang", lang},
                       {"text", {{"en", entry.text_en}, {"zh", entry.text_zh}}},
                       {"words_zh", words_json(cut ? words_of(entry.text_zh) : entry.words_zh)}});
    }
    out.push_back(json::object{{"id", page.id},
                               {"name", {{"en", page.name_en}, {"zh", page.name_zh}}},
                               {"phrases", std::move(phrases)}});
  }
  return out;
}

}  // namespace thaw::care
