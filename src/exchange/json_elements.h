// The elements of a large JSON file one at a time: of a list, of lines, or of an object's lists.
//
// Only brackets and strings are looked at here; each element's text goes to a strict parser.
// Format: RFC 8259. Memory is one element. Checked against cutting the file at every byte.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/format.h"

namespace thaw::exchange {

struct JsonElement {
  std::string key;        // member of the outer object that it stands in; "" in a list
  std::string_view text;  // valid until the next call
  std::size_t line = 0;   // where it begins
  std::string fault;      // not empty: too large or too deep to be taken; `text` is then empty
};

class JsonElements {
 public:
  enum class Shape {
    kValues,   // values one after another (JSON lines); of a list its elements
    kMembers,  // members of one object; of a member that is a list its elements
  };

  JsonElements(ByteSource& bytes, Shape shape) : bytes_(&bytes), shape_(shape) {}

  /// True and the next element, or false at the end. kInvalidArgument with the line when lists and
  /// commas do not fit or the file ends too early: what follows cannot be told.
  Result<bool> next(JsonElement& element);

 private:
  struct Open {
    char bracket;
    std::string key;
    std::size_t line;
    bool after_value = false;
  };

  Result<Done> fill();
  Result<int> peek();  // the next byte, -1 at the end
  Result<Done> skip_space();
  Result<bool> outside(JsonElement& element, int c);  // true: an element was found
  Result<bool> inside(JsonElement& element, int c);
  Result<std::string> read_key();
  Result<bool> take(JsonElement& element, std::string key);
  Result<Done> scan(JsonElement& element);
  Error broken(std::string_view what) const;

  ByteSource* bytes_;
  Shape shape_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  bool ended_ = false;
  bool begun_ = false;
  std::vector<Open> open_;
};

/// Gives each value of a list or of JSON lines to `batch_of` and what it makes to `sink`; what is
/// no object, or is refused by `batch_of`, is refused with its place.
Result<Done> read_objects(ByteSource& bytes, Sink& sink,
                          Result<Batch> (*batch_of)(const boost::json::object&));

/// `text` as JSON, at most 32 levels deep, UTF-8. kInvalidArgument says the column of a one-line
/// text.
Result<boost::json::value> parse_json(std::string_view text);

/// Text of a member, "" when it is absent or no text; and a member that is an object or a list.
std::string text_of(const boost::json::object& object, std::string_view key);
const boost::json::object* object_of(const boost::json::object& object, std::string_view key);
const boost::json::array* array_of(const boost::json::object& object, std::string_view key);

}  // namespace thaw::exchange
