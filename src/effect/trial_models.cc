#include "effect/trial_models.h"

#include <algorithm>

#include "base/text.h"

namespace thaw::effect {
namespace {

/// `terms` and the terms of time, where there are any.
std::string with_time(const std::string& terms, const std::string& time) {
  if (trim(time).empty() || trim(time) == "1") {
    return terms;
  }
  return trim(terms).empty() || trim(terms) == "1" ? time : terms + " + " + time;
}

/// Rows of the table by the part they play in the trials.
struct Rows {
  std::vector<std::uint32_t> zero;
  std::vector<std::uint32_t> start;
  std::vector<std::uint32_t> stay;
  std::vector<std::uint32_t> followed;
};

Rows rows_of(const PersonMonths& months, const std::vector<Trial>& trials,
             const EmulationSpec& spec) {
  std::vector<std::uint8_t> later(months.rows(), 0);
  std::vector<std::uint8_t> followed(months.rows(), 0);
  Rows rows;
  for (const Trial& trial : trials) {
    rows.zero.push_back(trial.row);
    const std::uint32_t end =
        trial.row + std::min(trial.rows, static_cast<std::uint32_t>(spec.months));
    followed[trial.row] = 1;
    for (std::uint32_t row = trial.row + 1; row < end; ++row) {
      later[row] = followed[row] = 1;
    }
  }
  for (std::uint32_t row = 0; row < months.rows(); ++row) {
    if (later[row] != 0) {
      (months.treated[row - 1] != 0 ? rows.stay : rows.start).push_back(row);
    }
    if (followed[row] != 0) {
      rows.followed.push_back(row);
    }
  }
  return rows;
}

Result<std::optional<PooledDesign>> later_model(const PersonMonths& months,
                                                const std::string& terms,
                                                std::vector<std::uint32_t> rows,
                                                const std::vector<std::uint8_t>& y,
                                                std::string purpose) {
  std::optional<PooledDesign> out;
  if (!rows.empty()) {
    THAW_TRY(PooledDesign design,
             PooledDesign::build(months, terms, std::move(rows), y, std::move(purpose)));
    out = std::move(design);
  }
  return out;
}

}  // namespace

std::vector<const PooledDesign*> TrialModels::all() const {
  std::vector<const PooledDesign*> out{&zero};
  for (const auto* part : {&start, &stay, &leave}) {
    if (*part) {
      out.push_back(&**part);
    }
  }
  return out;
}

Result<TrialModels> trial_models(const PersonMonths& months, const std::vector<Trial>& trials,
                                 const EmulationSpec& spec) {
  Rows rows = rows_of(months, trials, spec);
  TrialModels models;
  // With one time zero a person since_zero is 0 for all; with many it tells them apart.
  const std::string at_zero = spec.time_zero == TimeZero::kFirstEligible
                                  ? spec.confounders
                                  : with_time(spec.confounders, spec.time_terms);
  THAW_TRY(models.zero, PooledDesign::build(months, at_zero, std::move(rows.zero), months.treated,
                                            "treatment at time zero"));
  const std::string later = with_time(spec.time_varying, spec.time_terms);
  THAW_TRY(models.start, later_model(months, later, std::move(rows.start), months.treated,
                                     "starting treatment later"));
  THAW_TRY(models.stay, later_model(months, later, std::move(rows.stay), months.treated,
                                    "going on with treatment"));
  if (!spec.dropout.empty() && std::ranges::count(months.dropout, 1) > 0) {
    THAW_TRY(models.leave,
             later_model(months, with_time(spec.dropout_terms, spec.time_terms),
                         std::move(rows.followed), months.dropout, "leaving follow-up"));
  }
  return models;
}

Result<std::vector<PooledFit>> fit_models(const TrialModels& models,
                                          std::span<const double> person_weight,
                                          const std::vector<PooledFit>* start, unsigned threads) {
  std::vector<PooledFit> fits;
  for (const PooledDesign* design : models.all()) {
    const PooledFit* from = start == nullptr ? nullptr : &(*start)[fits.size()];
    THAW_TRY(PooledFit fit, fit_pooled(*design, person_weight, from, threads));
    fits.push_back(std::move(fit));
  }
  return fits;
}

void inverse_probabilities(const TrialModels& models, const std::vector<PooledFit>& fits,
                           std::size_t rows, double bound, InverseProbabilities& out) {
  out.zero.resize(rows, 1);
  out.later.resize(rows, 1);
  if (models.leave) {
    out.leave.resize(rows, 1);
  }
  const auto designs = models.all();
  for (std::size_t i = 0; i < designs.size(); ++i) {
    const bool leave = models.leave && designs[i] == &*models.leave;
    std::vector<double>& to = i == 0 ? out.zero : (leave ? out.leave : out.later);
    inverse_probability(*designs[i], fits[i], bound, to);
  }
}

}  // namespace thaw::effect
