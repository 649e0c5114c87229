// The documents and the texts of the mixed and the joint model.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <cmath>

#include "effect/decline.h"
#include "effect/figure_text.h"

namespace thaw::effect {
namespace {

namespace json = boost::json;

json::value number(double value) {
  return std::isfinite(value) ? json::value(value) : json::value(nullptr);
}

/// Of a fit that did not converge only estimates are shown, under its warning.
json::value told_number(double value, bool converged) {
  return converged ? number(value) : json::value(nullptr);
}

json::object sentence(const Sentence& s) {
  return {{"en", s.en}, {"zh", s.zh}};
}

json::array sentences(const std::vector<Sentence>& all) {
  json::array out;
  for (const Sentence& s : all) {
    out.emplace_back(sentence(s));
  }
  return out;
}

json::object mixed_coefficient(const stats::MixedFit& fit, Eigen::Index j,
                               const std::string& term) {
  const auto told = [&](double value) { return told_number(value, fit.converged); };
  return {{"term", term},
          {"estimate", number(fit.coef[j])},
          {"se", told(fit.se[j])},
          {"df", told(fit.df[j])},
          {"statistic", told(fit.statistic[j])},
          {"p", told(fit.p_value[j])},
          {"ci_low", told(fit.low[j])},
          {"ci_high", told(fit.high[j])}};
}

json::array joint_coefficients(const std::vector<stats::JointCoefficient>& all,
                               const std::vector<std::string>& terms, bool ratio, bool converged) {
  const auto told = [&](double value) { return told_number(value, converged); };
  json::array out;
  for (std::size_t j = 0; j < all.size(); ++j) {
    const auto& c = all[j];
    json::object row{{"term", terms[j]}, {"estimate", number(c.value)}, {"se", told(c.se)},
                     {"p", told(c.p)},   {"ci_low", told(c.low)},       {"ci_high", told(c.high)}};
    if (ratio) {
      row["hazard_ratio"] = json::object{{"estimate", number(std::exp(c.value))},
                                         {"ci_low", told(std::exp(c.low))},
                                         {"ci_high", told(std::exp(c.high))}};
    }
    out.emplace_back(std::move(row));
  }
  return out;
}

/// Standard deviations and correlation of level and slope.
json::object spread_json(const stats::Matrix& random) {
  json::object out{{"sd_level", number(std::sqrt(random(0, 0)))}};
  if (random.cols() > 1) {
    out["sd_slope"] = number(std::sqrt(random(1, 1)));
    out["correlation"] = number(random(0, 1) / std::sqrt(random(0, 0) * random(1, 1)));
  }
  return out;
}

std::vector<std::string> link_terms(stats::JointLink link) {
  switch (link) {
    case stats::JointLink::kValue:
      return {"value"};
    case stats::JointLink::kSlope:
      return {"slope"};
    default:
      return {"value", "slope"};
  }
}

std::string line(const std::string& term, const stats::JointCoefficient& c, bool converged) {
  const auto told = [&](double value) { return converged ? value : HUGE_VAL; };
  return fmt::format("  {:<28} {}  {}  {}  {}  {}\n", term, figure(c.value, 9, 4),
                     figure(told(c.se), 8, 4), figure(told(c.low), 9, 4),
                     figure(told(c.high), 9, 4), short_figure(told(c.p)));
}

std::string notes(const std::vector<Sentence>& warnings, bool zh) {
  std::string out;
  for (const Sentence& warning : warnings) {
    out += (zh ? "注意：" + warning.zh : "Note: " + warning.en) + "\n";
  }
  return out;
}

std::string heading(bool zh) {
  return zh ? "  项                             估计      标准误      下限       上限      p\n"
            : "  term                          estimate        se        low       high  p\n";
}

}  // namespace

json::object slope_json(const SlopeResult& s) {
  json::object out{{"method", s.request.restricted ? "REML" : "ML"},
                   {"warnings", sentences(s.warnings)},
                   {"reading", sentence(s.reading)},
                   {"outcome", s.request.outcome},
                   {"time", s.request.time},
                   {"tests", s.request.normal || s.fit.singular ? "normal" : "satterthwaite"}};
  json::array coefficients;
  for (std::size_t j = 0; j < s.terms.size(); ++j) {
    coefficients.emplace_back(mixed_coefficient(s.fit, static_cast<Eigen::Index>(j), s.terms[j]));
  }
  out["coefficients"] = std::move(coefficients);
  out["random"] = spread_json(s.fit.random);
  out["sigma"] = number(std::sqrt(s.fit.sigma2));
  out["log_likelihood"] = number(s.fit.log_likelihood);
  out["converged"] = s.fit.converged;
  out["singular"] = s.fit.singular;
  out["iterations"] = s.fit.iterations;
  out["people"] = s.fit.persons;
  out["visits"] = s.fit.rows;
  out["excluded"] = s.excluded;
  out["data_hash"] = s.data_hash;
  return out;
}

json::object joint_json(const JointResult& s) {
  const stats::JointFit& fit = s.fit;
  json::object out{{"method", "ML"},
                   {"warnings", sentences(s.warnings)},
                   {"reading", sentence(s.reading)},
                   {"outcome", s.request.outcome},
                   {"time", s.request.time}};
  out["level"] = joint_coefficients(fit.level, s.level_terms, false, fit.converged);
  out["slope"] = joint_coefficients(fit.slope, s.slope_terms, false, fit.converged);
  out["hazard"] = joint_coefficients(fit.hazard, s.hazard_terms, true, fit.converged);
  out["link"] =
      joint_coefficients(fit.link, link_terms(s.request.options.link), true, fit.converged);
  json::array baseline;
  for (std::size_t k = 0; k < fit.baseline.size(); ++k) {
    baseline.emplace_back(json::object{{"from", number(fit.cuts[k])},
                                       {"to", number(fit.cuts[k + 1])},
                                       {"hazard", number(fit.baseline[k])}});
  }
  out["baseline"] = std::move(baseline);
  out["random"] = spread_json(fit.random);
  out["sigma"] = number(std::sqrt(fit.sigma2));
  json::array alone;
  for (std::size_t j = 0; j < s.slope_terms.size(); ++j) {
    alone.emplace_back(mixed_coefficient(
        s.line_alone, static_cast<Eigen::Index>(s.level_terms.size() + j), s.slope_terms[j]));
  }
  out["slope_without_events"] = std::move(alone);
  out["log_likelihood"] = number(fit.log_likelihood);
  out["converged"] = fit.converged;
  out["iterations"] = fit.iterations;
  out["nodes"] = s.request.options.nodes;
  out["people"] = fit.persons;
  out["visits"] = fit.visits;
  out["events"] = fit.events;
  out["excluded"] = json::object{{"people", s.excluded_people}, {"visits", s.excluded_visits}};
  out["data_hash"] = s.data_hash;
  return out;
}

std::string slope_text(const SlopeResult& s, std::string_view lang) {
  const bool zh = lang == "zh";
  std::string out = notes(s.warnings, zh) + (zh ? s.reading.zh : s.reading.en) + "\n" + heading(zh);
  for (std::size_t j = 0; j < s.terms.size(); ++j) {
    const auto at = static_cast<Eigen::Index>(j);
    out += line(s.terms[j],
                {s.fit.coef[at], s.fit.se[at], s.fit.low[at], s.fit.high[at], s.fit.p_value[at]},
                s.fit.converged);
  }
  out += fmt::format(
      fmt::runtime(zh ? "人与人之间的标准差：水平 {:.4f}" : "between people: sd of level {:.4f}"),
      std::sqrt(s.fit.random(0, 0)));
  if (s.fit.random.cols() > 1) {
    out += fmt::format(fmt::runtime(zh ? "，斜率 {:.4f}" : ", of slope {:.4f}"),
                       std::sqrt(s.fit.random(1, 1)));
  }
  return out + fmt::format(fmt::runtime(zh ? "；误差 {:.4f}" : "; error {:.4f}"),
                           std::sqrt(s.fit.sigma2));
}

std::string joint_text(const JointResult& s, std::string_view lang) {
  const bool zh = lang == "zh";
  std::string out = notes(s.warnings, zh) + (zh ? s.reading.zh : s.reading.en) + "\n" + heading(zh);
  const auto block = [&](const std::vector<stats::JointCoefficient>& all,
                         const std::vector<std::string>& terms, const std::string& name) {
    for (std::size_t j = 0; j < all.size(); ++j) {
      out += line(name + terms[j], all[j], s.fit.converged);
    }
  };
  block(s.fit.level, s.level_terms, zh ? "水平 " : "level ");
  block(s.fit.slope, s.slope_terms, zh ? "斜率 " : "slope ");
  block(s.fit.hazard, s.hazard_terms, zh ? "对数风险 " : "log hazard ");
  block(s.fit.link, link_terms(s.request.options.link), zh ? "联系 " : "link ");
  out += fmt::format(
      fmt::runtime(zh ? "人与人之间的标准差：水平 {:.4f}，斜率 {:.4f}；误差 {:.4f}"
                      : "between people: sd of level {:.4f}, of slope {:.4f}; error {:.4f}"),
      std::sqrt(s.fit.random(0, 0)), std::sqrt(s.fit.random(1, 1)), std::sqrt(s.fit.sigma2));
  return out;
}

}  // namespace thaw::effect
