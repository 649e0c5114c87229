// What the words around a name say about the kind of thing that it names.
//
// A small fixed lexicon in English and Chinese: "patients with X", "X gene", "X mg daily". A cue
// counts more the nearer it stands. Checked by evidence/grounding_test.cc.
#pragma once

#include <array>
#include <string_view>

namespace thaw::evidence {

enum class KindFamily { kDisease, kGene, kDrug, kProcess, kPlace, kMeasure, kOther };

/// The family of a concept's kind (docs/formats/api.md); kOther for one that has no cues.
KindFamily family_of_kind(std::string_view kind);

/// For each family how strongly the words around [begin, end) of `context` speak for it, 0..1.
std::array<double, 7> kind_votes(std::string_view context, std::size_t begin, std::size_t end);

}  // namespace thaw::evidence
