#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>

#include "base/text.h"
#include "evidence/records_json.h"
#include "inquiry/registry_loop.h"
#include "inquiry/treatment_screen.h"
#include "registry/suppression.h"

namespace thaw::inquiry {
namespace {

namespace json = boost::json;

json::value quantity(const effect::Quantity& q, std::string_view unit) {
  if (!q.known) {
    return nullptr;
  }
  return json::object{{"estimate", q.value},
                      {"se", q.se},
                      {"se_scale", effect::logarithm(q.measure) ? "log" : "estimate"},
                      {"ci_low", q.low},
                      {"ci_high", q.high},
                      {"unit", unit}};
}

json::object row_json(const ScreenRow& row) {
  json::array cautions;
  for (const auto& caution : row.cautions) {
    cautions.push_back(json::object{{"code", caution.code},
                                    {"text", {{"en", caution.text.en}, {"zh", caution.text.zh}}}});
  }
  const bool known = row.problem.empty();
  json::object out{
      {"drug", row.drug},
      {"concept", row.concept_id.empty() ? json::value(nullptr) : json::value(row.concept_id)},
      {"started", nullptr},
      {"cautions", std::move(cautions)},
      {"problem", known ? json::value(nullptr) : json::value(row.problem)},
      {"hazard_ratio", quantity(row.hazard_ratio, "ratio")},
      {"risk_difference", quantity(row.risk_difference, "probability")},
      {"e_value", nullptr},
      {"p", known ? json::value(row.p) : json::value(nullptr)},
      {"q", known ? json::value(row.q) : json::value(nullptr)},
      {"kept", row.kept},
      {"negative_control", row.negative_control},
      {"truth_hazard_ratio", nullptr}};
  if (row.started >= static_cast<std::size_t>(registry::kCountFloor)) {
    out["started"] = row.started;
  }
  if (row.e_value) {
    out["e_value"] = json::object{{"value", row.e_value->value}, {"limit", row.e_value->limit}};
  }
  if (row.truth) {
    out["truth_hazard_ratio"] = *row.truth;
  }
  return out;
}

std::string line(std::string_view key, json::object record) {
  json::object out;
  out[key] = std::move(record);
  return json::serialize(out) + "\n";
}

/// The item of one row about survival.
evidence::Item item_of(const ScreenRow& row, const evidence::Concept& subject,
                       const ScreenResult& result, const std::string& source) {
  evidence::Claim claim;
  claim.subject = subject.id;
  claim.object = kSurvivalConcept;
  claim.relation = "extends";
  claim.sign = evidence::Sign::kRaises;
  effect::Estimate estimate =
      effect::ratio_estimate(std::log(row.hazard_ratio.value), row.hazard_ratio.se);
  estimate.unit = "HR";
  estimate.n = row.started;
  evidence::Item item = registry_item(claim, estimate, true, result.synthetic);
  const std::string comparator = fold(result.choice.comparator);
  item.id = fmt::format("registry_screen:{}:{}:{}:hazard_ratio:{}_months", subject.id,
                        comparator.empty() ? "none" : comparator, claim.object,
                        result.choice.horizon_months);
  item.source = source;
  item.group_keys = {source, std::string(kRegistryPeople)};
  item.group_label = "registry treatment screen";
  item.note = fmt::format(
      "One of {} drugs screened in one registry, against {}; false discovery rate {:.3g} "
      "(Benjamini-Hochberg). Treatment was not randomised.",
      result.tests, result.choice.comparator.empty() ? "never starting" : result.choice.comparator,
      row.q);
  item.note_zh = fmt::format(
      "同一登记中筛查的 {} 种药物之一，对照为{}；错误发现率 "
      "{:.3g}（Benjamini-Hochberg）。用药并非随机。",
      result.tests, result.choice.comparator.empty() ? "始终不用药" : result.choice.comparator,
      row.q);
  return item;
}

}  // namespace

json::object screen_document(const ScreenResult& result) {
  json::array rows;
  for (const ScreenRow& row : result.rows) {
    rows.push_back(row_json(row));
  }
  json::object out{
      {"synthetic", result.synthetic},
      {"banner", nullptr},
      {"people", result.people},
      {"comparator", result.choice.comparator.empty() ? json::value(nullptr)
                                                      : json::value(result.choice.comparator)},
      {"outcome", "death"},
      {"horizon_months", result.choice.horizon_months},
      {"tests", result.tests},
      {"false_discovery_rate", result.choice.false_discovery},
      {"controls",
       {{"count", result.controls},
        {"intervals_without_1", result.controls_outside},
        {"mean_log_hazard_ratio", nullptr}}},
      {"drugs", std::move(rows)},
      {"bootstrap", result.choice.bootstrap},
      {"seed", result.choice.seed}};
  if (result.control_mean) {
    out["controls"].as_object()["mean_log_hazard_ratio"] = *result.control_mean;
  }
  if (result.synthetic) {
    out["banner"] = json::object{{"en", registry::kBannerEn}, {"zh", registry::kBannerZh}};
  }
  return out;
}

std::string screen_text(const ScreenResult& result, std::string_view lang) {
  const bool zh = lang == "zh";
  std::string out;
  if (result.synthetic) {
    out += std::string(zh ? registry::kBannerZh : registry::kBannerEn) + "\n";
  }
  out += fmt::format(
      fmt::runtime(
          zh ? "{} 种药物，{} 个月内死亡的风险率比；错误发现率上限 {}\n"
             : "{} drugs, hazard ratio of death over {} months; false discovery rate {}\n"),
      result.tests, result.choice.horizon_months, result.choice.false_discovery);
  for (const ScreenRow& row : result.rows) {
    if (!row.problem.empty()) {
      out += fmt::format(fmt::runtime(zh ? "  {}：{}\n" : "  {}: {}\n"), row.drug,
                         zh ? row.problem_zh : row.problem);
      continue;
    }
    const auto& hr = row.hazard_ratio;
    out += fmt::format(fmt::runtime(zh ? "  {}：{:.3f}（{:.3f} 至 {:.3f}），q = {:.3g}{}{}\n"
                                       : "  {}: {:.3f} ({:.3f} to {:.3f}), q = {:.3g}{}{}\n"),
                       row.drug, hr.value, hr.low, hr.high, row.q,
                       row.kept ? (zh ? "，保留" : ", kept") : "",
                       row.negative_control ? (zh ? "，阴性对照" : ", negative control") : "");
    for (const auto& caution : row.cautions) {
      out += fmt::format(fmt::runtime(zh ? "    注意：{}\n" : "    caution: {}\n"),
                         zh ? caution.text.zh : caution.text.en);
    }
  }
  return out;
}

ScreenLines screen_evidence(const ScreenResult& result, const evidence::NameIndex& names) {
  ScreenLines out;
  evidence::Source source;
  source.id = fmt::format("registry:treatment_screen:{}",
                          result.choice.comparator.empty() ? "none" : result.choice.comparator);
  source.citation = fmt::format("Treatment screen of a registry of {} people{}", result.people,
                                result.synthetic ? " who do not exist" : "");
  for (const ScreenRow& row : result.rows) {
    if (!row.problem.empty() || row.negative_control) {
      continue;
    }
    auto subject = names.resolve(row.concept_id.empty() ? row.drug : row.concept_id);
    if (!subject) {
      subject = names.resolve(row.drug);
    }
    if (!subject) {
      ++out.without_concept;
      continue;
    }
    if (out.items == 0) {
      out.text += line("source", evidence::to_json(source));
    }
    out.text += line("item", evidence::to_json(item_of(row, **subject, result, source.id)));
    ++out.items;
  }
  return out;
}

}  // namespace thaw::inquiry
