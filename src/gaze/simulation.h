// A simulated user who writes sentences by selections: counts them without a person.
//
// The rule, the same for every word: if an offer goes on with the text, take the longest that does;
// else, with no letters typed and a mark next, select the mark; else type the next letter of the
// word; else turn to the next page of offers. The letters of a Chinese word of n characters are the
// first letters of the first n-1 syllables and then the whole last syllable; of an English word,
// its letters, then the space unless a mark follows. Words of a Chinese text are those of
// TextEngine::words_of. Method: docs/methods/gaze_text.md. Check: the 1/(1-2p) law of errors, and
// laws in simulation_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/random.h"
#include "gaze/sentence_file.h"
#include "gaze/text_engine.h"

namespace thaw::gaze {

enum class Learning {
  kOff,     // nothing is learned
  kSaid,    // every sentence of the file was said once before
  kAsYouGo  // each sentence is learned after it is written, none before
};

struct SimulationOptions {
  std::size_t offers = 6;
  Learning learning = Learning::kOff;
  double error = 0;  // chance that a selection misses; below 0.5
  std::uint64_t seed = 1;
};

struct SimulationCounts {
  std::size_t sentences = 0;
  std::size_t characters = 0;            // with punctuation; English with spaces
  std::size_t words = 0;                 // English: spaces and sentence ends
  std::size_t keys = 0;                  // letters, marks, spaces, pages
  std::size_t pages = 0;                 // of `keys`, turned pages
  std::size_t picks = 0;                 // offers taken
  std::size_t wrong = 0;                 // selections lost to errors: misses, undos, retries
  std::size_t by_offer = 0;              // characters that came with offers
  std::size_t steps = 0;                 // times a list was looked at
  std::size_t shown = 0;                 // times it held a right offer
  std::vector<std::string> unreachable;  // characters that no page offered
  std::vector<double> milliseconds;      // CPU time of each suggestion

  std::size_t selections() const { return keys + picks + wrong; }
};

/// Writes the sentences of `language` in order. `engine` is learned from as the options say, and
/// left with the history that it had before only when learning is off. Deterministic but for times.
SimulationCounts simulate(TextEngine& engine, const std::vector<BenchSentence>& sentences,
                          Language language, const SimulationOptions& options);

/// Selections lost before one right selection is made: misses, their undos and the retries, drawn.
std::size_t lost_selections(double error, Random& random);

/// How many selections one right selection costs when each misses with chance `error` and a miss
/// costs an undo and a retry that can miss too.
double expected_growth(double error);

}  // namespace thaw::gaze
