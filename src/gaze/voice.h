// A voice that says what was written: words in, a WAV and the time of each word out.
//
// Three of them: espeak-ng, run as a separate process (espeak_voice.h); any command of the person's
// own, such as a neural or a banked voice (command_voice.h); none, where the page uses the
// browser's. Nothing here reaches over a network. Method, measured figures and limits:
// docs/methods/voice.md.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gaze/tones.h"
#include "gaze/word.h"

namespace thaw::gaze {

struct WordTime {
  std::size_t word = 0;  // its place among the words that were said
  int start_ms = 0, end_ms = 0;
};

struct Spoken {
  std::shared_ptr<const std::string> wav;  // RIFF, its lengths right
  int duration_ms = 0;
  /// In order, without overlap, within the duration. A word with no sound of its own (a mark, an
  /// emoji, the later part of a number) is not there.
  std::vector<WordTime> times;
  bool times_measured = false;  // from the sound itself; else laid out by syllables
  /// Where measured times are still being made: waits for them, some seconds at most. Nothing where
  /// they cannot be had. To be called once.
  std::function<std::optional<std::vector<WordTime>>()> measure;
};

/// Waits for measured times where they are still being made.
void wait_for_times(Spoken& spoken);

struct VoiceOptions {
  double rate = 1;  // 0.5 to 2 times the voice's own pace
};

/// What a person is told of a voice; empty notes where there is nothing to say.
struct VoiceStatus {
  std::string_view adapter;  // "espeak", "command", "none"
  std::string note_en, note_zh;
};

class Voice {
 public:
  virtual ~Voice() = default;

  /// Says `words`. kInvalidArgument: nothing in them has a sound, a rate out of its range, or more
  /// than kSaidCharactersMax characters. kUnavailable: there is no voice, or it failed, was too
  /// slow or said too much; one sentence for the person. kCorrupt: what it gave is no WAV. Safe
  /// from several threads.
  virtual Result<Spoken> speak(Language language, const std::vector<Word>& words,
                               const VoiceOptions& options) = 0;

  /// Cheap; does not start the voice.
  virtual VoiceStatus status() const = 0;
};

/// Longer texts are said by the sentence: 2,000 Hanzi are some eight minutes.
inline constexpr std::size_t kSaidCharactersMax = 2000;
inline constexpr double kRateMin = 0.5, kRateMax = 2;

enum class VoiceKind { kEspeak, kCommand, kNone };

struct VoiceSettings {
  VoiceKind kind = VoiceKind::kEspeak;
  std::vector<std::string> command;    // of kCommand: the program and its arguments
  std::string espeak = "espeak-ng";    // the program; looked for on PATH unless it has a '/'
  std::shared_ptr<const Tones> tones;  // needed
  /// How long a finished sound waits for the measured times of its words; it is given with
  /// estimated ones then.
  std::chrono::milliseconds times_within{30};
};

/// kInvalidArgument: kCommand without a command, or no tones.
Result<std::unique_ptr<Voice>> make_voice(const VoiceSettings& settings);

/// kInvalidArgument unless `words` and `options` are within what any voice takes.
Result<Done> check_speech(const std::vector<Word>& words, const VoiceOptions& options);

}  // namespace thaw::gaze
