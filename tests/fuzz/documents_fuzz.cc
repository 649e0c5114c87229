// Any bytes as a file of documents: refused or read; what is read is UTF-8, has an id, and comes
// back from its JSON. The first byte chooses the reader: p PubMed, j JATS, t PubTator (whose marks
// must be what stands there), d documents, r retractions.
#include <boost/json.hpp>
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "evidence/document_json.h"
#include "exchange/byte_source.h"
#include "exchange/document_readers.h"
#include "exchange/pubtator.h"

namespace {

using namespace thaw;  // NOLINT: a fuzz target is one file.

void hold(bool law) {
  if (!law) {
    std::abort();
  }
}

class CheckingSink final : public exchange::Sink {
 public:
  Result<Done> keep(const exchange::Place& place, exchange::Batch batch) override {
    hold(place.record > last_ && place.line > 0);
    last_ = place.record;
    for (const auto& document : batch.documents) {
      hold(!document.id.empty() && !document.text().empty());
      hold(!first_invalid_utf8(document.text()));
      const auto written = boost::json::serialize(evidence::to_json(document));
      const auto again = evidence::document_from_json(evidence::to_json(document));
      hold(again && boost::json::serialize(evidence::to_json(*again)) == written);
    }
    for (const auto& notice : batch.notices) {
      hold(!notice.source.empty());
    }
    return Done{};
  }
  void refuse(const exchange::Place&, std::string reason) override { hold(!reason.empty()); }

 private:
  std::size_t last_ = 0;
};

void read_marks(exchange::ByteSource& bytes) {
  (void)exchange::read_pubtator(
      bytes,
      [](const exchange::Place&, const exchange::MarkedDocument& marked) -> Result<Done> {
        const std::string text = marked.document.text();
        for (const auto& entity : marked.entities) {
          hold(entity.begin < entity.end && entity.end <= text.size());
          hold(text.substr(entity.begin, entity.end - entity.begin) == entity.surface);
        }
        return Done{};
      },
      [](const exchange::Place&, const std::string&) {});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  exchange::MemorySource bytes(text);
  CheckingSink sink;
  switch (data[0]) {
    case 'p':
      (void)exchange::kPubmed.read(bytes, sink);
      break;
    case 'j':
      (void)exchange::kJats.read(bytes, sink);
      break;
    case 't': {
      exchange::MemorySource again(text);
      (void)exchange::kPubtator.read(bytes, sink);
      read_marks(again);
      break;
    }
    case 'd':
      (void)exchange::kDocuments.read(bytes, sink);
      break;
    default:
      (void)exchange::kRetractions.read(bytes, sink);
  }
  return 0;
}
