// A file of what is known before learning, by variables' names; docs/formats/knowledge.md.
//
// Two forms: our JSON, and the text that Tetrad writes ("/knowledge"). Reading is strict: an
// unknown key, name or shape is an error with its place, and nothing is dropped in silence.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "discovery/knowledge.h"

namespace thaw::discovery {

/// A name, and where the file has it, such as "tiers[1][0]" or "line 4".
struct KnownName {
  std::string name;
  std::string place;
};

struct KnownArrow {
  KnownName from;
  KnownName to;
};

struct KnownOdds {
  KnownName from;
  KnownName to;
  double log_odds = 0;  // nats, that `from` causes `to` directly
  std::string source;   // who says so, in words; never empty
};

struct KnowledgeFile {
  std::string file;                           // for messages
  std::vector<std::vector<KnownName>> tiers;  // earliest first; the first is tier 1
  std::vector<int> closed_tiers;              // whose members never cause each other, from 1
  std::vector<KnownArrow> forbidden;
  std::vector<KnownArrow> required;
  std::vector<KnownOdds> odds;
  std::map<std::string, KnownName> concepts;  // column: the concept's id or name
};

inline constexpr std::size_t kMaxKnowledgeBytes = 16U << 20U;
/// Largest prior weight that a file may give an edge, in nats: odds of 22,000 to 1.
inline constexpr double kMaxPriorNats = 10;

/// The knowledge in `bytes`: Tetrad's text when it begins with "/knowledge", else JSON. `file`
/// stands in messages.
/// Fails: kInvalidArgument with the place for text that is not UTF-8, a wrong shape, an unknown key
/// or section, a name in two tiers, a pair of one name twice, odds that are no positive number,
/// weights over kMaxPriorNats, odds without a source. Cost: linear.
Result<KnowledgeFile> read_knowledge(std::string_view bytes, std::string_view file);

/// The same about the variables called `names` (n, distinct).
/// Fails: kInvalidArgument with the place for a name that is no variable (with the nearest one),
/// and where the whole contradicts itself.
Result<Knowledge> knowledge_about(const KnowledgeFile& known,
                                  const std::vector<std::string>& names);

}  // namespace thaw::discovery
