#include <fmt/format.h>

#include <algorithm>

#include "base/shorten.h"
#include "base/text.h"
#include "discovery/knowledge_text.h"

namespace thaw::discovery {
namespace {

enum class Section { kNone, kTemporal, kForbid, kRequire };

/// More tiers than this is a number that went wrong, not a time.
constexpr std::int64_t kMaxTiers = 10000;

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t begin = line.find_first_not_of(" \t,", at);
    if (begin == std::string_view::npos) {
      break;
    }
    const std::size_t end = std::min(line.find_first_of(" \t,", begin), line.size());
    words.emplace_back(line.substr(begin, end - begin));
    at = end;
  }
  return words;
}

class KnowledgeTetrad {
 public:
  explicit KnowledgeTetrad(std::string_view file) { known_.file = file; }

  Result<KnowledgeFile> run(std::string_view bytes) {
    const std::vector<std::string_view> lines = split(bytes, '\n');
    for (std::size_t i = 0; i < lines.size(); ++i) {
      place_ = fmt::format("line {}", i + 1);
      const std::string_view line = trim(lines[i]);
      if (!line.empty() && line != "/knowledge") {
        THAW_CHECK(read_line(line));
      }
    }
    return std::move(known_);
  }

 private:
  Error wrong(std::string_view what) const {
    return invalid_argument(fmt::format("{}: {}: {}", known_.file, place_, what));
  }

  Result<Done> read_line(std::string_view line) {
    if (line == "addtemporal") {
      section_ = Section::kTemporal;
    } else if (line == "forbiddirect") {
      section_ = Section::kForbid;
    } else if (line == "requiredirect") {
      section_ = Section::kRequire;
    } else if (section_ == Section::kTemporal) {
      return read_tier(words_of(line));
    } else if (section_ == Section::kForbid || section_ == Section::kRequire) {
      return read_arrow(words_of(line));
    } else {
      return wrong(
          fmt::format("'{}' is no section; known are addtemporal, forbiddirect and "
                      "requiredirect",
                      shorten(line, 60)));
    }
    return Done{};
  }

  Result<Done> read_tier(const std::vector<std::string>& words) {
    std::string_view number = words.empty() ? std::string_view() : words.front();
    const bool closed = number.ends_with('*');
    if (closed) {
      number.remove_suffix(1);
    }
    const auto tier = parse_int(number);
    if (!tier || *tier < 1 || *tier > kMaxTiers) {
      return wrong("a tier begins with its number from 1, such as 1 or 2*, then its names");
    }
    const auto place = static_cast<std::size_t>(*tier);
    known_.tiers.resize(std::max(known_.tiers.size(), place));
    for (std::size_t i = 1; i < words.size(); ++i) {
      known_.tiers[place - 1].push_back({words[i], place_});
    }
    if (closed) {
      known_.closed_tiers.push_back(static_cast<int>(*tier));
    }
    return Done{};
  }

  Result<Done> read_arrow(const std::vector<std::string>& words) {
    // Older files write "from --> to" or "from ==> to".
    std::vector<std::string> names = words;
    std::erase_if(names, [](const std::string& w) { return w == "-->" || w == "==>"; });
    if (names.size() != 2) {
      return wrong("write a cause and its effect, two names");
    }
    auto& arrows = section_ == Section::kForbid ? known_.forbidden : known_.required;
    arrows.push_back({{names[0], place_}, {names[1], place_}});
    return Done{};
  }

  KnowledgeFile known_;
  Section section_ = Section::kNone;
  std::string place_;
};

}  // namespace

Result<KnowledgeFile> read_knowledge_tetrad(std::string_view bytes, std::string_view file) {
  return KnowledgeTetrad(file).run(bytes);
}

}  // namespace thaw::discovery
