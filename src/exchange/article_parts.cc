#include "exchange/article_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "evidence/document_json.h"

namespace thaw::exchange {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// ISO 639-2 codes (both kinds) of the languages in which medical papers are written most.
constexpr auto kLanguages = std::to_array<Pair>({
    {"ara", "ar"}, {"bul", "bg"}, {"chi", "zh"}, {"zho", "zh"}, {"cze", "cs"}, {"ces", "cs"},
    {"dan", "da"}, {"dut", "nl"}, {"nld", "nl"}, {"eng", "en"}, {"fin", "fi"}, {"fre", "fr"},
    {"fra", "fr"}, {"ger", "de"}, {"deu", "de"}, {"gre", "el"}, {"ell", "el"}, {"heb", "he"},
    {"hrv", "hr"}, {"hun", "hu"}, {"ita", "it"}, {"jpn", "ja"}, {"kor", "ko"}, {"nor", "no"},
    {"per", "fa"}, {"fas", "fa"}, {"pol", "pl"}, {"por", "pt"}, {"rum", "ro"}, {"ron", "ro"},
    {"rus", "ru"}, {"slo", "sk"}, {"slk", "sk"}, {"spa", "es"}, {"srp", "sr"}, {"swe", "sv"},
    {"tur", "tr"}, {"ukr", "uk"},
});

constexpr std::size_t kCitationBytesMax = 300;

int gravity(evidence::SourceStatus status) {
  switch (status) {
    case evidence::SourceStatus::kOk:
      return 0;
    case evidence::SourceStatus::kCorrected:
      return 1;
    case evidence::SourceStatus::kConcern:
      return 2;
    case evidence::SourceStatus::kRetracted:
      return 3;
  }
  return 0;
}

/// `text` cut to `bytes` at a character's end, with "..." where something is left out.
std::string shortened(const std::string& text, std::size_t bytes) {
  if (text.size() <= bytes) {
    return text;
  }
  std::string out = text.substr(0, bytes);
  while (!out.empty() && first_invalid_utf8(out)) {
    out.pop_back();
  }
  return out + "...";
}

}  // namespace

std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

std::string language_code(std::string_view given) {
  std::string code = lowered(trim(given));
  code = code.substr(0, code.find_first_of("-_"));
  const auto at = std::ranges::find(kLanguages, code, &Pair::first);
  return at == kLanguages.end() ? code : std::string(at->second);
}

std::optional<int> year_in(std::string_view text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const auto digit = [&](std::size_t i) {
      return i < text.size() && text[i] >= '0' && text[i] <= '9';
    };
    std::size_t end = begin;
    while (digit(end)) {
      ++end;
    }
    if (end - begin == 4) {
      const auto year = parse_int(text.substr(begin, 4));
      if (year && *year >= 1500 && *year <= 2199) {
        return static_cast<int>(*year);
      }
    }
    begin = std::max(end, begin + 1);
  }
  return std::nullopt;
}

void add_notice(std::vector<SourceNotice>& notices, SourceNotice notice) {
  const auto at = std::ranges::find(notices, notice.source, &SourceNotice::source);
  if (at == notices.end()) {
    notices.push_back(std::move(notice));
    return;
  }
  const int before = gravity(at->status);
  const int now = gravity(notice.status);
  const bool earlier = notice.year && (!at->year || *notice.year < *at->year);
  if (now > before || (now == before && earlier)) {
    *at = std::move(notice);
  }
}

void add_once(std::vector<std::string>& values, std::string value) {
  if (!value.empty() && std::ranges::find(values, value) == values.end()) {
    values.push_back(std::move(value));
  }
}

Batch article_batch(evidence::Document document, std::vector<SourceNotice> notices) {
  Batch batch;
  evidence::Source source;
  source.id = document.id;
  source.url = document.url;
  source.year = document.year;
  source.citation = shortened(document.title(), kCitationBytesMax);
  if (!document.journal.empty()) {
    source.citation += (source.citation.empty() ? "" : " ") + document.journal;
  }
  if (document.year) {
    source.citation += fmt::format(" {}", *document.year);
  }
  if (trim(source.citation).empty()) {
    source.citation = document.id;
  }
  batch.cited.push_back(std::move(source));
  batch.documents.push_back(std::move(document));
  batch.notices = std::move(notices);
  return batch;
}

}  // namespace thaw::exchange
