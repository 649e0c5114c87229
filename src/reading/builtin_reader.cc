#include "reading/builtin_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "base/text.h"
#include "reading/claim_words.h"
#include "reading/find_mentions.h"
#include "reading/reading_check.h"
#include "reading/sentence_claim_odds.h"
#include "reading/study_facts.h"

namespace thaw::reading {
namespace {

using evidence::Direction;
using evidence::Sign;

constexpr std::size_t kFarthestApart = 2;  // sentences between the two of one claim
constexpr std::size_t kMostThings = 300;   // of one text whose pairs are judged
constexpr std::size_t kMostClaims = 5000;

/// A claim of a sentence rule, where it stands.
struct Ruled {
  std::size_t sentence = 0;
  SentenceClaim claim;
};

/// One document while it is read.
class Work {
 public:
  Work(const evidence::Document& document, const evidence::Grounder& grounder,
       const evidence::Knowledge& knowledge, const RelationModel& model,
       const BuiltinReader::Settings& settings)
      : document_(document), model_(model), settings_(settings) {
    reading_.document = document.id;
    reading_.reader = std::string(kBuiltinReaderName);
    std::string text = document.text();
    reading_.mentions = find_mentions(text, grounder);
    std::vector<Thing> things;
    std::vector<Naming> namings;
    std::map<std::string, std::size_t> at;
    for (const Mention& mention : reading_.mentions) {
      const auto [place, is_new] = at.try_emplace(mention.meaning, things.size());
      if (is_new) {
        things.push_back({mention.meaning, thing_kind(mention, &knowledge)});
      }
      namings.push_back({mention.span, place->second});
    }
    const std::size_t title = document.sections.size() > 1 ? document.sections[0].text.size() : 0;
    text_ = annotate(std::move(text), std::move(things), std::move(namings), title);
    kind_ = find_study_kind(document, text_.text);
    organism_ = find_organism(text_.text, {0, text_.text.size()});
    n_ = find_n(text_.text, {0, text_.text.size()});
    for (std::size_t s = 0; s < text_.sentences.size(); ++s) {
      for (SentenceClaim& claim : sentence_claims(text_.sentences[s])) {
        rules_.push_back({s, claim});
      }
    }
  }

  Reading finish() {
    if (is_english()) {
      judge_pairs();
    }
    add_rules();
    std::ranges::stable_sort(reading_.claims, [](const ReadClaim& a, const ReadClaim& b) {
      return std::tie(a.evidence.begin, a.subject.span, a.object.span) <
             std::tie(b.evidence.begin, b.subject.span, b.object.span);
    });
    return std::move(reading_);
  }

 private:
  /// The model was fitted on English: a text of which most sentences are Chinese is not judged.
  bool is_english() const {
    std::size_t chinese = 0;
    for (const UnitSentence& sentence : text_.sentences) {
      chinese += is_chinese(sentence) ? 1U : 0U;
    }
    return 2 * chinese < std::max<std::size_t>(1, text_.sentences.size());
  }

  static bool names(const Unit& unit, std::size_t thing) {
    return std::ranges::find(unit.things, thing) != unit.things.end();
  }

  const Mention& mention_at(const Span& span) const {
    const auto found = std::ranges::lower_bound(reading_.mentions, span.begin, {},
                                                [](const Mention& m) { return m.span.begin; });
    return *found;  // every unit with things begins where a mention does
  }

  /// The rule claims of a pair, the plain ones of the wanted sign first.
  const Ruled* best_rule(const ThingPair& pair, std::optional<Sign> sign) const {
    const Ruled* best = nullptr;
    double best_worth = -1;
    for (const Ruled& ruled : rules_) {
      const auto& units = text_.sentences[ruled.sentence].units;
      const Unit& subject = units[ruled.claim.subject];
      const Unit& object = units[ruled.claim.object];
      const bool about = (names(subject, pair.a) && names(object, pair.b)) ||
                         (names(subject, pair.b) && names(object, pair.a));
      if (!about || ruled.claim.negated || ruled.claim.sign != sign) {
        continue;
      }
      const double worth = sentence_claim_probability(text_.sentences[ruled.sentence], ruled.claim);
      if (worth > best_worth) {
        best_worth = worth;
        best = &ruled;
      }
    }
    return best;
  }

  void judge_pairs() {
    if (text_.things.size() > kMostThings) {
      reading_.refused.push_back(
          {fmt::format("more than {} things are named: only its sentences were read", kMostThings),
           document_.id});
      return;
    }
    const double least =
        settings_.threshold.value_or(static_cast<double>(model_.default_threshold));
    for (const ThingPair& pair : pairs_of(text_)) {
      const PairJudgement judged = model_.judge(pair_features(text_, pair));
      const Sign sign = judged.raises >= 0.5 ? Sign::kRaises : Sign::kLowers;
      const double p = judged.is_signed * std::max(judged.raises, 1 - judged.raises);
      if (p >= least) {
        add_judged(pair, sign, p);
      }
    }
  }

  void add_judged(const ThingPair& pair, Sign sign, double probability) {
    if (const Ruled* ruled = best_rule(pair, sign)) {
      add_ruled(*ruled, probability);
      asserted_.insert_or_assign(key_of(pair.a, pair.b), sign);
      return;
    }
    const auto both = together(text_, pair);
    ReadClaim claim;
    claim.sign = sign;
    claim.causal = true;
    claim.probability = probability;
    if (!both.empty()) {
      const UnitSentence& sentence = text_.sentences[both.front().sentence];
      fill(sentence.units[both.front().unit_a].span, sentence.units[both.front().unit_b].span,
           sentence.span, claim);
      claim.hedged = std::ranges::any_of(sentence.units,
                                         [](const Unit& u) { return has(u.cues, Cue::kHedge); });
    } else if (!fill_across(pair, claim)) {
      reading_.refused.push_back({"no passage of the text names both",
                                  text_.things[pair.a].key + " / " + text_.things[pair.b].key});
      return;
    }
    claim.relation = sign == Sign::kRaises ? "increases" : "decreases";
    asserted_.insert_or_assign(key_of(pair.a, pair.b), sign);
    keep(std::move(claim));
  }

  /// The closest places in different sentences, when near enough to be quoted together.
  bool fill_across(const ThingPair& pair, ReadClaim& claim) {
    const Place* a = nullptr;
    const Place* b = nullptr;
    std::size_t least = kFarthestApart + 1;
    for (const Place& x : text_.places[pair.a]) {
      for (const Place& y : text_.places[pair.b]) {
        const std::size_t gap = std::max(x.sentence, y.sentence) - std::min(x.sentence, y.sentence);
        if (gap < least) {
          least = gap;
          a = &x;
          b = &y;
        }
      }
    }
    if (a == nullptr) {
      return false;
    }
    const auto& first = text_.sentences[std::min(a->sentence, b->sentence)];
    const auto& last = text_.sentences[std::max(a->sentence, b->sentence)];
    fill(text_.sentences[a->sentence].units[a->unit].span,
         text_.sentences[b->sentence].units[b->unit].span, {first.span.begin, last.span.end},
         claim);
    return true;
  }

  void fill(const Span& subject, const Span& object, const Span& evidence, ReadClaim& claim) const {
    claim.subject = mention_at(subject);
    claim.object = mention_at(object);
    claim.evidence = evidence;
    claim.quote = std::string(bytes_at(text_.text, evidence));
    claim.study_kind = kind_;
    claim.organism = find_organism(text_.text, evidence);
    if (!claim.organism) {
      claim.organism = organism_;
    }
    claim.n = find_n(text_.text, evidence);
    if (!claim.n) {
      claim.n = n_;
    }
    claim.effect = find_effect(text_.text, evidence);
    if (claim.effect) {
      // A ratio above 1 means more of an event; of survival the event is the end.
      const bool of_survival = claim.object.surface.find("urviv") != std::string::npos ||
                               claim.object.surface.find("生存") != std::string::npos;
      claim.effect->value.positive_means = of_survival ? Sign::kLowers : Sign::kRaises;
    }
  }

  static std::pair<std::size_t, std::size_t> key_of(std::size_t a, std::size_t b) {
    return {std::min(a, b), std::max(a, b)};
  }

  void add_ruled(const Ruled& ruled, double probability) {
    const UnitSentence& sentence = text_.sentences[ruled.sentence];
    const Unit& trigger = sentence.units[ruled.claim.trigger];
    ReadClaim claim;
    fill(sentence.units[ruled.claim.subject].span, sentence.units[ruled.claim.object].span,
         sentence.span, claim);
    claim.sign = ruled.claim.sign;
    claim.causal = ruled.claim.causal && ruled.claim.cue != Cue::kNoSign;
    claim.negated = ruled.claim.negated;
    claim.hedged = ruled.claim.hedged;
    claim.direction = claim.negated ? Direction::kNoEffectSeen : Direction::kSupports;
    claim.trigger =
        Stated<std::string>{std::string(bytes_at(text_.text, trigger.span)), trigger.span};
    claim.relation = relation_word(ruled.claim.cue, claim.sign, trigger, claim.object.kind);
    claim.probability = probability;
    keep(std::move(claim));
  }

  /// What sentences say alone: of things that the model does not judge, and denials.
  void add_rules() {
    const double least = settings_.threshold.value_or(BuiltinReader::kLeastRule);
    const bool english = is_english();
    std::map<std::tuple<std::size_t, std::size_t, int>, std::pair<double, const Ruled*>> best;
    for (const Ruled& ruled : rules_) {
      const UnitSentence& sentence = text_.sentences[ruled.sentence];
      const Unit& subject = sentence.units[ruled.claim.subject];
      const Unit& object = sentence.units[ruled.claim.object];
      const bool judged = english && !ruled.claim.negated && subject.kind != ThingKind::kOther &&
                          object.kind != ThingKind::kOther &&
                          !(subject.kind == ThingKind::kDisease && object.kind == subject.kind);
      const double p = sentence_claim_probability(sentence, ruled.claim);
      const std::size_t a = subject.things.front();
      const std::size_t b = object.things.front();
      if (judged || p < least || asserted_.contains(key_of(a, b))) {
        continue;
      }
      const int says = ruled.claim.negated ? 2
                       : !ruled.claim.sign ? 0
                                           : static_cast<int>(*ruled.claim.sign);
      auto& kept = best[{a, b, says}];
      if (kept.second == nullptr || p > kept.first) {
        kept = {p, &ruled};
      }
    }
    for (const auto& [key, kept] : best) {
      add_ruled(*kept.second, kept.first);
    }
  }

  void keep(ReadClaim claim) {
    if (reading_.claims.size() < kMostClaims) {
      reading_.claims.push_back(std::move(claim));
    }
  }

  const evidence::Document& document_;
  const RelationModel& model_;
  const BuiltinReader::Settings& settings_;
  Reading reading_;
  AnnotatedText text_;
  std::optional<Stated<std::string>> kind_, organism_;  // of the whole text
  std::optional<Stated<double>> n_;
  std::vector<Ruled> rules_;
  std::map<std::pair<std::size_t, std::size_t>, Sign> asserted_;
};

}  // namespace

BuiltinReader::BuiltinReader(const evidence::Grounder& grounder,
                             const evidence::Knowledge& knowledge, const RelationModel& model,
                             Settings settings)
    : grounder_(&grounder), knowledge_(&knowledge), model_(&model), settings_(settings) {}

Result<Reading> BuiltinReader::read(const evidence::Document& document) {
  const std::string text = document.text();
  if (trim(text).empty()) {
    return invalid_argument(fmt::format("{}: there is no text to read", document.id));
  }
  if (text.size() > kLongestText) {
    return invalid_argument(fmt::format("{}: {} bytes are more than the {} that are read at once",
                                        document.id, text.size(), kLongestText));
  }
  if (const auto bad = first_invalid_utf8(text)) {
    return invalid_argument(fmt::format("{}: not UTF-8 at byte {} of its text", document.id, *bad));
  }
  Reading reading = Work(document, *grounder_, *knowledge_, *model_, settings_).finish();
  THAW_CHECK(check_verbatim(reading, text));
  return reading;
}

}  // namespace thaw::reading
