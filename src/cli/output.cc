#include "cli/output.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "api/json_text.h"

namespace thaw::cli {
namespace {

constexpr std::uintmax_t kFileBytesMax = std::uintmax_t{4} << 30;

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

Error not_written(const std::filesystem::path& path) {
  return unavailable(fmt::format("cannot write {}: {}", path.string(), std::strerror(errno)));
}

bool write_all(const std::filesystem::path& path, std::string_view bytes) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) {
    return false;
  }
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  return (std::fclose(file) == 0) && written;
}

}  // namespace

void print_document(const boost::json::value& document) {
  print_line(api::json_pretty(document));
}

void print_line(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fputc('\n', stdout);
}

void tell(std::string_view text) {
  fmt::print(stderr, "thaw: {}\n", text);
}

Result<std::string> read_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    return not_found(fmt::format("there is no file {}", path.string()));
  }
  if (std::filesystem::is_directory(status)) {
    return invalid_argument(fmt::format("{} is a folder, not a file", path.string()));
  }
  if (std::filesystem::is_regular_file(status) &&
      std::filesystem::file_size(path, error) > kFileBytesMax) {
    return invalid_argument(fmt::format("{} is over 4 GiB", path.string()));
  }
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rb"));
  std::string bytes;
  std::string block(1 << 20, '\0');
  while (file) {
    const std::size_t read = std::fread(block.data(), 1, block.size(), file.get());
    bytes.append(block, 0, read);
    if (read < block.size()) {
      break;
    }
  }
  if (!file || std::ferror(file.get()) != 0) {
    return unavailable(fmt::format("cannot read {}: {}", path.string(), std::strerror(errno)));
  }
  return bytes;
}

Result<Done> write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::path beside = path;
  beside += ".part";
  if (!write_all(beside, bytes)) {
    const Error error = not_written(path);
    std::remove(beside.c_str());
    return error;
  }
  if (std::rename(beside.c_str(), path.c_str()) != 0) {
    const Error error = not_written(path);
    std::remove(beside.c_str());
    return error;
  }
  return Done{};
}

}  // namespace thaw::cli
