#include "reading/reading_json.h"

#include <array>
#include <boost/json.hpp>

#include "evidence/effect_json.h"
#include "evidence/json_reader.h"
#include "evidence/records_json.h"

namespace thaw::reading {
namespace {

namespace json = boost::json;
using evidence::Direction;
using evidence::JsonReader;
using evidence::Sign;

constexpr std::array kDirections = {Direction::kSupports, Direction::kOpposes,
                                    Direction::kNoEffectSeen, Direction::kInconclusive};
constexpr int kPlaceMax = 2'000'000'000;

json::array to_json(const Span& span) {
  return {span.begin, span.end};
}

json::object to_json(const Mention& mention) {
  json::array candidates;
  for (const auto& candidate : mention.candidates) {
    candidates.push_back(json::object{
        {"concept", candidate.concept_id}, {"name", candidate.name}, {"score", candidate.score}});
  }
  return {{"span", to_json(mention.span)},  {"surface", mention.surface},
          {"kind", mention.kind},           {"candidates", std::move(candidates)},
          {"ambiguous", mention.ambiguous}, {"meaning", mention.meaning}};
}

template <class T>
void put_stated(json::object& out, const char* key, const std::optional<Stated<T>>& stated) {
  if (stated) {
    out[key] = json::object{{"value", stated->value}, {"span", to_json(stated->span)}};
  }
}

json::object to_json(const ReadClaim& claim) {
  json::object out{{"subject", to_json(claim.subject)},
                   {"relation", claim.relation},
                   {"object", to_json(claim.object)},
                   {"sign", claim.sign ? json::value(evidence::to_string(*claim.sign)) : nullptr},
                   {"causal", claim.causal},
                   {"direction", evidence::to_string(claim.direction)},
                   {"negated", claim.negated},
                   {"hedged", claim.hedged},
                   {"quote", claim.quote},
                   {"span", to_json(claim.evidence)},
                   {"probability", claim.probability}};
  put_stated(out, "trigger", claim.trigger);
  put_stated(out, "organism", claim.organism);
  put_stated(out, "study_kind", claim.study_kind);
  put_stated(out, "n", claim.n);
  if (claim.effect) {
    out["effect"] = json::object{{"value", evidence::to_json(claim.effect->value)},
                                 {"span", to_json(claim.effect->span)}};
  }
  return out;
}

/// A list of two places, the first not after the second.
Span span_of(JsonReader& reader, const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  const auto is_place = [](const json::value& v) {
    return v.is_int64() && v.get_int64() >= 0 && v.get_int64() <= kPlaceMax;
  };
  if (value == nullptr || !value->is_array() || value->get_array().size() != 2 ||
      !is_place(value->get_array()[0]) || !is_place(value->get_array()[1]) ||
      value->get_array()[0].get_int64() > value->get_array()[1].get_int64()) {
    reader.fail(key, "must be two places in order");
    return {};
  }
  return {static_cast<std::size_t>(value->get_array()[0].get_int64()),
          static_cast<std::size_t>(value->get_array()[1].get_int64())};
}

const json::object& object_at(const json::object& object, std::string_view key) {
  static const json::object kEmpty;
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_object() ? value->get_object() : kEmpty;
}

const json::array& list_at(const json::object& object, std::string_view key) {
  static const json::array kEmpty;
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_array() ? value->get_array() : kEmpty;
}

Mention mention_of(JsonReader& fault, const json::object& object) {
  JsonReader reader(object, "mention");
  Mention mention;
  mention.span = span_of(fault, object, "span");
  mention.surface = reader.text("surface");
  mention.kind = reader.text("kind");
  mention.ambiguous = reader.flag("ambiguous", false);
  mention.meaning = reader.text("meaning");
  for (const auto& value : list_at(object, "candidates")) {
    if (value.is_object()) {
      JsonReader candidate(value.get_object(), "candidate");
      mention.candidates.push_back(
          {candidate.text("concept"), candidate.text("name"), candidate.share("score")});
    }
  }
  return mention;
}

std::optional<Stated<std::string>> stated_text(JsonReader& fault, const json::object& claim,
                                               std::string_view key) {
  if (claim.if_contains(key) == nullptr) {
    return std::nullopt;
  }
  const auto& object = object_at(claim, key);
  JsonReader reader(object, std::string(key));
  return Stated<std::string>{reader.text("value"), span_of(fault, object, "span")};
}

std::optional<Direction> direction_of(std::string_view word) {
  for (const Direction direction : kDirections) {
    if (evidence::to_string(direction) == word) {
      return direction;
    }
  }
  return std::nullopt;
}

Result<ReadClaim> claim_of(const json::object& object) {
  JsonReader reader(object, "claim");
  ReadClaim claim;
  claim.subject = mention_of(reader, object_at(object, "subject"));
  claim.object = mention_of(reader, object_at(object, "object"));
  claim.relation = reader.text("relation");
  if (const std::string sign = reader.text("sign"); !sign.empty()) {
    THAW_TRY(claim.sign, evidence::sign_from(sign));
  }
  claim.causal = reader.flag("causal", false);
  const auto direction = direction_of(reader.text("direction"));
  claim.negated = reader.flag("negated", false);
  claim.hedged = reader.flag("hedged", false);
  claim.quote = reader.text("quote");
  claim.evidence = span_of(reader, object, "span");
  claim.probability = reader.share("probability");
  claim.trigger = stated_text(reader, object, "trigger");
  claim.organism = stated_text(reader, object, "organism");
  claim.study_kind = stated_text(reader, object, "study_kind");
  if (object.if_contains("n") != nullptr) {
    JsonReader n(object_at(object, "n"), "n");
    claim.n = Stated<double>{n.number("value").value_or(0),
                             span_of(reader, object_at(object, "n"), "span")};
  }
  if (object.if_contains("effect") != nullptr) {
    const auto& effect = object_at(object, "effect");
    THAW_TRY(auto printed, evidence::effect_from_json(object_at(effect, "value")));
    claim.effect =
        Stated<evidence::PrintedEffect>{std::move(printed), span_of(reader, effect, "span")};
  }
  if (!direction) {
    return invalid_argument("claim: 'direction' is none that is known");
  }
  claim.direction = *direction;
  return claim;
}

}  // namespace

json::object to_json(const Reading& reading) {
  json::array mentions;
  for (const auto& mention : reading.mentions) {
    mentions.push_back(to_json(mention));
  }
  json::array claims;
  for (const auto& claim : reading.claims) {
    claims.push_back(to_json(claim));
  }
  json::array refused;
  for (const auto& refusal : reading.refused) {
    refused.push_back(json::object{{"reason", refusal.reason}, {"what", refusal.what}});
  }
  return {{"document", reading.document},
          {"reader", reading.reader},
          {"mentions", std::move(mentions)},
          {"claims", std::move(claims)},
          {"refused", std::move(refused)}};
}

Result<Reading> reading_from_json(const json::object& object) {
  JsonReader reader(object, "reading");
  Reading reading;
  reading.document = reader.text("document", true);
  reading.reader = reader.text("reader", true);
  for (const auto& value : list_at(object, "mentions")) {
    if (value.is_object()) {
      reading.mentions.push_back(mention_of(reader, value.get_object()));
    }
  }
  for (const auto& value : list_at(object, "claims")) {
    auto claim = value.is_object() ? claim_of(value.get_object())
                                   : Result<ReadClaim>(invalid_argument("a claim is no object"));
    if (!claim) {
      return corrupt(claim.error().message);
    }
    reading.claims.push_back(std::move(claim).value());
  }
  for (const auto& value : list_at(object, "refused")) {
    if (value.is_object()) {
      JsonReader refusal(value.get_object(), "refusal");
      reading.refused.push_back({refusal.text("reason"), refusal.text("what")});
    }
  }
  if (reading.document.empty() || reading.reader.empty()) {
    return corrupt("a stored reading names no document or no reader");
  }
  return reading;
}

}  // namespace thaw::reading
