// What the program carries inside: the web pages, and the knowledge of the data/ folder.
//
// Defined in a file that tools/embed.py writes during the build (library thaw_embedded).
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "api/asset.h"

namespace thaw::api {

/// The pages, ordered by path.
std::span<const Asset> embedded_assets();

struct BundledFile {
  std::string_view name;  // below data/, such as "evidence/claims.tsv"
  std::string_view bytes;
};

/// The files of data/, ordered by name.
std::span<const BundledFile> bundled_files();

}  // namespace thaw::api
