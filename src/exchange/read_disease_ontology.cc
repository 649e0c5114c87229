// Reports of the Disease Ontology: HumanDO.tsv (id, label, subClassOf) and allXREFinDO.tsv (id,
// label, xref).
//
// A parent is given by its label, so parents are handed on after the last row; a label that no
// row has, or that two rows have, is refused with the row that names it.
#include <fmt/format.h>

#include <unordered_map>

#include "exchange/name_rows.h"
#include "exchange/name_tables.h"

namespace thaw::exchange {
namespace {

/// Rows whose parents wait for the end of the table; a larger one is refused.
constexpr std::size_t kMostRows = 2'000'000;

struct Waiting {
  Place place;
  std::string id, parent;
};

struct Labels {
  std::unordered_map<std::string, std::string> id_of;  // "" where two rows share the label

  void add(const std::string& label, const std::string& id) {
    const auto [at, first] = id_of.emplace(label, id);
    if (!first && at->second != id) {
      at->second.clear();
    }
  }
};

Result<Done> link_parents(Sink& sink, const std::vector<Waiting>& waiting, const Labels& labels) {
  for (const Waiting& one : waiting) {
    const auto parent = labels.id_of.find(one.parent);
    if (parent == labels.id_of.end() || parent->second.empty()) {
      sink.refuse(one.place,
                  fmt::format("the parent '{:.120}' of {} is the label of {}", one.parent, one.id,
                              parent == labels.id_of.end() ? "no row" : "several rows"));
      continue;
    }
    evidence::Concept entry;
    entry.id = one.id;
    entry.parents.push_back(parent->second);
    THAW_CHECK(keep_entry(sink, one.place, std::move(entry)));
  }
  return Done{};
}

Result<Done> read(ByteSource& bytes, Sink& sink) {
  std::vector<std::string> header;
  std::vector<Waiting> waiting;
  Labels labels;
  const auto row = [&](const Place& place, std::string_view line) -> Result<Done> {
    auto cells = name_cells(line, '\t');
    if (header.empty()) {
      header = std::move(cells);
      if (header.size() != 3 || header[0] != "id" || header[1] != "label" ||
          (header[2] != "subClassOf" && header[2] != "xref")) {
        return invalid_argument(fmt::format(
            "line {}: the columns must be id, label and subClassOf or xref", place.line));
      }
      return Done{};
    }
    if (cells.size() != 3 || cells[1].empty()) {
      sink.refuse(place, "the row does not have an id, a label and a third cell");
      return Done{};
    }
    evidence::Concept entry;
    entry.id = cells[0];
    entry.kind = "disease";
    entry.name.en = cells[1];
    if (header[2] == "xref") {
      if (is_compact_id(cells[2])) {
        entry.xrefs.push_back(cells[2]);
      }
    } else {
      labels.add(cells[1], cells[0]);
      if (!cells[2].empty()) {
        waiting.push_back({place, cells[0], cells[2]});
      }
      if (waiting.size() > kMostRows) {
        return invalid_argument(fmt::format("line {}: over {} rows", place.line, kMostRows));
      }
    }
    return keep_entry(sink, place, std::move(entry));
  };
  THAW_CHECK(each_row(bytes, sink, row));
  return link_parents(sink, waiting, labels);
}

bool recognises(std::string_view, std::string_view head) {
  return head.starts_with("id\tlabel\tsubClassOf") || head.starts_with("id\tlabel\txref");
}

}  // namespace

const Format kDiseaseOntology = {"disease-ontology",
                                 "reports of the Disease Ontology: HumanDO.tsv, allXREFinDO.tsv",
                                 read, recognises};

}  // namespace thaw::exchange
