// Every drug that the registry records, each emulated as a target trial over time, with false
// discovery controlled and drugs without effect as controls.
//
// Each drug: started in the first month against never started (inverse probability weights from
// that month and every later one), or against starting a comparator in the same month. False
// discovery: Benjamini and Hochberg 1995, J R Stat Soc B 57:289. A drug is a negative control only
// where the maker of a synthetic registry says that it does nothing. Check:
// treatment_screen_test.cc.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "effect/emulate.h"
#include "evidence/resolve.h"
#include "registry/person_month_table.h"
#include "registry/registry_data.h"

namespace thaw::inquiry {

struct ScreenChoice {
  std::string comparator;  // a drug as recorded; empty: against never starting
  int horizon_months = 24;
  int bootstrap = 0;
  std::uint64_t seed = 1;
  unsigned threads = 1;
  double false_discovery = 0.05;
};

struct ScreenRow {
  std::string drug;                  // as recorded
  std::string concept_id;            // "" where it is tied to none
  std::size_t started = 0;           // people, in month 0
  std::string problem;               // why there is no answer; the rest is then empty
  std::string problem_zh;            // the same for a reader of Chinese
  effect::Quantity hazard_ratio;     // of death, to the horizon
  effect::Quantity risk_difference;  // at the horizon
  std::optional<effect::EValue> e_value;
  std::vector<effect::Caution> cautions;
  double p = 1;                   // of the hazard ratio being 1, two-sided
  double q = 1;                   // smallest false discovery rate at which it is kept
  bool kept = false;              // q at most the rate asked for
  bool negative_control = false;  // labelled as without effect
  std::optional<double> truth;    // marginal hazard ratio that was planted
};

struct ScreenResult {
  std::vector<ScreenRow> rows;  // by q, then drug
  std::size_t tests = 0;  // m of Benjamini and Hochberg: rows with an answer, controls among them
  std::size_t people = 0;
  bool synthetic = false;
  ScreenChoice choice;
  /// Mean and spread of the controls' log hazard ratios; what no drug does measures the bias.
  std::optional<double> control_mean;
  std::size_t controls = 0;
  std::size_t controls_outside = 0;  // whose 95 % interval leaves 1 out
};

/// Screens `data`. Fails: kNotFound when no drug is recorded, or the comparator is not.
/// Cost: one emulation a drug.
Result<ScreenResult> screen_treatments(const registry::RegistryData& data,
                                       const ScreenChoice& choice);

/// The `treatment_screen` document of docs/formats/target_trial.md. Counts of people below the
/// floor of registry/suppression.h are null.
boost::json::object screen_document(const ScreenResult& result);

/// The same for a terminal.
std::string screen_text(const ScreenResult& result, std::string_view lang);

struct ScreenLines {
  std::string text;  // JSON lines that `thaw evidence import` reads: one source, an item a drug
  std::size_t items = 0;
  std::size_t without_concept = 0;  // drugs that `names` does not know, left out
};

/// Items of kind registry_analysis for every row with an answer but the controls, interval widened
/// as registry_item() does; marked synthetic where the people were, so that import refuses them.
ScreenLines screen_evidence(const ScreenResult& result, const evidence::NameIndex& names);

}  // namespace thaw::inquiry
