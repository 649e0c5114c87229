#include "effect/identify_json.h"

#include <boost/json.hpp>

#include "effect/estimand_form.h"
#include "effect/front_door.h"

namespace thaw::effect {

namespace json = boost::json;
using graph::NodeSet;

namespace {

constexpr std::size_t kLongestTree = 2'000;

json::array names_json(const NodeSet& nodes, const std::vector<std::string>& names) {
  json::array found;
  nodes.for_each([&](std::uint32_t v) { found.push_back(json::value(names[v])); });
  return found;
}

json::value maybe(const std::optional<NodeSet>& nodes, const std::vector<std::string>& names) {
  return nodes ? json::value(names_json(*nodes, names)) : json::value(nullptr);
}

json::array sets_json(const graph::SeparatorList& list, const std::vector<std::string>& names) {
  json::array sets;
  for (const NodeSet& set : list.sets) {
    sets.push_back(names_json(set, names));
  }
  return sets;
}

json::value tree(const Estimand& estimand, const std::vector<std::string>& names) {
  json::array parts;
  switch (estimand.kind()) {
    case Estimand::Kind::kProbability:
      return json::object{{"p", json::object{{"of", names_json(estimand.head(), names)},
                                             {"given", names_json(estimand.given(), names)}}}};
    case Estimand::Kind::kSum:
      return json::object{{"sum", json::object{{"over", names_json(estimand.over(), names)},
                                               {"of", tree(estimand.parts().front(), names)}}}};
    default:
      for (const Estimand& part : estimand.parts()) {
        parts.push_back(tree(part, names));
      }
  }
  const char* kind = estimand.kind() == Estimand::Kind::kRatio ? "ratio" : "product";
  return json::object{{kind, std::move(parts)}};
}

json::value estimand_document(const IdentifyAnswer& answer) {
  if (!answer.estimand) {
    return nullptr;
  }
  return json::object{{"expression", estimand_json(*answer.estimand, answer.names)},
                      {"latex", latex(*answer.estimand, answer.names)},
                      {"text", plain_text(*answer.estimand, answer.names)}};
}

json::value hedge_document(const IdentifyAnswer& answer) {
  if (!answer.hedge) {
    return nullptr;
  }
  return json::object{{"larger", names_json(answer.hedge->larger, answer.names)},
                      {"smaller", names_json(answer.hedge->smaller, answer.names)},
                      {"roots", names_json(answer.hedge->roots, answer.names)}};
}

json::object instrument_document(const Instrument& one, const std::vector<std::string>& names) {
  return {{"instrument", names[one.node]}, {"given", names_json(one.given, names)}};
}

json::array measurements_document(const IdentifyAnswer& answer) {
  json::array found;
  for (const Measurement& one : answer.measurements) {
    json::array latent, causes;
    for (const std::string& name : one.latent) {
      latent.push_back(json::value(name));
    }
    for (const auto& [a, b] : one.common_causes) {
      causes.push_back(json::array{json::value(a), json::value(b)});
    }
    found.push_back(
        json::object{{"latent", std::move(latent)}, {"common_causes_of", std::move(causes)}});
  }
  return found;
}

json::object implications_document(const IdentifyAnswer& answer) {
  json::array list;
  for (const Independence& one : answer.implications.independences) {
    list.push_back(json::object{{"a", answer.names[one.a]},
                                {"b", answer.names[one.b]},
                                {"given", names_json(one.given, answer.names)}});
  }
  return {{"independences", std::move(list)},
          {"missing_edges", answer.implications.missing_edges},
          {"not_separable", answer.implications.not_separable},
          {"complete", answer.implications.complete}};
}

json::value asked_document(const IdentifyAnswer& answer) {
  if (!answer.asked) {
    return nullptr;
  }
  const AskedSet& asked = *answer.asked;
  return json::object{
      {"set", names_json(asked.set, answer.names)},
      {"valid", asked.valid},
      {"forbidden", names_json(asked.forbidden, answer.names)},
      {"open_path", asked.open.empty() ? json::value(nullptr)
                                       : json::value(walk_text(asked.open, answer.names))}};
}

json::value instrument_asked(const IdentifyAnswer& answer) {
  if (!answer.instrument_asked) {
    return nullptr;
  }
  json::object found = answer.instrument
                           ? instrument_document(*answer.instrument, answer.names)
                           : json::object{{"instrument", answer.names[*answer.instrument_asked]},
                                          {"given", nullptr}};
  found["valid"] = answer.instrument.has_value();
  return found;
}

}  // namespace

json::value estimand_json(const Estimand& estimand, const std::vector<std::string>& names) {
  if (estimand.size() > kLongestTree) {
    return nullptr;
  }
  return tree(estimand, names);
}

json::object identify_json(const IdentifyAnswer& answer) {
  const auto& names = answer.names;
  json::object document;
  document["identifiable"] =
      answer.identifiable ? json::value(*answer.identifiable) : json::value(nullptr);
  document["method"] = answer.method == IdentifyMethod::kNone
                           ? json::value(nullptr)
                           : json::value(to_string(answer.method));
  document["estimand"] = estimand_document(answer);
  document["adjustment_sets"] = sets_json(answer.adjustment, names);
  document["minimal"] = maybe(answer.minimal, names);
  document["hedge"] = hedge_document(answer);
  document["explanation"] =
      json::object{{"en", answer.explanation.en}, {"zh", answer.explanation.zh}};
  document["graph_kind"] = to_string(answer.kind);
  document["treatment"] = names_json(answer.x, names);
  document["outcome"] = names_json(answer.y, names);
  document["given"] = names_json(answer.z, names);
  document["adjustment_sets_complete"] = answer.adjustment.complete;
  document["canonical"] = maybe(answer.canonical, names);
  document["optimal"] = maybe(answer.optimal, names);
  document["forbidden"] = names_json(answer.forbidden, names);
  document["asked"] = asked_document(answer);
  document["open_path"] =
      answer.open.empty() ? json::value(nullptr) : json::value(walk_text(answer.open, names));
  document["unclear_edge"] =
      answer.unclear
          ? json::value(json::array{names[answer.unclear->first], names[answer.unclear->second]})
          : json::value(nullptr);
  document["front_door_sets"] = sets_json(answer.front_doors, names);
  json::array instruments;
  for (const Instrument& one : answer.instruments) {
    instruments.push_back(instrument_document(one, names));
  }
  document["instruments"] = std::move(instruments);
  document["instrument_asked"] = instrument_asked(answer);
  document["measurements"] = measurements_document(answer);
  document["implications"] = implications_document(answer);
  return document;
}

}  // namespace thaw::effect
