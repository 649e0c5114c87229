#include "exchange/byte_source.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace thaw::exchange {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 18U;
constexpr int kAnyWindowGzip = 15 + 16;  // zlib.h inflateInit2: largest window, gzip only.

}  // namespace

Result<std::size_t> MemorySource::read(std::span<char> into) {
  const std::size_t n = std::min(into.size(), bytes_.size());
  std::copy_n(bytes_.data(), n, into.data());
  bytes_.remove_prefix(n);
  return n;
}

struct FileSource::Unpacker {
  z_stream stream{};
  bool between_members = false;
  Unpacker() = default;
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;
  ~Unpacker() { inflateEnd(&stream); }
};

FileSource::FileSource() = default;
FileSource::~FileSource() {
  if (file_ != nullptr) {
    (void)std::fclose(file_);
  }
}

Result<std::unique_ptr<FileSource>> FileSource::open(const std::filesystem::path& path,
                                                     std::string name) {
  std::error_code error;
  if (name.empty()) {
    name = path.string();
  }
  if (std::filesystem::is_directory(path, error)) {
    return invalid_argument(fmt::format("{} is a folder, not a file", name));
  }
  std::unique_ptr<FileSource> out(new FileSource());
  out->name_ = std::move(name);
  out->file_ = std::fopen(path.c_str(), "rb");
  if (out->file_ == nullptr) {
    return not_found(fmt::format("{} cannot be opened for reading", out->name_));
  }
  out->size_ = std::filesystem::file_size(path, error);
  if (error) {
    out->size_ = 0;  // A pipe has none.
  }
  THAW_CHECK(out->fill());
  if (std::string_view(out->block_).starts_with("\x1F\x8B")) {
    out->unpacker_ = std::make_unique<Unpacker>();
    if (inflateInit2(&out->unpacker_->stream, kAnyWindowGzip) != Z_OK) {
      return unavailable("no memory to unpack gzip");
    }
  }
  return out;
}

/// Puts the next block of the file in the place of the one that was used up.
Result<Done> FileSource::fill() {
  block_.resize(kBlock);
  const std::size_t n = std::fread(block_.data(), 1, kBlock, file_);
  if (std::ferror(file_) != 0) {
    return unavailable(fmt::format("{}: reading stopped before the end", name_));
  }
  block_.resize(n);
  at_ = 0;
  ended_ = n == 0;
  taken_ += n;
  return Done{};
}

Result<std::size_t> FileSource::read(std::span<char> into) {
  if (unpacker_) {
    return read_packed(into);
  }
  std::size_t given = 0;
  while (given < into.size()) {
    if (at_ == block_.size()) {
      THAW_CHECK(fill());
      if (ended_) {
        break;
      }
    }
    const std::size_t n = std::min(into.size() - given, block_.size() - at_);
    std::copy_n(block_.data() + at_, n, into.data() + given);
    at_ += n;
    given += n;
  }
  return given;
}

Result<std::size_t> FileSource::read_packed(std::span<char> into) {
  z_stream& stream = unpacker_->stream;
  std::size_t given = 0;
  while (given < into.size()) {
    if (at_ == block_.size() && !ended_) {
      THAW_CHECK(fill());
    }
    if (at_ == block_.size() && unpacker_->between_members) {
      break;
    }
    stream.next_in = reinterpret_cast<Bytef*>(block_.data() + at_);
    stream.avail_in = static_cast<uInt>(block_.size() - at_);
    stream.next_out = reinterpret_cast<Bytef*>(into.data() + given);
    stream.avail_out = static_cast<uInt>(std::min<std::size_t>(into.size() - given, 1U << 30U));
    const uInt wanted = stream.avail_out;
    const int status = inflate(&stream, Z_NO_FLUSH);
    given += wanted - stream.avail_out;
    at_ = block_.size() - stream.avail_in;
    if (status == Z_STREAM_END) {
      inflateReset(&stream);
      unpacker_->between_members = true;
    } else if (status == Z_OK) {
      unpacker_->between_members = false;
    } else {
      return corrupt(fmt::format("{}: the gzip data are damaged or cut short", name_));
    }
  }
  return given;
}

Result<std::unique_ptr<PeekedSource>> PeekedSource::open(ByteSource& bytes, std::size_t most) {
  std::unique_ptr<PeekedSource> out(new PeekedSource(bytes));
  out->head_.resize(most);
  THAW_TRY(const std::size_t n, bytes.read(out->head_));
  out->head_.resize(n);
  return out;
}

Result<std::size_t> PeekedSource::read(std::span<char> into) {
  const std::size_t n = std::min(into.size(), head_.size() - at_);
  std::copy_n(head_.data() + at_, n, into.data());
  at_ += n;
  if (n == into.size()) {
    return n;
  }
  THAW_TRY(const std::size_t more, bytes_->read(into.subspan(n)));
  return n + more;
}

}  // namespace thaw::exchange
