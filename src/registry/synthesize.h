// A registry of people who do not exist, generated from published summary statistics of ALS.
//
// Method and every parameter with its source: docs/methods/synthetic_registry.md. Not based on
// patients, and not evidence about any drug: what it shows was put there, and Truth says what.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "db/db.h"
#include "registry/registry_data.h"
#include "registry/registry_store.h"

namespace thaw::registry {

enum class Population : std::uint8_t { kChina, kWest };

/// "china" or "west"; kInvalidArgument else.
Result<Population> population_from(std::string_view word);
std::string_view code(Population value);

struct SynthesisRequest {
  std::size_t people = 18000;
  std::uint64_t seed = 1;
  Population population = Population::kChina;
  std::optional<double> reports_per_person;  // mean; nothing: the default cadence
  Day as_of{std::chrono::year{2026} / 1 / 1};
  double defects = 0;  // share of people given one planted defect, 0..0.5
  unsigned threads = 1;
};

/// What starting a drug at entry does, against never starting it, in the generated people who were
/// eligible and had not started before: from both outcomes of each person, drawn alike.
struct MarginalEffect {
  std::size_t people = 0;
  double hazard_ratio = 1;            // Cox on both outcomes, censored at the registry's as-of day
  double survival_difference_24 = 0;  // share alive 24 months after entry, start minus never
  double rmst_difference_24 = 0;      // months alive within 24 months, start minus never
  double slope_difference = 0;        // points/month; positive: the total falls more slowly
};

struct PlantedEffect {
  std::string drug;
  std::string concept_id;
  double conditional_hazard_ratio = 1;  // of each person, from the start of the drug on
  double slope_factor = 1;              // the person's slope is multiplied by this
  MarginalEffect marginal;
};

struct PlantedDefect {
  std::string kind;
  std::string person;  // its code
};

struct Truth {
  std::vector<PlantedEffect> effects;
  std::vector<PlantedDefect> defects;
};

struct Synthesis {
  RegistryData data;  // its manifest carries `truth` as JSON
  Truth truth;
};

/// Makes a registry. Same request, same registry to the byte, on any number of threads.
/// kInvalidArgument: people 0 or above 5,000,000, reports_per_person outside 1..200, defects
/// outside 0..0.5. Cost: about 2 microseconds a report on one core.
Result<Synthesis> synthesize(const SynthesisRequest& request);

/// The same, added to a store in one transaction. kConflict when it holds people already.
Result<Synthesis> synthesize_into(RegistryStore& store, const SynthesisRequest& request);

/// `truth` as a JSON object, with "synthetic": true (docs/formats/registry.md).
std::string to_json(const Truth& truth);

/// Reads what to_json wrote. kInvalidArgument when it is not such a document.
Result<Truth> truth_from_json(std::string_view json);

}  // namespace thaw::registry
