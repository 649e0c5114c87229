#include "evidence/document_json.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "evidence/json_reader.h"

namespace thaw::evidence {
namespace {

namespace json = boost::json;

void put_text(json::object& out, const char* key, const std::string& text) {
  if (!text.empty()) {
    out[key] = text;
  }
}

void put_texts(json::object& out, const char* key, const std::vector<std::string>& texts) {
  if (!texts.empty()) {
    out[key] = json::array(texts.begin(), texts.end());
  }
}

std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

Result<std::vector<Section>> sections_from(const json::value& value) {
  if (!value.is_array()) {
    return invalid_argument("document: 'sections' must be a list");
  }
  std::vector<Section> out;
  for (const auto& element : value.get_array()) {
    if (!element.is_object()) {
      return invalid_argument("document: 'sections' must hold objects");
    }
    JsonReader reader(element.get_object(), "section");
    out.push_back({reader.text("name", true), reader.text("text", true)});
    THAW_CHECK(reader.finish());
  }
  return out;
}

/// A year as a number or, in the short form, as text; "" is none.
Result<std::optional<int>> year_from(const json::object& object) {
  const auto* value = object.if_contains("year");
  if (value == nullptr || value->is_null() ||
      (value->is_string() && trim(std::string_view(value->get_string())).empty())) {
    return std::optional<int>();
  }
  const auto year = value->is_string()  ? parse_int(trim(std::string_view(value->get_string())))
                    : value->is_int64() ? std::optional(value->get_int64())
                                        : std::nullopt;
  if (!year || *year < 1500 || *year > 2199) {
    return invalid_argument("document: 'year' must be a year from 1500 to 2199");
  }
  return std::optional(static_cast<int>(*year));
}

/// Takes the keys of both forms that hold what a Document keeps.
void take_common(JsonReader& reader, Document& document) {
  document.id = canonical_document_id(reader.text("id", true));
  document.same_as = reader.texts("same_as");
  document.trials = reader.texts("trials");
  document.journal = reader.text("journal");
  document.language = reader.text("language");
  document.kinds = reader.texts("kinds");
  document.keywords = reader.texts("keywords");
  document.url = reader.text("url");
  document.licence = reader.text("licence");
}

/// The short form: what it says of itself beside title and text is read and not kept.
void take_short(JsonReader& reader, Document& document) {
  const std::string title = reader.text("title");
  const std::string abstract = reader.text("abstract");
  const std::string text = reader.text("text");
  if (!title.empty()) {
    document.sections.push_back({"title", title});
  }
  if (!abstract.empty()) {
    document.sections.push_back({"abstract", abstract});
  }
  if (!text.empty()) {
    document.sections.push_back({abstract.empty() ? "abstract" : "text", text});
  }
  if (const std::string kind = reader.text("kind"); !kind.empty()) {
    document.kinds.push_back(kind);
  }
  (void)reader.text("source");
  (void)reader.text("label");
  (void)reader.flag("about_als", false);
}

}  // namespace

std::string canonical_document_id(std::string_view given) {
  const std::string_view id = trim(given);
  const std::string low = lowered(id);
  if (is_digits(id)) {
    return fmt::format("PMID:{}", id);
  }
  if (low.starts_with("pmid") && is_digits(trim(id.substr(low.starts_with("pmid:") ? 5 : 4)))) {
    return fmt::format("PMID:{}", trim(id.substr(low.starts_with("pmid:") ? 5 : 4)));
  }
  const std::string_view bare = low.starts_with("pmc:") ? id.substr(4) : id;
  if (lowered(bare).starts_with("pmc") && is_digits(bare.substr(3))) {
    return fmt::format("PMC:PMC{}", bare.substr(3));
  }
  for (const std::string_view prefix : {"https://doi.org/", "http://doi.org/",
                                        "https://dx.doi.org/", "http://dx.doi.org/", "doi:"}) {
    if (low.starts_with(prefix)) {
      return fmt::format("doi:{}", trim(std::string_view(low).substr(prefix.size())));
    }
  }
  if (low.starts_with("10.") && low.find('/') != std::string::npos) {
    return fmt::format("doi:{}", low);
  }
  if (low.starts_with("nct") && is_digits(id.substr(3))) {
    return fmt::format("NCT{}", id.substr(3));
  }
  return std::string(id);
}

std::string document_url(std::string_view id) {
  if (id.starts_with("PMID:")) {
    return fmt::format("https://pubmed.ncbi.nlm.nih.gov/{}/", id.substr(5));
  }
  if (id.starts_with("PMC:")) {
    return fmt::format("https://pmc.ncbi.nlm.nih.gov/articles/{}/", id.substr(4));
  }
  if (id.starts_with("doi:")) {
    return fmt::format("https://doi.org/{}", id.substr(4));
  }
  if (id.starts_with("NCT")) {
    return fmt::format("https://clinicaltrials.gov/study/{}", id);
  }
  return "";
}

json::object to_json(const Document& document) {
  json::object out;
  out["id"] = document.id;
  put_texts(out, "same_as", document.same_as);
  put_texts(out, "trials", document.trials);
  put_text(out, "journal", document.journal);
  put_text(out, "language", document.language);
  if (document.year) {
    out["year"] = *document.year;
  }
  put_texts(out, "kinds", document.kinds);
  put_texts(out, "keywords", document.keywords);
  put_text(out, "url", document.url);
  put_text(out, "licence", document.licence);
  json::array sections;
  for (const auto& section : document.sections) {
    sections.push_back(json::object{{"name", section.name}, {"text", section.text}});
  }
  out["sections"] = std::move(sections);
  return out;
}

Result<Document> document_from_json(const json::object& object) {
  Document document;
  THAW_TRY(document.year, year_from(object));
  json::object rest = object;  // What JsonReader knows no type for is taken out before it looks.
  rest.erase("year");
  if (const auto* sections = object.if_contains("sections")) {
    THAW_TRY(document.sections, sections_from(*sections));
    rest.erase("sections");
  }
  JsonReader strict(rest, "document");
  take_common(strict, document);
  if (object.if_contains("sections") == nullptr) {
    take_short(strict, document);
  }
  if (document.id.empty()) {
    strict.fail("id", "must not be empty");
  }
  if (!document.url.empty() && !document.url.starts_with("https://")) {
    strict.fail("url", "must begin with https://");
  }
  if (std::ranges::all_of(document.sections, [](const Section& s) { return s.text.empty(); })) {
    strict.fail("sections", "hold no text");
  }
  THAW_CHECK(strict.finish());
  return document;
}

}  // namespace thaw::evidence
