#include "registry/eligibility.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace thaw::registry {
namespace {

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();
/// Adds the number of `key` to `numbers`; a key that is new gets the next number.
void add_number(std::map<std::string, std::uint32_t, std::less<>>& keys, std::string key,
                std::vector<std::uint32_t>& numbers) {
  const auto next = static_cast<std::uint32_t>(keys.size());
  numbers.push_back(keys.try_emplace(std::move(key), next).first->second);
}

/// The key of a concept's id among names; fold() makes no name with a tab.
std::string concept_key(std::string_view id) {
  return fmt::format("\t{}", id);
}

/// Those of `wanted` that somebody has.
std::vector<std::uint32_t> numbers_of(const std::map<std::string, std::uint32_t, std::less<>>& keys,
                                      const std::vector<std::string>& wanted) {
  std::vector<std::uint32_t> numbers;
  for (const std::string& key : wanted) {
    if (const auto found = keys.find(key); found != keys.end()) {
      numbers.push_back(found->second);
    }
  }
  return numbers;
}

std::vector<std::string> keys_of(const DrugNames& drug) {
  std::vector<std::string> keys;
  if (!drug.concept_id.empty()) {
    keys.push_back(concept_key(drug.concept_id));
  }
  for (const std::string& name : drug.names) {
    keys.push_back(fold(name));
  }
  return keys;
}

bool meet(const std::vector<std::uint32_t>& one, const std::vector<std::uint32_t>& other) {
  return std::ranges::find_first_of(one, other) != one.end();
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
                .genes = {},
                .drugs = {}};
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
      add_number(gene_names_, fold(gene), state.genes);
    }
    for (const Treatment& treatment : history.treatments) {
      add_number(drug_names_, fold(treatment.drug), state.drugs);
      if (!treatment.concept_id.empty()) {
        add_number(drug_names_, concept_key(treatment.concept_id), state.drugs);
      }
    }
    alive_.push_back(std::move(state));
  }
}

FlooredCount EligibilityIndex::count(const Criteria& criteria) const {
  const Numbers genes = criteria.gene ? numbers_of(gene_names_, {fold(*criteria.gene)}) : Numbers{};
  const Numbers drugs =
      criteria.not_taking ? numbers_of(drug_names_, keys_of(*criteria.not_taking)) : Numbers{};
  const auto meets = [&](const State& s) {
    // A comparison with NaN, the unknown, is false.
    return s.months_since_report <= criteria.reported_within_months &&
           (!criteria.max_months_since_onset ||
            s.months_since_onset <= *criteria.max_months_since_onset) &&
           (!criteria.min_total || s.total >= std::max(*criteria.min_total, 0)) &&
           (!criteria.min_vital_capacity || s.vital_capacity >= *criteria.min_vital_capacity) &&
           (!criteria.gene || meet(s.genes, genes)) &&
           (!criteria.site || s.site == *criteria.site) && !meet(s.drugs, drugs);
  };
  return floored_to_tens(std::ranges::count_if(alive_, meets));
}

}  // namespace thaw::registry
