// FamPlex' CSVs, none with a header: entities, relations, equivalences, grounding_map,
// hgnc_symbol_map, descriptions. Which one it is shows in the number of cells of a row.
//
// FamPlex names genes by symbol: they become "hgnc.symbol:SYMBOL", and the symbol map says which
// HGNC number is the same.
#include <fmt/format.h>

#include <algorithm>

#include "exchange/name_rows.h"
#include "exchange/name_tables.h"

namespace thaw::exchange {
namespace {

bool digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string id_in(std::string_view space, std::string_view id) {
  if (space == "HGNC") {
    return fmt::format("hgnc.symbol:{}", id);
  }
  if (space == "UP") {
    return fmt::format("UNIPROT:{}", id);
  }
  if (is_compact_id(id)) {  // GO:1 and the like hold their own namespace
    return std::string(id);
  }
  return fmt::format("{}:{}", space, id);
}

std::string words(std::string text) {
  std::ranges::replace(text, '_', ' ');
  return text;
}

evidence::Concept entry_of(std::string id) {
  evidence::Concept entry;
  entry.kind = kind_of_id(id);
  if (id.starts_with("hgnc.symbol:")) {
    entry.name.en = id.substr(id.find(':') + 1);
  } else if (id.starts_with("FPLX:")) {
    entry.name.en = words(id.substr(5));
  }
  entry.id = std::move(id);
  return entry;
}

/// One row as an entry; an entry without an id where the row holds none, with why in `reason`.
evidence::Concept entry_of_row(const std::vector<std::string>& cells, std::string& reason) {
  if (cells.size() == 1) {
    return entry_of("FPLX:" + cells[0]);
  }
  if (cells.size() == 2 && digits(cells[1])) {
    auto entry = entry_of("HGNC:" + cells[1]);
    entry.name.en = cells[0];
    entry.xrefs.push_back("hgnc.symbol:" + cells[0]);
    return entry;
  }
  if (cells.size() == 5 && (cells[2] == "isa" || cells[2] == "partof")) {
    auto entry = entry_of(id_in(cells[0], cells[1]));
    entry.parents.push_back(id_in(cells[3], cells[4]));
    return entry;
  }
  if (cells.size() == 3 && cells[1].find(':') != std::string::npos && cells[2].size() > 40) {
    reason = "a description is not a name";
    return {};
  }
  if (cells.size() == 3) {
    auto entry = entry_of("FPLX:" + cells[2]);
    const std::string other = id_in(cells[0], cells[1]);
    if (is_compact_id(other)) {
      entry.xrefs.push_back(other);
    } else {
      entry.aliases.push_back(cells[1]);  // BEL and others use names as ids
    }
    return entry;
  }
  if (cells.size() >= 3 && !cells[0].empty() && !cells[1].empty() && !cells[2].empty()) {
    auto entry = entry_of(id_in(cells[1], cells[2]));
    (entry.name.en.empty() ? entry.name.en : entry.aliases.emplace_back()) = cells[0];
    return entry;
  }
  reason = "the row names no id";
  return {};
}

Result<Done> read(ByteSource& bytes, Sink& sink) {
  return each_row(bytes, sink, [&](const Place& place, std::string_view line) -> Result<Done> {
    std::string reason;
    auto entry = entry_of_row(name_cells(line, ','), reason);
    if (!reason.empty()) {
      sink.refuse(place, std::move(reason));
      return Done{};
    }
    return keep_entry(sink, place, std::move(entry));
  });
}

bool recognises(std::string_view name, std::string_view head) {
  return (name == "relations.csv" && head.find(",isa,FPLX,") != std::string_view::npos) ||
         (name == "equivalences.csv" && head.starts_with("BEL,")) || name == "grounding_map.csv" ||
         name == "hgnc_symbol_map.csv";
}

}  // namespace

const Format kFamplex = {"famplex", "FamPlex: families and complexes of proteins (CSV)", read,
                         recognises};

}  // namespace thaw::exchange
