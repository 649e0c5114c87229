// JATS XML: full text as PubMed Central and publishers give it.
//
// Format: ANSI/NISO Z39.96 (JATS), and NLM 2.x and 3.x before it, alone or in <pmc-articleset> and
// OAI wrappers. Kept: title, abstracts (also translated), body by top section, captions, keywords,
// year, licence, ids, and what article-type and related-article say of retractions and corrections.
// Not kept: authors, references, cells of tables, formulas' layout, supplementary files.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "evidence/document_json.h"
#include "exchange/article_parts.h"
#include "exchange/document_readers.h"
#include "exchange/xml_record.h"

namespace thaw::exchange {
namespace {

using evidence::Document;
using evidence::SourceStatus;

// Not part of the running text: figures and tables come apart, the rest is no prose.
constexpr auto kNotInText = std::to_array<std::string_view>(
    {"fig", "fig-group", "table-wrap", "table-wrap-group", "supplementary-material", "media",
     "ref-list", "fn", "fn-group", "tex-math", "annotation", "graphic", "object-id"});
constexpr std::size_t kNameBytesMax = 60;
constexpr std::size_t kLicenceBytesMax = 300;

/// A citation mark such as <sup><xref ref-type="bibr">3</xref></sup> is no part of a sentence; it
/// would read as a digit of the word before it.
bool is_mark(const XmlNode& node) {
  if (node.name() == "xref") {
    const auto kind = node.attribute("ref-type");
    return kind == "bibr" || kind == "fn" || kind == "aff" || kind == "corresp";
  }
  return false;
}

bool is_raised_mark(const XmlNode& node) {
  if (is_mark(node)) {
    return static_cast<bool>(node.child("sup"));
  }
  if (node.name() != "sup") {
    return false;
  }
  bool marks = false;
  for (XmlNode child = node.first(); child; child = child.next()) {
    constexpr std::string_view kBetween = " ,;\n\xE2\x80\x93-";  // also an en dash
    if (is_mark(child)) {
      marks = true;
    } else if (!child.is_text() ||
               child.text().find_first_not_of(kBetween) != std::string_view::npos) {
      return false;
    }
  }
  return marks;
}

bool is_not_prose(const XmlNode& node) {
  return std::ranges::find(kNotInText, node.name()) != kNotInText.end() || is_raised_mark(node);
}

std::string prose(const XmlNode& node) {
  return node.readable(is_not_prose);
}

/// "methods" for "2. Materials and Methods": the names that PubMed uses where one fits.
std::string section_name(const XmlNode& section) {
  std::string title = lowered(prose(section.child("title")));
  if (title.empty()) {
    title = lowered(section.attribute("sec-type"));
  }
  constexpr auto kKnown = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"introduction", "introduction"},
       {"background", "background"},
       {"method", "methods"},
       {"result", "results"},
       {"discussion", "discussion"},
       {"conclusion", "conclusions"},
       {"objective", "objective"}});
  for (const auto& [word, name] : kKnown) {
    if (title.find(word) != std::string::npos) {
      return std::string(name);
    }
  }
  return title.size() > kNameBytesMax || title.empty() ? "body" : title;
}

void add_section(Document& document, std::string name, std::string text) {
  if (!text.empty()) {
    document.sections.push_back({std::move(name), std::move(text)});
  }
}

/// The sections of an abstract or body; what stands outside them goes under `outside`.
void add_sections(const XmlNode& node, const std::string& outside, const std::string& suffix,
                  Document& document) {
  const auto is_section = [](const XmlNode& part) { return part.name() == "sec"; };
  if (!node.child("sec")) {
    add_section(document, outside + suffix, node.readable([](const XmlNode& part) {
      return part.name() == "title" || is_not_prose(part);
    }));
    return;
  }
  add_section(document, outside + suffix, node.readable([&](const XmlNode& part) {
    return is_section(part) || part.name() == "title" || is_not_prose(part);
  }));
  node.each("sec", [&](const XmlNode& section) {
    add_section(document, section_name(section) + suffix, prose(section));
  });
}

/// Captions of figures and tables below `node`, each with its label.
void add_captions(const XmlNode& node, Document& document) {
  node.each([&](const XmlNode& part) {
    const bool table = part.name() == "table-wrap";
    if (table || part.name() == "fig") {
      std::string text = prose(part.child("label"));
      const std::string caption = prose(part.child("caption"));
      text += text.empty() || caption.empty() ? caption : "\n" + caption;
      add_section(document, table ? "table caption" : "figure caption", std::move(text));
    } else {
      add_captions(part, document);
    }
  });
}

void add_ids(const XmlNode& meta, Document& document) {
  std::string pmc, pmid, doi;
  meta.each("article-id", [&](const XmlNode& id) {
    const auto kind = id.attribute("pub-id-type");
    const std::string text = id.readable();
    if ((kind == "pmc" || kind == "pmcid") && pmc.empty()) {
      const std::string bare = lowered(text).starts_with("pmc") ? text.substr(3) : text;
      pmc = evidence::canonical_document_id("PMC" + bare);
    } else if (kind == "pmid" && pmid.empty()) {
      pmid = evidence::canonical_document_id(text);
    } else if (kind == "doi" && doi.empty()) {
      doi = evidence::canonical_document_id("doi:" + text);
    }
  });
  for (const auto& id : {pmc, pmid, doi}) {
    if (document.id.empty()) {
      document.id = id;
    } else {
      add_once(document.same_as, id);
    }
  }
}

void add_about(const XmlNode& front, const XmlNode& meta, Document& document) {
  const XmlNode journal = front.child("journal-meta");
  document.journal = journal.at({"journal-title-group", "journal-title"}).readable();
  if (document.journal.empty()) {
    document.journal = journal.child("journal-title").readable();
  }
  meta.each("pub-date", [&](const XmlNode& date) {
    const auto year = year_in(date.child("year").readable());
    if (year && (!document.year || *year < *document.year)) {
      document.year = year;  // The first appearance is when it became known.
    }
  });
  meta.each("kwd-group", [&](const XmlNode& group) {
    group.each("kwd", [&](const XmlNode& word) { add_once(document.keywords, word.readable()); });
  });
  const XmlNode licence = meta.at({"permissions", "license"});
  document.licence = licence.attribute("xlink:href");
  if (document.licence.empty()) {
    document.licence = licence.child("license_ref").readable();
  }
  if (document.licence.empty()) {
    const std::string words = licence.readable();
    document.licence = words.size() > kLicenceBytesMax ? "" : words;
  }
  document.url = evidence::document_url(document.id);
}

void add_texts(const XmlNode& article, const XmlNode& meta, Document& document) {
  document.language = language_code(article.attribute("xml:lang"));
  add_section(document, "title", prose(meta.at({"title-group", "article-title"})));
  constexpr auto kAdverts =
      std::to_array<std::string_view>({"graphical", "teaser", "toc", "precis", "web-summary"});
  meta.each("abstract", [&](const XmlNode& abstract) {
    const auto kind = abstract.attribute("abstract-type");
    if (std::ranges::find(kAdverts, kind) == kAdverts.end()) {
      add_sections(abstract, "abstract", "", document);
    }
  });
  meta.each("trans-abstract", [&](const XmlNode& abstract) {
    const std::string language = language_code(abstract.attribute("xml:lang"));
    if (language == "zh" || language == "en") {
      add_sections(abstract, "abstract", "_" + language, document);
    }
  });
  add_sections(article.child("body"), "body", "", document);
  add_captions(article.child("body"), document);
  add_captions(article.child("floats-group"), document);
}

struct Relation {
  std::string_view kind;  // related-article-type
  bool of_this;
  SourceStatus status;
};
constexpr auto kRelations = std::to_array<Relation>({
    {"retracted-article", false, SourceStatus::kRetracted},
    {"retraction-forward", true, SourceStatus::kRetracted},
    {"partial-retraction-forward", true, SourceStatus::kCorrected},
    {"corrected-article", false, SourceStatus::kCorrected},
    {"correction-forward", true, SourceStatus::kCorrected},
    {"object-of-concern", false, SourceStatus::kConcern},
    {"concern-forward", true, SourceStatus::kConcern},
    {"expression-of-concern-forward", true, SourceStatus::kConcern},
});

std::vector<SourceNotice> notices_of(const XmlNode& meta, const Document& document) {
  std::vector<SourceNotice> notices;
  meta.each("related-article", [&](const XmlNode& related) {
    const auto kind =
        std::ranges::find(kRelations, related.attribute("related-article-type"), &Relation::kind);
    if (kind == kRelations.end()) {
      return;
    }
    if (kind->of_this) {
      add_notice(notices, {document.id, kind->status, std::nullopt});
      return;
    }
    const std::string link(related.attribute("xlink:href"));
    const auto how = related.attribute("ext-link-type");
    const std::string id = evidence::canonical_document_id(
        how == "doi"                                        ? "doi:" + link
        : how == "pmc" && !lowered(link).starts_with("pmc") ? "PMC" + link
                                                            : link);
    if (id.starts_with("doi:") || id.starts_with("PMID:") || id.starts_with("PMC:")) {
      add_notice(notices, {id, kind->status, document.year});
    }
  });
  return notices;
}

Result<Done> take(const XmlNode& article, const Place& place, Sink& sink) {
  const XmlNode front = article.child("front");
  const XmlNode meta = front.child("article-meta");
  Document document;
  add_ids(meta, document);
  if (document.id.empty()) {
    sink.refuse(place, "the article has no PMC id, PMID or DOI");
    return Done{};
  }
  if (const auto type = article.attribute("article-type"); !type.empty()) {
    document.kinds.emplace_back(type);
  }
  add_about(front, meta, document);
  add_texts(article, meta, document);
  if (document.sections.empty()) {
    sink.refuse(place, "the article has no text: " + document.id);
    return Done{};
  }
  auto notices = notices_of(meta, document);
  return sink.keep(place, article_batch(std::move(document), std::move(notices)));
}

}  // namespace

Result<Done> read_jats(ByteSource& bytes, Sink& sink) {
  return read_xml_records(
      bytes, {.names = {"article"},
              .take = [&](const XmlNode& article,
                          const Place& place) { return take(article, place, sink); },
              .refuse = [&](const Place& place,
                            std::string reason) { sink.refuse(place, std::move(reason)); }});
}

bool is_jats(std::string_view name, std::string_view head) {
  if (name.ends_with(".nxml")) {
    return true;
  }
  for (const std::string_view sign :
       {"<pmc-articleset", "<!DOCTYPE article", "-//NLM//DTD JATS", "<!DOCTYPE pmc-articleset",
        "article-type=\"", "<article-meta"}) {
    if (head.find(sign) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

}  // namespace thaw::exchange
