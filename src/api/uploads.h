// Files on their way from a page: they arrive in pieces, in order, and lie in a folder of our own.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"

namespace thaw::api {

inline constexpr std::size_t kPieceBytesMax = 1024 * 1024;
inline constexpr std::uint64_t kUploadBytesMax = std::uint64_t{4} * 1024 * 1024 * 1024;

/// Safe to use from several threads. The folder and what is in it go when this does.
class Uploads {
 public:
  /// kUnavailable when no folder can be made in the system's temporary one.
  static Result<std::unique_ptr<Uploads>> make();
  ~Uploads();
  Uploads(const Uploads&) = delete;
  Uploads& operator=(const Uploads&) = delete;

  /// A new upload's id. kInvalidArgument: an empty or too large file; kUnavailable: eight are open.
  Result<std::string> begin(std::string_view name, std::uint64_t bytes);

  /// Adds `piece` at `offset` and gives how many bytes are there. A piece that is there already is
  /// taken again without harm, so a page may repeat one that it got no answer to.
  /// kNotFound; kConflict says where the file goes on; kInvalidArgument: more than was announced.
  Result<std::uint64_t> add(const std::string& id, std::uint64_t offset, std::string_view piece);

  struct File {
    std::string name;  // as the page called it, its last part only
    std::filesystem::path path;
    std::uint64_t bytes = 0;
  };
  /// The whole file, which is the caller's to remove from now on. kConflict when pieces are
  /// missing.
  Result<File> take(const std::string& id);

 private:
  explicit Uploads(std::filesystem::path folder) : folder_(std::move(folder)) {}
  using Clock = std::chrono::steady_clock;
  struct Open {
    File file;
    std::uint64_t received = 0;
    Clock::time_point touched = Clock::now();
  };
  void forget_abandoned();  // of a page that was closed: nothing came for ten minutes
  std::mutex mutex_;
  std::filesystem::path folder_;
  std::map<std::string, Open> open_;
  std::uint64_t next_ = 1;
};

}  // namespace thaw::api
