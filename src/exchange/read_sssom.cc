// SSSOM mappings (https://mapping-commons.github.io/sssom): subject, predicate, object.
//
// The subject becomes an entry with its label; an exact match or a database reference becomes a
// cross reference, and the label of an exact match another name. Broader, narrower and related
// matches are refused: they are not the same thing.
#include <fmt/format.h>

#include <map>

#include "base/text.h"
#include "exchange/name_rows.h"
#include "exchange/name_tables.h"

namespace thaw::exchange {
namespace {

Result<Done> read(ByteSource& bytes, Sink& sink) {
  std::map<std::string, std::size_t> columns;
  return each_row(bytes, sink, [&](const Place& place, std::string_view line) -> Result<Done> {
    const auto cells = name_cells(line, '\t');
    if (columns.empty()) {
      for (std::size_t i = 0; i < cells.size(); ++i) {
        columns[cells[i]] = i;
      }
      for (const char* needed : {"subject_id", "predicate_id", "object_id"}) {
        if (!columns.contains(needed)) {
          return invalid_argument(
              fmt::format("line {}: SSSOM has a column {}", place.line, needed));
        }
      }
      return Done{};
    }
    const auto cell = [&](const char* name) {
      const auto at = columns.find(name);
      return at == columns.end() || at->second >= cells.size() ? std::string() : cells[at->second];
    };
    const std::string predicate = cell("predicate_id");
    const bool exact = predicate == "skos:exactMatch" || predicate == "owl:equivalentClass";
    if (!exact && predicate != "oboInOwl:hasDbXref") {
      sink.refuse(place,
                  fmt::format("'{:.80}' does not say that two ids are one thing", predicate));
      return Done{};
    }
    if (!is_compact_id(cell("object_id"))) {
      sink.refuse(place, "object_id is not an id of the form PREFIX:ID");
      return Done{};
    }
    evidence::Concept entry;
    entry.id = cell("subject_id");
    entry.kind = kind_of_id(entry.id);
    entry.name.en = cell("subject_label");
    if (exact) {
      entry.aliases.push_back(cell("object_label"));
    }
    entry.xrefs.push_back(cell("object_id"));
    return keep_entry(sink, place, std::move(entry));
  });
}

bool recognises(std::string_view name, std::string_view head) {
  return name.ends_with(".sssom.tsv") || head.starts_with("subject_id\tsubject_label\t");
}

}  // namespace

const Format kSssom = {"sssom", "SSSOM mappings, such as MONDO's to DOID, MeSH and Orphanet", read,
                       recognises};

}  // namespace thaw::exchange
