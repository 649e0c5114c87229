// PubMed and MEDLINE XML: what efetch sends and what the yearly baseline and daily update files
// hold.
//
// Format: NLM, "MEDLINE/PubMed XML Element Descriptions" and pubmed_250101.dtd. Kept: titles and
// abstracts with their sections, the same in Chinese where the article has it, year, journal,
// publication types, MeSH, keywords, other ids, trial registrations, and what the record says of
// retractions, corrections and concerns. Not kept: authors, references, grants, chemicals.
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

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// "methods" for <AbstractText Label="PATIENTS AND METHODS" NlmCategory="METHODS">.
std::string section_name(const XmlNode& text) {
  const std::string category = lowered(text.attribute("NlmCategory"));
  if (!category.empty() && category != "unassigned" && category != "unlabelled") {
    return category;
  }
  const std::string label = lowered(trim(text.attribute("Label")));
  return label.empty() || label == "unlabelled" ? "abstract" : label;
}

/// The sections of an <Abstract>, <OtherAbstract>; names end in "_zh" where `language` is not
/// English.
void add_abstract(const XmlNode& abstract, const std::string& language, Document& document) {
  abstract.each("AbstractText", [&](const XmlNode& part) {
    std::string text = part.readable();
    if (!text.empty()) {
      std::string name = section_name(part);
      if (!language.empty() && language != "en") {
        name += "_" + language;
      }
      document.sections.push_back({std::move(name), std::move(text)});
    }
  });
}

std::optional<int> journal_year(const XmlNode& article) {
  const XmlNode date = article.at({"Journal", "JournalIssue", "PubDate"});
  for (const char* name : {"Year", "MedlineDate"}) {
    if (const auto year = year_in(date.child(name).readable())) {
      return year;
    }
  }
  return year_in(article.at({"ArticleDate", "Year"}).readable());
}

void add_headings(const XmlNode& citation, Document& document) {
  citation.child("MeshHeadingList").each("MeshHeading", [&](const XmlNode& heading) {
    std::string words = heading.child("DescriptorName").readable();
    heading.each("QualifierName",
                 [&](const XmlNode& qualifier) { words += "/" + qualifier.readable(); });
    add_once(document.keywords, std::move(words));
  });
  citation.each("KeywordList", [&](const XmlNode& list) {
    list.each("Keyword",
              [&](const XmlNode& word) { add_once(document.keywords, word.readable()); });
  });
}

void add_ids(const XmlNode& record, const XmlNode& article, Document& document) {
  const auto add = [&](std::string_view kind, const std::string& id) {
    if (!id.empty() && (kind == "doi" || kind == "pmc")) {
      add_once(document.same_as, evidence::canonical_document_id(kind == "doi" ? "doi:" + id : id));
    }
  };
  record.at({"PubmedData", "ArticleIdList"}).each("ArticleId", [&](const XmlNode& id) {
    add(id.attribute("IdType"), id.readable());
  });
  article.each("ELocationID", [&](const XmlNode& id) {
    if (id.attribute("ValidYN") != "N") {
      add(id.attribute("EIdType"), id.readable());
    }
  });
  article.child("DataBankList").each("DataBank", [&](const XmlNode& bank) {
    bank.child("AccessionNumberList").each("AccessionNumber", [&](const XmlNode& number) {
      const std::string id = evidence::canonical_document_id(number.readable());
      if (id.starts_with("NCT") || id.starts_with("ISRCTN") || id.starts_with("ChiCTR")) {
        add_once(document.trials, id);
      }
    });
  });
}

struct Correction {
  std::string_view kind;  // RefType
  bool of_this;           // this article is what was retracted or corrected; else the other one
  SourceStatus status;
};
constexpr auto kCorrections = std::to_array<Correction>({
    {"RetractionIn", true, SourceStatus::kRetracted},
    {"PartialRetractionIn", true, SourceStatus::kCorrected},
    {"RetractedandRepublishedIn", true, SourceStatus::kRetracted},
    {"CorrectedandRepublishedIn", true, SourceStatus::kCorrected},
    {"ExpressionOfConcernIn", true, SourceStatus::kConcern},
    {"ErratumIn", true, SourceStatus::kCorrected},
    {"RetractionOf", false, SourceStatus::kRetracted},
    {"PartialRetractionOf", false, SourceStatus::kCorrected},
    {"RetractedandRepublishedFrom", false, SourceStatus::kRetracted},
    {"CorrectedandRepublishedFrom", false, SourceStatus::kCorrected},
    {"ExpressionOfConcernFor", false, SourceStatus::kConcern},
    {"ErratumFor", false, SourceStatus::kCorrected},
});

std::vector<SourceNotice> notices_of(const XmlNode& citation, const Document& document) {
  std::vector<SourceNotice> notices;
  citation.child("CommentsCorrectionsList")
      .each("CommentsCorrections", [&](const XmlNode& correction) {
        const auto kind =
            std::ranges::find(kCorrections, correction.attribute("RefType"), &Correction::kind);
        if (kind == kCorrections.end()) {
          return;
        }
        const std::string other = correction.child("PMID").readable();
        if (kind->of_this) {
          add_notice(notices, {document.id, kind->status,
                               year_in(correction.child("RefSource").readable())});
        } else if (is_number(other)) {
          add_notice(notices, {"PMID:" + other, kind->status, document.year});
        }
      });
  for (const auto& type : document.kinds) {
    if (lowered(type) == "retracted publication" &&
        std::ranges::none_of(notices, [&](const SourceNotice& notice) {
          return notice.source == document.id && notice.status == SourceStatus::kRetracted;
        })) {
      add_notice(notices, {document.id, SourceStatus::kRetracted, std::nullopt});
    }
  }
  return notices;
}

void add_kinds(const XmlNode& list, Document& document) {
  list.each("PublicationType",
            [&](const XmlNode& type) { add_once(document.kinds, type.readable()); });
}

/// Title and abstract first in English, then in the article's own language where that is Chinese.
void add_texts(const XmlNode& citation, const XmlNode& article, Document& document) {
  if (std::string title = article.child("ArticleTitle").readable(); !title.empty()) {
    document.sections.push_back({"title", std::move(title)});
  }
  add_abstract(article.child("Abstract"), "en", document);
  const bool english = !document.sections.empty();
  if (language_code(article.child("Language").readable()) == "zh") {
    if (std::string title = article.child("VernacularTitle").readable(); !title.empty()) {
      document.sections.push_back({english ? "title_zh" : "title", std::move(title)});
    }
  }
  citation.each("OtherAbstract", [&](const XmlNode& other) {
    const std::string language = language_code(other.attribute("Language"));
    if (language == "zh" || (language == "en" && article.child("Abstract").readable().empty())) {
      add_abstract(other, language, document);
    }
  });
  document.language = english ? "en" : document.sections.empty() ? "" : "zh";
}

Result<Document> journal_document(const XmlNode& record, const XmlNode& citation) {
  const std::string pmid = citation.child("PMID").readable();
  if (!is_number(pmid)) {
    return invalid_argument("the record has no PMID");
  }
  const XmlNode article = citation.child("Article");
  Document document{.id = "PMID:" + pmid};
  document.journal = article.at({"Journal", "ISOAbbreviation"}).readable();
  if (document.journal.empty()) {
    document.journal = citation.at({"MedlineJournalInfo", "MedlineTA"}).readable();
  }
  document.year = journal_year(article);
  document.url = evidence::document_url(document.id);
  add_kinds(article.child("PublicationTypeList"), document);
  add_texts(citation, article, document);
  add_headings(citation, document);
  add_ids(record, article, document);
  return document;
}

/// <PubmedBookArticle>: chapters of GeneReviews, StatPearls and others.
Result<Document> book_document(const XmlNode& record) {
  const XmlNode book = record.child("BookDocument");
  const std::string pmid = book.child("PMID").readable();
  if (!is_number(pmid)) {
    return invalid_argument("the record has no PMID");
  }
  Document document{.id = "PMID:" + pmid};
  document.journal = book.at({"Book", "BookTitle"}).readable();
  document.year = year_in(book.at({"ContributionDate", "Year"}).readable());
  if (!document.year) {
    document.year = year_in(book.at({"Book", "PubDate", "Year"}).readable());
  }
  document.url = evidence::document_url(document.id);
  book.each("PublicationType",
            [&](const XmlNode& type) { add_once(document.kinds, type.readable()); });
  std::string title = book.child("ArticleTitle").readable();
  document.sections.push_back({"title", title.empty() ? document.journal : std::move(title)});
  add_abstract(book.child("Abstract"), "en", document);
  document.language = "en";
  return document;
}

Result<Done> take(const XmlNode& record, const Place& place, Sink& sink) {
  if (record.name() == "DeleteCitation") {
    std::string ids;
    record.each("PMID",
                [&](const XmlNode& id) { ids += (ids.empty() ? "" : ", ") + id.readable(); });
    sink.refuse(place,
                "PubMed has deleted these records; what the store holds of them stays: " + ids);
    return Done{};
  }
  const XmlNode citation =
      record.name() == "MedlineCitation" ? record : record.child("MedlineCitation");
  auto document = record.name() == "PubmedBookArticle" ? book_document(record)
                                                       : journal_document(record, citation);
  if (!document) {
    sink.refuse(place, document.error().message);
    return Done{};
  }
  if (document->sections.empty()) {
    sink.refuse(place, "the record has neither title nor abstract: " + document->id);
    return Done{};
  }
  auto notices = notices_of(citation, *document);
  return sink.keep(place, article_batch(std::move(document).value(), std::move(notices)));
}

}  // namespace

Result<Done> read_pubmed(ByteSource& bytes, Sink& sink) {
  return read_xml_records(
      bytes,
      {.names = {"PubmedArticle", "PubmedBookArticle", "MedlineCitation", "DeleteCitation"},
       .take = [&](const XmlNode& record, const Place& place) { return take(record, place, sink); },
       .refuse = [&](const Place& place,
                     std::string reason) { sink.refuse(place, std::move(reason)); }});
}

bool is_pubmed(std::string_view, std::string_view head) {
  for (const std::string_view sign :
       {"<PubmedArticleSet", "<!DOCTYPE PubmedArticleSet", "<MedlineCitationSet",
        "<!DOCTYPE MedlineCitationSet", "<PubmedArticle>", "<PubmedBookArticleSet"}) {
    if (head.find(sign) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

}  // namespace thaw::exchange
