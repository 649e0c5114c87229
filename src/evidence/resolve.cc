#include "evidence/resolve.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/edit_distance.h"
#include "base/text.h"

namespace thaw::evidence {
namespace {

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// An ASCII name must stand as whole words; a Chinese one may stand anywhere.
bool stands_alone(std::string_view sentence, std::size_t begin, std::size_t end) {
  const bool starts =
      begin == 0 || !is_word_byte(sentence[begin - 1]) || !is_word_byte(sentence[begin]);
  const bool ends =
      end == sentence.size() || !is_word_byte(sentence[end]) || !is_word_byte(sentence[end - 1]);
  return starts && ends;
}

std::string list_of(const std::vector<const Concept*>& concepts) {
  std::vector<std::string> names;
  for (const Concept* c : concepts) {
    names.push_back(fmt::format("{} ({})", c->name.en, c->id));
  }
  return join(names, "; ");
}

}  // namespace

NameIndex::NameIndex(const Knowledge& knowledge) : knowledge_(&knowledge) {
  for (const Concept& c : knowledge.concepts()) {
    std::set<std::string> names = {fold(c.id), fold(c.name.en), fold(c.name.zh)};
    for (const auto& alias : c.aliases) {
      names.insert(fold(alias));
    }
    for (const auto& name : names) {
      if (!name.empty()) {
        by_name_[name].push_back(&c);
        names_.emplace_back(name, &c);
      }
    }
  }
  std::ranges::sort(names_, [](const auto& a, const auto& b) {
    return std::tie(a.first, a.second->id) < std::tie(b.first, b.second->id);
  });
}

Result<const Concept*> NameIndex::resolve(std::string_view text) const {
  if (const Concept* by_id = knowledge_->find_concept(text)) {
    return by_id;
  }
  const auto found = by_name_.find(fold(text));
  if (found == by_name_.end()) {
    std::vector<std::string> near;
    for (const auto& mention : search(text, 3)) {
      near.push_back(mention.subject->name.en);
    }
    return not_found(near.empty()
                         ? fmt::format("nothing is known by the name '{}'", text)
                         : fmt::format("nothing is known by the name '{}'; did you mean: {}", text,
                                       join(near, ", ")));
  }
  if (found->second.size() > 1) {
    return conflict(
        fmt::format("'{}' can mean {}; write one of them in full", text, list_of(found->second)));
  }
  return found->second.front();
}

std::vector<Mention> NameIndex::search(std::string_view text, std::size_t limit) const {
  const std::string wanted = fold(text);
  std::vector<Mention> hits;
  for (const auto& [name, concept_of_name] : names_) {
    double score = 0;
    if (name == wanted) {
      score = 1;
    } else if (!wanted.empty() && name.starts_with(wanted)) {
      score = 0.9;
    } else if (!wanted.empty() && name.find(wanted) != std::string::npos) {
      score = 0.8;
    } else if (wanted.size() >= 4 && is_ascii(wanted)) {
      const auto most = std::max<std::size_t>(1, wanted.size() / 4);
      // Names whose lengths alone differ by more are not worth comparing letter by letter.
      if (name.size() <= wanted.size() + most && wanted.size() <= name.size() + most) {
        const auto distance = edit_distance(name, wanted);
        score = distance <= most ? 0.7 - 0.1 * static_cast<double>(distance) : 0;
      }
    }
    if (score > 0) {
      hits.push_back({concept_of_name, name, score});
    }
  }
  std::ranges::stable_sort(hits, [](const Mention& a, const Mention& b) {
    return a.score != b.score ? a.score > b.score : a.matched.size() < b.matched.size();
  });
  std::set<const Concept*> seen;
  std::erase_if(hits, [&](const Mention& hit) { return !seen.insert(hit.subject).second; });
  if (hits.size() > limit) {
    hits.resize(limit);
  }
  return hits;
}

std::vector<NameIndex::Found> NameIndex::find_in(std::string_view text) const {
  const std::string sentence = fold(text);
  std::vector<Found> all;
  for (const auto& [name, concepts] : by_name_) {
    if (name.size() < 2) {
      continue;
    }
    for (std::size_t at = sentence.find(name); at != std::string::npos;
         at = sentence.find(name, at + 1)) {
      if (stands_alone(sentence, at, at + name.size())) {
        all.push_back({concepts, at, at + name.size()});
      }
    }
  }
  std::ranges::sort(all, [](const Found& a, const Found& b) {
    const std::size_t la = a.end - a.begin;
    const std::size_t lb = b.end - b.begin;
    return la != lb ? la > lb : a.begin < b.begin;
  });
  std::vector<Found> kept;
  for (const Found& found : all) {
    const bool free = std::ranges::none_of(
        kept, [&](const Found& k) { return found.begin < k.end && k.begin < found.end; });
    if (free) {
      kept.push_back(found);
    }
  }
  std::ranges::sort(kept, {}, &Found::begin);
  return kept;
}

}  // namespace thaw::evidence
