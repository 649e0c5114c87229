#include "reading/pair_words.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

namespace thaw::reading {
namespace {

constexpr std::size_t kSentencesRead = 4;    // of those that name both, the closest
constexpr std::size_t kLongestBetween = 30;  // words between that are still read

/// Gathers feature numbers: FNV-1a over the parts of a feature's name.
class Hashed {
 public:
  void add(std::initializer_list<std::string_view> parts) {
    std::uint64_t h = 1469598103934665603ULL;
    for (const std::string_view part : parts) {
      for (const char c : part) {
        h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
      }
      h = (h ^ 0x1FU) * 1099511628211ULL;
    }
    h ^= h >> 33U;
    h *= 0xff51afd7ed558ccdULL;
    h ^= h >> 33U;
    out_.push_back(static_cast<std::uint32_t>(h % kSparseSpace));
  }
  std::vector<std::uint32_t> take() {
    std::ranges::sort(out_);
    out_.erase(std::unique(out_.begin(), out_.end()), out_.end());
    return std::move(out_);
  }

 private:
  std::vector<std::uint32_t> out_;
};

std::string_view kind_word(ThingKind kind) {
  switch (kind) {
    case ThingKind::kVariant:
      return "<V>";
    case ThingKind::kChemical:
      return "<C>";
    case ThingKind::kGene:
      return "<G>";
    case ThingKind::kDisease:
      return "<D>";
    case ThingKind::kOther:
      break;
  }
  return "<O>";
}

/// A unit as the model sees it: a word's stem, or the kind of a thing.
std::string_view shown(const Unit& unit) {
  if (!unit.things.empty()) {
    return kind_word(unit.kind);
  }
  const char c = unit.lower.empty() ? ' ' : unit.lower.front();
  return c >= '0' && c <= '9' ? std::string_view("<N>") : std::string_view(unit.stem);
}

void add_between(const std::vector<Unit>& units, std::size_t first, std::size_t second,
                 std::string_view role, std::string_view kinds, Hashed& out) {
  if (second - first > kLongestBetween) {
    return;
  }
  std::string whole;
  std::string_view before = "<1>";
  std::string_view before_that;
  for (std::size_t u = first + 1; u <= second; ++u) {
    const std::string_view word = u == second ? "<2>" : shown(units[u]);
    if (u < second) {
      out.add({"b", role, word});
      out.add({"b", kinds, role, word});
      out.add({"b", word});
      whole += word;
      whole += ' ';
    }
    out.add({"bb", role, before, word});
    out.add({"bb", kinds, before, word});
    if (!before_that.empty()) {
      out.add({"bbb", role, before_that, before, word});
    }
    before_that = before;
    before = word;
  }
  if (second - first <= 6) {
    out.add({"whole", role, whole});
    out.add({"whole", kinds, role, whole});
  }
}

void add_outside(const std::vector<Unit>& units, std::size_t first, std::size_t second,
                 std::string_view role, std::string_view kinds, Hashed& out) {
  for (std::size_t d = 1; d <= 4; ++d) {
    const std::string_view near = d <= 2 ? "near" : "far";
    if (first >= d) {
      out.add({"before", near, role, shown(units[first - d])});
      out.add({"before", kinds, role, shown(units[first - d])});
    }
    if (second + d < units.size()) {
      out.add({"after", near, role, shown(units[second + d])});
      out.add({"after", kinds, role, shown(units[second + d])});
    }
  }
  if (first >= 2) {
    out.add({"bbefore", role, shown(units[first - 2]), shown(units[first - 1])});
  }
  if (second + 2 < units.size()) {
    out.add({"bafter", role, shown(units[second + 1]), shown(units[second + 2])});
  }
}

void add_cues(const std::vector<Unit>& units, std::size_t first, std::size_t second,
              std::string_view role, std::string_view kinds, Hashed& out) {
  std::string in_order;
  for (std::size_t u = 0; u < units.size(); ++u) {
    const std::string_view where = u < first ? "<" : u < second ? "=" : ">";
    if (units[u].cues == 0) {
      continue;
    }
    const std::string cues = std::to_string(units[u].cues);
    out.add({"cue", where, role, kinds, cues});
    if (u > first && u < second) {
      in_order += cues + ' ';
    }
  }
  out.add({"cues", role, kinds, in_order});
}

/// How a variant is written: "rs429358" is another thing than "p.D90A".
void add_shape(const AnnotatedText& text, const Unit& unit, std::string_view side,
               std::string_view kinds, Hashed& out) {
  if (unit.kind != ThingKind::kVariant) {
    return;
  }
  std::string shape;
  for (const char c : bytes_at(text.text, unit.span).substr(0, 24)) {
    const char s = c >= '0' && c <= '9' ? '0' : c >= 'A' && c <= 'Z' ? 'A' : c;
    if (shape.empty() || shape.back() != s) {
      shape += s;
    }
  }
  out.add({"shape", side, kinds, shape});
}

/// Words beside every place of one thing, wherever it stands.
void add_places(const AnnotatedText& text, std::size_t thing, std::string_view side,
                std::string_view kinds, Hashed& out) {
  for (const Place& place : text.places[thing]) {
    const auto& units = text.sentences[place.sentence].units;
    if (place.unit > 0) {
      out.add({"left", side, kinds, shown(units[place.unit - 1])});
    }
    if (place.unit + 1 < units.size()) {
      out.add({"right", side, kinds, shown(units[place.unit + 1])});
    }
    if (place.unit + 2 < units.size()) {
      out.add({"right2", side, kinds, shown(units[place.unit + 1]), shown(units[place.unit + 2])});
    }
    if (place.unit > 1) {
      out.add({"left2", side, kinds, shown(units[place.unit - 2]), shown(units[place.unit - 1])});
    }
    out.add({"head", side, kinds, units[place.unit].stem});
    add_shape(text, units[place.unit], side, kinds, out);
  }
}

}  // namespace

std::vector<std::uint32_t> pair_words(const AnnotatedText& text, const ThingPair& pair,
                                      const std::vector<Together>& all) {
  Hashed out;
  const std::string kinds = std::string(kind_word(text.things[pair.a].kind)) +
                            std::string(kind_word(text.things[pair.b].kind));
  out.add({"kinds", kinds});
  out.add({"together", kinds, std::to_string(std::min<std::size_t>(all.size(), 4))});
  for (std::size_t i = 0; i < std::min(all.size(), kSentencesRead); ++i) {
    const auto& units = text.sentences[all[i].sentence].units;
    const std::size_t first = std::min(all[i].unit_a, all[i].unit_b);
    const std::size_t second = std::max(all[i].unit_a, all[i].unit_b);
    const std::string_view role = all[i].unit_a <= all[i].unit_b ? "ab" : "ba";
    add_between(units, first, second, role, kinds, out);
    add_outside(units, first, second, role, kinds, out);
    add_cues(units, first, second, role, kinds, out);
    for (const Unit& unit : units) {
      out.add({"sentence", kinds, shown(unit)});
    }
  }
  for (std::size_t s = 0; s < std::min(text.title_sentences, text.sentences.size()); ++s) {
    for (const Unit& unit : text.sentences[s].units) {
      out.add({"title", kinds, shown(unit)});
    }
  }
  add_places(text, pair.a, "a", kinds, out);
  add_places(text, pair.b, "b", kinds, out);
  return out.take();
}

}  // namespace thaw::reading
