// The readers of documents and of lists about documents; format.cc lists them with the others.
//
// What each keeps and loses: docs/formats/documents.md.
#pragma once

#include "exchange/format.h"

namespace thaw::exchange {

Result<Done> read_pubmed(ByteSource& bytes, Sink& sink);
bool is_pubmed(std::string_view name, std::string_view head);
inline constexpr Format kPubmed = {"pubmed",
                                   "PubMed or MEDLINE XML: titles and abstracts, retractions noted",
                                   read_pubmed, is_pubmed};

Result<Done> read_jats(ByteSource& bytes, Sink& sink);
bool is_jats(std::string_view name, std::string_view head);
inline constexpr Format kJats = {"jats", "JATS XML: full text of PubMed Central and publishers",
                                 read_jats, is_jats};

Result<Done> read_pubtator_documents(ByteSource& bytes, Sink& sink);  // the marks: pubtator.h
bool is_pubtator(std::string_view name, std::string_view head);
inline constexpr Format kPubtator = {
    "pubtator", "PubTator: titles and abstracts (its marks are for benchmarks)",
    read_pubtator_documents, is_pubtator};

Result<Done> read_documents(ByteSource& bytes, Sink& sink);
bool are_documents(std::string_view name, std::string_view head);
inline constexpr Format kDocuments = {"documents", "documents, one JSON object a line",
                                      read_documents, are_documents};

Result<Done> read_retractions(ByteSource& bytes, Sink& sink);
bool are_retractions(std::string_view name, std::string_view head);
inline constexpr Format kRetractions = {
    "retractions", "retracted papers: a PMID or DOI a line, or a Retraction Watch CSV",
    read_retractions, are_retractions};

}  // namespace thaw::exchange
