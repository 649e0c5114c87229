#include "gaze/word_times.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace thaw::gaze {
namespace {

constexpr unsigned kStepMs = 5;
constexpr float kAudible = 0.03F;             // of the loud parts; under it a step is silence
constexpr std::size_t kCellsMax = 4'000'000;  // of the table, 16 MB: longer texts are estimated
constexpr double kMisfitMax = 0.2;            // over it the two do not fit each other
constexpr double kPauseSyllables = 1.3;       // a comma takes as long as so many syllables

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

/// Each step as the mean of itself and its neighbours: single pitch periods are longer than a step.
std::vector<float> smoothed(const std::vector<float>& steps) {
  constexpr std::size_t kSide = 2;
  std::vector<float> out(steps.size());
  for (std::size_t at = 0; at < steps.size(); ++at) {
    const std::size_t begin = at < kSide ? 0 : at - kSide;
    const std::size_t end = std::min(steps.size(), at + kSide + 1);
    float sum = 0;
    for (std::size_t k = begin; k < end; ++k) {
      sum += steps[k];
    }
    out[at] = sum / static_cast<float>(end - begin);
  }
  return out;
}

/// The fit of a sound to its twin: which steps are of odd pieces, silent in the twin alone.
class Fit {
 public:
  Fit(const std::vector<float>& sound, const std::vector<float>& twin, std::size_t pieces)
      : sound_(smoothed(sound)),
        twin_(smoothed(twin)),
        pieces_(pieces),
        audible_(loud_level(sound) * kAudible) {
    // The twin takes a little longer at each change of loudness, alike at each.
    const auto longer = static_cast<double>(twin.size()) - static_cast<double>(sound.size());
    lag_ = pieces < 2 ? 0 : longer / static_cast<double>(pieces - 1);
  }

  /// Beginnings of the pieces and the end of the last. By dynamic programming: the least cost of
  /// piece p to end at each step, from the least of piece p - 1 to end where p begins.
  std::vector<std::size_t> boundaries() {
    const std::size_t n = sound_.size();
    std::vector<std::vector<std::uint32_t>> begins(pieces_, std::vector<std::uint32_t>(n + 1));
    std::vector<float> before(n + 1, kNever);
    before[0] = 0;
    for (std::size_t p = 0; p < pieces_; ++p) {
      before = run_piece(p, before, begins[p]);
    }
    misfit_ = before[n];
    std::vector<std::size_t> out(pieces_ + 1, n);
    for (std::size_t p = pieces_; p-- > 0;) {
      out[p] = begins[p][out[p + 1]];
    }
    return out;
  }

  /// The share of audible steps that the best boundaries put on the wrong side.
  double misfit() const {
    const auto heard = static_cast<double>(
        std::count_if(sound_.begin(), sound_.end(), [&](float step) { return step >= audible_; }));
    return heard > 0 ? static_cast<double>(misfit_) / heard : 0;
  }

 private:
  static constexpr float kNever = 1e30F;
  // What a piece without steps costs: an engine that says "of the" as one leaves no sound to "the".
  static constexpr float kJoined = 4;
  static constexpr std::size_t kShortest = 6;  // steps of a piece, 30 ms

  /// The least cost of piece `p` to end at each step, `before` being that of the piece before;
  /// where it begins then goes to `begins`. It begins with a sound and lasts a little, or is
  /// joined.
  std::vector<float> run_piece(std::size_t p, const std::vector<float>& before,
                               std::vector<std::uint32_t>& begins) const {
    const std::size_t n = sound_.size();
    std::vector<float> costs(n + 1, 0);  // of all steps up to each
    for (std::size_t step = 0; step < n; ++step) {
      costs[step + 1] = costs[step] + cost(step, p);
    }
    std::vector<float> ends(n + 1, kNever);
    float best = kNever;
    std::uint32_t begin = 0;
    for (std::size_t end = 0; end <= n; ++end) {
      if (end >= kShortest) {
        const std::size_t from = end - kShortest;
        if ((from == 0 || sound_[from] >= audible_) && before[from] - costs[from] < best) {
          best = before[from] - costs[from];
          begin = static_cast<std::uint32_t>(from);
        }
      }
      ends[end] = best < kNever / 2 ? best + costs[end] : kNever;
      begins[end] = begin;
      if (before[end] + kJoined < ends[end]) {
        ends[end] = before[end] + kJoined;
        begins[end] = static_cast<std::uint32_t>(end);
      }
    }
    return ends;
  }

  /// 1 where `step` cannot be of `piece`, 0 where it must or nothing is heard.
  float cost(std::size_t step, std::size_t piece) const {
    if (sound_[step] < audible_) {
      return 0;
    }
    const auto at = static_cast<std::ptrdiff_t>(
        std::lround(static_cast<double>(step) + lag_ * static_cast<double>(piece)));
    const float there = at < 0 || at >= static_cast<std::ptrdiff_t>(twin_.size())
                            ? 0.0F
                            : twin_[static_cast<std::size_t>(at)];
    const float heard = std::min(1.0F, 2 * there / sound_[step]);
    return piece % 2 == 1 ? heard : 1 - heard;
  }

  std::vector<float> sound_, twin_;
  std::size_t pieces_;
  float audible_;
  double lag_ = 0;
  float misfit_ = 0;
};

/// Pieces that got no steps of their own.
std::size_t joined(const std::vector<std::size_t>& boundaries) {
  std::size_t count = 0;
  for (std::size_t p = 0; p + 1 < boundaries.size(); ++p) {
    count += boundaries[p] == boundaries[p + 1] ? 1 : 0;
  }
  return count;
}

/// Shares the steps of pieces that are said as one, and of their neighbours, by syllables.
void share_joined(std::vector<std::size_t>& boundaries, const std::vector<Piece>& pieces) {
  for (std::size_t p = 0; p < pieces.size(); ++p) {
    if (boundaries[p] != boundaries[p + 1]) {
      continue;
    }
    const std::size_t first = p == 0 ? p : p - 1;
    std::size_t last = p;
    while (last + 1 < pieces.size() && (boundaries[last] == boundaries[last + 1] || last == p)) {
      ++last;
    }
    std::size_t syllables = 0;
    for (std::size_t k = first; k <= last; ++k) {
      syllables += pieces[k].syllables;
    }
    const std::size_t begin = boundaries[first];
    const std::size_t steps = boundaries[last + 1] - begin;
    std::size_t done = 0;
    for (std::size_t k = first; k < last; ++k) {
      done += pieces[k].syllables;
      boundaries[k + 1] = begin + steps * done / syllables;
    }
    p = last;
  }
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
  if (pieces.empty() || steps.size() < pieces.size() || steps.size() * pieces.size() > kCellsMax) {
    return std::nullopt;
  }
  Fit fit(steps, loudness(twin, kStepMs), pieces.size());
  std::vector<std::size_t> boundaries = fit.boundaries();
  if (!(fit.misfit() <= kMisfitMax) || joined(boundaries) * 3 >= pieces.size()) {
    return std::nullopt;
  }
  share_joined(boundaries, pieces);
  const float audible = loud_level(steps) * kAudible;
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
