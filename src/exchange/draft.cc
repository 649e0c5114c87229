#include "exchange/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "base/text.h"
#include "evidence/curie.h"
#include "evidence/records_json.h"

namespace thaw::exchange {
namespace {

using evidence::Source;

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c != '"' && c != '<'; });
}

Source paper(std::string_view pmid) {
  Source s;
  s.id = fmt::format("PMID:{}", pmid);
  s.citation = s.id;
  s.url = fmt::format("https://pubmed.ncbi.nlm.nih.gov/{}/", pmid);
  return s;
}

/// "/8302340/" at the end of a PubMed address -> the number.
std::string_view last_part(std::string_view url) {
  while (url.ends_with('/')) {
    url.remove_suffix(1);
  }
  return url.substr(url.find_last_of('/') + 1);
}

Result<Source> source_of_address(std::string_view url) {
  const bool pubmed = url.find("pubmed.ncbi.nlm.nih.gov/") != std::string_view::npos ||
                      url.find("ncbi.nlm.nih.gov/pubmed/") != std::string_view::npos;
  if (pubmed && is_pmid(last_part(url))) {
    return paper(last_part(url));
  }
  const auto doi = url.find("doi.org/");
  if (doi != std::string_view::npos && url.substr(doi + 8).starts_with("10.")) {
    return source_of(fmt::format("doi:{}", url.substr(doi + 8)));
  }
  Source s;
  s.id = std::string(url);
  s.citation = s.id;
  s.url = url.starts_with("https://") ? s.id : fmt::format("https{}", url.substr(4));
  return s;
}

struct Word {
  std::string_view predicate;
  RelationMeaning meaning;
};

// Sorted by predicate. A sign of 0: the relation says nothing of raising or lowering.
constexpr std::array<Word, 126> kWords = {{
    {"accelerates", {"accelerates", 1, true}},
    {"activates", {"activates", 1, true}},
    {"actively involved in", {"takes_part_in", 0, false}},
    {"affected by", {"affects", 0, false, true}},
    {"affected in", {"affected_in", 0, false}},
    {"affects", {"affects", 0, false}},
    {"affects risk for", {"affects_risk_for", 0, false}},
    {"ameliorates", {"ameliorates", -1, true}},
    {"ameliorates condition", {"ameliorates", -1, true}},
    {"associated with", {"associated_with", 0, false}},
    {"association", {"associated_with", 0, false}},
    {"binds", {"binds", 0, false}},
    {"biomarker for", {"biomarker_for", 0, false}},
    {"capable of", {"capable_of", 0, false}},
    {"caused by", {"causes", 1, true, true}},
    {"causes", {"causes", 1, true}},
    {"causes no change", {"has_no_effect_on", 1, true}},
    {"chemically similar to", {"similar_to", 0, false}},
    {"coexists with", {"coexists_with", 0, false}},
    {"contraindicated for", {"contraindicated_for", 0, false}},
    {"contraindicated in", {"contraindicated_for", 0, false}},
    {"contributes to", {"contributes_to", 1, true}},
    {"correlated with", {"correlated_with", 0, false}},
    {"correlation", {"correlated_with", 0, false}},
    {"decreases", {"decreases", -1, true}},
    {"decreases abundance of", {"decreases_amount", -1, true}},
    {"decreases activity of", {"inhibits", -1, true}},
    {"decreases degradation of", {"decreases_degradation", 1, true}},
    {"decreases expression of", {"decreases_amount", -1, true}},
    {"decreases response to", {"decreases_response", -1, true}},
    {"decreases risk", {"decreases_risk", -1, true}},
    {"decreases stability of", {"decreases_stability", -1, true}},
    {"decreases synthesis of", {"decreases_amount", -1, true}},
    {"decreases transport of", {"decreases_transport", -1, true}},
    {"delays", {"slows", -1, true}},
    {"derives from", {"derives_from", 0, false}},
    {"derives into", {"derives_into", 0, false}},
    {"directly decreases", {"decreases", -1, true}},
    {"directly increases", {"increases", 1, true}},
    {"directly interacts with", {"binds", 0, false}},
    {"directly physically interacts with", {"binds", 0, false}},
    {"directly regulates", {"regulates", 0, false}},
    {"disrupted by", {"disrupts", -1, true, true}},
    {"disrupts", {"disrupts", -1, true}},
    {"down regulates", {"decreases", -1, true}},
    {"enables", {"enables", 0, false}},
    {"exacerbates", {"exacerbates", 1, true}},
    {"exacerbates condition", {"exacerbates", 1, true}},
    {"expressed in", {"expressed_in", 0, false}},
    {"expresses", {"expressed_in", 0, false, true}},
    {"extends", {"extends", 1, true}},
    {"gene associated with condition", {"associated_with", 0, false}},
    {"genetically associated with", {"associated_with", 0, false}},
    {"has active ingredient", {"has_active_ingredient", 0, false}},
    {"has metabolite", {"has_metabolite", 0, false}},
    {"has no effect on", {"has_no_effect_on", 1, true}},
    {"has output", {"produces", 1, true}},
    {"has part", {"has_part", 0, false}},
    {"has participant", {"has_participant", 0, false}},
    {"has pathology", {"has_pathology", 0, false}},
    {"has phenotype", {"has_phenotype", 0, false}},
    {"impairs", {"impairs", -1, true}},
    {"improves", {"improves", 1, true}},
    {"in complex with", {"binds", 0, false}},
    {"in taxon", {"in_taxon", 0, false}},
    {"increases", {"increases", 1, true}},
    {"increases abundance of", {"increases_amount", 1, true}},
    {"increases activity of", {"activates", 1, true}},
    {"increases degradation of", {"increases_degradation", -1, true}},
    {"increases expression of", {"increases_amount", 1, true}},
    {"increases response to", {"increases_response", 1, true}},
    {"increases risk", {"increases_risk", 1, true}},
    {"increases stability of", {"increases_stability", 1, true}},
    {"increases synthesis of", {"increases_amount", 1, true}},
    {"increases transport of", {"increases_transport", 1, true}},
    {"inhibits", {"inhibits", -1, true}},
    {"interacts with", {"binds", 0, false}},
    {"located in", {"located_in", 0, false}},
    {"location of", {"located_in", 0, false, true}},
    {"manifestation of", {"manifestation_of", 0, false}},
    {"modulates", {"modulates", 0, false}},
    {"molecularly interacts with", {"binds", 0, false}},
    {"negative correlation", {"negatively_correlated_with", -1, false}},
    {"negatively associated with", {"negatively_correlated_with", -1, false}},
    {"negatively correlated with", {"negatively_correlated_with", -1, false}},
    {"negatively regulates", {"inhibits", -1, true}},
    {"no correlation", {"correlated_with", 1, false}},
    {"occurs in", {"occurs_in", 0, false}},
    {"orthologous", {"orthologous_to", 0, false}},
    {"part of", {"part_of", 0, false}},
    {"participates in", {"takes_part_in", 0, false}},
    {"phenotype of", {"has_phenotype", 0, false, true}},
    {"physically interacts with", {"binds", 0, false}},
    {"positive correlation", {"positively_correlated_with", 1, false}},
    {"positively associated with", {"positively_correlated_with", 1, false}},
    {"positively correlated with", {"positively_correlated_with", 1, false}},
    {"positively regulates", {"activates", 1, true}},
    {"precedes", {"precedes", 0, false}},
    {"predicts", {"predicts", 0, false}},
    {"predisposes", {"increases_risk", 1, true}},
    {"predisposes to condition", {"increases_risk", 1, true}},
    {"preventative for condition", {"protects_against", -1, true}},
    {"prevents", {"protects_against", -1, true}},
    {"produced by", {"produces", 1, true, true}},
    {"produces", {"produces", 1, true}},
    {"prognostic biomarker for", {"biomarker_for", 0, false}},
    {"protects against", {"protects_against", -1, true}},
    {"rate limiting step of", {"rate_limiting_step_of", 1, true}},
    {"reduces", {"decreases", -1, true}},
    {"regulates", {"regulates", 0, false}},
    {"related to", {"associated_with", 0, false}},
    {"shortens", {"shortens", -1, true}},
    {"similar to", {"similar_to", 0, false}},
    {"slows", {"slows", -1, true}},
    {"stimulates", {"activates", 1, true}},
    {"sub process of", {"part_of", 0, false}},
    {"subclass of", {"is_a", 0, false}},
    {"superclass of", {"is_a", 0, false, true}},
    {"suppresses", {"inhibits", -1, true}},
    {"target for", {"target_for", 0, false}},
    {"treats", {"treats", -1, true}},
    {"treats or applied or studied to treat", {"studied_for", 0, false}},
    {"up regulates", {"increases", 1, true}},
    {"upregulates", {"increases", 1, true}},
    {"worsens", {"worsens", 1, true}},
    {"yields", {"produces", 1, true}},
}};

/// "positively_regulates", "biolink:positivelyRegulates" -> "positively regulates".
std::string spaced(std::string_view predicate) {
  if (predicate.starts_with("biolink:")) {
    predicate.remove_prefix(8);
  }
  std::string out;
  for (std::size_t i = 0; i < predicate.size(); ++i) {
    const char c = predicate[i];
    const bool upper = c >= 'A' && c <= 'Z';
    const bool after_lower = i > 0 && predicate[i - 1] >= 'a' && predicate[i - 1] <= 'z';
    if (upper && after_lower) {
      out += ' ';
    }
    out += c;
  }
  return fold(out);
}

}  // namespace

bool is_pmid(std::string_view text) {
  return all_digits(text) && text.size() <= 8 && text.find_first_not_of('0') == 0;
}

Result<Source> source_of(std::string_view citation) {
  const std::string_view text = trim(citation);
  if (text.starts_with("https://") || text.starts_with("http://")) {
    if (!is_plain(text)) {
      return invalid_argument(fmt::format("'{}' is no address of a source", text.substr(0, 200)));
    }
    return source_of_address(text);
  }
  const std::string id = evidence::normal_curie(text);
  const std::string_view name = evidence::namespace_of(id);
  const std::string_view accession =
      name.empty() ? id : std::string_view(id).substr(name.size() + 1);
  if (name == "PMID" && !is_pmid(accession)) {
    return invalid_argument(fmt::format("'{}' is no PubMed number", text.substr(0, 200)));
  }
  if (name == "PMID") {
    return paper(accession);
  }
  Source s;
  s.id = id;
  s.citation = id;
  if (name == "doi") {
    s.url = fmt::format("https://doi.org/{}", accession);
  } else if (name == "PMC") {
    s.url = fmt::format("https://www.ncbi.nlm.nih.gov/pmc/articles/{}/", accession);
  } else if (id.starts_with("PMC") && all_digits(std::string_view(id).substr(3))) {
    s.url = fmt::format("https://www.ncbi.nlm.nih.gov/pmc/articles/{}/", id);
  } else if (id.starts_with("NCT") && id.size() == 11 && all_digits(id.substr(3))) {
    s.url = fmt::format("https://clinicaltrials.gov/study/{}", id);
  } else if (name.empty() || accession.empty()) {
    return invalid_argument(fmt::format("'{}' names no source", text.substr(0, 200)));
  }
  if (!is_plain(s.url)) {
    s.url.clear();
  }
  return s;
}

std::string content_id(std::string_view prefix, std::initializer_list<std::string_view> parts) {
  std::string all;
  for (const auto& part : parts) {
    all += fmt::format("{}:", part.size());
    all += part;
  }
  return fmt::format("{}:{}", prefix, sha256_hex(all).substr(0, 16));
}

evidence::Concept mention_of(std::string_view id, std::string_view name, std::string_view kind,
                             std::vector<std::string> xrefs) {
  evidence::Concept c;
  c.id = evidence::normal_curie(id);
  if (c.id.empty()) {
    c.id = fmt::format("name:{}", fold(name));
  }
  c.name.en = trim(name).empty() ? c.id : std::string(trim(name));
  c.name.zh = c.name.en;
  c.kind = kind.empty() ? "entity" : std::string(kind);
  for (auto& xref : xrefs) {
    xref = evidence::normal_curie(xref);
  }
  std::ranges::sort(xrefs);
  xrefs.erase(std::unique(xrefs.begin(), xrefs.end()), xrefs.end());
  std::erase_if(xrefs, [&](const std::string& xref) { return xref.empty() || xref == c.id; });
  c.xrefs = std::move(xrefs);
  return c;
}

std::optional<RelationMeaning> meaning_of(std::string_view predicate) {
  const std::string key = spaced(predicate);
  const auto* found = std::ranges::lower_bound(kWords, std::string_view(key), {}, &Word::predicate);
  if (found == kWords.end() || found->predicate != key) {
    return std::nullopt;
  }
  return found->meaning;
}

void apply(const RelationMeaning& meaning, evidence::Item& item) {
  item.relation = meaning.word;
  item.causal = meaning.causal && meaning.sign != 0;
  item.sign = meaning.sign < 0 ? evidence::Sign::kLowers : evidence::Sign::kRaises;
  if (meaning.from_object) {
    std::swap(item.subject, item.object);
  }
}

std::string study_kind_of(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 20> kKinds = {
      {{"animal model", "animal"},
       {"background", "review"},
       {"computational", "omics"},
       {"curated mechanism", "review"},
       {"human clinical", "adjusted_cohort"},
       {"human genetic", "rare_variant_or_gwas"},
       {"human molecular", "human_pathology"},
       {"human observational", "adjusted_cohort"},
       {"in vitro", "in_vitro"},
       {"meta analysis", "adjusted_cohort"},
       {"meta analysis of rcts", "meta_analysis_rct"},
       {"model organism", "animal"},
       {"open label", "open_label"},
       {"other", "review"},
       {"patient cells", "patient_cells"},
       {"post hoc", "subgroup_analysis"},
       {"randomised trial", "rct"},
       {"randomized trial", "rct"},
       {"registry", "registry_analysis"},
       {"text mining", "text_mined"}}};
  const std::string key = fold(name);
  std::string joined = key;
  std::ranges::replace(joined, ' ', '_');
  if (evidence::is_study_kind(joined)) {
    return joined;
  }
  const auto* found = std::ranges::find(kKinds, key, [](const auto& p) { return p.first; });
  return found == kKinds.end() ? std::string() : std::string(found->second);
}

}  // namespace thaw::exchange
