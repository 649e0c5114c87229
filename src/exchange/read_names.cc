// Our own table of names: a header with `id` and any of kind, en, zh, aliases, parents, xrefs; tab
// separated, several values of one cell divided by '|'.
#include <fmt/format.h>

#include <map>

#include "base/text.h"
#include "exchange/name_rows.h"
#include "exchange/name_tables.h"

namespace thaw::exchange {
namespace {

std::vector<std::string> several(const std::string& cell) {
  std::vector<std::string> out;
  for (const auto part : split(cell, '|')) {
    if (!trim(part).empty()) {
      out.emplace_back(trim(part));
    }
  }
  return out;
}

Result<Done> read(ByteSource& bytes, Sink& sink) {
  std::map<std::string, std::size_t> columns;
  return each_row(bytes, sink, [&](const Place& place, std::string_view line) -> Result<Done> {
    const auto cells = name_cells(line, '\t');
    if (columns.empty()) {
      for (std::size_t i = 0; i < cells.size(); ++i) {
        columns[cells[i]] = i;
      }
      if (!columns.contains("id")) {
        return invalid_argument(
            fmt::format("line {}: a table of names begins with its columns' names, `id` among them",
                        place.line));
      }
      return Done{};
    }
    const auto cell = [&](const char* name) {
      const auto at = columns.find(name);
      return at == columns.end() || at->second >= cells.size()
                 ? std::string()
                 : std::string(trim(cells[at->second]));
    };
    evidence::Concept entry;
    entry.id = cell("id");
    entry.kind = cell("kind");
    entry.kind = entry.kind.empty() ? std::string(kind_of_id(entry.id)) : entry.kind;
    entry.name = {cell("en"), cell("zh")};
    entry.aliases = several(cell("aliases"));
    entry.parents = several(cell("parents"));
    entry.xrefs = several(cell("xrefs"));
    return keep_entry(sink, place, std::move(entry));
  });
}

bool recognises(std::string_view, std::string_view head) {
  return head.starts_with("id\tkind\ten") || head.starts_with("id\ten\tzh");
}

}  // namespace

const Format kNames = {"names", "names of concepts, tab separated (docs/formats/concepts.md)", read,
                       recognises};

}  // namespace thaw::exchange
