#include "exchange/json_elements.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "exchange/line_reader.h"

namespace thaw::exchange {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 18U;
constexpr std::size_t kMostDepth = 32;

bool is_space(int c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Follows brackets and strings byte by byte until the value that began has ended.
class ValueScan {
 public:
  /// Whether the value ends before `c` (`takes` false) or with it (`takes` true).
  bool ends_at(char c, bool& takes) {
    takes = true;
    if (in_string_) {
      if (escaped_) {
        escaped_ = false;
      } else if (c == '\\') {
        escaped_ = true;
      } else if (c == '"') {
        in_string_ = false;
        return depth_ == 0;
      }
      return false;
    }
    if (c == '"') {
      in_string_ = true;
      return false;
    }
    if (c == '[' || c == '{') {
      deepest_ = std::max(deepest_, ++depth_);
      return false;
    }
    if (c == ']' || c == '}') {
      takes = depth_ > 0;
      return depth_ == 0 || --depth_ == 0;
    }
    if (depth_ == 0 && (is_space(c) || c == ',')) {
      takes = false;
      return true;
    }
    return false;
  }
  bool may_end_here() const { return depth_ == 0 && !in_string_; }
  std::size_t deepest() const { return deepest_; }

 private:
  std::size_t depth_ = 0, deepest_ = 0;
  bool in_string_ = false, escaped_ = false;
};

}  // namespace

Result<Done> JsonElements::fill() {
  buffer_.erase(0, at_);
  at_ = 0;
  const std::size_t before = buffer_.size();
  buffer_.resize(before + kBlock);
  THAW_TRY(const std::size_t n, bytes_->read(std::span(buffer_.data() + before, kBlock)));
  buffer_.resize(before + n);
  ended_ = n < kBlock;
  if (!begun_) {
    begun_ = true;
    at_ = buffer_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  }
  return Done{};
}

Result<int> JsonElements::peek() {
  while (at_ == buffer_.size()) {
    if (ended_) {
      return -1;
    }
    THAW_CHECK(fill());
  }
  return static_cast<unsigned char>(buffer_[at_]);
}

Result<Done> JsonElements::skip_space() {
  while (true) {
    THAW_TRY(const int c, peek());
    if (!is_space(c)) {
      return Done{};
    }
    line_ += c == '\n' ? 1 : 0;
    ++at_;
  }
}

Error JsonElements::broken(std::string_view what) const {
  return invalid_argument(fmt::format("line {}: {}", line_, what));
}

Result<bool> JsonElements::next(JsonElement& element) {
  while (true) {
    THAW_CHECK(skip_space());
    THAW_TRY(const int c, peek());
    if (c < 0) {
      if (!open_.empty()) {
        return broken(fmt::format("the file ends inside the {} that begins in line {}",
                                  open_.back().bracket == '[' ? "list" : "object",
                                  open_.back().line));
      }
      return false;
    }
    THAW_TRY(const bool found, open_.empty() ? outside(element, c) : inside(element, c));
    if (found) {
      return true;
    }
  }
}

Result<bool> JsonElements::outside(JsonElement& element, int c) {
  if (c == '[' || (c == '{' && shape_ == Shape::kMembers)) {
    open_.push_back({static_cast<char>(c), "", line_});
    ++at_;
    return false;
  }
  if (c == ',' || c == ']' || c == '}') {
    return broken(fmt::format("'{}' stands where a value must begin", static_cast<char>(c)));
  }
  return take(element, "");
}

Result<bool> JsonElements::inside(JsonElement& element, int c) {
  Open& open = open_.back();
  if (c == (open.bracket == '[' ? ']' : '}')) {
    ++at_;
    open_.pop_back();
    if (!open_.empty()) {
      open_.back().after_value = true;
    }
    return false;
  }
  if (c == ',' && open.after_value) {
    ++at_;
    open.after_value = false;
    return false;
  }
  if (open.after_value || c == ',' || c == ']' || c == '}') {
    return broken(open.after_value ? "a comma is missing" : "a value is missing");
  }
  if (open.bracket == '[') {
    open.after_value = true;
    return take(element, open.key);
  }
  THAW_TRY(std::string key, read_key());
  THAW_TRY(const int first, peek());
  open_.back().after_value = true;
  if (first == '[' && open_.size() == 1) {
    open_.push_back({'[', std::move(key), line_});
    ++at_;
    return false;
  }
  return take(element, std::move(key));
}

Result<std::string> JsonElements::read_key() {
  JsonElement name;
  THAW_CHECK(take(name, ""));
  const auto key = parse_json(name.text);
  if (!key || !key->is_string()) {
    return broken("a member has no name in quotes");
  }
  std::string out(key->get_string());
  THAW_CHECK(skip_space());
  THAW_TRY(const int colon, peek());
  if (colon != ':') {
    return broken(fmt::format("no ':' after the name '{}'", out.substr(0, 80)));
  }
  ++at_;
  THAW_CHECK(skip_space());
  return out;
}

Result<bool> JsonElements::take(JsonElement& element, std::string key) {
  element.key = std::move(key);
  element.line = line_;
  element.fault.clear();
  element.text = {};
  THAW_CHECK(scan(element));
  return true;
}

Result<Done> JsonElements::scan(JsonElement& element) {
  ValueScan scan;
  std::size_t length = 0;   // bytes of the value that lie at at_
  std::size_t dropped = 0;  // bytes of one that is too large, passed by
  const bool member_name = !open_.empty() && open_.back().bracket == '{';
  while (true) {
    if (at_ + length == buffer_.size()) {
      if (ended_) {
        if (!scan.may_end_here()) {
          return broken(
              fmt::format("the file ends inside the value that begins in line {}", element.line));
        }
        break;
      }
      if (length > kMostRecordBytes) {
        dropped += length;
        at_ += length;
        length = 0;
      }
      THAW_CHECK(fill());
      continue;
    }
    const char c = buffer_[at_ + length];
    bool takes = true;
    const bool ends = (member_name && c == ':' && scan.may_end_here()) || scan.ends_at(c, takes);
    if (ends && (!takes || (member_name && c == ':'))) {
      break;
    }
    line_ += c == '\n' ? 1 : 0;
    ++length;
    if (ends) {
      break;
    }
  }
  element.text = std::string_view(buffer_).substr(at_, length);
  at_ += length;
  if (dropped + length > kMostRecordBytes) {
    element.fault = fmt::format("the record is larger than {} MiB", kMostRecordBytes >> 20U);
  } else if (scan.deepest() > kMostDepth) {
    element.fault = fmt::format("the record is nested more than {} levels deep", kMostDepth);
  }
  if (!element.fault.empty()) {
    element.text = {};
  }
  return Done{};
}

Result<Done> read_objects(ByteSource& bytes, Sink& sink,
                          Result<Batch> (*batch_of)(const boost::json::object&)) {
  JsonElements elements(bytes, JsonElements::Shape::kValues);
  JsonElement element;
  Place place;
  while (true) {
    THAW_TRY(const bool more, elements.next(element));
    if (!more) {
      return Done{};
    }
    place = {element.line, place.record + 1};
    if (!element.fault.empty()) {
      sink.refuse(place, element.fault);
      continue;
    }
    const auto value = parse_json(element.text);
    if (!value || !value->is_object()) {
      sink.refuse(place, value ? "must be an object" : value.error().message);
      continue;
    }
    auto batch = batch_of(value->get_object());
    if (!batch) {
      sink.refuse(place, batch.error().message);
      continue;
    }
    THAW_CHECK(sink.keep(place, std::move(batch).value()));
  }
}

Result<boost::json::value> parse_json(std::string_view text) {
  boost::json::stream_parser parser;
  boost::json::error_code error;
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (!error && read == text.size()) {
    parser.finish(error);
  }
  if (error || read != text.size()) {
    return invalid_argument(fmt::format("not JSON at byte {} of the record", read + 1));
  }
  return parser.release();
}

std::string text_of(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

const boost::json::object* object_of(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr ? value->if_object() : nullptr;
}

const boost::json::array* array_of(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr ? value->if_array() : nullptr;
}

}  // namespace thaw::exchange
