#include "evidence/search_terms.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "evidence/normal_name.h"

namespace thaw::evidence {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Whether "a-b" is one word: TDP-43, IL-6, ALSFRS-R; not motor-neuron.
bool hyphen_joins(const std::string& a, const std::string& b) {
  const auto has_digit = [](const std::string& s) { return std::ranges::any_of(s, is_digit); };
  return has_digit(a) || has_digit(b) || b.size() == 1;
}

/// Ranges of `text` in quotation marks and between them, in order; true: quoted.
std::vector<std::pair<std::string_view, bool>> quoted_parts(std::string_view text) {
  std::vector<std::pair<std::string_view, bool>> out;
  bool inside = false;
  for (const auto part : split(text, '"')) {
    out.emplace_back(part, inside);
    inside = !inside;
  }
  if (!inside && !out.empty()) {
    out.back().second = false;  // a mark without its fellow is no mark
  }
  return out;
}

/// Where `phrase` begins in `terms` from `from` on, or terms.size().
std::size_t find_phrase(const std::vector<SearchTerm>& terms,
                        const std::vector<std::string>& phrase, std::size_t from) {
  for (std::size_t i = from; i + phrase.size() <= terms.size(); ++i) {
    std::size_t k = 0;
    while (k < phrase.size() && terms[i + k].text == phrase[k]) {
      ++k;
    }
    if (k == phrase.size()) {
      return i;
    }
  }
  return terms.size();
}

std::size_t back_to_character(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) {
    --at;
  }
  return at;
}

}  // namespace

std::vector<SearchTerm> search_terms(std::string_view text) {
  std::vector<SearchTerm> out;
  std::string last_piece;
  for (auto& token : name_tokens(text)) {
    const bool goes_on = !out.empty() && !out.back().character && !token.character;
    const bool hyphen = goes_on && token.begin == out.back().end + 1 &&
                        text[out.back().end] == '-' && hyphen_joins(last_piece, token.normal);
    if (goes_on && (token.joined || hyphen)) {
      last_piece = hyphen ? token.normal : last_piece + token.normal;
      out.back().text += token.normal;
      out.back().end = token.end;
    } else {
      last_piece = token.normal;
      out.push_back({std::move(token.normal), token.begin, token.end, token.character});
    }
  }
  return out;
}

SearchQuery search_query(std::string_view query) {
  SearchQuery out;
  std::size_t taken = 0;
  const auto add = [&](std::vector<std::string> phrase) {
    if (!phrase.empty() && std::ranges::find(out, phrase) == out.end()) {
      out.push_back(std::move(phrase));
    }
  };
  for (const auto& [part, quoted] : quoted_parts(query)) {
    std::vector<std::string> phrase;
    std::size_t end_of_last = 0;
    bool last_was_character = false;
    for (auto& term : search_terms(part)) {
      if (++taken > kMostTerms) {
        break;
      }
      const bool run = term.character && last_was_character && term.begin == end_of_last;
      if (!quoted && !run) {
        add(std::move(phrase));
        phrase = {};
      }
      end_of_last = term.end;
      last_was_character = term.character;
      phrase.push_back(std::move(term.text));
    }
    add(std::move(phrase));
  }
  return out;
}

std::string fts5_expression(const SearchQuery& query) {
  std::vector<std::string> parts;
  for (const auto& phrase : query) {
    parts.push_back('"' + join(phrase, " ") + '"');
  }
  return join(parts, " AND ");
}

std::string tsquery_expression(const SearchQuery& query) {
  std::vector<std::string> parts;
  for (const auto& phrase : query) {
    std::vector<std::string> terms;
    for (const auto& term : phrase) {
      terms.push_back('\'' + term + '\'');
    }
    parts.push_back('(' + join(terms, " <-> ") + ')');
  }
  return join(parts, " & ");
}

std::string fts5_text(const std::vector<SearchTerm>& terms) {
  std::string out;
  for (const auto& term : terms) {
    out += term.text;
    out += ' ';
  }
  return out;
}

std::string tsvector_literal(const std::vector<SearchTerm>& title,
                             const std::vector<SearchTerm>& body) {
  constexpr std::size_t kLastPlace = 16383;
  constexpr std::size_t kMostPlaces = 255;
  constexpr std::size_t kLongestTerm = 400;  // bytes; PostgreSQL takes 2,046
  std::map<std::string_view, std::pair<std::string, std::size_t>> places;
  std::size_t place = 0;
  const auto add = [&](const std::vector<SearchTerm>& terms, char weight) {
    for (const auto& term : terms) {
      auto& [list, count] = places[std::string_view(term.text).substr(0, kLongestTerm)];
      ++place;
      if (count == 0 || (place <= kLastPlace && count < kMostPlaces)) {
        list += fmt::format("{}{}{}", count == 0 ? ":" : ",", std::min(place, kLastPlace), weight);
        ++count;
      }
    }
    place += 1;  // no phrase goes from the title into the text
  };
  add(title, 'A');
  add(body, 'D');
  std::string out;
  for (const auto& [term, list] : places) {
    out += fmt::format("'{}'{} ", term, list.first);
  }
  return out;
}

Snippet snippet_of(std::string_view text, const SearchQuery& query, std::size_t bytes) {
  struct Match {
    std::size_t begin, end, phrase;
  };
  const auto terms = search_terms(text);
  std::vector<Match> matches;
  for (std::size_t p = 0; p < query.size(); ++p) {
    for (std::size_t i = find_phrase(terms, query[p], 0); i < terms.size();
         i = find_phrase(terms, query[p], i + 1)) {
      matches.push_back({terms[i].begin, terms[i + query[p].size() - 1].end, p});
    }
  }
  std::ranges::sort(matches, {}, &Match::begin);
  std::size_t best = 0;
  std::size_t most = 0;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    std::set<std::size_t> phrases;
    for (std::size_t j = i; j < matches.size() && matches[j].end <= matches[i].begin + bytes; ++j) {
      phrases.insert(matches[j].phrase);
    }
    if (phrases.size() > most) {
      most = phrases.size();
      best = matches[i].begin;
    }
  }
  Snippet out;
  const std::size_t before = bytes / 4;
  out.at = back_to_character(text, best > before ? best - before : 0);
  if (text.size() <= bytes) {
    out.at = 0;
  }
  const std::size_t end = back_to_character(text, std::min(text.size(), out.at + bytes));
  out.text = text.substr(out.at, end - out.at);
  out.cut_before = out.at > 0;
  out.cut_after = end < text.size();
  for (const Match& match : matches) {
    const bool overlaps = !out.marks.empty() && match.begin < out.at + out.marks.back().second;
    if (match.begin >= out.at && match.end <= end && !overlaps) {
      out.marks.emplace_back(match.begin - out.at, match.end - out.at);
    }
  }
  return out;
}

}  // namespace thaw::evidence
