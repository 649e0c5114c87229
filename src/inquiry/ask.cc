#include "inquiry/ask.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "inquiry/ask_objects.h"
#include "inquiry/ask_wording.h"

namespace thaw::inquiry {
namespace {

using evidence::Concept;
using evidence::Sign;

constexpr std::size_t kQuestionBytesMax = 500;
constexpr std::size_t kClaimsSaid = 4;
constexpr std::size_t kChainsSaid = 3;
constexpr std::size_t kRankSaid = 5;
constexpr std::size_t kProposals = 3;
constexpr std::size_t kNearSaid = 3;
constexpr double kOtherSupport = 1;   // nats, and
constexpr double kOtherBelief = 0.2;  // belief, from which on the opposite claim is said too
constexpr std::uint32_t kWorlds = 16384;

class Answerer {
 public:
  Answerer(const AskContext& context, const AskRequest& request, AskAnswer& out)
      : weigher_(*context.weigher),
        knowledge_(context.weigher->knowledge()),
        people_(context.people),
        request_(request),
        out_(out) {}

  Result<Done> answer() {
    const Understood& asked = *out_.understood;
    out_.subject = asked.subject;
    out_.object = pair_object(knowledge_, *out_.mechanism, asked);
    target_ = chain_object(knowledge_, *out_.mechanism, asked, out_.object);
    switch (asked.kind) {
      case Template::kEffect:
        THAW_CHECK(say_effect(asked));
        break;
      case Template::kMechanism:
        THAW_CHECK(say_mechanism(asked));
        break;
      case Template::kNextStudy:
        THAW_CHECK(say_next_study(asked));
        break;
    }
    if (is_treatment(out_.subject) || out_.subject == nullptr) {
      append(text_, no_advice_sentence());
    }
    return Done{};
  }

  Text take() { return std::move(text_); }

 private:
  Result<Ranking> ranking_of(const Concept* subject, const Concept* object,
                             std::optional<Sign> wanted) const {
    RankRequest request;
    request.outcome = object;
    request.only = subject;
    request.top = kRankSaid;
    request.wanted = wanted;
    if (!wanted) {
      const auto known = wanted_of(*object);
      request.wanted = known ? *known : Sign::kRaises;
    }
    request.weigh = request_.weigh;
    request.worlds = kWorlds;
    request.seed = request_.seed;
    request.threads = request_.threads;
    return rank(out_.mechanism, weigher_, request, people_);
  }

  /// Causal claims of one sign: the one asked about on the object that was named, else what people
  /// want of it; and those of the other sign where a finding speaks for them, or nothing is claimed
  /// of the first.
  std::vector<evidence::WeighedClaim> claims_on(const Concept& subject, const Concept& object,
                                                std::optional<Sign> asked) const {
    const auto wanted = wanted_of(object);
    const Sign sign = &object == out_.understood->object && asked ? *asked
                      : wanted                                    ? *wanted
                                                                  : Sign::kRaises;
    std::vector<evidence::WeighedClaim> of_sign;
    std::vector<evidence::WeighedClaim> others;
    for (auto& weighed : weigher_.weigh_between(subject.id, object.id, request_.weigh)) {
      if (weighed.claim->causal) {
        (weighed.claim->sign == sign ? of_sign : others).push_back(std::move(weighed));
      }
    }
    if (of_sign.empty()) {
      return others;
    }
    for (auto& other : others) {  // the other way round only where something was found for it
      if (other.support >= kOtherSupport && other.belief >= kOtherBelief) {
        of_sign.push_back(std::move(other));
      }
    }
    return of_sign;
  }

  /// Claims of the subject on one object, or on all its outcomes when the disease was asked about.
  void say_claims(const Understood& asked) {
    std::vector<const Concept*> objects{out_.object};
    if (asked.object == nullptr || asked.object != out_.object) {
      objects = tested_outcomes(knowledge_, asked.subject);
    }
    std::size_t said = 0;
    for (const Concept* object : objects) {
      for (const auto& weighed : claims_on(*asked.subject, *object, asked.wanted)) {
        if (said < kClaimsSaid) {
          append(text_, claim_sentence(knowledge_, weighed));
          ++said;
        }
      }
    }
    if (said == 0) {
      append(text_, {"No claim that we hold says this directly.", "没有直接检验这一点的结论。"});
    }
  }

  Result<Done> say_effect(const Understood& asked) {
    if (out_.object == nullptr) {
      append(text_, nothing_sentence(asked.subject, asked.object));
      return Done{};
    }
    // Less of a disease is less of its progression; other outcomes are asked about as people want.
    const bool same_way = asked.object == nullptr || asked.object->kind == "disease"
                              ? target_->wanted == "lowers"
                              : true;
    const auto wanted = target_ == asked.object || same_way ? asked.wanted : std::nullopt;
    THAW_TRY(const auto ranking, ranking_of(asked.subject, target_, wanted));
    if (asked.subject == nullptr) {
      append(text_, ranking.answers.empty() ? nothing_sentence(nullptr, out_.object)
                                            : ranking_sentence(ranking, kRankSaid));
    } else {
      const bool any = !knowledge_.between(asked.subject->id, out_.object->id).empty();
      if (ranking.answers.empty() && !any) {
        say_nothing_joins(asked);
        return Done{};
      }
      say_claims(asked);
      if (!ranking.answers.empty()) {
        append(text_, influence_sentence(ranking, ranking.answers.front()));
      }
    }
    keep_proposals(ranking, 1);
    keep_chains(ranking);
    return Done{};
  }

  Result<Done> say_mechanism(const Understood& asked) {
    if (asked.subject == nullptr || out_.object == nullptr) {
      return say_effect(asked);  // "what acts on Y, and how": the ranking shows its chains
    }
    THAW_TRY(const auto ranking, ranking_of(asked.subject, target_, asked.wanted));
    keep_chains(ranking);
    if (out_.chains.empty()) {
      say_nothing_joins(asked);
      return Done{};
    }
    for (std::size_t i = 0; i < std::min(kChainsSaid, out_.chains.size()); ++i) {
      append(text_, chain_sentence(out_.chains[i]));
    }
    keep_proposals(ranking, 1);
    say_proposals();
    return Done{};
  }

  /// No chain joins the two: which near concepts have one.
  void say_nothing_joins(const Understood& asked) {
    append(text_, nothing_sentence(asked.subject, out_.object));
    const Concept* object = out_.object;
    if (object->kind == "disease") {
      const Concept* hub = hub_outcome(knowledge_, *out_.mechanism);
      object = hub == nullptr ? object : hub;
    }
    const auto near =
        near_subjects(knowledge_, *out_.mechanism, *asked.subject, *object, kNearSaid);
    if (near.empty()) {
      return;
    }
    append(text_, near_sentence(near, *object));
    for (const Concept* other : near) {
      const Text question = mechanism_question(*other, *object);
      out_.suggestions.push_back(out_.lang == "zh" ? question.zh : question.en);
    }
  }

  Result<Done> say_next_study(const Understood& asked) {
    if (out_.object == nullptr) {
      append(text_, nothing_sentence(asked.subject, asked.object));
      return Done{};
    }
    THAW_TRY(auto ranking, ranking_of(asked.subject, target_, asked.wanted));
    if (ranking.answers.empty() && asked.subject == nullptr) {
      THAW_TRY(ranking, best_causes(target_));
    }
    keep_proposals(ranking, kProposals);
    keep_chains(ranking);
    if (out_.proposals.empty()) {
      append(text_, nothing_sentence(asked.subject, out_.object));
    }
    say_proposals();
    return Done{};
  }

  /// A ranking over everything that acts on an object that no treatment reaches.
  Result<Ranking> best_causes(const Concept* object) const {
    std::set<std::string> kinds;
    for (const Concept& thing : knowledge_.concepts()) {
      kinds.insert(thing.kind);
    }
    RankRequest request;
    request.outcome = object;
    request.kinds = {kinds.begin(), kinds.end()};
    request.top = kRankSaid;
    request.wanted = Sign::kRaises;
    request.weigh = request_.weigh;
    request.worlds = kWorlds;
    request.seed = request_.seed;
    request.threads = request_.threads;
    return rank(out_.mechanism, weigher_, request, people_);
  }

  /// The studies worth most, one a claim.
  void keep_proposals(const Ranking& ranking, std::size_t count) {
    std::set<const evidence::WeighedClaim*> seen;
    for (const Answer& answer : ranking.answers) {
      if (answer.weakest && answer.next && seen.insert(answer.weakest->link.claim).second) {
        out_.proposals.push_back({*answer.weakest, *answer.next});
      }
    }
    std::ranges::stable_sort(out_.proposals, [](const Proposal& a, const Proposal& b) {
      return a.link.value > b.link.value;
    });
    out_.proposals.resize(std::min(out_.proposals.size(), count));
  }

  void keep_chains(const Ranking& ranking) {
    if (out_.subject != nullptr) {
      const auto& weighed = out_.mechanism->weighed;
      out_.chains = best_chains(*out_.mechanism, weighed.find(out_.subject->id),
                                weighed.find(target_->id), kChainsSaid);
      return;
    }
    for (const Answer& answer : ranking.answers) {
      if (answer.chain && out_.chains.size() < kChainsSaid) {
        out_.chains.push_back(*answer.chain);
      }
    }
  }

  void say_proposals() {
    for (const Proposal& proposal : out_.proposals) {
      append(text_, proposal_sentence(proposal));
    }
  }

  const evidence::Weigher& weigher_;
  const evidence::Knowledge& knowledge_;
  const PeoplePort* people_;
  const AskRequest& request_;
  AskAnswer& out_;
  const Concept* target_ = nullptr;  // what chains are followed to
  Text text_;
};

Text not_understood(const std::vector<Ambiguous>& ambiguous) {
  if (ambiguous.empty()) {
    return {"I did not understand the question. Questions like these work:",
            "没有看懂这个问题。可以这样问："};
  }
  std::string names;
  for (const Concept* candidate : ambiguous.front().candidates) {
    names += (names.empty() ? "" : "; ") + candidate->name.en + " / " + candidate->name.zh;
  }
  return {
      fmt::format("'{}' can mean more than one thing: {}. Please name one of them in full.",
                  ambiguous.front().mention, names),
      fmt::format("“{}”有多种含义：{}。请写出其中一个的全名。", ambiguous.front().mention, names)};
}

Result<Done> check(const AskRequest& request) {
  if (trim(request.question).empty()) {
    return invalid_argument("the question is empty; ask for example what slows ALS");
  }
  if (request.question.size() > kQuestionBytesMax) {
    return invalid_argument(fmt::format("the question has {} bytes, more than {}; ask one thing",
                                        request.question.size(), kQuestionBytesMax));
  }
  if (const auto at = first_invalid_utf8(request.question)) {
    return invalid_argument(fmt::format("the question is not UTF-8 text (byte {})", *at));
  }
  return Done{};
}

}  // namespace

Result<AskAnswer> ask(const AskContext& context, const AskRequest& request) {
  THAW_CHECK(check(request));
  AskAnswer out;
  out.question = request.question;
  out.lang = !request.lang.empty() ? request.lang : is_chinese(request.question) ? "zh" : "en";
  const auto say = [&](const Text& text) { return out.lang == "zh" ? text.zh : text.en; };
  THAW_TRY(auto mechanism, Mechanism::build(*context.weigher, request.weigh));
  out.mechanism = std::make_shared<const Mechanism>(std::move(mechanism));
  auto parsed = parse_question(*context.names, request.question);
  out.understood = parsed.understood;
  out.ambiguous = std::move(parsed.ambiguous);
  if (out.understood) {
    Answerer answerer(context, request, out);
    THAW_CHECK(answerer.answer());
    out.answer = say(answerer.take());
    return out;
  }
  out.answer = say(not_understood(out.ambiguous));
  const auto& knowledge = context.weigher->knowledge();
  for (const Text& question :
       suggestion_questions(knowledge, hub_outcome(knowledge, *out.mechanism))) {
    out.suggestions.push_back(say(question));
  }
  return out;
}

}  // namespace thaw::inquiry
