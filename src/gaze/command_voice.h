// A command of the person's own as the voice: text in on its standard input, a WAV out on its
// standard output. So a neural or a banked voice speaks, whatever it is made with.
//
// The command gets the language in THAW_VOICE_LANG ("zh", "en"), the pace in THAW_VOICE_RATE ("1"),
// and of a Chinese text the numbered pinyin in THAW_VOICE_PINYIN. It is started without a shell.
#pragma once

#include "gaze/voice.h"

namespace thaw::gaze {

class CommandVoice final : public Voice {
 public:
  CommandVoice(std::vector<std::string> command, std::shared_ptr<const Tones> tones);

  Result<Spoken> speak(Language language, const std::vector<Word>& words,
                       const VoiceOptions& options) override;
  VoiceStatus status() const override;

 private:
  std::vector<std::string> command_;
  std::shared_ptr<const Tones> tones_;
};

}  // namespace thaw::gaze
