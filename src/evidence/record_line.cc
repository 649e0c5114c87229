#include "evidence/record_line.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "evidence/records_json.h"

namespace thaw::evidence {
namespace {

namespace json = boost::json;

Result<json::value> parse_line(std::string_view text) {
  if (const auto bad = first_invalid_utf8(text)) {
    return invalid_argument(fmt::format("not UTF-8 at column {}", *bad + 1));
  }
  json::stream_parser parser;
  json::error_code error;
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (!error) {
    parser.finish(error);
  }
  if (error || !trim(text.substr(read)).empty()) {
    return invalid_argument(fmt::format("not JSON at column {}", read + 1));
  }
  return parser.release();
}

template <class Kept>
std::string line_of(std::string_view kind, const Kept& record) {
  json::object line;
  line[kind] = to_json(record);
  return json::serialize(line);
}

}  // namespace

Result<Record> read_record_line(std::string_view line) {
  THAW_TRY(const json::value root, parse_line(line));
  if (!root.is_object() || root.get_object().size() != 1 ||
      !root.get_object().begin()->value().is_object()) {
    return invalid_argument("must be one object with the one key concept, source or item");
  }
  const auto& entry = *root.get_object().begin();
  const json::object& object = entry.value().get_object();
  if (entry.key() == "concept") {
    THAW_TRY(auto record, concept_from_json(object));
    return Record(std::move(record));
  }
  if (entry.key() == "source") {
    THAW_TRY(auto record, source_from_json(object));
    return Record(std::move(record));
  }
  if (entry.key() != "item") {
    return invalid_argument(
        fmt::format("'{}' is not concept, source or item", std::string_view(entry.key())));
  }
  THAW_TRY(auto record, item_from_json(object));
  if (record.synthetic) {
    return denied(fmt::format("item {} comes from a synthetic registry: it never enters a weight",
                              record.id));
  }
  return Record(std::move(record));
}

std::string record_line(const Concept& record) {
  return line_of("concept", record);
}
std::string record_line(const Source& record) {
  return line_of("source", record);
}
std::string record_line(const Item& record) {
  return line_of("item", record);
}

}  // namespace thaw::evidence
