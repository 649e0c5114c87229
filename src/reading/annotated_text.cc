#include "reading/annotated_text.h"

#include <algorithm>

#include "reading/sentences.h"

namespace thaw::reading {
namespace {

/// Sentences of the text, those that a mention crosses joined.
std::vector<Span> whole_sentences(std::string_view text, const std::vector<Naming>& namings) {
  std::vector<Span> joined;
  std::size_t next = 0;  // namings are in order of place
  for (const Span& sentence : split_sentences(text)) {
    while (next < namings.size() && namings[next].span.end <= sentence.begin) {
      ++next;
    }
    const bool crossed = next < namings.size() && !joined.empty() &&
                         namings[next].span.begin < joined.back().end &&
                         namings[next].span.end > sentence.begin;
    if (crossed) {
      joined.back().end = sentence.end;
    } else {
      joined.push_back(sentence);
    }
  }
  return joined;
}

/// Outermost mentions in order of place, each with every thing named inside it.
struct Outer {
  Span span;
  std::vector<std::size_t> things;
  ThingKind kind;
};

std::vector<Outer> outermost(const std::vector<Naming>& namings, const std::vector<Thing>& things) {
  std::vector<Outer> out;
  for (const Naming& naming : namings) {
    if (!out.empty() && naming.span.begin < out.back().span.end) {
      out.back().span.end = std::max(out.back().span.end, naming.span.end);
    } else {
      out.push_back({naming.span, {}, things[naming.thing].kind});
    }
    auto& named = out.back().things;
    if (std::ranges::find(named, naming.thing) == named.end()) {
      named.push_back(naming.thing);
    }
  }
  return out;
}

UnitSentence units_of(std::string_view text, const Span& sentence,
                      const std::vector<Outer>& outer) {
  UnitSentence out{sentence, {}};
  auto mention = std::ranges::lower_bound(outer, sentence.begin, {},
                                          [](const Outer& o) { return o.span.end - 1; });
  const auto phrases = find_chinese_cues(text, sentence);
  auto phrase = phrases.begin();
  for (Token& token : tokenize(text, sentence)) {
    while (phrase != phrases.end() && phrase->span.end <= token.span.begin) {
      ++phrase;
    }
    while (mention != outer.end() && mention->span.end <= token.span.begin) {
      ++mention;
    }
    if (mention != outer.end() && mention->span.touches(token.span)) {
      const bool begun = !out.units.empty() && out.units.back().span == mention->span &&
                         !out.units.back().things.empty();
      if (!begun) {
        out.units.push_back({mention->span, "", "", 0, mention->things, mention->kind});
      }
      out.units.back().lower = token.lower;
      out.units.back().stem = token.stem;
      continue;
    }
    if (phrase != phrases.end() && phrase->span.holds(token.span)) {
      if (phrase->span.begin == token.span.begin) {
        const std::string words(bytes_at(text, phrase->span));
        out.units.push_back({phrase->span, words, words, phrase->cues, {}, ThingKind::kOther});
      }
      continue;
    }
    const CueSet cues = cues_of(token.lower);
    out.units.push_back(
        {token.span, std::move(token.lower), std::move(token.stem), cues, {}, ThingKind::kOther});
  }
  return out;
}

}  // namespace

AnnotatedText annotate(std::string text, std::vector<Thing> things, std::vector<Naming> namings,
                       std::size_t title_end) {
  std::erase_if(namings, [&](const Naming& n) {
    return n.thing >= things.size() || n.span.empty() || n.span.begin > n.span.end ||
           n.span.end > text.size();
  });
  std::ranges::sort(namings, [](const Naming& a, const Naming& b) {
    return std::tuple(a.span.begin, b.span.end, a.thing) <
           std::tuple(b.span.begin, a.span.end, b.thing);
  });
  AnnotatedText out;
  out.places.resize(things.size());
  const auto outer = outermost(namings, things);
  out.title_sentences = 0;
  for (const Span& sentence : whole_sentences(text, namings)) {
    out.title_sentences += sentence.begin < title_end ? 1 : 0;
    out.sentences.push_back(units_of(text, sentence, outer));
    const auto& units = out.sentences.back().units;
    for (std::size_t u = 0; u < units.size(); ++u) {
      for (const std::size_t thing : units[u].things) {
        out.places[thing].push_back({out.sentences.size() - 1, u});
      }
    }
  }
  out.text = std::move(text);
  out.things = std::move(things);
  return out;
}

}  // namespace thaw::reading
