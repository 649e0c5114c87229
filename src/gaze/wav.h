// WAV files of a voice: read strictly, put right where they came through a pipe, measured.
//
// Taken: RIFF WAVE, PCM of 8, 16, 24 or 32 bits or IEEE float of 32, one or two channels, 8 to 192
// kHz. A program that writes to a pipe cannot know the length when it writes the header; such a
// file (length 0, or over 2 GB as espeak-ng and sox write it) is taken to its end and its lengths
// are written in. Any other length that the bytes do not have is an error. Format: Microsoft's RIFF
// specification (1991) and WAVEFORMATEXTENSIBLE. Checked by wav_test.cc and wav_fuzz.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace thaw::gaze {

struct Wav {
  std::string bytes;  // the whole file, its lengths right, nothing after the sound
  unsigned channels = 1;
  unsigned frames_per_second = 22050;
  unsigned bits = 16;
  bool floating = false;
  std::size_t sound_at = 0;  // where the samples begin in `bytes`

  std::size_t frames() const;
  int duration_ms() const;
};

/// kCorrupt, saying what is wrong: no WAV, another format, cut short, or no sound in it.
Result<Wav> read_wav(std::string bytes);

/// Mean absolute amplitude (0 to 1) of every `step_ms` of the first channel; the last step may be
/// short. NaN samples count as silence.
std::vector<float> loudness(const Wav& wav, unsigned step_ms);

/// A WAV of 16 bits, one channel.
std::string write_wav(const std::vector<std::int16_t>& samples, unsigned frames_per_second);

}  // namespace thaw::gaze
