#include "reading/find_mentions.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "evidence/abbreviation.h"
#include "evidence/knowledge.h"
#include "reading/tokens.h"
#include "reading/variant_names.h"

namespace thaw::reading {
namespace {

constexpr std::size_t kCandidates = 4;

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

Mention mention_at(std::string_view text, const Span& span) {
  return {.span = span, .surface = std::string(bytes_at(text, span))};
}

void take_grounding(const evidence::Grounding& grounding, Mention& mention) {
  for (const auto& candidate : grounding.candidates) {
    mention.candidates.push_back({candidate.id, candidate.matched, candidate.score});
  }
  mention.ambiguous = grounding.ambiguous;
  if (!grounding.candidates.empty()) {
    mention.kind = grounding.candidates.front().kind;
  }
}

bool is_free(const std::vector<Mention>& mentions, const Span& span) {
  return std::ranges::none_of(mentions, [&](const Mention& m) { return m.span.touches(span); });
}

/// Every other place of an abbreviation that the text defines for a thing already found.
void add_abbreviations(std::string_view text, std::vector<Mention>& mentions) {
  for (const auto& defined : evidence::find_abbreviations(text)) {
    const Span whole{defined.long_begin, defined.long_begin + defined.long_form.size()};
    const auto found = std::ranges::find_if(mentions, [&](const Mention& m) {
      return m.span.touches(whole) && m.span.end == whole.end;
    });
    if (found == mentions.end() || defined.short_form.size() < 2) {
      continue;
    }
    const Mention known = *found;
    for (std::size_t at = text.find(defined.short_form); at != std::string_view::npos;
         at = text.find(defined.short_form, at + 1)) {
      const Span span{at, at + defined.short_form.size()};
      const bool alone = (at == 0 || !is_word_byte(text[at - 1])) &&
                         (span.end == text.size() || !is_word_byte(text[span.end]));
      if (alone && is_free(mentions, span)) {
        Mention again = known;
        again.span = span;
        again.surface = defined.short_form;
        mentions.push_back(std::move(again));
      }
    }
  }
}

}  // namespace

std::vector<Mention> find_mentions(std::string_view text, const evidence::Grounder& grounder) {
  std::vector<Mention> out;
  for (const auto& found : grounder.find_in(text, kCandidates)) {
    Mention mention = mention_at(text, {found.begin, found.end});
    take_grounding(found.grounding, mention);
    out.push_back(std::move(mention));
  }
  add_abbreviations(text, out);
  for (const Span& span : find_variants(text)) {
    if (is_free(out, span)) {
      out.push_back(mention_at(text, span));
      out.back().kind = "sequence_variant";
    }
  }
  for (Mention& mention : out) {
    const auto id = mention.concept_id();
    mention.meaning = id.empty() ? "name:" + fold(mention.surface) : std::string(id);
  }
  std::ranges::sort(out, {}, &Mention::span);
  return out;
}

ThingKind thing_kind(const Mention& mention, const evidence::Knowledge* knowledge) {
  struct Row {
    std::string_view kind;
    ThingKind means;
  };
  constexpr std::array kKinds = {
      Row{"drug", ThingKind::kChemical},     Row{"exposure", ThingKind::kChemical},
      Row{"chemical", ThingKind::kChemical}, Row{"gene", ThingKind::kGene},
      Row{"protein", ThingKind::kGene},      Row{"gene_variant", ThingKind::kGene},
      Row{"transcript", ThingKind::kGene},   Row{"protein_family", ThingKind::kGene},
      Row{"disease", ThingKind::kDisease},   Row{"phenotype", ThingKind::kDisease},
      Row{"pathology", ThingKind::kDisease}, Row{"sequence_variant", ThingKind::kVariant}};
  for (const Row& row : kKinds) {
    if (row.kind == mention.kind) {
      return row.means;
    }
  }
  const auto* meant =
      knowledge == nullptr ? nullptr : knowledge->find_concept(mention.concept_id());
  return meant != nullptr && meant->wanted == "lowers" ? ThingKind::kDisease : ThingKind::kOther;
}

}  // namespace thaw::reading
