#include "discovery/knowledge_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/edit_distance.h"
#include "base/shorten.h"
#include "base/text.h"
#include "discovery/knowledge_text.h"

namespace thaw::discovery {
namespace {

Error at(const KnowledgeFile& known, std::string_view place, std::string_view what) {
  return invalid_argument(fmt::format("{}: {}: {}", known.file, place, what));
}

/// What no reader of one line can see: a name in two tiers, a tier that is not there, a pair of
/// one name or given twice.
Result<Done> check_whole(const KnowledgeFile& known) {
  std::set<std::string_view> tiered;
  for (const auto& tier : known.tiers) {
    for (const KnownName& member : tier) {
      if (!tiered.insert(member.name).second) {
        return at(known, member.place,
                  fmt::format("'{}' stands in a tier twice; write it once", member.name));
      }
    }
  }
  for (const int tier : known.closed_tiers) {
    if (static_cast<std::size_t>(tier) > known.tiers.size()) {
      return at(known, "forbid_within",
                fmt::format("there is no tier {}; there are {}", tier, known.tiers.size()));
    }
  }
  const auto check_pair = [&](const KnownName& from, const KnownName& to) -> Result<Done> {
    if (from.name == to.name) {
      return at(known, to.place, fmt::format("'{}' cannot cause itself", to.name));
    }
    return Done{};
  };
  for (const auto* arrows : {&known.forbidden, &known.required}) {
    for (const KnownArrow& arrow : *arrows) {
      THAW_CHECK(check_pair(arrow.from, arrow.to));
    }
  }
  std::set<std::pair<std::string_view, std::string_view>> weighed;
  for (const KnownOdds& odds : known.odds) {
    THAW_CHECK(check_pair(odds.from, odds.to));
    if (!weighed.emplace(odds.from.name, odds.to.name).second) {
      return at(known, odds.from.place,
                fmt::format("the odds of {} -> {} are given twice; combine them first",
                            odds.from.name, odds.to.name));
    }
  }
  return Done{};
}

/// Places of the variables by name.
class Places {
 public:
  Places(const KnowledgeFile& known, const std::vector<std::string>& names)
      : known_(known), names_(names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      places_.emplace(names[i], i);
    }
  }

  Result<std::size_t> of(const KnownName& name) const {
    const auto found = places_.find(name.name);
    if (found != places_.end()) {
      return found->second;
    }
    std::string near;
    if (name.name.size() <= 200 && !names_.empty()) {
      near =
          fmt::format("; the nearest is '{}'", *std::ranges::min_element(names_, {}, [&](auto& n) {
                        return edit_distance(shorten(n, 200), name.name);
                      }));
    }
    return at(known_, name.place,
              fmt::format("there is no variable '{}'{}", shorten(name.name, 100), near));
  }

 private:
  const KnowledgeFile& known_;
  const std::vector<std::string>& names_;
  std::unordered_map<std::string_view, std::size_t> places_;
};

}  // namespace

Result<KnowledgeFile> read_knowledge(std::string_view bytes, std::string_view file) {
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    bytes.remove_prefix(3);
  }
  if (bytes.size() > kMaxKnowledgeBytes) {
    return invalid_argument(fmt::format("{}: it is over 16 MiB, which is no knowledge file", file));
  }
  if (const auto bad = first_invalid_utf8(bytes)) {
    return invalid_argument(fmt::format("{}: byte {} is not UTF-8", file, *bad + 1));
  }
  const bool tetrad = trim(bytes).starts_with("/knowledge");
  THAW_TRY(KnowledgeFile known,
           tetrad ? read_knowledge_tetrad(bytes, file) : read_knowledge_json(bytes, file));
  THAW_CHECK(check_whole(known));
  return known;
}

Result<Knowledge> knowledge_about(const KnowledgeFile& known,
                                  const std::vector<std::string>& names) {
  const Places places(known, names);
  Knowledge knowledge(names.size());
  for (std::size_t t = 0; t < known.tiers.size(); ++t) {
    for (const KnownName& member : known.tiers[t]) {
      THAW_TRY(const std::size_t variable, places.of(member));
      knowledge.set_tier(variable, static_cast<int>(t) + 1);
    }
  }
  for (const int tier : known.closed_tiers) {
    knowledge.forbid_within(tier);
  }
  for (const KnownArrow& arrow : known.forbidden) {
    THAW_TRY(const std::size_t from, places.of(arrow.from));
    THAW_TRY(const std::size_t to, places.of(arrow.to));
    knowledge.forbid(from, to);
  }
  for (const KnownArrow& arrow : known.required) {
    THAW_TRY(const std::size_t from, places.of(arrow.from));
    THAW_TRY(const std::size_t to, places.of(arrow.to));
    knowledge.require(from, to);
  }
  for (const KnownOdds& odds : known.odds) {
    THAW_TRY(const std::size_t from, places.of(odds.from));
    THAW_TRY(const std::size_t to, places.of(odds.to));
    knowledge.set_log_odds(from, to, odds.log_odds);
  }
  for (const auto& [column, unused] : known.concepts) {
    THAW_CHECK(places.of({column, fmt::format("concepts.{}", column)}));
  }
  if (const auto whole = knowledge.check(names); !whole) {
    return invalid_argument(fmt::format("{}: {}", known.file, whole.error().message));
  }
  return knowledge;
}

}  // namespace thaw::discovery
