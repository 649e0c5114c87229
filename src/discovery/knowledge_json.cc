#include <fmt/format.h>

#include <boost/json.hpp>
#include <cmath>
#include <limits>
#include <set>

#include "base/text.h"
#include "discovery/knowledge_text.h"

namespace thaw::discovery {
namespace {

namespace json = boost::json;

/// Reads one file; `place` in the members is the path of keys, such as tiers[1][0].
class KnowledgeJson {
 public:
  explicit KnowledgeJson(std::string_view file) { known_.file = file; }

  Result<KnowledgeFile> run(std::string_view bytes) {
    json::error_code failure;
    json::parse_options options;
    options.max_depth = 8;
    const json::value document = json::parse(bytes, failure, {}, options);
    if (failure) {
      return invalid_argument(
          fmt::format("{}: this is no JSON ({}), and no Tetrad knowledge, which begins with "
                      "/knowledge",
                      known_.file, failure.message()));
    }
    if (!document.is_object()) {
      return wrong("the whole file", "write an object, such as {\"tiers\": [[\"age\"], [\"y\"]]}");
    }
    for (const auto& [key, value] : document.get_object()) {
      THAW_CHECK(read_key(key, value));
    }
    return std::move(known_);
  }

 private:
  Error wrong(std::string_view place, std::string_view what) const {
    return invalid_argument(fmt::format("{}: {}: {}", known_.file, place, what));
  }

  Result<Done> read_key(std::string_view key, const json::value& value) {
    if (key == "tiers") {
      return read_tiers(value);
    }
    if (key == "forbid_within") {
      return read_closed(value);
    }
    if (key == "forbidden") {
      return read_arrows(value, key, known_.forbidden);
    }
    if (key == "required") {
      return read_arrows(value, key, known_.required);
    }
    if (key == "odds") {
      return read_odds(value);
    }
    if (key == "concepts") {
      return read_concepts(value);
    }
    if (key == "note") {
      return value.is_string() ? Result<Done>(Done{}) : wrong(key, "write a text in quotes");
    }
    return wrong(key,
                 "unknown key; known are tiers, forbid_within, forbidden, required, odds, "
                 "concepts and note");
  }

  Result<const json::array*> list(const json::value& value, std::string_view place,
                                  std::string_view such_as) const {
    if (!value.is_array()) {
      return wrong(place, fmt::format("write a list, such as {}", such_as));
    }
    return &value.get_array();
  }

  Result<KnownName> name(const json::value& value, std::string place) const {
    if (!value.is_string() || value.get_string().empty()) {
      return wrong(place, "write the name of a column in quotes");
    }
    return KnownName{std::string(value.get_string()), std::move(place)};
  }

  Result<Done> read_tiers(const json::value& value) {
    THAW_TRY(const json::array* tiers, list(value, "tiers", R"([["age"], ["slope"]])"));
    for (std::size_t t = 0; t < tiers->size(); ++t) {
      const std::string place = fmt::format("tiers[{}]", t);
      THAW_TRY(const json::array* members, list((*tiers)[t], place, R"(["age", "sex"])"));
      known_.tiers.emplace_back();
      for (std::size_t i = 0; i < members->size(); ++i) {
        THAW_TRY(auto member, name((*members)[i], fmt::format("{}[{}]", place, i)));
        known_.tiers.back().push_back(std::move(member));
      }
    }
    return Done{};
  }

  Result<Done> read_closed(const json::value& value) {
    THAW_TRY(const json::array* numbers, list(value, "forbid_within", "[1]"));
    for (std::size_t i = 0; i < numbers->size(); ++i) {
      const json::value& number = (*numbers)[i];
      const std::string place = fmt::format("forbid_within[{}]", i);
      if (!number.is_int64() || number.get_int64() < 1 ||
          number.get_int64() > std::numeric_limits<int>::max()) {
        return wrong(place, "write the number of a tier; the first tier is 1");
      }
      known_.closed_tiers.push_back(static_cast<int>(number.get_int64()));
    }
    return Done{};
  }

  Result<Done> read_arrows(const json::value& value, std::string_view key,
                           std::vector<KnownArrow>& arrows) const {
    THAW_TRY(const json::array* pairs, list(value, key, R"([["age", "slope"]])"));
    for (std::size_t i = 0; i < pairs->size(); ++i) {
      const json::value& pair = (*pairs)[i];
      const std::string place = fmt::format("{}[{}]", key, i);
      if (!pair.is_array() || pair.get_array().size() != 2) {
        return wrong(place, R"(write a cause and its effect, such as ["age", "slope"])");
      }
      THAW_TRY(auto from, name(pair.get_array()[0], place + "[0]"));
      THAW_TRY(auto to, name(pair.get_array()[1], place + "[1]"));
      arrows.push_back({std::move(from), std::move(to)});
    }
    return Done{};
  }

  Result<Done> read_odds(const json::value& value) {
    THAW_TRY(
        const json::array* rows,
        list(value, "odds", R"([{"from": "age", "to": "slope", "odds": 4, "source": "PMID:1"}])"));
    for (std::size_t i = 0; i < rows->size(); ++i) {
      THAW_TRY(auto row, odds_row((*rows)[i], fmt::format("odds[{}]", i)));
      known_.odds.push_back(std::move(row));
    }
    return Done{};
  }

  Result<KnownOdds> odds_row(const json::value& value, const std::string& place) const {
    if (!value.is_object()) {
      return wrong(place, "write an object with from, to, odds or weight_nats, and source");
    }
    const json::object& row = value.get_object();
    for (const auto& [key, unused] : row) {
      static const std::set<std::string_view> kKeys = {"from", "to", "odds", "weight_nats",
                                                       "source"};
      if (!kKeys.contains(key)) {
        return wrong(place, fmt::format("unknown key '{}'; known are from, to, odds, weight_nats "
                                        "and source",
                                        std::string_view(key)));
      }
    }
    const auto member = [&](std::string_view key) {
      const json::value* found = row.if_contains(key);
      return found == nullptr ? json::value() : *found;
    };
    THAW_TRY(auto from, name(member("from"), place + ".from"));
    THAW_TRY(auto to, name(member("to"), place + ".to"));
    if (!member("source").is_string() || trim(member("source").get_string()).empty()) {
      return wrong(place + ".source", "write who says so, such as \"PMID:8302340\"");
    }
    THAW_TRY(const double log_odds, weight(member("odds"), member("weight_nats"), place));
    return KnownOdds{std::move(from), std::move(to), log_odds,
                     std::string(member("source").get_string())};
  }

  Result<double> weight(const json::value& odds, const json::value& nats,
                        const std::string& place) const {
    if (odds.is_null() == nats.is_null()) {
      return wrong(place, "write either odds (1 says nothing) or weight_nats (0 says nothing)");
    }
    const json::value& given = odds.is_null() ? nats : odds;
    const double number =
        given.is_number() ? given.to_number<double>() : std::numeric_limits<double>::quiet_NaN();
    if (!std::isfinite(number) || (nats.is_null() && number <= 0)) {
      return wrong(place + (odds.is_null() ? ".weight_nats" : ".odds"),
                   odds.is_null() ? "write a number" : "write a number above 0");
    }
    const double log_odds = odds.is_null() ? number : std::log(number);
    if (std::fabs(log_odds) > kMaxPriorNats) {
      return wrong(place, fmt::format("{:.3g} nats is more than the {:.0f} that a prior may weigh; "
                                      "what is certain belongs in required or forbidden",
                                      log_odds, kMaxPriorNats));
    }
    return log_odds;
  }

  Result<Done> read_concepts(const json::value& value) {
    if (!value.is_object()) {
      return wrong("concepts", R"(write an object, such as {"nfl": "thaw:nfl"})");
    }
    for (const auto& [column, concept_value] : value.get_object()) {
      const std::string place = fmt::format("concepts.{}", std::string_view(column));
      if (!concept_value.is_string() || concept_value.get_string().empty()) {
        return wrong(place, "write the id or a name of a concept in quotes");
      }
      known_.concepts[std::string(column)] = {std::string(concept_value.get_string()), place};
    }
    return Done{};
  }

  KnowledgeFile known_;
};

}  // namespace

Result<KnowledgeFile> read_knowledge_json(std::string_view bytes, std::string_view file) {
  return KnowledgeJson(file).run(bytes);
}

}  // namespace thaw::discovery
