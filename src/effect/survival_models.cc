#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "effect/survival_parts.h"
#include "stats/accelerated_failure.h"
#include "stats/concordance.h"
#include "stats/cox.h"
#include "stats/distributions.h"
#include "stats/fine_gray.h"
#include "stats/proportional_hazards.h"

namespace thaw::effect {
namespace {

namespace json = boost::json;
using stats::kZ95;

Result<stats::Ties> ties_of(const SurvivalRequest& request) {
  if (request.ties == "efron") {
    return stats::Ties::kEfron;
  }
  if (request.ties == "breslow") {
    return stats::Ties::kBreslow;
  }
  if (request.ties == "exact") {
    return stats::Ties::kExact;
  }
  return invalid_argument(
      fmt::format("ties \"{}\" are unknown; there are efron, breslow, exact", request.ties));
}

Result<stats::FailureLaw> law_of(const SurvivalRequest& request) {
  const std::pair<const char*, stats::FailureLaw> kLaws[] = {
      {"weibull", stats::FailureLaw::kWeibull},
      {"exponential", stats::FailureLaw::kExponential},
      {"lognormal", stats::FailureLaw::kLognormal},
      {"loglogistic", stats::FailureLaw::kLoglogistic}};
  for (const auto& [name, law] : kLaws) {
    if (request.dist == name) {
      return law;
    }
  }
  return invalid_argument(fmt::format(
      "distribution \"{}\" is unknown; there are weibull, exponential, lognormal, loglogistic",
      request.dist));
}

Result<stats::TimeScale> scale_of(const SurvivalRequest& request) {
  if (request.transform == "km") {
    return stats::TimeScale::kKaplanMeier;
  }
  if (request.transform == "log") {
    return stats::TimeScale::kLog;
  }
  if (request.transform == "identity") {
    return stats::TimeScale::kIdentity;
  }
  return invalid_argument(
      fmt::format("transform \"{}\" is unknown; there are km, log, identity", request.transform));
}

/// The model's columns without the one of ones, with their names.
struct Covariates {
  stats::Matrix x;
  std::vector<std::string> names;
  std::vector<std::size_t> sizes;  // columns of each term
};

Result<Covariates> covariates_of(const SurvivalRows& rows) {
  if (rows.x.cols() < 2) {
    return invalid_argument("say what is in the model, such as \"age + sex\"");
  }
  Covariates covariates{rows.x.rightCols(rows.x.cols() - 1),
                        {rows.model.names().begin() + 1, rows.model.names().end()},
                        {}};
  for (const auto& term : rows.model.term_sizes()) {
    covariates.sizes.push_back(term.columns);
  }
  return covariates;
}

/// The methods count columns from 1; people know them by name.
Error named(Error error, const std::vector<std::string>& names) {
  const std::string_view word = "column ";
  const std::size_t place = error.message.find(word);
  if (place == std::string::npos) {
    return error;
  }
  const std::size_t begin = place + word.size();
  std::size_t end = begin;
  std::size_t column = 0;
  while (end < error.message.size() && error.message[end] >= '0' && error.message[end] <= '9' &&
         column < names.size()) {
    column = column * 10 + static_cast<std::size_t>(error.message[end++] - '0');
  }
  if (column >= 1 && column <= names.size()) {
    error.message = error.message.substr(0, place) + "term " + names[column - 1] +
                    error.message.substr(end) + "; leave it out";
  }
  return error;
}

struct Coefficients {
  const std::vector<std::string>& names;
  const stats::Vector& coef;
  const stats::Matrix& var;
  const stats::Matrix& robust_var;  // empty: none
  std::vector<std::size_t> no_estimate;
};

json::array coefficient_array(const Coefficients& c) {
  json::array out;
  for (std::size_t j = 0; j < c.names.size(); ++j) {
    const auto column = static_cast<Eigen::Index>(j);
    json::object entry{{"name", c.names[j]}};
    const bool finite = std::ranges::find(c.no_estimate, j) == c.no_estimate.end();
    entry["finite"] = finite;
    if (!finite) {
      entry["direction"] = c.coef[column] < 0 ? "falls" : "rises";
      for (const char* key : {"coef", "exp_coef", "se", "robust_se", "z", "p", "ci", "exp_ci"}) {
        entry[key] = nullptr;
      }
      out.push_back(std::move(entry));
      continue;
    }
    const double b = c.coef[column];
    const bool robust = c.robust_var.size() > 0;
    const double se = std::sqrt(c.var(column, column));
    const double used = robust ? std::sqrt(c.robust_var(column, column)) : se;
    entry["coef"] = b;
    entry["exp_coef"] = number(std::exp(b));
    entry["se"] = number(se);
    entry["robust_se"] = robust ? number(used) : json::value(nullptr);
    entry["z"] = number(b / used);
    entry["p"] = number(stats::normal_two_sided_p(b / used));
    entry["ci"] = numbers(std::vector<double>{b - kZ95 * used, b + kZ95 * used});
    entry["exp_ci"] =
        numbers(std::vector<double>{std::exp(b - kZ95 * used), std::exp(b + kZ95 * used)});
    out.push_back(std::move(entry));
  }
  return out;
}

json::value wald_test(const stats::Vector& coef, const stats::Matrix& var) {
  const auto inverse = stats::inverse_if_definite(var);
  if (!inverse) {
    return nullptr;
  }
  return test(coef.dot(*inverse * coef), static_cast<int>(coef.size()));
}

void warn_of_infinity(const std::vector<std::string>& names, const std::vector<std::size_t>& which,
                      json::array& warnings) {
  for (const std::size_t j : which) {
    warnings.push_back(
        both(fmt::format(
                 "{} has no finite estimate: its values separate those with the event from those "
                 "without, so the ratio runs to 0 or infinity. No number is given for it.",
                 names[j]),
             fmt::format("{} 没有有限的估计：其取值把发生事件者与未发生者完全分开，"
                         "比值趋向 0 或无穷大。因此不给出数值。",
                         names[j])));
  }
}

void warn_of_few_events(std::size_t events, std::size_t columns, json::array& warnings) {
  if (events < 10 * columns) {
    warnings.push_back(
        both(fmt::format(
                 "{} events for {} columns: below about ten a column, estimates are unstable and "
                 "lean away from no effect.",
                 events, columns),
             fmt::format("{} 个事件对应 {} 列：每列少于约十个事件时，估计不稳定，且偏离无效应。",
                         events, columns)));
  }
}

Result<Done> add_zph(const SurvivalRows& rows, const SurvivalRequest& request,
                     const Covariates& covariates, const stats::CoxOptions& options,
                     const stats::CoxFit& fit, json::object& document, json::array& warnings) {
  document["zph"] = nullptr;
  if (!fit.converged || options.ties == stats::Ties::kExact) {
    return Done{};
  }
  THAW_TRY(const stats::TimeScale scale, scale_of(request));
  const auto found =
      stats::proportional_hazards(covariates.x, rows.data(), options, fit, scale, covariates.sizes);
  if (!found) {
    return Done{};  // Too few event times: null says so.
  }
  json::array terms;
  for (std::size_t t = 0; t < found->terms.size(); ++t) {
    json::object term = test(found->terms[t].chi_squared, found->terms[t].df);
    term["name"] = rows.model.term_sizes()[t].name;
    if (found->terms[t].p < 0.05) {
      warnings.push_back(both(
          fmt::format("The effect of {} changes with time (p = {:.2g}): one hazard ratio is an "
                      "average over the follow-up there was. Look at curves, or at rmst.",
                      rows.model.term_sizes()[t].name, found->terms[t].p),
          fmt::format("{} 的效应随时间变化（p = {:.2g}）：单一风险比只是随访期内的平均。"
                      "请看曲线或限制平均生存时间。",
                      rows.model.term_sizes()[t].name, found->terms[t].p)));
    }
    terms.push_back(std::move(term));
  }
  document["zph"] = json::object{{"transform", request.transform},
                                 {"terms", std::move(terms)},
                                 {"global", test(found->global.chi_squared, found->global.df)}};
  if (!request.residuals) {
    return Done{};
  }
  THAW_TRY(const auto effect, stats::effect_over_time(covariates.x, rows.data(), options, fit));
  json::object residuals{{"time", numbers(effect.time)}};
  for (std::size_t j = 0; j < covariates.names.size(); ++j) {
    residuals[covariates.names[j]] = numbers(effect.effect.col(static_cast<Eigen::Index>(j)));
  }
  document["schoenfeld"] = std::move(residuals);
  return Done{};
}

void add_concordance(const SurvivalRows& rows, const stats::Matrix& x, const stats::Vector& coef,
                     double sign, json::object& document) {
  const stats::Vector risk = sign * (x * coef);
  const auto found = stats::concordance({risk.data(), static_cast<std::size_t>(risk.size())},
                                        rows.data(), rows.strata);
  document["concordance"] = found ? json::value{{"value", found->value}, {"se", number(found->se)}}
                                  : json::value(nullptr);
}

}  // namespace

Result<Done> add_cox(const SurvivalRows& rows, const SurvivalRequest& request,
                     json::object& document, json::array& warnings) {
  THAW_TRY(const Covariates covariates, covariates_of(rows));
  THAW_TRY(const stats::Ties ties, ties_of(request));
  THAW_CHECK(scale_of(request));
  const stats::CoxOptions options{
      .ties = ties,
      .strata = rows.strata,
      .cluster = rows.cluster,
      .robust = request.robust || (!rows.weights.empty() && ties != stats::Ties::kExact),
      .keep_influence = false};
  const auto fitted = stats::fit_cox(covariates.x, rows.data(), options);
  if (!fitted) {
    return named(fitted.error(), covariates.names);
  }
  const stats::CoxFit& fit = *fitted;
  std::vector<std::size_t> none = fit.running;
  if (!fit.converged && none.empty()) {
    for (std::size_t j = 0; j < covariates.names.size(); ++j) {
      none.push_back(j);
    }
  }
  warn_of_infinity(covariates.names, none, warnings);
  warn_of_few_events(fit.events, covariates.names.size(), warnings);
  document["ties"] = request.ties;
  document["coefficients"] =
      coefficient_array({covariates.names, fit.coef, fit.var, fit.robust_var, none});
  document["var"] = fit.converged ? json::value(matrix(fit.var)) : json::value(nullptr);
  document["robust_var"] = fit.converged && fit.robust_var.size() > 0
                               ? json::value(matrix(fit.robust_var))
                               : json::value(nullptr);
  document["loglik"] = numbers(std::vector<double>{fit.log_likelihood_null, fit.log_likelihood});
  const int df = static_cast<int>(covariates.x.cols());
  json::object tests;
  tests["lr"] = test(2 * (fit.log_likelihood - fit.log_likelihood_null), df);
  tests["wald"] = fit.converged
                      ? wald_test(fit.coef, fit.robust_var.size() > 0 ? fit.robust_var : fit.var)
                      : json::value(nullptr);
  tests["score"] = test(fit.score_test, df);
  document["tests"] = std::move(tests);
  document["events"] = fit.events;
  document["iterations"] = fit.iterations;
  document["converged"] = fit.converged;
  add_concordance(rows, covariates.x, fit.coef, 1, document);
  return add_zph(rows, request, covariates, options, fit, document, warnings);
}

Result<Done> add_fine_gray(const SurvivalRows& rows, const SurvivalRequest& request,
                           json::object& document, json::array& warnings) {
  THAW_TRY(const Covariates covariates, covariates_of(rows));
  const bool as_crr = request.convention == "cmprsk";
  if (!as_crr && request.convention != "survival") {
    return invalid_argument(fmt::format("convention \"{}\" is unknown; there are survival, cmprsk",
                                        request.convention));
  }
  std::size_t cause = 0;
  if (!request.cause.empty()) {
    const auto place = std::ranges::find(rows.states, request.cause);
    if (place == rows.states.end()) {
      return invalid_argument(fmt::format("{} is no event of {}", request.cause, request.event));
    }
    cause = static_cast<std::size_t>(place - rows.states.begin());
  } else if (rows.states.size() > 1 && request.competing.empty()) {
    return invalid_argument(fmt::format("the events are {}; say which is asked for (--cause LEVEL)",
                                        fmt::join(rows.states, ", ")));
  }
  stats::FineGrayOptions options;
  if (as_crr) {
    options = {.ties = stats::Ties::kBreslow, .censoring = stats::CensoringTies::kTogether};
  } else {
    THAW_TRY(options.ties, ties_of(request));
    options.everyone = {rows.all_time, rows.all_event};
  }
  const auto fitted = stats::fit_fine_gray(covariates.x, rows.competing(),
                                           static_cast<std::uint8_t>(cause + 1), options);
  if (!fitted) {
    return named(fitted.error(), covariates.names);
  }
  const stats::FineGrayFit& fit = *fitted;
  std::vector<std::size_t> none;
  for (std::size_t j = 0; !fit.converged && j < covariates.names.size(); ++j) {
    none.push_back(j);
  }
  warn_of_infinity(covariates.names, none, warnings);
  warn_of_few_events(fit.events, covariates.names.size(), warnings);
  if (fit.competing == 0) {
    warnings.push_back(both("No other event was seen: this is Cox regression.",
                            "未观察到其他事件：此时即为 Cox 回归。"));
  }
  document["cause"] = rows.states[cause];
  document["convention"] = request.convention;
  document["ties"] = as_crr ? "breslow" : request.ties;
  document["coefficients"] =
      coefficient_array({covariates.names, fit.coef, fit.var, fit.robust_var, none});
  document["var"] = matrix(fit.var);
  document["robust_var"] = matrix(fit.robust_var);
  document["loglik"] = numbers(std::vector<double>{fit.log_likelihood_null, fit.log_likelihood});
  const int df = static_cast<int>(covariates.x.cols());
  json::object tests;
  tests["lr"] = test(2 * (fit.log_likelihood - fit.log_likelihood_null), df);
  tests["wald"] = fit.converged ? wald_test(fit.coef, fit.robust_var) : json::value(nullptr);
  tests["score"] = test(fit.score_test, df);
  document["tests"] = std::move(tests);
  document["events"] = fit.events;
  document["competing_events"] = fit.competing;
  document["iterations"] = fit.iterations;
  document["converged"] = fit.converged;
  return Done{};
}

Result<Done> add_failure_time(const SurvivalRows& rows, const SurvivalRequest& request,
                              json::object& document, json::array& warnings) {
  THAW_TRY(const stats::FailureLaw law, law_of(request));
  std::vector<std::string> names = rows.model.names();
  names[0] = "(Intercept)";
  const auto fitted = stats::fit_failure_time(
      rows.x, rows.data(),
      {.law = law, .robust = request.robust || !rows.weights.empty(), .cluster = rows.cluster});
  if (!fitted) {
    return named(fitted.error(), names);
  }
  const stats::FailureFit& fit = *fitted;
  std::vector<std::size_t> none;
  for (std::size_t j = 0; !fit.converged && j < names.size(); ++j) {
    none.push_back(j);
  }
  warn_of_infinity(names, none, warnings);
  warn_of_few_events(fit.events, names.size(), warnings);
  document["dist"] = request.dist;
  document["coefficients"] = coefficient_array({names, fit.coef, fit.var, fit.robust_var, none});
  const bool scaled = law != stats::FailureLaw::kExponential;
  document["scale"] =
      json::object{{"value", fit.scale},
                   {"log_se", scaled ? number(std::sqrt(fit.var(fit.coef.size(), fit.coef.size())))
                                     : json::value(nullptr)},
                   {"fixed", !scaled}};
  document["var"] = matrix(fit.var);
  document["robust_var"] =
      fit.robust_var.size() > 0 ? json::value(matrix(fit.robust_var)) : json::value(nullptr);
  document["loglik"] = numbers(std::vector<double>{fit.log_likelihood_null, fit.log_likelihood});
  json::object tests;
  const int df = static_cast<int>(names.size()) - 1;
  tests["lr"] = df > 0 ? json::value(test(2 * (fit.log_likelihood - fit.log_likelihood_null), df))
                       : json::value(nullptr);
  document["tests"] = std::move(tests);
  document["aic"] = 2 * static_cast<double>(fit.var.rows()) - 2 * fit.log_likelihood;
  document["events"] = fit.events;
  document["iterations"] = fit.iterations;
  document["converged"] = fit.converged;
  if (fit.converged && df > 0) {
    add_concordance(rows, rows.x, fit.coef, -1, document);
  } else {
    document["concordance"] = nullptr;
  }
  return Done{};
}

}  // namespace thaw::effect
