#include "table/column.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"

namespace thaw {
namespace {

constexpr std::array<std::string_view, 6> kTypeWords = {"real",     "integer", "boolean",
                                                        "category", "date",    "text"};
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// `mask` as 0 and 1 for `size` rows, and `values` with `blank` behind each mark.
template <class T>
MissingMask settle(std::vector<T>& values, MissingMask mask, const T& blank) {
  assert(mask.empty() || mask.size() == values.size());
  mask.resize(values.size(), 0);
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (mask[row] != 0) {
      mask[row] = 1;
      values[row] = blank;
    }
  }
  return mask;
}

bool same_real(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

}  // namespace

std::string_view to_string(ColumnType type) {
  return kTypeWords[static_cast<std::size_t>(type)];
}

Result<ColumnType> parse_column_type(std::string_view word) {
  for (std::size_t i = 0; i < kTypeWords.size(); ++i) {
    if (kTypeWords[i] == word) {
      return static_cast<ColumnType>(i);
    }
  }
  return invalid_argument(
      fmt::format("'{}' is not a column type; use {}", word, fmt::join(kTypeWords, ", ")));
}

std::vector<std::string> ordered_levels(std::vector<std::string> levels) {
  using Key = std::pair<double, std::string>;
  std::vector<Key> keyed;
  for (auto& level : levels) {
    const auto number = parse_double(level);
    if (!number || std::isnan(*number)) {
      std::ranges::sort(levels);
      return levels;
    }
    keyed.emplace_back(*number, level);
  }
  std::ranges::sort(keyed);
  std::ranges::transform(keyed, levels.begin(), [](const Key& key) { return key.second; });
  return levels;
}

Column::Column(std::string name, Values values, MissingMask missing)
    : name_(std::move(name)), values_(std::move(values)), missing_(std::move(missing)) {}

Column Column::real(std::string name, std::vector<double> values) {
  MissingMask missing(values.size());
  std::ranges::transform(values, missing.begin(),
                         [](double x) { return static_cast<std::uint8_t>(std::isnan(x)); });
  return {std::move(name), std::move(values), std::move(missing)};
}

Column Column::integer(std::string name, std::vector<std::int64_t> values, MissingMask missing) {
  missing = settle(values, std::move(missing), std::int64_t{0});
  return {std::move(name), std::move(values), std::move(missing)};
}

Column Column::boolean(std::string name, std::vector<std::uint8_t> values, MissingMask missing) {
  for (auto& value : values) {
    value = value != 0 ? 1 : 0;
  }
  missing = settle(values, std::move(missing), std::uint8_t{0});
  return {std::move(name), std::move(values), std::move(missing)};
}

Column Column::category(std::string name, std::vector<std::int32_t> codes,
                        std::vector<std::string> levels) {
  assert(std::set<std::string>(levels.begin(), levels.end()).size() == levels.size());
  MissingMask missing(codes.size());
  for (std::size_t row = 0; row < codes.size(); ++row) {
    assert(codes[row] >= -1 && codes[row] < static_cast<std::int64_t>(levels.size()));
    missing[row] = codes[row] < 0 ? 1 : 0;
  }
  Column column{std::move(name), std::move(codes), std::move(missing)};
  column.levels_ = std::move(levels);
  return column;
}

Column Column::category_of(std::string name, const std::vector<std::string>& values,
                           MissingMask missing) {
  assert(missing.empty() || missing.size() == values.size());
  missing.resize(values.size(), 0);
  std::map<std::string_view, std::int32_t> code_of;
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (missing[row] == 0) {
      code_of.emplace(values[row], 0);
    }
  }
  std::vector<std::string> levels;
  for (const auto& [level, code] : code_of) {
    levels.emplace_back(level);
  }
  levels = ordered_levels(std::move(levels));
  for (std::size_t i = 0; i < levels.size(); ++i) {
    code_of.find(levels[i])->second = static_cast<std::int32_t>(i);
  }
  std::vector<std::int32_t> codes(values.size(), -1);
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (missing[row] == 0) {
      codes[row] = code_of.find(values[row])->second;
    }
  }
  return category(std::move(name), std::move(codes), std::move(levels));
}

Column Column::date(std::string name, std::vector<Day> values, MissingMask missing) {
  missing = settle(values, std::move(missing), Day{});
  return {std::move(name), std::move(values), std::move(missing)};
}

Column Column::text(std::string name, std::vector<std::string> values, MissingMask missing) {
  missing = settle(values, std::move(missing), std::string{});
  return {std::move(name), std::move(values), std::move(missing)};
}

std::size_t Column::missing_count() const {
  return static_cast<std::size_t>(std::ranges::count(missing_, 1));
}

std::span<const double> Column::reals() const {
  assert(type() == ColumnType::kReal);
  return std::get<std::vector<double>>(values_);
}

std::span<const std::int64_t> Column::integers() const {
  assert(type() == ColumnType::kInteger);
  return std::get<std::vector<std::int64_t>>(values_);
}

std::span<const std::uint8_t> Column::booleans() const {
  assert(type() == ColumnType::kBoolean);
  return std::get<std::vector<std::uint8_t>>(values_);
}

std::span<const std::int32_t> Column::codes() const {
  assert(type() == ColumnType::kCategory);
  return std::get<std::vector<std::int32_t>>(values_);
}

std::span<const Day> Column::days() const {
  assert(type() == ColumnType::kDate);
  return std::get<std::vector<Day>>(values_);
}

std::span<const std::string> Column::texts() const {
  assert(type() == ColumnType::kText);
  return std::get<std::vector<std::string>>(values_);
}

Result<std::vector<double>> Column::numeric() const {
  std::vector<double> out(size(), kNan);
  const auto fill = [&](const auto& values) {
    for (std::size_t row = 0; row < out.size(); ++row) {
      out[row] = missing_[row] != 0 ? kNan : static_cast<double>(values[row]);
    }
  };
  switch (type()) {
    case ColumnType::kReal:
      fill(reals());
      return out;
    case ColumnType::kInteger:
      fill(integers());
      return out;
    case ColumnType::kBoolean:
      fill(booleans());
      return out;
    default:
      return invalid_argument(
          fmt::format("column '{}' is of type {}, which has no numeric value; use a real, integer "
                      "or boolean column",
                      name_, to_string(type())));
  }
}

std::string Column::cell_text(std::size_t row) const {
  if (missing(row)) {
    return {};
  }
  switch (type()) {
    case ColumnType::kReal:
      return fmt::format("{}", reals()[row]);
    case ColumnType::kInteger:
      return fmt::format("{}", integers()[row]);
    case ColumnType::kBoolean:
      return booleans()[row] != 0 ? "true" : "false";
    case ColumnType::kCategory:
      return levels_[static_cast<std::size_t>(codes()[row])];
    case ColumnType::kDate:
      return to_string(days()[row]);
    case ColumnType::kText:
      break;
  }
  return texts()[row];
}

Column Column::take(std::span<const std::size_t> rows) const {
  MissingMask missing(rows.size());
  std::ranges::transform(rows, missing.begin(), [&](std::size_t row) {
    assert(row < size());
    return missing_[row];
  });
  Values taken = std::visit(
      [&](const auto& values) -> Values {
        std::decay_t<decltype(values)> own;
        own.reserve(rows.size());
        for (const std::size_t row : rows) {
          own.push_back(values[row]);
        }
        return own;
      },
      values_);
  // Not a copy that is then cut: a few rows of a long column cost a few rows.
  Column out(name_, std::move(taken), std::move(missing));
  out.levels_ = levels_;
  out.unit_ = unit_;
  out.label_ = label_;
  return out;
}

Column& Column::with_unit(std::string unit) {
  unit_ = std::move(unit);
  return *this;
}

Column& Column::with_label(std::string label) {
  label_ = std::move(label);
  return *this;
}

Column& Column::with_name(std::string name) {
  name_ = std::move(name);
  return *this;
}

bool operator==(const Column& a, const Column& b) {
  if (std::tie(a.name_, a.missing_, a.levels_, a.unit_, a.label_) !=
          std::tie(b.name_, b.missing_, b.levels_, b.unit_, b.label_) ||
      a.type() != b.type()) {
    return false;
  }
  if (a.type() == ColumnType::kReal) {
    return std::ranges::equal(a.reals(), b.reals(), same_real);
  }
  return a.values_ == b.values_;
}

}  // namespace thaw
