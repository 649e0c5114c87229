// What the shell sees of how a command ended.
#pragma once

#include "base/result.h"

namespace thaw::cli {

enum ExitCode : int {
  kExitDone = 0,
  kExitBug = 1,
  kExitUsage = 2,
  kExitBadInput = 3,
  kExitNotFound = 4,
  kExitDenied = 5,
  kExitUnavailable = 6,
};

/// The exit code for a kind of error. A conflict and a corrupt file are bad input: the world gave
/// us something that cannot be taken as it is.
constexpr ExitCode exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::kNotFound:
      return kExitNotFound;
    case ErrorCode::kDenied:
      return kExitDenied;
    case ErrorCode::kUnavailable:
      return kExitUnavailable;
    case ErrorCode::kInvalidArgument:
    case ErrorCode::kConflict:
    case ErrorCode::kCorrupt:
      return kExitBadInput;
  }
  return kExitBug;
}

}  // namespace thaw::cli
