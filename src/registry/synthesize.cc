#include "registry/synthesize.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/digest.h"
#include "base/parallel.h"
#include "registry/cohort_table.h"
#include "registry/profile.h"
#include "registry/synthesize_defects.h"
#include "registry/synthesize_reports.h"
#include "registry/synthesize_treatment.h"
#include "registry/synthetic_truth.h"

namespace thaw::registry {
namespace {

using std::chrono::days;

constexpr std::string_view kGenerator = "thaw recipe R, version 1";
constexpr std::size_t kMostPeople = 5000000;
constexpr std::size_t kPiece = 256;  // people a thread takes at a time
constexpr std::size_t kCalibrationPeople = 3000;
constexpr int kCalibrationRounds = 6;

// One person with what the registry does not show.
struct Generated {
  History history;
  std::vector<TwoOutcomes> outcomes;  // one a drug
  double followed_months = 0;
};

struct Plan {
  const SynthesisRequest& request;
  const Profile& profile;
  std::vector<double> intercepts;
  double rate_scale = 1;
};

// What the person and the clinician see at the first report, as the cohort table will see it.
// Onset known only to a year is no guide, but they know it better than the record does.
SeenAtEntry seen_at_entry(const Entry& entry, const Joined& joined) {
  if (joined.person.onset->precision == DatePrecision::kYear || entry.months_since_onset <= 0) {
    return {.age_at_onset = joined.course.age_at_onset, .pre_slope = joined.course.pre_slope};
  }
  return {.age_at_onset = entry.age_at_onset, .pre_slope = entry.pre_slope};
}

Entry entry_with(History& history, const Joined& joined, int first) {
  // Only the total of the form counts here; its items are drawn with the reports.
  std::array<int, kItemCount> answers{};
  for (int point = 0; point < first; ++point) {
    ++answers[static_cast<std::size_t>(point % kItemCount)];
  }
  history.reports = {{.assessed = joined.entry, .score = AlsfrsR::from_answers(answers).value()}};
  const Entry entry = entry_of(history, CohortSpec{});
  history.reports.clear();
  return entry;
}

Generated generate(const Plan& plan, std::size_t index) {
  const SynthesisRequest& request = plan.request;
  const Profile& profile = plan.profile;
  const Joined joined = draw_joined(request, profile, index);
  Random random = random_for(request.seed, index, Draws::kReports);
  const int first = first_total(random, joined);
  Generated one;
  one.history.person = joined.person;
  const Entry entry = entry_with(one.history, joined, first);
  Random choice = random_for(request.seed, index, Draws::kTreatment);
  const auto starts =
      choose_starts(choice, profile, plan.intercepts, seen_at_entry(entry, joined), joined);

  const double months = months_to_death(joined, hazard_changes(profile, starts));
  one.followed_months = months_between(joined.entry, request.as_of);
  Day end = request.as_of;
  if (months <= one.followed_months) {
    const Day died = std::min(
        request.as_of, joined.entry + days{std::max(1, static_cast<int>(months * kDaysPerMonth))});
    one.history.events.push_back({EventKind::kDeath, {died, died, DatePrecision::kDay}});
    end = died;
  }
  one.history.treatments = recorded_treatments(profile, starts, joined, end);
  add_reports(random, profile, joined, slope_changes(profile, starts), first,
              {.rate_scale = plan.rate_scale,
               .rate_shape = request.reports_per_person ? profile.report_rate_shape_wanted
                                                        : profile.report_rate_shape,
               .end = end},
              one.history);
  for (std::size_t drug = 0; drug < profile.drugs.size(); ++drug) {
    one.outcomes.push_back(
        two_outcomes(profile, joined, drug, starts, entry.standing == Entry::Standing::kEligible));
  }
  return one;
}

std::vector<Generated> generate_all(const Plan& plan, std::size_t people) {
  std::vector<Generated> all(people);
  const std::size_t pieces = (people + kPiece - 1) / kPiece;
  for_each_piece(pieces, plan.request.threads, [&](std::size_t piece) {
    const std::size_t last = std::min(people, (piece + 1) * kPiece);
    for (std::size_t index = piece * kPiece; index < last; ++index) {
      all[index] = generate(plan, index);
    }
  });
  return all;
}

double mean_reports(const std::vector<Generated>& all) {
  std::size_t reports = 0;
  for (const Generated& one : all) {
    reports += one.history.reports.size();
  }
  return static_cast<double>(reports) / static_cast<double>(all.size());
}

// The factor on everybody's rate that gives the wanted mean, found on the first people.
double rate_scale_for(Plan plan, double wanted) {
  const std::size_t people = std::min(plan.request.people, kCalibrationPeople);
  for (int round = 0; round < kCalibrationRounds; ++round) {
    const double mean = mean_reports(generate_all(plan, people));
    if (wanted <= 1 || mean <= 1) {
      break;
    }
    const double step = (wanted - 1) / (mean - 1);
    plan.rate_scale *= std::clamp(step, 0.02, 50.0);
    if (step > 0.99 && step < 1.01) {
      break;
    }
  }
  return plan.rate_scale;
}

Result<Done> check(const SynthesisRequest& request) {
  if (request.people == 0 || request.people > kMostPeople) {
    return invalid_argument(
        fmt::format("people must be 1 to {}, got {}", kMostPeople, request.people));
  }
  if (const auto wanted = request.reports_per_person; wanted && !(*wanted >= 1 && *wanted <= 200)) {
    return invalid_argument(fmt::format("reports per person must be 1 to 200, got {}", *wanted));
  }
  if (!(request.defects >= 0 && request.defects <= 0.5)) {
    return invalid_argument(
        fmt::format("share of defects must be 0 to 0.5, got {}", request.defects));
  }
  return Done{};
}

Truth truth_of(const Profile& profile, const std::vector<Generated>& all) {
  Truth truth;
  std::vector<double> followed;
  for (const Generated& one : all) {
    followed.push_back(one.followed_months);
  }
  for (std::size_t drug = 0; drug < profile.drugs.size(); ++drug) {
    std::vector<TwoOutcomes> outcomes;
    for (const Generated& one : all) {
      outcomes.push_back(one.outcomes[drug]);
    }
    const DrugPlan& plan = profile.drugs[drug];
    PlantedEffect effect{.drug = std::string(plan.name),
                         .concept_id = std::string(plan.concept_id),
                         .conditional_hazard_ratio = plan.hazard_ratio,
                         .slope_factor = plan.slope_factor,
                         .marginal = {}};
    // Too few people to have a marginal effect: it stays at none, over 0 people.
    if (const auto marginal = marginal_effect(outcomes, followed)) {
      effect.marginal = *marginal;
    }
    truth.effects.push_back(std::move(effect));
  }
  return truth;
}

}  // namespace

std::string_view code(Population value) {
  return value == Population::kChina ? "china" : "west";
}

Result<Population> population_from(std::string_view word) {
  for (const Population value : {Population::kChina, Population::kWest}) {
    if (word == code(value)) {
      return value;
    }
  }
  return invalid_argument(fmt::format("population must be china or west, got '{}'", word));
}

Result<Synthesis> synthesize(const SynthesisRequest& request) {
  THAW_CHECK(check(request));
  const Profile& profile = profile_of(request.population);
  Plan plan{request, profile, choice_intercepts(profile)};
  if (request.reports_per_person) {
    plan.rate_scale = rate_scale_for(plan, *request.reports_per_person);
  }
  std::vector<Generated> all = generate_all(plan, request.people);
  Synthesis synthesis;
  synthesis.truth = truth_of(profile, all);
  for (Generated& one : all) {
    synthesis.data.people.push_back(std::move(one.history));
  }
  synthesis.truth.defects = plant_defects(request, synthesis.data.people);
  const std::string parameters = to_json(profile);
  synthesis.data.manifest = {.kind = Kind::kSynthetic,
                             .as_of = request.as_of,
                             .generator = std::string(kGenerator),
                             .seed = request.seed,
                             .population = std::string(code(request.population)),
                             .parameters = parameters,
                             .parameter_hash = sha256_hex(parameters),
                             .truth = to_json(synthesis.truth)};
  return synthesis;
}

Result<Synthesis> synthesize_into(RegistryStore& store, const SynthesisRequest& request) {
  THAW_TRY(const StoreCounts counts, store.counts());
  if (counts.people > 0) {
    return conflict(
        fmt::format("the store holds {} people already; a synthetic registry needs a "
                    "store of its own",
                    counts.people));
  }
  THAW_TRY(Synthesis synthesis, synthesize(request));
  THAW_CHECK(store.add(synthesis.data));
  return synthesis;
}

}  // namespace thaw::registry
