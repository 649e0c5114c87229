#include "reading/pair_features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <string_view>

#include "reading/pair_words.h"
#include "reading/sentence_rules.h"

namespace thaw::reading {
namespace {

constexpr std::size_t kAround = 3;  // words looked at before and after a mention

class Row {
 public:
  void add(double value) { values_.push_back(static_cast<float>(value)); }
  void add_counts(const std::array<double, kCues>& counts) {
    for (const double count : counts) {
      add(count);
    }
  }
  std::vector<float> take() { return std::move(values_); }

 private:
  std::vector<float> values_;
};

using Counts = std::array<double, kCues>;

void count_cues(const std::vector<Unit>& units, std::size_t from, std::size_t to, Counts& into,
                double weight = 1) {
  for (std::size_t u = from; u < std::min(to, units.size()); ++u) {
    for (std::size_t c = 0; c < kCues; ++c) {
      if ((units[u].cues >> c & 1U) != 0) {
        into[c] += weight;
      }
    }
  }
}

double sentences_with(const std::vector<Place>& places) {
  std::set<std::size_t> seen;
  for (const Place& place : places) {
    seen.insert(place.sentence);
  }
  return static_cast<double>(seen.size());
}

bool in_sentences(const std::vector<Place>& places, std::size_t from, std::size_t to) {
  return std::ranges::any_of(places,
                             [&](const Place& p) { return p.sentence >= from && p.sentence < to; });
}

/// Of the things of one kind: how many there are, the rank of `thing` by mentions, its share.
struct Standing {
  double things = 0, rank = 0, share = 0;
};
Standing standing_of(const AnnotatedText& text, std::size_t thing) {
  Standing out;
  double mentions = 0;
  for (std::size_t t = 0; t < text.things.size(); ++t) {
    if (text.things[t].kind == text.things[thing].kind && !text.places[t].empty()) {
      out.things += 1;
      mentions += static_cast<double>(text.places[t].size());
      out.rank += text.places[t].size() > text.places[thing].size() ? 1 : 0;
    }
  }
  out.share = static_cast<double>(text.places[thing].size()) / std::max(1.0, mentions);
  return out;
}

/// Other things named in sentences that name `thing`.
double partners_of(const AnnotatedText& text, std::size_t thing) {
  std::set<std::size_t> seen;
  for (const Place& place : text.places[thing]) {
    for (const Unit& unit : text.sentences[place.sentence].units) {
      seen.insert(unit.things.begin(), unit.things.end());
    }
  }
  return static_cast<double>(seen.size());
}

double kind_pair_number(const AnnotatedText& text, const ThingPair& pair) {
  return static_cast<double>(text.things[pair.a].kind) * 5 +
         static_cast<double>(text.things[pair.b].kind);
}

void add_document(const AnnotatedText& text, const ThingPair& pair, double both, Row& row) {
  const auto& at_a = text.places[pair.a];
  const auto& at_b = text.places[pair.b];
  const std::size_t title = text.title_sentences;
  const std::size_t n = text.sentences.size();
  const std::size_t last = n > 2 ? n - 2 : 0;
  const double sa = sentences_with(at_a);
  const double sb = sentences_with(at_b);
  const double size = static_cast<double>(n);
  row.add(kind_pair_number(text, pair));
  row.add(static_cast<double>(text.things[pair.a].kind));
  row.add(static_cast<double>(text.things[pair.b].kind));
  row.add(static_cast<double>(at_a.size()));
  row.add(static_cast<double>(at_b.size()));
  row.add(static_cast<double>(std::min(at_a.size(), at_b.size())));
  row.add(sa);
  row.add(sb);
  row.add(both);
  row.add(both / std::max(1.0, std::min(sa, sb)));
  row.add(both / std::max(1.0, std::max(sa, sb)));
  row.add(both * size / std::max(1.0, sa * sb));
  row.add(in_sentences(at_a, 0, title) ? 1 : 0);
  row.add(in_sentences(at_b, 0, title) ? 1 : 0);
  row.add(in_sentences(at_a, last, n) ? 1 : 0);
  row.add(in_sentences(at_b, last, n) ? 1 : 0);
  row.add(size);
  row.add(at_a.empty() ? 1 : static_cast<double>(at_a.front().sentence) / size);
  row.add(at_b.empty() ? 1 : static_cast<double>(at_b.front().sentence) / size);
  for (const std::size_t thing : {pair.a, pair.b}) {
    const Standing standing = standing_of(text, thing);
    row.add(standing.things);
    row.add(standing.rank);
    row.add(standing.share);
    row.add(partners_of(text, thing));
  }
  row.add(static_cast<double>(text.things.size()));
}

double sentence_gap(const AnnotatedText& text, const ThingPair& pair) {
  double least = 99;
  for (const Place& a : text.places[pair.a]) {
    for (const Place& b : text.places[pair.b]) {
      least = std::min(least,
                       std::abs(static_cast<double>(a.sentence) - static_cast<double>(b.sentence)));
    }
  }
  return least;
}

constexpr std::array<std::string_view, 10> kSmallWords = {"of",  "in", "on",  "by", "with",
                                                          "for", "to", "and", "-",  "("};

/// What lies between and around the pair in one sentence.
void add_sentence(const std::vector<Unit>& units, const Together& at, Row& row) {
  const std::size_t first = std::min(at.unit_a, at.unit_b);
  const std::size_t second = std::max(at.unit_a, at.unit_b);
  double commas = 0;
  double things = 0;
  double same = 0;
  double words = 0;
  std::array<double, kSmallWords.size()> small{};
  for (std::size_t u = first + 1; u < second; ++u) {
    const Unit& unit = units[u];
    commas += unit.lower == "," || unit.lower == ";" ? 1 : 0;
    things += unit.things.empty() ? 0 : 1;
    same +=
        !unit.things.empty() && (unit.kind == units[first].kind || unit.kind == units[second].kind)
            ? 1
            : 0;
    words += unit.things.empty() && unit.lower.size() > 2 && unit.lower != "and" ? 1 : 0;
    for (std::size_t s = 0; s < kSmallWords.size(); ++s) {
      small[s] += unit.things.empty() && unit.lower == kSmallWords[s] ? 1 : 0;
    }
  }
  row.add(static_cast<double>(at.distance()));
  row.add(at.unit_a < at.unit_b ? 1 : 0);
  row.add(commas);
  row.add(things);
  row.add(same);
  row.add(words);
  row.add(static_cast<double>(units.size()));
  row.add(static_cast<double>(first) / static_cast<double>(std::max<std::size_t>(1, units.size())));
  for (const double count : small) {
    row.add(count);
  }
  Counts between{};
  Counts before{};
  Counts after{};
  count_cues(units, first + 1, second, between);
  count_cues(units, first > 6 ? first - 6 : 0, first, before);
  count_cues(units, second + 1, second + 7, after);
  row.add_counts(between);
  row.add_counts(before);
  row.add_counts(after);
}

constexpr std::size_t kSentenceNumbers = 18 + 3 * kCues;

/// Cues right before and after every place of `thing`, as shares of its places.
void add_surroundings(const AnnotatedText& text, std::size_t thing, Row& row) {
  Counts before{};
  Counts after{};
  const auto& places = text.places[thing];
  const double weight = 1.0 / static_cast<double>(std::max<std::size_t>(1, places.size()));
  for (const Place& place : places) {
    const auto& units = text.sentences[place.sentence].units;
    count_cues(units, place.unit > kAround ? place.unit - kAround : 0, place.unit, before, weight);
    count_cues(units, place.unit + 1, place.unit + 1 + kAround, after, weight);
  }
  row.add_counts(before);
  row.add_counts(after);
}

/// "A-induced B", "A inhibitor", in any sentence: the joined and adjacent forms.
void add_joined(const AnnotatedText& text, const std::vector<Together>& all, Row& row) {
  double least = 99;
  double a_hyphen_cause = 0;
  double adjacent = 0;
  double mean_distance = 0;
  double a_first = 0;
  Counts sum{};
  Counts in_title{};
  Counts whole{};
  for (const Together& at : all) {
    const auto& units = text.sentences[at.sentence].units;
    const std::size_t first = std::min(at.unit_a, at.unit_b);
    const std::size_t second = std::max(at.unit_a, at.unit_b);
    least = std::min(least, static_cast<double>(second - first));
    mean_distance += static_cast<double>(second - first) / static_cast<double>(all.size());
    a_first += at.unit_a < at.unit_b ? 1.0 / static_cast<double>(all.size()) : 0;
    adjacent += second - first <= 1 ? 1 : 0;
    if (first + 2 < units.size() && units[first + 1].lower == "-" &&
        (units[first + 2].stem == "induc" || units[first + 2].stem == "caus" ||
         units[first + 2].stem == "associat" || units[first + 2].stem == "relat")) {
      a_hyphen_cause += at.unit_a < at.unit_b ? 1 : -1;
    }
    count_cues(units, first + 1, second, sum);
    if (at.sentence < text.title_sentences) {
      count_cues(units, 0, units.size(), in_title);
    }
    count_cues(units, 0, units.size(), whole, 1.0 / static_cast<double>(all.size()));
  }
  row.add(least);
  row.add(mean_distance);
  row.add(a_first);
  row.add(adjacent);
  row.add(a_hyphen_cause);
  row.add_counts(sum);
  row.add_counts(in_title);
  row.add_counts(whole);
}

/// The cue word nearest to either thing in the closest sentence, by what it tells.
void add_nearest(const std::vector<Unit>& units, const Together& at, Row& row) {
  Counts nearest;
  nearest.fill(20);
  for (std::size_t u = 0; u < units.size(); ++u) {
    const auto away = [&](std::size_t unit) {
      return std::abs(static_cast<double>(u) - static_cast<double>(unit));
    };
    const double distance = away(at.unit_a) + away(at.unit_b) - static_cast<double>(at.distance());
    for (std::size_t c = 0; c < kCues; ++c) {
      if ((units[u].cues >> c & 1U) != 0) {
        nearest[c] = std::min(nearest[c], distance);
      }
    }
  }
  row.add_counts(nearest);
}

/// What the sentence rules say of the pair, each way round.
void add_rules(const AnnotatedText& text, const ThingPair& pair, const std::vector<Together>& all,
               Row& row) {
  std::array<double, 14> says{};
  for (const Together& at : all) {
    const UnitSentence& sentence = text.sentences[at.sentence];
    const auto names = [&](std::size_t unit, std::size_t thing) {
      return std::ranges::find(sentence.units[unit].things, thing) !=
             sentence.units[unit].things.end();
    };
    for (const SentenceClaim& claim : sentence_claims(sentence)) {
      const bool forth = names(claim.subject, pair.a) && names(claim.object, pair.b);
      const bool back = names(claim.subject, pair.b) && names(claim.object, pair.a);
      if (!forth && !back) {
        continue;
      }
      const std::size_t from = forth ? 0 : 6;
      const bool plain = !claim.negated && !claim.hedged;
      if (!claim.sign) {
        says[from + (claim.causal ? 4 : 5)] += 1;
      } else if (claim.negated) {
        says[from + 2] += 1;
      } else {
        says[from + (*claim.sign == evidence::Sign::kRaises ? 0 : 1)] += 1;
        says[from + 3] += claim.hedged ? 1 : 0;
        says[12 + (*claim.sign == evidence::Sign::kRaises ? 0 : 1)] += plain ? 1 : 0;
      }
    }
  }
  for (const double count : says) {
    row.add(count);
  }
}

std::vector<float> dense_of(const AnnotatedText& text, const ThingPair& pair,
                            const std::vector<Together>& all) {
  Row row;
  add_document(text, pair, static_cast<double>(all.size()), row);
  row.add(all.empty() ? sentence_gap(text, pair) : 0);
  add_rules(text, pair, all, row);
  add_joined(text, all, row);
  if (all.empty()) {
    for (std::size_t i = 0; i < kSentenceNumbers + kCues; ++i) {
      row.add(-1);
    }
  } else {
    add_sentence(text.sentences[all.front().sentence].units, all.front(), row);
    add_nearest(text.sentences[all.front().sentence].units, all.front(), row);
  }
  add_surroundings(text, pair.a, row);
  add_surroundings(text, pair.b, row);
  return row.take();
}

bool can_be_signed(ThingKind a, ThingKind b) {
  using enum ThingKind;
  if (a == kOther || b == kOther) {
    return false;
  }
  return !(a == kVariant && (b == kVariant || b == kGene)) && !(a == kDisease && b == kDisease);
}

}  // namespace

std::vector<Together> together(const AnnotatedText& text, const ThingPair& pair) {
  std::vector<Together> out;
  for (const Place& a : text.places[pair.a]) {
    for (const Place& b : text.places[pair.b]) {
      if (a.sentence != b.sentence) {
        continue;
      }
      const Together here{a.sentence, a.unit, b.unit};
      const auto same = std::ranges::find(out, a.sentence, &Together::sentence);
      if (same == out.end()) {
        out.push_back(here);
      } else if (here.distance() < same->distance()) {
        *same = here;
      }
    }
  }
  std::ranges::sort(out, [](const Together& x, const Together& y) {
    return std::tuple(x.distance(), x.sentence) < std::tuple(y.distance(), y.sentence);
  });
  return out;
}

std::vector<ThingPair> pairs_of(const AnnotatedText& text) {
  std::vector<ThingPair> out;
  const auto first_place = [&](std::size_t thing) {
    return std::pair(text.places[thing].front().sentence, text.places[thing].front().unit);
  };
  for (std::size_t i = 0; i < text.things.size(); ++i) {
    for (std::size_t j = i + 1; j < text.things.size(); ++j) {
      if (text.places[i].empty() || text.places[j].empty()) {
        continue;
      }
      const auto rank = [&](std::size_t thing) {
        return std::tuple(text.things[thing].kind, first_place(thing), text.things[thing].key);
      };
      const bool in_order = rank(i) <= rank(j);
      const ThingPair pair{in_order ? i : j, in_order ? j : i};
      if (can_be_signed(text.things[pair.a].kind, text.things[pair.b].kind)) {
        out.push_back(pair);
      }
    }
  }
  std::ranges::sort(out, [](const ThingPair& x, const ThingPair& y) {
    return std::tuple(x.a, x.b) < std::tuple(y.a, y.b);
  });
  return out;
}

PairFeatures pair_features(const AnnotatedText& text, const ThingPair& pair) {
  const auto all = together(text, pair);
  return {dense_of(text, pair, all), pair_words(text, pair, all)};
}

std::size_t dense_features() {
  static const std::size_t count = [] {
    AnnotatedText text = annotate("x y", {{"x", ThingKind::kGene}, {"y", ThingKind::kDisease}},
                                  {{{0, 1}, 0}, {{2, 3}, 1}}, 0);
    return dense_of(text, {0, 1}, together(text, {0, 1})).size();
  }();
  return count;
}

}  // namespace thaw::reading
