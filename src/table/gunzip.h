// A gzip file's bytes, unpacked whole.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace thaw {

/// `bytes` unpacked when they start as gzip does (RFC 1952; several members one after another),
/// else as they are. kCorrupt when the data are cut or damaged, kInvalidArgument above 4 GiB; both
/// name `source`.
Result<std::string> gunzip(std::string bytes, std::string_view source);

}  // namespace thaw
