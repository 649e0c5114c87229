#include "inquiry/ask.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
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
constexpr std::uint32_t kWorlds = 16384;

bool is_treatment(const Concept* thing) {
  return thing != nullptr && (thing->kind == "drug" || thing->kind == "intervention");
}

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
    out_.object = object_of(asked);
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
  /// The object itself; for a disease, or none, the outcome that stands for it: the one with most
  /// claims of the subject, else the one most treatments reach.
  const Concept* object_of(const Understood& asked) const {
    const bool whole = asked.object == nullptr || asked.object->kind == "disease";
    if (!whole || (asked.subject != nullptr && asked.object != nullptr &&
                   !knowledge_.between(asked.subject->id, asked.object->id).empty())) {
      return asked.object;
    }
    if (asked.subject != nullptr && !is_treatment(asked.subject)) {
      return asked.object;
    }
    const Concept* best = nullptr;
    std::size_t most = 0;
    for (const Concept* outcome : tested_outcomes(asked.subject)) {
      std::size_t items = 0;
      for (const auto* claim : knowledge_.between(asked.subject->id, outcome->id)) {
        items += claim->items.size();
      }
      if (items > most) {
        most = items;
        best = outcome;
      }
    }
    return best != nullptr ? best : hub_outcome(knowledge_, *out_.mechanism);
  }

  /// Outcomes that the subject makes a causal claim on.
  std::vector<const Concept*> tested_outcomes(const Concept* subject) const {
    std::set<std::string> ids;
    if (subject != nullptr) {
      for (const auto* claim : knowledge_.about(subject->id)) {
        if (claim->subject == subject->id && claim->causal) {
          ids.insert(claim->object);
        }
      }
    }
    std::vector<const Concept*> outcomes;
    for (const auto& id : ids) {
      const Concept* object = knowledge_.find_concept(id);
      if (object != nullptr && object->kind == "outcome") {
        outcomes.push_back(object);
      }
    }
    return outcomes;
  }

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
  /// want of it; the other sign where nothing is claimed of that one.
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
    return of_sign.empty() ? others : of_sign;
  }

  /// Claims of the subject on one object, or on all its outcomes when the disease was asked about.
  void say_claims(const Understood& asked) {
    std::vector<const Concept*> objects{out_.object};
    if (asked.object == nullptr || asked.object != out_.object) {
      objects = tested_outcomes(asked.subject);
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
    const auto wanted = out_.object == asked.object ? asked.wanted : std::nullopt;
    THAW_TRY(const auto ranking, ranking_of(asked.subject, out_.object, wanted));
    if (asked.subject == nullptr) {
      append(text_, ranking.answers.empty() ? nothing_sentence(nullptr, out_.object)
                                            : ranking_sentence(ranking, kRankSaid));
    } else {
      const bool any = !knowledge_.between(asked.subject->id, out_.object->id).empty();
      if (ranking.answers.empty() && !any) {
        append(text_, nothing_sentence(asked.subject, out_.object));
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
    THAW_TRY(const auto ranking, ranking_of(asked.subject, out_.object, asked.wanted));
    keep_chains(ranking);
    if (out_.chains.empty()) {
      append(text_, nothing_sentence(asked.subject, out_.object));
      return Done{};
    }
    for (std::size_t i = 0; i < std::min(kChainsSaid, out_.chains.size()); ++i) {
      append(text_, chain_sentence(out_.chains[i]));
    }
    keep_proposals(ranking, 1);
    say_proposals();
    return Done{};
  }

  Result<Done> say_next_study(const Understood& asked) {
    if (out_.object == nullptr) {
      append(text_, nothing_sentence(asked.subject, asked.object));
      return Done{};
    }
    THAW_TRY(auto ranking, ranking_of(asked.subject, out_.object, asked.wanted));
    if (ranking.answers.empty() && asked.subject == nullptr) {
      THAW_TRY(ranking, best_causes(out_.object));
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
                                weighed.find(out_.object->id), kChainsSaid);
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
  Text text_;
};

Text not_understood(const std::vector<Ambiguous>& ambiguous) {
  if (ambiguous.empty()) {
    return {"I did not understand the question. Questions like these work:",
            "没有看懂这个问题。可以这样问:"};
  }
  std::string names;
  for (const Concept* candidate : ambiguous.front().candidates) {
    names += (names.empty() ? "" : "; ") + candidate->name.en + " / " + candidate->name.zh;
  }
  return {
      fmt::format("'{}' can mean more than one thing: {}. Please name one of them in full.",
                  ambiguous.front().mention, names),
      fmt::format("“{}”有多种含义:{}。请写出其中一个的全名。", ambiguous.front().mention, names)};
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
