// Documents as JSON lines: our own form and the short one, docs/formats/documents.md.
#include <boost/json.hpp>

#include "base/text.h"
#include "evidence/document_json.h"
#include "exchange/article_parts.h"
#include "exchange/document_readers.h"
#include "exchange/line_reader.h"

namespace thaw::exchange {
namespace {

namespace json = boost::json;

constexpr std::size_t kDepthMax = 8;

Result<evidence::Document> document_of(std::string_view line) {
  json::error_code error;
  const json::value value = json::parse(line, error, {}, {.max_depth = kDepthMax});
  if (error || !value.is_object()) {
    return invalid_argument("not a JSON object");
  }
  THAW_TRY(auto document, evidence::document_from_json(value.get_object()));
  for (const auto& section : document.sections) {
    if (section.text.find('\0') != std::string::npos) {
      return invalid_argument("document: a text holds a zero byte");
    }
  }
  return document;
}

}  // namespace

Result<Done> read_documents(ByteSource& bytes, Sink& sink) {
  LineReader lines(bytes);
  Line line;
  for (std::size_t record = 0;;) {
    THAW_TRY(const bool more, lines.next(line));
    if (!more) {
      break;
    }
    if (line.fault.empty() && trim(line.text).empty()) {
      continue;
    }
    const Place place{line.number, ++record};
    auto document = line.fault.empty() ? document_of(line.text)
                                       : Result<evidence::Document>(invalid_argument(line.fault));
    if (!document) {
      sink.refuse(place, document.error().message);
      continue;
    }
    if (document->url.empty()) {
      document->url = evidence::document_url(document->id);
    }
    THAW_CHECK(sink.keep(place, article_batch(std::move(document).value(), {})));
  }
  return Done{};
}

bool are_documents(std::string_view, std::string_view head) {
  const auto line = trim(head.substr(0, head.find('\n')));
  const auto holds = [&](std::string_view key) { return line.find(key) != std::string_view::npos; };
  return line.starts_with("{") && holds("\"id\"") &&
         (holds("\"sections\"") ||
          (holds("\"title\"") && (holds("\"text\"") || holds("\"abstract\""))));
}

}  // namespace thaw::exchange
