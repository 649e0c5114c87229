#include "cli/documents_given.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "cli/output.h"
#include "evidence/document_store.h"
#include "exchange/byte_source.h"
#include "exchange/document_readers.h"

namespace thaw::cli {
namespace {

constexpr std::size_t kHeadBytes = 4096;
const std::array kDocumentFormats = {exchange::kPubmed, exchange::kJats, exchange::kPubtator,
                                     exchange::kDocuments};

/// Keeps the documents of what a reader finds and tells of what it refuses.
class Collector final : public exchange::Sink {
 public:
  explicit Collector(std::string file) : file_(std::move(file)) {}
  Result<Done> keep(const exchange::Place& /*place*/, exchange::Batch batch) override {
    std::ranges::move(batch.documents, std::back_inserter(documents));
    return Done{};
  }
  void refuse(const exchange::Place& place, std::string reason) override {
    tell(fmt::format("{}, line {}: {}", file_, place.line, reason));
  }
  std::vector<evidence::Document> documents;

 private:
  std::string file_;
};

std::string lowered_name(const std::filesystem::path& path) {
  std::string name = path.filename().string();
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name.ends_with(".gz") ? name.substr(0, name.size() - 3) : name;
}

Result<std::vector<evidence::Document>> documents_of_file(const std::filesystem::path& path) {
  THAW_TRY(const auto file, exchange::FileSource::open(path));
  THAW_TRY(const auto bytes, exchange::PeekedSource::open(*file, kHeadBytes));
  for (const exchange::Format& format : kDocumentFormats) {
    if (!format.recognises(lowered_name(path), bytes->head())) {
      continue;
    }
    Collector found(path.string());
    THAW_CHECK(format.read(*bytes, found));
    if (found.documents.empty()) {
      return invalid_argument(fmt::format("{}: not one document could be read", path.string()));
    }
    return std::move(found.documents);
  }
  return invalid_argument(fmt::format(
      "{}: this is no file of documents that is known here (PubMed XML, JATS XML, PubTator, "
      "documents as JSON lines)",
      path.string()));
}

}  // namespace

Result<std::vector<evidence::Document>> documents_given(db::Connection& connection,
                                                        const std::vector<std::string>& names) {
  std::vector<evidence::Document> out;
  for (const std::string& name : names) {
    std::error_code ignored;
    if (std::filesystem::exists(name, ignored)) {
      THAW_TRY(auto documents, documents_of_file(name));
      std::ranges::move(documents, std::back_inserter(out));
      continue;
    }
    const auto stored = evidence::find_document(connection, name);
    if (!stored) {
      return stored.error().code == ErrorCode::kNotFound
                 ? not_found(fmt::format(
                       "'{}' is neither a file nor the id of a document in the store", name))
                 : stored.error();
    }
    out.push_back(*stored);
  }
  return out;
}

}  // namespace thaw::cli
