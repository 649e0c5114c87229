#include "effect/g_formula_models.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace thaw::effect {
namespace {

/// Rows that trials follow; with `later` those after time zero, with `stayed` those not lost.
std::vector<std::uint32_t> followed(const PersonMonths& months, const std::vector<Trial>& trials,
                                    const EmulationSpec& spec, bool later, bool stayed) {
  std::vector<std::uint32_t> rows;
  for (const Trial& trial : trials) {
    const auto end = std::min(trial.rows, static_cast<std::uint32_t>(spec.months));
    for (std::uint32_t k = later ? 1 : 0; k < end; ++k) {
      if (!stayed || months.dropout[trial.row + k] == 0) {
        rows.push_back(trial.row + k);
      }
    }
  }
  return rows;
}

Result<PooledDesign> covariate_design(const PersonMonths& months,
                                      const std::vector<std::uint32_t>& rows,
                                      const EmulationSpec& spec,
                                      const SimulatedCovariate& covariate,
                                      std::pair<double, double>& range) {
  THAW_TRY(const std::vector<double> values, months.table.numeric(covariate.column));
  range = {INFINITY, -INFINITY};
  for (const std::uint32_t row : rows) {
    const double value = values[row];
    const bool binary = covariate.kind == SimulatedCovariate::Kind::kBinary;
    if (!std::isfinite(value) || (binary && value != 0 && value != 1)) {
      return invalid_argument(fmt::format("{}: {} is {}; the g-formula needs it {} in every month",
                                          months.place(spec, row), covariate.column, value,
                                          binary ? "0 or 1" : "known"));
    }
    range = {std::min(range.first, value), std::max(range.second, value)};
  }
  return PooledDesign::build(months, covariate.terms, rows, std::span<const double>(values),
                             covariate.column + " from month to month");
}

}  // namespace

Result<GDesigns> g_designs(const PersonMonths& months, const std::vector<Trial>& trials,
                           const EmulationSpec& spec) {
  const GFormulaPart& part = *spec.g_formula;
  GDesigns out;
  const auto later = followed(months, trials, spec, true, false);
  for (const SimulatedCovariate& covariate : part.covariates) {
    out.range.emplace_back();
    THAW_TRY(PooledDesign design,
             covariate_design(months, later, spec, covariate, out.range.back()));
    out.covariates.push_back(std::move(design));
  }
  EmulationSpec natural = spec;
  natural.time_varying = part.treatment_terms;
  THAW_TRY(out.treatment, trial_models(months, trials, natural));
  const auto stayed = followed(months, trials, spec, false, true);
  THAW_TRY(out.event,
           PooledDesign::build(months, part.outcome_terms, stayed,
                               std::span<const std::uint8_t>(months.event), "the event"));
  if (std::ranges::count(months.competing, 1) > 0) {
    THAW_TRY(PooledDesign design,
             PooledDesign::build(months, part.outcome_terms, stayed,
                                 std::span<const std::uint8_t>(months.competing),
                                 "the competing event"));
    out.competing = std::move(design);
  }
  return out;
}

Result<GFits> g_fits(const GDesigns& designs, const EmulationSpec& spec,
                     std::span<const double> person_weight, const GFits* start, unsigned threads) {
  GFits out;
  for (std::size_t j = 0; j < designs.covariates.size(); ++j) {
    PooledFit odds;
    PooledLine line{};
    if (spec.g_formula->covariates[j].kind == SimulatedCovariate::Kind::kBinary) {
      THAW_TRY(odds, fit_pooled(designs.covariates[j], person_weight,
                                start == nullptr ? nullptr : &start->covariate_odds[j], threads));
    } else {
      THAW_TRY(line, fit_line(designs.covariates[j], person_weight));
    }
    out.covariate_odds.push_back(std::move(odds));
    out.covariate_line.push_back(std::move(line));
  }
  THAW_TRY(out.treatment, fit_models(designs.treatment, person_weight,
                                     start == nullptr ? nullptr : &start->treatment, threads));
  THAW_TRY(out.event, fit_pooled(designs.event, person_weight,
                                 start == nullptr ? nullptr : &start->event, threads));
  if (designs.competing) {
    THAW_TRY(
        PooledFit fit,
        fit_pooled(*designs.competing, person_weight,
                   start == nullptr || !start->competing ? nullptr : &*start->competing, threads));
    out.competing = std::move(fit);
  }
  return out;
}

}  // namespace thaw::effect
