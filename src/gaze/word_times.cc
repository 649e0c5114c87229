#include "gaze/word_times.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace thaw::gaze {
namespace {

constexpr unsigned kStepMs = 5;
constexpr float kAudible = 0.03F;              // of the loud parts; under it a step is silence
constexpr std::size_t kCellsMax = 40'000'000;  // of the table: longer texts are estimated
constexpr double kPauseSyllables = 1.3;        // a comma takes as long as so many syllables

/// What is loud in a sound: the mean amplitude that a tenth of its steps are over.
float loud_level(std::vector<float> steps) {
  if (steps.empty()) {
    return 0;
  }
  const auto at = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() * 9 / 10);
  std::nth_element(steps.begin(), at, steps.end());
  return *at;
}

/// First and one past the last step that sounds in [begin, end); both `end` where none does.
std::pair<std::size_t, std::size_t> sounding(const std::vector<float>& steps, std::size_t begin,
                                             std::size_t end, float audible) {
  while (begin < end && steps[begin] < audible) {
    ++begin;
  }
  const std::size_t last = end;
  while (end > begin && steps[end - 1] < audible) {
    --end;
  }
  return begin == end ? std::pair(last, last) : std::pair(begin, end);
}

/// Beginnings of the pieces in steps, and the end of the last, that fit best.
std::vector<std::size_t> best_boundaries(const std::vector<float>& sound,
                                         const std::vector<float>& twin, std::size_t pieces,
                                         float audible, double& misfit) {
  const std::size_t n = sound.size();
  // The twin pauses a little longer at each change of loudness, alike at each.
  const double drift = pieces < 2 ? 0
                                  : (static_cast<double>(twin.size()) - static_cast<double>(n)) /
                                        static_cast<double>(pieces - 1);
  const auto twin_at = [&](std::size_t step, std::size_t piece) {
    const auto at = static_cast<std::ptrdiff_t>(
        std::lround(static_cast<double>(step) + drift * static_cast<double>(piece)));
    return at < 0 || at >= static_cast<std::ptrdiff_t>(twin.size())
               ? 0.0F
               : twin[static_cast<std::size_t>(at)];
  };
  // How badly step `step` fits to be part of `piece`: sound where silence should be, or the other
  // way; a step that is silent in both says nothing.
  const auto cost = [&](std::size_t step, std::size_t piece) {
    const float there = twin_at(step, piece);
    if (piece % 2 == 1) {
      return std::min(there, sound[step]);
    }
    return sound[step] < audible ? 0.0F : std::max(0.0F, sound[step] - there) * 0.5F;
  };
  std::vector<double> best(n + 1, 0);
  std::vector<std::vector<std::uint32_t>> from(pieces, std::vector<std::uint32_t>(n + 1));
  for (std::size_t p = 0; p < pieces; ++p) {
    std::vector<double> next(n + 1, std::numeric_limits<double>::infinity());
    double so_far = p == 0 ? 0 : std::numeric_limits<double>::infinity();
    std::uint32_t began = 0;
    for (std::size_t end = 1; end <= n; ++end) {
      if (p > 0 && best[end - 1] < so_far) {  // the piece begins at the step before
        so_far = best[end - 1];
        began = static_cast<std::uint32_t>(end - 1);
      }
      so_far += static_cast<double>(cost(end - 1, p));
      next[end] = so_far;
      from[p][end] = began;
    }
    best = std::move(next);
  }
  misfit = best[n];
  std::vector<std::size_t> out(pieces + 1, n);
  for (std::size_t p = pieces; p-- > 0;) {
    out[p] = from[p][out[p + 1]];
  }
  return out;
}

/// Puts the end of a later piece of the same word into its entry.
void add_time(std::vector<WordTime>& times, const WordTime& time) {
  if (!times.empty() && times.back().word == time.word) {
    times.back().end_ms = time.end_ms;
  } else {
    times.push_back(time);
  }
}

}  // namespace

std::optional<std::vector<WordTime>> measured_times(const Wav& sound, const Wav& twin,
                                                    const std::vector<Piece>& pieces) {
  const std::vector<float> steps = loudness(sound, kStepMs);
  const std::vector<float> twin_steps = loudness(twin, kStepMs);
  if (pieces.empty() || steps.size() < pieces.size() || steps.size() * pieces.size() > kCellsMax) {
    return std::nullopt;
  }
  const float audible = loud_level(steps) * kAudible;
  double misfit = 0;
  const auto boundaries = best_boundaries(steps, twin_steps, pieces.size(), audible, misfit);
  double total = 0;
  for (const float step : steps) {
    total += static_cast<double>(step);
  }
  if (!(misfit <= 0.2 * total)) {
    return std::nullopt;
  }
  std::vector<WordTime> times;
  for (std::size_t p = 0; p < pieces.size(); ++p) {
    const auto [begin, end] = sounding(steps, boundaries[p], boundaries[p + 1], audible);
    const int ends = std::min(static_cast<int>(end * kStepMs), sound.duration_ms());
    add_time(times, {pieces[p].word, std::min(static_cast<int>(begin * kStepMs), ends), ends});
  }
  return times;
}

std::vector<WordTime> estimated_times(const Wav& sound, const std::vector<Piece>& pieces) {
  const std::vector<float> steps = loudness(sound, kStepMs);
  const auto [begin, end] = sounding(steps, 0, steps.size(), loud_level(steps) * kAudible);
  double syllables = 0;
  for (std::size_t p = 0; p < pieces.size(); ++p) {
    const bool pauses = pieces[p].pause != '\0' && p + 1 < pieces.size();
    syllables += pieces[p].syllables + (pauses ? kPauseSyllables : 0);
  }
  const double first = static_cast<double>(begin) * kStepMs;
  const double last = std::min<double>(static_cast<double>(end) * kStepMs, sound.duration_ms());
  const double each = syllables > 0 ? std::max(0.0, last - first) / syllables : 0;
  std::vector<WordTime> times;
  double at = std::min(first, last);
  for (const Piece& piece : pieces) {
    const double ends = at + each * piece.syllables;
    add_time(times, {piece.word, static_cast<int>(at), static_cast<int>(ends)});
    at = ends + (piece.pause != '\0' ? each * kPauseSyllables : 0);
  }
  return times;
}

}  // namespace thaw::gaze
