#include "table/csv_column.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <optional>

#include "base/text.h"

namespace thaw {
namespace {

constexpr std::size_t kMostGuessedLevels = 100;
constexpr std::size_t kMostShownLevels = 12;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// A hash of `text`, good enough for levels: eight bytes a step, mixed by multiplication.
std::size_t hash_of(std::string_view text) {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15ULL;
  std::uint64_t hash = text.size() * kOdd;
  while (!text.empty()) {
    std::uint64_t word = 0;
    const std::size_t step = std::min<std::size_t>(8, text.size());
    std::memcpy(&word, text.data(), step);
    hash = (hash ^ word) * kOdd;
    hash ^= hash >> 29;
    text.remove_prefix(step);
  }
  return hash;
}

}  // namespace

std::int32_t LevelIndex::code(std::string_view level, bool may_add) {
  if (levels_.size() * 2 >= slots_.size()) {
    grow();
  }
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash_of(level) & mask;
  while (slots_[slot] >= 0) {
    if (levels_[static_cast<std::size_t>(slots_[slot])] == level) {
      return slots_[slot];
    }
    slot = (slot + 1) & mask;
  }
  if (!may_add) {
    return -1;
  }
  slots_[slot] = static_cast<std::int32_t>(levels_.size());
  levels_.emplace_back(level);
  return slots_[slot];
}

void LevelIndex::grow() {
  slots_.assign(std::max<std::size_t>(16, slots_.size() * 2), -1);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < levels_.size(); ++i) {
    std::size_t slot = hash_of(levels_[i]) & mask;
    while (slots_[slot] >= 0) {
      slot = (slot + 1) & mask;
    }
    slots_[slot] = static_cast<std::int32_t>(i);
  }
}

void TypeGuess::add(const CsvCell& cell) {
  const std::string_view value = cell_value(cell, scratch_);
  const std::string_view text = trim_fast(value);
  const bool is_code = missing_.contains(text);
  if (is_code && !(cell.quoted && quotes_protect_)) {
    return;
  }
  ++values_;
  if (levels_.size() <= kMostGuessedLevels) {
    levels_.code(value, true);
  }
  if (is_code) {
    return;
  }
  ++present_;
  boolean_ = boolean_ && text.size() > 3 && boolean_of(text).has_value();
  if (integer_ || real_) {
    const bool number = looks_like_number(text);
    integer_ = integer_ && number && parse_int(text).has_value();
    real_ = real_ && number && real_of(text).has_value();
  }
  date_ = date_ && text.size() == 10 && parse_day(text);
}

ColumnType TypeGuess::type() const {
  if (present_ == 0) {
    return ColumnType::kReal;
  }
  if (boolean_) {
    return ColumnType::kBoolean;
  }
  if (integer_) {
    return ColumnType::kInteger;
  }
  if (real_) {
    return ColumnType::kReal;
  }
  if (date_) {
    return ColumnType::kDate;
  }
  const bool few = levels_.size() <= kMostGuessedLevels && levels_.size() * 2 <= values_;
  return few ? ColumnType::kCategory : ColumnType::kText;
}

ColumnReader::ColumnReader(const CsvColumn& spec, MissingCodes missing, bool quotes_protect,
                           std::size_t rows)
    : spec_(spec), type_(*spec.type), missing_codes_(std::move(missing)) {
  protects_ = quotes_protect && (type_ == ColumnType::kCategory || type_ == ColumnType::kText);
  for (const auto& level : spec_.levels) {
    levels_.code(level, true);
  }
  switch (type_) {
    case ColumnType::kReal:
      reals_.reserve(rows);
      break;
    case ColumnType::kCategory:
      codes_.reserve(rows);
      break;
    default:
      missing_.reserve(rows);
  }
}

bool ColumnReader::add(const CsvCell& cell) {
  const std::string_view value = cell_value(cell, scratch_);
  const std::string_view text = trim_fast(value);
  if (missing_codes_.contains(text) && !(cell.quoted && protects_)) {
    add_missing();
    return true;
  }
  const bool as_it_is = type_ == ColumnType::kCategory || type_ == ColumnType::kText;
  if (!add_value(as_it_is ? value : text)) {
    return false;
  }
  if (type_ != ColumnType::kReal && type_ != ColumnType::kCategory) {
    missing_.push_back(0);
  }
  return true;
}

void ColumnReader::add_missing() {
  switch (type_) {
    case ColumnType::kReal:
      reals_.push_back(kNan);
      return;
    case ColumnType::kInteger:
      integers_.push_back(0);
      break;
    case ColumnType::kBoolean:
      booleans_.push_back(0);
      break;
    case ColumnType::kCategory:
      codes_.push_back(-1);
      return;
    case ColumnType::kDate:
      days_.emplace_back();
      break;
    case ColumnType::kText:
      texts_.emplace_back();
      break;
  }
  missing_.push_back(1);
}

bool ColumnReader::add_value(std::string_view value) {
  const auto keep = [](auto& values, const auto& read) {
    if (read) {
      values.push_back(*read);
    }
    return static_cast<bool>(read);
  };
  switch (type_) {
    case ColumnType::kReal:
      return keep(reals_, real_of(value));
    case ColumnType::kInteger:
      return keep(integers_, parse_int(value));
    case ColumnType::kBoolean:
      return keep(booleans_, boolean_of(value));
    case ColumnType::kDate:
      return keep(days_, parse_day(value));
    case ColumnType::kText:
      texts_.emplace_back(value);
      return true;
    case ColumnType::kCategory:
      break;
  }
  codes_.push_back(levels_.code(value, spec_.levels.empty()));
  return codes_.back() >= 0;
}

std::string ColumnReader::wanted() const {
  switch (type_) {
    case ColumnType::kReal:
      return "a number";
    case ColumnType::kInteger:
      return "a whole number of at most 64 bits";
    case ColumnType::kBoolean:
      return "true or false (t, f, yes, no, 1, 0)";
    case ColumnType::kDate:
      return "a date YYYY-MM-DD of the years 1900 to 2199";
    default:
      break;
  }
  const std::size_t count = std::min(kMostShownLevels, spec_.levels.size());
  return fmt::format("one of the levels {}{}",
                     fmt::join(spec_.levels.begin(),
                               spec_.levels.begin() + static_cast<std::ptrdiff_t>(count), ", "),
                     count < spec_.levels.size() ? ", ..." : "");
}

Column ColumnReader::finish(std::string name) && {
  switch (type_) {
    case ColumnType::kReal:
      return Column::real(std::move(name), std::move(reals_));
    case ColumnType::kInteger:
      return Column::integer(std::move(name), std::move(integers_), std::move(missing_));
    case ColumnType::kBoolean:
      return Column::boolean(std::move(name), std::move(booleans_), std::move(missing_));
    case ColumnType::kDate:
      return Column::date(std::move(name), std::move(days_), std::move(missing_));
    case ColumnType::kText:
      return Column::text(std::move(name), std::move(texts_), std::move(missing_));
    case ColumnType::kCategory:
      break;
  }
  std::vector<std::string> levels = levels_.take_levels();
  if (spec_.levels.empty()) {
    LevelIndex ordered;
    const std::vector<std::string> in_order = ordered_levels(levels);
    for (const auto& level : in_order) {
      ordered.code(level, true);
    }
    std::vector<std::int32_t> new_code;
    for (const auto& level : levels) {
      new_code.push_back(ordered.code(level, false));
    }
    for (auto& code : codes_) {
      code = code < 0 ? code : new_code[static_cast<std::size_t>(code)];
    }
    levels = in_order;
  }
  return Column::category(std::move(name), std::move(codes_), std::move(levels));
}

}  // namespace thaw
