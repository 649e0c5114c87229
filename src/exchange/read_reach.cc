// Tables of the Reach reader's knowledge base: name, id, species, namespace, type; no header.
//
// Only the first two columns are always there. An id without a namespace is told by its shape.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "exchange/name_rows.h"
#include "exchange/name_tables.h"

namespace thaw::exchange {
namespace {

bool digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// "mesh" and "D043204" -> "MESH:D043204"; the namespace told by the shape where it is not given.
std::string full_id(std::string_view id, std::string_view space) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kSpaces = {
      {{"mesh", "MESH"},
       {"uniprot", "UNIPROT"},
       {"fplx", "FPLX"},
       {"pubchem", "PUBCHEM"},
       {"pfam", "PFAM"},
       {"interpro", "INTERPRO"},
       {"uaz", "UAZ"},
       {"go", "GO"},
       {"chebi", "CHEBI"}}};
  if (is_compact_id(id)) {
    return std::string(id);
  }
  const auto known =
      std::ranges::find(kSpaces, space, &std::pair<std::string_view, std::string_view>::first);
  if (known != kSpaces.end()) {
    return fmt::format("{}:{}", known->second, id);
  }
  if (id.starts_with("IPR") && digits(id.substr(3))) {
    return fmt::format("INTERPRO:{}", id);
  }
  if (id.size() > 5 && (id.front() == 'D' || id.front() == 'C') && digits(id.substr(1))) {
    return fmt::format("MESH:{}", id);
  }
  if (id.starts_with("TS-")) {
    return fmt::format("TISSUE:{}", id);
  }
  return digits(id) ? fmt::format("PUBCHEM:{}", id) : fmt::format("FPLX:{}", id);
}

std::string kind_of_row(const std::vector<std::string>& cells, const std::string& id) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kTypes = {
      {{"Gene_or_gene_product", "gene"},
       {"Family", "protein"},
       {"Simple_chemical", "drug"},
       {"BioProcess", "process"},
       {"Cellular_component", "structure"},
       {"CellType", "cell_type"},
       {"CellLine", "model"},
       {"Organ", "structure"},
       {"TissueType", "structure"},
       {"Disease", "disease"}}};
  if (cells.size() > 4) {
    const auto type = std::ranges::find(kTypes, std::string_view(cells[4]),
                                        &std::pair<std::string_view, std::string_view>::first);
    return type == kTypes.end() ? std::string() : std::string(type->second);
  }
  if (cells.size() > 3) {
    return "process";  // the table of biological processes names its namespace and nothing else
  }
  if (id.starts_with("MESH:")) {
    return "disease";
  }
  return id.starts_with("GO:") ? "structure" : std::string(kind_of_id(id));
}

Result<Done> read(ByteSource& bytes, Sink& sink) {
  return each_row(bytes, sink, [&](const Place& place, std::string_view line) -> Result<Done> {
    const auto cells = name_cells(line, '\t');
    if (cells.size() < 2 || cells[0].empty() || cells[1].empty()) {
      sink.refuse(place, "the row has no name or no id");
      return Done{};
    }
    evidence::Concept entry;
    entry.id = full_id(cells[1], cells.size() > 3 ? cells[3] : "");
    entry.kind = kind_of_row(cells, entry.id);
    entry.name.en = cells[0];
    return keep_entry(sink, place, std::move(entry));
  });
}

bool recognises(std::string_view name, std::string_view) {
  constexpr std::array<std::string_view, 11> kFiles = {"mesh-disease.tsv",
                                                       "bio_process.tsv",
                                                       "cellontology.tsv",
                                                       "uberon.tsv",
                                                       "proteinfamilies.tsv",
                                                       "famplex.tsv",
                                                       "go-subcellular-locations.tsv",
                                                       "tissue-type.tsv",
                                                       "hms-drugs.tsv",
                                                       "ner-grounding-override.tsv",
                                                       "phase3-override.tsv"};
  return std::ranges::find(kFiles, name) != kFiles.end();
}

}  // namespace

const Format kReach = {"reach",
                       "name tables of the Reach reader: name, id, species, namespace, type", read,
                       recognises};

}  // namespace thaw::exchange
