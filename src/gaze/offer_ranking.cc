#include "gaze/offer_ranking.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace thaw::gaze {
namespace {

constexpr std::size_t kConsidered = 160;  // candidates looked at for the places

}  // namespace

double letters_until_shown(double p, double bits_free, double bits_a_letter, double most) {
  const double bits = -std::log2(std::max(p, 1e-12));
  return std::clamp((bits - bits_free) / bits_a_letter, 0.0, most);
}

std::vector<std::size_t> rank_offers(const std::vector<Candidate>& candidates, std::size_t places) {
  std::vector<std::size_t> rest(candidates.size());
  std::iota(rest.begin(), rest.end(), std::size_t{0});
  const auto worth = [&](std::size_t i) { return candidates[i].probability * candidates[i].saves; };
  std::stable_sort(rest.begin(), rest.end(),
                   [&](std::size_t a, std::size_t b) { return worth(a) > worth(b); });
  const std::size_t considered = std::min(rest.size(), kConsidered);
  std::vector<double> probability(considered);
  std::vector<double> saves(considered);
  std::vector<bool> taken(considered, false);
  for (std::size_t i = 0; i < considered; ++i) {
    probability[i] = candidates[rest[i]].probability;
    saves[i] = candidates[rest[i]].saves;
  }
  std::vector<std::size_t> order;
  while (order.size() < std::min(places, considered)) {
    std::size_t best = considered;
    for (std::size_t i = 0; i < considered; ++i) {
      if (!taken[i] &&
          (best == considered || probability[i] * saves[i] > probability[best] * saves[best])) {
        best = i;
      }
    }
    taken[best] = true;
    order.push_back(rest[best]);
    const Candidate& chosen = candidates[rest[best]];
    for (std::size_t i = 0; i < considered; ++i) {
      const std::string& text = candidates[rest[i]].text;
      if (taken[i]) {
        continue;
      }
      if (text.starts_with(chosen.text)) {
        saves[i] = std::min(saves[i], candidates[rest[i]].saves - chosen.saves);
      } else if (chosen.text.starts_with(text)) {
        probability[i] = std::max(0.0, probability[i] - chosen.probability);
      }
    }
  }
  std::vector<bool> placed(candidates.size(), false);
  for (const std::size_t i : order) {
    placed[i] = true;
  }
  std::erase_if(rest, [&](std::size_t i) { return placed[i]; });
  std::stable_sort(rest.begin(), rest.end(), [&](std::size_t a, std::size_t b) {
    return candidates[a].spelled_out != candidates[b].spelled_out
               ? candidates[a].spelled_out
               : candidates[a].probability > candidates[b].probability;
  });
  order.insert(order.end(), rest.begin(), rest.end());
  return order;
}

}  // namespace thaw::gaze
