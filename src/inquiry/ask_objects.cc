#include "inquiry/ask_objects.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "base/text.h"

namespace thaw::inquiry {
namespace {

using evidence::Concept;
using evidence::Knowledge;

bool reaches(const Mechanism& mechanism, const Concept& from, const Concept& to) {
  return !best_chains(mechanism, mechanism.weighed.find(from.id), mechanism.weighed.find(to.id), 1)
              .empty();
}

bool is_whole(const Understood& asked) {
  return asked.object == nullptr || asked.object->kind == "disease";
}

/// Words that tell concepts apart, folded.
std::set<std::string> telling_words(const Concept& thing) {
  static const std::set<std::string_view> kCommon = {"protein", "gene", "the",  "and",
                                                     "for",     "loss", "cell", "cells"};
  constexpr std::size_t kShortest = 3;
  std::set<std::string> words;
  const std::string name = fold(thing.name.en);
  for (const std::string_view word : split(name, ' ')) {
    if (word.size() >= kShortest && !kCommon.contains(word)) {
      words.emplace(word);
    }
  }
  return words;
}

}  // namespace

bool is_treatment(const Concept* thing) {
  return thing != nullptr && (thing->kind == "drug" || thing->kind == "intervention");
}

const Concept* hub_outcome(const evidence::Knowledge& knowledge, const Mechanism& mechanism) {
  const auto& weighed = mechanism.weighed;
  const Concept* best = nullptr;
  std::size_t most = 0;
  for (const Concept& outcome : knowledge.concepts()) {
    const int target = weighed.find(outcome.id);
    if (outcome.kind != "outcome" || target < 0) {
      continue;
    }
    std::vector<bool> seen(weighed.nodes.size(), false);
    std::vector<std::uint32_t> open{static_cast<std::uint32_t>(target)};
    seen[open[0]] = true;
    std::size_t treatments = 0;
    while (!open.empty()) {
      const std::uint32_t node = open.back();
      open.pop_back();
      treatments += is_treatment(weighed.nodes[node]) ? 1 : 0;
      for (const std::uint32_t edge : mechanism.signed_graph.in(node)) {
        const std::uint32_t from = mechanism.signed_graph.edges()[edge].from;
        if (!seen[from]) {
          seen[from] = true;
          open.push_back(from);
        }
      }
    }
    if (treatments > most) {
      most = treatments;
      best = &outcome;
    }
  }
  return best;
}

std::vector<const Concept*> tested_outcomes(const Knowledge& knowledge, const Concept* subject) {
  std::set<std::string> ids;
  if (subject != nullptr) {
    for (const auto* claim : knowledge.about(subject->id)) {
      if (claim->subject == subject->id && claim->causal) {
        ids.insert(claim->object);
      }
    }
  }
  std::vector<const Concept*> outcomes;
  for (const auto& id : ids) {
    const Concept* object = knowledge.find_concept(id);
    if (object != nullptr && object->kind == "outcome") {
      outcomes.push_back(object);
    }
  }
  return outcomes;
}

const Concept* pair_object(const Knowledge& knowledge, const Mechanism& mechanism,
                           const Understood& asked) {
  const bool claimed = asked.subject != nullptr && asked.object != nullptr &&
                       !knowledge.between(asked.subject->id, asked.object->id).empty();
  if (!is_whole(asked) || claimed) {
    return asked.object;
  }
  const Concept* hub = hub_outcome(knowledge, mechanism);
  if (asked.subject != nullptr && !is_treatment(asked.subject)) {
    const bool chain = hub != nullptr && reaches(mechanism, *asked.subject, *hub);
    return chain ? hub : asked.object;
  }
  const Concept* best = hub;
  std::size_t most = 0;
  for (const Concept* outcome : tested_outcomes(knowledge, asked.subject)) {
    std::size_t items = 0;
    for (const auto* claim : knowledge.between(asked.subject->id, outcome->id)) {
      items += claim->items.size();
    }
    if (items > most) {
      most = items;
      best = outcome;
    }
  }
  return best;
}

const Concept* chain_object(const Knowledge& knowledge, const Mechanism& mechanism,
                            const Understood& asked, const Concept* pair) {
  if (!is_whole(asked) || asked.subject == nullptr || pair == asked.object) {
    return pair;
  }
  const Concept* hub = hub_outcome(knowledge, mechanism);
  return hub != nullptr && reaches(mechanism, *asked.subject, *hub) ? hub : pair;
}

std::vector<const Concept*> near_subjects(const Knowledge& knowledge, const Mechanism& mechanism,
                                          const Concept& subject, const Concept& object,
                                          std::size_t limit) {
  const auto wanted = telling_words(subject);
  std::vector<std::pair<std::size_t, const Concept*>> found;
  for (const Concept& other : knowledge.concepts()) {
    if (other.id == subject.id || other.id == object.id) {
      continue;
    }
    const auto words = telling_words(other);
    const auto shared = static_cast<std::size_t>(std::ranges::count_if(
        words, [&](const std::string& word) { return wanted.contains(word); }));
    if (shared > 0 && reaches(mechanism, other, object)) {
      found.emplace_back(shared, &other);
    }
  }
  std::ranges::stable_sort(found, [](const auto& a, const auto& b) { return a.first > b.first; });
  found.resize(std::min(found.size(), limit));
  std::vector<const Concept*> near;
  for (const auto& [shared, other] : found) {
    near.push_back(other);
  }
  return near;
}

}  // namespace thaw::inquiry
