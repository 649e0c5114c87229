#include "evidence/group_weight.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace thaw::evidence {
namespace {

/// The voices of one group, next to each other in the sorted list.
struct Slice {
  int group;
  std::span<Voice> voices;
};

std::vector<Slice> slices_of(std::vector<Voice>& voices) {
  std::ranges::stable_sort(voices, {}, &Voice::group);
  std::vector<Slice> slices;
  for (std::size_t begin = 0; begin < voices.size();) {
    std::size_t end = begin + 1;
    while (end < voices.size() && voices[end].group == voices[begin].group) {
      ++end;
    }
    slices.push_back({voices[begin].group, std::span(voices).subspan(begin, end - begin)});
    begin = end;
  }
  return slices;
}

const Slice* find_slice(const std::vector<Slice>& slices, int group) {
  const auto at = std::ranges::lower_bound(slices, group, {}, &Slice::group);
  return at == slices.end() || at->group != group ? nullptr : &*at;
}

void silence(WeighedItem& item, Silence reason) {
  item.counts = false;
  item.silence = reason;
}

/// Rule 1. What is said of other participants than the figure's is no restatement.
void drop_restatements(std::span<Voice> voices) {
  bool any_figure = false;
  std::set<std::uint32_t> with_figure;
  for (Voice& voice : voices) {
    voice.item.counts = voice.item.nats != 0;
    if (voice.item.quantitative) {
      any_figure = true;
      with_figure.insert(voice.participants);
    }
  }
  if (!any_figure) {
    return;
  }
  for (Voice& voice : voices) {
    const bool restates = voice.participants == 0 || with_figure.contains(voice.participants);
    if (restates && !voice.item.quantitative && voice.item.counts) {
      silence(voice.item, Silence::kRestates);
    }
  }
}

/// Rule 2. A figure that is retracted is no longer a member's own figure.
void settle_meta_analyses(const std::vector<Slice>& slices) {
  for (const Slice& slice : slices) {
    for (Voice& meta : slice.voices) {
      if (meta.members.empty()) {
        continue;
      }
      bool figures = false;
      for (const int member : meta.members) {
        if (const Slice* inside = find_slice(slices, member)) {
          figures = figures || std::ranges::any_of(inside->voices, [](const Voice& v) {
                      return v.item.quantitative && !v.retracted;
                    });
        }
      }
      if (figures) {
        silence(meta.item, Silence::kPooledMembers);
        continue;
      }
      for (const int member : meta.members) {
        if (const Slice* inside = find_slice(slices, member)) {
          for (Voice& voice : inside->voices) {
            silence(voice.item, Silence::kInsidePooled);
          }
        }
      }
    }
  }
}

/// The strongest voice of each direction, [0] opposing and [1] supporting; the others fall silent.
void choose_speakers(std::span<Voice> voices, Voice* (&best)[2]) {
  for (Voice& voice : voices) {
    if (!voice.item.counts) {
      continue;
    }
    Voice*& strongest = best[voice.item.nats > 0 ? 1 : 0];
    if (strongest == nullptr || std::abs(voice.item.nats) > std::abs(strongest->item.nats)) {
      if (strongest != nullptr) {
        silence(strongest->item, Silence::kWeaker);
      }
      strongest = &voice;
    } else {
      silence(voice.item, Silence::kWeaker);
    }
  }
}

/// Rule 3: one entry for each direction in which the group speaks, or one silent entry.
void add_entries(const Slice& slice, std::vector<WeighedGroup>& out) {
  Voice* best[2] = {nullptr, nullptr};
  choose_speakers(slice.voices, best);
  const bool disagrees = best[0] != nullptr && best[1] != nullptr;
  for (const int side : {1, 0}) {
    if (best[side] == nullptr) {
      continue;
    }
    const WeighedItem& speaker = best[side]->item;
    WeighedGroup group{.label = best[side]->label,
                       .group = slice.group,
                       .kind_number = best[side]->kind,
                       .direction = side == 1 ? 1 : -1,
                       .nats = std::abs(speaker.nats),
                       .nats_low = speaker.nats_low,
                       .nats_high = speaker.nats_high,
                       .internal_disagreement = disagrees};
    for (const Voice& voice : slice.voices) {
      const bool other_speaker = disagrees && &voice == best[1 - side];
      const bool elsewhere = disagrees && !voice.item.counts && side == 0;  // listed once, above
      if (!other_speaker && !elsewhere) {
        group.items.push_back(voice.item);
      }
    }
    out.push_back(std::move(group));
  }
  if (best[0] == nullptr && best[1] == nullptr) {
    WeighedGroup silent{.label = slice.voices.front().label,
                        .group = slice.group,
                        .kind_number = slice.voices.front().kind};
    for (const Voice& voice : slice.voices) {
      silent.items.push_back(voice.item);
    }
    out.push_back(std::move(silent));
  }
}

void scale(WeighedGroup& group, double factor) {
  group.nats *= factor;
  group.nats_low *= factor;
  group.nats_high *= factor;
}

/// Links of the voices that the entry lists, each once, sorted.
std::vector<std::uint32_t> links_of(const std::vector<Slice>& slices, const WeighedGroup& group) {
  std::set<std::size_t> listed;
  for (const WeighedItem& item : group.items) {
    listed.insert(item.item);
  }
  std::vector<std::uint32_t> links;
  for (const Voice& voice : find_slice(slices, group.group)->voices) {
    if (!voice.links.empty() && listed.contains(voice.item.item)) {
      links.insert(links.end(), voice.links.begin(), voice.links.end());
    }
  }
  std::ranges::sort(links);
  links.erase(std::unique(links.begin(), links.end()), links.end());
  return links;
}

/// Rule 4. `groups` are sorted strongest first.
void discount_soft_links(const std::vector<Slice>& slices, LinkFactors factors,
                         std::vector<WeighedGroup>& groups) {
  std::set<std::pair<int, std::uint32_t>> taken;  // direction, link
  for (auto& group : groups) {
    for (const std::uint32_t link : links_of(slices, group)) {
      if (!taken.emplace(group.direction, link).second && factors[link] < group.link_factor) {
        group.link_factor = factors[link];
        group.link = link;
      }
    }
    if (group.link_factor < 1) {
      scale(group, group.link_factor);
    }
  }
}

bool speaks_with_a_figure(const WeighedGroup& group) {
  return std::ranges::any_of(group.items,
                             [](const WeighedItem& i) { return i.counts && i.quantitative; });
}

/// Rule 5. `groups` are sorted strongest first.
void damp_qualitative(std::vector<WeighedGroup>& groups) {
  std::map<std::pair<std::uint32_t, int>, int> seen;
  for (auto& group : groups) {
    if (group.direction == 0 || speaks_with_a_figure(group)) {
      continue;
    }
    group.place = ++seen[{group.kind_number, group.direction}];
    if (group.place > 1) {
      scale(group, 1.0 / (static_cast<double>(group.place) * group.place));
    }
  }
}

void sort_groups(std::vector<WeighedGroup>& groups) {
  std::ranges::stable_sort(groups, [](const WeighedGroup& a, const WeighedGroup& b) {
    return std::tie(b.nats, a.label, b.direction) < std::tie(a.nats, b.label, a.direction);
  });
}

}  // namespace

std::vector<WeighedGroup> weigh_groups(std::vector<Voice> voices, LinkFactors link_factors) {
  const std::vector<Slice> slices = slices_of(voices);
  bool linked = false;
  for (const Slice& slice : slices) {
    drop_restatements(slice.voices);
  }
  settle_meta_analyses(slices);
  std::vector<WeighedGroup> groups;
  groups.reserve(slices.size());
  for (const Slice& slice : slices) {
    add_entries(slice, groups);
    linked = linked ||
             std::ranges::any_of(slice.voices, [](const Voice& v) { return !v.links.empty(); });
  }
  if (groups.size() < 2) {
    return groups;
  }
  sort_groups(groups);
  if (linked) {
    discount_soft_links(slices, link_factors, groups);
    sort_groups(groups);
  }
  damp_qualitative(groups);
  sort_groups(groups);
  return groups;
}

Sides sides_of(const std::vector<WeighedGroup>& groups) {
  Sides sides;
  for (const WeighedGroup& group : groups) {
    (group.direction > 0 ? sides.support : sides.opposition) += group.nats;
  }
  return sides;
}

}  // namespace thaw::evidence
