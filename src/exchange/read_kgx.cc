// KGX, the exchange format of the Biolink model: nodes and edges as TSV or JSON lines.
//
// Format: biolink/kgx, specification/kgx-format.md. An edge with several publications is one item a
// publication; one that names neither publication nor knowledge source is refused.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "base/text.h"
#include "evidence/curie.h"
#include "exchange/draft.h"
#include "exchange/json_elements.h"
#include "exchange/namespace_kind.h"
#include "exchange/readers.h"
#include "exchange/table_reader.h"

namespace thaw::exchange {
namespace {

namespace json = boost::json;
using evidence::Item;

/// A cell by name; lists come joined by '|', as the TSV form has them.
using Cells = std::function<std::string(std::string_view)>;

std::string kind_of_category(std::string_view category) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kKinds = {
      {{"AnatomicalEntity", "anatomy"},
       {"BiologicalProcess", "process"},
       {"Cell", "cell_type"},
       {"CellularComponent", "component"},
       {"ChemicalEntity", "chemical"},
       {"Disease", "disease"},
       {"Drug", "drug"},
       {"Gene", "gene"},
       {"GeneFamily", "family"},
       {"MolecularActivity", "process"},
       {"OrganismTaxon", "organism"},
       {"Pathway", "process"},
       {"PhenotypicFeature", "phenotype"},
       {"Protein", "protein"},
       {"SequenceVariant", "gene_variant"},
       {"SmallMolecule", "chemical"}}};
  for (const std::string_view part : split(category, '|')) {
    const std::string_view name = part.starts_with("biolink:") ? part.substr(8) : part;
    const auto* found = std::ranges::find(kKinds, name, [](const auto& p) { return p.first; });
    if (found != kKinds.end()) {
      return std::string(found->second);
    }
  }
  return "";
}

Result<Batch> node_batch(const Cells& cell) {
  const std::string id = cell("id");
  if (id.empty()) {
    return invalid_argument("a node without id");
  }
  std::vector<std::string> xrefs;
  const std::string listed = cell("xref");
  for (const auto& xref : split(listed, '|')) {
    xrefs.emplace_back(xref);
  }
  Batch batch;
  batch.mentioned.push_back(
      mention_of(id, cell("name"), kind_of_category(cell("category")), std::move(xrefs)));
  return batch;
}

evidence::Concept end_of(const Cells& cell, std::string_view side) {
  const std::string id = cell(side);
  const std::string kind = kind_of_category(cell(fmt::format("{}_category", side)));
  const std::string curie = evidence::normal_curie(id);
  return mention_of(
      id, cell(fmt::format("{}_name", side)),
      kind.empty() ? kind_of_namespace(evidence::namespace_of(curie)) : std::string_view(kind));
}

/// Sign and causal from the predicate and the qualifiers of "affects".
RelationMeaning meaning_of_edge(const Cells& cell, const std::string& predicate) {
  const std::string direction = fold(cell("object_direction_qualifier"));
  if (direction == "increased" || direction == "upregulated") {
    return {"increases", 1, true};
  }
  if (direction == "decreased" || direction == "downregulated") {
    return {"decreases", -1, true};
  }
  return meaning_of(predicate).value_or(RelationMeaning{predicate, 0, false});
}

std::string study_kind(const Cells& cell) {
  const std::string level = cell("knowledge_level");
  const std::string agent = cell("agent_type");
  if (agent == "text_mining_agent" || level == "text_co_occurrence") {
    return "text_mined";
  }
  if (level == "prediction" || agent == "computational_model" ||
      agent == "data_analysis_pipeline" || level == "statistical_association") {
    return "omics";
  }
  return "review";
}

Result<std::vector<evidence::Source>> sources_of(const Cells& cell) {
  std::vector<evidence::Source> out;
  const std::string listed = cell("publications");
  for (const auto& part : split(listed, '|')) {
    if (!trim(part).empty()) {
      THAW_TRY(auto source, source_of(part));
      out.push_back(std::move(source));
    }
  }
  for (const std::string_view column :
       {"primary_knowledge_source", "knowledge_source", "provided_by"}) {
    const std::string name = cell(column);
    if (out.empty() && !name.empty()) {
      evidence::Source source;
      source.id = name.find(':') == std::string::npos ? fmt::format("database:{}", name) : name;
      source.citation = fmt::format("the database {}, no paper named", name);
      out.push_back(std::move(source));
    }
  }
  if (out.empty()) {
    return invalid_argument("an edge that names neither publications nor a knowledge source");
  }
  return out;
}

Result<Batch> edge_batch(const Cells& cell) {
  std::string predicate = cell("predicate");
  predicate = predicate.empty() ? cell("edge_label") : predicate;
  if (cell("subject").empty() || cell("object").empty() || predicate.empty()) {
    return invalid_argument("an edge needs subject, predicate and object");
  }
  Batch batch;
  batch.mentioned = {end_of(cell, "subject"), end_of(cell, "object")};
  THAW_TRY(batch.cited, sources_of(cell));
  const std::string negated = fold(cell("negated"));
  for (const auto& source : batch.cited) {
    Item item;
    item.subject = batch.mentioned[0].id;
    item.object = batch.mentioned[1].id;
    apply(
        meaning_of_edge(cell, predicate.starts_with("biolink:") ? predicate.substr(8) : predicate),
        item);
    if (cell("knowledge_level") == "text_co_occurrence") {
      item.causal = false;
    }
    item.study_kind = study_kind(cell);
    item.direction =
        negated == "true" ? evidence::Direction::kNoEffectSeen : evidence::Direction::kSupports;
    const std::string by = cell("primary_knowledge_source");
    item.extractor = by.empty() ? "kgx" : by;
    item.source = source.id;
    item.note = fmt::format("predicate {}", predicate);
    item.id = content_id(
        "kgx", {item.subject, predicate, item.object, item.source, by,
                cell("object_direction_qualifier"), cell("object_aspect_qualifier"), negated});
    batch.items.push_back(std::move(item));
  }
  return batch;
}

Result<Batch> batch_of(const Cells& cell) {
  return cell("subject").empty() && cell("object").empty() ? node_batch(cell) : edge_batch(cell);
}

Result<Batch> batch_of_row(const TableReader& row) {
  return batch_of([&](std::string_view name) { return std::string(row.cell(name)); });
}

Result<Batch> batch_of_object(const json::object& object) {
  return batch_of([&](std::string_view name) -> std::string {
    if (const auto* list = array_of(object, name)) {
      std::vector<std::string> parts;
      for (const auto& element : *list) {
        if (element.is_string()) {
          parts.emplace_back(element.get_string());
        }
      }
      return join(parts, "|");
    }
    const auto* value = object.if_contains(name);
    if (value != nullptr && value->is_bool()) {
      return value->get_bool() ? "true" : "false";
    }
    return text_of(object, name);
  });
}

}  // namespace

bool is_kgx_table(std::string_view /*name*/, std::string_view head) {
  const auto header = header_of(head, '\t');
  const auto has = [&](std::string_view name) {
    return std::ranges::find(header, name) != header.end();
  };
  return (has("subject") && has("predicate") && has("object")) || (has("id") && has("category"));
}

bool is_kgx_lines(std::string_view /*name*/, std::string_view head) {
  head = trim(head).substr(0, 4000);
  const auto has = [&](std::string_view name) { return head.find(name) != std::string_view::npos; };
  const bool edge = has("\"subject\"") && has("\"predicate\"") && has("\"object\"");
  return head.starts_with('{') && (edge || (has("\"category\"") && has("biolink:")));
}

Result<Done> read_kgx_table(ByteSource& bytes, Sink& sink) {
  TableReader rows(bytes, '\t');
  THAW_CHECK(rows.read_header());
  if (!rows.has("id") && !rows.has("subject")) {
    return invalid_argument("line 1: there is neither a column 'id' nor 'subject'");
  }
  return read_rows(rows, sink, batch_of_row);
}

Result<Done> read_kgx_lines(ByteSource& bytes, Sink& sink) {
  return read_objects(bytes, sink, batch_of_object);
}

}  // namespace thaw::exchange
