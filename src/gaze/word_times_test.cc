#include "gaze/word_times.h"

#include <gtest/gtest.h>

#include <cmath>

namespace thaw::gaze {
namespace {

constexpr unsigned kRate = 8000;

/// A sound of parts, each of so many ms: loud, or silent where `silent` says so.
Wav sound_of(const std::vector<std::pair<int, bool>>& parts) {
  std::vector<std::int16_t> samples;
  for (const auto& [ms, loud] : parts) {
    for (int k = 0; k < ms * 8; ++k) {
      samples.push_back(static_cast<std::int16_t>(loud ? 8000 * std::sin(k * 0.7) : 0));
    }
  }
  return *read_wav(write_wav(samples, kRate));
}

std::vector<Piece> pieces_of(const std::vector<unsigned>& syllables, std::size_t pause_after = 99) {
  std::vector<Piece> out;
  for (const unsigned n : syllables) {
    Piece piece;
    piece.word = out.size();
    piece.text = "x";
    piece.syllables = n;
    piece.pause = out.size() == pause_after ? ',' : '\0';
    out.push_back(piece);
  }
  return out;
}

TEST(WordTimes, ASilencedTwinShowsWhereWordsBeginAndEnd) {
  const Wav sound =
      sound_of({{40, false}, {200, true}, {300, true}, {150, true}, {400, true}, {100, false}});
  const Wav twin =
      sound_of({{40, false}, {200, true}, {300, false}, {150, true}, {400, false}, {100, false}});
  const auto times = measured_times(sound, twin, pieces_of({1, 1, 1, 1}));
  ASSERT_TRUE(times);
  ASSERT_EQ(times->size(), 4U);
  const std::vector<int> starts{40, 240, 540, 690};
  for (std::size_t k = 0; k < 4; ++k) {
    EXPECT_NEAR((*times)[k].start_ms, starts[k], 15) << k;
  }
  EXPECT_NEAR(times->back().end_ms, 1090, 15);
}

TEST(WordTimes, ATwinThatLagsAtEachChangeIsStillRead) {
  const Wav sound =
      sound_of({{200, true}, {300, true}, {200, true}, {300, true}, {200, true}, {100, false}});
  const Wav twin = sound_of({{200, true},
                             {10, false},
                             {300, false},
                             {10, false},
                             {200, true},
                             {10, false},
                             {300, false},
                             {10, false},
                             {200, true},
                             {100, false}});
  const auto times = measured_times(sound, twin, pieces_of({1, 1, 1, 1, 1}));
  ASSERT_TRUE(times);
  const std::vector<int> starts{0, 200, 500, 700, 1000};
  for (std::size_t k = 0; k < 5; ++k) {
    EXPECT_NEAR((*times)[k].start_ms, starts[k], 20) << k;
  }
}

TEST(WordTimes, APauseBelongsToNoWord) {
  const Wav sound = sound_of({{200, true}, {250, false}, {300, true}});
  const Wav twin = sound_of({{200, true}, {250, false}, {300, false}});
  const auto times = measured_times(sound, twin, pieces_of({1, 1}, 0));
  ASSERT_TRUE(times);
  EXPECT_NEAR((*times)[0].end_ms, 200, 15);
  EXPECT_NEAR((*times)[1].start_ms, 450, 15);
}

TEST(WordTimes, WordsSaidAsOneShareTheirSound) {
  // The second and third are said with the first's loudness: "of the bed" with a silent "of the".
  const Wav sound = sound_of({{200, true}, {600, true}, {200, true}});
  const Wav twin = sound_of({{200, true}, {600, false}, {200, true}});
  const auto times = measured_times(sound, twin, pieces_of({1, 1, 1, 1, 1}));
  ASSERT_TRUE(times);
  ASSERT_EQ(times->size(), 5U);
  EXPECT_NEAR((*times)[4].start_ms, 800, 20);
  EXPECT_GT((*times)[2].end_ms, (*times)[2].start_ms + 50);
}

TEST(WordTimes, ATwinOfAnotherSoundIsNotBelieved) {
  const Wav sound = sound_of({{200, true}, {300, true}, {200, true}});
  EXPECT_FALSE(measured_times(sound, sound, pieces_of({1, 1, 1})));
  EXPECT_FALSE(measured_times(sound, sound_of({{700, false}}), pieces_of({1, 1, 1})));
  EXPECT_FALSE(measured_times(sound, sound, {}));
}

TEST(WordTimes, EstimatesShareTheSoundBySyllablesAndPauses) {
  const Wav sound = sound_of({{100, false}, {430 + 100, true}, {200, false}});
  const auto times = estimated_times(sound, pieces_of({1, 2, 1}, 1));
  ASSERT_EQ(times.size(), 3U);
  EXPECT_NEAR(times[0].start_ms, 100, 6);
  EXPECT_NEAR(times[0].end_ms, 200, 6);
  EXPECT_NEAR(times[1].end_ms, 400, 6);
  EXPECT_NEAR(times[2].start_ms, 530, 6);
  EXPECT_NEAR(times[2].end_ms, 630, 6);
}

TEST(WordTimes, SilenceHasTimesOfNoLength) {
  const auto times = estimated_times(sound_of({{300, false}}), pieces_of({1, 1}));
  ASSERT_EQ(times.size(), 2U);
  EXPECT_LE(times[1].end_ms, 300);
}

TEST(WordTimes, PiecesOfOneWordAreOneEntry) {
  std::vector<Piece> pieces = pieces_of({1, 1, 1});
  pieces[1].word = 0;
  const auto times = estimated_times(sound_of({{300, true}}), pieces);
  ASSERT_EQ(times.size(), 2U);
  EXPECT_NEAR(times[0].end_ms, 200, 6);
  EXPECT_EQ(times[1].word, 2U);
}

}  // namespace
}  // namespace thaw::gaze
