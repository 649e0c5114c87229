#include "gaze/command_voice.h"

#include <fmt/format.h>

#include "base/shorten.h"
#include "gaze/child_process.h"
#include "gaze/espeak_voice.h"
#include "gaze/spoken_text.h"
#include "gaze/wav.h"
#include "gaze/word_times.h"

namespace thaw::gaze {
namespace {

constexpr std::size_t kNameShown = 100;

}  // namespace

CommandVoice::CommandVoice(std::vector<std::string> command, std::shared_ptr<const Tones> tones)
    : command_(std::move(command)), tones_(std::move(tones)) {}

Result<Spoken> CommandVoice::speak(Language language, const std::vector<Word>& words,
                                   const VoiceOptions& options) {
  THAW_CHECK(check_speech(words, options));
  const std::vector<Piece> pieces = spoken_text(language, words, *tones_);
  if (pieces.empty()) {
    return invalid_argument("there is nothing to say: no word of this text has a sound");
  }
  const std::string name = shorten(command_.front(), kNameShown);
  ChildRequest request;
  request.command = command_;
  request.input = text_of(words) + "\n";
  request.environment = {
      {"THAW_VOICE_LANG", std::string(language_code(language))},
      {"THAW_VOICE_RATE", fmt::format("{:g}", options.rate)},
      {"THAW_VOICE_PINYIN",
       language == Language::kChinese ? numbered_pinyin(words, *tones_) : std::string()}};
  const auto failed = [&](std::string_view why) {
    return unavailable(fmt::format("the voice command {} failed: {}", name, why));
  };
  auto child = ChildProcess::start(request);
  if (!child) {
    return failed(child.error().message);
  }
  auto output = child.value().finish();
  if (!output) {
    return failed(output.error().message);
  }
  if (output->exit_code != 0) {
    return failed(fmt::format("it ended with code {}{}{}", output->exit_code,
                              output->complaint.empty() ? "" : ": ", output->complaint));
  }
  auto sound = read_wav(std::move(output.value().bytes));
  if (!sound) {
    return corrupt(fmt::format("the voice command {}: {}", name, sound.error().message));
  }
  Spoken spoken;
  spoken.duration_ms = sound->duration_ms();
  spoken.times = estimated_times(*sound, pieces);
  spoken.wav = std::make_shared<const std::string>(std::move(sound.value().bytes));
  return spoken;
}

VoiceStatus CommandVoice::status() const {
  if (is_installed(command_.front())) {
    return {"command", "", ""};
  }
  const std::string name = shorten(command_.front(), kNameShown);
  return {"command",
          fmt::format("The voice command {} is not on this machine. The browser's own voice is "
                      "used where there is one.",
                      name),
          fmt::format("\u8fd9\u53f0\u673a\u5668\u4e0a\u6ca1\u6709\u58f0\u97f3\u547d\u4ee4 "
                      "{}\u3002\u6d4f\u89c8\u5668\u6709\u81ea\u5df1\u7684\u58f0\u97f3\u65f6\u7528"
                      "\u6d4f\u89c8\u5668\u7684\u3002",
                      name)};
}

}  // namespace thaw::gaze
