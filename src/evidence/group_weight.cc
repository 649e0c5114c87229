#include "evidence/group_weight.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "evidence/strength.h"

namespace thaw::evidence {
namespace {

struct Silenced {
  const char* en;
  const char* zh;
};
constexpr Silenced kRestates = {"restates a result of this group that is printed with a figure",
                                "重复了本组已有数字的同一结果"};
constexpr Silenced kPooledMembers = {"pools trials whose own figures are here already",
                                     "汇总的试验本身的数字已在此计入"};
constexpr Silenced kInsidePooled = {"counted inside the meta-analysis that pools it",
                                    "已包含在汇总它的荟萃分析中"};
constexpr Silenced kWeaker = {"a stronger item of the same group speaks for it",
                              "同组中有更强的条目代表它"};

void silence(WeighedItem& item, const Silenced& reason) {
  item.counts = false;
  item.why = fmt::format("weight 0: {}", reason.en);
  item.why_zh = fmt::format("权重 0:{}", reason.zh);
}

/// Rule 1. What is said of other participants than the figure's is no restatement.
void drop_restatements(const Knowledge& knowledge, std::vector<WeighedItem>& items) {
  const auto participants = [&](const WeighedItem& i) -> const std::string& {
    return knowledge.items()[i.item].participants;
  };
  for (auto& item : items) {
    item.counts = item.nats != 0;
    const bool restates = std::ranges::any_of(items, [&](const WeighedItem& figure) {
      return figure.quantitative &&
             (participants(item).empty() || participants(item) == participants(figure));
    });
    if (restates && !item.quantitative && item.counts) {
      silence(item, kRestates);
    }
  }
}

/// Rule 2.
void settle_meta_analyses(const Knowledge& knowledge,
                          std::map<int, std::vector<WeighedItem>>& by_group) {
  for (auto& [group, items] : by_group) {
    for (auto& item : items) {
      const auto& members = knowledge.items()[item.item].members;
      if (members.empty()) {
        continue;
      }
      std::set<int> member_groups;
      for (const auto& key : members) {
        const int member = knowledge.group_of_key(key);
        if (member != group && by_group.contains(member)) {
          member_groups.insert(member);
        }
      }
      bool figures = false;
      for (const int member : member_groups) {
        figures = figures || std::ranges::any_of(by_group.at(member), [](const WeighedItem& i) {
                    return i.quantitative;
                  });
      }
      if (figures) {
        silence(item, kPooledMembers);
      } else {
        for (const int member : member_groups) {
          for (auto& inside : by_group.at(member)) {
            silence(inside, kInsidePooled);
          }
        }
      }
    }
  }
}

/// Rule 3: one entry for each direction in which the group speaks, or one silent entry.
std::vector<WeighedGroup> entries(const Knowledge& knowledge, const WeightParameters& p,
                                  const std::string& label, std::vector<WeighedItem> items) {
  WeighedItem* best[2] = {nullptr, nullptr};  // opposing, supporting
  for (auto& item : items) {
    WeighedItem*& strongest = best[item.nats > 0 ? 1 : 0];
    if (!item.counts) {
      continue;
    }
    if (strongest == nullptr || std::abs(item.nats) > std::abs(strongest->nats)) {
      if (strongest != nullptr) {
        silence(*strongest, kWeaker);
      }
      strongest = &item;
    } else {
      silence(item, kWeaker);
    }
  }
  const bool disagrees = best[0] != nullptr && best[1] != nullptr;
  std::vector<WeighedGroup> out;
  for (const int side : {1, 0}) {
    if (best[side] == nullptr) {
      continue;
    }
    const WeighedItem& speaker = *best[side];
    WeighedGroup group;
    group.label = label;
    group.kind = effective_kind(knowledge.items()[speaker.item], p);
    group.direction = side == 1 ? 1 : -1;
    group.nats = std::abs(speaker.nats);
    group.nats_low = speaker.nats_low;
    group.nats_high = speaker.nats_high;
    group.internal_disagreement = disagrees;
    group.why = speaker.why;
    group.why_zh = speaker.why_zh;
    for (const auto& item : items) {
      const bool other_speaker = disagrees && &item == best[1 - side];
      const bool elsewhere = disagrees && !item.counts && side == 0;  // listed once, above
      if (!other_speaker && !elsewhere) {
        group.items.push_back(item);
      }
    }
    out.push_back(std::move(group));
  }
  if (out.empty()) {
    WeighedGroup silent;
    silent.label = label;
    silent.kind = effective_kind(knowledge.items()[items.front().item], p);
    silent.why = items.front().why;
    silent.why_zh = items.front().why_zh;
    silent.items = std::move(items);
    out.push_back(std::move(silent));
  }
  return out;
}

const WeighedItem& speaker_of(const WeighedGroup& group) {
  return *std::ranges::find_if(group.items, [](const WeighedItem& i) { return i.counts; });
}

void scale(WeighedGroup& group, double factor, const std::string& en, const std::string& zh) {
  group.nats *= factor;
  group.nats_low *= factor;
  group.nats_high *= factor;
  group.why += en;
  group.why_zh += zh;
}

std::set<std::string> soft_links(const Knowledge& knowledge, const WeighedGroup& group) {
  std::set<std::string> links;
  for (const auto& item : group.items) {
    for (const auto& key : knowledge.items()[item.item].group_keys) {
      if (key.starts_with("lab:") || key.starts_with("consortium:")) {
        links.insert(key);
      }
    }
  }
  return links;
}

/// Rule 4. `groups` are sorted strongest first.
void discount_soft_links(const Knowledge& knowledge, const WeightParameters& p,
                         std::vector<WeighedGroup>& groups) {
  std::set<std::pair<int, std::string>> taken;  // direction, link
  for (auto& group : groups) {
    double factor = 1;
    std::string shared;
    for (const auto& link : soft_links(knowledge, group)) {
      if (!taken.emplace(group.direction, link).second) {
        const double here = link.starts_with("lab:") ? p.same_laboratory : p.same_consortium;
        if (here < factor) {
          factor = here;
          shared = link;
        }
      }
    }
    if (factor < 1) {
      scale(group, factor, fmt::format("; x {:.3g}, a stronger group shares {}", factor, shared),
            fmt::format("；与更强的组同属 {}，乘以 {:.3g}", shared, factor));
    }
  }
}

/// Rule 5. `groups` are sorted strongest first.
void damp_qualitative(std::vector<WeighedGroup>& groups) {
  std::map<std::pair<std::string, int>, int> seen;
  for (auto& group : groups) {
    if (group.direction == 0 || speaker_of(group).quantitative) {
      continue;
    }
    const int place = ++seen[{group.kind, group.direction}];
    if (place > 1) {
      scale(group, 1.0 / (place * place),
            fmt::format("; number {} of its kind without a figure, counts 1/{}", place,
                        place * place),
            fmt::format("；同类无数字证据中的第 {} 个，计 1/{}", place, place * place));
    }
  }
}

void sort_groups(std::vector<WeighedGroup>& groups) {
  std::ranges::sort(groups, [](const WeighedGroup& a, const WeighedGroup& b) {
    return std::tie(b.nats, a.label, b.direction) < std::tie(a.nats, b.label, a.direction);
  });
}

}  // namespace

std::vector<WeighedGroup> weigh_groups(const Knowledge& knowledge,
                                       const WeightParameters& parameters,
                                       std::map<int, std::vector<WeighedItem>> by_group) {
  for (auto& [group, items] : by_group) {
    drop_restatements(knowledge, items);
  }
  settle_meta_analyses(knowledge, by_group);
  std::vector<WeighedGroup> groups;
  for (auto& [number, items] : by_group) {
    for (auto& entry :
         entries(knowledge, parameters, knowledge.group_label(number), std::move(items))) {
      groups.push_back(std::move(entry));
    }
  }
  sort_groups(groups);
  discount_soft_links(knowledge, parameters, groups);
  sort_groups(groups);
  damp_qualitative(groups);
  sort_groups(groups);
  return groups;
}

}  // namespace thaw::evidence
