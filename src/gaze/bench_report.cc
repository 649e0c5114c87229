#include "gaze/bench_report.h"

#include <algorithm>
#include <boost/json.hpp>

namespace thaw::gaze {
namespace {

double quantile(std::vector<double> values, double share) {
  if (values.empty()) {
    return 0;
  }
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

double characters(const BenchReport& report) {
  return static_cast<double>(std::max<std::size_t>(report.counts.characters, 1));
}

std::string_view learning_word(Learning learning) {
  switch (learning) {
    case Learning::kSaid:
      return "on";
    case Learning::kAsYouGo:
      return "as_you_go";
    case Learning::kOff:
      break;
  }
  return "off";
}

boost::json::array baselines(Language language) {
  const char* source = "prototype of this engine, the same sentences, 6 offers, learning off";
  if (language == Language::kEnglish) {
    return {{{"method", "letters and spaces"},
             {"selections_per_character", 1.0},
             {"source", "by definition"}},
            {{"method", "word list, triples, next word"},
             {"selections_per_character", 0.46},
             {"source", source}}};
  }
  return {{{"method", "full pinyin by the clause, librime 1.8.5, 5 a page"},
           {"selections_per_character", 3.51},
           {"source", source}},
          {{"method", "word list, triples, libime's model, next word"},
           {"selections_per_character", 1.88},
           {"source", source}}};
}

}  // namespace

double selections_per_character(const BenchReport& report) {
  return static_cast<double>(report.counts.selections()) / characters(report);
}

double per_minute(const BenchReport& report) {
  const TimeModel& time = report.time;
  const double keys =
      static_cast<double>(report.counts.keys + report.counts.wrong) / characters(report);
  const double picks = static_cast<double>(report.counts.picks) / characters(report);
  const double seconds = keys * (time.dwell_s + time.saccade_s + time.glance_s) +
                         picks * (time.dwell_s + time.saccade_s + time.reading_s);
  const double a_minute = seconds > 0 ? 60 / seconds : 0;
  return report.language == Language::kChinese ? a_minute : a_minute / 5;
}

boost::json::object bench_json(const BenchReport& report) {
  const SimulationCounts& counts = report.counts;
  const double right = static_cast<double>(counts.keys + counts.picks) / characters(report);
  boost::json::array unreachable;
  for (const std::string& text : counts.unreachable) {
    unreachable.emplace_back(text);
  }
  return {
      {"lang", language_code(report.language)},
      {"selections_per_character", selections_per_character(report)},
      {"per_minute", per_minute(report)},
      {"per_minute_unit",
       report.language == Language::kChinese ? "characters" : "words of five characters"},
      {"keys_per_character", static_cast<double>(counts.keys) / characters(report)},
      {"picks_per_character", static_cast<double>(counts.picks) / characters(report)},
      {"offers_taken_share",
       counts.shown > 0 ? static_cast<double>(counts.picks) / static_cast<double>(counts.shown)
                        : 0},
      {"characters_by_offer_share", static_cast<double>(counts.by_offer) / characters(report)},
      {"right_offer_share",
       counts.steps > 0 ? static_cast<double>(counts.shown) / static_cast<double>(counts.steps)
                        : 0},
      {"pages_turned", counts.pages},
      {"characters", counts.characters},
      {"words", report.language == Language::kEnglish ? boost::json::value(counts.words) : nullptr},
      {"sentences", counts.sentences},
      {"unreachable", std::move(unreachable)},
      {"offers", report.options.offers},
      {"learning", learning_word(report.options.learning)},
      {"error", report.options.error},
      {"seed", report.options.seed},
      {"selections_expected_by_formula", right * expected_growth(report.options.error)},
      {"time_model",
       {{"dwell_s", report.time.dwell_s},
        {"saccade_s", report.time.saccade_s},
        {"reading_s", report.time.reading_s},
        {"glance_s", report.time.glance_s}}},
      {"suggestion_ms",
       {{"p50", quantile(counts.milliseconds, 0.5)},
        {"p95", quantile(counts.milliseconds, 0.95)},
        {"most", quantile(counts.milliseconds, 1)},
        {"of", "CPU time, this machine"}}},
      {"engine", report.engine},
      {"model_sha256", report.model_sha256},
      {"corpus_sha256", report.corpus_sha256},
      {"baselines", baselines(report.language)},
  };
}

}  // namespace thaw::gaze
