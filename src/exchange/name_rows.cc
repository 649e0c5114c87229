#include "exchange/name_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace thaw::exchange {

std::vector<std::string> name_cells(std::string_view line, char separator) {
  constexpr std::size_t kMostCells = 1000;
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"') {
      quoted = i + 1 < line.size() && line[i + 1] == '"';
      if (quoted) {
        cells.back() += line[++i];
      }
    } else if (!quoted && c == '"' && cells.back().empty()) {
      quoted = true;
    } else if (!quoted && c == separator && cells.size() < kMostCells) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

bool is_compact_id(std::string_view id) {
  const auto colon = id.find(':');
  return colon != std::string_view::npos && colon > 0 && colon + 1 < id.size() &&
         id.size() <= 200 && std::ranges::none_of(id, [](char c) { return c == ' ' || c == '\t'; });
}

std::string_view kind_of_id(std::string_view id) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kKinds = {
      {{"MONDO", "disease"},
       {"DOID", "disease"},
       {"Orphanet", "disease"},
       {"OMIM", "disease"},
       {"HP", "phenotype"},
       {"CHEBI", "drug"},
       {"DRUGBANK", "drug"},
       {"PUBCHEM", "drug"},
       {"HGNC", "gene"},
       {"hgnc.symbol", "gene"},
       {"UNIPROT", "protein"},
       {"FPLX", "protein"},
       {"INTERPRO", "protein"},
       {"CL", "cell_type"},
       {"UBERON", "structure"},
       {"TISSUE", "structure"}}};
  const auto prefix = id.substr(0, id.find(':'));
  const auto at =
      std::ranges::find(kKinds, prefix, &std::pair<std::string_view, std::string_view>::first);
  return at == kKinds.end() ? std::string_view() : at->second;
}

Result<Done> keep_entry(Sink& sink, const Place& place, evidence::Concept entry) {
  constexpr std::size_t kLongestName = 1000;
  if (!is_compact_id(entry.id)) {
    sink.refuse(place, fmt::format("'{:.80}' is not an id of the form PREFIX:ID", entry.id));
    return Done{};
  }
  if (entry.name.en.starts_with("obsolete ")) {
    sink.refuse(place, fmt::format("{} is obsolete", entry.id));
    return Done{};
  }
  for (const auto* name : {&entry.name.en, &entry.name.zh}) {
    if (name->size() > kLongestName) {
      sink.refuse(place, fmt::format("a name of {} is over {} bytes", entry.id, kLongestName));
      return Done{};
    }
  }
  std::erase_if(entry.aliases, [](const std::string& alias) {
    return alias.empty() || alias.size() > kLongestName;
  });
  Batch batch;
  batch.vocabulary.push_back(std::move(entry));
  return sink.keep(place, std::move(batch));
}

}  // namespace thaw::exchange
