#include "inquiry/backtest_document.h"

#include <boost/json.hpp>

#include "evidence/weigh_json.h"

namespace thaw::inquiry {
namespace {

namespace json = boost::json;

json::value interval_json(const Interval95& interval) {
  if (!interval.defined) {
    return nullptr;
  }
  return json::object{{"value", interval.value}, {"low", interval.low}, {"high", interval.high}};
}

std::string_view verdict_code(TrialVerdict verdict) {
  return verdict == TrialVerdict::kPositive   ? "positive"
         : verdict == TrialVerdict::kNegative ? "negative"
                                              : "unclear";
}

json::object case_json(const BacktestCase& one, const evidence::Knowledge& knowledge) {
  json::object out;
  out["trial"] = one.group;
  out["subject"] = evidence::concept_json(*knowledge.find_concept(one.subject));
  out["object"] = evidence::concept_json(*knowledge.find_concept(one.object));
  out["year"] = one.year;
  out["verdict"] = verdict_code(one.verdict);
  out["nats"] = one.nats;
  out["nats_before"] = one.nats_before;
  out["helps_before"] = one.helps;
  out["harms_before"] = one.harms;
  out["degree_before"] = one.degree;
  if (one.verdict != TrialVerdict::kUnclear) {
    json::object predicted;
    for (std::size_t p = 0; p < kPredictors.size(); ++p) {
      predicted[to_string(kPredictors[p])] = one.predicted[p];
    }
    out["predicted"] = std::move(predicted);
  }
  return out;
}

json::array cases_json(const std::vector<BacktestCase>& cases,
                       const evidence::Knowledge& knowledge) {
  json::array out;
  for (const auto& one : cases) {
    out.push_back(case_json(one, knowledge));
  }
  return out;
}

}  // namespace

json::object backtest_document(const Backtest& test, const evidence::Knowledge& knowledge) {
  json::array predictors;
  for (std::size_t p = 0; p < kPredictors.size(); ++p) {
    predictors.push_back({{"predictor", to_string(kPredictors[p])},
                          {"auroc", interval_json(test.scores[p].auroc)},
                          {"brier", interval_json(test.scores[p].brier)}});
  }
  json::object out;
  out["verdict_nats"] = kVerdictNats;
  out["trials"] = test.cases.size();
  out["positive"] = test.positive;
  out["treatments"] = test.treatments;
  out["unclear_total"] = test.unclear.size();
  out["with_evidence_before"] = test.with_evidence;
  out["predictors"] = std::move(predictors);
  out["cases"] = cases_json(test.cases, knowledge);
  out["unclear"] = cases_json(test.unclear, knowledge);
  out["note"] = evidence::text_json(
      "Few trials, most of them of treatments of which little was recorded before: read the "
      "intervals. The record itself was chosen after these trials were known.",
      "试验很少，且大多数治疗此前几乎没有记录：请看区间。所收录的证据本身是在这些试验结果已知之后挑"
      "选的。");
  return out;
}

}  // namespace thaw::inquiry
