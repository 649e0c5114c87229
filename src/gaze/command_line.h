// A command as a person writes it in one line, cut into a program and its arguments; no shell.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace thaw::gaze {

/// The program and arguments of one line: parted by spaces, kept together by '..' or "..", and by
/// a backslash outside '..'. kInvalidArgument: nothing in it, or a quotation that does not end.
/// Variables, wildcards and pipes mean nothing here.
Result<std::vector<std::string>> split_command(std::string_view line);

}  // namespace thaw::gaze
