#include "api/uploads.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <fstream>

#include "base/text.h"

namespace thaw::api {
namespace {

constexpr std::size_t kOpenMax = 8;
constexpr std::size_t kNameMax = 200;
constexpr std::chrono::minutes kAbandonedAfter{10};

/// The last part of a name, without what could leave our folder or harm a terminal. Of a long one
/// the end stays, which tells the format.
std::string plain_name(std::string_view name) {
  const std::size_t slash = name.find_last_of("/\\");
  std::string out;
  for (const char c : name.substr(slash == std::string_view::npos ? 0 : slash + 1)) {
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) {
      out += c;
    }
  }
  if (out.size() > kNameMax) {
    out.erase(0, out.size() - kNameMax);
  }
  while (!out.empty() && first_invalid_utf8(out)) {
    out.erase(0, *first_invalid_utf8(out) + 1);
  }
  return out.empty() || out.front() == '.' ? "file" + out : out;
}

}  // namespace

Result<std::unique_ptr<Uploads>> Uploads::make() {
  std::error_code error;
  const auto root = std::filesystem::temp_directory_path(error);
  std::string pattern = (root / "thaw-uploads-XXXXXX").string();
  if (error || ::mkdtemp(pattern.data()) == nullptr) {
    return unavailable("no folder for uploads can be made in the temporary folder");
  }
  return std::unique_ptr<Uploads>(new Uploads(pattern));
}

Uploads::~Uploads() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

Result<std::string> Uploads::begin(std::string_view name, std::uint64_t bytes) {
  if (bytes == 0 || bytes > kUploadBytesMax) {
    return invalid_argument(
        fmt::format("a file of {} bytes cannot be taken: 1 byte to 4 GiB", bytes));
  }
  const std::lock_guard lock(mutex_);
  forget_abandoned();
  if (open_.size() >= kOpenMax) {
    return unavailable("eight files are on their way already; wait for one to end");
  }
  const std::string id = fmt::format("u{}", next_++);
  // A folder each: the file keeps its name, by which its format is guessed.
  const auto folder = folder_ / id;
  std::error_code error;
  std::filesystem::create_directory(folder, error);
  Open open{.file = {plain_name(name), folder / plain_name(name), bytes}};
  if (error || !std::ofstream(open.file.path)) {
    return unavailable("the file cannot be stored here");
  }
  open_[id] = std::move(open);
  return id;
}

void Uploads::forget_abandoned() {
  for (auto at = open_.begin(); at != open_.end();) {
    if (Clock::now() - at->second.touched < kAbandonedAfter) {
      ++at;
      continue;
    }
    std::error_code ignored;
    std::filesystem::remove_all(at->second.file.path.parent_path(), ignored);
    at = open_.erase(at);
  }
}

Result<std::uint64_t> Uploads::add(const std::string& id, std::uint64_t offset,
                                   std::string_view piece) {
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(id);
  if (found == open_.end()) {
    return not_found(fmt::format("there is no upload '{}'", id));
  }
  Open& open = found->second;
  if (offset + piece.size() <= open.received) {
    return open.received;
  }
  if (offset != open.received) {
    return conflict(fmt::format("this file goes on at byte {}", open.received));
  }
  if (open.received + piece.size() > open.file.bytes) {
    return invalid_argument(
        fmt::format("more bytes came than the {} that were announced", open.file.bytes));
  }
  std::ofstream file(open.file.path, std::ios::binary | std::ios::app);
  file.write(piece.data(), static_cast<std::streamsize>(piece.size()));
  if (!file.flush()) {
    file.close();
    std::error_code ignored;
    std::filesystem::resize_file(open.file.path, open.received, ignored);  // no half piece stays
    return unavailable("the file cannot be stored here: is the disk full?");
  }
  open.received += piece.size();
  open.touched = Clock::now();
  return open.received;
}

Result<Uploads::File> Uploads::take(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(id);
  if (found == open_.end()) {
    return not_found(fmt::format("there is no upload '{}'", id));
  }
  if (found->second.received != found->second.file.bytes) {
    return conflict(fmt::format("{} of {} bytes are there; send the rest first",
                                found->second.received, found->second.file.bytes));
  }
  File file = std::move(found->second.file);
  open_.erase(found);
  return file;
}

}  // namespace thaw::api
