#include "api/asset.h"

#include <algorithm>

namespace thaw::api {

const Asset* find_asset(std::span<const Asset> assets, std::string_view path) {
  const auto found =
      std::lower_bound(assets.begin(), assets.end(), path,
                       [](const Asset& a, std::string_view p) { return a.path < p; });
  return found != assets.end() && found->path == path ? &*found : nullptr;
}

bool is_page_path(std::string_view path) {
  if (path.starts_with("/api/") || path == "/api" || path.starts_with("/assets/")) {
    return false;
  }
  return path.find('.', path.rfind('/') + 1) == std::string_view::npos;
}

}  // namespace thaw::api
