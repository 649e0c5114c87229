#include "inquiry/question.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace thaw::inquiry {
namespace {

using evidence::Concept;
using evidence::Sign;

enum class Cue : std::uint8_t { kNext, kHow, kLowers, kRaises, kGood, kBad };

struct CueWords {
  Cue cue;
  std::string_view words;  // an English beginning of words, or Chinese characters
};

// The first row that matches decides the template; signs are read apart.
constexpr std::array kTemplates = std::to_array<CueWords>({
    {Cue::kNext, "studied next"},
    {Cue::kNext, "study next"},
    {Cue::kNext, "next study"},
    {Cue::kNext, "next experiment"},
    {Cue::kNext, "researched next"},
    {Cue::kNext, "next step"},
    {Cue::kNext, "should be studied"},
    {Cue::kNext, "should we study"},
    {Cue::kNext, "still unknown"},
    {Cue::kNext, "接下来"},
    {Cue::kNext, "下一步"},
    {Cue::kNext, "该研究什么"},
    {Cue::kNext, "应该研究"},
    {Cue::kNext, "值得研究"},
    {Cue::kNext, "还要研究"},
    {Cue::kHow, "through what"},
    {Cue::kHow, "how does"},
    {Cue::kHow, "how do"},
    {Cue::kHow, "by what"},
    {Cue::kHow, "mechanism"},
    {Cue::kHow, "why does"},
    {Cue::kHow, "through which"},
    {Cue::kHow, "通过什么"},
    {Cue::kHow, "通过哪"},
    {Cue::kHow, "怎么"},
    {Cue::kHow, "怎样"},
    {Cue::kHow, "如何"},
    {Cue::kHow, "机制"},
    {Cue::kHow, "机理"},
    {Cue::kHow, "为什么"},
});

constexpr std::array kSigns = std::to_array<CueWords>({
    {Cue::kBad, "worsen"},
    {Cue::kBad, "harm"},
    {Cue::kBad, "加重"},
    {Cue::kBad, "恶化"},
    {Cue::kBad, "有害"},
    {Cue::kBad, "伤害"},
    {Cue::kGood, "slow"},
    {Cue::kLowers, "reduc"},
    {Cue::kLowers, "lower"},
    {Cue::kLowers, "decreas"},
    {Cue::kGood, "delay"},
    {Cue::kLowers, "inhibit"},
    {Cue::kGood, "stop"},
    {Cue::kGood, "halt"},
    {Cue::kGood, "延缓"},
    {Cue::kGood, "减缓"},
    {Cue::kGood, "减慢"},
    {Cue::kLowers, "降低"},
    {Cue::kLowers, "减少"},
    {Cue::kLowers, "抑制"},
    {Cue::kGood, "阻止"},
    {Cue::kGood, "延迟"},
    {Cue::kGood, "protect"},
    {Cue::kGood, "prevent"},
    {Cue::kGood, "help"},
    {Cue::kGood, "improv"},
    {Cue::kGood, "work"},
    {Cue::kGood, "benefi"},
    {Cue::kGood, "treat"},
    {Cue::kGood, "effective"},
    {Cue::kGood, "cure"},
    {Cue::kGood, "保护"},
    {Cue::kGood, "预防"},
    {Cue::kGood, "改善"},
    {Cue::kGood, "有效"},
    {Cue::kGood, "有用"},
    {Cue::kGood, "治疗"},
    {Cue::kGood, "治好"},
    {Cue::kGood, "帮助"},
    {Cue::kGood, "好处"},
    {Cue::kRaises, "caus"},
    {Cue::kRaises, "increas"},
    {Cue::kRaises, "rais"},
    {Cue::kRaises, "accelerat"},
    {Cue::kRaises, "lead to"},
    {Cue::kRaises, "extend"},
    {Cue::kRaises, "prolong"},
    {Cue::kRaises, "lengthen"},
    {Cue::kRaises, "trigger"},
    {Cue::kRaises, "导致"},
    {Cue::kRaises, "引起"},
    {Cue::kRaises, "造成"},
    {Cue::kRaises, "增加"},
    {Cue::kRaises, "升高"},
    {Cue::kRaises, "加速"},
    {Cue::kRaises, "延长"},
    {Cue::kRaises, "诱发"},
    // "Should I take X" is answered by what is known of X, never by yes or no.
    {Cue::kGood, "take"},
    {Cue::kGood, "该吃"},
    {Cue::kGood, "该用"},
    {Cue::kGood, "要吃"},
    {Cue::kGood, "能吃"},
    {Cue::kGood, "服用"},
});

constexpr std::array<std::string_view, 6> kAnyEffect = {"affect", "influenc", "act on",
                                                        "影响",   "作用",     "有关"};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// `cue` in `text`: English ones only at the beginning of a word.
bool has(std::string_view text, std::string_view cue) {
  for (std::size_t at = text.find(cue); at != std::string_view::npos; at = text.find(cue, at + 1)) {
    if (!is_letter(cue.front()) || at == 0 || !is_letter(text[at - 1])) {
      return true;
    }
  }
  return false;
}

template <std::size_t N>
std::optional<Cue> first_cue(std::string_view text, const std::array<CueWords, N>& table) {
  for (const auto& row : table) {
    if (has(text, row.words)) {
      return row.cue;
    }
  }
  return std::nullopt;
}

bool is_treatment(const Concept& thing) {
  return thing.kind == "drug" || thing.kind == "intervention";
}

/// Which way the effect in question goes, in the object's own terms.
std::optional<Sign> sign_of(std::optional<Cue> cue, const Concept* object) {
  if (!cue) {
    return std::nullopt;
  }
  const Sign good = object != nullptr && object->wanted == "raises" ? Sign::kRaises : Sign::kLowers;
  switch (*cue) {
    case Cue::kLowers:
      return Sign::kLowers;
    case Cue::kGood:  // "slow" too: nobody asks whether survival is slowed
      return good;
    case Cue::kBad:
      return evidence::opposite(good);
    default:
      return Sign::kRaises;
  }
}

/// Whether the words between and after two names turn subject and object round.
bool is_passive(std::string_view sentence, std::size_t first_end, std::size_t second_begin,
                std::size_t second_end) {
  const auto between = sentence.substr(first_end, second_begin - first_end);
  const auto after = sentence.substr(second_end);
  const auto begins = [&](std::string_view cue) { return trim(after).starts_with(cue); };
  return has(between, "by ") || between.find("被") != std::string_view::npos ||
         between.find("由") != std::string_view::npos ||
         (between.find("是") != std::string_view::npos &&
          (begins("引起") || begins("导致") || begins("造成")));
}

/// The sentence with its names blanked, so that no cue is read out of a name.
std::string without_names(std::string sentence,
                          const std::vector<evidence::NameIndex::Found>& mentions) {
  for (const auto& mention : mentions) {
    std::fill(sentence.begin() + static_cast<std::ptrdiff_t>(mention.begin),
              sentence.begin() + static_cast<std::ptrdiff_t>(mention.end), ' ');
  }
  return sentence;
}

std::optional<Template> template_of(std::string_view words) {
  if (const auto cue = first_cue(words, kTemplates)) {
    return *cue == Cue::kNext ? Template::kNextStudy : Template::kMechanism;
  }
  const bool effect =
      first_cue(words, kSigns).has_value() ||
      std::ranges::any_of(kAnyEffect, [&](std::string_view cue) { return has(words, cue); });
  return effect ? std::optional(Template::kEffect) : std::nullopt;
}

bool asks_what(std::string_view words) {
  constexpr std::array<std::string_view, 5> kWhat = {"what", "which", "什么", "哪些", "哪种"};
  return std::ranges::any_of(kWhat, [&](std::string_view cue) { return has(words, cue); });
}

}  // namespace

std::string_view code(Template value) {
  constexpr std::array<std::string_view, 3> kCodes = {"effect", "mechanism", "next_study"};
  return kCodes[static_cast<std::size_t>(value)];
}

Parsed parse_question(const evidence::NameIndex& names, std::string_view question) {
  Parsed parsed;
  const std::string sentence = fold(question);
  const auto mentions = names.find_in(question);
  for (const auto& mention : mentions) {
    if (mention.candidates.size() > 1) {
      parsed.ambiguous.push_back(
          {sentence.substr(mention.begin, mention.end - mention.begin), mention.candidates});
    }
  }
  const std::string words = without_names(sentence, mentions);
  const auto kind = template_of(words);
  if (!parsed.ambiguous.empty() || !kind || (mentions.empty() && !asks_what(words))) {
    return parsed;
  }
  Understood understood;
  understood.kind = *kind;
  if (mentions.empty()) {  // "what helps?": on the disease as a whole
    understood.wanted = sign_of(first_cue(words, kSigns), nullptr);
    parsed.understood = understood;
    return parsed;
  }
  const Concept* first = mentions.front().candidates.front();
  const Concept* last = mentions.back().candidates.front();
  if (first == last) {
    (is_treatment(*first) ? understood.subject : understood.object) = first;
  } else {
    understood.subject = first;
    understood.object = last;
    if (is_passive(words, mentions.front().end, mentions.back().begin, mentions.back().end)) {
      std::swap(understood.subject, understood.object);
    }
  }
  understood.wanted = sign_of(first_cue(words, kSigns), understood.object);
  parsed.understood = understood;
  return parsed;
}

bool is_chinese(std::string_view text) {
  // U+4E00..U+9FFF are three bytes that begin with E4..E9.
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xE4 && byte <= 0xE9;
  });
}

}  // namespace thaw::inquiry
