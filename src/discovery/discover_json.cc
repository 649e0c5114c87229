#include "discovery/discover_json.h"

#include <boost/json.hpp>
#include <cmath>

#include "discovery/warnings.h"

namespace thaw::discovery {
namespace {

namespace json = boost::json;

json::object words(const Words& text) {
  return {{"en", text.en}, {"zh", text.zh}};
}

json::value number_or_null(const std::optional<double>& number) {
  return number ? json::value(*number) : json::value(nullptr);
}

class Document {
 public:
  explicit Document(const Discovery& found) : found_(found) {}

  json::object write() const {
    json::object out;
    out["method"] = to_string(found_.options.method);
    out["test"] =
        found_.test == TestKind::kAuto ? json::value(nullptr) : json::value(to_string(found_.test));
    out["score"] = found_.score ? json::value(to_string(*found_.score)) : json::value(nullptr);
    out["variables"] = names();
    out["n_rows"] = found_.n_rows;
    out["edges"] = edges();
    out["seconds"] = found_.seconds;
    out["data_hash"] = found_.data_hash;
    out["options"] = options();
    out["columns"] = columns();
    out["missing"] = missing();
    out["knowledge"] = knowledge();
    out["bootstrap"] = bootstrap();
    if (found_.panel) {
      out["panel"] = panel();
    }
    if (found_.ida_pair) {
      out["ida"] = ida();
    }
    out["score_value"] = number_or_null(found_.learned.score);
    out["tests"] = found_.learned.tests;
    out["depth"] = found_.learned.depth;
    out["ambiguous_colliders"] = ambiguous();
    out["depth_cap_pairs"] = capped();
    json::array assumptions;
    for (const Words& one : assumptions_of(found_)) {
      assumptions.push_back(words(one));
    }
    out["assumptions"] = std::move(assumptions);
    json::array warnings;
    for (const Notice& one : found_.warnings) {
      warnings.push_back({{"code", one.code}, {"en", one.text.en}, {"zh", one.text.zh}});
    }
    out["warnings"] = std::move(warnings);
    return out;
  }

 private:
  const std::string& name(std::size_t i) const { return found_.variables[i].name; }

  json::array names() const {
    json::array out;
    for (const Variable& variable : found_.variables) {
      out.emplace_back(variable.name);
    }
    return out;
  }

  json::array edges() const {
    json::array out;
    const auto all = found_.learned.graph.edges();
    for (std::size_t i = 0; i < all.size(); ++i) {
      const graph::MixedEdge& edge = all[i];
      json::object row = {{"a", name(edge.a)},
                          {"b", name(edge.b)},
                          {"mark_a", to_string(edge.mark_a)},
                          {"mark_b", to_string(edge.mark_b)},
                          {"frequency", nullptr},
                          {"sign", nullptr}};
      if (found_.signs[i]) {
        row["sign"] = *found_.signs[i] > 0 ? "+" : "-";
      }
      if (found_.bootstrap) {
        row["frequency"] = frequency_of(found_.bootstrap->pairs, edge);
      }
      if (found_.imputations > 0) {
        row["imputation_frequency"] = frequency_of(found_.imputation_shares, edge);
      }
      out.push_back(std::move(row));
    }
    return out;
  }

  json::object options() const {
    json::object out;
    out["alpha"] =
        uses_test(found_.options.method) ? json::value(found_.options.alpha) : json::value(nullptr);
    const bool penalised = found_.score && *found_.score != ScoreKind::kBdeu;
    out["penalty"] = penalised ? json::value(found_.options.penalty) : json::value(nullptr);
    out["max_depth"] =
        found_.options.max_depth ? json::value(*found_.options.max_depth) : json::value(nullptr);
    out["seed"] = found_.seed;
    out["bootstrap"] = found_.bootstrap ? found_.bootstrap->asked : 0U;
    return out;
  }

  json::array columns() const {
    json::array out;
    for (std::size_t i = 0; i < found_.variables.size(); ++i) {
      const Variable& variable = found_.variables[i];
      out.push_back({{"name", variable.name},
                     {"kind", to_string(variable.kind)},
                     {"reason", words(reason_words(found_.reasons[i]))},
                     {"levels", variable.levels.empty() ? json::value(nullptr)
                                                        : json::value(variable.levels.size())},
                     {"missing", variable.missing}});
    }
    return out;
  }

  json::object missing() const {
    json::object out;
    out["used"] = found_.missing ? json::value(to_string(*found_.missing)) : json::value("none");
    out["rows_used"] = found_.rows_used;
    out["rows_complete"] = found_.rows_complete;
    out["imputations"] =
        found_.imputations > 0 ? json::value(found_.imputations) : json::value(nullptr);
    out["text"] = words(missing_words(found_));
    return out;
  }

  static json::array arrows(const std::vector<KnownArrow>& pairs) {
    json::array out;
    for (const KnownArrow& arrow : pairs) {
      out.push_back({arrow.from.name, arrow.to.name});
    }
    return out;
  }

  json::value knowledge() const {
    if (!found_.knowledge) {
      return nullptr;
    }
    json::object out;
    json::array tiers;
    for (const auto& tier : found_.knowledge->tiers) {
      json::array members;
      for (const KnownName& member : tier) {
        members.emplace_back(member.name);
      }
      tiers.push_back(std::move(members));
    }
    out["tiers"] = std::move(tiers);
    out["forbid_within"] = json::value_from(found_.knowledge->closed_tiers);
    out["forbidden"] = arrows(found_.knowledge->forbidden);
    out["required"] = arrows(found_.knowledge->required);
    json::array odds;
    for (const KnownOdds& one : found_.knowledge->odds) {
      odds.push_back({{"from", one.from.name},
                      {"to", one.to.name},
                      {"weight_nats", one.log_odds},
                      {"source", one.source}});
    }
    out["odds"] = std::move(odds);
    return out;
  }

  json::array shares(const std::vector<PairShares>& pairs) const {
    json::array out;
    for (const PairShares& pair : pairs) {
      json::array marks;
      for (const MarkShare& share : pair.marks) {
        marks.push_back({{"mark_a", to_string(share.mark_a)},
                         {"mark_b", to_string(share.mark_b)},
                         {"frequency", share.frequency}});
      }
      out.push_back({{"a", name(pair.a)},
                     {"b", name(pair.b)},
                     {"absent", pair.absent},
                     {"marks", std::move(marks)}});
    }
    return out;
  }

  json::value bootstrap() const {
    if (!found_.bootstrap) {
      return nullptr;
    }
    json::object out;
    out["replicates"] = found_.bootstrap->asked;
    out["learned"] = found_.bootstrap->done;
    out["drawn"] = found_.bootstrap->by_person ? "people" : "rows";
    out["pairs"] = shares(found_.bootstrap->pairs);
    out["text"] = words(frequency_words(*found_.bootstrap));
    return out;
  }

  json::object panel() const {
    json::array variables;
    for (const PanelVariable& variable : found_.panel->variables) {
      variables.push_back(
          {{"name", variable.name},
           {"column", variable.column},
           {"lag", variable.fixed ? json::value(nullptr) : json::value(variable.lag)}});
    }
    return {{"lags", found_.panel->lags},
            {"people", found_.panel->people},
            {"people_left_out", found_.panel->too_short},
            {"usual_gap", found_.panel->usual_gap},
            {"gaps_off", found_.panel->gaps_off},
            {"variables", std::move(variables)}};
  }

  json::object ida() const {
    json::object out;
    out["cause"] = name(found_.ida_pair->first);
    out["effect"] = name(found_.ida_pair->second);
    out["causes"] = to_string(*found_.ida_causation);
    out["effects"] = nullptr;
    if (found_.ida) {
      json::array effects;
      for (const PossibleEffect& effect : found_.ida->effects) {
        json::array parents;
        for (const std::uint32_t parent : effect.parents) {
          parents.emplace_back(name(parent));
        }
        effects.push_back({{"direct_causes", std::move(parents)},
                           {"estimate", effect.estimate},
                           {"se", effect.se},
                           {"ci_low", effect.ci_low},
                           {"ci_high", effect.ci_high},
                           {"zero_by_graph", effect.zero_by_graph}});
      }
      out["effects"] = std::move(effects);
      out["unit"] = name(found_.ida_pair->second) + " per " + name(found_.ida_pair->first);
      out["cut"] = found_.ida->cut;
    }
    out["text"] = words(ida_words(found_));
    return out;
  }

  json::array ambiguous() const {
    json::array out;
    for (const AmbiguousTriple& triple : found_.learned.ambiguous) {
      out.push_back({{"a", name(triple.a)},
                     {"middle", name(triple.c)},
                     {"b", name(triple.b)},
                     {"claimed_collider", triple.claimed_collider},
                     {"p", std::isnan(triple.p) ? json::value(nullptr) : json::value(triple.p)}});
    }
    return out;
  }

  json::array capped() const {
    json::array out;
    for (const CappedPair& pair : found_.learned.capped) {
      out.push_back({{"a", name(pair.a)}, {"b", name(pair.b)}, {"depth", pair.depth}});
    }
    return out;
  }

  const Discovery& found_;
};

}  // namespace

json::object discovery_document(const Discovery& found) {
  return Document(found).write();
}

}  // namespace thaw::discovery
