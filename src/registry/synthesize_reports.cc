#include "registry/synthesize_reports.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "registry/loss_order.h"

namespace thaw::registry {
namespace {

using std::chrono::days;

int noisy_total(Random& random, const Joined& joined, double latent) {
  const double total = std::round(latent + joined.course.noise_sd * random.normal());
  return static_cast<int>(std::clamp(total, 0.0, static_cast<double>(kTotalMax)));
}

// Whoever fills the form in: with loss it passes from the person to a proxy.
void draw_reporter(Random& random, const Profile& p, int total, Report& report) {
  if (random.bernoulli(p.clinic_share)) {
    report.answered_by = AnsweredBy::kClinician;
    report.mode = Mode::kClinic;
    return;
  }
  const double proxy = p.proxy_max / (1 + std::exp((total - p.proxy_half) / p.proxy_scale));
  report.answered_by = random.bernoulli(proxy) ? AnsweredBy::kProxy : AnsweredBy::kSelf;
  report.mode = random.bernoulli(p.app_share) ? Mode::kApp : Mode::kWeb;
}

class Reporter {
 public:
  Reporter(Random& random, const Profile& profile, const Joined& joined, History& history,
           int first)
      : random_(random),
        profile_(profile),
        joined_(joined),
        history_(history),
        order_(random, joined.course.bulbar, kTotalMax - first) {}

  void report(Day day, int total, bool complete) {
    const auto full = order_.answers(total);
    std::array<std::optional<int>, kItemCount> answers{};
    std::ranges::copy(full, answers.begin());
    if (!complete && random_.bernoulli(profile_.item_missing)) {
      answers[random_.index(kItemCount)] = std::nullopt;
    }
    Report row{
        .assessed = day,
        .score = AlsfrsR::from_answers(std::span<const std::optional<int>>(answers),
                                       has_tube_ ? ItemFive::kTubeHandling : ItemFive::kCutting)
                     .value()};
    draw_reporter(random_, profile_, total, row);
    history_.reports.push_back(row);
    add_devices(day, full);
  }

  void measure(Day day, double months) {
    const Course& course = joined_.course;
    const double since_diagnosis = joined_.months_to_entry - course.months_to_diagnosis + months;
    const double percent =
        std::clamp(course.vital_capacity - course.vital_capacity_loss * since_diagnosis +
                       profile_.vital_capacity_error_sd * random_.normal(),
                   10.0, 150.0);
    const double litres = std::round(percent * joined_.predicted_litres) / 100;
    history_.vital_capacities.push_back({.measured = day,
                                         .kind = random_.bernoulli(profile_.svc_share)
                                                     ? VitalCapacityKind::kSvc
                                                     : VitalCapacityKind::kFvc,
                                         .litres = std::clamp(litres, 0.1, 9.0),
                                         .percent_predicted = std::round(percent)});
  }

 private:
  // A tube, a mask, a tracheostomy: each dated by the first report that shows the need for it.
  void add_devices(Day day, const std::array<int, kItemCount>& answers) {
    const auto add = [&](EventKind kind) {
      history_.events.push_back({kind, {day, day, DatePrecision::kDay}});
    };
    if (!has_tube_ && answers[2] <= 1 && random_.bernoulli(profile_.tube_offered)) {
      has_tube_ = true;
      add(EventKind::kGastrostomy);
    }
    if (!has_niv_ && answers[11] < kItemMax) {
      has_niv_ = true;
      add(EventKind::kNiv);
    }
    if (!has_tracheostomy_ && answers[11] == 0) {
      has_tracheostomy_ = true;
      add(EventKind::kTracheostomy);
    }
  }

  Random& random_;
  const Profile& profile_;
  const Joined& joined_;
  History& history_;
  LossOrder order_;
  bool has_tube_ = false;
  bool has_niv_ = false;
  bool has_tracheostomy_ = false;
};

}  // namespace

double latent_total(const Joined& joined, const std::vector<SlopeChange>& changes, double months) {
  double total = kTotalMax - joined.course.pre_slope * joined.months_to_entry;
  total = std::max(total, 0.0) + joined.course.post_slope * months;
  double factor = 1;
  for (const SlopeChange& change : changes) {  // in order of month
    const double exposed = std::max(0.0, months - std::max(change.month, 0.0));
    total += joined.course.post_slope * factor * (change.factor - 1) * exposed;
    factor *= change.factor;
  }
  return std::clamp(total, 0.0, static_cast<double>(kTotalMax));
}

int first_total(Random& random, const Joined& joined) {
  return noisy_total(random, joined, latent_total(joined, {}, 0));
}

void add_reports(Random& random, const Profile& profile, const Joined& joined,
                 const std::vector<SlopeChange>& changes, int first, const Reporting& reporting,
                 History& history) {
  const double rate_a_year =
      std::max(profile.reports_a_year * random.gamma(reporting.rate_shape) / reporting.rate_shape,
               profile.reports_a_year_min) *
      reporting.rate_scale;
  Day end = reporting.end;
  if (random.bernoulli(profile.stops_early)) {
    const double stop_days = profile.stops_early_months * random.uniform() * kDaysPerMonth;
    end = std::min(end, joined.entry + days{static_cast<int>(stop_days)});
  }
  Reporter reporter(random, profile, joined, history, first);
  reporter.report(joined.entry, first, true);
  if (random.bernoulli(profile.vital_capacity_at_entry)) {
    reporter.measure(joined.entry, 0);
  }
  Day day = joined.entry;
  int total = first;
  while (true) {
    const double thinned =
        rate_a_year * (profile.thinned_at_zero +
                       (1 - profile.thinned_at_zero) *
                           std::min<double>(total, profile.thinned_below) / profile.thinned_below);
    const double gap = random.gamma(profile.gap_shape) / profile.gap_shape * 365.25 / thinned;
    day += days{1 + static_cast<int>(std::min(gap, 1e5))};
    if (day > end) {
      return;
    }
    const double months = months_between(joined.entry, day);
    const int now = noisy_total(random, joined, latent_total(joined, changes, months));
    const double skip = profile.skip_base + profile.skip_per_point * std::max(0, total - now);
    if (random.bernoulli(std::min(skip, profile.skip_max))) {
      continue;  // the more was lost since the last report, the likelier none is sent
    }
    total = now;
    reporter.report(day, total, false);
    if (random.bernoulli(profile.vital_capacity_later)) {
      reporter.measure(day, months);
    }
  }
}

}  // namespace thaw::registry
