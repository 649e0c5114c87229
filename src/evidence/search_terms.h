// Text to search terms, a person's query to an expression, and where a query matched.
//
// One term a Chinese character, so that two-character words are found, and one a word of letters
// and digits in its normal form (evidence/normal_name.h): "neurones" finds "neuron", "TDP43" finds
// "TDP-43". A run of Chinese characters and what stands in quotation marks must occur as it stands;
// all parts of a query must occur. There is no query language: every other sign is plain text, so
// no query can be malformed. Checked by evidence/search_terms_test.cc.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thaw::evidence {

struct SearchTerm {
  std::string text;        // letters, digits and characters of other scripts only
  std::size_t begin, end;  // bytes in the text as given
  bool character = false;  // one character of a script without gaps
};

/// The terms of `text` in order. Any bytes will do. Cost: linear.
std::vector<SearchTerm> search_terms(std::string_view text);

/// Phrases that must all occur, each a list of neighbouring terms; no phrase twice. Empty when the
/// query holds no letter, digit or character. At most `kMostTerms` terms are taken.
using SearchQuery = std::vector<std::vector<std::string>>;
inline constexpr std::size_t kMostTerms = 64;
SearchQuery search_query(std::string_view query);

/// The query for SQLite's FTS5: "运 动" AND "tdp43".
std::string fts5_expression(const SearchQuery& query);

/// The query for PostgreSQL's tsquery: ('运' <-> '动') & 'tdp43'.
std::string tsquery_expression(const SearchQuery& query);

/// Terms joined by a blank: what FTS5 indexes.
std::string fts5_text(const std::vector<SearchTerm>& terms);

/// A tsvector literal with places; those of the title weigh more. Places after 16,383, and more
/// than 255 of one term, are not kept: limits of PostgreSQL.
std::string tsvector_literal(const std::vector<SearchTerm>& title,
                             const std::vector<SearchTerm>& body);

/// A piece of a text with the places where a query matched, in bytes of the piece.
struct Snippet {
  std::string text;
  std::size_t at = 0;  // where it begins in the whole text
  std::vector<std::pair<std::size_t, std::size_t>> marks;
  bool cut_before = false, cut_after = false;
};

/// The piece of about `bytes` bytes of `text` with the most different phrases of the query, cut
/// between characters. Its beginning when nothing matches.
Snippet snippet_of(std::string_view text, const SearchQuery& query, std::size_t bytes = 240);

}  // namespace thaw::evidence
