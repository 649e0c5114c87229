#include "discovery/knowledge.h"

#include <fmt/format.h>

#include <algorithm>

namespace thaw::discovery {

using graph::Mark;
using graph::MixedGraph;

Knowledge::Knowledge(std::size_t variables)
    : n_(variables),
      tier_(variables),
      forbidden_(variables * variables, 0),
      required_(variables * variables, 0) {}

void Knowledge::set_tier(std::size_t variable, int tier) {
  tier_[variable] = tier;
  empty_ = false;
}

std::optional<int> Knowledge::tier(std::size_t variable) const {
  return tier_[variable];
}

void Knowledge::forbid_within(int tier) {
  closed_tiers_.push_back(tier);
  empty_ = false;
}

void Knowledge::forbid(std::size_t from, std::size_t to) {
  forbidden_[from * n_ + to] = 1;
  empty_ = false;
}

void Knowledge::require(std::size_t from, std::size_t to) {
  required_[from * n_ + to] = 1;
  empty_ = false;
}

void Knowledge::set_log_odds(std::size_t from, std::size_t to, double log_odds) {
  log_odds_.resize(n_ * n_, 0);
  log_odds_[from * n_ + to] = log_odds;
  empty_ = false;
}

double Knowledge::log_odds(std::size_t from, std::size_t to) const {
  return log_odds_.empty() ? 0 : log_odds_[from * n_ + to];
}

bool Knowledge::forbidden(std::size_t from, std::size_t to) const {
  if (empty_) {
    return false;
  }
  if (forbidden_[from * n_ + to] != 0 || required_[to * n_ + from] != 0) {
    return true;
  }
  if (!tier_[from] || !tier_[to]) {
    return false;
  }
  return *tier_[from] > *tier_[to] ||
         (*tier_[from] == *tier_[to] &&
          std::ranges::find(closed_tiers_, *tier_[from]) != closed_tiers_.end());
}

Result<Done> Knowledge::check(const std::vector<std::string>& names) const {
  MixedGraph wanted(n_);
  for (std::size_t from = 0; from < n_; ++from) {
    for (std::size_t to = 0; to < n_; ++to) {
      if (!required(from, to)) {
        continue;
      }
      if (from == to || forbidden(from, to)) {
        return invalid_argument(
            fmt::format("the knowledge contradicts itself: {} -> {} is both "
                        "required and forbidden (by name, by tier, or by the "
                        "arrow the other way)",
                        names[from], names[to]));
      }
      wanted.direct(from, to);
    }
  }
  if (n_ > 0 && graph::directed_order(wanted).empty()) {
    return invalid_argument(
        "the knowledge contradicts itself: its required arrows run in a circle");
  }
  return Done{};
}

std::vector<std::string> broken_knowledge(const MixedGraph& graph, const Knowledge& knowledge,
                                          const std::vector<std::string>& names, bool latent) {
  std::vector<std::string> broken;
  for (std::size_t a = 0; a < graph.nodes(); ++a) {
    for (std::size_t b = 0; b < graph.nodes(); ++b) {
      if (a == b) {
        continue;
      }
      if (knowledge.required(a, b) && !graph.directed(a, b)) {
        broken.push_back(fmt::format("{} -> {} is required and not there", names[a], names[b]));
      }
      if (!graph.adjacent(a, b) || !knowledge.forbidden(a, b)) {
        continue;
      }
      // The mark at `a` must not say that a causes b.
      if (graph.mark(b, a) == Mark::kTail) {
        broken.push_back(
            fmt::format("{} may cause {} in the graph, which is forbidden", names[a], names[b]));
      } else if (!latent && a < b && knowledge.forbidden(b, a)) {
        broken.push_back(
            fmt::format("{} and {} are joined, which is forbidden both ways", names[a], names[b]));
      }
    }
  }
  return broken;
}

}  // namespace thaw::discovery
