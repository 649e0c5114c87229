// The knowledge as edges: KGX, SIF, CSV and GraphML.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "base/text.h"
#include "evidence/records_json.h"
#include "exchange/draft.h"
#include "exchange/export.h"

namespace thaw::exchange {
namespace {

using evidence::Claim;
using evidence::Direction;
using evidence::Item;
using evidence::Sign;

/// A cell of a tab separated file: what would break the line becomes a space.
std::string flat(std::string_view text) {
  std::string out(text);
  std::ranges::replace_if(
      out, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return out;
}

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    return std::string(text);
  }
  std::string out = "\"";
  for (const char c : text) {
    out += c == '"' ? "\"\"" : std::string(1, c);
  }
  return out + "\"";
}

/// Text of XML: escaped, without the control characters that XML 1.0 cannot hold.
std::string xml(std::string_view text) {
  std::string plain(text);
  std::erase_if(plain, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  });
  return escape_xml(plain);
}

const std::string& name_of(const evidence::Knowledge& known, const std::string& id) {
  return known.find_concept(id)->name.en;
}

std::string qualifiers_text(const Claim& claim) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : claim.qualifiers) {
    parts.push_back(fmt::format("{}={}", name, value));
  }
  return join(parts, ";");
}

std::string_view category_of(std::string_view kind) {
  struct Pair {
    std::string_view kind, category;
  };
  constexpr std::array<Pair, 18> kCategories = {{{"anatomy", "AnatomicalEntity"},
                                                 {"biomarker", "BiologicalEntity"},
                                                 {"cell_type", "Cell"},
                                                 {"chemical", "ChemicalEntity"},
                                                 {"complex", "MacromolecularComplex"},
                                                 {"component", "CellularComponent"},
                                                 {"disease", "Disease"},
                                                 {"drug", "Drug"},
                                                 {"exposure", "ExposureEvent"},
                                                 {"family", "GeneFamily"},
                                                 {"gene", "Gene"},
                                                 {"gene_variant", "SequenceVariant"},
                                                 {"intervention", "Treatment"},
                                                 {"organism", "OrganismTaxon"},
                                                 {"outcome", "ClinicalFinding"},
                                                 {"phenotype", "PhenotypicFeature"},
                                                 {"process", "BiologicalProcess"},
                                                 {"protein", "Protein"}}};
  const auto* found = std::ranges::find(kCategories, kind, &Pair::kind);
  return found == kCategories.end() ? "NamedThing" : found->category;
}

/// knowledge_level and agent_type of the Biolink model, by kind of study and who read it.
std::pair<std::string_view, std::string_view> level_of(const Item& item) {
  if (item.study_kind == "text_mined") {
    return {"not_provided", "text_mining_agent"};
  }
  if (item.study_kind == "omics" || item.study_kind == "registry_analysis") {
    return {"statistical_association", "data_analysis_pipeline"};
  }
  if (item.extractor.starts_with("llm:")) {
    return {"not_provided", "text_mining_agent"};
  }
  return {"knowledge_assertion", "manual_agent"};
}

/// The document of a source as KGX lists publications; "" where its id names none that is known.
std::string publication_of(const std::string& source) {
  const auto known = source_of(source.substr(0, source.find(", as reported by")));
  return known ? known->id : std::string();
}

bool has_own_item(const evidence::Knowledge& known, const Claim& claim) {
  return std::ranges::any_of(claim.items, [&](std::size_t index) {
    const Item& item = known.items()[index];
    return item.sign == claim.sign && !item.synthetic;
  });
}

}  // namespace

Result<Done> write_kgx_nodes(const evidence::Weigher& weigher, const Out& out) {
  THAW_CHECK(out("id\tcategory\tname\txref\tsynonym\n"));
  for (const auto& c : weigher.knowledge().concepts()) {
    std::vector<std::string> synonyms = c.aliases;
    if (c.name.zh != c.name.en) {
      synonyms.push_back(c.name.zh);
    }
    THAW_CHECK(
        out(fmt::format("{}\tbiolink:{}\t{}\t{}\t{}\n", flat(c.id), category_of(c.kind),
                        flat(c.name.en), flat(join(c.xrefs, "|")), flat(join(synonyms, "|")))));
  }
  return Done{};
}

Result<Done> write_kgx_edges(const evidence::Weigher& weigher, const Out& out) {
  const auto& known = weigher.knowledge();
  THAW_CHECK(
      out("id\tsubject\tpredicate\tobject\tqualified_predicate\tobject_direction_qualifier\t"
          "negated\tpublications\tprimary_knowledge_source\tknowledge_level\tagent_type\t"
          "subject_name\tobject_name\n"));
  for (const Item& item : known.items()) {
    if (item.synthetic) {
      continue;
    }
    const auto [level, agent] = level_of(item);
    const bool negated =
        item.direction == Direction::kOpposes || item.direction == Direction::kNoEffectSeen;
    const std::string_view direction = !item.causal                 ? ""
                                       : item.sign == Sign::kRaises ? "increased"
                                                                    : "decreased";
    THAW_CHECK(out(
        fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\tinfores:thaw\t{}\t{}\t{}\t{}\n", flat(item.id),
                    flat(item.subject), item.causal ? "biolink:affects" : "biolink:associated_with",
                    flat(item.object), item.causal ? "biolink:causes" : "", direction,
                    negated ? "true" : "false", flat(publication_of(item.source)), level, agent,
                    flat(name_of(known, item.subject)), flat(name_of(known, item.object)))));
  }
  return Done{};
}

Result<Done> write_sif(const evidence::Weigher& weigher, const Out& out) {
  const auto& known = weigher.knowledge();
  for (const Claim& claim : known.claims()) {
    if (has_own_item(known, claim)) {
      const std::string_view relation = !claim.causal                 ? "associated_with"
                                        : claim.sign == Sign::kRaises ? "increases"
                                                                      : "decreases";
      THAW_CHECK(
          out(fmt::format("{}\t{}\t{}\n", flat(claim.subject), relation, flat(claim.object))));
    }
  }
  return Done{};
}

Result<Done> write_edges_csv(const evidence::Weigher& weigher, const Out& out) {
  const auto& known = weigher.knowledge();
  THAW_CHECK(
      out("claim,subject,subject_name,relation,sign,object,object_name,causal,qualifiers,items,"
          "support_nats,opposition_nats,belief,share_for,share_against,share_unknown\n"));
  for (const Claim& claim : known.claims()) {
    if (!has_own_item(known, claim)) {
      continue;
    }
    const auto weighed = weigher.weigh(claim);
    THAW_CHECK(out(
        fmt::format("{},{},{},{},{},{},{},{},{},{},{:.6g},{:.6g},{:.6g},{:.6g},{:.6g},{:.6g}\n",
                    claim.id, csv_cell(claim.subject), csv_cell(name_of(known, claim.subject)),
                    csv_cell(claim.relation), evidence::to_string(claim.sign),
                    csv_cell(claim.object), csv_cell(name_of(known, claim.object)),
                    claim.causal ? "true" : "false", csv_cell(qualifiers_text(claim)),
                    claim.items.size(), weighed.support, weighed.opposition, weighed.belief,
                    weighed.opinion.belief, weighed.opinion.disbelief, weighed.opinion.ignorance)));
  }
  return Done{};
}

Result<Done> write_graphml(const evidence::Weigher& weigher, const Out& out) {
  const auto& known = weigher.knowledge();
  THAW_CHECK(
      out("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"));
  for (const auto& [id, domain, type] :
       {std::tuple{"name", "node", "string"}, std::tuple{"name_zh", "node", "string"},
        std::tuple{"kind", "node", "string"}, std::tuple{"relation", "edge", "string"},
        std::tuple{"sign", "edge", "int"}, std::tuple{"causal", "edge", "boolean"},
        std::tuple{"qualifiers", "edge", "string"}, std::tuple{"belief", "edge", "double"},
        std::tuple{"support_nats", "edge", "double"},
        std::tuple{"opposition_nats", "edge", "double"},
        std::tuple{"share_unknown", "edge", "double"}}) {
    THAW_CHECK(out(fmt::format("<key id=\"{}\" for=\"{}\" attr.name=\"{}\" attr.type=\"{}\"/>\n",
                               id, domain, id, type)));
  }
  THAW_CHECK(out("<graph id=\"thaw\" edgedefault=\"directed\">\n"));
  for (const auto& c : known.concepts()) {
    THAW_CHECK(
        out(fmt::format("<node id=\"{}\"><data key=\"name\">{}</data><data key=\"name_zh\">"
                        "{}</data><data key=\"kind\">{}</data></node>\n",
                        xml(c.id), xml(c.name.en), xml(c.name.zh), xml(c.kind))));
  }
  for (const Claim& claim : known.claims()) {
    if (!has_own_item(known, claim)) {
      continue;
    }
    const auto weighed = weigher.weigh(claim);
    THAW_CHECK(out(fmt::format(
        "<edge id=\"{}\" source=\"{}\" target=\"{}\"><data key=\"relation\">{}</data>"
        "<data key=\"sign\">{}</data><data key=\"causal\">{}</data><data key=\"qualifiers\">{}"
        "</data><data key=\"belief\">{:.6g}</data><data key=\"support_nats\">{:.6g}</data>"
        "<data key=\"opposition_nats\">{:.6g}</data><data key=\"share_unknown\">{:.6g}</data>"
        "</edge>\n",
        claim.id, xml(claim.subject), xml(claim.object), xml(claim.relation),
        claim.sign == Sign::kRaises ? 1 : -1, claim.causal ? "true" : "false",
        xml(qualifiers_text(claim)), weighed.belief, weighed.support, weighed.opposition,
        weighed.opinion.ignorance)));
  }
  return out("</graph>\n</graphml>\n");
}

}  // namespace thaw::exchange
