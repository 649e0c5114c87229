#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <boost/json.hpp>
#include <memory>

#include "base/digest.h"
#include "cli/bundled_model.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "gaze/bench_report.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::string file;
  std::string language;  // asked for; empty for what the file has
  std::size_t offers = 6;
  std::string learning = "off";
  double error = 0;
  int dwell_ms = 600;
  bool no_libime = false;
};

/// One run from an engine without history.
gaze::BenchReport run_once(gaze::TextEngine& engine, gaze::BenchReport report,
                           const std::vector<gaze::BenchSentence>& sentences) {
  engine.forget_all_and_learn({});
  report.engine = engine.status().name;
  report.counts = gaze::simulate(engine, sentences, report.language, report.options);
  engine.forget_all_and_learn({});
  return report;
}

void print_report(const gaze::BenchReport& report, bool zh) {
  const bool chinese = report.language == gaze::Language::kChinese;
  const auto n = static_cast<double>(std::max<std::size_t>(report.counts.characters, 1));
  print_line(fmt::format(
      fmt::runtime(
          zh ? "{}：每字符 {:.3f} 次选择（按键 {:.3f}，取用候选 {:.3f}），每分钟 {:.1f} {}；{} "
               "句，{} 字符"
             : "{}: {:.3f} selections a character (keys {:.3f}, offers {:.3f}), {:.1f} {} "
               "a minute; {} sentences, {} characters"),
      gaze::language_code(report.language), gaze::selections_per_character(report),
      static_cast<double>(report.counts.keys) / n, static_cast<double>(report.counts.picks) / n,
      gaze::per_minute(report), chinese ? (zh ? "字" : "characters") : (zh ? "词" : "words"),
      report.counts.sentences, report.counts.characters));
}

boost::json::object document_of(gaze::TextEngine& engine, const gaze::BenchReport& plan,
                                const std::vector<gaze::BenchSentence>& sentences, bool json,
                                bool zh) {
  const gaze::BenchReport report = run_once(engine, plan, sentences);
  if (!json) {
    print_report(report, zh);
  }
  boost::json::object document = gaze::bench_json(report);
  if (plan.options.learning == gaze::Learning::kSaid) {
    gaze::BenchReport growing = plan;
    growing.options.learning = gaze::Learning::kAsYouGo;
    const gaze::BenchReport as_you_go = run_once(engine, growing, sentences);
    if (!json) {
      print_line(zh ? "每句写完后才学习（之前没有历史）："
                    : "each sentence learned only after it was written, no history before:");
      print_report(as_you_go, zh);
    }
    document["as_you_go_selections_per_character"] = gaze::selections_per_character(as_you_go);
    document["learning_means"] =
        "each sentence of the file was said once before; as_you_go: only those above it";
  }
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  document["process_most_mb"] = static_cast<double>(use.ru_maxrss) / 1024;
  return document;
}

Result<Done> bench(const Arguments& given, const Options& options) {
  // Here --lang says which sentences to write when it is given, as well as the language of the
  // text.
  THAW_TRY(const std::string bytes, read_file(given.file));
  const auto sentences = gaze::parse_sentences(bytes);
  if (!sentences) {
    return invalid_argument(fmt::format("{}: {}", given.file, sentences.error().message));
  }
  THAW_TRY(const BundledCounts counts, bundled_counts());
  gaze::EngineOptions engine_options;
  engine_options.use_libime = !given.no_libime;
  engine_options.zh_counts = counts.zh;
  engine_options.en_counts = counts.en;
  THAW_TRY(const auto engine, gaze::TextEngine::make(std::move(engine_options)));
  boost::json::array documents;
  for (const auto language : {gaze::Language::kChinese, gaze::Language::kEnglish}) {
    const bool present = std::any_of(sentences->begin(), sentences->end(),
                                     [&](const auto& one) { return one.language == language; });
    const bool asked = given.language.empty() || given.language == gaze::language_code(language);
    if (!asked || !present) {
      continue;
    }
    gaze::BenchReport plan;
    plan.language = language;
    plan.options.offers = given.offers;
    plan.options.learning = given.learning == "on" ? gaze::Learning::kSaid : gaze::Learning::kOff;
    plan.options.error = given.error;
    plan.options.seed = options.seed;
    plan.time.dwell_s = given.dwell_ms / 1000.0;
    plan.model_sha256 = sha256_hex(language == gaze::Language::kChinese ? counts.zh : counts.en);
    plan.corpus_sha256 = sha256_hex(bytes);
    documents.push_back(document_of(*engine, plan, *sentences, options.json, options.lang == "zh"));
  }
  if (documents.empty()) {
    return invalid_argument(fmt::format("{} has no sentence in {}", given.file, given.language));
  }
  if (options.json && documents.size() == 1) {
    print_document(documents[0]);
  } else if (options.json) {
    boost::json::object both;
    for (const auto& document : documents) {
      both[document.at("lang").as_string()] = document;
    }
    print_document(both);
  }
  return Done{};
}

}  // namespace

void add_gaze_bench(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb =
      program.verb("gaze", "bench", "Count the selections that a simulated user needs");
  verb.add_option("sentences", given->file, "Table with the columns lang, text and pinyin")
      ->required();
  verb.add_option("--offers", given->offers, "Offers on one page")
      ->check(CLI::Range(1, 20))
      ->capture_default_str();
  verb.add_option("--learning", given->learning,
                  "on: every sentence was said once before; off: nothing is learned")
      ->check(CLI::IsMember({"on", "off"}))
      ->capture_default_str();
  verb.add_option("--error", given->error, "Chance that a selection misses")
      ->check(CLI::Range(0.0, 0.45))
      ->capture_default_str();
  verb.add_option("--dwell-ms", given->dwell_ms, "Dwell of one selection, milliseconds")
      ->check(CLI::Range(50, 10000))
      ->capture_default_str();
  verb.add_flag("--no-libime", given->no_libime, "Only the built-in counts, without libime");
  CLI::Option* language = verb.get_option_no_throw("--lang");
  program.on(verb, [given, language](const Options& options) {
    given->language = language != nullptr && language->count() > 0 ? options.lang : "";
    return bench(*given, options);
  });
}

}  // namespace thaw::cli
