// Where bytes to import come from: a file, gzip unpacked on the way, or memory.
//
// Memory is one block whatever the size of the file. Format: RFC 1952; several gzip members may
// follow one another. Checked against gzip data cut at every byte.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "exchange/format.h"

namespace thaw::exchange {

/// Bytes that lie in memory, which must outlive it.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
  Result<std::size_t> read(std::span<char> into) override;

 private:
  std::string_view bytes_;
};

/// A file, unpacked when it begins as gzip does.
class FileSource final : public ByteSource {
 public:
  /// kNotFound: no such file. kInvalidArgument: a folder. `name` is how words call it; empty: path.
  static Result<std::unique_ptr<FileSource>> open(const std::filesystem::path& path,
                                                  std::string name = "");
  ~FileSource() override;

  /// kCorrupt: gzip that is damaged or cut short. kUnavailable: the disk stopped reading.
  Result<std::size_t> read(std::span<char> into) override;

  std::uintmax_t size() const { return size_; }    // of the file as it lies on the disk
  std::uintmax_t taken() const { return taken_; }  // bytes of it that were read so far

 private:
  struct Unpacker;
  FileSource();
  Result<std::size_t> read_packed(std::span<char> into);
  Result<Done> fill();

  std::string name_;  // in words
  std::FILE* file_ = nullptr;
  std::unique_ptr<Unpacker> unpacker_;  // null: not packed
  std::string block_;                   // bytes of the file that wait
  std::size_t at_ = 0;
  bool ended_ = false;
  std::uintmax_t size_ = 0, taken_ = 0;
};

/// `bytes` with its beginning looked at: head() first, then everything again by read().
class PeekedSource final : public ByteSource {
 public:
  /// Reads up to `most` bytes of `bytes`, which must outlive it.
  static Result<std::unique_ptr<PeekedSource>> open(ByteSource& bytes, std::size_t most);
  Result<std::size_t> read(std::span<char> into) override;
  const std::string& head() const { return head_; }

 private:
  explicit PeekedSource(ByteSource& bytes) : bytes_(&bytes) {}
  ByteSource* bytes_;
  std::string head_;
  std::size_t at_ = 0;
};

}  // namespace thaw::exchange
