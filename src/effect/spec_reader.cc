#include "effect/spec_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cmath>
#include <vector>

#include "base/shorten.h"

namespace thaw::effect {
namespace {

constexpr std::size_t kTextMax = 8192;

}  // namespace

std::string SpecReader::path(std::string_view key) const {
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

Error SpecReader::wrong(std::string_view key, std::string_view what) const {
  return invalid_argument(fmt::format("{}: {}", path(key), what));
}

Result<Done> SpecReader::only(std::initializer_list<std::string_view> known) const {
  for (const auto& [key, value] : *object_) {
    if (std::ranges::find(known, std::string_view(key)) == known.end()) {
      return wrong(shorten(std::string_view(key), 60),
                   fmt::format("unknown key; use {}", fmt::join(known, ", ")));
    }
  }
  return Done{};
}

Result<std::string> SpecReader::text(std::string_view key,
                                     std::optional<std::string> otherwise) const {
  const auto* value = find(key);
  if (value == nullptr) {
    return otherwise ? Result<std::string>(*otherwise)
                     : Result<std::string>(wrong(key, "is missing; write a text in quotes"));
  }
  if (!value->is_string() || value->get_string().size() > kTextMax) {
    return wrong(key, fmt::format("write a text in quotes, at most {} bytes", kTextMax));
  }
  return std::string(value->get_string());
}

Result<double> SpecReader::number(std::string_view key, std::optional<double> otherwise, double low,
                                  double high) const {
  const auto* value = find(key);
  if (value == nullptr) {
    return otherwise ? Result<double>(*otherwise)
                     : Result<double>(wrong(
                           key, fmt::format("is missing; write a number, {} to {}", low, high)));
  }
  const double read = value->is_number() ? value->to_number<double>() : std::nan("");
  if (!(read >= low && read <= high)) {
    return wrong(key, fmt::format("write a number, {} to {}", low, high));
  }
  return read;
}

Result<int> SpecReader::whole(std::string_view key, std::optional<int> otherwise, int low,
                              int high) const {
  const std::optional<double> base = otherwise ? std::optional<double>(*otherwise) : std::nullopt;
  THAW_TRY(const double read, number(key, base, low, high));
  if (read != std::floor(read)) {
    return wrong(key, fmt::format("write a whole number, {} to {}", low, high));
  }
  return static_cast<int>(read);
}

Result<bool> SpecReader::flag(std::string_view key, bool otherwise) const {
  const auto* value = find(key);
  if (value == nullptr) {
    return otherwise;
  }
  if (!value->is_bool()) {
    return wrong(key, "write true or false");
  }
  return value->get_bool();
}

Result<std::size_t> SpecReader::choice(std::string_view key, std::optional<std::size_t> otherwise,
                                       std::initializer_list<std::string_view> words) const {
  if (!has(key) && otherwise) {
    return *otherwise;
  }
  const auto* value = find(key);
  if (value != nullptr && value->is_string()) {
    const auto found = std::ranges::find(words, std::string_view(value->get_string()));
    if (found != words.end()) {
      return static_cast<std::size_t>(found - words.begin());
    }
  }
  return wrong(key, fmt::format("write one of \"{}\"", fmt::join(words, "\", \"")));
}

Result<SpecReader> SpecReader::object(std::string_view key) const {
  const auto* value = find(key);
  if (value == nullptr || !value->is_object()) {
    return wrong(key, value == nullptr ? "is missing; write an object" : "write an object {...}");
  }
  return SpecReader(value->get_object(), path(key));
}

Result<std::vector<SpecReader>> SpecReader::objects(std::string_view key,
                                                    std::size_t at_most) const {
  const auto* value = find(key);
  if (value == nullptr || !value->is_array() || value->get_array().empty() ||
      value->get_array().size() > at_most) {
    return wrong(key, fmt::format("write a list of 1 to {} objects", at_most));
  }
  std::vector<SpecReader> out;
  for (const auto& item : value->get_array()) {
    const std::string own = fmt::format("{}[{}]", path(key), out.size());
    if (!item.is_object()) {
      return invalid_argument(fmt::format("{}: write an object {{...}}", own));
    }
    out.emplace_back(item.get_object(), own);
  }
  return out;
}

}  // namespace thaw::effect
