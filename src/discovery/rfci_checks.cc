#include "discovery/rfci_checks.h"

#include <algorithm>

#include "discovery/subsets.h"

namespace thaw::discovery {

bool RfciChecks::unshielded(const Triple& triple) const {
  const auto [a, c, b] = triple;
  return skeleton_.joined(a, c) && skeleton_.joined(b, c) && !skeleton_.joined(a, b);
}

bool RfciChecks::independent(std::uint32_t a, std::uint32_t b,
                             const std::vector<std::uint32_t>& given) {
  if (knowledge_.required(a, b) || knowledge_.required(b, a)) {
    return false;
  }
  std::vector<Separation> found;
  tests_ += test_.separate({.x = a, .candidates = given, .targets = {&b, 1}, .size = given.size()},
                           level_, found);
  return !found.empty();
}

std::optional<std::vector<std::uint32_t>> RfciChecks::smallest_set(std::uint32_t a, std::uint32_t b,
                                                                   std::vector<std::uint32_t> of) {
  std::erase(of, a);
  std::erase(of, b);
  if (knowledge_.required(a, b) || knowledge_.required(b, a)) {
    return std::nullopt;
  }
  for (std::size_t size = 0; size <= of.size(); ++size) {
    std::vector<Separation> found;
    tests_ +=
        test_.separate({.x = a, .candidates = of, .targets = {&b, 1}, .size = size}, level_, found);
    if (!found.empty()) {
      return std::move(found.front().given);
    }
  }
  return std::nullopt;
}

void RfciChecks::remove(std::uint32_t a, std::uint32_t b, std::vector<std::uint32_t> given) {
  const auto erase = [](std::vector<std::uint32_t>& rising, std::uint32_t value) {
    rising.erase(std::ranges::lower_bound(rising, value));
  };
  erase(skeleton_.adjacent[a], b);
  erase(skeleton_.adjacent[b], a);
  skeleton_.sets.put(a, b, std::move(given));
}

void RfciChecks::check_triples() {
  // Triples that lost an edge, or gained one between their ends, hold no longer.
  std::erase_if(held_, [&](const Triple& triple) { return !unshielded(triple); });
  std::set<Triple> waiting;
  const auto wait_for = [&](std::uint32_t c) {
    for (const std::uint32_t a : skeleton_.adjacent[c]) {
      for (const std::uint32_t b : skeleton_.adjacent[c]) {
        if (a < b && unshielded({a, c, b}) && skeleton_.sets.known(a, b) &&
            !held_.contains({a, c, b})) {
          waiting.insert({a, c, b});
        }
      }
    }
  };
  for (std::uint32_t c = 0; c < skeleton_.adjacent.size(); ++c) {
    wait_for(c);
  }
  while (!waiting.empty()) {
    const Triple triple = *waiting.begin();
    waiting.erase(waiting.begin());
    if (!unshielded(triple)) {
      continue;
    }
    const auto [a, c, b] = triple;
    std::vector<std::uint32_t> given = skeleton_.sets.of(a, b);
    std::erase(given, c);
    bool holds = true;
    for (const std::uint32_t end : {a, b}) {
      if (independent(end, c, given)) {
        auto smallest = smallest_set(end, c, given);
        remove(end, c, smallest ? std::move(*smallest) : given);
        holds = false;
        for (const std::uint32_t between : skeleton_.adjacent[end]) {
          if (skeleton_.joined(between, c)) {  // unshielded from now on
            waiting.insert({std::min(end, c), between, std::max(end, c)});
          }
        }
      }
    }
    if (holds) {
      held_.insert(triple);
    }
  }
  std::erase_if(held_, [&](const Triple& triple) { return !unshielded(triple); });
}

bool RfciChecks::breaks(const std::vector<std::uint32_t>& path) {
  const std::vector<std::uint32_t> given = skeleton_.sets.of(path.front(), path.back());
  bool any = false;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    if (auto separating = smallest_set(path[i], path[i + 1], given)) {
      remove(path[i], path[i + 1], std::move(*separating));
      any = true;
    }
  }
  return any;
}

}  // namespace thaw::discovery
