// A synthesis as lines for people, and as a script for R.
#include <fmt/format.h>

#include <cmath>

#include "effect/figure_text.h"
#include "effect/synthesis_json.h"

namespace thaw::effect {
namespace {

/// A string literal of R.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
    }
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + "\"";
}

template <class Value>
std::string r_vector(const std::vector<StudyRow>& studies, Value value) {
  std::string out = "c(";
  for (std::size_t i = 0; i < studies.size(); ++i) {
    out += (i > 0 ? ", " : "") + value(i);
  }
  return out + ")";
}

template <class Fit>
std::string coefficient_lines(const Fit& fit, const std::vector<std::string>& terms) {
  std::string out;
  for (std::size_t j = 0; j < terms.size(); ++j) {
    const auto at = static_cast<Eigen::Index>(j);
    out += fmt::format("  {:<24} {}  {}  {}  {}  {}\n", terms[j], figure(fit.coef[at], 9, 4),
                       figure(fit.se[at], 8, 4), figure(fit.low[at], 9, 4),
                       figure(fit.high[at], 9, 4), short_figure(fit.p_value[at]));
  }
  return out;
}

std::string spread_line(const Synthesis& s, bool zh) {
  if (s.multilevel) {
    return fmt::format(fmt::runtime(zh ? "簇间方差 {:.4f}，簇内方差 {:.4f}\n"
                                       : "variance between clusters {:.4f}, within {:.4f}\n"),
                       s.multilevel->sigma2_cluster, s.multilevel->sigma2_unit);
  }
  const auto& q = s.fit.heterogeneity;
  std::string out = fmt::format(
      fmt::runtime(zh ? "tau² = {:.4f}，I² = {:.1f} %，Q({:.0f}) = {:.2f}，p = {:.2g}"
                      : "tau^2 = {:.4f}, I^2 = {:.1f} %, Q({:.0f}) = {:.2f}, p = {:.2g}"),
      s.fit.tau2.value, 100 * s.fit.i2, q.df, q.statistic, q.p);
  if (s.q_profile && !s.q_profile->empty && !s.q_profile->unbounded) {
    out += fmt::format(fmt::runtime(zh ? "；tau² 的 95 % 区间 {:.4f} 至 {:.4f}"
                                       : "; 95 % interval of tau^2 {:.4f} to {:.4f}"),
                       s.q_profile->low, s.q_profile->high);
  }
  return out + "\n";
}

}  // namespace

std::string synthesis_text(const Synthesis& s, std::string_view lang) {
  const bool zh = lang == "zh";
  std::string out;
  for (const Sentence& warning : s.warnings) {
    out += (zh ? "注意：" + warning.zh : "Note: " + warning.en) + "\n";
  }
  out += (zh ? s.reading.zh : s.reading.en) + "\n";
  out += zh ? "  项                         估计      标准误      下限       上限      p\n"
            : "  term                      estimate        se        low       high  p\n";
  out +=
      s.multilevel ? coefficient_lines(*s.multilevel, s.terms) : coefficient_lines(s.fit, s.terms);
  out += spread_line(s, zh);
  if (s.r2) {
    out += fmt::format(fmt::runtime(zh ? "调节变量解释了 {:.1f} % 的研究间差异\n"
                                       : "moderators explain {:.1f} % of the heterogeneity\n"),
                       100 * *s.r2);
  }
  if (s.egger && s.rank) {
    out += fmt::format(fmt::runtime(zh ? "小型研究：Egger p = {}，秩检验 p = {}\n"
                                       : "small studies: Egger p = {}, rank test p = {}\n"),
                       short_figure(s.egger->p), short_figure(s.rank->p));
  }
  if (s.trim_fill) {
    out +=
        fmt::format(fmt::runtime(zh ? "剪补法：补入 {} 项后为 {:.4f}（{} 至 {}）\n"
                                    : "trim and fill: with {} filled in {:.4f} ({} to {})\n"),
                    s.trim_fill->missing, s.trim_fill->fit.coef[0],
                    figure(s.trim_fill->fit.low[0], 0, 4), figure(s.trim_fill->fit.high[0], 0, 4));
  }
  out.pop_back();
  return out;
}

std::string meta_r_script(const Synthesis& s) {
  std::string out =
      "# Pools the studies again; needs R with the package metafor.\nlibrary(metafor)\n"
      "d <- data.frame(\n";
  out +=
      "  label = " + r_vector(s.studies, [&](std::size_t i) { return quoted(s.studies[i].label); });
  out += ",\n  yi = " +
         r_vector(s.studies, [&](std::size_t i) { return fmt::format("{}", s.studies[i].y); });
  out += ",\n  vi = " +
         r_vector(s.studies, [&](std::size_t i) { return fmt::format("{}", s.studies[i].v); });
  std::string moderators;
  for (std::size_t j = 1; j < s.terms.size(); ++j) {
    const std::string name = fmt::format("x{}", j);
    moderators += (j > 1 ? " + " : "") + name;
    out +=
        fmt::format(",\n  {} = ", name) + r_vector(s.studies, [&](std::size_t i) {
          return fmt::format("{}", s.x(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)));
        });
  }
  if (s.multilevel) {
    out += ",\n  cluster = " +
           r_vector(s.studies, [&](std::size_t i) { return quoted(s.studies[i].cluster); });
    out += ",\n  unit = " + r_vector(s.studies, [&](std::size_t i) {
             const std::string& unit = s.studies[i].unit;
             return quoted(unit.empty() ? fmt::format("{}", s.studies[i].row) : unit);
           });
  }
  out += ")\n";
  for (std::size_t j = 1; j < s.terms.size(); ++j) {
    out += fmt::format("# x{} is {}\n", j, quoted(s.terms[j]));
  }
  const std::string mods = moderators.empty() ? "" : ", mods = ~ " + moderators;
  if (s.multilevel) {
    return out + fmt::format(
                     "fit <- rma.mv(yi, vi{}, random = ~ 1 | cluster/unit, data = d, method = "
                     "\"{}\"{})\nprint(fit, digits = 10)\n",
                     mods, stats::to_string(s.request.method),
                     s.request.knapp_hartung ? ", test = \"t\"" : "");
  }
  const std::string control =
      s.request.tolerance > 0 ? ", control = list(threshold = 1e-12, maxiter = 1000)" : "";
  const std::string_view name = s.request.widen_only ? "adhoc" : "knha";
  const std::string test =
      s.request.knapp_hartung ? fmt::format(", test = \"{}\"", name) : std::string();
  return out + fmt::format(
                   "fit <- rma(yi, vi{}, data = d, method = \"{}\"{}{})\n"
                   "print(fit, digits = 10)\n",
                   mods, stats::to_string(s.request.method), test, control);
}

}  // namespace thaw::effect
