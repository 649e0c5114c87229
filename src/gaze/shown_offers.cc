#include "gaze/shown_offers.h"

#include <algorithm>
#include <unordered_set>

#include "gaze/tuning.h"
#include "gaze/utf8.h"

namespace thaw::gaze {
namespace {

constexpr std::size_t kMostLists = 64;

}  // namespace

void lower_shown(std::vector<Candidate>& candidates, const std::vector<std::string>& shown) {
  const std::unordered_set<std::string_view> seen(shown.begin(), shown.end());
  for (Candidate& candidate : candidates) {
    const std::string_view text = candidate.text;
    for (std::size_t end = 0; end < text.size();) {
      end += utf8_size(text, end);
      if (seen.count(text.substr(0, end)) != 0) {
        candidate.probability *= tuning().overlooked;
        break;
      }
    }
  }
}

std::optional<std::vector<std::string>> ShownOffers::find(const std::string& request) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(lists_.begin(), lists_.end(),
                                  [&](const auto& list) { return list.first == request; });
  if (found == lists_.end()) {
    return std::nullopt;
  }
  return found->second;
}

void ShownOffers::keep(const std::string& request, std::vector<std::string> shown) {
  const std::lock_guard lock(mutex_);
  lists_.emplace_front(request, std::move(shown));
  if (lists_.size() > kMostLists) {
    lists_.pop_back();
  }
}

void ShownOffers::clear() {
  const std::lock_guard lock(mutex_);
  lists_.clear();
}

}  // namespace thaw::gaze
