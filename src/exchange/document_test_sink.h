// A sink for tests of document readers that keeps everything in memory.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/byte_source.h"
#include "exchange/format.h"

namespace thaw::exchange::test {

class DocumentSink final : public Sink {
 public:
  Result<Done> keep(const Place& place, Batch batch) override {
    places.push_back(place);
    for (auto& document : batch.documents) {
      documents.push_back(std::move(document));
    }
    for (auto& source : batch.cited) {
      sources.push_back(std::move(source));
    }
    for (auto& notice : batch.notices) {
      notices.push_back(std::move(notice));
    }
    return Done{};
  }
  void refuse(const Place& place, std::string reason) override {
    refused.emplace_back(place, std::move(reason));
  }

  std::vector<Place> places;
  std::vector<evidence::Document> documents;
  std::vector<evidence::Source> sources;
  std::vector<SourceNotice> notices;
  std::vector<std::pair<Place, std::string>> refused;
  Result<Done> ended = Done{};
};

/// Everything that `format` reads from `bytes`.
inline DocumentSink read_all(const Format& format, std::string_view bytes) {
  DocumentSink sink;
  MemorySource source(bytes);
  sink.ended = format.read(source, sink);
  return sink;
}

/// A file of the source tree.
inline std::string text_of_file(const std::string& path) {
  std::ifstream file(std::string(THAW_SOURCE_DIR) + "/" + path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace thaw::exchange::test
