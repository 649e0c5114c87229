// Claims as INDRA statements: one statement a claim, one evidence an item.
//
// INDRA has no field for study, size, effect, interval or direction, so each evidence carries the
// whole item in annotations.thaw, and reading it back gives the same claim.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/digest.h"
#include "evidence/records_json.h"
#include "exchange/draft.h"
#include "exchange/export.h"
#include "exchange/indra_agent.h"
#include "exchange/indra_priors.h"

namespace thaw::exchange {
namespace {

namespace json = boost::json;
using evidence::Claim;
using evidence::Direction;
using evidence::Item;

json::object agent_json(const evidence::Knowledge& known, const std::string& id) {
  const auto* named = known.find_concept(id);
  return {{"name", named->name.en}, {"db_refs", db_refs_of(*named)}};
}

/// A member of an Association: INDRA reads an event with a concept, its schema asks for an agent.
json::object event_json(json::object agent) {
  json::object event = agent;
  event["type"] = "Event";
  event["concept"] = std::move(agent);
  return event;
}

std::string_view type_of(const Claim& claim) {
  if (!claim.causal) {
    return claim.relation == "binds" ? "Complex" : "Association";
  }
  const bool amount = claim.relation.ends_with("_amount");
  if (claim.sign == evidence::Sign::kRaises) {
    return amount ? "IncreaseAmount" : "Activation";
  }
  return amount ? "DecreaseAmount" : "Inhibition";
}

json::object evidence_json(const Item& item) {
  json::object out;
  out["source_api"] = indra_source(item.extractor) ? item.extractor : "thaw";
  out["source_id"] = item.id;
  if (item.source.starts_with("PMID:") && is_pmid(item.source.substr(5))) {
    out["pmid"] = item.source.substr(5);
  }
  if (!item.quote.empty()) {
    out["text"] = item.quote;
  }
  json::object epistemics;
  if (item.direction == Direction::kOpposes || item.direction == Direction::kNoEffectSeen) {
    epistemics["negated"] = true;
  } else if (item.direction == Direction::kInconclusive) {
    epistemics["hypothesis"] = true;
  }
  if (!epistemics.empty()) {
    out["epistemics"] = std::move(epistemics);
  }
  out["annotations"] = json::object{{"thaw", evidence::to_json(item)}};
  return out;
}

std::string uuid_of(const std::string& text) {
  const std::string hex = sha256_hex(text);
  return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4),
                     hex.substr(16, 4), hex.substr(20, 12));
}

json::object statement_json(const evidence::Weigher& weigher, const Claim& claim,
                            json::array given) {
  const auto& known = weigher.knowledge();
  const std::string_view type = type_of(claim);
  json::object out;
  out["type"] = type;
  auto subject = agent_json(known, claim.subject);
  auto object = agent_json(known, claim.object);
  if (type == "Complex") {
    out["members"] = json::array{std::move(subject), std::move(object)};
  } else if (type == "Association") {
    out["members"] = json::array{event_json(std::move(subject)), event_json(std::move(object))};
  } else {
    out["subj"] = std::move(subject);
    out["obj"] = std::move(object);
    if (type == "Activation" || type == "Inhibition") {
      out["obj_activity"] = "activity";
    }
  }
  out["belief"] = weigher.weigh(claim).belief;
  out["evidence"] = std::move(given);
  out["id"] = uuid_of(claim.id);
  return out;
}

}  // namespace

Result<Done> write_indra(const evidence::Weigher& weigher, const Out& out) {
  const auto& known = weigher.knowledge();
  bool first = true;
  THAW_CHECK(out("["));
  for (const Claim& claim : known.claims()) {
    json::array given;
    for (const std::size_t index : claim.items) {
      // An item of the opposite sign belongs to its own claim and is written there.
      const Item& item = known.items()[index];
      if (item.sign == claim.sign && !item.synthetic) {
        given.push_back(evidence_json(item));
      }
    }
    if (given.empty()) {
      continue;
    }
    THAW_CHECK(out(first ? "\n" : ",\n"));
    THAW_CHECK(out(json::serialize(statement_json(weigher, claim, std::move(given)))));
    first = false;
  }
  return out("\n]\n");
}

}  // namespace thaw::exchange
