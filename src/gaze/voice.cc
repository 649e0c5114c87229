#include "gaze/voice.h"

#include <fmt/format.h>

#include <utility>

#include "gaze/characters.h"
#include "gaze/command_voice.h"
#include "gaze/espeak_voice.h"

namespace thaw::gaze {
namespace {

class NoVoice final : public Voice {
 public:
  Result<Spoken> speak(Language /*language*/, const std::vector<Word>& words,
                       const VoiceOptions& options) override {
    THAW_CHECK(check_speech(words, options));
    return unavailable("the program was started without a voice");
  }
  VoiceStatus status() const override {
    return {"none",
            "The program was started without a voice. The browser's own voice is used where there "
            "is one.",
            "\u7a0b\u5e8f\u542f\u52a8\u65f6\u6ca1\u6709\u9009\u58f0\u97f3\u3002\u6d4f\u89c8\u5668"
            "\u6709\u81ea\u5df1\u7684\u58f0\u97f3\u65f6\u7528\u6d4f\u89c8\u5668\u7684\u3002"};
  }
};

}  // namespace

Result<Done> check_speech(const std::vector<Word>& words, const VoiceOptions& options) {
  if (!(options.rate >= kRateMin && options.rate <= kRateMax)) {
    return invalid_argument(
        fmt::format("the pace must be {:g} to {:g} times the usual", kRateMin, kRateMax));
  }
  std::size_t characters = 0;
  for (const Word& word : words) {
    characters += characters_of(word.text).size();
  }
  if (characters > kSaidCharactersMax) {
    return invalid_argument(fmt::format(
        "{} characters are too many to say at once (at most {}): say it by the sentence",
        characters, kSaidCharactersMax));
  }
  return Done{};
}

void wait_for_times(Spoken& spoken) {
  if (spoken.measure) {
    if (auto times = std::exchange(spoken.measure, nullptr)()) {
      spoken.times = std::move(*times);
      spoken.times_measured = true;
    }
  }
}

Result<std::unique_ptr<Voice>> make_voice(const VoiceSettings& settings) {
  if (settings.tones == nullptr) {
    return invalid_argument("a voice needs the tones of Hanzi");
  }
  switch (settings.kind) {
    case VoiceKind::kCommand:
      if (settings.command.empty()) {
        return invalid_argument("the voice command is empty");
      }
      return std::unique_ptr<Voice>(
          std::make_unique<CommandVoice>(settings.command, settings.tones));
    case VoiceKind::kNone:
      return std::unique_ptr<Voice>(std::make_unique<NoVoice>());
    case VoiceKind::kEspeak:
      break;
  }
  return std::unique_ptr<Voice>(
      std::make_unique<EspeakVoice>(settings.espeak, settings.tones, settings.times_within));
}

}  // namespace thaw::gaze
