#include "api/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cmath>

namespace thaw::api {
namespace {

constexpr std::size_t kShortList = 8;

class Writer {
 public:
  explicit Writer(bool pretty) : pretty_(pretty) {}

  void write(const boost::json::value& value) {
    if (const auto* object = value.if_object()) {
      write_object(*object);
    } else if (const auto* array = value.if_array()) {
      write_array(*array);
    } else if (const auto* number = value.if_double()) {
      write_number(*number);
    } else {
      text_ += boost::json::serialize(value);
    }
  }

  std::string take() { return std::move(text_); }

 private:
  void write_number(double number) {
    text_ += std::isfinite(number) ? fmt::format("{}", number) : "null";
  }

  void write_object(const boost::json::object& object) {
    text_ += '{';
    ++depth_;
    bool first = true;
    for (const auto& [key, value] : object) {
      separate(first, pretty_);
      text_ += boost::json::serialize(key);
      text_ += pretty_ ? ": " : ":";
      write(value);
      first = false;
    }
    --depth_;
    end_line(!first && pretty_);
    text_ += '}';
  }

  void write_array(const boost::json::array& array) {
    const bool tall = pretty_ && !is_short(array);
    text_ += '[';
    ++depth_;
    bool first = true;
    for (const boost::json::value& value : array) {
      separate(first, tall);
      write(value);
      first = false;
    }
    --depth_;
    end_line(!first && tall);
    text_ += ']';
  }

  static bool is_short(const boost::json::array& array) {
    return array.size() <= kShortList && std::all_of(array.begin(), array.end(), [](const auto& v) {
             return !v.is_structured() && !(v.is_string() && v.get_string().size() > 20);
           });
  }

  void separate(bool first, bool own_line) {
    if (!first) {
      text_ += pretty_ && !own_line ? ", " : ",";
    }
    end_line(own_line);
  }

  void end_line(bool wanted) {
    if (wanted) {
      text_ += '\n';
      text_.append(2 * depth_, ' ');
    }
  }

  bool pretty_;
  std::size_t depth_ = 0;
  std::string text_;
};

std::string written(const boost::json::value& value, bool pretty) {
  Writer writer(pretty);
  writer.write(value);
  return writer.take();
}

}  // namespace

std::string json_line(const boost::json::value& value) {
  return written(value, false);
}
std::string json_pretty(const boost::json::value& value) {
  return written(value, true);
}

}  // namespace thaw::api
