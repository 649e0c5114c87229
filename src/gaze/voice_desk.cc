#include "gaze/voice_desk.h"

#include <fmt/format.h>

#include <utility>

#include "base/digest.h"

namespace thaw::gaze {
namespace {

constexpr std::size_t kIdDigits = 32;

/// Equal for equal requests alone: every text goes in with its length.
std::string id_of(Language language, const std::vector<Word>& words, const VoiceOptions& options) {
  std::string whole = fmt::format("{} {:.17g}", language_code(language), options.rate);
  for (const Word& word : words) {
    whole +=
        fmt::format(" {}:{} {}:{}", word.text.size(), word.text, word.pinyin.size(), word.pinyin);
  }
  return sha256_hex(whole).substr(0, kIdDigits);
}

}  // namespace

VoiceDesk::VoiceDesk(std::unique_ptr<Voice> voice, std::size_t bytes_max)
    : voice_(std::move(voice)),
      bytes_max_(bytes_max),
      measurer_([this](const std::stop_token& stop) { measure_all(stop); }) {}

std::optional<KeptSpeech> VoiceDesk::find(const std::string& id) {
  const std::lock_guard lock(keeping_);
  const auto place = places_.find(id);
  if (place == places_.end()) {
    return std::nullopt;
  }
  kept_.splice(kept_.begin(), kept_, place->second);
  return kept_.front();
}

void VoiceDesk::keep(const KeptSpeech& speech) {
  const std::lock_guard lock(keeping_);
  kept_.push_front(speech);
  places_[speech.id] = kept_.begin();
  bytes_ += speech.spoken.wav->size();
  while (bytes_ > bytes_max_ && kept_.size() > 1) {  // the newest stays: it is about to be heard
    bytes_ -= kept_.back().spoken.wav->size();
    places_.erase(kept_.back().id);
    kept_.pop_back();
  }
}

Result<KeptSpeech> VoiceDesk::say(Language language, const std::vector<Word>& words,
                                  const VoiceOptions& options) {
  const std::string id = id_of(language, words, options);
  if (auto kept = find(id)) {
    return std::move(*kept);
  }
  const std::lock_guard one_at_a_time(speaking_);
  if (auto kept = find(id)) {  // said for another while we waited
    return std::move(*kept);
  }
  THAW_TRY(Spoken spoken, voice_->speak(language, words, options));
  auto measure = std::exchange(spoken.measure, nullptr);
  KeptSpeech speech{id, std::move(spoken)};
  keep(speech);
  if (measure) {
    measure_later({id, std::move(measure)});
  }
  return speech;
}

void VoiceDesk::measure_later(Unmeasured one) {
  const std::lock_guard lock(measuring_);
  next_ = std::move(one);
  measured_.notify_all();
}

void VoiceDesk::measure_all(const std::stop_token& stop) {
  std::unique_lock lock(measuring_);
  while (measured_.wait(lock, stop, [this] { return next_.has_value(); })) {
    if (stop.stop_requested()) {
      return;
    }
    const Unmeasured one = *std::exchange(next_, std::nullopt);
    busy_ = true;
    lock.unlock();
    if (auto times = one.measure()) {
      put_times(one.id, std::move(*times));
    }
    lock.lock();
    busy_ = false;
    measured_.notify_all();
  }
}

void VoiceDesk::put_times(const std::string& id, std::vector<WordTime> times) {
  const std::lock_guard lock(keeping_);
  if (const auto place = places_.find(id); place != places_.end()) {
    place->second->spoken.times = std::move(times);
    place->second->spoken.times_measured = true;
  }
}

void VoiceDesk::settle() {
  std::unique_lock lock(measuring_);
  measured_.wait(lock, [this] { return !busy_ && !next_.has_value(); });
}

std::shared_ptr<const std::string> VoiceDesk::wav(const std::string& id) {
  const auto kept = find(id);
  return kept ? kept->spoken.wav : nullptr;
}

std::size_t VoiceDesk::bytes_kept() const {
  const std::lock_guard lock(keeping_);
  return bytes_;
}

}  // namespace thaw::gaze
