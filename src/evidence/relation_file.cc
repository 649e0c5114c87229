#include "evidence/relation_file.h"

#include <fmt/format.h>

#include "base/text.h"
#include "evidence/labelled_rows.h"

namespace thaw::evidence {
namespace {

constexpr std::size_t kRowsMax = 20'000'000;

Result<int> sign_in(const LabelledRows& rows, std::size_t column) {
  const std::string_view cell = rows.cell(column);
  if (cell == "+" || cell == "1" || cell == "+1") {
    return 1;
  }
  if (cell == "-" || cell == "-1") {
    return -1;
  }
  if (cell == "0" || cell == "?") {
    return 0;
  }
  return invalid_argument(
      fmt::format("{}sign is '{}', one of + - 0 is wanted", rows.place(), cell));
}

Result<Done> check_belief(const LabelledRows& rows, int column) {
  if (column < 0) {
    return Done{};
  }
  const std::string_view cell = rows.cell(static_cast<std::size_t>(column));
  const auto belief = parse_double(cell);
  if (!belief || !(*belief >= 0 && *belief <= 1)) {
    return invalid_argument(
        fmt::format("{}belief is '{}', it must lie in 0 to 1", rows.place(), cell));
  }
  return Done{};
}

class Numbering {
 public:
  explicit Numbering(NamedRelations& out) : out_(out) {}

  std::uint32_t operator()(std::string_view id) {
    const auto [at, fresh] =
        number_.try_emplace(std::string(id), static_cast<std::uint32_t>(number_.size()));
    if (fresh) {
      out_.ids.emplace_back(id);
      out_.by_name.emplace(id, at->second);
    }
    return at->second;
  }

 private:
  NamedRelations& out_;
  std::unordered_map<std::string, std::uint32_t> number_;
};

}  // namespace

Result<NamedRelations> read_relations(std::string_view bytes, const std::string& source) {
  THAW_TRY(LabelledRows rows, LabelledRows::open(bytes, source));
  THAW_TRY(const std::size_t from, rows.require({"source", "srcuid", "from", "subject"}));
  THAW_TRY(const std::size_t to, rows.require({"target", "trguid", "to", "object"}));
  THAW_TRY(const std::size_t sign, rows.require({"sign", "mode"}));
  const int belief = rows.find({"belief"});
  NamedRelations out;
  Numbering number(out);
  for (;;) {
    THAW_TRY(const bool more, rows.next());
    if (!more) {
      break;
    }
    if (out.relations.size() >= kRowsMax) {
      return invalid_argument(fmt::format("{}more than {} rows", rows.place(), kRowsMax));
    }
    if (rows.cell(from).empty() || rows.cell(to).empty()) {
      return invalid_argument(rows.place() + "a relation without a source or a target");
    }
    THAW_CHECK(check_belief(rows, belief));
    THAW_TRY(const int effect, sign_in(rows, sign));
    const std::uint32_t start = number(rows.cell(from));
    out.relations.push_back({start, number(rows.cell(to)), effect});
  }
  out.labels = out.ids;
  return out;
}

Result<Done> add_entities(NamedRelations& relations, std::string_view bytes,
                          const std::string& source) {
  THAW_TRY(LabelledRows rows, LabelledRows::open(bytes, source));
  const int label = rows.find({"symbol", "name"});
  std::unordered_map<std::string, std::uint32_t> number;
  for (std::uint32_t node = 0; node < relations.ids.size(); ++node) {
    number.emplace(relations.ids[node], node);
  }
  relations.by_name.clear();  // an id of the relations may look like another thing's name
  for (;;) {
    THAW_TRY(const bool more, rows.next());
    if (!more) {
      return Done{};
    }
    const auto at = number.find(std::string(rows.cell(0)));
    if (at == number.end()) {
      continue;
    }
    for (std::size_t column = 1; column < rows.header().size(); ++column) {
      const std::string name(rows.cell(column));
      if (name.empty()) {
        continue;
      }
      relations.by_name.emplace(name, at->second);
      if (label == static_cast<int>(column)) {
        relations.labels[at->second] = name;
      }
    }
  }
}

}  // namespace thaw::evidence
