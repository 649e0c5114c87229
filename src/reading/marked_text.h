// A document with people's marks (BioRED) as the relation model sees it, with what is right.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "exchange/pubtator.h"
#include "reading/annotated_text.h"
#include "reading/relation_model.h"
#include "reading/relation_scores.h"

namespace thaw::reading {

struct MarkedText {
  AnnotatedText text;
  // Types of relation by the two keys in order of bytes; a pair has one.
  std::map<std::pair<std::string, std::string>, std::string> relations;
};

/// The coarse kind of an entity type of PubTator files; kOther when the model knows none.
ThingKind kind_of_mark(std::string_view type);

/// The marked document, things keyed by their identifiers.
MarkedText marked_text(const exchange::MarkedDocument& document);

/// Fills in what the corpus says of the pair `a`, `b` (keys).
void add_gold(const MarkedText& marked, const std::string& a, const std::string& b,
              JudgedPair& pair);

/// Whether a type of relation has a sign, and whether it raises.
bool is_signed_relation(std::string_view type);
bool is_raising_relation(std::string_view type);

/// Every pair of the text with its judgement and what is right; and every signed or other relation
/// of the corpus that no pair stands for, as one never asserted. `document` numbers it.
std::vector<JudgedPair> judge_marked(const RelationModel& model, const MarkedText& marked,
                                     std::size_t document);

/// Relations of `marked` that none of `pairs` of this document stands for, as never asserted.
std::vector<JudgedPair> relations_missed(
    const MarkedText& marked,
    const std::map<std::pair<std::string, std::string>, std::string>& left, std::size_t document);

/// The judgement as one probability: a signed relation with the likelier sign.
void set_judgement(const PairJudgement& judgement, JudgedPair& pair);

}  // namespace thaw::reading
