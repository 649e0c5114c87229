#include "reading/sentence_rules.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace thaw::reading {
namespace {

using evidence::Sign;

constexpr std::size_t kReach = 14;     // units from a trigger to the nearest name
constexpr std::size_t kListReach = 4;  // units from a name to the next of its list
constexpr std::size_t kLongestList = 8;
constexpr std::size_t kAsked = 60;  // units left of a trigger where "whether" is looked for
constexpr std::size_t kScope = 6;   // units left of a trigger that may deny or doubt it

constexpr std::array kTriggers = {Cue::kRaises,  Cue::kLowers,     Cue::kCauses, Cue::kTreats,
                                  Cue::kWorsens, Cue::kAssociates, Cue::kNoSign, Cue::kNull};

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

bool is_name(const Unit& unit) {
  return !unit.things.empty();
}

/// Whether the unit ends a clause: a mark or a word that begins another.
bool ends_clause(const Unit& unit) {
  return !is_name(unit) && is_one_of(unit.lower, {";", ":", "；", "：", "but", "whereas", "while",
                                                  "although", "however", "因此", "但"});
}

/// One sentence and the questions asked of it.
class Rules {
 public:
  explicit Rules(const UnitSentence& sentence) : units_(sentence.units) {}

  std::vector<SentenceClaim> all() {
    for (std::size_t t = 0; t < units_.size(); ++t) {
      if (const auto cue = trigger_at(t)) {
        read_trigger(t, *cue);
      }
    }
    return std::move(out_);
  }

 private:
  std::optional<Cue> trigger_at(std::size_t t) const {
    if (is_name(units_[t])) {
      return std::nullopt;
    }
    const CueSet cues = units_[t].cues;
    if (has(cues, Cue::kNull) && !has(cues, Cue::kNegation)) {
      return Cue::kNull;
    }
    // An inhibitor or a mutation is a thing's quality and no verb.
    if (has(cues, Cue::kBlocker) || has(cues, Cue::kHelper)) {
      return std::nullopt;
    }
    // "attenuates" both lowers and treats: lowering tells more. "induces" causes.
    for (const Cue cue : kTriggers) {
      if (has(cues, cue)) {
        return cue;
      }
    }
    return std::nullopt;
  }

  /// The nearest name left or right of `from` in its clause, within kReach.
  std::optional<std::size_t> name_left(std::size_t from, std::size_t reach = kReach) const {
    for (std::size_t d = 1; d <= std::min(from, reach); ++d) {
      const Unit& unit = units_[from - d];
      if (is_name(unit)) {
        return from - d;
      }
      if (ends_clause(unit)) {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }
  std::optional<std::size_t> name_right(std::size_t from, std::size_t reach = kReach) const {
    for (std::size_t u = from + 1; u < std::min(units_.size(), from + 1 + reach); ++u) {
      if (is_name(units_[u])) {
        return u;
      }
      if (ends_clause(units_[u])) {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  /// `first` and the names that stand in a list with it: "A, B and C".
  std::vector<std::size_t> list_from(std::size_t first, int step) const {
    std::vector<std::size_t> out = {first};
    std::size_t gap = 0;
    for (std::size_t u = first; gap <= kListReach && out.size() < kLongestList;) {
      if (step < 0 ? u == 0 : u + 1 >= units_.size()) {
        break;
      }
      u = step < 0 ? u - 1 : u + 1;
      if (is_name(units_[u])) {
        if (units_[u].kind != units_[first].kind) {
          break;
        }
        out.push_back(u);
        gap = 0;
      } else if (is_one_of(units_[u].lower, {",", "and", "or", "、", "和", "及", "与", "/"})) {
        ++gap;
      } else {
        break;
      }
    }
    return out;
  }

  bool word_at(std::size_t u, std::initializer_list<std::string_view> words) const {
    return u < units_.size() && !is_name(units_[u]) && is_one_of(units_[u].lower, words);
  }

  /// Whether `word` stands among the `reach` units after `from`, before any name.
  bool soon_after(std::size_t from, std::size_t reach,
                  std::initializer_list<std::string_view> words) const {
    for (std::size_t u = from + 1; u < units_.size() && u <= from + reach; ++u) {
      if (is_name(units_[u])) {
        return false;
      }
      if (is_one_of(units_[u].lower, words)) {
        return true;
      }
    }
    return false;
  }

  bool passive(std::size_t t) const {
    if (soon_after(t, 2, {"by"}) || soon_after(t, 1, {"from"})) {
      return true;
    }
    if (word_at(t, {"due", "secondary", "attributed", "attributable", "所致"})) {
      return true;
    }
    for (std::size_t d = 1; d <= std::min<std::size_t>(t, 12); ++d) {
      if (word_at(t - d, {"被", "受", "由"})) {
        return true;
      }
    }
    return false;
  }

  /// +1, or -1 where words beside the name say that there is less of it.
  int amount_of(std::size_t name, std::size_t trigger) const {
    int sign = 1;
    const auto turn = [&](std::size_t u) {
      if (u >= units_.size() || u == trigger || is_name(units_[u])) {
        return;
      }
      const CueSet cues = units_[u].cues;
      if (has(cues, Cue::kLoss) || has(cues, Cue::kBlocker)) {
        sign = -sign;
      }
    };
    turn(name + 1);
    if (word_at(name + 1, {"-", "的"})) {
      turn(name + 2);
    }
    if (name >= 1 && word_at(name - 1, {"of", "in"}) && name >= 2) {
      turn(name - 2);
    } else if (name >= 1) {
      turn(name - 1);
    }
    return sign;
  }

  /// The sign that nouns between trigger and object add: "prevented the increase in B".
  int chained(std::size_t trigger, std::size_t object) const {
    int sign = 1;
    const std::size_t from = std::min(trigger, object);
    const std::size_t to = std::max(trigger, object);
    for (std::size_t u = from + 1; u < to; ++u) {
      const CueSet cues = is_name(units_[u]) ? 0 : units_[u].cues;
      const bool lowers = has(cues, Cue::kLowers) || has(cues, Cue::kLoss);
      if (lowers && !has(cues, Cue::kRaises)) {
        sign = -sign;
      }
    }
    return sign;
  }

  int sign_of(Cue cue, std::size_t object) const {
    const bool harm = units_[object].kind == ThingKind::kDisease;
    switch (cue) {
      case Cue::kRaises:
      case Cue::kCauses:
        return 1;
      case Cue::kLowers:
        return -1;
      case Cue::kTreats:
        return harm ? -1 : 1;
      case Cue::kWorsens:
        return harm ? 1 : -1;
      default:
        return 0;
    }
  }

  /// How many denials govern the trigger: left of it in its clause, and "no effect" after it.
  int denials(std::size_t t) const {
    int count = 0;
    for (std::size_t d = 1; d <= std::min(t, kScope); ++d) {
      const Unit& unit = units_[t - d];
      if (ends_clause(unit) || (d > 1 && word_at(t - d, {",", "，"}))) {
        break;
      }
      if (!is_name(unit) && has(unit.cues, Cue::kNegation) && !word_at(t - d + 1, {"only"})) {
        ++count;
      }
    }
    return count;
  }

  bool doubted(std::size_t t) const {
    for (std::size_t d = 1; d <= std::min(t, kAsked); ++d) {
      const Unit& unit = units_[t - d];
      if (is_name(unit)) {
        continue;
      }
      const bool asks = is_one_of(unit.lower, {"whether", "hypothesized", "hypothesised",
                                               "investigate", "aim", "是否", "探讨"});
      if (asks || (d <= kScope && has(unit.cues, Cue::kHedge))) {
        return true;
      }
    }
    return false;
  }

  void add(std::size_t subject, std::size_t object, std::size_t t, Cue cue) {
    if (subject == object || units_[subject].things == units_[object].things) {
      return;
    }
    SentenceClaim claim;
    claim.subject = subject;
    claim.object = object;
    claim.trigger = t;
    claim.cue = cue;
    claim.causal = cue != Cue::kAssociates;
    claim.negated = denials(t) % 2 == 1 || cue == Cue::kNull;
    claim.hedged = doubted(t);
    const int sign =
        sign_of(cue, object) * amount_of(subject, t) * amount_of(object, t) * chained(t, object);
    if (sign != 0) {
      claim.sign = sign > 0 ? Sign::kRaises : Sign::kLowers;
    }
    out_.push_back(claim);
  }

  void add_lists(std::size_t subject, int subject_step, std::size_t object, int object_step,
                 std::size_t t, Cue cue) {
    for (const std::size_t s : list_from(subject, subject_step)) {
      for (const std::size_t o : list_from(object, object_step)) {
        add(s, o, t, cue);
      }
    }
  }

  void read_trigger(std::size_t t, Cue cue) {
    const auto left = name_left(t);
    const auto right = name_right(t);
    // "treatment of B with A", "inhibition of B by A": both names stand after the noun.
    if (right && word_at(t + 1, {"of"})) {
      const auto after = name_right(*right, 4);
      if (after && *after > *right + 1 && word_at(*after - 1, {"by", "with", "using"})) {
        add_lists(*after, 1, *right, 1, t, cue);
        return;
      }
    }
    // "A 对 B 无影响", "effects of A on B": both names on one side.
    if (left && !right) {
      const auto before = name_left(*left, 8);
      if (before && has_between(*before, *left, {"被", "受", "由"})) {
        add_lists(*left, -1, *before, -1, t, cue);  // "B 被 A 抑制"
        return;
      }
      if (before && (units_[t].span.begin > units_[*left].span.begin) &&
          (cue == Cue::kNull || cue == Cue::kNoSign || has_between(*before, *left, {"对", "on"}))) {
        add_lists(*before, -1, *left, 1, t, cue);
      }
      if (before && word_at(t, {"所致"})) {
        add_lists(*before, -1, *left, 1, t, cue);
      }
      return;
    }
    if (!left && right) {
      const auto second = name_right(*right, 8);
      if (second && has_between(*right, *second, {"on", "对"})) {
        add_lists(*right, -1, *second, 1, t, cue);
      }
      return;
    }
    if (!left || !right) {
      return;
    }
    if (passive(t)) {
      add_lists(*right, 1, *left, -1, t, cue);
    } else if (cue == Cue::kTreats && word_at(t + 1, {"with"})) {
      add_lists(*right, 1, *left, -1, t, cue);  // "B treated with A"
    } else {
      add_lists(*left, -1, *right, 1, t, cue);
    }
  }

  bool has_between(std::size_t from, std::size_t to,
                   std::initializer_list<std::string_view> words) const {
    for (std::size_t u = from + 1; u < to; ++u) {
      if (word_at(u, words)) {
        return true;
      }
    }
    return false;
  }

  const std::vector<Unit>& units_;
  std::vector<SentenceClaim> out_;
};

}  // namespace

std::vector<SentenceClaim> sentence_claims(const UnitSentence& sentence) {
  return Rules(sentence).all();
}

}  // namespace thaw::reading
