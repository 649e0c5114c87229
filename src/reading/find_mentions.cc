#include "reading/find_mentions.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "evidence/abbreviation.h"
#include "evidence/knowledge.h"
#include "reading/name_patterns.h"
#include "reading/tokens.h"
#include "reading/variant_names.h"

namespace thaw::reading {
namespace {

constexpr std::size_t kCandidates = 4;
constexpr std::size_t kMostAbbreviations = 200;  // of one text that are followed

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

/// Which bytes of a text a mention already has.
class Taken {
 public:
  explicit Taken(std::size_t size) : bytes_(size, false) {}
  bool is_free(const Span& span) const {
    for (std::size_t at = span.begin; at < span.end; ++at) {
      if (bytes_[at]) {
        return false;
      }
    }
    return true;
  }
  void take(const Span& span) {
    std::fill(bytes_.begin() + static_cast<std::ptrdiff_t>(span.begin),
              bytes_.begin() + static_cast<std::ptrdiff_t>(span.end), true);
  }

 private:
  std::vector<bool> bytes_;
};

/// One key for all mentions of one thing: its concept, or its folded name.
void give_meanings(std::vector<Mention>& mentions) {
  for (Mention& mention : mentions) {
    if (mention.meaning.empty()) {
      const auto id = mention.concept_id();
      mention.meaning = id.empty() ? "name:" + fold(mention.surface) : std::string(id);
    }
  }
}

/// Every other place of an abbreviation that the text defines for a thing already found.
void add_abbreviations(std::string_view text, Taken& taken, std::vector<Mention>& mentions) {
  std::size_t followed = 0;
  for (const auto& defined : evidence::find_abbreviations(text)) {
    const Span whole{defined.long_begin, defined.long_begin + defined.long_form.size()};
    const auto found = std::ranges::find_if(mentions, [&](const Mention& m) {
      return m.span.touches(whole) && m.span.end == whole.end;
    });
    if (found == mentions.end() || defined.short_form.size() < 2) {
      continue;
    }
    if (++followed > kMostAbbreviations) {
      return;
    }
    const Mention known = *found;
    for (std::size_t at = text.find(defined.short_form); at != std::string_view::npos;
         at = text.find(defined.short_form, at + 1)) {
      const Span span{at, at + defined.short_form.size()};
      const bool alone = (at == 0 || !is_word_byte(text[at - 1])) &&
                         (span.end == text.size() || !is_word_byte(text[span.end]));
      if (alone && taken.is_free(span)) {
        taken.take(span);
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
  Taken taken(text.size());
  for (const auto& found : grounder.find_in(text, kCandidates)) {
    Mention mention = mention_at(text, {found.begin, found.end});
    take_grounding(found.grounding, mention);
    taken.take(mention.span);
    out.push_back(std::move(mention));
  }
  for (const Span& span : find_variants(text)) {
    if (taken.is_free(span)) {
      taken.take(span);
      out.push_back(mention_at(text, span));
      out.back().kind = "sequence_variant";
    }
  }
  give_meanings(out);
  add_abbreviations(text, taken, out);
  // A symbol that the text defines is no gene: other patterns and their short forms come first.
  const auto patterns = find_pattern_names(text);
  for (const bool genes : {false, true}) {
    for (const PatternName& name : patterns) {
      if ((name.kind == "gene") == genes && taken.is_free(name.span)) {
        taken.take(name.span);
        out.push_back(mention_at(text, name.span));
        out.back().kind = std::string(name.kind);
      }
    }
    give_meanings(out);
    add_abbreviations(text, taken, out);
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
