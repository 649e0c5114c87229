#include "gaze/command_line.h"

#include <utility>

namespace thaw::gaze {

Result<std::vector<std::string>> split_command(std::string_view line) {
  std::vector<std::string> out;
  std::string part;
  bool inside = false;  // of an argument, be it empty
  char quote = '\0';
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (c == '\\' && quote != '\'' && at + 1 < line.size()) {
      part += line[++at];
      inside = true;
    } else if (quote != '\0') {
      if (c == quote) {
        quote = '\0';
      } else {
        part += c;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
      inside = true;
    } else if (c == ' ' || c == '\t') {
      if (inside) {
        out.push_back(std::exchange(part, ""));
      }
      inside = false;
    } else {
      part += c;
      inside = true;
    }
  }
  if (quote != '\0') {
    return invalid_argument("a command has a quotation that does not end");
  }
  if (inside) {
    out.push_back(std::move(part));
  }
  if (out.empty() || out.front().empty()) {
    return invalid_argument("a command is empty");
  }
  return out;
}

}  // namespace thaw::gaze
