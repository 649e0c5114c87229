#include "gaze/espeak_voice.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>

#include "base/text.h"
#include "gaze/child_process.h"
#include "gaze/spoken_text.h"
#include "gaze/wav.h"
#include "gaze/word_times.h"

namespace thaw::gaze {
namespace {

constexpr double kWordsPerMinute = 175;  // its own pace
constexpr int kTwinNicer = 10;           // nobody waits for the twin as for the sound
constexpr std::chrono::seconds kTwinWithin{5};

ChildRequest request_for(const std::string& program, Language language, double rate,
                         std::string text) {
  ChildRequest request;
  request.command = {program,
                     "-v",
                     espeak_voice(language),
                     "-s",
                     std::to_string(std::lround(kWordsPerMinute * rate)),
                     "-b",
                     "1",
                     "-m",
                     "--stdin",
                     "--stdout"};
  request.input = std::move(text);
  return request;
}

Error absent(const std::string& program) {
  return unavailable(
      fmt::format("there is no voice on this machine: the program {} is not installed", program));
}

/// The sound that `child` gives.
Result<Wav> sound_of(ChildProcess child, const std::string& program) {
  auto output = child.finish();
  if (!output) {
    return unavailable(fmt::format("the voice failed: {}: {}", program, output.error().message));
  }
  if (output->exit_code != 0) {
    return unavailable(fmt::format("the voice failed: {} ended with code {}{}{}", program,
                                   output->exit_code, output->complaint.empty() ? "" : ": ",
                                   output->complaint));
  }
  return read_wav(std::move(output.value().bytes));
}

}  // namespace

bool is_installed(const std::string& program) {
  if (program.find('/') != std::string::npos) {
    return ::access(program.c_str(), X_OK) == 0;
  }
  const char* path = std::getenv("PATH");
  for (const std::string_view folder : split(path == nullptr ? "/usr/bin:/bin" : path, ':')) {
    if (::access((std::string(folder.empty() ? "." : folder) + '/' + program).c_str(), X_OK) == 0) {
      return true;
    }
  }
  return false;
}

EspeakVoice::EspeakVoice(std::string program, std::shared_ptr<const Tones> tones,
                         std::chrono::milliseconds times_within)
    : program_(std::move(program)), tones_(std::move(tones)), times_within_(times_within) {}

Result<Spoken> EspeakVoice::speak(Language language, const std::vector<Word>& words,
                                  const VoiceOptions& options) {
  THAW_CHECK(check_speech(words, options));
  const std::vector<Piece> pieces = spoken_text(language, words, *tones_);
  if (pieces.empty()) {
    return invalid_argument("there is nothing to say: no word of this text has a sound");
  }
  auto child = ChildProcess::start(
      request_for(program_, language, options.rate, espeak_text(language, pieces)));
  if (!child) {
    return child.error().code == ErrorCode::kNotFound ? absent(program_) : child.error();
  }
  // The twin runs beside it, on another core where there is one, and gives way where there is none.
  ChildRequest twin =
      request_for(program_, language, options.rate, espeak_text(language, pieces, true));
  twin.nicer = kTwinNicer;
  twin.within = kTwinWithin;
  auto beside = ChildProcess::start(twin);
  THAW_TRY(Wav made, sound_of(std::move(child).value(), program_));
  const auto sound = std::make_shared<const Wav>(std::move(made));
  Spoken spoken;
  spoken.duration_ms = sound->duration_ms();
  spoken.times = estimated_times(*sound, pieces);
  spoken.wav = std::shared_ptr<const std::string>(sound, &sound->bytes);
  if (beside) {
    const auto running = std::make_shared<ChildProcess>(std::move(beside).value());
    spoken.measure = [running, sound, pieces,
                      program = program_]() -> std::optional<std::vector<WordTime>> {
      const auto silenced = sound_of(std::move(*running), program);
      return silenced ? measured_times(*sound, *silenced, pieces) : std::nullopt;
    };
    if (running->ended_within(times_within_)) {
      wait_for_times(spoken);
    }
  }
  return spoken;
}

VoiceStatus EspeakVoice::status() const {
  if (is_installed(program_)) {
    return {"espeak", "", ""};
  }
  return {"espeak",
          fmt::format("There is no voice on this machine: the program {} is not installed. The "
                      "browser's own voice is used where there is one.",
                      program_),
          fmt::format("\u8fd9\u53f0\u673a\u5668\u4e0a\u6ca1\u6709\u58f0\u97f3\uff1a\u6ca1\u6709"
                      "\u5b89\u88c5\u7a0b\u5e8f {}\u3002\u6d4f\u89c8\u5668\u6709\u81ea\u5df1\u7684"
                      "\u58f0\u97f3\u65f6\u7528\u6d4f\u89c8\u5668\u7684\u3002",
                      program_)};
}

}  // namespace thaw::gaze
