#include "evidence/calibration_json.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "evidence/weigh.h"
#include "evidence/weigh_json.h"

namespace thaw::evidence {
namespace {

namespace json = boost::json;

json::array curves_json(const std::vector<ReliabilityCurve>& curves) {
  json::array out;
  for (const auto& curve : curves) {
    json::array bins;
    for (const auto& bin : curve.bins) {
      bins.emplace_back(json::object{{"predicted", bin.predicted},
                                     {"observed", bin.observed},
                                     {"low", bin.low},
                                     {"high", bin.high},
                                     {"n", bin.n}});
    }
    out.emplace_back(json::object{{"preset", curve.preset},
                                  {"brier", curve.brier},
                                  {"brier_low", curve.brier_low},
                                  {"brier_high", curve.brier_high},
                                  {"log_loss", curve.log_loss},
                                  {"better_than_thaw", curve.better},
                                  {"better_low", curve.better_low},
                                  {"better_high", curve.better_high},
                                  {"bins", std::move(bins)}});
  }
  return out;
}

json::object set_json(const char* name, const Name& about, std::size_t cases, double base_rate,
                      const char* folds_by, const std::vector<ReliabilityCurve>& curves) {
  return {{"name", name},         {"about", text_json(about.en, about.zh)},
          {"items", cases},       {"base_rate", base_rate},
          {"folds_by", folds_by}, {"curves", curves_json(curves)}};
}

json::object fit_json(const CalibrationResult& fitted) {
  json::object caps;
  for (const auto& [kind, cap] : fitted.fitted.cap) {
    caps[kind] = cap;
  }
  return {{"diseases", fitted.units},
          {"folds", fitted.folds},
          {"prior", logistic(fitted.fitted.prior_nats)},
          {"cap_nats", std::move(caps)},
          {"caps_gain", fitted.caps_gain},
          {"caps_gain_low", fitted.caps_gain_low},
          {"caps_gain_high", fitted.caps_gain_high},
          {"caps_better", fitted.caps_better}};
}

}  // namespace

json::object calibration_json(const CalibrationReport& report) {
  json::array sets;
  if (report.fitted) {
    sets.emplace_back(set_json(
        "dismech",
        {"Findings about many diseases, graded by a language model with review: one paper of a "
         "claim is foretold from its other papers. Folds hold out whole diseases.",
         "多种疾病的研究发现，由语言模型分级并经复核：用同一论断的其他论文预测被留出的一篇。按整种"
         "疾病留出。"},
        report.fitted->cases, report.fitted->base_rate, "disease", report.fitted->curves));
  }
  sets.emplace_back(set_json(
      "record",
      {"The claims of this store: one group is foretold from the others. Few, and chosen by what "
       "is "
       "disputed: no test of rates.",
       "本库的论断：用其他独立组预测被留出的一组。数量少，且多选自有争议者，不能检验频率。"},
      report.store.cases, report.store.base_rate, "group", report.store.curves));
  sets.emplace_back(set_json(
      "panels",
      {"Does what others published foretell a panel's class of Moderate or better? Panels read the "
       "same papers, so this is agreement, not truth.",
       "其他已发表的证据能否预测专家组给出“中等”或更高分级？专家组读的是同样的论文，因此这是一致性"
       "而非真相。"},
      report.panels.cases, report.panels.base_rate, "gene", report.panels.curves));
  return {{"sets", std::move(sets)},
          {"fit", report.fitted ? json::value(fit_json(*report.fitted)) : json::value(nullptr)}};
}

std::string fitted_parameter_file(const WeightParameters& start, const CalibrationResult& fitted) {
  json::object file = json::parse(start.text).get_object();
  file["about"] = fmt::format(
      "Parameters of the evidence weight: prior and the caps of {} kinds fitted on {} graded cases "
      "of "
      "{} diseases, held towards the starting values. Method: docs/methods/calibration.md.",
      fitted.fitted.cap.size(), fitted.cases, fitted.units);
  file["prior"].get_object()["default"] = logistic(fitted.fitted.prior_nats);
  for (const auto& [kind, cap] : fitted.fitted.cap) {
    file["cap_nats"].get_object()[kind] = cap;
  }
  return json::serialize(file) + "\n";
}

}  // namespace thaw::evidence
