// A text cut into sentences and units, with the things that are named in it: what pair features
// are read from.
//
// A unit is a word or a whole mention; a mention inside another belongs to the outer one's unit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reading/cue_words.h"
#include "reading/reading.h"
#include "reading/tokens.h"

namespace thaw::reading {

/// The coarse kinds that the relation model tells apart.
enum class ThingKind : std::uint8_t { kVariant, kChemical, kGene, kDisease, kOther };

struct Thing {
  std::string key;  // one a document: its identifier, or its folded name
  ThingKind kind = ThingKind::kOther;
};

/// Where thing `thing` (index into the list of things) is named.
struct Naming {
  Span span;
  std::size_t thing = 0;
};

struct Unit {
  Span span;
  std::string lower, stem;             // of a word; of a mention, its last word
  CueSet cues = 0;                     // of a word; 0 for a mention
  std::vector<std::size_t> things;     // named here; empty: a word
  ThingKind kind = ThingKind::kOther;  // of a mention
};

struct UnitSentence {
  Span span;
  std::vector<Unit> units;
};

/// A place of a thing: units[unit] of sentences[sentence].
struct Place {
  std::size_t sentence = 0, unit = 0;
};

struct AnnotatedText {
  std::string text;
  std::vector<UnitSentence> sentences;
  std::vector<Thing> things;
  std::vector<std::vector<Place>> places;  // by thing, in order of place
  std::size_t title_sentences = 1;         // how many sentences from the start are the title's
};

/// Joins them. Namings outside the text or of an unknown thing are left out; a naming that crosses
/// a sentence's end joins the two sentences. `title_end`: bytes of the title, 0 for none.
AnnotatedText annotate(std::string text, std::vector<Thing> things, std::vector<Naming> namings,
                       std::size_t title_end);

}  // namespace thaw::reading
