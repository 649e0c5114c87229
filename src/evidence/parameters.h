// The parameters of the weight: one file (data/evidence/weights.json), read and checked once.
//
// Source of the starting values: the design table in docs/methods/evidence_weight.md. They are
// starting values, not findings.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace thaw::evidence {

struct PeerPresets;  // presets.h

/// Whose formula gives the belief: ours, INDRA's or Open Targets' (docs/methods/presets.md).
enum class Preset : std::uint8_t { kThaw, kIndra, kOpenTargets };

struct WeightParameters {
  double default_prior = 0.5;                     // P before any evidence
  std::map<std::string, double> prior;            // by relation, where it differs
  std::map<std::string, double> cap;              // nats, by kind of study
  std::map<std::string, double> grade;            // share of the cap, by grade
  std::map<std::string, double> smallest_effect;  // by scale, on its natural scale, > 0
  std::map<std::string, double> transport;        // "molecular", "trial", "allele", "unstated"
  double concern_status = 0.5;                    // factor under an expression of concern
  double same_laboratory = 0.7;
  double same_consortium = 0.5;
  double confirmatory_n = 200;               // an RCT of at least this size counts as confirmatory
  double ignorance_weight = 2;               // W of subjective logic
  std::string text;                          // the file, for showing
  std::shared_ptr<const PeerPresets> peers;  // null: the peers' formulas cannot be asked for
};

/// `base` with the numbers of `changes`, an object of the same form that holds only what differs:
/// {"cap_nats":{"animal":0.5}}. `changed` gets the paths that now differ ("cap_nats.animal").
/// kInvalidArgument for a key that the file has not, or a number out of range.
Result<WeightParameters> with_changes(const WeightParameters& base, std::string_view changes,
                                      std::vector<std::string>& changed);

/// Reads the JSON parameter file. kInvalidArgument names the key that is missing or out of range.
Result<WeightParameters> read_parameters(std::string_view json);

}  // namespace thaw::evidence
