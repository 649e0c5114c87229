#include "evidence/upstream_document.h"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "base/text.h"
#include "evidence/weigh_json.h"

namespace thaw::evidence {
namespace {

namespace json = boost::json;

constexpr std::size_t kNamesShown = 20;
constexpr double kLikely = 0.5;

std::string sign_text(int sign) {
  return sign > 0 ? "+" : sign < 0 ? "-" : "0";
}

json::object margins_json(const graph::SignedMargins& m) {
  return {{"predicted_up", m.raised},
          {"predicted_down", m.lowered},
          {"predicted_either", m.either},
          {"predicted_none", m.none},
          {"measured_up", m.up},
          {"measured_down", m.down},
          {"measured_unchanged", m.unchanged}};
}

json::object regulator_json(const graph::Regulator& regulator, const NamedRelations& relations,
                            bool better) {
  json::array changes;
  for (const auto& change : regulator.changes) {
    changes.push_back({{"id", relations.ids[change.node]},
                       {"name", relations.labels[change.node]},
                       {"predicted", sign_text(change.predicted)},
                       {"measured", sign_text(change.measured)}});
  }
  json::object out;
  out["id"] = relations.ids[regulator.node];
  out["name"] = relations.labels[regulator.node];
  out["direction"] =
      regulator.direction == 0 ? json::value(nullptr) : json::value(sign_text(regulator.direction));
  out["score"] = regulator.score;
  out["p"] = regulator.p;
  out["p_omitted_at_most"] = regulator.p_omitted;
  out["p_quaternary"] = better ? json::value(regulator.p_quaternary) : json::value(nullptr);
  out["p_ternary"] = better ? json::value(regulator.p_ternary) : json::value(nullptr);
  out["fdr"] = regulator.fdr;
  out["correct"] = regulator.correct;
  out["incorrect"] = regulator.incorrect;
  out["ambiguous"] = regulator.unsigned_moved;
  out["score_up"] = regulator.score_up;
  out["p_up"] = regulator.p_up;
  out["score_down"] = regulator.score_down;
  out["p_down"] = regulator.p_down;
  out["margins"] = margins_json(regulator.margins);
  out["changes"] = std::move(changes);
  return out;
}

json::object observed_json(const graph::UpstreamScan& scan, const ObservedChanges& observed,
                           const MatchedChanges& matched) {
  json::array unmatched;
  for (std::size_t i = 0; i < std::min(kNamesShown, matched.unmatched.size()); ++i) {
    unmatched.emplace_back(matched.unmatched[i]);
  }
  return {{"rows", observed.rows},
          {"moved", observed.moved.size()},
          {"not_moved", observed.unmoved},
          {"without_name", observed.unnamed},
          {"conflicting", observed.conflicting + matched.clashing},
          {"matched", matched.matched},
          {"unmatched", matched.unmatched.size()},
          {"unmatched_first", std::move(unmatched)},
          {"no_relation_enters", scan.outside}};
}

}  // namespace

MatchedChanges match_changes(const NamedRelations& relations, const ObservedChanges& observed) {
  MatchedChanges out;
  out.measured.assign(relations.ids.size(), 0);
  std::set<std::uint32_t> clashing;
  for (const auto& change : observed.moved) {
    const auto [begin, end] = relations.by_name.equal_range(change.name);
    if (begin == end) {
      out.unmatched.push_back(change.name);
      continue;
    }
    ++out.matched;
    for (auto at = begin; at != end; ++at) {
      int& sign = out.measured[at->second];
      if (sign == -change.sign) {
        clashing.insert(at->second);
      }
      sign = change.sign;
    }
  }
  for (const std::uint32_t node : clashing) {
    out.measured[node] = 0;
  }
  out.clashing = clashing.size();
  return out;
}

NamedRelations relations_of(const MechanismGraph& graph, const std::string& lang) {
  NamedRelations out;
  for (std::uint32_t node = 0; node < graph.nodes.size(); ++node) {
    const Concept& thing = *graph.nodes[node];
    out.ids.push_back(thing.id);
    out.labels.push_back(lang == "zh" ? thing.name.zh : thing.name.en);
    std::set<std::string> names = {thing.id, thing.name.en, thing.name.zh};
    names.insert(thing.aliases.begin(), thing.aliases.end());
    for (const auto& name : names) {
      out.by_name.emplace(name, node);
    }
  }
  for (const MechanismEdge& edge : graph.edges) {
    const int sign = edge.p_raises >= kLikely ? 1 : edge.p_lowers >= kLikely ? -1 : 0;
    if (sign != 0) {
      out.relations.push_back(
          {static_cast<std::uint32_t>(edge.from), static_cast<std::uint32_t>(edge.to), sign});
    }
  }
  return out;
}

json::object upstream_document(const graph::UpstreamScan& scan,
                               const graph::UpstreamOptions& options,
                               const NamedRelations& relations, const ObservedChanges& observed,
                               const MatchedChanges& matched, std::size_t top) {
  const bool better = options.method == graph::UpstreamMethod::kBetter;
  json::array regulators;
  for (std::size_t i = 0; i < std::min(top, scan.regulators.size()); ++i) {
    regulators.push_back(regulator_json(scan.regulators[i], relations, better));
  }
  json::object out;
  out["method"] = graph::to_string(options.method);
  out["depth"] = options.method == graph::UpstreamMethod::kCausal ? json::value(options.depth)
                                                                  : json::value(nullptr);
  out["observed"] = observed_json(scan, observed, matched);
  out["universe"] = scan.universe;
  out["measured_up"] = scan.up;
  out["measured_down"] = scan.down;
  out["hypotheses"] = scan.hypotheses;
  out["regulators_total"] = scan.regulators.size();
  out["regulators"] = std::move(regulators);
  out["note"] = text_json(
      "A regulator that explains the changes is a hypothesis: its targets moved as it would move "
      "them more often than chance gives. It was not measured itself.",
      "能解释这些变化的调控者只是一个假设：它的靶点按它的作用方向变化的次数多于随机。它本身未被测量"
      "。");
  return out;
}

}  // namespace thaw::evidence
