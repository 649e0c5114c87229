// How many people of the registry could take part in a study now, without showing small counts.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "registry/registry_data.h"
#include "registry/suppression.h"

namespace thaw::registry {

/// A drug as a registry may have recorded it.
struct DrugNames {
  std::string concept_id;          // empty: by name only
  std::vector<std::string> names;  // in any language; compared as fold() makes them
};

/// What a study asks of a person. An empty field asks nothing. Unknown is not yes: a person whose
/// value is unknown is not counted for a criterion that needs it.
struct Criteria {
  double reported_within_months = 12;  // last report at most this long before the as-of day
  std::optional<double> max_months_since_onset;
  std::optional<int> min_total;              // ALSFRS-R points of the last report
  std::optional<double> min_vital_capacity;  // % predicted, the last measured
  std::optional<std::string> gene;           // carries a pathogenic variant of it
  std::optional<OnsetSite> site;
  std::optional<DrugNames> not_taking;  // a drug never started, by any of its names
};

/// How each person stands on the as-of day; made once, counted many times.
class EligibilityIndex {
 public:
  explicit EligibilityIndex(const RegistryData& data);

  /// People alive who meet every criterion, rounded to tens (suppression.h): candidates differ by
  /// who never took them, and exact counts side by side would count the takers of each. 1..10 is
  /// hidden. Cost: one pass, about 0.1 ms for 18,000 people.
  FlooredCount count(const Criteria& criteria) const;

  bool synthetic() const { return synthetic_; }

 private:
  using Numbers = std::vector<std::uint32_t>;  // of names in a Names
  using Names = std::map<std::string, std::uint32_t, std::less<>>;

  struct State {
    float months_since_onset;   // NaN: unknown
    float months_since_report;  // NaN: never reported
    float vital_capacity;       // NaN: unknown
    std::int16_t total;         // -1: unknown
    OnsetSite site;
    Numbers genes, drugs;
  };

  std::vector<State> alive_;
  Names gene_names_;  // folded
  Names drug_names_;  // folded, and concept ids marked as such
  bool synthetic_;
};

}  // namespace thaw::registry
