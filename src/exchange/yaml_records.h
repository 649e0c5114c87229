// YAML files as JSON values, one record at a time, with bounds on size, depth and aliases.
//
// A record is a document, or an element of a document that is a list. Every scalar becomes a text.
// Parser: yaml-cpp by events, so that anchors are expanded only within the bounds here: a "billion
// laughs" file is refused, not unfolded. Format: YAML 1.2.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "exchange/line_reader.h"

namespace thaw::exchange {

/// `text` as JSON: maps, lists and texts; an empty scalar is null. kInvalidArgument with the line
/// (from 1, within `text`) for YAML that is wrong, over 32 levels deep, or of over 200,000 nodes
/// after its aliases are put in.
Result<boost::json::value> parse_yaml(std::string_view text);

struct YamlRecord {
  std::string text;
  std::size_t line = 0;  // where it begins
  std::string fault;     // not empty: why it cannot be taken
};

/// Cuts a file into records. Memory is one record.
class YamlRecords {
 public:
  explicit YamlRecords(ByteSource& bytes) : lines_(bytes) {}
  Result<bool> next(YamlRecord& record);

 private:
  bool begins_record(std::string_view line) const;

  LineReader lines_;
  std::string waiting_;  // the line that begins the next record
  std::size_t waiting_line_ = 0;
  bool has_waiting_ = false;
  bool is_list_ = false;  // the document at hand is a list
};

}  // namespace thaw::exchange
