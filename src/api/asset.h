// One file of the web pages, embedded in the program: compressed when it was built.
#pragma once

#include <span>
#include <string_view>

namespace thaw::api {

struct Asset {
  std::string_view path;          // "/index.html", "/assets/index-Bx1.js"
  std::string_view content_type;  // by the file's ending
  std::string_view etag;          // quoted, of the uncompressed bytes
  bool immutable;                 // its name holds a hash of its content
  std::string_view gzip;
  std::string_view plain;
};

/// The asset of exactly `path`, or null. Cost: O(log n); `assets` are ordered by path.
const Asset* find_asset(std::span<const Asset> assets, std::string_view path);

/// True where `path` names a page of ours, to which index.html is the answer: no dot in its last
/// part, not under /api/ or /assets/.
bool is_page_path(std::string_view path);

}  // namespace thaw::api
