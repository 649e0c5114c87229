// Reads the keys of one JSON object strictly: wrong types and unknown keys are errors.
#pragma once

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace thaw::evidence {

/// Reads the keys of one object; remembers which were read, so that the rest can be refused.
class JsonReader {
 public:
  JsonReader(const boost::json::object& object, std::string what)
      : object_(object), what_(std::move(what)) {}

  std::string text(std::string_view key, bool required = false) {
    const auto* value = take(key, required);
    if (value == nullptr) {
      return "";
    }
    if (!value->is_string()) {
      fail(key, "must be a text");
      return "";
    }
    return std::string(value->get_string());
  }

  std::optional<double> number(std::string_view key) {
    const auto* value = take(key, false);
    if (value == nullptr) {
      return std::nullopt;
    }
    if (!value->is_number() || !std::isfinite(value->to_number<double>())) {
      fail(key, "must be a finite number");
      return std::nullopt;
    }
    return value->to_number<double>();
  }

  std::optional<int> whole(std::string_view key, int low, int high) {
    const auto x = number(key);
    if (!x) {
      return std::nullopt;
    }
    if (*x != std::floor(*x) || *x < low || *x > high) {
      fail(key, fmt::format("is {}, it must be a whole number from {} to {}", *x, low, high));
      return std::nullopt;
    }
    return static_cast<int>(*x);
  }

  double share(std::string_view key) {
    const auto x = number(key);
    if (x && (*x < 0 || *x > 1)) {
      fail(key, fmt::format("is {}, it must lie in 0 to 1", *x));
    }
    return x.value_or(1);
  }

  bool flag(std::string_view key, bool otherwise) {
    const auto* value = take(key, false);
    if (value == nullptr) {
      return otherwise;
    }
    if (!value->is_bool()) {
      fail(key, "must be true or false");
      return otherwise;
    }
    return value->get_bool();
  }

  std::vector<std::string> texts(std::string_view key) {
    std::vector<std::string> out;
    const auto* value = take(key, false);
    if (value == nullptr) {
      return out;
    }
    if (!value->is_array()) {
      fail(key, "must be a list of texts");
      return out;
    }
    for (const auto& element : value->get_array()) {
      if (!element.is_string()) {
        fail(key, "must be a list of texts");
        return out;
      }
      out.emplace_back(element.get_string());
    }
    return out;
  }

  const boost::json::object* object(std::string_view key) {
    const auto* value = take(key, false);
    if (value == nullptr) {
      return nullptr;
    }
    if (!value->is_object()) {
      fail(key, "must be an object");
      return nullptr;
    }
    return &value->get_object();
  }

  void fail(std::string_view key, std::string_view reason) {
    if (error_.empty()) {
      error_ = fmt::format("{}: '{}' {}", what_, key, reason);
    }
  }

  Result<Done> finish() {
    for (const auto& [key, unused] : object_) {
      if (!seen_.contains(std::string(key))) {
        fail(std::string(key), "is not a key that is known here");
      }
    }
    if (!error_.empty()) {
      return invalid_argument(error_);
    }
    return Done{};
  }

 private:
  const boost::json::value* take(std::string_view key, bool required) {
    seen_.insert(std::string(key));
    const auto* value = object_.if_contains(key);
    if (value != nullptr && value->is_null()) {
      value = nullptr;
    }
    if (value == nullptr && required) {
      fail(key, "is missing");
    }
    return value;
  }

  const boost::json::object& object_;
  std::string what_;
  std::set<std::string> seen_;
  std::string error_;
};

}  // namespace thaw::evidence
