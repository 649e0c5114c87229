#include "registry/synthesize_defects.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "registry/synthesize_person.h"

namespace thaw::registry {
namespace {

constexpr std::size_t kKinds = 5;
constexpr std::array<const char*, kKinds> kNames = {"impossible_recovery", "tube_item_without_tube",
                                                    "duplicate_person", "litres_slip",
                                                    "year_only_onset"};

AlsfrsR rewritten(const AlsfrsR& score, std::optional<int> all_answers, ItemFive item_five) {
  std::array<std::optional<int>, kItemCount> answers{};
  for (int item = 1; item <= kItemCount; ++item) {
    answers[static_cast<std::size_t>(item - 1)] = all_answers ? all_answers : score.answer(item);
  }
  return AlsfrsR::from_answers(std::span<const std::optional<int>>(answers), item_five,
                               score.version())
      .value();
}

bool recover(History& history) {
  if (history.reports.size() < 4) {
    return false;
  }
  Report& report = history.reports[history.reports.size() / 2];
  if (report.score.total().high > 36) {
    return false;
  }
  report.score = rewritten(report.score, kItemMax, report.score.item_five());
  return true;
}

bool answer_tube_item(History& history) {
  const auto tube = [](const Event& event) { return event.kind == EventKind::kGastrostomy; };
  if (history.reports.empty() || std::ranges::any_of(history.events, tube)) {
    return false;
  }
  Report& report = history.reports.back();
  report.score = rewritten(report.score, std::nullopt, ItemFive::kTubeHandling);
  return true;
}

bool copy_person(const History* before, History& history) {
  if (before == nullptr) {
    return false;
  }
  const std::string own_code = history.person.code;
  history = *before;
  history.person.code = own_code;
  return true;
}

bool slip_litres(History& history) {
  if (history.vital_capacities.empty() || history.vital_capacities.front().litres < 1) {
    return false;
  }
  history.vital_capacities.front().litres /= 10;
  return true;
}

bool forget_onset(History& history) {
  if (!history.person.onset || history.person.onset->precision == DatePrecision::kYear) {
    return false;
  }
  const auto year = std::chrono::year_month_day(history.person.onset->first).year();
  history.person.onset = {Day{year / 1 / 1}, Day{year / 12 / 31}, DatePrecision::kYear};
  return true;
}

bool plant(std::size_t kind, const History* before, History& history) {
  switch (kind) {
    case 0:
      return recover(history);
    case 1:
      return answer_tube_item(history);
    case 2:
      return copy_person(before, history);
    case 3:
      return slip_litres(history);
    default:
      return forget_onset(history);
  }
}

}  // namespace

std::vector<PlantedDefect> plant_defects(const SynthesisRequest& request,
                                         std::vector<History>& people) {
  std::vector<PlantedDefect> planted;
  for (std::size_t i = 0; i < people.size(); ++i) {
    Random random = random_for(request.seed, i, Draws::kDefects);
    if (!random.bernoulli(request.defects)) {
      continue;
    }
    const std::size_t kind = random.index(kKinds);
    if (plant(kind, i == 0 ? nullptr : &people[i - 1], people[i])) {
      planted.push_back({kNames[kind], people[i].person.code});
    }
  }
  return planted;
}

}  // namespace thaw::registry
