#include "evidence/claim_summary.h"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "evidence/records_json.h"
#include "evidence/weigh_json.h"

namespace thaw::evidence {

namespace json = boost::json;

json::object claim_summary_json(const Knowledge& knowledge, const WeighedClaim& weighed) {
  const Claim& claim = *weighed.claim;
  const Name text = claim_text(knowledge, claim);
  const Name verdict = verdict_of(weighed);
  std::set<std::string> extractors;
  std::optional<int> latest;
  for (const std::size_t index : claim.items) {
    const Item& item = knowledge.items()[index];
    extractors.insert(item.extractor);
    latest = std::max(latest, item.year);
  }
  json::object qualifiers;
  for (const auto& [name, value] : claim.qualifiers) {
    qualifiers[name] = value;
  }
  return {{"claim", claim.id},
          {"subject", concept_json(*knowledge.find_concept(claim.subject))},
          {"object", concept_json(*knowledge.find_concept(claim.object))},
          {"relation", claim.relation},
          {"sign", to_string(claim.sign)},
          {"causal", claim.causal},
          {"text", text_json(text.en, text.zh)},
          {"qualifiers", std::move(qualifiers)},
          {"support", weighed.support},
          {"opposition", weighed.opposition},
          {"belief", weighed.belief},
          {"opinion", opinion_json(weighed.opinion)},
          {"conflict", weighed.conflict},
          {"verdict", text_json(verdict.en, verdict.zh)},
          {"items", claim.items.size()},
          {"groups", weighed.groups.size()},
          {"latest_year", latest ? json::value(*latest) : json::value(nullptr)},
          {"extractors", json::array(extractors.begin(), extractors.end())}};
}

}  // namespace thaw::evidence
