#include "evidence/strength.h"

#include <algorithm>
#include <cmath>

namespace thaw::evidence {
namespace {

std::optional<double> find_in(const std::map<std::string, double>& values, const std::string& key) {
  const auto at = values.find(key);
  return at == values.end() ? std::nullopt : std::optional(at->second);
}

/// Everything after the likelihood or the grade: cap, discounts, reading.
struct Bounds {
  double cap;
  double factor;
  double faithful;

  double apply(double nats) const {
    return discount_for_reading(std::clamp(nats, -cap, cap) * factor, faithful);
  }
};

/// +1 for, -1 against, 0 neither: what a finding without a figure says of the sign asked for.
double spoken_direction(const ItemFacts& item, Sign asked) {
  if (item.direction == Direction::kNoEffectSeen) {
    return -1;
  }
  if (item.sign != asked || item.direction == Direction::kInconclusive) {
    return 0;
  }
  return item.direction == Direction::kSupports ? 1 : -1;
}

}  // namespace

double log_likelihood_ratio(double y, double se, double d) {
  return (d * y - d * d / 2) / (se * se);
}

double discount_for_reading(double l0, double faithful) {
  const double size = std::log(faithful * std::exp(std::abs(l0)) + 1 - faithful);
  return l0 < 0 ? -size : size;
}

std::string effective_kind(const Item& item, const WeightParameters& parameters) {
  if (item.study_kind != "rct") {
    return item.study_kind;
  }
  const bool confirmatory =
      item.phase.value_or(0) >= 3 || (item.n && *item.n >= parameters.confirmatory_n);
  return confirmatory ? "rct_confirmatory" : "rct_phase2";
}

StrengthTable::StrengthTable(const Facts& facts, const WeightParameters& parameters,
                             const WeighOptions& options, const Facts& trials)
    : facts_(&facts),
      parameters_(&parameters),
      as_of_(options.as_of),
      population_asked_(!options.population.empty()),
      population_(place_of(facts.populations(), options.population)),
      phase_2_(place_of(facts.kinds(), "rct_phase2")),
      confirmatory_(place_of(facts.kinds(), "rct_confirmatory")) {
  for (const auto& kind : facts.kinds()) {
    cap_.push_back(find_in(parameters.cap, kind));
  }
  for (const auto& grade : facts.grades()) {
    grade_.push_back(find_in(parameters.grade, grade).value_or(0));
  }
  for (const auto& scale : facts.scales()) {
    smallest_.push_back(find_in(parameters.smallest_effect, scale));
    typical_.push_back(typical_error(trials, scale, options.as_of));
  }
  transport_[static_cast<int>(Transport::kMolecular)] = parameters.transport.at("molecular");
  transport_[static_cast<int>(Transport::kTrial)] = parameters.transport.at("trial");
  transport_[static_cast<int>(Transport::kAllele)] = parameters.transport.at("allele");
  unstated_ = parameters.transport.at("unstated");
}

std::uint32_t StrengthTable::effective_kind(const ItemFacts& item) const {
  if (!item.randomised) {
    return item.kind;
  }
  return item.phase_3 || item.n >= parameters_->confirmatory_n ? confirmatory_ : phase_2_;
}

std::optional<double> StrengthTable::cap(const ItemFacts& item) const {
  return cap_[effective_kind(item)];
}

double StrengthTable::grade(const ItemFacts& item) const {
  return grade_[item.grade];
}

double StrengthTable::transport(const ItemFacts& item) const {
  if (!population_asked_ || (item.population != kNoWord && item.population == population_)) {
    return 1;
  }
  return item.population == kNoWord ? unstated_ : transport_[static_cast<int>(item.transport)];
}

double StrengthTable::status(const ItemFacts& item) const {
  if (as_of_ && item.status_year != kNoYear && item.status_year > *as_of_) {
    return 1;
  }
  switch (item.status) {
    case SourceStatus::kRetracted:
      return 0;
    case SourceStatus::kConcern:
      return parameters_->concern_status;
    case SourceStatus::kOk:
    case SourceStatus::kCorrected:
      break;
  }
  return 1;
}

std::optional<double> StrengthTable::standard_error(const ItemFacts& item) const {
  if (item.scale == kNoWord) {
    return std::nullopt;
  }
  if (!item.se_from_n) {
    return item.se;
  }
  const auto& typical = typical_[item.scale];
  return typical ? std::optional(typical->se_times_root_n / item.root_n) : std::nullopt;
}

std::optional<double> StrengthTable::smallest_effect(const ItemFacts& item) const {
  return standard_error(item) ? smallest_[item.scale] : std::nullopt;
}

bool StrengthTable::undated(const ItemFacts& item) const {
  return as_of_ && !item.timeless && item.year == kNoYear;
}

bool StrengthTable::known_then(const ItemFacts& item) const {
  return !as_of_ || item.timeless || (item.year != kNoYear && item.year <= *as_of_);
}

double StrengthTable::link_factor(std::uint32_t link) const {
  return facts_->links()[link].starts_with("lab:") ? parameters_->same_laboratory
                                                   : parameters_->same_consortium;
}

Strength StrengthTable::of(std::size_t index, Sign asked, const Repooled* repooled) const {
  const ItemFacts& item = (*facts_)[index];
  const auto limit = cap(item);
  if (!limit) {
    return {};
  }
  double factor = item.stated * transport(item) * status(item);
  if (repooled != nullptr) {
    factor *= repooled->factor;
  }
  const Bounds bounds{*limit, factor, item.faithful};
  const auto d = smallest_effect(item);
  Strength out;
  if (!d) {
    const double sign = spoken_direction(item, asked);
    out.nats = sign == 0 ? 0 : bounds.apply(sign * *limit * grade(item));
    out.nats_low = out.nats_high = out.nats;
    return out;
  }
  double x = item.x;
  double se = *standard_error(item);
  if (repooled != nullptr && repooled->x) {
    x = *repooled->x;
    se = *repooled->se;
  }
  out.quantitative = true;
  const double y = x == 0 ? 0 : (asked == Sign::kRaises ? x : -x);
  out.nats = bounds.apply(log_likelihood_ratio(y, se, *d));
  out.nats_low = out.nats_high = out.nats;
  if (item.unsigned_z > 0) {
    const double either = item.unsigned_z * se;
    out.nats_low = bounds.apply(log_likelihood_ratio(-either, se, *d));
    out.nats_high = bounds.apply(log_likelihood_ratio(either, se, *d));
  }
  return out;
}

}  // namespace thaw::evidence
