#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "effect/survival_json.h"

namespace thaw::effect {
namespace {

namespace json = boost::json;

std::string shown(const json::value& value, std::string_view format = "{:.4g}") {
  if (value.is_null()) {
    return "-";
  }
  return value.is_string() ? std::string(value.as_string())
                           : fmt::format(fmt::runtime(format), value.to_number<double>());
}

class Writer {
 public:
  Writer(const json::object& document, bool zh) : document_(document), zh_(zh) {}

  std::string text() {
    const std::string lang = zh_ ? "zh" : "en";
    for (const json::value& warning : document_.at("warnings").as_array()) {
      line("! " + std::string(warning.at(lang).as_string()));
    }
    line(std::string(document_.at("estimand").at(lang).as_string()));
    line(fmt::format(fmt::runtime(zh_ ? "{} 行，{} 个事件" : "{} rows, {} events"),
                     shown(document_.at("n"), "{:.0f}"), shown(document_.at("events"), "{:.0f}")));
    if (document_.contains("coefficients")) {
      coefficients();
    }
    if (document_.contains("curves")) {
      curves();
    }
    if (document_.contains("groups")) {
      groups();
    }
    tests();
    line((zh_ ? "假定：" : "Assumes: ") +
         std::string(document_.at("assumes").at(lang).as_string()));
    out_.pop_back();
    return out_;
  }

 private:
  void line(const std::string& text) { out_ += text + "\n"; }

  std::string_view colon() const { return zh_ ? "：" : ": "; }

  /// A figure of a document with its interval.
  std::string with_interval(const json::value& at, const char* value) const {
    return fmt::format(fmt::runtime(zh_ ? "{}（{} 至 {}）" : "{} ({} - {})"), shown(at.at(value)),
                       shown(at.at("low")), shown(at.at("high")));
  }

  void coefficients() {
    line(zh_ ? "  倍数    95% 区间            p         项"
             : "  ratio   95% interval        p         term");
    for (const json::value& row : document_.at("coefficients").as_array()) {
      if (row.at("coef").is_null()) {
        line(fmt::format(
            fmt::runtime(zh_ ? "  -       -                   -         {}（无有限估计）"
                             : "  -       -                   -         {} (no finite estimate)"),
            shown(row.at("name"))));
        continue;
      }
      line(fmt::format("  {:<7} {:<19} {:<9} {}", shown(row.at("exp_coef")),
                       shown(row.at("exp_ci").at(0)) + " - " + shown(row.at("exp_ci").at(1)),
                       shown(row.at("p"), "{:.3g}"), shown(row.at("name"))));
    }
  }

  void states(const json::value& at) {
    for (const json::value& state : at.at("states").as_array()) {
      line(fmt::format("    {} {}{}{}  {}", zh_ ? "时间" : "time", shown(at.at("time")), colon(),
                       with_interval(state, "probability"), shown(state.at("state"))));
    }
  }

  void curves() {
    for (const json::value& curve : document_.at("curves").as_array()) {
      const json::object& own = curve.as_object();
      line(fmt::format(
          fmt::runtime(zh_ ? "  组 {}：{} 行，{} 个事件" : "  group {}: {} rows, {} events"),
          own.at("group").is_null() ? (zh_ ? "全部" : "all") : shown(own.at("group")),
          shown(own.at("n"), "{:.0f}"), shown(own.at("events"), "{:.0f}")));
      if (const json::value* median = own.if_contains("median")) {
        line(fmt::format("    {}{}{}", zh_ ? "中位时间" : "median time", colon(),
                         with_interval(*median, "value")));
      }
      for (const json::value& at : own.at("at").as_array()) {
        if (at.as_object().contains("states")) {
          states(at);
        } else {
          line(fmt::format("    {} {}{}{}", zh_ ? "时间" : "time", shown(at.at("time")), colon(),
                           with_interval(at, "survival")));
        }
      }
    }
  }

  void groups() {
    for (const json::value& group : document_.at("groups").as_array()) {
      const json::object& own = group.as_object();
      const std::string name =
          own.at("group").is_null() ? (zh_ ? "全部" : "all") : shown(own.at("group"));
      if (const json::value* mean = own.if_contains("rmst")) {
        line(fmt::format("  {}{}{}", name, colon(), with_interval(*mean, "estimate")));
      } else {
        line(fmt::format(
            fmt::runtime(zh_ ? "  {}：观察 {}，期望 {}" : "  {}: observed {}, expected {}"), name,
            shown(own.at("observed")), shown(own.at("expected"))));
      }
    }
    if (const json::value* differences = document_.if_contains("differences")) {
      for (const json::value& row : differences->as_array()) {
        line(fmt::format("  {} - {}{}{}{}p {}", shown(row.at("group")), shown(row.at("against")),
                         colon(), with_interval(row, "estimate"), zh_ ? "，" : ", ",
                         shown(row.at("p"), "{:.3g}")));
      }
    }
  }

  void tests() {
    if (document_.contains("chisq")) {
      line(fmt::format(fmt::runtime(zh_ ? "  卡方 {}，自由度 {}，p {}" : "  chi2 {} df {} p {}"),
                       shown(document_.at("chisq")), shown(document_.at("df"), "{:.0f}"),
                       shown(document_.at("p"), "{:.3g}")));
    }
    if (const json::value* found = document_.if_contains("concordance");
        found && !found->is_null()) {
      line(fmt::format(
          fmt::runtime(zh_ ? "  一致性指数：{}（标准误 {}）" : "  concordance: {} (se {})"),
          shown(found->at("value")), shown(found->at("se"))));
    }
    if (const json::value* zph = document_.if_contains("zph"); zph && !zph->is_null()) {
      line(fmt::format(fmt::runtime(zh_ ? "  比例风险检验（整体）：p {}"
                                        : "  test of proportional hazards (all): p {}"),
                       shown(zph->at("global").at("p"), "{:.3g}")));
    }
  }

  const json::object& document_;
  bool zh_;
  std::string out_;
};

}  // namespace

std::string survival_text(const json::object& document, std::string_view lang) {
  return Writer(document, lang == "zh").text();
}

}  // namespace thaw::effect
