#include "discovery/warnings.h"

#include <fmt/format.h>

#include <algorithm>

namespace thaw::discovery {
namespace {

constexpr double kManyRowsLost = 0.2;
constexpr std::size_t kFewRows = 100;
constexpr std::size_t kRoughBootstrap = 50;
constexpr double kUnevenVisits = 0.1;
constexpr std::size_t kNamesShown = 8;

class Warnings {
 public:
  explicit Warnings(const Discovery& found) : found_(found), notices_(found.learned.warnings) {}

  std::vector<Notice> all() {
    of_rows();
    of_kinds();
    of_repeats();
    of_learning();
    of_bootstrap();
    of_panel();
    return std::move(notices_);
  }

 private:
  void add(std::string code, std::string en, std::string zh) {
    notices_.push_back({std::move(code), {std::move(en), std::move(zh)}});
  }

  void of_rows() {
    const auto lost =
        static_cast<double>(found_.n_rows - found_.rows_used) / static_cast<double>(found_.n_rows);
    if (lost > kManyRowsLost) {
      add("rows_left_out",
          fmt::format("{:.0f} % of the rows miss a value and were left out; the graph is that of "
                      "the others, who may differ",
                      100 * lost),
          fmt::format("{:.0f} % 的行有缺失值而被舍弃；得到的图只代表其余的行，两者可能不同",
                      100 * lost));
    }
    if (found_.rows_used < kFewRows) {
      add("few_rows",
          fmt::format("only {} rows: weak relations will not be seen, and arrows are unsure",
                      found_.rows_used),
          fmt::format("只有 {} 行：较弱的关系看不出来，箭头方向也不可靠", found_.rows_used));
    }
  }

  void of_kinds() {
    std::string names;
    std::size_t count = 0;
    for (std::size_t i = 0; i < found_.variables.size(); ++i) {
      if (found_.reasons[i] == KindReason::kFewIntegers && ++count <= kNamesShown) {
        names += (names.empty() ? "" : ", ") + found_.variables[i].name;
      }
    }
    if (count > kNamesShown) {
      names += fmt::format(", … ({})", count);
    }
    if (!names.empty()) {
      add("integers_as_codes",
          fmt::format(
              "whole numbers with few different values were taken for categories: {}; declare "
              "them continuous if they are amounts",
              names),
          fmt::format("以下列只有少数几个整数值，已当作类别：{}；若它们是数量，请声明"
                      "为连续变量",
                      names));
    }
  }

  void of_repeats() {
    for (const auto& [first, second] : found_.repeats) {
      const std::string& a = found_.variables[first].name;
      const std::string& b = found_.variables[second].name;
      add("repeated_columns",
          fmt::format(
              "columns {} and {} are the same in every row, up to their levels' names: each "
              "explains the other's relations away, so edges of both are lost. Leave one "
              "out",
              a, b),
          fmt::format(
              "{} 与 {} 两列在每一行都相同（只是类别名称可能不同）：它们互相掩盖对方的关系，"
              "因此两者的边会丢失。请去掉其中一列",
              a, b));
    }
  }

  void of_learning() {
    if (!found_.learned.capped.empty()) {
      add("depth_cap",
          fmt::format("{} pairs are still joined although larger sets were not tried; some of "
                      "these edges may be indirect",
                      found_.learned.capped.size()),
          fmt::format("有 {} 对变量仍相连，但更大的条件集未再检验；其中一些边可能是间接的",
                      found_.learned.capped.size()));
    }
    if (!found_.learned.ambiguous.empty()) {
      add("ambiguous_colliders",
          fmt::format("the tests contradict each other about the arrows (counted: {}); see "
                      "ambiguous_colliders",
                      found_.learned.ambiguous.size()),
          fmt::format("有 {} 处检验对箭头的结论互相矛盾；见 ambiguous_colliders",
                      found_.learned.ambiguous.size()));
    }
    if (found_.knowledge && !found_.knowledge->odds.empty()) {
      add("prior_odds",
          fmt::format(
              "prior odds of {} edges were used, so the graph is not from these data alone; "
              "do not count it again as independent evidence",
              found_.knowledge->odds.size()),
          fmt::format("使用了 {} 条边的先验优势，因此该图并非只来自这些数据；不要再把它当作独立证据"
                      "重复计算",
                      found_.knowledge->odds.size()));
    }
  }

  void of_bootstrap() {
    if (!found_.bootstrap) {
      return;
    }
    if (found_.bootstrap->done < found_.bootstrap->asked) {
      add("replicates_failed",
          fmt::format("{} of {} draws of the rows could not be learned from ({}); frequencies are "
                      "of the others",
                      found_.bootstrap->asked - found_.bootstrap->done, found_.bootstrap->asked,
                      found_.bootstrap->first_failure),
          fmt::format("{1} 次重抽样中有 {0} 次无法学习（{2}）；频率只按其余各次计算",
                      found_.bootstrap->asked - found_.bootstrap->done, found_.bootstrap->asked,
                      found_.bootstrap->first_failure));
    }
    if (found_.bootstrap->asked < kRoughBootstrap) {
      add("few_replicates",
          fmt::format("{} draws give rough frequencies; take 200 or more", found_.bootstrap->asked),
          fmt::format("{} 次重抽样得到的频率很粗略；请用 200 次以上", found_.bootstrap->asked));
    }
  }

  void of_panel() {
    if (!found_.panel) {
      return;
    }
    if (found_.panel->gaps_off > kUnevenVisits) {
      add("uneven_visits",
          fmt::format("{:.0f} % of the times between visits are under half or over twice the usual "
                      "{:.4g}; one lag then means different times",
                      100 * found_.panel->gaps_off, found_.panel->usual_gap),
          fmt::format("{:.0f} % 的随访间隔不到通常间隔 {:.4g} 的一半或超过其两倍；同一个滞后"
                      "因此代表不同的时间",
                      100 * found_.panel->gaps_off, found_.panel->usual_gap));
    }
    if (found_.panel->too_short > 0) {
      add("people_without_window",
          fmt::format("{} people have fewer than {} visits and were left out; those who die or "
                      "leave early are among them",
                      found_.panel->too_short, found_.panel->lags + 1),
          fmt::format("{} 人的随访不足 {} 次而被舍弃；其中包括早逝或早退出的人",
                      found_.panel->too_short, found_.panel->lags + 1));
    }
  }

  const Discovery& found_;
  std::vector<Notice> notices_;
};

}  // namespace

std::vector<Notice> warnings_of(const Discovery& found) {
  return Warnings(found).all();
}

}  // namespace thaw::discovery
