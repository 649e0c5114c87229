// espeak-ng as the voice: a separate process for each sentence, since it is GPL-3 and we are not.
#pragma once

#include "gaze/voice.h"

namespace thaw::gaze {

class EspeakVoice final : public Voice {
 public:
  /// `program` is looked for on PATH unless it has a '/'. `times_within`: as in VoiceSettings.
  EspeakVoice(std::string program, std::shared_ptr<const Tones> tones,
              std::chrono::milliseconds times_within);

  Result<Spoken> speak(Language language, const std::vector<Word>& words,
                       const VoiceOptions& options) override;
  VoiceStatus status() const override;

 private:
  std::string program_;
  std::shared_ptr<const Tones> tones_;
  std::chrono::milliseconds times_within_;
};

/// Whether `program` can be found: at its path where it has a '/', else on PATH.
bool is_installed(const std::string& program);

}  // namespace thaw::gaze
