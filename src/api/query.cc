#include "api/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace thaw::api {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'a' && c <= 'f') {
    return c - 'a' + 10;
  }
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool is_unreserved(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

bool is_control(unsigned char c) {
  return c < 0x20 || c == 0x7f;
}

bool is_too_long(std::string_view text) {
  const auto characters = std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  return characters > static_cast<std::ptrdiff_t>(Query::kCharactersMax);
}

/// Key order, with equal keys side by side for the check that follows.
bool by_key(const std::pair<std::string, std::string>& a,
            const std::pair<std::string, std::string>& b) {
  return a.first < b.first;
}

}  // namespace

Result<std::string> percent_decode(std::string_view text, PlusSign form) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
      const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
      if (low < 0) {
        return invalid_argument("the address has a '%' that is not followed by two hex digits");
      }
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && form == PlusSign::kPlusIsSpace) {
      c = ' ';
    }
    if (is_control(static_cast<unsigned char>(c))) {
      return invalid_argument("the address holds a control character");
    }
    decoded.push_back(c);
  }
  if (first_invalid_utf8(decoded)) {
    return invalid_argument("the address is not valid UTF-8");
  }
  return decoded;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_unreserved(byte)) {
      encoded.push_back(c);
    } else {
      encoded.push_back('%');
      encoded.push_back(kDigits[byte >> 4]);
      encoded.push_back(kDigits[byte & 15]);
    }
  }
  return encoded;
}

Result<Query> Query::parse(std::string_view text) {
  Query query;
  if (text.empty()) {
    return query;
  }
  for (const std::string_view part : split(text, '&')) {
    if (part.empty()) {
      continue;
    }
    const std::size_t equals = std::min(part.find('='), part.size());
    THAW_TRY(std::string key, percent_decode(part.substr(0, equals), PlusSign::kPlusIsSpace));
    const std::string_view raw = part.substr(std::min(equals + 1, part.size()));
    THAW_TRY(std::string value, percent_decode(raw, PlusSign::kPlusIsSpace));
    if (key.empty()) {
      return invalid_argument("the address has a parameter without a name");
    }
    if (query.pairs_.size() == kParametersMax) {
      return invalid_argument(fmt::format("more than {} parameters", kParametersMax));
    }
    query.pairs_.emplace_back(std::move(key), std::move(value));
  }
  std::sort(query.pairs_.begin(), query.pairs_.end());
  const auto twice = std::adjacent_find(
      query.pairs_.begin(), query.pairs_.end(),
      [](const auto& a, const auto& b) { return !by_key(a, b) && !by_key(b, a); });
  if (twice != query.pairs_.end()) {
    return invalid_argument(fmt::format("parameter '{}' stands twice", twice->first));
  }
  return query;
}

Result<Done> Query::check_declared(const std::vector<std::string>& declared) const {
  for (const auto& [key, value] : pairs_) {
    if (is_too_long(key)) {
      return invalid_argument(
          fmt::format("the name of a parameter is over {} characters", kCharactersMax));
    }
    if (std::ranges::find(declared, key) == declared.end()) {
      return invalid_argument(
          declared.empty() ? fmt::format("there is no parameter '{}' here; none is taken", key)
                           : fmt::format("there is no parameter '{}' here; those taken: {}", key,
                                         join(declared, ", ")));
    }
    if (is_too_long(value)) {
      return invalid_argument(
          fmt::format("parameter '{}' is over {} characters", key, kCharactersMax));
    }
  }
  return Done{};
}

std::optional<std::string> Query::text(std::string_view key) const {
  for (const auto& [name, value] : pairs_) {
    if (name == key && !value.empty()) {
      return value;
    }
  }
  return std::nullopt;
}

Result<std::string> Query::required(std::string_view key) const {
  std::optional<std::string> value = text(key);
  if (!value) {
    return invalid_argument(fmt::format("parameter '{}' is missing", key));
  }
  return *std::move(value);
}

Result<std::int64_t> Query::integer(std::string_view key, std::int64_t otherwise, std::int64_t low,
                                    std::int64_t high) const {
  THAW_TRY(const auto value, optional_integer(key, low, high));
  return value.value_or(otherwise);
}

Result<std::optional<std::int64_t>> Query::optional_integer(std::string_view key, std::int64_t low,
                                                            std::int64_t high) const {
  const std::optional<std::string> given = text(key);
  if (!given) {
    return std::optional<std::int64_t>();
  }
  const std::optional<std::int64_t> value = parse_int(*given);
  if (!value || *value < low || *value > high) {
    return invalid_argument(fmt::format(
        "parameter '{}' must be a whole number from {} to {}, not '{}'", key, low, high, *given));
  }
  return value;
}

Result<double> Query::real(std::string_view key, double otherwise, double low, double high) const {
  const std::optional<std::string> given = text(key);
  if (!given) {
    return otherwise;
  }
  const std::optional<double> value = parse_double(*given);
  if (!value || !std::isfinite(*value) || *value < low || *value > high) {
    return invalid_argument(fmt::format("parameter '{}' must be a number from {} to {}, not '{}'",
                                        key, low, high, *given));
  }
  return *value;
}

std::string Query::canonical() const {
  std::vector<std::string> parts;
  for (const auto& [key, value] : pairs_) {
    if (!value.empty()) {
      parts.push_back(percent_encode(key) + "=" + percent_encode(value));
    }
  }
  return join(parts, "&");
}

Result<Target> parse_target(std::string_view target) {
  const std::size_t mark = std::min(target.find('?'), target.size());
  if (!target.starts_with('/') || target.find('#') != std::string_view::npos) {
    return invalid_argument("the address is not a path that starts with '/'");
  }
  Target parsed;
  THAW_TRY(parsed.path, percent_decode(target.substr(0, mark), PlusSign::kPlusIsPlus));
  for (const std::string_view part : split(std::string_view(parsed.path).substr(1), '/')) {
    if (part == "." || part == ".." ||
        (part.empty() && parsed.path.find("//") != std::string::npos)) {
      return invalid_argument("the address has an empty, '.' or '..' part in its path");
    }
  }
  THAW_TRY(parsed.query, Query::parse(target.substr(std::min(mark + 1, target.size()))));
  return parsed;
}

}  // namespace thaw::api
