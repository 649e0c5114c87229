// What was said lately, so that a sentence heard twice is made once and a page can ask ahead.
//
// Sounds are kept by a digest of what was asked, in a bounded amount of memory, the least recently
// used leaving first. The voice works on one text at a time. Times of words that were not measured
// in time for the first answer are measured beside, for the next.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "gaze/voice.h"

namespace thaw::gaze {

struct KeptSpeech {
  std::string id;  // 32 hexadecimal digits
  Spoken spoken;
};

class VoiceDesk {
 public:
  explicit VoiceDesk(std::unique_ptr<Voice> voice, std::size_t bytes_max = std::size_t{64} << 20U);

  /// As Voice::speak, from what is kept where it was said before. Errors are not kept. Safe from
  /// several threads; what is kept is given without waiting for the voice.
  Result<KeptSpeech> say(Language language, const std::vector<Word>& words,
                         const VoiceOptions& options);

  /// The sound of `id`, or nothing where it is not kept (any more).
  std::shared_ptr<const std::string> wav(const std::string& id);

  VoiceStatus status() const { return voice_->status(); }

  std::size_t bytes_kept() const;

  /// Waits until no times are being measured any more.
  void settle();

 private:
  struct Unmeasured {
    std::string id;
    std::function<std::optional<std::vector<WordTime>>()> measure;
  };
  std::optional<KeptSpeech> find(const std::string& id);
  void keep(const KeptSpeech& speech);
  void measure_later(Unmeasured one);
  void measure_all(const std::stop_token& stop);
  void put_times(const std::string& id, std::vector<WordTime> times);

  std::unique_ptr<Voice> voice_;
  std::size_t bytes_max_;
  std::mutex speaking_;         // one text at a time
  mutable std::mutex keeping_;  // of what follows
  std::list<KeptSpeech> kept_;  // the last used first
  std::map<std::string, std::list<KeptSpeech>::iterator, std::less<>> places_;
  std::size_t bytes_ = 0;
  std::mutex measuring_;  // of what follows
  std::condition_variable_any measured_;
  std::optional<Unmeasured> next_;  // the newest only: what is older may not be heard again
  bool busy_ = false;
  std::jthread measurer_;  // the last member: it ends first
};

}  // namespace thaw::gaze
