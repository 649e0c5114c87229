// Any bytes as the sound of a voice: refused, or a WAV of whole frames with right lengths that
// reads back the same; and as a command line, cut into arguments or refused.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "gaze/command_line.h"
#include "gaze/wav.h"

namespace {

void hold(bool law) {
  if (!law) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  // As it came, and behind a right header, so that the walk over its parts is reached too.
  for (const std::string& file : {bytes, "RIFF\xFF\xFF\xFF\xFFWAVE" + bytes}) {
    const auto wav = thaw::gaze::read_wav(file);
    if (!wav) {
      hold(wav.error().code == thaw::ErrorCode::kCorrupt);
      continue;
    }
    hold(wav->frames() > 0 && wav->bytes.size() <= file.size());
    for (const float step : thaw::gaze::loudness(*wav, 5)) {
      hold(step >= 0 && step <= 1.001F);
    }
    const auto again = thaw::gaze::read_wav(wav->bytes);
    hold(again && again->bytes == wav->bytes && again->frames() == wav->frames());
  }
  if (const auto parts = thaw::gaze::split_command(bytes)) {
    hold(!parts->empty() && !parts->front().empty());
  }
  return 0;
}
