#include <fmt/format.h>

#include "effect/survival_parts.h"

namespace thaw::effect {

namespace json = boost::json;

json::object both(std::string_view en, std::string_view zh) {
  return {{"en", en}, {"zh", zh}};
}

json::object estimand_words(SurvivalKind kind, const SurvivalRows& rows,
                            const SurvivalRequest& request) {
  const std::string& event = rows.states.front();
  switch (kind) {
    case SurvivalKind::kKaplanMeier:
      return both(
          fmt::format("The share of people still free of the event ({}) at each time.", event),
          fmt::format("每个时间点上仍未发生事件（{}）的人所占比例。", event));
    case SurvivalKind::kLogRank:
      return both(
          "Whether the groups have the event at the same rate at every time: a test, not a "
          "size. It sees a steady difference best and may miss curves that cross.",
          "各组在每个时间点发生事件的速率是否相同：这是检验，不是效应大小。"
          "它最能发现稳定的差异，可能漏掉相交的曲线。");
    case SurvivalKind::kRmst:
      return both(
          "The mean time free of the event up to the horizon, and how much of it a group has "
          "more than the first group.",
          "截至时间上限的平均无事件时间，以及某组比第一组多出的时间。");
    case SurvivalKind::kAalenJohansen:
      return both(
          "The share of people who will have had each event by each time, others coming "
          "first counted as that: what happens in the world as it is.",
          "到每个时间点时已发生各类事件的人所占比例，先发生其他事件者按其他事件计："
          "即现实世界中会发生的情况。");
    case SurvivalKind::kCox:
      return both(
          fmt::format("The factor by which one unit more of a covariate multiplies the rate "
                      "of the event ({}) among those still free of it, all else in the model "
                      "alike{}.",
                      event,
                      rows.other_events ? ". Other events end follow-up: this is the "
                                          "cause-specific rate, which answers what drives "
                                          "this event, not how many will have it"
                                        : ""),
          fmt::format("在模型中其他变量相同时，协变量每增加一个单位，"
                      "尚未发生事件者发生事件（{}）的速率所乘的倍数{}。",
                      event,
                      rows.other_events
                          ? "。其他事件结束随访：这是病因别速率，回答什么推动这一事件，"
                            "而不是多少人会发生它"
                          : ""));
    case SurvivalKind::kFineGray:
      return both(
          "The factor on the subdistribution hazard: the direction, and on that scale the "
          "size, in which a covariate moves the share of people who will have had this "
          "event. It is not a rate among those still free of events.",
          "次分布风险所乘的倍数：协变量使将会发生该事件的人所占比例移动的方向，"
          "以及在该尺度上的大小。它不是尚未发生事件者中的速率。");
    case SurvivalKind::kAft:
      return both(
          fmt::format("The factor by which one unit more of a covariate multiplies the time "
                      "to the event, if times follow the {} law.",
                      request.dist),
          fmt::format("若时间服从 {} 分布，协变量每增加一个单位，到事件的时间所乘的倍数。",
                      request.dist));
  }
  return {};
}

namespace {

json::object censoring_words(SurvivalKind kind, const SurvivalRows& rows) {
  const bool modelled = kind == SurvivalKind::kCox || kind == SurvivalKind::kAft;
  const std::string_view given_en = modelled ? ", given what is in the model" : "";
  const std::string_view given_zh = modelled ? "在给定模型中变量的条件下，" : "";
  if (kind == SurvivalKind::kFineGray) {
    return both(
        "Leaving follow-up says nothing about the events to come, and does not depend on the "
        "covariates.",
        "离开随访与之后的事件无关，且不依赖于协变量。");
  }
  if (kind == SurvivalKind::kAalenJohansen) {
    return both(
        "Leaving follow-up says nothing about any of the events to come. The events "
        "themselves are not censoring and need not be independent.",
        "离开随访与之后的任何事件无关。各类事件本身不是删失，不要求相互独立。");
  }
  const std::string_view other_en =
      rows.other_events && kind != SurvivalKind::kCox
          ? " Other events are counted as leaving: the answer is for a world where they do not "
            "happen and nothing else changes, which data cannot show. For shares in the world as "
            "it "
            "is use aj."
          : "";
  const std::string_view other_zh =
      rows.other_events && kind != SurvivalKind::kCox
          ? "其他事件被当作离开随访：答案针对它们不发生而其余不变的世界，数据无法显示。"
            "若要现实世界中的比例，请用 aj。"
          : "";
  return both(fmt::format("Leaving follow-up early says nothing about the event to come{}.{}",
                          given_en, other_en),
              fmt::format("{}提前离开随访与之后的事件无关。{}", given_zh, other_zh));
}

}  // namespace

json::object assumption_words(SurvivalKind kind, const SurvivalRows& rows,
                              const SurvivalRequest& request) {
  json::object words = censoring_words(kind, rows);
  std::string en(words["en"].as_string());
  std::string zh(words["zh"].as_string());
  if (!rows.entry.empty()) {
    en += " So does entering late: those who enter are like those already there.";
    zh += "较晚进入也是如此：进入者与已在其中者相似。";
  }
  if (kind == SurvivalKind::kCox || kind == SurvivalKind::kFineGray) {
    en += " One ratio holds at all times.";
    zh += "同一比值在所有时间成立。";
  }
  if (kind == SurvivalKind::kAft) {
    en += fmt::format(" Times follow the {} law; compare laws by aic.", request.dist);
    zh += fmt::format("时间服从 {} 分布；可按 aic 比较各分布。", request.dist);
  }
  if (!rows.weights.empty()) {
    en += " The weights are right.";
    zh += "权重正确。";
  }
  return both(en, zh);
}

}  // namespace thaw::effect
