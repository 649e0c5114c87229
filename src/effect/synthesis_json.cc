#include "effect/synthesis_json.h"

#include <boost/json.hpp>
#include <cmath>

namespace thaw::effect {
namespace {

namespace json = boost::json;

json::value number(double value) {
  return std::isfinite(value) ? json::value(value) : json::value(nullptr);
}

json::value optional_number(const std::optional<double>& value) {
  return value ? number(*value) : json::value(nullptr);
}

json::object sentence(const Sentence& s) {
  return {{"en", s.en}, {"zh", s.zh}};
}

json::object test_json(const stats::WaldTest& test) {
  return {{"statistic", number(test.statistic)},
          {"df", test.df},
          {"df_error", optional_number(test.df2)},
          {"p", number(test.p)}};
}

json::value interval_json(const std::optional<stats::Tau2Interval>& interval) {
  if (!interval) {
    return nullptr;
  }
  return json::object{{"low", interval->empty ? json::value(nullptr) : number(interval->low)},
                      {"high", interval->empty || interval->unbounded ? json::value(nullptr)
                                                                      : number(interval->high)},
                      {"empty", interval->empty}};
}

/// The fields that a flat and a clustered fit share.
template <class Fit>
json::array coefficients(const Fit& fit, const std::vector<std::string>& terms) {
  json::array all;
  for (std::size_t j = 0; j < terms.size(); ++j) {
    const auto at = static_cast<Eigen::Index>(j);
    all.emplace_back(json::object{{"term", terms[j]},
                                  {"estimate", number(fit.coef[at])},
                                  {"se", number(fit.se[at])},
                                  {"statistic", number(fit.statistic[at])},
                                  {"p", number(fit.p_value[at])},
                                  {"ci_low", number(fit.low[at])},
                                  {"ci_high", number(fit.high[at])}});
  }
  return all;
}

json::object mean_json(const Synthesis& s) {
  json::object out{{"estimate", number(s.mean.value)},
                   {"se", number(s.mean.se)},
                   {"ci_low", number(s.mean.low)},
                   {"ci_high", number(s.mean.high)}};
  const bool random = s.request.method != stats::Tau2Method::kFe;
  out["prediction"] = random ? json::value(json::object{{"low", number(s.mean.new_low)},
                                                        {"high", number(s.mean.new_high)}})
                             : json::value(nullptr);
  if (s.ratio()) {
    json::object ratio{{"estimate", number(std::exp(s.mean.value))},
                       {"ci_low", number(std::exp(s.mean.low))},
                       {"ci_high", number(std::exp(s.mean.high))}};
    if (random) {
      ratio["prediction"] = json::object{{"low", number(std::exp(s.mean.new_low))},
                                         {"high", number(std::exp(s.mean.new_high))}};
    }
    out["ratio"] = std::move(ratio);
  }
  return out;
}

json::object tau2_json(const Synthesis& s) {
  const stats::Tau2Estimate& tau2 = s.fit.tau2;
  return {{"estimate", number(tau2.value)},
          {"se", optional_number(tau2.se)},
          {"q_profile", interval_json(s.q_profile)},
          {"profile_likelihood", interval_json(s.likelihood)},
          {"converged", tau2.converged},
          {"iterations", tau2.iterations},
          {"last_step", number(tau2.last_step)}};
}

json::value multilevel_json(const Synthesis& s) {
  if (!s.multilevel) {
    return nullptr;
  }
  const stats::MultilevelFit& m = *s.multilevel;
  return json::object{{"cluster", s.request.cluster},
                      {"clusters", m.clusters},
                      {"units", m.units},
                      {"sigma2", json::array{number(m.sigma2_cluster), number(m.sigma2_unit)}},
                      {"sigma2_intervals", json::array{interval_json(m.cluster_interval),
                                                       interval_json(m.unit_interval)}},
                      {"i2", json::array{number(m.i2_cluster), number(m.i2_unit)}},
                      {"converged", m.converged},
                      {"iterations", m.iterations}};
}

json::value influence_json(const Synthesis& s, std::size_t i) {
  if (i >= s.influence.size() || !s.influence[i].told) {
    return nullptr;
  }
  const stats::StudyInfluence& f = s.influence[i];
  json::object out{{"rstudent", number(f.rstudent)}, {"dffits", number(f.dffits)},
                   {"cook", number(f.cook)},         {"cov_ratio", number(f.cov_ratio)},
                   {"tau2", number(f.tau2)},         {"q", number(f.q_e)}};
  json::array dfbetas, without;
  for (Eigen::Index j = 0; j < f.coef.size(); ++j) {
    dfbetas.emplace_back(number(f.dfbetas[j]));
    without.emplace_back(json::object{{"estimate", number(f.coef[j])},
                                      {"se", number(f.se[j])},
                                      {"ci_low", number(f.coef[j] - s.fit.critical * f.se[j])},
                                      {"ci_high", number(f.coef[j] + s.fit.critical * f.se[j])}});
  }
  out["dfbetas"] = std::move(dfbetas);
  out["without"] = std::move(without);
  return out;
}

json::array studies_json(const Synthesis& s) {
  constexpr double kZ95 = 1.959963984540054;
  json::array all;
  for (std::size_t i = 0; i < s.studies.size(); ++i) {
    const StudyRow& study = s.studies[i];
    const auto at = static_cast<Eigen::Index>(i);
    const double half = kZ95 * std::sqrt(study.v);
    json::object row{{"label", study.label},
                     {"row", study.row},
                     {"estimate", number(study.y)},
                     {"variance", number(study.v)},
                     {"ci_low", number(study.y - half)},
                     {"ci_high", number(study.y + half)}};
    if (s.multilevel) {
      row["cluster"] = study.cluster;
      row["unit"] = study.unit.empty() ? json::value(nullptr) : json::value(study.unit);
    } else {
      row["weight"] = number(s.fit.weights[at]);
      row["fitted"] = number(s.fit.fitted[at]);
      row["hat"] = number(s.fit.hat[at]);
      row["influence"] = influence_json(s, i);
    }
    all.emplace_back(std::move(row));
  }
  return all;
}

json::object small_studies_json(const Synthesis& s) {
  json::object out;
  out["egger"] = s.egger ? json::value(json::object{{"slope", number(s.egger->slope)},
                                                    {"statistic", number(s.egger->statistic)},
                                                    {"df", optional_number(s.egger->df)},
                                                    {"p", number(s.egger->p)},
                                                    {"limit", number(s.egger->limit)},
                                                    {"limit_low", number(s.egger->limit_low)},
                                                    {"limit_high", number(s.egger->limit_high)}})
                         : json::value(nullptr);
  out["rank"] =
      s.rank
          ? json::value(json::object{
                {"tau", number(s.rank->tau)}, {"p", number(s.rank->p)}, {"exact", s.rank->exact}})
          : json::value(nullptr);
  if (s.trim_fill) {
    json::object filled{{"missing", s.trim_fill->missing},
                        {"missing_se", number(s.trim_fill->missing_se)},
                        {"side", s.trim_fill->on_right ? "right" : "left"},
                        {"converged", s.trim_fill->converged},
                        {"tau2", number(s.trim_fill->fit.tau2.value)}};
    filled["fit"] = coefficients(s.trim_fill->fit, {"1"})[0];
    json::array points;
    for (std::size_t i = 0; i < s.trim_fill->filled_y.size(); ++i) {
      points.emplace_back(json::object{{"estimate", number(s.trim_fill->filled_y[i])},
                                       {"variance", number(s.trim_fill->filled_v[i])}});
    }
    filled["filled"] = std::move(points);
    out["trim_fill"] = std::move(filled);
  } else {
    out["trim_fill"] = nullptr;
  }
  out["fail_safe_n"] = optional_number(s.fail_safe_n);
  return out;
}

json::value counts_json(const Synthesis& s) {
  if (!s.pooled_counts) {
    return nullptr;
  }
  const stats::PooledCounts& c = *s.pooled_counts;
  const auto measure = s.request.count_measure.value_or(stats::CountMeasure::kLogOddsRatio);
  return json::object{
      {"method", measure == stats::CountMeasure::kPeto ? "Peto" : "Mantel-Haenszel"},
      {"measure", stats::to_string(measure)},
      {"estimate", number(c.value)},
      {"se", number(c.se)},
      {"ci_low", number(c.low)},
      {"ci_high", number(c.high)},
      {"statistic", number(c.statistic)},
      {"p", number(c.p)},
      {"q", json::object{{"statistic", number(c.q)}, {"df", c.df}, {"p", number(c.q_p)}}}};
}

}  // namespace

json::object synthesis_json(const Synthesis& s) {
  json::object out;
  out["method"] = stats::to_string(s.request.method);
  out["knapp_hartung"] = s.request.knapp_hartung;
  out["measure"] =
      s.request.measure.empty() ? json::value(nullptr) : json::value(s.request.measure);
  out["k"] = s.studies.size();
  json::array warnings;
  for (const Sentence& warning : s.warnings) {
    warnings.emplace_back(sentence(warning));
  }
  out["warnings"] = std::move(warnings);
  out["reading"] = sentence(s.reading);
  for (auto& [key, value] : mean_json(s)) {
    out[key] = std::move(value);
  }
  out["coefficients"] =
      s.multilevel ? coefficients(*s.multilevel, s.terms) : coefficients(s.fit, s.terms);
  out["df"] = optional_number(s.multilevel ? s.multilevel->df : s.fit.df);
  out["knapp_hartung_factor"] = s.multilevel ? json::value(nullptr) : number(s.fit.scale);
  out["tau2"] = s.multilevel ? json::value(nullptr) : json::value(tau2_json(s));
  out["multilevel"] = multilevel_json(s);
  out["i2"] = number(s.multilevel ? s.multilevel->i2_cluster + s.multilevel->i2_unit : s.fit.i2);
  out["h2"] = s.multilevel ? json::value(nullptr) : number(s.fit.h2);
  out["q"] = test_json(s.fit.heterogeneity);
  const auto& moderators = s.multilevel ? s.multilevel->moderators : s.fit.moderators;
  out["moderators"] = moderators ? json::value(test_json(*moderators)) : json::value(nullptr);
  out["r2"] = optional_number(s.multilevel ? std::nullopt : s.r2);
  out["log_likelihood"] =
      number(s.multilevel ? s.multilevel->log_likelihood : s.fit.log_likelihood);
  out["small_studies"] = small_studies_json(s);
  out["counts"] = counts_json(s);
  out["studies"] = studies_json(s);
  json::array excluded;
  for (const ExcludedStudy& e : s.excluded) {
    excluded.emplace_back(json::object{{"row", e.row}, {"reason", sentence(e.reason)}});
  }
  out["excluded"] = std::move(excluded);
  out["data_hash"] = s.data_hash;
  return out;
}

}  // namespace thaw::effect
