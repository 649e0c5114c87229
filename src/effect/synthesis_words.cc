// What the numbers of a synthesis say, and do not say, in words.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "effect/figure_text.h"
#include "effect/synthesis.h"

namespace thaw::effect {
namespace {

constexpr std::size_t kFewStudies = 5;
constexpr std::size_t kFewForBias = 10;

std::string shown(const Synthesis& s, double value) {
  return short_figure(s.ratio() ? std::exp(value) : value);
}

bool converged(const Synthesis& s) {
  return s.multilevel ? s.multilevel->converged : s.fit.tau2.converged;
}

void add(Synthesis& s, std::string en, std::string zh) {
  s.warnings.push_back({std::move(en), std::move(zh)});
}

/// Of a fit that did not converge only the estimate is shown, with its warning.
template <class Fit>
void withhold(Fit& fit) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  fit.critical = kNone;
  for (stats::Vector* figures : {&fit.se, &fit.statistic, &fit.p_value, &fit.low, &fit.high}) {
    figures->setConstant(fit.coef.size(), kNone);
  }
  if (fit.moderators) {
    fit.moderators->statistic = kNone;
    fit.moderators->p = kNone;
  }
}

void withhold_unless_converged(Synthesis& s) {
  if (s.trim_fill && !s.trim_fill->fit.tau2.converged) {
    withhold(s.trim_fill->fit);
  }
  if (!s.fit.tau2.converged) {
    withhold(s.fit);
  }
  if (converged(s)) {
    return;
  }
  if (s.multilevel) {
    withhold(*s.multilevel);
  }
  for (double* figure :
       {&s.mean.se, &s.mean.low, &s.mean.high, &s.mean.new_low, &s.mean.new_high}) {
    *figure = std::numeric_limits<double>::quiet_NaN();
  }
}

void warn_about_fit(Synthesis& s) {
  if (!converged(s)) {
    add(s,
        "The search for the variance between studies did not converge: do not use these numbers.",
        "研究间方差的求解没有收敛：请勿使用这些数字。");
  }
  const std::size_t k = s.studies.size();
  if (k < kFewStudies && s.request.method != stats::Tau2Method::kFe) {
    add(s,
        fmt::format("Only {} studies: how much they truly differ is nearly unknown, whatever the "
                    "estimate says.",
                    k),
        fmt::format("只有 {} 项研究：无论估计值如何，它们真实相差多少几乎无从得知。", k));
  }
  if (s.request.method == stats::Tau2Method::kFe && s.fit.heterogeneity.p < 0.1) {
    add(s,
        "The studies differ more than chance allows, and the common-effect model has no room for "
        "that: its interval is too narrow. Use reml.",
        "各研究的差异超出机遇所能解释，而共同效应模型不容纳这种差异：其区间过窄。请改用 reml。");
  }
  if (s.fit.no_spread && !s.multilevel) {
    add(s,
        "The studies agree almost exactly, so their spread says nothing of chance: Knapp and "
        "Hartung's test and interval cannot be told. Use the plain interval.",
        "各研究几乎完全一致，其离散程度无法反映机遇：无法给出 Knapp-Hartung "
        "检验与区间。请使用普通区间。");
  } else if (s.request.knapp_hartung && s.fit.scale < 1 && !s.multilevel) {
    add(s,
        fmt::format(
            "The Knapp-Hartung factor is {:.2f}, below 1: it narrows the interval here. The "
            "plain interval is the more careful one.",
            s.fit.scale),
        fmt::format("Knapp-Hartung 系数为 {:.2f}，小于 1：此处它使区间变窄。普通区间更为谨慎。",
                    s.fit.scale));
  }
  double least = s.studies.front().v;
  double most = least;
  for (const StudyRow& study : s.studies) {
    least = std::min(least, study.v);
    most = std::max(most, study.v);
  }
  if (most > 1e7 * least) {
    add(s,
        "The largest variance is over ten million times the smallest: check that no standard error "
        "stands among the variances.",
        "最大方差超过最小方差的一千万倍：请检查方差列中是否混入了标准误。");
  }
}

void warn_about_studies(Synthesis& s) {
  if (!s.excluded.empty()) {
    add(s, fmt::format("{} rows were left out; each is listed with its reason.", s.excluded.size()),
        fmt::format("有 {} 行未纳入，逐行列出原因。", s.excluded.size()));
  }
  const std::size_t parameters = s.terms.size() - 1;
  if (parameters > 0 && s.studies.size() < 10 * parameters) {
    add(s,
        fmt::format(
            "{} studies for {} moderator terms: fewer than ten each, so a moderator may fit "
            "by chance.",
            s.studies.size(), parameters),
        fmt::format("{} 项研究对应 {} 个调节项：每项不足十个研究，调节作用可能只是巧合。",
                    s.studies.size(), parameters));
  }
  if (s.egger && s.egger->p < 0.1 && s.studies.size() >= kFewForBias) {
    add(s,
        fmt::format("Small studies find other effects than large ones (Egger p = {:.2g}): some may "
                    "be missing, or they differ in kind.",
                    s.egger->p),
        fmt::format(
            "小型研究与大型研究的结果不同（Egger p = {:.2g}）：可能有研究未发表，也可能性质不同。",
            s.egger->p));
  }
  // The answer hangs on one study when leaving it out moves 0 into or out of the interval.
  const bool certain = s.fit.low[0] > 0 || s.fit.high[0] < 0;
  for (std::size_t i = 0; i < s.influence.size() && s.terms.size() == 1; ++i) {
    const auto& without = s.influence[i];
    if (!without.told || !std::isfinite(s.fit.critical * without.se[0])) {
      continue;
    }
    const double half = s.fit.critical * without.se[0];
    const bool still = without.coef[0] - half > 0 || without.coef[0] + half < 0;
    if (still != certain) {
      const std::string& name = s.studies[i].label;
      add(s, fmt::format("Without the study {} the answer would be another one.", name),
          fmt::format("若去掉研究 {}，结论将会改变。", name));
    }
  }
}

Sentence heterogeneity_words(const Synthesis& s) {
  const double tau2 =
      s.multilevel ? s.multilevel->sigma2_cluster + s.multilevel->sigma2_unit : s.fit.tau2.value;
  if (s.request.method == stats::Tau2Method::kFe) {
    return {"This supposes that all studies measure one and the same effect.",
            "此结果假定所有研究测量的是同一个效应。"};
  }
  if (tau2 == 0) {
    return {
        "The studies differ no more than chance would make them; that is not proof that they do "
        "not differ.",
        "各研究的差异不超过机遇所致；但这并不证明它们没有差异。"};
  }
  const double i2 = s.multilevel ? s.multilevel->i2_cluster + s.multilevel->i2_unit : s.fit.i2;
  const bool null_inside = s.mean.new_low < 0 && s.mean.new_high > 0;
  return {
      fmt::format("About {:.0f} % of the variation between studies is real, not chance. The true "
                  "effect in a new study like these would lie between {} and {}{}.",
                  100 * i2, shown(s, s.mean.new_low), shown(s, s.mean.new_high),
                  null_inside ? ", so it may also be none or the opposite" : ""),
      fmt::format(
          "研究间的变异约有 {:.0f} % 是真实的，而非机遇。在一项类似的新研究中，真实效应会在 {} 到 "
          "{} 之间{}。",
          100 * i2, shown(s, s.mean.new_low), shown(s, s.mean.new_high),
          null_inside ? "，因此也可能没有效应或方向相反" : "")};
}

}  // namespace

void describe_synthesis(Synthesis& s) {
  s.warnings.clear();
  withhold_unless_converged(s);
  warn_about_fit(s);
  warn_about_studies(s);
  if (!converged(s)) {
    s.reading = {"The fit did not converge, so there is no answer.",
                 "拟合没有收敛，因此没有答案。"};
    return;
  }
  const Sentence differ = heterogeneity_words(s);
  const std::string measure = s.request.measure.empty() ? "" : " (" + s.request.measure + ")";
  const std::string measure_zh = s.request.measure.empty() ? "" : "（" + s.request.measure + "）";
  const bool at_means = s.terms.size() > 1;
  const bool told = std::isfinite(s.mean.low);
  const std::string low = shown(s, s.mean.low);
  const std::string high = shown(s, s.mean.high);
  s.reading.en = fmt::format(
      "{} studies together{}: {}{} ({}). {}", s.studies.size(), measure, shown(s, s.mean.value),
      at_means ? " at the mean of the moderators" : "",
      told ? fmt::format("95 % interval {} to {}", low, high) : "no interval", differ.en);
  s.reading.zh =
      fmt::format("{} 项研究合并{}：{}{}（{}）。{}", s.studies.size(), measure_zh,
                  shown(s, s.mean.value), at_means ? "（调节变量取均值时）" : "",
                  told ? fmt::format("95 % 区间 {} 至 {}", low, high) : "没有区间", differ.zh);
}

}  // namespace thaw::effect
