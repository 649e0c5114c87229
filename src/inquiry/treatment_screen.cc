#include "inquiry/treatment_screen.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.h"
#include "inquiry/registry_loop.h"
#include "registry/synthesize.h"
#include "stats/distributions.h"

namespace thaw::inquiry {
namespace {

constexpr std::size_t kFewStarted = 30;
/// Where the reason is another module's, which has it in English alone.
constexpr const char* kNoAnswerZh = "没有结果；原因见 --json 输出的 problem（英文）";

/// Drugs as first recorded, by their folded name, with the concept where one is noted.
std::map<std::string, ScreenRow> recorded_drugs(const registry::RegistryData& data) {
  std::map<std::string, ScreenRow> drugs;
  for (const auto& history : data.people) {
    for (const auto& treatment : history.treatments) {
      ScreenRow& row = drugs[fold(treatment.drug)];
      if (row.drug.empty()) {
        row.drug = treatment.drug;
      }
      if (row.concept_id.empty()) {
        row.concept_id = treatment.concept_id;
      }
    }
  }
  return drugs;
}

/// What the maker of a synthetic registry planted.
void add_truth(const registry::RegistryData& data, std::map<std::string, ScreenRow>& drugs) {
  if (!data.synthetic()) {
    return;
  }
  const auto truth = registry::truth_from_json(data.manifest.truth);
  if (!truth) {
    return;
  }
  for (const auto& planted : truth->effects) {
    const auto found = drugs.find(fold(planted.drug));
    if (found != drugs.end()) {
      found->second.truth = planted.marginal.hazard_ratio;
      found->second.negative_control =
          planted.conditional_hazard_ratio == 1 && planted.slope_factor == 1;
    }
  }
}

effect::RowCondition condition(const char* text) {
  return *effect::RowCondition::parse(text);  // a text of ours
}

effect::EmulationSpec protocol(const ScreenChoice& choice) {
  effect::EmulationSpec spec;
  spec.eligibility = condition(choice.comparator.empty()
                                   ? "used_before == 0 and month == 0"
                                   : "used_before == 0 and month == 0 and treatment != comparator");
  effect::Strategy start;
  start.name = "start";
  start.label = {"start in the first month", "首月开始用药"};
  start.stay = false;
  effect::Strategy never;
  never.name = "never";
  never.label = {"never start", "始终不用药"};
  never.starts = false;
  spec.strategies = {start, never};
  spec.reference = 1;
  spec.confounders = std::string(kCovariates);
  spec.time_varying = spec.confounders;
  spec.time_terms = "since_zero";
  spec.months = choice.horizon_months;
  spec.horizon = choice.horizon_months;
  spec.event = "died";
  return spec;
}

const effect::Quantity* find(const effect::AnalysisResult& analysis, effect::Measure measure) {
  const auto found = std::ranges::find_if(analysis.quantities, [&](const effect::Quantity& q) {
    return q.measure == measure && q.arm == 0;
  });
  return found == analysis.quantities.end() || !found->known ? nullptr : &*found;
}

/// Fills in one drug's answer, or why there is none.
void answer(const registry::RegistryData& data, const ScreenChoice& choice, ScreenRow& row) {
  auto made = registry::person_month_table(
      data,
      {.drug = row.drug, .comparator = choice.comparator, .months = choice.horizon_months + 1});
  if (!made) {
    row.problem = made.error().message;
    row.problem_zh = kNoAnswerZh;
    return;
  }
  const effect::EmulationSpec spec = protocol(choice);
  const auto result = effect::emulate(
      std::move(made->table), spec,
      {.seed = choice.seed, .threads = choice.threads, .bootstrap = choice.bootstrap});
  if (!result) {
    row.problem = result.error().message;
    row.problem_zh = kNoAnswerZh;
    return;
  }
  const std::string wanted = choice.comparator.empty() ? "per_protocol" : "intention_to_treat";
  const auto analysis = std::ranges::find(result->analyses, wanted, &effect::AnalysisResult::name);
  row.started = result->flow.treated_at_zero;
  const std::size_t others = result->flow.trials - row.started;
  if (row.started < kFewStarted || others < kFewStarted || analysis == result->analyses.end()) {
    row.problem =
        fmt::format("fewer than {} people started it, or did not, to compare", kFewStarted);
    row.problem_zh = fmt::format("开始用药或未开始用药者不足 {} 人，无法比较", kFewStarted);
    return;
  }
  const auto* ratio = find(*analysis, effect::Measure::kLogHazardRatio);
  const auto* difference = find(*analysis, effect::Measure::kRiskDifference);
  if (ratio == nullptr || difference == nullptr) {
    row.problem = "too few deaths, or too short a follow-up, to compare";
    row.problem_zh = "死亡太少或随访太短，无法比较";
    return;
  }
  row.hazard_ratio = *ratio;
  row.risk_difference = *difference;
  row.e_value = result->e_value;
  row.cautions = result->cautions;
  row.p = stats::normal_two_sided_p(std::log(ratio->value) / ratio->se);
}

/// Adjusted p of Benjamini and Hochberg over the rows that have an answer.
void adjust(ScreenResult& result) {
  std::vector<ScreenRow*> tested;
  for (ScreenRow& row : result.rows) {
    if (row.problem.empty()) {
      tested.push_back(&row);
    }
  }
  result.tests = tested.size();
  std::ranges::sort(tested, [](const ScreenRow* a, const ScreenRow* b) { return a->p > b->p; });
  double least = 1;
  for (std::size_t i = 0; i < tested.size(); ++i) {
    const auto rank = static_cast<double>(tested.size() - i);
    least = std::min(least, tested[i]->p * static_cast<double>(tested.size()) / rank);
    tested[i]->q = least;
    tested[i]->kept = least <= result.choice.false_discovery;
  }
}

void look_at_controls(ScreenResult& result) {
  double sum = 0;
  for (const ScreenRow& row : result.rows) {
    if (row.negative_control && row.problem.empty()) {
      sum += std::log(row.hazard_ratio.value);
      ++result.controls;
      result.controls_outside += row.hazard_ratio.low > 1 || row.hazard_ratio.high < 1 ? 1 : 0;
    }
  }
  if (result.controls > 0) {
    result.control_mean = sum / static_cast<double>(result.controls);
  }
}

}  // namespace

Result<ScreenResult> screen_treatments(const registry::RegistryData& data,
                                       const ScreenChoice& choice) {
  auto drugs = recorded_drugs(data);
  if (drugs.empty()) {
    return not_found("the registry records no treatment");
  }
  const std::string comparator = fold(choice.comparator);
  if (!comparator.empty() && !drugs.contains(comparator)) {
    return not_found(
        fmt::format("nobody in the registry took the comparator '{}'", choice.comparator));
  }
  add_truth(data, drugs);
  ScreenResult result;
  result.people = data.people.size();
  result.synthetic = data.synthetic();
  result.choice = choice;
  for (auto& [name, row] : drugs) {
    if (name == comparator) {
      continue;
    }
    if (!comparator.empty()) {
      row.truth.reset();  // what was planted is against none
      row.negative_control = false;
    }
    answer(data, choice, row);
    result.rows.push_back(std::move(row));
  }
  adjust(result);
  look_at_controls(result);
  std::ranges::stable_sort(result.rows, {}, [](const ScreenRow& row) {
    return std::pair(row.problem.empty() ? row.q : 2, row.p);
  });
  return result;
}

}  // namespace thaw::inquiry
