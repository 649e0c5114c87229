#include "effect/person_months.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "effect/model_matrix.h"

namespace thaw::effect {
namespace {

constexpr std::size_t kRowsMax = std::numeric_limits<std::uint32_t>::max() - 1;
constexpr double kMonthMax = 100000;

Error at_row(const Table& table, const EmulationSpec& spec, std::size_t row,
             std::string_view what) {
  const Column* id = table.find(spec.id);
  const Column* month = table.find(spec.month);
  return invalid_argument(fmt::format("{} {}, {} {}: {}", spec.id, id->cell_text(row), spec.month,
                                      month->cell_text(row), what));
}

/// A number for each row that orders people: the id itself, or the rank of its bytes.
Result<std::vector<double>> person_ranks(const Table& table, const EmulationSpec& spec) {
  THAW_TRY(const Column* id, table.column(spec.id));
  for (std::size_t row = 0; row < id->size(); ++row) {
    if (id->missing(row)) {
      return invalid_argument(fmt::format("row {}: {} is missing", row + 1, spec.id));
    }
  }
  if (id->type() == ColumnType::kInteger) {
    return id->numeric();
  }
  if (id->type() != ColumnType::kText && id->type() != ColumnType::kCategory) {
    return invalid_argument(
        fmt::format("column {} is {}; people are told apart by whole numbers "
                    "or texts",
                    spec.id, to_string(id->type())));
  }
  const bool category = id->type() == ColumnType::kCategory;
  std::vector<std::string> names;
  for (std::size_t row = 0; row < id->size(); ++row) {
    if (!category && (row == 0 || id->texts()[row] != id->texts()[row - 1])) {
      names.push_back(id->texts()[row]);
    }
  }
  if (category) {
    names = id->levels();
  }
  std::ranges::sort(names);
  const auto repeats = std::ranges::unique(names);
  names.erase(repeats.begin(), repeats.end());
  const auto rank = [&](const std::string& name) {
    return static_cast<double>(std::ranges::lower_bound(names, name) - names.begin());
  };
  std::vector<double> level_rank;
  for (const std::string& level : id->levels()) {
    level_rank.push_back(rank(level));
  }
  std::vector<double> ranks(id->size());
  for (std::size_t row = 0; row < ranks.size(); ++row) {
    if (category) {
      ranks[row] = level_rank[static_cast<std::size_t>(id->codes()[row])];
    } else {
      ranks[row] = row > 0 && id->texts()[row] == id->texts()[row - 1] ? ranks[row - 1]
                                                                       : rank(id->texts()[row]);
    }
  }
  return ranks;
}

Result<std::vector<double>> whole_months(const Table& table, const EmulationSpec& spec) {
  THAW_TRY(std::vector<double> months, table.numeric(spec.month));
  for (std::size_t row = 0; row < months.size(); ++row) {
    const double m = months[row];
    if (!(m >= 0 && m <= kMonthMax) || m != std::floor(m)) {
      return at_row(table, spec, row,
                    "a month must be a whole number, 0 or more; count from the person's first");
    }
  }
  return months;
}

/// A 0/1 column as bytes; `name` empty: all 0.
Result<std::vector<std::uint8_t>> marks(const Table& table, const EmulationSpec& spec,
                                        const std::string& name) {
  std::vector<std::uint8_t> out(table.rows(), 0);
  if (name.empty()) {
    return out;
  }
  THAW_TRY(const std::vector<double> values, table.numeric(name));
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (values[row] != 0 && values[row] != 1) {
      return at_row(table, spec, row,
                    std::isnan(values[row])
                        ? fmt::format("{} is missing; it must be known in every month", name)
                        : fmt::format("{} is {}; it must be 0 or 1", name, values[row]));
    }
    out[row] = values[row] == 1 ? 1 : 0;
  }
  return out;
}

/// Rows in order of person and month, or nothing when they are so already.
std::vector<std::size_t> order_of(const std::vector<double>& ranks,
                                  const std::vector<double>& months) {
  const auto before = [&](std::size_t a, std::size_t b) {
    return ranks[a] != ranks[b] ? ranks[a] < ranks[b] : months[a] < months[b];
  };
  bool sorted = true;
  for (std::size_t row = 1; row < ranks.size() && sorted; ++row) {
    sorted = !before(row, row - 1);
  }
  std::vector<std::size_t> order;
  if (!sorted) {
    order.resize(ranks.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, before);
  }
  return order;
}

/// Cuts the ordered rows into people and refuses what cannot have happened.
Result<Done> cut_into_people(PersonMonths& out, const std::vector<double>& ranks,
                             const EmulationSpec& spec) {
  out.person.resize(out.rows());
  for (std::size_t row = 0; row < out.rows(); ++row) {
    const bool fresh = row == 0 || ranks[row] != ranks[row - 1];
    if (fresh) {
      out.first.push_back(static_cast<std::uint32_t>(row));
    } else if (out.month[row] == out.month[row - 1]) {
      return at_row(out.table, spec, row, "this month stands twice");
    } else if (out.month[row] != out.month[row - 1] + 1) {
      return at_row(out.table, spec, row,
                    fmt::format("the months from {} on are missing; write one row for every month",
                                out.month[row - 1] + 1));
    } else if (out.event[row - 1] + out.competing[row - 1] + out.dropout[row - 1] != 0) {
      return at_row(out.table, spec, row, "there is a row after follow-up ended the month before");
    }
    if (out.event[row] + out.competing[row] + out.dropout[row] > 1) {
      return at_row(out.table, spec, row,
                    "more than one of event, competing event and dropout in one month");
    }
    out.person[row] = static_cast<std::uint32_t>(out.first.size() - 1);
  }
  out.first.push_back(static_cast<std::uint32_t>(out.rows()));
  return Done{};
}

/// The columns of the table whose values models use.
Result<std::vector<std::string>> covariates(const Table& table, const EmulationSpec& spec) {
  std::vector<std::string> models{spec.confounders, spec.time_varying};
  if (!spec.dropout.empty()) {
    models.push_back(spec.dropout_terms);
  }
  std::vector<std::string> names;
  for (const std::string& model : models) {
    THAW_TRY(const auto own, term_columns(model));
    for (std::string name : own) {
      for (const std::string_view prefix : {"lag_", "base_"}) {
        if (table.find(name) == nullptr && name.starts_with(prefix)) {
          name.erase(0, prefix.size());
        }
      }
      if (std::ranges::find(names, name) == names.end() && table.find(name) != nullptr) {
        names.push_back(std::move(name));
      }
    }
  }
  return names;
}

/// Fills a column downward within people, or refuses what is missing.
Result<Done> settle_missing(PersonMonths& out, const EmulationSpec& spec) {
  THAW_TRY(const auto names, covariates(out.table, spec));
  Table filled;
  bool any = false;
  for (const Column& column : out.table.columns()) {
    const std::size_t missing =
        std::ranges::find(names, column.name()) == names.end() ? 0 : column.missing_count();
    if (missing == 0) {
      continue;
    }
    any = true;
    if (spec.missing == MissingCovariate::kRefuse) {
      const auto mask = column.missing_mask();
      const auto row = static_cast<std::size_t>(std::ranges::find(mask, 1) - mask.begin());
      return at_row(out.table, spec, row,
                    fmt::format("{} is missing (in {} of {} person-months); fill it, or let "
                                "analysis.missing_covariates be \"carry_forward\"",
                                column.name(), missing, out.rows()));
    }
  }
  if (!any) {
    return Done{};
  }
  for (const Column& column : out.table.columns()) {
    if (std::ranges::find(names, column.name()) == names.end() || column.missing_count() == 0) {
      THAW_CHECK(filled.add_column(column));
      continue;
    }
    std::vector<std::size_t> from(out.rows());
    for (std::size_t row = 0; row < from.size(); ++row) {
      const bool carry = column.missing(row) && row > 0 && out.person[row] == out.person[row - 1];
      from[row] = carry ? from[row - 1] : row;
      out.carried += carry && !column.missing(from[row]) ? 1 : 0;
    }
    THAW_CHECK(filled.add_column(column.take(from)));
  }
  out.table = std::move(filled);
  return Done{};
}

/// Makes of a competing event what the protocol says, after the rows were checked.
void settle_competing(PersonMonths& out, const EmulationSpec& spec) {
  if (spec.competing_as == Competing::kCompetingRisk) {
    return;
  }
  for (std::size_t row = 0; row < out.rows(); ++row) {
    if (spec.competing_as == Competing::kComposite) {
      out.event[row] = out.event[row] | out.competing[row];
    }
    out.competing[row] = 0;  // as censoring: the last row, without an event
  }
}

}  // namespace

std::string PersonMonths::place(const EmulationSpec& spec, std::size_t row) const {
  return fmt::format("{} {}, {} {}", spec.id, table.find(spec.id)->cell_text(row), spec.month,
                     month[row]);
}

Result<std::vector<std::size_t>> person_month_order(const Table& table, const EmulationSpec& spec) {
  THAW_TRY(const std::vector<double> ranks, person_ranks(table, spec));
  THAW_TRY(const std::vector<double> months, whole_months(table, spec));
  std::vector<std::size_t> order = order_of(ranks, months);
  if (order.empty()) {
    order.resize(ranks.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
  }
  return order;
}

Result<PersonMonths> person_months(Table table, const EmulationSpec& spec) {
  if (table.rows() == 0 || table.rows() > kRowsMax) {
    return invalid_argument(fmt::format("a table of {} rows cannot be analysed", table.rows()));
  }
  THAW_TRY(std::vector<double> ranks, person_ranks(table, spec));
  THAW_TRY(std::vector<double> months, whole_months(table, spec));
  const std::vector<std::size_t> order = order_of(ranks, months);
  PersonMonths out;
  if (order.empty()) {
    out.table = std::move(table);
  } else {
    out.table = table.take(order);
    std::vector<double> sorted(ranks.size());
    std::ranges::transform(order, sorted.begin(), [&](std::size_t row) { return ranks[row]; });
    ranks = sorted;
    std::ranges::transform(order, sorted.begin(), [&](std::size_t row) { return months[row]; });
    months = std::move(sorted);
  }
  out.month.assign(months.begin(), months.end());
  THAW_TRY(out.treated, marks(out.table, spec, spec.treatment));
  THAW_TRY(out.event, marks(out.table, spec, spec.event));
  THAW_TRY(out.competing, marks(out.table, spec, spec.competing));
  THAW_TRY(out.dropout, marks(out.table, spec, spec.dropout));
  THAW_CHECK(cut_into_people(out, ranks, spec));
  THAW_CHECK(settle_missing(out, spec));
  settle_competing(out, spec);
  return out;
}

}  // namespace thaw::effect
