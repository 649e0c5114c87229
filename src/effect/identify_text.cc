// Answers about identification in words.
#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "effect/front_door.h"
#include "effect/identify.h"

namespace thaw::effect {

using graph::NodeSet;

namespace {

/// Sentences in both languages, one after another.
class Words {
 public:
  void say(std::string en, std::string zh) {
    text_.en += (text_.en.empty() ? "" : " ") + std::move(en);
    text_.zh += std::move(zh);
  }
  LocalisedText take() { return std::move(text_); }

 private:
  LocalisedText text_;
};

/// "a", "a and b", "a, b and c"; a long list is cut.
struct List {
  std::string en, zh;
};

List list_of(const std::vector<std::string>& items) {
  constexpr std::size_t kShown = 12;
  List list;
  const std::size_t shown = std::min(items.size(), kShown);
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == items.size();
    list.en += i == 0 ? "" : last ? " and " : ", ";
    list.zh += i == 0 ? "" : last ? " 和 " : "、";
    list.en += items[i];
    list.zh += items[i];
  }
  if (shown < items.size()) {
    list.en += fmt::format(" and {} more", items.size() - shown);
    list.zh += fmt::format("等 {} 个", items.size());
  }
  return list;
}

class Explainer {
 public:
  explicit Explainer(const IdentifyAnswer& answer) : answer_(answer) {}

  LocalisedText run() {
    if (answer_.identifiable == std::optional(true)) {
      positive();
    } else if (answer_.unclear) {
      unclear_edge();
    } else if (!answer_.identifiable) {
      undecided();
    } else {
      negative();
    }
    asked_set();
    asked_instrument();
    words_.say("All of this holds only if the graph is right, above all in what it leaves out.",
               "以上结论只在这张图正确时成立，尤其是图中没有画出的部分。");
    return words_.take();
  }

 private:
  List nodes(const NodeSet& set) const {
    std::vector<std::string> names;
    set.for_each([&](std::uint32_t v) { names.push_back(answer_.names[v]); });
    return list_of(names);
  }
  /// "the effect of x on y", with "among people with the same z" where given.
  List effect() const {
    List text;
    text.en = fmt::format("the effect of {} on {}", nodes(answer_.x).en, nodes(answer_.y).en);
    text.zh = fmt::format("{} 对 {} 的效应", nodes(answer_.x).zh, nodes(answer_.y).zh);
    if (!answer_.z.empty()) {
      text.en += fmt::format(" among people with the same {}", nodes(answer_.z).en);
      text.zh = fmt::format("在 {} 相同的人中，{}", nodes(answer_.z).zh, text.zh);
    }
    return text;
  }

  void positive() {
    switch (answer_.method) {
      case IdentifyMethod::kNoEffect:
        words_.say(fmt::format("In this graph no chain of arrows leads from {} to {}: there is no "
                               "effect to estimate, and any association has other reasons.",
                               nodes(answer_.x).en, nodes(answer_.y).en),
                   fmt::format("在这张图中，没有箭头链从 {} 通向 "
                               "{}：不存在可估计的效应，数据中的任何关联都另有原因。",
                               nodes(answer_.x).zh, nodes(answer_.y).zh));
        return;
      case IdentifyMethod::kAdjustment:
        adjustment();
        return;
      case IdentifyMethod::kFrontDoor:
        front_door();
        return;
      default:
        formula();
    }
  }

  void adjustment() {
    const NodeSet& set = *answer_.minimal;
    if (set.empty()) {
      words_.say(
          fmt::format("Yes: {} can be read off directly. In this graph nothing confounds them, "
                      "so nothing has to be adjusted for.",
                      effect().en),
          fmt::format("可以：{}可以直接读出。在这张图中没有混杂，因此不需要校正任何变量。",
                      effect().zh));
    } else {
      words_.say(
          fmt::format("Yes: {} can be estimated from what is measured by adjusting for {}. That "
                      "closes every path between them that is not causal and keeps the causal "
                      "ones open.",
                      effect().en, nodes(set).en),
          fmt::format(
              "可以：校正 {} 之后，{}可以由已测量的数据估计。这样会关闭二者之间所有非因果路径，"
              "而保留因果路径。",
              nodes(set).zh, effect().zh));
    }
    if (answer_.adjustment.sets.size() > 1) {
      const std::size_t count = answer_.adjustment.sets.size();
      words_.say(
          answer_.adjustment.complete
              ? fmt::format("{} smallest-possible sets do this; see the list.", count)
              : fmt::format("There are more than {} such sets; the list stops there.", count),
          answer_.adjustment.complete ? fmt::format("共有 {} 个不可再减的校正集合，见列表。", count)
                                      : fmt::format("这样的集合超过 {} 个，列表到此为止。", count));
    }
    if (answer_.optimal && *answer_.optimal != set && !answer_.optimal->empty()) {
      words_.say(fmt::format("The most precise estimate comes from adjusting for {}.",
                             nodes(*answer_.optimal).en),
                 fmt::format("校正 {} 得到的估计最精确。", nodes(*answer_.optimal).zh));
    }
    warn_of_forbidden();
  }

  void warn_of_forbidden() {
    const NodeSet warned = answer_.forbidden & answer_.measured;
    if (!warned.empty()) {
      words_.say(
          fmt::format("Do not adjust for {}: the treatment may act through them or change them.",
                      nodes(warned).en),
          fmt::format("不要校正 {}：治疗可能经由它们起作用，或者会改变它们。", nodes(warned).zh));
    }
  }

  void front_door() {
    const NodeSet& set = answer_.front_doors.sets.front();
    words_.say(
        fmt::format(
            "Yes, though no set of covariates is enough: {} follows from the data because all "
            "of it passes through {}, which no hidden cause ties to the treatment, and whose "
            "ties to the outcome the treatment blocks (the front door).",
            effect().en, nodes(set).en),
        fmt::format(
            "可以，尽管没有任何协变量集合足够：{}全部经由 {}，而它与治疗之间没有隐藏的共同原因，"
            "与结局之间的非因果联系又被治疗阻断（前门准则），因此可以由数据推出。",
            effect().zh, nodes(set).zh));
  }

  void formula() {
    if (answer_.method == IdentifyMethod::kIdc) {
      words_.say(
          fmt::format("Yes: {} follows from what is measured by the formula given.", effect().en),
          fmt::format("可以：{}可以由已测量的数据按所给公式推出。", effect().zh));
      return;
    }
    words_.say(
        fmt::format("Yes, though {}: {} follows from what is measured by the formula given, "
                    "which combines several observed distributions.",
                    answer_.include.empty() ? "no set of covariates is enough"
                                            : "not with the variables marked as adjusted",
                    effect().en),
        fmt::format(
            "可以，尽管{}：{}可以由已测量的数据按所给公式推出，该公式组合了若干观测分布。",
            answer_.include.empty() ? "没有任何协变量集合足够" : "不能校正图中标为已校正的变量",
            effect().zh));
  }

  void negative() {
    words_.say(
        fmt::format("No: {} cannot be computed from these variables, however many people are "
                    "studied. Two worlds can agree in everything that is measured and differ in "
                    "this effect.",
                    effect().en),
        fmt::format("不可以：无论研究多少人，{}"
                    "都无法由这些变量算出。两个世界可以在所有已测量的数据上完全一致，"
                    "却在这个效应上不同。",
                    effect().zh));
    if (answer_.hedge) {
      hedge();
    }
    remedies();
  }

  void hedge() {
    std::vector<std::string> ties;
    for (const auto& [a, b] : answer_.diagram.bidirected_edges()) {
      if (answer_.hedge->larger.contains(a) && answer_.hedge->larger.contains(b)) {
        ties.push_back(fmt::format("{} <-> {}", answer_.names[a], answer_.names[b]));
      }
    }
    const List tied = list_of(ties);
    words_.say(
        fmt::format("The reason: hidden common causes ({}) tie {} together, and what they do to "
                    "{} cannot be told from what the treatment does.",
                    tied.en, nodes(answer_.hedge->larger).en, nodes(answer_.hedge->smaller).en),
        fmt::format(
            "原因：隐藏的共同原因（{}）把 {} 联系在一起，它们对 {} 的影响无法与治疗的影响区分。",
            tied.zh, nodes(answer_.hedge->larger).zh, nodes(answer_.hedge->smaller).zh));
  }

  void remedies() {
    if (!answer_.measurements.empty()) {
      const Measurement& one = answer_.measurements.front();
      std::vector<std::string> en = one.latent;
      std::vector<std::string> zh = one.latent;
      for (const auto& [a, b] : one.common_causes) {
        en.push_back(fmt::format("all common causes of {} and {}", a, b));
        zh.push_back(fmt::format("{} 与 {} 的全部共同原因", a, b));
      }
      words_.say(
          fmt::format("It would become possible if {} were measured{}, or if {} were assigned at "
                      "random.",
                      list_of(en).en,
                      answer_.measurements.size() > 1 ? " (other choices are listed)" : "",
                      nodes(answer_.x).en),
          fmt::format("如果测量了 {}{}，或者 {} 由随机分配决定，就可以回答。", list_of(zh).zh,
                      answer_.measurements.size() > 1 ? "（其他选择见列表）" : "",
                      nodes(answer_.x).zh));
    } else {
      words_.say(fmt::format("It would become possible if {} were assigned at random.",
                             nodes(answer_.x).en),
                 fmt::format("如果 {} 由随机分配决定，就可以回答。", nodes(answer_.x).zh));
    }
    if (!answer_.instruments.empty() && !answer_.instrument_asked) {
      instrument(answer_.instruments.front());
    }
  }

  void instrument(const Instrument& one) {
    const std::string& name = answer_.names[one.node];
    const bool alone = one.given.empty();
    words_.say(
        fmt::format("{} is an instrument{}: with it the effect can be estimated under a further "
                    "assumption that data cannot show, such as a linear effect, or nobody who "
                    "does the opposite of what it pushes to.",
                    name, alone ? "" : fmt::format(" given {}", nodes(one.given).en)),
        fmt::format("{}{} 是工具变量：借助它可以估计效应，但需要一个数据无法验证的额外假设，"
                    "例如效应是线性的，或者没有人与它的推动方向相反。",
                    alone ? "" : fmt::format("给定 {} 时，", nodes(one.given).zh), name));
  }

  void unclear_edge() {
    const std::string& a = answer_.names[answer_.unclear->first];
    const std::string& b = answer_.names[answer_.unclear->second];
    const bool cpdag = answer_.kind == GraphKind::kCpdag;
    words_.say(
        cpdag ? fmt::format(
                    "No: the graph leaves open which way the edge between {} and {} points, and "
                    "{} differs between the graphs that it stands for.",
                    a, b, effect().en)
              : fmt::format(
                    "Not by adjustment: the edge between {} and {} may hide a common cause or "
                    "point the other way, so no set of covariates is surely valid. Whether {} "
                    "can be had in another way is not decided here.",
                    a, b, effect().en),
        cpdag ? fmt::format("不可以：图中没有确定 {} 与 {} "
                            "之间的边指向哪一方，而{}在它所代表的各张图之间不同。",
                            a, b, effect().zh)
              : fmt::format("不能通过校正：{} 与 {} "
                            "之间的边可能隐藏着共同原因，也可能方向相反，因此没有任何协变量集合"
                            "一定有效。{}能否用其他方法得到，这里没有判定。",
                            a, b, effect().zh));
    words_.say(
        fmt::format("Knowledge of that edge, such as which of the two comes first, would help."),
        "如果知道这条边的情况，例如二者谁先发生，会有帮助。");
  }

  void undecided() {
    words_.say(
        fmt::format("No set of measured covariates is valid in every graph that this one stands "
                    "for. Whether {} can be had in another way is not decided here.",
                    effect().en),
        fmt::format("没有任何已测量的协变量集合在它所代表的每张图中都有效。{}"
                    "能否用其他方法得到，这里没有判定。",
                    effect().zh));
  }

  void asked_set() {
    if (!answer_.asked) {
      return;
    }
    const AskedSet& asked = *answer_.asked;
    const List set = asked.set.empty() ? List{"nothing", "任何变量都不"} : nodes(asked.set);
    if (asked.valid) {
      words_.say(fmt::format("Adjusting for {} is valid.", set.en),
                 asked.set.empty() ? std::string("不校正任何变量是有效的。")
                                   : fmt::format("校正 {} 是有效的。", set.zh));
      return;
    }
    std::string en = fmt::format("Adjusting for {} is not valid", set.en);
    std::string zh = asked.set.empty() ? std::string("不校正任何变量是无效的")
                                       : fmt::format("校正 {} 是无效的", set.zh);
    if (!asked.forbidden.empty()) {
      en += fmt::format(": {} may be changed by the treatment on its way to the outcome",
                        nodes(asked.forbidden).en);
      zh += fmt::format("：{} 可能在治疗通向结局的途中被治疗改变", nodes(asked.forbidden).zh);
    } else if (!asked.open.empty()) {
      const std::string path = walk_text(asked.open, answer_.names);
      en += fmt::format(": the path {} stays open", path);
      zh += fmt::format("：路径 {} 仍然开放", path);
    }
    words_.say(en + ".", zh + "。");
  }

  void asked_instrument() {
    if (!answer_.instrument_asked) {
      return;
    }
    if (answer_.instrument) {
      instrument(*answer_.instrument);
      return;
    }
    const std::string& name = answer_.names[*answer_.instrument_asked];
    words_.say(
        fmt::format("{} is no instrument here: no set of measured variables leaves it tied to "
                    "the treatment and parts it from the outcome otherwise.",
                    name),
        fmt::format(
            "{} "
            "在这里不是工具变量：没有任何已测量变量的集合能让它与治疗相关，而与结局没有其他联系。",
            name));
  }

  const IdentifyAnswer& answer_;
  Words words_;
};

}  // namespace

LocalisedText explain(const IdentifyAnswer& answer) {
  return Explainer(answer).run();
}

}  // namespace thaw::effect
