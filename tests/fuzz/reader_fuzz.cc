// Any bytes as a paper: refused, or read with every span verbatim. `make fuzz F=reader_fuzz`
#include <cstdlib>
#include <string>

#include "reading/annotated_text.h"
#include "reading/name_patterns.h"
#include "reading/pair_features.h"
#include "reading/reading.h"
#include "reading/sentence_rules.h"
#include "reading/study_facts.h"
#include "reading/variant_names.h"

namespace {

using namespace thaw::reading;

/// A span must lie in the text; the first bytes of the input choose what is called a thing.
void must_lie_in(const Span& span, std::string_view text) {
  if (span.begin > span.end || span.end > text.size()) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  std::vector<Thing> things;
  std::vector<Naming> namings;
  for (const auto& name : find_pattern_names(text)) {
    must_lie_in(name.span, text);
    if (things.size() < 12) {
      namings.push_back({name.span, things.size()});
      things.push_back({std::to_string(things.size()), static_cast<ThingKind>(things.size() % 5)});
    }
  }
  for (const Span& span : find_variants(text)) {
    must_lie_in(span, text);
  }
  for (std::size_t at = 0; at + 8 < size && things.size() < 16; at += 13) {
    namings.push_back({{at, at + bytes[at] % 8U + 1U}, things.size()});
    things.push_back({"b" + std::to_string(at), static_cast<ThingKind>(bytes[at] % 5U)});
  }
  const auto annotated = annotate(text, std::move(things), std::move(namings), size / 4);
  for (const UnitSentence& sentence : annotated.sentences) {
    must_lie_in(sentence.span, text);
    (void)sentence_claims(sentence);
    if (const auto effect = find_effect(text, sentence.span)) {
      must_lie_in(effect->span, text);
    }
    if (const auto n = find_n(text, sentence.span)) {
      must_lie_in(n->span, text);
    }
    (void)find_organism(text, sentence.span);
  }
  for (const ThingPair& pair : pairs_of(annotated)) {
    for (const std::uint32_t feature : pair_features(annotated, pair).sparse) {
      if (feature >= kSparseSpace) {
        std::abort();
      }
    }
  }
  return 0;
}
