#include "gaze/wav.h"

#include <gtest/gtest.h>

#include <cmath>

namespace thaw::gaze {
namespace {

std::vector<std::int16_t> tone(std::size_t frames) {
  std::vector<std::int16_t> out(frames);
  for (std::size_t k = 0; k < frames; ++k) {
    out[k] = static_cast<std::int16_t>(k % 2 == 0 ? 16384 : -16384);
  }
  return out;
}

std::string with(std::string bytes, std::size_t at, std::initializer_list<int> values) {
  for (const int value : values) {
    bytes[at++] = static_cast<char>(value);
  }
  return bytes;
}

TEST(Wav, WhatIsWrittenIsReadBack) {
  const std::string bytes = write_wav(tone(22050), 22050);
  const auto wav = read_wav(bytes);
  ASSERT_TRUE(wav) << wav.error().message;
  EXPECT_EQ(wav->bytes, bytes);
  EXPECT_EQ(wav->frames(), 22050U);
  EXPECT_EQ(wav->duration_ms(), 1000);
  const auto steps = loudness(*wav, 10);
  EXPECT_EQ(steps.size(), 101U);  // 22,050 frames in steps of 220
  EXPECT_NEAR(steps.front(), 0.5, 1e-6);
}

TEST(Wav, AnUnknownLengthFromAPipeIsWrittenIn) {
  const std::string right = write_wav(tone(1000), 16000);
  for (const auto& length : {std::initializer_list<int>{0x00, 0xF0, 0xFF, 0x7F},
                             {0xFF, 0xFF, 0xFF, 0xFF},
                             {0, 0, 0, 0}}) {
    const auto wav = read_wav(with(with(right, 4, length), 40, length));
    ASSERT_TRUE(wav) << wav.error().message;
    EXPECT_EQ(wav->bytes, right);
  }
}

TEST(Wav, PartsAfterTheSoundAndHalfFramesAreDropped) {
  const std::string right = write_wav(tone(1000), 16000);
  const auto wav = read_wav(right + "LIST\x04" + std::string("\0\0\0info", 7));
  ASSERT_TRUE(wav);
  EXPECT_EQ(wav->bytes, right);
  const auto half = read_wav(with(right + "x", 40, {0, 0, 0, 0}));
  ASSERT_TRUE(half);
  EXPECT_EQ(half->bytes, right);
}

TEST(Wav, EveryWidthIsHeardAlike) {
  struct Kind {
    int format, bits;
    std::string loud;
  };
  // A sample of a half: 8 bits are unsigned around 128.
  for (const Kind& kind :
       {Kind{1, 8, std::string("\xC0", 1)}, Kind{1, 24, std::string("\0\0\x40", 3)},
        Kind{1, 32, std::string("\0\0\0\x40", 4)}, Kind{3, 32, std::string("\0\0\0\x3F", 4)}}) {
    std::string bytes = write_wav({}, 8000);
    const int size = kind.bits / 8;
    bytes = with(with(with(bytes, 20, {kind.format}), 32, {size}), 34, {kind.bits});
    for (int k = 0; k < 800; ++k) {
      bytes += kind.loud;
    }
    const auto wav = read_wav(bytes);
    ASSERT_TRUE(wav) << kind.bits << ": " << wav.error().message;
    EXPECT_EQ(wav->duration_ms(), 100);
    EXPECT_NEAR(loudness(*wav, 50).back(), 0.5, 1e-6) << kind.bits;
  }
}

TEST(Wav, WhatIsNoneIsRefusedWithItsReason) {
  const std::string right = write_wav(tone(1000), 16000);
  const std::vector<std::pair<std::string, std::string>> kBad = {
      {"", "does not begin"},
      {"<html>no</html>", "does not begin"},
      {right.substr(0, 12), "no format"},
      {right.substr(0, 36), "no sound part"},
      {right.substr(0, 44), "cut short"},
      {right.substr(0, 400), "cut short"},
      {write_wav({}, 16000), "no sound in it"},
      {with(right, 20, {7}), "format 7"},
      {with(right, 34, {12}), "12 bits"},
      {with(right, 22, {0}), "0 channels"},
      {with(right, 22, {6}), "6 channels"},
      {with(right, 24, {1, 0, 0, 0}), "1 samples a second"},
      {with(right, 32, {3}), "frames"},
      {with(right, 16, {0xFF, 0xFF, 0, 0}), "cut short"},
      {"RIFF\x10" + std::string("\0\0\0WAVEdata\4\0\0\0abcd", 19), "before its format"}};
  for (const auto& [bytes, reason] : kBad) {
    const auto wav = read_wav(bytes);
    ASSERT_FALSE(wav) << reason;
    EXPECT_EQ(wav.error().code, ErrorCode::kCorrupt);
    EXPECT_NE(wav.error().message.find(reason), std::string::npos) << wav.error().message;
  }
}

}  // namespace
}  // namespace thaw::gaze
