// What was offered for the letters before the last one, and so was not wanted.
//
// Whoever types another letter has looked at the offers and taken none: an offer seen so is wanted
// with only the share of good offers that people overlook, 6% (Trnka and others 2009: 94% of good
// offers are taken). The lists are those that the engine itself gives for the shorter letters, so
// equal requests still have equal answers; this cache only saves making them again.
#pragma once

#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "gaze/offer_ranking.h"

namespace thaw::gaze {

/// Lowers the candidates that are, or begin with, one of `shown`.
void lower_shown(std::vector<Candidate>& candidates, const std::vector<std::string>& shown);

/// The last lists, by request. All functions may be called from several threads.
class ShownOffers {
 public:
  std::optional<std::vector<std::string>> find(const std::string& request);
  void keep(const std::string& request, std::vector<std::string> shown);
  void clear();

 private:
  std::mutex mutex_;
  std::list<std::pair<std::string, std::vector<std::string>>> lists_;  // newest first
};

}  // namespace thaw::gaze
