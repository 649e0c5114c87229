#include "effect/graph_file.h"

#include <fmt/format.h>

#include "base/text.h"
#include "effect/graph_json.h"
#include "effect/graph_text.h"
#include "table/gunzip.h"

namespace thaw::effect {
namespace {

constexpr std::size_t kLargest = std::size_t{64} << 20;

/// { "key": ... is JSON; { x -> y } and { "x" -> "y" } are not.
bool looks_like_json(std::string_view text) {
  if (!text.starts_with("{")) {
    return false;
  }
  const std::string_view inside = trim(text.substr(1));
  if (inside.starts_with("}")) {
    return true;
  }
  if (!inside.starts_with("\"")) {
    return false;
  }
  const std::size_t end = inside.find('"', 1);
  return end != std::string_view::npos && trim(inside.substr(end + 1)).starts_with(":");
}

}  // namespace

Result<GraphFile> read_graph(std::string bytes, const std::string& source) {
  THAW_TRY(const std::string text, gunzip(std::move(bytes), source));
  if (text.size() > kLargest) {
    return invalid_argument(fmt::format("{}: a graph of more than 64 MiB", source));
  }
  const std::string_view body = trim(text);
  GraphFile file;
  if (body.empty()) {
    return invalid_argument(fmt::format("{}: the file is empty", source));
  }
  if (body.starts_with("network") || body.starts_with("variable ")) {
    THAW_TRY(file.network, read_bif(text, source));
    file.graph = file.network->graph;
  } else if (looks_like_json(body)) {
    THAW_TRY(file.graph, read_graph_json(text, source));
  } else {
    THAW_TRY(file.graph, read_graph_text(text, source));
  }
  return file;
}

}  // namespace thaw::effect
