#include "evidence/changes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "evidence/explain.h"
#include "evidence/weigh_json.h"

namespace thaw::evidence {
namespace {

bool moved(double a, double b) {
  return std::abs(a - b) > 1e-12;
}

ClaimState state_of(const WeighedClaim& weighed) {
  return {weighed.support, weighed.opposition, weighed.belief, weighed.opinion};
}

/// Item id to the nats it gives the claim (after its group was discounted) and its place there.
struct Spoken {
  double nats = 0;
  std::size_t group = 0, item = 0;
};

std::map<std::string, Spoken> spoken_in(const Knowledge& knowledge, const WeighedClaim& weighed) {
  std::map<std::string, Spoken> out;
  for (std::size_t g = 0; g < weighed.groups.size(); ++g) {
    const WeighedGroup& group = weighed.groups[g];
    for (std::size_t i = 0; i < group.items.size(); ++i) {
      const WeighedItem& item = group.items[i];
      out[knowledge.items()[item.item].id] = {item.counts ? group.direction * group.nats : 0, g, i};
    }
  }
  return out;
}

/// One side of the comparison; weighs a claim only when it is asked for.
class Side {
 public:
  Side(const Knowledge& knowledge, const WeightParameters& parameters)
      : knowledge_(knowledge), weigher_(knowledge, parameters) {
    for (auto& weighed : weigher_.weigh_all()) {
      const std::string& id = weighed.claim->id;
      all_.emplace(id, std::move(weighed));
    }
  }

  const WeighedClaim* find(const std::string& claim) const {
    const auto at = all_.find(claim);
    return at == all_.end() ? nullptr : &at->second;
  }
  const std::map<std::string, WeighedClaim>& all() const { return all_; }
  const Knowledge& knowledge() const { return knowledge_; }
  Explanation explained(const WeighedClaim& weighed) const {
    return explain(weigher_, weighed, {});
  }

 private:
  const Knowledge& knowledge_;
  Weigher weigher_;
  std::map<std::string, WeighedClaim> all_;
};

/// Why an item that is in neither state's claim anymore left it.
Name why_it_left(const Knowledge& after, const std::string& item) {
  const auto& items = after.items();
  const auto at = std::ranges::lower_bound(items, item, {}, &Item::id);
  return at != items.end() && at->id == item
             ? Name{"corrected: it speaks of another claim now", "已更正：现属另一论断"}
             : Name{"no longer in the record", "已不在记录中"};
}

void add_lines(ClaimChange& change, const WeighedClaim* before, const WeighedClaim* after,
               const Side& was, const Side& is) {
  const auto old =
      before == nullptr ? std::map<std::string, Spoken>{} : spoken_in(was.knowledge(), *before);
  const auto now =
      after == nullptr ? std::map<std::string, Spoken>{} : spoken_in(is.knowledge(), *after);
  const Explanation words = after == nullptr ? Explanation{} : is.explained(*after);
  for (const auto& [id, spoken] : now) {
    const auto then = old.find(id);
    if (then != old.end() && !moved(then->second.nats, spoken.nats)) {
      continue;
    }
    const ItemWords& own = words.groups[spoken.group].items[spoken.item];
    const bool counts = after->groups[spoken.group].items[spoken.item].counts;
    const GroupWords& group = words.groups[spoken.group];
    change.lines.push_back({then == old.end() ? "came" : "moved", id,
                            then == old.end() ? 0 : then->second.nats, spoken.nats,
                            counts ? Name{group.why, group.why_zh} : Name{own.why, own.why_zh}});
  }
  for (const auto& [id, spoken] : old) {
    if (!now.contains(id)) {
      change.lines.push_back({"left", id, spoken.nats, 0, why_it_left(is.knowledge(), id)});
    }
  }
  std::ranges::sort(change.lines, {}, &ChangeLine::item);
}

}  // namespace

std::vector<ClaimChange> changes_between(const Knowledge& before, const Knowledge& after,
                                         const WeightParameters& parameters) {
  const Side was(before, parameters);
  const Side is(after, parameters);
  std::set<std::string> claims;
  for (const auto* side : {&was, &is}) {
    for (const auto& [id, weighed] : side->all()) {
      claims.insert(id);
    }
  }
  std::vector<ClaimChange> out;
  for (const std::string& id : claims) {
    const WeighedClaim* old = was.find(id);
    const WeighedClaim* now = is.find(id);
    ClaimChange change{.claim = id};
    const Side& side = now != nullptr ? is : was;
    const WeighedClaim& shown = now != nullptr ? *now : *old;
    // Cheap first: most claims of a large store did not move.
    const bool same = old != nullptr && now != nullptr && !moved(old->support, now->support) &&
                      !moved(old->opposition, now->opposition) &&
                      old->claim->items.size() == now->claim->items.size();
    if (same && spoken_in(before, *old).size() == spoken_in(after, *now).size()) {
      const auto a = spoken_in(before, *old);
      const auto b = spoken_in(after, *now);
      const bool equal = std::ranges::equal(a, b, [](const auto& x, const auto& y) {
        return x.first == y.first && !moved(x.second.nats, y.second.nats);
      });
      if (equal) {
        continue;
      }
    }
    change.text = claim_text(side.knowledge(), *shown.claim);
    if (old != nullptr) {
      change.before = state_of(*old);
    }
    if (now != nullptr) {
      change.after = state_of(*now);
    }
    add_lines(change, old, now, was, is);
    out.push_back(std::move(change));
  }
  return out;
}

}  // namespace thaw::evidence
