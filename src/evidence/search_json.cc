#include "evidence/search_json.h"

#include <boost/json/array.hpp>
#include <cmath>
#include <string>

namespace thaw::evidence {
namespace {

namespace json = boost::json;

json::object name_json(const Name& name) {
  return {{"en", name.en}, {"zh", name.zh}};
}

json::object snippet_json(const Snippet& snippet) {
  json::array marks;
  for (const auto& [begin, end] : snippet.marks) {
    marks.push_back(json::array{begin, end});
  }
  return {{"text", snippet.text},
          {"at", snippet.at},
          {"marks", std::move(marks)},
          {"cut_before", snippet.cut_before},
          {"cut_after", snippet.cut_after}};
}

json::object hit_json(const SearchHit& hit, SearchPart part) {
  json::object out = {{"id", hit.id}, {"title", name_json(hit.title)}, {"score", hit.score}};
  if (part == SearchPart::kDocuments) {
    out["language"] = hit.kind;
  } else if (part == SearchPart::kConcepts) {
    out["kind"] = hit.kind;
  } else {
    out["sign"] = hit.kind;
    out["subject"] = hit.subject;
    out["object"] = hit.object;
  }
  out["snippet"] = snippet_json(hit.snippet);
  return out;
}

}  // namespace

json::object search_document(std::string_view query, std::size_t offset,
                             const std::vector<SearchAnswer>& answers) {
  json::array parts;
  for (const auto& answer : answers) {
    json::array hits;
    for (const auto& hit : answer.hits) {
      hits.push_back(hit_json(hit, answer.part));
    }
    parts.push_back(json::object{{"in", to_string(answer.part)},
                                 {"total", answer.total},
                                 {"offset", offset},
                                 {"hits", std::move(hits)}});
  }
  return {{"query", query}, {"parts", std::move(parts)}};
}

json::object grounding_document(std::string_view text, const Grounding& grounding) {
  json::array candidates;
  for (const auto& c : grounding.candidates) {
    candidates.push_back(json::object{{"id", c.id},
                                      {"kind", c.kind},
                                      {"name", name_json(c.name)},
                                      {"matched", c.matched},
                                      {"how", to_string(c.how)},
                                      {"synonym", c.synonym},
                                      {"known", c.core},
                                      {"edits", c.edits},
                                      {"score", std::round(c.score * 1e4) / 1e4}});
  }
  json::object out = {{"text", text}, {"ambiguous", grounding.ambiguous}};
  out["meant"] =
      grounding.meant() == nullptr ? json::value(nullptr) : json::value(grounding.meant()->id);
  out["expanded"] =
      grounding.expanded.empty() ? json::value(nullptr) : json::value(grounding.expanded);
  out["candidates"] = std::move(candidates);
  return out;
}

}  // namespace thaw::evidence
