#include "api/claim_summary.h"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "evidence/records_json.h"
#include "evidence/weigh_json.h"

namespace thaw::api {

namespace json = boost::json;

json::object claim_summary(const evidence::Knowledge& knowledge,
                           const evidence::WeighedClaim& weighed) {
  const evidence::Claim& claim = *weighed.claim;
  std::set<std::string> extractors;
  int latest = 0;
  for (const std::size_t index : claim.items) {
    const evidence::Item& item = knowledge.items()[index];
    extractors.insert(item.extractor);
    latest = std::max(latest, item.year.value_or(0));
  }
  const evidence::Name text = evidence::claim_text(knowledge, claim);
  const evidence::Name verdict = evidence::verdict_of(weighed);
  json::object qualifiers;
  for (const auto& [name, value] : claim.qualifiers) {
    qualifiers[name] = value;
  }
  return {{"claim", claim.id},
          {"subject", evidence::concept_json(*knowledge.find_concept(claim.subject))},
          {"object", evidence::concept_json(*knowledge.find_concept(claim.object))},
          {"relation", claim.relation},
          {"sign", evidence::to_string(claim.sign)},
          {"causal", claim.causal},
          {"text", evidence::text_json(text.en, text.zh)},
          {"qualifiers", std::move(qualifiers)},
          {"support", weighed.support},
          {"opposition", weighed.opposition},
          {"belief", weighed.belief},
          {"opinion", evidence::opinion_json(weighed.opinion)},
          {"conflict", weighed.conflict},
          {"verdict", evidence::text_json(verdict.en, verdict.zh)},
          {"items", claim.items.size()},
          {"groups", weighed.groups.size()},
          {"latest_year", latest > 0 ? json::value(latest) : json::value(nullptr)},
          {"extractors", json::value_from(extractors)}};
}

}  // namespace thaw::api
