// The map file of an import: read_import_map() of registry/import_csv.h.
#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <boost/system/error_code.hpp>

#include "registry/import_csv.h"
#include "registry/import_row.h"

namespace thaw::registry {
namespace {

namespace json = boost::json;

Error fault(std::string_view source, std::string_view key, std::string_view what) {
  return invalid_argument(fmt::format("{}: {}: {}", source, key, what));
}

Result<FieldSource> field_of(const json::value& given, std::string_view source,
                             std::string_view key) {
  FieldSource field;
  if (given.is_string()) {
    field.column = given.get_string().c_str();
    return field;
  }
  if (!given.is_object()) {
    return fault(source, key, "must be a column name or an object");
  }
  for (const auto& [name, value] : given.get_object()) {
    if (name == "column" && value.is_string()) {
      field.column = value.get_string().c_str();
    } else if (name == "value" && value.is_string()) {
      field.value = value.get_string().c_str();
    } else if (name == "codes" && value.is_object()) {
      for (const auto& [word, ours] : value.get_object()) {
        if (!ours.is_string()) {
          return fault(source, key, "codes must be texts");
        }
        field.codes.emplace(std::string(word), ours.get_string().c_str());
      }
    } else {
      return fault(source, key, "may hold column (text), value (text) and codes (object of texts)");
    }
  }
  if (field.column.empty() == field.value.empty()) {
    return fault(source, key, "needs either a column or a value");
  }
  return field;
}

Result<Done> read_fields(const json::value& given, std::string_view source, ImportMap& map) {
  if (!given.is_object()) {
    return fault(source, "fields", "must be an object of our fields");
  }
  for (const auto& [name, value] : given.get_object()) {
    const std::string key(name);
    if (!is_import_field(key)) {
      return fault(source, "fields." + key, "is none of " + import_fields());
    }
    THAW_TRY(FieldSource field, field_of(value, source, "fields." + key));
    map.fields.emplace(key, std::move(field));
  }
  return Done{};
}

template <class Value>
struct Word {
  std::string_view word;
  Value value;
};

template <class Value, std::size_t kSize>
Result<Value> one_of(const json::value& given, const Word<Value> (&words)[kSize],
                     std::string_view source, std::string_view key) {
  std::string all;
  for (const auto& word : words) {
    if (given.is_string() && given.get_string() == word.word) {
      return word.value;
    }
    all += (all.empty() ? "" : ", ") + std::string(word.word);
  }
  return fault(source, key, "must be one of " + all);
}

Result<Done> read_key(const std::string& key, const json::value& value, std::string_view source,
                      ImportMap& map) {
  static constexpr Word<Layout> kLayouts[] = {{"person", Layout::kPerson}, {"more", Layout::kMore}};
  static constexpr Word<DateOrder> kOrders[] = {{"iso", DateOrder::kIso},
                                                {"dmy", DateOrder::kDayMonthYear},
                                                {"mdy", DateOrder::kMonthDayYear},
                                                {"ymd", DateOrder::kYearMonthDay}};
  if (key == "layout") {
    THAW_TRY(map.layout, one_of(value, kLayouts, source, key));
  } else if (key == "dates") {
    THAW_TRY(map.dates, one_of(value, kOrders, source, key));
  } else if (key == "synthetic" && value.is_bool()) {
    map.kind = value.get_bool() ? Kind::kSynthetic : Kind::kReal;
  } else if (key == "as_of" && value.is_string()) {
    const auto day = parse_day(value.get_string().c_str());
    if (!day) {
      return fault(source, key, day.error().message);
    }
    map.as_of = *day;
  } else if (key == "missing" && value.is_array()) {
    for (const json::value& word : value.get_array()) {
      if (!word.is_string()) {
        return fault(source, key, "must be texts");
      }
      map.missing.emplace_back(word.get_string().c_str());
    }
  } else if (key == "fields") {
    THAW_CHECK(read_fields(value, source, map));
  } else {
    return fault(source, key,
                 "known keys are layout, dates, synthetic (true or false), as_of (a date), missing "
                 "(list of texts) and fields");
  }
  return Done{};
}

}  // namespace

Result<ImportMap> read_import_map(std::string_view text, std::string_view source) {
  boost::system::error_code wrong;
  const json::value given = json::parse(text, wrong);
  if (wrong || !given.is_object()) {
    return invalid_argument(fmt::format("{}: not a JSON object{}", source,
                                        wrong ? ": " + wrong.message() : std::string()));
  }
  ImportMap map;
  for (const auto& [name, value] : given.get_object()) {
    THAW_CHECK(read_key(std::string(name), value, source, map));
  }
  if (!map.fields.contains("person")) {
    return fault(source, "fields.person", "is needed: the column with each person's code");
  }
  if (!given.get_object().contains("as_of")) {
    return fault(source, "as_of", "is needed: the day to which the table is complete");
  }
  return map;
}

}  // namespace thaw::registry
