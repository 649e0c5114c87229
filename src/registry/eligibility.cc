#include "registry/eligibility.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "base/text.h"

namespace thaw::registry {
namespace {

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();
constexpr std::size_t kMostNames = 64;  // one bit each; further names are not counted for

// The bit of `name`, given one if there is room; names compare as people write them.
std::uint64_t bit_of(std::vector<std::string>& names, std::string_view name) {
  const std::string key = fold(name);
  const auto found = std::ranges::find(names, key);
  const auto index = static_cast<std::size_t>(found - names.begin());
  if (found == names.end()) {
    if (names.size() == kMostNames) {
      return 0;
    }
    names.push_back(key);
  }
  return std::uint64_t{1} << index;
}

std::uint64_t known_bit(const std::vector<std::string>& names, std::string_view name) {
  const auto found = std::ranges::find(names, fold(name));
  return found == names.end() ? 0 : std::uint64_t{1} << (found - names.begin());
}

float months(Day from, Day to) {
  return static_cast<float>(months_between(from, to));
}

}  // namespace

EligibilityIndex::EligibilityIndex(const RegistryData& data) : synthetic_(data.synthetic()) {
  const Day as_of = data.manifest.as_of;
  for (const History& history : data.people) {
    if (death_of(history)) {
      continue;
    }
    State state{.months_since_onset = kUnknown,
                .months_since_report = kUnknown,
                .vital_capacity = kUnknown,
                .total = -1,
                .site = history.person.site,
                .genes = 0,
                .drugs = 0};
    if (history.person.onset) {
      state.months_since_onset = months(middle_day(*history.person.onset), as_of);
    }
    if (!history.reports.empty()) {
      const Report& last = history.reports.back();
      state.months_since_report = months(last.assessed, as_of);
      const PointRange total = last.score.total();
      state.total = static_cast<std::int16_t>(total.known() ? total.low : -1);
    }
    for (const VitalCapacity& v : history.vital_capacities) {
      if (v.percent_predicted) {
        state.vital_capacity = static_cast<float>(*v.percent_predicted);
      }
    }
    for (const std::string& gene : history.person.genes) {
      state.genes |= bit_of(gene_names_, gene);
    }
    for (const Treatment& treatment : history.treatments) {
      state.drugs |= bit_of(drug_names_, treatment.drug);
    }
    alive_.push_back(state);
  }
}

FlooredCount EligibilityIndex::count(const Criteria& criteria) const {
  const std::uint64_t gene = criteria.gene ? known_bit(gene_names_, *criteria.gene) : 0;
  const std::uint64_t drug = criteria.not_taking ? known_bit(drug_names_, *criteria.not_taking) : 0;
  const auto meets = [&](const State& s) {
    // A comparison with NaN, the unknown, is false.
    return s.months_since_report <= criteria.reported_within_months &&
           (!criteria.max_months_since_onset ||
            s.months_since_onset <= *criteria.max_months_since_onset) &&
           (!criteria.min_total || s.total >= std::max(*criteria.min_total, 0)) &&
           (!criteria.min_vital_capacity || s.vital_capacity >= *criteria.min_vital_capacity) &&
           (!criteria.gene || (s.genes & gene) != 0) &&
           (!criteria.site || s.site == *criteria.site) && (s.drugs & drug) == 0;
  };
  return floored(std::ranges::count_if(alive_, meets));
}

}  // namespace thaw::registry
