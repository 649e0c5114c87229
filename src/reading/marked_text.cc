#include "reading/marked_text.h"

#include <algorithm>

namespace thaw::reading {

ThingKind kind_of_mark(std::string_view type) {
  if (type == "GeneOrGeneProduct" || type == "Gene") {
    return ThingKind::kGene;
  }
  if (type == "DiseaseOrPhenotypicFeature" || type == "Disease") {
    return ThingKind::kDisease;
  }
  if (type == "ChemicalEntity" || type == "Chemical") {
    return ThingKind::kChemical;
  }
  if (type == "SequenceVariant" || type == "Mutation" || type == "Variant") {
    return ThingKind::kVariant;
  }
  return ThingKind::kOther;
}

bool is_signed_relation(std::string_view type) {
  return type == "Positive_Correlation" || type == "Negative_Correlation";
}
bool is_raising_relation(std::string_view type) {
  return type == "Positive_Correlation";
}

MarkedText marked_text(const exchange::MarkedDocument& document) {
  MarkedText out;
  std::vector<Thing> things;
  std::vector<Naming> namings;
  std::map<std::string, std::size_t> at;
  for (const auto& entity : document.entities) {
    for (const std::string& id : entity.ids) {
      const auto [place, is_new] = at.try_emplace(id, things.size());
      if (is_new) {
        things.push_back({id, kind_of_mark(entity.kind)});
      }
      namings.push_back({{entity.begin, entity.end}, place->second});
    }
  }
  for (const auto& relation : document.relations) {
    out.relations[std::minmax(relation.first, relation.second)] = relation.kind;
  }
  const auto& sections = document.document.sections;
  const std::size_t title = sections.size() > 1 ? sections.front().text.size() : 0;
  out.text = annotate(document.document.text(), std::move(things), std::move(namings), title);
  return out;
}

void add_gold(const MarkedText& marked, const std::string& a, const std::string& b,
              JudgedPair& pair) {
  const auto found = marked.relations.find(std::minmax(a, b));
  if (found == marked.relations.end()) {
    return;
  }
  pair.gold_related = true;
  pair.gold_signed = is_signed_relation(found->second);
  pair.gold_raises = is_raising_relation(found->second);
  // The likeliest type: a signed one where that is likelier than not among the related.
  const bool says_signed = pair.probability >= 0.5 * pair.related;
  pair.type_right = says_signed ? pair.gold_signed && pair.gold_raises == pair.says_raises
                                : found->second == "Association";
}

void set_judgement(const PairJudgement& judgement, JudgedPair& pair) {
  pair.says_raises = judgement.raises >= 0.5;
  pair.probability =
      judgement.is_signed * (pair.says_raises ? judgement.raises : 1 - judgement.raises);
  pair.related = judgement.related;
}

std::vector<JudgedPair> relations_missed(
    const MarkedText& marked,
    const std::map<std::pair<std::string, std::string>, std::string>& left, std::size_t document) {
  std::vector<JudgedPair> out;
  for (const auto& [keys, type] : left) {
    JudgedPair missed{.document = document, .probability = -1, .related = -1};
    add_gold(marked, keys.first, keys.second, missed);
    out.push_back(missed);
  }
  return out;
}

std::vector<JudgedPair> judge_marked(const RelationModel& model, const MarkedText& marked,
                                     std::size_t document) {
  std::vector<JudgedPair> out;
  auto left = marked.relations;
  for (const ThingPair& pair : pairs_of(marked.text)) {
    const std::string& a = marked.text.things[pair.a].key;
    const std::string& b = marked.text.things[pair.b].key;
    JudgedPair judged{.document = document};
    set_judgement(model.judge(pair_features(marked.text, pair)), judged);
    add_gold(marked, a, b, judged);
    left.erase(std::minmax(a, b));
    out.push_back(judged);
  }
  const auto missed = relations_missed(marked, left, document);
  out.insert(out.end(), missed.begin(), missed.end());
  return out;
}

}  // namespace thaw::reading
