#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "discovery/panel.h"

namespace thaw::discovery {
namespace {

class LagKnowledge {
 public:
  LagKnowledge(const KnowledgeFile& known, const Panel& panel) : known_(known), panel_(panel) {
    for (const PanelVariable& variable : panel.variables) {
      new_names_.insert(variable.name);
      of_column_[variable.column].push_back(&variable);
    }
  }

  Result<KnowledgeFile> run() {
    lagged_.file = known_.file;
    add_time();
    THAW_CHECK(add_tiers());
    for (const KnownArrow& arrow : known_.forbidden) {
      add_forbidden(arrow);
    }
    for (const KnownArrow& arrow : known_.required) {
      THAW_CHECK(says_visit(arrow.from));
      THAW_CHECK(says_visit(arrow.to));
      lagged_.required.push_back(arrow);
    }
    for (const KnownOdds& odds : known_.odds) {
      add_odds(odds);
    }
    for (const auto& [column, meant] : known_.concepts) {
      for (const std::string& name : names_of({column, meant.place})) {
        lagged_.concepts[name] = meant;
      }
    }
    return std::move(lagged_);
  }

 private:
  Error at(const KnownName& name, std::string_view what) const {
    return invalid_argument(fmt::format("{}: {}: {}", known_.file, name.place, what));
  }

  /// Fixed columns first, then the earliest visit.
  void add_time() {
    lagged_.tiers.resize(panel_.lags + 2);
    for (const PanelVariable& variable : panel_.variables) {
      lagged_.tiers[tier_of(variable.name)].push_back({variable.name, "visit time"});
    }
  }

  Result<Done> add_tiers() {
    std::vector<std::pair<std::size_t, KnownName>> members;
    for (std::size_t tier = 0; tier < known_.tiers.size(); ++tier) {
      for (const KnownName& member : known_.tiers[tier]) {
        if (!of_column_.contains(member.name) && new_names_.contains(member.name)) {
          return at(member, fmt::format("'{}' has its tier by visit time; tiers here order columns "
                                        "within a visit",
                                        member.name));
        }
        members.emplace_back(tier, member);
      }
    }
    for (const auto& [later, effect] : members) {
      for (const auto& [earlier, cause] : members) {
        if (later > earlier || (later == earlier && effect.name != cause.name && closed(later))) {
          forbid_within_visit(effect, cause);
        }
      }
    }
    return Done{};
  }

  bool closed(std::size_t tier) const {
    return std::ranges::find(known_.closed_tiers, static_cast<int>(tier) + 1) !=
           known_.closed_tiers.end();
  }

  void forbid_within_visit(const KnownName& from, const KnownName& to) {
    const auto cause = of_column_.find(from.name);
    const auto effect = of_column_.find(to.name);
    if (cause == of_column_.end() || effect == of_column_.end()) {
      // Kept as it is: whoever looks the names up says that there is none.
      lagged_.forbidden.push_back({from, to});
      return;
    }
    for (const PanelVariable* a : cause->second) {
      for (const PanelVariable* b : effect->second) {
        if (a->lag == b->lag && a->fixed == b->fixed) {
          lagged_.forbidden.push_back({{a->name, from.place}, {b->name, to.place}});
        }
      }
    }
  }

  std::vector<std::string> names_of(const KnownName& name) const {
    const auto found = of_column_.find(name.name);
    if (found == of_column_.end()) {
      return {name.name};
    }
    std::vector<std::string> names;
    for (const PanelVariable* variable : found->second) {
      names.push_back(variable->name);
    }
    return names;
  }

  void add_forbidden(const KnownArrow& arrow) {
    for (const std::string& from : names_of(arrow.from)) {
      for (const std::string& to : names_of(arrow.to)) {
        lagged_.forbidden.push_back({{from, arrow.from.place}, {to, arrow.to.place}});
      }
    }
  }

  /// At every pair of visits that time allows.
  void add_odds(const KnownOdds& odds) {
    for (const std::string& from : names_of(odds.from)) {
      for (const std::string& to : names_of(odds.to)) {
        if (!later(from, to)) {
          lagged_.odds.push_back(
              {{from, odds.from.place}, {to, odds.to.place}, odds.log_odds, odds.source});
        }
      }
    }
  }

  bool later(std::string_view a, std::string_view b) const { return tier_of(a) > tier_of(b); }
  std::size_t tier_of(std::string_view name) const {
    const auto found = std::ranges::find(panel_.variables, name, &PanelVariable::name);
    if (found == panel_.variables.end()) {
      return 0;  // no variable: found out where names are looked up
    }
    return found->fixed ? 0 : panel_.lags + 1 - found->lag;
  }

  Result<Done> says_visit(const KnownName& name) const {
    if (!new_names_.contains(name.name) && of_column_.contains(name.name)) {
      return at(name, fmt::format("say at which visit, such as '{0}@t-1' or '{0}@t'", name.name));
    }
    return Done{};
  }

  const KnowledgeFile& known_;
  const Panel& panel_;
  KnowledgeFile lagged_;
  std::set<std::string, std::less<>> new_names_;
  std::map<std::string, std::vector<const PanelVariable*>, std::less<>> of_column_;
};

}  // namespace

Result<KnowledgeFile> lag_knowledge(const KnowledgeFile& known, const Panel& panel) {
  return LagKnowledge(known, panel).run();
}

}  // namespace thaw::discovery
