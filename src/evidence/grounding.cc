#include "evidence/grounding.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"
#include "evidence/abbreviation.h"
#include "evidence/kind_cues.h"
#include "evidence/normal_name.h"

namespace thaw::evidence {
namespace {

// What a match starts with, before context. Chosen by reason, not fitted; each is smaller than the
// one before by less than what full context can add (0.1 kind, 0.08 neighbour, 0.1 other name).
constexpr double kExactScore = 0.86;
constexpr double kNormalisedScore = 0.81;
constexpr double kLongFormScore = 0.84;
constexpr double kCoreWordsScore = 0.70;
constexpr double kFuzzyScore = 0.75;  // times 1 - 2 edits / length
constexpr double kSynonym = 0.03;     // less for a synonym
constexpr double kKnown = 0.04;       // more for a concept of the knowledge

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

bool has_upper(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}
bool has_lower(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}
bool has_digit(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Written in capitals and digits, at most 7 letters: a symbol or an abbreviation.
bool is_symbol(std::string_view name) {
  return name.size() <= 7 && has_upper(name) && !has_lower(name);
}

/// How far other capitals make a match doubtful: 1 not at all.
double capitals_factor(std::string_view written, std::string_view name) {
  if (written == name || is_symbol(written) == is_symbol(name)) {
    return 1;
  }
  if (is_symbol(name)) {
    if (is_common_word(lower(written))) {
      return 0.3;
    }
    return has_digit(written) ? 0.95 : has_upper(written) ? 0.9 : 0.6;
  }
  return written.size() <= 5 ? 0.8 : 1;  // CAT is hardly the animal
}

/// The name inside "human SOD1 gene": what is left without the words around it; nothing when
/// there are none.
std::optional<std::string_view> core_words(std::string_view surface) {
  constexpr std::array<std::string_view, 12> kBefore = {
      "human ",     "mouse ", "murine ", "rat ",    "mutant ", "wild-type ",
      "wild type ", "total ", "serum ",  "plasma ", "csf ",    "phosphorylated "};
  constexpr std::array<std::string_view, 14> kAfter = {
      " gene",    " genes",    " protein", " proteins", " mutation", " mutations", " mrna",
      " variant", " variants", "基因",     "蛋白",      "突变",      "变异",       " levels"};
  std::string_view rest = surface;
  const std::string small = lower(surface);
  for (const auto word : kBefore) {
    if (small.starts_with(word)) {
      rest.remove_prefix(word.size());
      break;
    }
  }
  for (const auto word : kAfter) {
    if (small.ends_with(word) && rest.size() > word.size()) {
      rest.remove_suffix(word.size());
      break;
    }
  }
  rest = trim(rest);
  return rest.size() == surface.size() || rest.empty() ? std::nullopt : std::optional(rest);
}

/// "TNF-alpha" as gene symbols have it, "TNFA"; empty when there is no Greek letter at the end.
std::string with_latin_letter(std::string_view surface) {
  constexpr std::array<std::pair<std::string_view, char>, 5> kLetters = {
      {{"alpha", 'a'}, {"beta", 'b'}, {"gamma", 'g'}, {"delta", 'd'}, {"kappa", 'k'}}};
  const std::string normal = normal_name(surface);
  for (const auto& [greek, latin] : kLetters) {
    if (normal.ends_with(greek) && normal.size() >= greek.size() + 2) {
      return normal.substr(0, normal.size() - greek.size()) + latin;
    }
  }
  return {};
}

void keep_best_of_each(std::vector<GroundedConcept>& candidates) {
  std::ranges::sort(candidates, [](const GroundedConcept& a, const GroundedConcept& b) {
    return a.score != b.score ? a.score > b.score
                              : std::tie(a.term, a.matched) < std::tie(b.term, b.matched);
  });
  std::set<std::uint32_t> seen;
  std::erase_if(candidates, [&](const GroundedConcept& c) { return !seen.insert(c.term).second; });
}

/// Where `surface` stands in `context`; at the end of it when it does not.
std::pair<std::size_t, std::size_t> place_of(std::string_view surface, std::string_view context) {
  const std::less<> before;
  if (!context.empty() && !before(surface.data(), context.data()) &&
      !before(context.data() + context.size(), surface.data() + surface.size())) {
    const auto begin = static_cast<std::size_t>(surface.data() - context.data());
    return {begin, begin + surface.size()};
  }
  const auto at = context.find(surface);
  return at == std::string_view::npos ? std::pair(context.size(), context.size())
                                      : std::pair(at, at + surface.size());
}

}  // namespace

std::string_view to_string(MatchedBy how) {
  switch (how) {
    case MatchedBy::kExact:
      return "exact";
    case MatchedBy::kNormalised:
      return "normalised";
    case MatchedBy::kCore:
      return "core_words";
    case MatchedBy::kAbbreviation:
      return "abbreviation";
    case MatchedBy::kFuzzy:
      return "fuzzy";
  }
  return "";
}

bool is_common_word(std::string_view word) {
  static const std::set<std::string_view> kWords = {
      "a",      "act",    "ad",     "age",  "aid",   "aim",  "all",   "als",    "am",     "an",
      "and",    "ape",    "apex",   "arc",  "are",   "arm",  "art",   "as",     "at",     "atm",
      "bad",    "bag",    "bar",    "base", "bat",   "be",   "beta",  "bid",    "bind",   "bit",
      "box",    "but",    "by",     "camp", "can",   "cap",  "car",   "care",   "case",   "cast",
      "cat",    "chip",   "clock",  "coil", "cope",  "cork", "cow",   "dad",    "damage", "dart",
      "day",    "did",    "direct", "do",   "dot",   "ear",  "end",   "era",    "eye",    "far",
      "fast",   "fat",    "fate",   "fit",  "fix",   "flap", "flip",  "fold",   "for",    "form",
      "fry",    "fused",  "gap",    "gas",  "gene",  "get",  "go",    "had",    "ham",    "has",
      "he",     "hip",    "hit",    "hot",  "how",   "ice",  "if",    "impact", "in",     "ink",
      "is",     "it",     "its",    "jam",  "key",   "kit",  "lag",   "large",  "led",    "less",
      "light",  "like",   "link",   "long", "lot",   "low",  "lung",  "mad",    "man",    "map",
      "mark",   "mass",   "mast",   "max",  "may",   "me",   "men",   "met",    "mice",   "mid",
      "mix",    "mood",   "mouse",  "net",  "new",   "no",   "nod",   "none",   "not",    "now",
      "of",     "off",    "old",    "on",   "one",   "open", "or",    "our",    "out",    "pace",
      "pan",    "part",   "pass",   "past", "patch", "pen",  "per",   "pig",    "pit",    "plan",
      "poor",   "pop",    "post",   "rab",  "rack",  "raf",  "ran",   "rank",   "rat",    "rate",
      "raw",    "red",    "rest",   "rip",  "role",  "same", "sea",   "sell",   "set",    "she",
      "shot",   "silver", "sit",    "six",  "skin",  "so",   "son",   "spin",   "spring", "star",
      "step",   "stop",   "strand", "sum",  "tag",   "tail", "tan",   "tank",   "task",   "ten",
      "tendon", "test",   "than",   "that", "the",   "then", "this",  "time",   "tip",    "to",
      "toll",   "top",    "trap",   "try",  "tube",  "two",  "up",    "us",     "use",    "van",
      "via",    "was",    "wave",   "we",   "wee",   "were", "white", "who",    "wing",   "wish",
      "with",   "year",   "yes",    "zip"};
  return kWords.contains(word);
}

NameBook name_book_of(const Knowledge& knowledge) {
  NameBookBuilder builder;
  for (const Concept& c : knowledge.concepts()) {
    builder.add(c);
  }
  return builder.build();
}

/// What the words around a mention tell, the same for all mentions of a text.
struct Grounder::Scene {
  std::map<std::string, Abbreviation, std::less<>> long_forms;  // by short form
  std::map<std::uint32_t, std::set<std::string>> named;  // spokesman -> names that mean only it
};

Grounder::Grounder(const NameBook& book, const Knowledge* knowledge) : book_(&book) {
  if (knowledge == nullptr) {
    return;
  }
  const auto join = [&](std::string_view a, std::string_view b) {
    const auto x = book.find_id(standard_id(a));
    const auto y = book.find_id(standard_id(b));
    if (x >= 0 && y >= 0) {
      const auto p = book.spokesman(static_cast<std::uint32_t>(x));
      const auto q = book.spokesman(static_cast<std::uint32_t>(y));
      near_[p].push_back(q);
      near_[q].push_back(p);
    }
  };
  for (const Concept& c : knowledge->concepts()) {
    for (const auto& parent : c.parents) {
      join(c.id, parent);
    }
  }
  for (const Claim& claim : knowledge->claims()) {
    join(claim.subject, claim.object);
  }
  for (auto& [term, others] : near_) {
    std::ranges::sort(others);
    others.erase(std::unique(others.begin(), others.end()), others.end());
  }
}

Grounder::Scene Grounder::scene_of(std::string_view context,
                                   std::span<const std::string> beside) const {
  Scene scene;
  for (auto& one : find_abbreviations(context)) {
    scene.long_forms.emplace(one.short_form, std::move(one));
  }
  for (const auto& found : book_->find_in(context)) {
    const std::string_view written = context.substr(found.begin, found.end - found.begin);
    if (is_common_word(lower(written))) {
      continue;
    }
    std::set<std::uint32_t> meant;
    for (const auto& name : found.names) {
      meant.insert(book_->spokesman(name.term));
    }
    if (meant.size() == 1) {
      scene.named[*meant.begin()].insert(std::string(found.names.front().normal));
    }
  }
  for (const auto& id : beside) {
    if (const auto term = book_->find_id(standard_id(id)); term >= 0) {
      scene.named[book_->spokesman(static_cast<std::uint32_t>(term))].insert("");
    }
  }
  return scene;
}

void Grounder::add_names(const std::vector<TermName>& names, std::string_view written,
                         MatchedBy how, double base, std::size_t edits,
                         std::vector<GroundedConcept>& out) const {
  for (const TermName& name : names) {
    const std::uint32_t speaker = book_->spokesman(name.term);
    const Term own = book_->term(name.term);
    const Term term = book_->term(speaker);
    GroundedConcept candidate;
    candidate.term = speaker;
    candidate.id = term.id;
    candidate.kind = term.kind.empty() ? own.kind : term.kind;
    candidate.name = {std::string(term.en), std::string(term.zh)};
    candidate.matched = name.name;
    candidate.how = how;
    candidate.edits = edits;
    candidate.synonym = !name.primary;
    candidate.core = term.core;
    double score = base;
    if (how == MatchedBy::kNormalised && lower(written) == lower(name.name)) {
      candidate.how = MatchedBy::kExact;
      score = kExactScore;
    }
    score *= capitals_factor(written, name.name);
    candidate.score = score - (name.primary ? 0 : kSynonym) + (term.core ? kKnown : 0);
    out.push_back(std::move(candidate));
  }
}

void Grounder::look_up(std::string_view surface, std::vector<GroundedConcept>& out) const {
  add_names(book_->look_up(surface), surface, MatchedBy::kNormalised, kNormalisedScore, 0, out);
  if (!out.empty()) {
    return;
  }
  if (const std::string latin = with_latin_letter(surface); !latin.empty()) {
    add_names(book_->look_up(latin), latin, MatchedBy::kNormalised, kNormalisedScore - 0.04, 0,
              out);
  }
  if (const auto core = core_words(surface); out.empty() && core) {
    add_names(book_->look_up(*core), *core, MatchedBy::kCore, kCoreWordsScore, 0, out);
  }
}

void Grounder::by_edits(std::string_view surface, std::vector<GroundedConcept>& out) const {
  for (const auto& near : book_->near(surface, 8)) {
    const double kept = 1 - 2 * static_cast<double>(near.edits) / static_cast<double>(near.length);
    if (kept > 0) {
      add_names(near.names, surface, MatchedBy::kFuzzy, kFuzzyScore * kept, near.edits, out);
    }
  }
}

void Grounder::by_long_form(std::string_view surface, const Scene& scene, Grounding& out) const {
  const auto found = scene.long_forms.find(surface);
  if (found == scene.long_forms.end()) {
    return;
  }
  std::vector<GroundedConcept> meant;
  std::string_view long_form = found->second.long_form;
  if (found->second.aligned) {
    look_up(long_form, meant);
    if (meant.empty()) {
      by_edits(long_form, meant);
    }
  } else {
    while (meant.empty() && long_form.size() >= 6) {  // the name is the end of the Chinese run
      look_up(long_form, meant);
      if (meant.empty()) {
        long_form.remove_prefix(3);
      }
    }
    if (meant.empty()) {
      return;
    }
  }
  out.expanded = long_form;
  // The text says what the letters stand for: other meanings of them count half.
  for (auto& other : out.candidates) {
    other.score *= 0.5;
  }
  for (auto& candidate : meant) {
    candidate.score *= kLongFormScore / kExactScore;
    candidate.how = MatchedBy::kAbbreviation;
    out.candidates.push_back(std::move(candidate));
  }
}

void Grounder::weigh_context(const NamedThing& mention, const Scene& scene,
                             std::vector<GroundedConcept>& candidates) const {
  const auto [begin, end] = place_of(mention.surface, mention.context);
  const auto votes = kind_votes(mention.context, begin, end);
  const std::string normal = normal_name(mention.surface);
  const KindFamily asked = family_of_kind(mention.kind);
  for (auto& candidate : candidates) {
    const KindFamily family = family_of_kind(candidate.kind);
    if (!mention.kind.empty() && !candidate.kind.empty()) {
      candidate.score = family == asked ? candidate.score + 0.03 : candidate.score * 0.45;
    }
    double rival = 0;
    for (std::size_t f = 0; f < votes.size(); ++f) {
      rival = f == static_cast<std::size_t>(family) ? rival : std::max(rival, votes[f]);
    }
    candidate.score += 0.1 * std::clamp(votes[static_cast<std::size_t>(family)] - rival, -1.0, 1.0);
    if (const auto self = scene.named.find(candidate.term); self != scene.named.end()) {
      const bool by_another_name =
          std::ranges::any_of(self->second, [&](const auto& name) { return name != normal; });
      candidate.score += by_another_name ? 0.1 : 0;
    }
    if (const auto near = near_.find(candidate.term); near != near_.end()) {
      const bool beside = std::ranges::any_of(scene.named, [&](const auto& named) {
        return named.first != candidate.term &&
               std::ranges::binary_search(near->second, named.first);
      });
      candidate.score += beside ? 0.08 : 0;
    }
    candidate.score = std::clamp(candidate.score, 0.0, 1.0);
  }
}

Grounding Grounder::ground_in(const NamedThing& mention, const Scene& scene,
                              std::size_t limit) const {
  Grounding out;
  const std::string_view surface = trim(mention.surface);
  if (surface.empty() || surface.size() > 400) {
    return out;
  }
  look_up(surface, out.candidates);
  by_long_form(surface, scene, out);
  if (out.candidates.empty() && !scene.long_forms.contains(surface)) {
    by_edits(surface, out.candidates);
  }
  weigh_context(mention, scene, out.candidates);
  keep_best_of_each(out.candidates);
  out.ambiguous =
      !out.candidates.empty() &&
      (out.candidates.front().score < kLeast ||
       (out.candidates.size() > 1 && out.candidates[0].score - out.candidates[1].score < kMargin));
  if (out.candidates.size() > limit) {
    out.candidates.resize(limit);
  }
  return out;
}

Grounding Grounder::ground(const NamedThing& mention, std::size_t limit) const {
  return ground_in(mention, scene_of(mention.context, mention.beside), limit);
}

std::vector<Grounder::Found> Grounder::find_in(std::string_view text, std::size_t limit) const {
  const Scene scene = scene_of(text, {});
  std::vector<std::pair<std::size_t, std::size_t>> places;
  for (const auto& found : book_->find_in(text)) {
    const std::string_view written = text.substr(found.begin, found.end - found.begin);
    const bool capitals = is_symbol(written) && written.size() > 1;
    if (capitals || (!is_common_word(lower(written)) && written.size() > 2)) {
      places.emplace_back(found.begin, found.end);
    }
  }
  for (const auto& [short_form, definition] : scene.long_forms) {
    const auto is_word = [&](std::size_t at) {
      const auto c = at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    for (auto at = text.find(short_form); at != std::string_view::npos;
         at = text.find(short_form, at + short_form.size())) {
      const std::size_t end = at + short_form.size();
      const bool whole = (at == 0 || !is_word(at - 1)) && !is_word(end);
      const bool taken = std::ranges::any_of(
          places, [&](const auto& p) { return p.first < end && at < p.second; });
      if (whole && !taken) {
        places.emplace_back(at, end);
      }
    }
  }
  std::ranges::sort(places);
  std::vector<Found> out;
  for (const auto& [begin, end] : places) {
    NamedThing mention{text.substr(begin, end - begin), text, {}, {}};
    Found found{begin, end, ground_in(mention, scene, limit)};
    if (!found.grounding.candidates.empty()) {
      out.push_back(std::move(found));
    }
  }
  return out;
}

}  // namespace thaw::evidence
