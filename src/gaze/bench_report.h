// The figures of one simulated run in one language, as `thaw gaze bench` prints them.
#pragma once

#include <boost/json/value.hpp>
#include <string>

#include "base/result.h"
#include "gaze/simulation.h"

namespace thaw::gaze {

/// The time model: seconds. docs/methods/gaze_text.md says where the three come from.
struct TimeModel {
  double dwell_s = 0.6;
  double saccade_s = 0.5;   // S: saccade and decision, each selection
  double reading_s = 0.35;  // R: reading the list before a pick
  double glance_s = 0.25;   // G: a glance at a list that changes after every key
};

struct BenchReport {
  Language language = Language::kChinese;
  SimulationOptions options;
  TimeModel time;
  SimulationCounts counts;
  std::string engine;         // "libime" or "built_in"
  std::string model_sha256;   // of the counts file
  std::string corpus_sha256;  // of the sentences file
};

double selections_per_character(const BenchReport& report);

/// Characters a minute in Chinese, words of five characters a minute in English.
double per_minute(const BenchReport& report);

/// The document of docs/formats/gaze_bench.md.
boost::json::object bench_json(const BenchReport& report);

}  // namespace thaw::gaze
