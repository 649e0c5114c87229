#include "evidence/statement_file.h"

#include <fmt/format.h>

#include <array>
#include <functional>
#include <istream>
#include <optional>

#include "base/text.h"

namespace thaw::evidence {
namespace {

constexpr std::size_t kLineMax = 64 * 1024;
constexpr std::size_t kBlock = 1 << 20;

/// Lines of a stream without their ends; a line over kLineMax comes as nothing.
class Lines {
 public:
  explicit Lines(std::istream& in) : in_(in) {}

  /// False after the last line. `line` stays valid until the next call.
  bool next(std::optional<std::string_view>& line) {
    bool too_long = false;
    while (true) {
      const auto end = buffer_.find('\n', at_);
      if (end != std::string::npos || (ended_ && at_ < buffer_.size())) {
        const std::size_t stop = end == std::string::npos ? buffer_.size() : end;
        std::string_view text(buffer_.data() + at_, stop - at_);
        at_ = end == std::string::npos ? buffer_.size() : end + 1;
        if (text.ends_with('\r')) {
          text.remove_suffix(1);
        }
        line = too_long || text.size() > kLineMax ? std::nullopt : std::optional(text);
        return true;
      }
      if (ended_) {
        return false;
      }
      buffer_.erase(0, at_);
      at_ = 0;
      if (buffer_.size() > kLineMax) {
        too_long = true;
        buffer_.clear();
      }
      fill();
    }
  }

 private:
  void fill() {
    const std::size_t have = buffer_.size();
    buffer_.resize(have + kBlock);
    in_.read(buffer_.data() + have, static_cast<std::streamsize>(kBlock));
    buffer_.resize(have + static_cast<std::size_t>(in_.gcount()));
    ended_ = !in_;
  }

  std::istream& in_;
  std::string buffer_;
  std::size_t at_ = 0;
  bool ended_ = false;
};

enum Column : std::size_t {
  kSubject,
  kRelation,
  kSign,
  kObject,
  kGroup,
  kKind,
  kQualifiers,
  kDirection,
  kNats,
  kColumns
};
constexpr std::array<std::string_view, kColumns> kNames = {
    "subject", "relation", "sign", "object", "group", "kind", "qualifiers", "direction", "nats"};

using Places = std::array<std::optional<std::size_t>, kColumns>;

Result<Places> places_of(std::string_view header) {
  if (header.starts_with("\xEF\xBB\xBF")) {
    header.remove_prefix(3);
  }
  Places places;
  const auto cells = split(header, '\t');
  for (std::size_t i = 0; i < cells.size(); ++i) {
    for (std::size_t column = 0; column < kColumns; ++column) {
      if (trim(cells[i]) == kNames[column]) {
        places[column] = i;
      }
    }
  }
  for (std::size_t column = 0; column <= kKind; ++column) {
    if (!places[column]) {
      return invalid_argument(fmt::format(
          "statements: the header has no column '{}'; wanted, tab separated: subject, relation, "
          "sign, object, group, kind",
          kNames[column]));
    }
  }
  return places;
}

/// One statement file into one assembly: the words of a line become numbers.
class Taker {
 public:
  Taker(const Places& places, const WeightParameters& parameters, Assembly& assembly)
      : places_(places), parameters_(parameters), assembly_(assembly) {}

  Result<Done> take(std::string_view line) {
    if (first_invalid_utf8(line)) {
      return invalid_argument("not UTF-8");
    }
    cells_ = split(line, '\t');
    const std::string_view subject = cell(kSubject);
    const std::string_view object = cell(kObject);
    const std::string_view sign = cell(kSign);
    if (subject.empty() || object.empty() || cell(kRelation).empty()) {
      return invalid_argument("subject, relation and object must not be empty");
    }
    if (subject == object) {
      return invalid_argument("subject and object are the same concept");
    }
    if (sign != "+" && sign != "-") {
      return invalid_argument(fmt::format("sign is '{}', it must be + or -", sign));
    }
    Statement statement;
    THAW_CHECK(take_weight(statement));
    THAW_CHECK(take_groups(statement));
    if (assembly_.relations().size() > kRelationsMax) {
      return invalid_argument("too many classes of relation");
    }
    statement.claim.relation =
        static_cast<std::uint16_t>(assembly_.relations().intern(cell(kRelation)));
    statement.claim.subject = assembly_.concepts().intern(subject);
    statement.claim.object = assembly_.concepts().intern(object);
    statement.claim.sign = sign == "+" ? Sign::kRaises : Sign::kLowers;
    statement.claim.qualifiers = qualifiers();
    assembly_.add(statement);
    return Done{};
  }

 private:
  static constexpr std::size_t kRelationsMax = 60000;  // numbers of 16 bits

  std::string_view cell(Column column) const {
    const auto place = places_[column];
    return place && *place < cells_.size() ? trim(cells_[*place]) : std::string_view();
  }

  Result<Done> take_weight(Statement& statement) {
    const std::string_view kind = cell(kKind);
    const auto cap = parameters_.cap.find(std::string(kind == "rct" ? "rct_phase2" : kind));
    if (cap == parameters_.cap.end()) {
      return invalid_argument(fmt::format("kind of study '{}' has no cap", kind));
    }
    statement.kind = assembly_.kinds().intern(cap->first);
    statement.nats = cap->second * parameters_.grade.at("unstated");
    if (const std::string_view nats = cell(kNats); !nats.empty()) {
      const auto value = parse_double(nats);
      if (!value || !(*value >= 0) || *value > cap->second) {
        return invalid_argument(
            fmt::format("nats is '{}', it must lie in 0 to {:.4g}", nats, cap->second));
      }
      statement.nats = *value;
      statement.quantitative = true;
    }
    const std::string_view direction = cell(kDirection);
    if (direction == "opposes") {
      statement.nats = -statement.nats;
    } else if (!direction.empty() && direction != "supports") {
      return invalid_argument(
          fmt::format("direction is '{}', it must be supports or opposes", direction));
    }
    return Done{};
  }

  Result<Done> take_groups(Statement& statement) {
    for (const auto key : split(cell(kGroup), ';')) {
      if (!trim(key).empty()) {
        statement.group_keys.push_back(assembly_.groups().intern(trim(key)));
      }
    }
    if (statement.group_keys.empty()) {
      return invalid_argument("group is empty: name the paper, trial or dataset");
    }
    return Done{};
  }

  std::uint32_t qualifiers() {
    const std::string_view text = cell(kQualifiers);
    if (text.empty()) {
      return 0;
    }
    std::vector<std::string_view> parts;
    for (const auto part : split(text, ';')) {
      if (!trim(part).empty()) {
        parts.push_back(trim(part));
      }
    }
    return assembly_.qualifiers(parts);
  }

  Places places_;
  const WeightParameters& parameters_;
  Assembly& assembly_;
  std::vector<std::string_view> cells_;
};

/// "namespace:id" of two cells, each trimmed.
std::string id_of(std::string_view space, std::string_view id) {
  return fmt::format("{}:{}", trim(space), trim(id));
}

Result<std::pair<std::string, std::string>> edge_of(std::string_view line) {
  const auto tabs = split(line, '\t');
  if (tabs.size() == 2 && !trim(tabs[0]).empty() && !trim(tabs[1]).empty()) {
    return std::pair(std::string(trim(tabs[0])), std::string(trim(tabs[1])));
  }
  const auto commas = split(line, ',');
  if (commas.size() == 5 && (trim(commas[2]) == "isa" || trim(commas[2]) == "partof")) {
    return std::pair(id_of(commas[0], commas[1]), id_of(commas[3], commas[4]));
  }
  return invalid_argument("neither 'child TAB parent' nor 'namespace,id,isa|partof,namespace,id'");
}

}  // namespace

void StatementReport::refuse(std::size_t line, std::string reason) {
  ++refused;
  if (first_refused.size() < kRefusedShown) {
    first_refused.push_back({line, std::move(reason)});
  }
}

Result<HierarchyFile> read_hierarchy(std::istream& in) {
  HierarchyFile out;
  std::vector<Hierarchy::Edge> edges;
  Lines lines(in);
  std::optional<std::string_view> line;
  for (std::size_t number = 1; lines.next(line); ++number) {
    if (line && trim(*line).empty()) {
      continue;
    }
    ++out.lines.lines;
    if (!line || first_invalid_utf8(*line)) {
      out.lines.refuse(number, line ? "not UTF-8" : "longer than 64 KiB");
      continue;
    }
    const auto edge = edge_of(*line);
    if (!edge) {
      out.lines.refuse(number, edge.error().message);
      continue;
    }
    const std::uint32_t child = out.concepts.intern(edge->first);
    edges.push_back({child, out.concepts.intern(edge->second)});
  }
  if (edges.empty()) {
    return invalid_argument("hierarchy: not one line could be used");
  }
  THAW_TRY(out.hierarchy, Hierarchy::build(out.concepts.size(), std::move(edges)));
  return out;
}

Result<StatementReport> read_statements(std::istream& in, const WeightParameters& parameters,
                                        Assembly& assembly) {
  StatementReport report;
  Lines lines(in);
  std::optional<std::string_view> line;
  if (!lines.next(line) || !line) {
    return invalid_argument("statements: there is no header line");
  }
  THAW_TRY(const Places places, places_of(*line));
  Taker taker(places, parameters, assembly);
  for (std::size_t number = 2; lines.next(line); ++number) {
    if (line && trim(*line).empty()) {
      continue;
    }
    ++report.lines;
    if (!line) {
      report.refuse(number, "longer than 64 KiB");
    } else if (const auto taken = taker.take(*line); !taken) {
      report.refuse(number, taken.error().message);
    }
  }
  return report;
}

}  // namespace thaw::evidence
