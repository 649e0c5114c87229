#include <fmt/format.h>

#include "discovery/warnings.h"

namespace thaw::discovery {
namespace {

Words of_hidden_causes(Method method) {
  if (allows_hidden_causes(method)) {
    return {
        "Common causes that are not in the table are allowed: an arrowhead says 'not a cause "
        "of', a tail says 'a cause of', a circle says 'not known'.",
        "允许表中没有的共同原因：箭头表示“不是其原因”，尾端表示“是其原因”，圆圈表示“未知”。"};
  }
  return {"Every common cause of two columns is itself a column. A hidden one makes false arrows.",
          "任何两列的共同原因都在表中。若有隐藏的共同原因，会出现错误的箭头。"};
}

Words of_method(Method method) {
  switch (method) {
    case Method::kPc:
    case Method::kFci:
    case Method::kRfci:
      return {
          "What is independent in the data is separated in the graph (faithfulness): effects "
          "do not cancel each other out exactly.",
          "数据中的独立对应图中的分隔（忠实性）：各种作用不会恰好互相抵消。"};
    case Method::kGes:
    case Method::kBoss:
      return {
          "The graph with the best score is the true one, which holds with enough rows; its "
          "undirected edges may point either way.",
          "得分最高的图就是真实的图，这在行数足够多时成立；其中的无向边两个方向都有可能。"};
    case Method::kBossFci:
      return {
          "The best-scored graph gives a start, tests then remove edges; both need enough rows.",
          "先取得分最高的图，再用检验删边；两步都需要足够多的行。"};
    default:
      return {
          "Noise is not normal and independent of the causes; with normal noise this method "
          "says nothing.",
          "噪声不是正态的，并与原因独立；若噪声是正态的，这个方法说明不了什么。"};
  }
}

Words of_shape(const Discovery& found) {
  if (found.options.method == Method::kLingam) {
    return {"Effects are linear.", "作用是线性的。"};
  }
  const bool gaussian = found.test == TestKind::kFisherZ || found.score == ScoreKind::kBic;
  const bool mixed =
      found.test == TestKind::kDegenerateGaussian || found.score == ScoreKind::kDgBic;
  if (mixed) {
    return {
        "Numbers and categories together are taken as linear in numbers and in the indicators "
        "of each category.",
        "数值与类别混合时，按数值和各类别指示变量的线性关系处理。"};
  }
  if (gaussian) {
    return {"Effects are linear and noise about normal; a curved relation may be missed.",
            "作用是线性的，噪声近似正态；弯曲的关系可能看不出来。"};
  }
  return {"Categories without order; many categories need many rows.",
          "类别之间不分次序；类别多时需要很多行。"};
}

}  // namespace

std::vector<Words> assumptions_of(const Discovery& found) {
  std::vector<Words> all = {
      {"Nothing causes itself in a circle, and rows are independent of each other and alike.",
       "没有首尾相接的因果环；各行相互独立且来自同样的总体。"},
      {"Who is in the table does not depend on the columns together (no selection).",
       "谁出现在表中，不取决于这些列的共同取值（没有选择偏倚）。"},
      of_hidden_causes(found.options.method),
      of_method(found.options.method),
      of_shape(found)};
  if (found.missing) {
    all.push_back(missing_words(found));
  }
  if (found.panel) {
    all.push_back(
        {"People are pooled and what causes what is the same at every visit. What came before the "
         "window is not seen: read the edges into the latest visit, not those among the earliest.",
         "把所有人合在一起，并假定每次随访之间的因果关系相同。窗口之前的情况看不到：请读指向最近"
         "一次随访的边，而不要读最早一次随访内部的边。"});
  }
  return all;
}

Words missing_words(const Discovery& found) {
  if (!found.missing) {
    return {"No value is missing.", "没有缺失值。"};
  }
  switch (*found.missing) {
    case MissingPolicy::kTestwise:
      return {
          "Each test or correlation used the rows that have its variables. Right when values "
          "are missing completely at random (MCAR); else edges may be false or missed.",
          "每个检验或相关系数都用含有所需变量的行。只有完全随机缺失（MCAR）时才可靠；否则可能出现"
          "假边或漏边。"};
    case MissingPolicy::kComplete:
      return {fmt::format("Only the {} of {} rows without a missing value were used. Right when "
                          "rows are complete at random (MCAR).",
                          found.rows_complete, found.n_rows),
              fmt::format("只用了 {1} 行中没有缺失值的 {0} 行。只有完全随机缺失（MCAR）时才可靠。",
                          found.rows_complete, found.n_rows)};
    default:
      return {
          fmt::format("Missing values were drawn {} times from regressions on the other columns; "
                      "the graph that differs least from the others is shown. Right when what is "
                      "missing depends only on what is seen (MAR) and the regressions fit.",
                      found.imputations),
          fmt::format("缺失值由对其他列的回归抽取 {} 次；给出的是与其余各图差别最小的图。只有缺失"
                      "仅取决于已观察到的值（MAR）且回归合适时才可靠。",
                      found.imputations)};
  }
}

Words reason_words(KindReason reason) {
  switch (reason) {
    case KindReason::kRealNumbers:
      return {"numbers with decimals", "带小数的数"};
    case KindReason::kManyIntegers:
      return {fmt::format("whole numbers, more than {} different ones", kMaxCodes),
              fmt::format("整数，不同的值超过 {} 个", kMaxCodes)};
    case KindReason::kFewIntegers:
      return {fmt::format("whole numbers, at most {} different ones: taken for codes", kMaxCodes),
              fmt::format("整数，不同的值不超过 {} 个：当作类别编码", kMaxCodes)};
    case KindReason::kCategory:
      return {"words", "文字类别"};
    case KindReason::kBoolean:
      return {"true or false", "是或否"};
    default:
      return {"as you said", "按您的说明"};
  }
}

Words frequency_words(const BootstrapReport& report) {
  return {fmt::format("How often the edge came back with these marks when {} were drawn anew, {} "
                      "times. It measures how much the sample decides. It is no probability that "
                      "the arrow is true: a wrong assumption makes false edges that come back "
                      "every time.",
                      report.by_person ? "people" : "rows", report.done),
          fmt::format("把{}重新抽取 {} 次时，这条边带着同样的端点标记再次出现的比例。它说明结果多大"
                      "程度上取决于样本，而不是箭头为真的概率：假设有误时，错误的边每次都会出现。",
                      report.by_person ? "人" : "行", report.done)};
}

Words ida_words(const Discovery& found) {
  if (found.ida) {
    return {
        "One possible total effect for each choice of direct causes that the graph leaves open. "
        "The intervals take the graph as known and linear effects as given, and are too narrow "
        "for having learned it from the same rows. Do not act on one of them alone.",
        "对图中未定的每一种直接原因的组合，给出一个可能的总效应。区间把图当作已知、把作用当作"
        "线性；由于图是从同一批数据学来的，区间偏窄。不要只凭其中一个数字行动。"};
  }
  switch (found.ida_causation.value_or(Causation::kMayBe)) {
    case Causation::kIs:
      return {
          "In every graph that fits, the first causes the second. How strongly is not computed "
          "from this kind of graph or data.",
          "在所有相符的图中，前者都是后者的原因。由这类图或数据不计算强度。"};
    case Causation::kCannotBe:
      return {"In no graph that fits does the first cause the second.",
              "在所有相符的图中，前者都不是后者的原因。"};
    default:
      return {"The first may cause the second; the data do not settle it.",
              "前者可能是后者的原因；数据不足以确定。"};
  }
}

}  // namespace thaw::discovery
