#include "effect/effect_words.h"

#include <cmath>

namespace thaw::effect {
namespace {

Words estimand_words(const EffectAnswer& answer) {
  const PointQuestion& q = answer.request.question;
  const Settings& s = answer.request.settings;
  const auto what = [&](std::string_view en, std::string_view zh) {
    return words(en, zh, q.outcome, q.treatment);
  };
  if (s.method == Method::kIv) {
    return what(
        "change of the mean of {0} by one unit of {1}, among those whose {1} the instrument moves",
        "在 {1} 受工具变量影响的人中，{1} 每增加一个单位时 {0} 均值的变化");
  }
  if (!answer.binary_treatment) {
    return what("change of the mean of {0} by one unit of {1}, taken to be the same for everybody",
                "{1} 每增加一个单位时 {0} 均值的变化（视为人人相同）");
  }
  if (s.method == Method::kOls || s.method == Method::kDml) {
    return what("mean difference of {0}, {1} 1 against 0, taken to be the same for everybody",
                "{1} 为 1 与为 0 时 {0} 的均值差（视为人人相同）");
  }
  switch (s.population) {
    case Population::kTreated:
      return what("mean difference of {0}, {1} 1 against 0, among the treated",
                  "治疗者中，{1} 为 1 与为 0 时 {0} 的均值差");
    case Population::kUntreated:
      return what("mean difference of {0}, {1} 1 against 0, among the untreated",
                  "未治疗者中，{1} 为 1 与为 0 时 {0} 的均值差");
    default:
      return what("mean difference of {0}, {1} 1 against 0, everybody",
                  "所有人中，{1} 为 1 与为 0 时 {0} 的均值差");
  }
}

Words method_words(Method method, bool model_variance) {
  switch (method) {
    case Method::kOls:
      if (model_variance) {
        return {"linear regression, one noise variance for all", "线性回归，等方差"};
      }
      return {"linear regression with robust standard errors", "线性回归，稳健标准误"};
    case Method::kGFormula:
      return {"g-formula (standardisation)", "g 公式（标准化）"};
    case Method::kIpw:
      return {"inverse probability of treatment weighting", "治疗概率逆加权"};
    case Method::kMatch:
      return {"matching on nearest neighbours", "最近邻匹配"};
    case Method::kAipw:
      return {"augmented inverse probability weighting (doubly robust)",
              "增广逆概率加权（双重稳健）"};
    case Method::kTmle:
      return {"targeted maximum likelihood (doubly robust)", "靶向最大似然（双重稳健）"};
    case Method::kDml:
      return {"double machine learning, partially linear", "双重机器学习（部分线性）"};
    case Method::kIv:
      return {"instrument, two-stage least squares", "工具变量，两阶段最小二乘"};
  }
  return {};
}

void warn(EffectAnswer& answer, Words sentence) {
  answer.warnings.push_back(std::move(sentence));
}

}  // namespace

void describe(EffectAnswer& answer) {
  const PointQuestion& q = answer.request.question;
  const Settings& s = answer.request.settings;
  answer.treatment_words = estimand_words(answer);
  answer.method_words = method_words(s.method, s.model_variance);
  answer.estimate.estimand = answer.treatment_words.en;
  answer.estimate.method = answer.method_words.en;
  if (q.adjust.empty() && s.method != Method::kIv) {
    warn(answer, words("nothing is adjusted for: this is the effect only if treatment was assigned "
                       "by lot",
                       "未调整任何变量：只有治疗是随机分配时，这才是治疗效果"));
  }
  if (answer.excluded > 0) {
    std::string where;
    for (const Gap& gap : answer.gaps) {
      where += fmt::format("{}{} {}", where.empty() ? "" : ", ", gap.column, gap.rows);
    }
    warn(answer, words("{} rows were left out for gaps ({}): the answer is that of the others",
                       "因缺失而略去 {} 行（{}）：答案只适用于其余的人", answer.excluded, where));
  }
  if (s.method == Method::kOls && answer.se_model &&
      std::fabs(std::log(answer.estimate.se / *answer.se_model)) > std::log(1.15)) {
    warn(answer, words("the robust standard error ({:.4g}) and that of one noise variance ({:.4g}) "
                       "differ: the noise is unequal",
                       "稳健标准误（{:.4g}）与等方差标准误（{:.4g}）不同：误差方差不等",
                       answer.estimate.se, *answer.se_model));
  }
  if (answer.binary_outcome && (s.method == Method::kOls || s.method == Method::kDml)) {
    warn(answer, words("the outcome is yes or no: a line is fitted to its probability, which holds "
                       "in the middle of 0 to 1 only",
                       "结局为是或否：此法对概率作线性拟合，只在 0 到 1 的中段可靠"));
  }
  if (answer.estimate.n < 100) {
    warn(answer, words("{} people only: intervals are approximate", "只有 {} 人：区间仅为近似",
                       answer.estimate.n));
  }
}

}  // namespace thaw::effect
