#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "effect/model_matrix.h"
#include "effect/person_months.h"

namespace thaw::effect {
namespace {

/// Rows in which a covariate that models need is missing.
Result<std::vector<std::uint8_t>> incomplete_rows(const PersonMonths& months,
                                                  const EmulationSpec& spec) {
  std::vector<std::uint8_t> out(months.rows(), 0);
  for (const std::string& model : {spec.confounders, spec.time_varying}) {
    THAW_TRY(const auto names, term_columns(model));
    for (const std::string& name : names) {
      const Column* column = months.table.find(name);
      if (column == nullptr || column->missing_count() == 0) {
        continue;
      }
      for (std::size_t row = 0; row < out.size(); ++row) {
        out[row] = out[row] | (column->missing(row) ? 1 : 0);
      }
    }
  }
  return out;
}

/// The rows of one person at which a trial may begin; counts the person in `flow` when there are
/// none.
std::vector<std::size_t> entries(const PersonMonths& months, const EmulationSpec& spec,
                                 std::size_t person, const std::vector<Truth>& eligible,
                                 const std::vector<std::uint8_t>& incomplete, TrialFlow& flow) {
  std::vector<std::size_t> rows;
  bool treated = false;
  bool was_eligible = false;
  bool was_new = false;
  for (std::size_t row = months.first[person]; row < months.first[person + 1]; ++row) {
    const bool meets = eligible.empty() || eligible[row] == Truth::kTrue;
    const bool fresh = !spec.new_users || !treated;
    was_eligible = was_eligible || meets;
    was_new = was_new || (meets && fresh);
    if (meets && fresh && incomplete[row] == 0 &&
        (rows.empty() || spec.time_zero == TimeZero::kEveryEligible)) {
      rows.push_back(row);
    }
    treated = treated || months.treated[row] != 0;
  }
  if (rows.empty()) {
    ++(!was_eligible ? flow.never_eligible
                     : (!was_new ? flow.treated_before : flow.covariate_unknown));
  }
  return rows;
}

/// (rows) The number of treated months of the person before each row.
Column treated_months(const PersonMonths& months) {
  std::vector<std::int64_t> counts(months.rows(), 0);
  for (std::size_t row = 1; row < counts.size(); ++row) {
    counts[row] = months.person[row] == months.person[row - 1]
                      ? counts[row - 1] + months.treated[row - 1]
                      : 0;
  }
  return Column::integer("treated_months", std::move(counts));
}

/// (people) The row of each person's first time zero, or of the first month.
std::vector<std::size_t> zero_rows(const PersonMonths& months, const std::vector<Trial>& trials) {
  std::vector<std::size_t> rows(months.first.begin(), months.first.end() - 1);
  for (auto trial = trials.rbegin(); trial != trials.rend(); ++trial) {
    rows[trial->person] = trial->row;
  }
  return rows;
}

Column lag(const PersonMonths& months, const Column& column, const std::string& name,
           bool of_treatment) {
  if (of_treatment) {
    std::vector<std::int64_t> values(months.rows(), 0);
    for (std::size_t row = 1; row < values.size(); ++row) {
      values[row] = months.person[row] == months.person[row - 1] ? months.treated[row - 1] : 0;
    }
    return Column::integer(name, std::move(values));
  }
  std::vector<std::size_t> from(months.rows());
  for (std::size_t row = 0; row < from.size(); ++row) {
    const bool has = row > 0 && months.person[row] == months.person[row - 1];
    from[row] = has ? row - 1 : row;
  }
  Column out = column.take(from);
  out.with_name(name);
  return out;
}

Result<Column> derived(const PersonMonths& months, const std::vector<std::size_t>& zero,
                       const EmulationSpec& spec, const std::string& name) {
  if (name == "treated_months") {
    return treated_months(months);
  }
  if (name == "since_zero") {
    std::vector<std::int64_t> values(months.rows());
    for (std::size_t row = 0; row < values.size(); ++row) {
      values[row] = months.month[row] - months.month[zero[months.person[row]]];
    }
    return Column::integer(name, std::move(values));
  }
  const bool is_lag = name.starts_with("lag_");
  if (!is_lag && !name.starts_with("base_")) {
    return months.table.column(name).error();
  }
  const std::string of = name.substr(is_lag ? 4 : 5);
  THAW_TRY(const Column* column, months.table.column(of));
  if (is_lag) {
    return lag(months, *column, name, of == spec.treatment);
  }
  std::vector<std::size_t> from(months.rows());
  for (std::size_t row = 0; row < from.size(); ++row) {
    from[row] = zero[months.person[row]];
  }
  Column out = column->take(from);
  out.with_name(name);
  return out;
}

/// Refuses a strategy that treats where nobody is ever treated, and one that never does where
/// everybody always is: no model of treatment could say so as plainly.
Result<Done> somebody_follows(const TrialData& data, const EmulationSpec& spec) {
  std::size_t followed = 0;
  bool any[2] = {false, false};  // an untreated and a treated month among those followed
  for (const Trial& trial : data.trials) {
    const std::uint32_t months = std::min(trial.rows, static_cast<std::uint32_t>(spec.months));
    followed += months;
    for (std::uint32_t k = 0; k < months; ++k) {
      any[data.months.treated[trial.row + k] != 0 ? 1 : 0] = true;
    }
  }
  for (const Strategy& strategy : spec.strategies) {
    if (!any[strategy.starts ? 1 : 0]) {
      return invalid_argument(
          fmt::format("nobody follows the strategy \"{}\": of the {} months followed in {} trials "
                      "{} has {} = 1; "
                      "look at that column, or choose strategies that people follow",
                      strategy.name, followed, data.trials.size(),
                      strategy.starts ? "none" : "each", spec.treatment));
    }
  }
  return Done{};
}

}  // namespace

Result<std::vector<Trial>> select_trials(const PersonMonths& months, const EmulationSpec& spec,
                                         TrialFlow& flow) {
  std::vector<Truth> eligible;
  if (spec.eligibility) {
    auto truths = spec.eligibility->evaluate(months.table);
    if (!truths) {
      return Error{truths.error().code, "eligibility: " + truths.error().message};
    }
    eligible = std::move(*truths);
  }
  THAW_TRY(const auto incomplete, incomplete_rows(months, spec));
  flow.people = months.people();
  flow.person_months = months.rows();
  flow.unknown_eligibility =
      static_cast<std::size_t>(std::ranges::count(eligible, Truth::kUnknown));
  std::vector<Trial> trials;
  for (std::size_t person = 0; person < months.people(); ++person) {
    const auto rows = entries(months, spec, person, eligible, incomplete, flow);
    flow.enrolled += rows.empty() ? 0 : 1;
    for (const std::size_t row : rows) {
      const std::size_t left = months.first[person + 1] - row;
      const std::size_t kept = std::min(left, static_cast<std::size_t>(spec.months) + 1);
      trials.push_back({static_cast<std::uint32_t>(person), static_cast<std::uint32_t>(row),
                        static_cast<std::uint32_t>(kept)});
      flow.treated_at_zero += months.treated[row];
    }
  }
  flow.trials = trials.size();
  if (trials.empty()) {
    return invalid_argument(fmt::format(
        "nobody is eligible: of {} people {} never meet the conditions ({} person-months undecided "
        "for a missing value), {} meet them only after a treated month, {} only where a covariate "
        "is missing",
        flow.people, flow.never_eligible, flow.unknown_eligibility, flow.treated_before,
        flow.covariate_unknown));
  }
  return trials;
}

Result<Done> add_history(PersonMonths& months, const std::vector<Trial>& trials,
                         const EmulationSpec& spec) {
  THAW_TRY(const auto names, spec_columns(spec));
  const std::vector<std::size_t> zero = zero_rows(months, trials);
  for (const std::string& name : names) {
    // Without trials only what needs none; an absent column is told of where it is used.
    const bool now = !trials.empty() || name.starts_with("lag_") || name == "treated_months";
    if (months.table.find(name) == nullptr && now) {
      THAW_TRY(Column column, derived(months, zero, spec, name));
      THAW_CHECK(months.table.add_column(std::move(column)));
    }
  }
  return Done{};
}

Result<TrialData> trial_data(Table table, const EmulationSpec& spec, TrialFlow& flow) {
  TrialData out;
  THAW_TRY(out.months, person_months(std::move(table), spec));
  THAW_CHECK(add_history(out.months, {}, spec));
  THAW_TRY(out.trials, select_trials(out.months, spec, flow));
  THAW_CHECK(somebody_follows(out, spec));
  THAW_CHECK(add_history(out.months, out.trials, spec));
  return out;
}

}  // namespace thaw::effect
