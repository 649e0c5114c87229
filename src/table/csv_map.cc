#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "table/csv.h"

namespace thaw {
namespace {

namespace json = boost::json;

/// Reads one map file; `where` in the members is the path of keys, such as columns.age.type.
class MapRead {
 public:
  explicit MapRead(std::string_view source) : source_(source) {}

  Result<CsvOptions> run(std::string_view text) const;

 private:
  Error wrong(std::string_view where, std::string_view what) const {
    return invalid_argument(fmt::format("{}: {}: {}", source_, where, what));
  }
  Result<std::string> text(const json::value& value, std::string_view where) const;
  Result<std::vector<std::string>> texts(const json::value& value, std::string_view where) const;
  Result<bool> flag(const json::value& value, std::string_view where) const;
  Result<ColumnType> type(const json::value& value, std::string_view where) const;
  Result<CsvColumn> column(const json::value& value, const std::string& where) const;
  Result<Done> column_key(CsvColumn& out, std::string_view key, const json::value& value,
                          const std::string& where) const;
  Result<Done> top_key(CsvOptions& out, std::string_view key, const json::value& value) const;

  std::string_view source_;
};

Result<std::string> MapRead::text(const json::value& value, std::string_view where) const {
  if (!value.is_string()) {
    return wrong(where, "write a text in quotes");
  }
  return std::string(value.get_string());
}

Result<std::vector<std::string>> MapRead::texts(const json::value& value,
                                                std::string_view where) const {
  if (!value.is_array()) {
    return wrong(where, "write a list of texts, such as [\"-9\"]");
  }
  std::vector<std::string> out;
  for (const auto& item : value.get_array()) {
    THAW_TRY(auto read, text(item, where));
    if (std::ranges::find(out, read) != out.end()) {
      return wrong(where, fmt::format("'{}' is given twice", read));
    }
    out.push_back(std::move(read));
  }
  return out;
}

Result<bool> MapRead::flag(const json::value& value, std::string_view where) const {
  if (!value.is_bool()) {
    return wrong(where, "write true or false");
  }
  return value.get_bool();
}

Result<ColumnType> MapRead::type(const json::value& value, std::string_view where) const {
  THAW_TRY(const auto word, text(value, where));
  auto read = parse_column_type(word);
  if (!read) {
    return wrong(where, read.error().message);
  }
  return read;
}

Result<Done> MapRead::column_key(CsvColumn& out, std::string_view key, const json::value& value,
                                 const std::string& where) const {
  if (key == "type") {
    THAW_TRY(out.type, type(value, where));
  } else if (key == "unit") {
    THAW_TRY(out.unit, text(value, where));
  } else if (key == "label") {
    THAW_TRY(out.label, text(value, where));
  } else if (key == "rename") {
    THAW_TRY(out.rename, text(value, where));
  } else if (key == "missing") {
    THAW_TRY(out.missing, texts(value, where));
  } else if (key == "levels") {
    THAW_TRY(out.levels, texts(value, where));
  } else if (key == "skip") {
    THAW_TRY(out.skip, flag(value, where));
  } else {
    return wrong(where, "unknown key; use type, unit, label, rename, missing, levels or skip");
  }
  return Done{};
}

Result<CsvColumn> MapRead::column(const json::value& value, const std::string& where) const {
  if (!value.is_object()) {
    return wrong(where, "write an object, such as {\"type\": \"real\"}");
  }
  CsvColumn out;
  for (const auto& [key, entry] : value.get_object()) {
    THAW_CHECK(column_key(out, key, entry, fmt::format("{}.{}", where, std::string_view(key))));
  }
  return out;
}

Result<Done> MapRead::top_key(CsvOptions& out, std::string_view key,
                              const json::value& value) const {
  if (key == "columns") {
    if (!value.is_object()) {
      return wrong(key, "write an object with the file's column names as keys");
    }
    for (const auto& [name, entry] : value.get_object()) {
      THAW_TRY(out.columns[name], column(entry, fmt::format("columns.{}", std::string_view(name))));
    }
  } else if (key == "other_type") {
    THAW_TRY(out.other_type, type(value, key));
  } else if (key == "missing") {
    THAW_TRY(out.missing, texts(value, key));
  } else if (key == "quotes_protect") {
    THAW_TRY(out.quotes_protect, flag(value, key));
  } else if (key == "header") {
    THAW_TRY(const bool header, flag(value, key));
    out.header = header ? CsvHeader::kFirstRecord : CsvHeader::kNone;
  } else if (key == "delimiter") {
    THAW_TRY(const auto delimiter, text(value, key));
    if (delimiter.size() != 1) {
      return wrong(key, "write one ASCII character, such as \",\" or \"\\t\"");
    }
    out.delimiter = delimiter[0];
  } else {
    return wrong(key,
                 "unknown key; use columns, other_type, missing, quotes_protect, header or "
                 "delimiter");
  }
  return Done{};
}

Result<CsvOptions> MapRead::run(std::string_view bytes) const {
  boost::system::error_code error;
  const json::value root = json::parse(bytes, error);
  if (error) {
    return invalid_argument(fmt::format("{}: not JSON: {}", source_, error.message()));
  }
  if (!root.is_object()) {
    return wrong("the map", "write an object, such as {\"columns\": {}}");
  }
  CsvOptions out;
  for (const auto& [key, value] : root.get_object()) {
    THAW_CHECK(top_key(out, key, value));
  }
  return out;
}

}  // namespace

Result<CsvOptions> read_csv_map(std::string_view text, std::string_view source_name) {
  return MapRead(source_name).run(text);
}

}  // namespace thaw
