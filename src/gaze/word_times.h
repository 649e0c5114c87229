// When each word of a sentence sounds, found without a speech engine's own events.
//
// Measured: the sentence is made twice, the second time with every second piece silenced. Where the
// first sounds and the second is silent is an odd piece, where both sound an even one; the
// boundaries that fit best are found by dynamic programming, over steps of 5 ms. Estimated, where
// there is no silenced twin: pieces share the sounding time by their syllables. Own method; the
// error against libespeak-ng's word events: docs/methods/voice.md.
#pragma once

#include <optional>
#include <vector>

#include "gaze/spoken_text.h"
#include "gaze/voice.h"
#include "gaze/wav.h"

namespace thaw::gaze {

/// Times of `pieces` in `sound` by its `twin`, whose odd pieces are silent. Nothing where the two
/// do not fit each other. Cost: pieces times steps; 1 ms for 3 s of speech.
std::optional<std::vector<WordTime>> measured_times(const Wav& sound, const Wav& twin,
                                                    const std::vector<Piece>& pieces);

/// Times of `pieces` laid out over the sounding part of `sound` by syllables and pauses.
std::vector<WordTime> estimated_times(const Wav& sound, const std::vector<Piece>& pieces);

}  // namespace thaw::gaze
