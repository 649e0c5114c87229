// The group rules: who speaks for a group, and how much of it counts beside the other groups.
//
// Method: docs/methods/evidence_weight.md, section 2. (1) Where a group holds a figure, its items
// without one restate it. (2) A meta-analysis weighs only where its members' own figures are
// absent. (3) Per direction the strongest item of a group speaks, the others are listed with
// weight 0. (4) Soft links discount the weaker of two groups. (5) Groups without figures of one
// kind and direction are damped as l, l/4, l/9, ... Pure functions of light records: the weigher
// and the assembly of a million statements run the same rules. Cost: n log n in the items.
// Check: weigh_test.cc and the laws in group_weight_test.cc.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace thaw::evidence {

/// Why an item of a group weighs nothing beside the others.
enum class Silence : std::uint8_t { kNone, kRestates, kPooledMembers, kInsidePooled, kWeaker };

struct WeighedItem {
  std::size_t item = 0;                // the caller's number: an index into Knowledge::items
  double nats = 0;                     // signed: positive supports this claim
  double nats_low = 0, nats_high = 0;  // over what was not printed; equal to nats otherwise
  bool counts = false;
  bool quantitative = false;
  bool estimate_printed = false;
  bool rests_on_retracted = false;  // a member that it pools is retracted
  bool repooled = false;            // and was taken out of its estimate
  Silence silence = Silence::kNone;
};

/// One item as the rules see it, before them.
struct Voice {
  WeighedItem item;
  int group = 0;
  std::uint32_t kind = 0;          // after effective_kind
  std::uint32_t participants = 0;  // equal numbers: the same people; 0: not stated
  bool retracted = false;
  std::string_view label;                // of the group: only breaks ties
  std::span<const std::uint32_t> links;  // soft links, sorted
  std::span<const int> members;          // groups that a meta-analysis pools
};

struct WeighedGroup {
  std::string_view label;  // lives as long as the knowledge
  std::string_view kind;   // of the item that speaks
  int group = 0;
  std::uint32_t kind_number = 0;
  int direction = 0;                   // +1 supports, -1 opposes, 0 silent
  double nats = 0;                     // >= 0, after damping
  double nats_low = 0, nats_high = 0;  // signed range over what was not printed
  double link_factor = 1;              // rule 4
  std::uint32_t link = 0;              // where link_factor < 1: the link shared
  int place = 1;                       // rule 5: which of its kind and direction
  bool internal_disagreement = false;
  std::vector<WeighedItem> items;
};

/// What each soft link leaves to the weaker group, by link.
using LinkFactors = std::span<const double>;

/// `voices` of one claim to its groups, strongest first, then by label. The order of `voices`
/// within a group breaks ties between equally strong items, nothing else.
std::vector<WeighedGroup> weigh_groups(std::vector<Voice> voices, LinkFactors link_factors);

/// Sum of the supporting and of the opposing nats.
struct Sides {
  double support = 0, opposition = 0;
};
Sides sides_of(const std::vector<WeighedGroup>& groups);

}  // namespace thaw::evidence
