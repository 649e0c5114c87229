#include "inquiry/documents.h"

#include <boost/json.hpp>

#include "evidence/preset_belief.h"
#include "evidence/records_json.h"
#include "evidence/weigh_json.h"
#include "inquiry/wording.h"

namespace thaw::inquiry {
namespace {

namespace json = boost::json;
using evidence::concept_json;

json::object text(const Text& said) {
  return evidence::text_json(said.en, said.zh);
}

json::value concept_or_null(const evidence::Concept* thing) {
  return thing == nullptr ? json::value(nullptr) : json::value(concept_json(*thing));
}

json::object link_json(const Link& link) {
  json::object out;
  out["claim"] = link.claim == nullptr ? json::value(nullptr) : json::value(link.claim->claim->id);
  out["subject"] = concept_json(*link.subject);
  out["relation"] =
      link.claim == nullptr ? json::value(nullptr) : json::value(link.claim->claim->relation);
  out["sign"] = evidence::to_string(link.sign);
  out["object"] = concept_json(*link.object);
  return out;
}

json::object hop_json(const Link& link) {
  json::object out = link_json(link);
  out["support"] = link.claim == nullptr ? 0 : link.claim->support;
  out["opposition"] = link.claim == nullptr ? 0 : link.claim->opposition;
  out["belief"] = link.claim == nullptr ? link.probability : link.claim->belief;
  out["ignorance"] = link.claim == nullptr ? 1 : link.claim->opinion.ignorance;
  out["probability"] = link.probability;
  return out;
}

json::object weakest_json(const WeakestLink& weakest) {
  json::object out = link_json(weakest.link);
  out["importance"] = weakest.importance;
  out["uncertainty"] = weakest.uncertainty;
  out["value"] = weakest.value;
  out["text"] = text(weakest.text);
  return out;
}

json::value people_json(const std::optional<Participants>& people) {
  if (!people) {
    return nullptr;
  }
  json::object out;
  out["eligible"] =
      people->eligible.count ? json::value(*people->eligible.count) : json::value(nullptr);
  out["hidden"] = people->eligible.hidden;
  out["synthetic"] = people->synthetic;
  out["criteria"] = text(people->criteria);
  return out;
}

/// The numbers of the direct claim of most nats; all null without one.
void add_direct(json::object& out, const evidence::WeighedClaim* direct) {
  if (direct == nullptr) {
    for (const char* key : {"support", "opposition", "belief", "ignorance", "opinion"}) {
      out[key] = nullptr;
    }
    return;
  }
  out["support"] = direct->support;
  out["opposition"] = direct->opposition;
  out["belief"] = direct->belief;
  out["ignorance"] = direct->opinion.ignorance;
  out["opinion"] = evidence::opinion_json(direct->opinion);
}

/// The direct claim on the outcome or on a part of it.
json::object part_json(const Link& part, const evidence::Knowledge& knowledge) {
  const evidence::WeighedClaim& claim = *part.claim;
  json::object out;
  out["claim"] = claim.claim->id;
  out["object"] = concept_json(*part.object);
  out["sign"] = evidence::to_string(part.sign);
  add_direct(out, &claim);
  out["verdict"] = text(evidence::verdict_of(claim));
  const Text said = evidence::claim_text(knowledge, *claim.claim);
  out["text"] = text({said.en, close_zh(said.zh)});
  return out;
}

json::object answer_json(const Answer& answer, std::size_t place,
                         const evidence::Knowledge& knowledge) {
  json::object out;
  out["rank"] = place;
  out["candidate"] = concept_json(*answer.candidate);
  out["helps"] = answer.helps;
  out["harms"] = answer.harms;
  out["both"] = answer.both;
  out["neither"] = answer.neither;
  out["error"] = answer.error;
  out["baseline"] = answer.baseline;
  add_direct(out, answer.direct);
  out["verdict"] = text(answer.verdict);
  json::array parts;
  for (const Link& part : answer.parts) {
    parts.emplace_back(part_json(part, knowledge));
  }
  out["parts"] = std::move(parts);
  out["chain"] = answer.chain ? json::value(chain_json(*answer.chain)) : json::value(nullptr);
  out["chains_total"] = answer.chains_total;
  out["weakest_link"] =
      answer.weakest ? json::value(weakest_json(*answer.weakest)) : json::value(nullptr);
  out["next_study"] =
      answer.next ? json::value(next_study_json(*answer.next)) : json::value(nullptr);
  return out;
}

/// An arrow as the Graph page draws it.
json::object edge_json(const evidence::WeighedClaim& weighed) {
  json::object out;
  out["claim"] = weighed.claim->id;
  out["from"] = weighed.claim->subject;
  out["to"] = weighed.claim->object;
  out["relation"] = weighed.claim->relation;
  out["sign"] = evidence::to_string(weighed.claim->sign);
  out["support"] = weighed.support;
  out["opposition"] = weighed.opposition;
  out["belief"] = weighed.belief;
  out["ignorance"] = weighed.opinion.ignorance;
  out["groups"] = weighed.groups.size();
  return out;
}

json::array chains_json(const std::vector<Chain>& chains) {
  json::array out;
  for (const Chain& chain : chains) {
    out.emplace_back(chain_json(chain));
  }
  return out;
}

json::value understood_json(const std::optional<Understood>& understood) {
  if (!understood) {
    return nullptr;
  }
  json::object out;
  out["template"] = code(understood->kind);
  out["subject"] = concept_or_null(understood->subject);
  out["object"] = concept_or_null(understood->object);
  out["wanted_sign"] = understood->wanted ? json::value(evidence::to_string(*understood->wanted))
                                          : json::value(nullptr);
  return out;
}

json::array ambiguous_json(const std::vector<Ambiguous>& ambiguous) {
  json::array out;
  for (const Ambiguous& one : ambiguous) {
    json::array candidates;
    for (const evidence::Concept* candidate : one.candidates) {
      candidates.emplace_back(concept_json(*candidate));
    }
    out.emplace_back(json::object{{"mention", one.mention}, {"candidates", std::move(candidates)}});
  }
  return out;
}

json::value or_null(const std::string& word) {
  return word.empty() ? json::value(nullptr) : json::value(word);
}

}  // namespace

json::object chain_json(const Chain& chain) {
  json::array hops;
  for (const Link& link : chain.links) {
    hops.emplace_back(hop_json(link));
  }
  return {{"sign", evidence::to_string(chain.sign)},
          {"belief", chain.belief},
          {"hops", std::move(hops)}};
}

json::object next_study_json(const NextStudy& study) {
  return {{"design", code(study.design)},
          {"text", text(study.text)},
          {"people", people_json(study.people)}};
}

json::object rank_document(const Ranking& ranking, const evidence::Weigher& weigher,
                           bool synthetic) {
  const evidence::WeighOptions& asked = ranking.request.weigh;
  json::object out;
  out["outcome"] = concept_json(*ranking.outcome);
  out["wanted"] = ranking.wanted == evidence::Sign::kRaises ? "raises" : "lowers";
  out["as_of"] = asked.as_of ? json::value(*asked.as_of) : json::value(nullptr);
  out["prior"] = asked.prior.value_or(weigher.parameters().default_prior);
  out["population"] = or_null(asked.population);
  out["preset"] = evidence::to_string(asked.preset);
  out["worlds"] = ranking.worlds;
  out["arrows_examined"] = ranking.arrows_examined;
  out["arrows_total"] = ranking.arrows_total;
  out["seed"] = ranking.request.seed;
  out["synthetic"] = synthetic;
  out["candidates_total"] = ranking.candidates_total;
  out["data_hash"] = weigher.knowledge().digest();
  json::array answers;
  for (std::size_t i = 0; i < ranking.answers.size(); ++i) {
    answers.emplace_back(answer_json(ranking.answers[i], i + 1, weigher.knowledge()));
  }
  out["answers"] = std::move(answers);
  json::array not_shown;
  for (const NotShown& one : ranking.not_shown) {
    not_shown.emplace_back(
        json::object{{"candidate", concept_json(*one.candidate)}, {"reason", text(one.reason)}});
  }
  out["not_shown"] = std::move(not_shown);
  return out;
}

json::object chains_document(const evidence::Concept& from, const evidence::Concept& to,
                             const ChainQuery& query, const ChainAnswer& answer) {
  json::object out{{"from", concept_json(from)}, {"to", concept_json(to)}};
  out["k"] = query.k;
  out["sign"] = query.sign ? json::value(evidence::to_string(*query.sign)) : json::value(nullptr);
  out["max_hops"] = query.max_hops ? json::value(*query.max_hops) : json::value(nullptr);
  out["via"] = json::value_from(query.via);
  out["complete"] = answer.complete;
  out["chains"] = chains_json(answer.chains);
  return out;
}

json::object graph_document(const Neighbourhood& near) {
  json::object out;
  out["centre"] = concept_json(*near.centre);
  json::array nodes;
  for (const NearConcept& node : near.nodes) {
    json::object one = concept_json(*node.self);
    one["degree"] = node.degree;
    nodes.emplace_back(std::move(one));
  }
  out["nodes"] = std::move(nodes);
  json::array edges;
  for (const auto* claim : near.edges) {
    edges.emplace_back(edge_json(*claim));
  }
  out["edges"] = std::move(edges);
  out["truncated"] = near.truncated;
  json::array not_causal;
  for (const auto* claim : near.not_causal) {
    not_causal.emplace_back(edge_json(*claim));
  }
  out["not_causal"] = std::move(not_causal);
  return out;
}

json::object ask_document(const AskAnswer& answer, const evidence::Weigher& weigher,
                          const evidence::WeighOptions& options) {
  json::object out;
  out["question"] = answer.question;
  out["lang"] = answer.lang;
  out["understood"] = understood_json(answer.understood);
  out["answer"] = answer.answer;
  const bool pair = answer.subject != nullptr && answer.object != nullptr;
  out["weigh"] = pair ? json::value(evidence::weigh_json(weigher, *answer.subject, *answer.object,
                                                         options, false))
                      : json::value(nullptr);
  out["chains"] = chains_json(answer.chains);
  json::array studies;
  for (const Proposal& proposal : answer.proposals) {
    json::object study = next_study_json(proposal.study);
    study["weakest_link"] = weakest_json(proposal.link);
    studies.emplace_back(std::move(study));
  }
  out["next_studies"] = std::move(studies);
  json::array suggestions;
  for (const auto& question : answer.suggestions) {
    suggestions.emplace_back(question);
  }
  out["suggestions"] = std::move(suggestions);
  out["ambiguous"] = ambiguous_json(answer.ambiguous);
  return out;
}

}  // namespace thaw::inquiry
