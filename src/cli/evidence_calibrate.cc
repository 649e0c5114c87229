#include <fmt/format.h>
#include <zlib.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "evidence/calibration_json.h"
#include "evidence/calibration_sets.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::vector<std::string> data;
  std::size_t folds = 5;
  double ridge = 5;
  std::string out;
};

/// Calls `take` with every line of a file, plain or gzip. A line over 1 MiB is an error.
Result<Done> each_line(const std::string& path,
                       const std::function<Result<Done>(std::string_view, std::size_t)>& take) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  if (!file) {
    return not_found(fmt::format("{} cannot be read", path));
  }
  std::vector<char> buffer(1 << 20);
  for (std::size_t number = 1; gzgets(file.get(), buffer.data(), static_cast<int>(buffer.size()));
       ++number) {
    const std::string_view line(buffer.data());
    if (!line.ends_with('\n') && gzeof(file.get()) == 0) {
      return invalid_argument(fmt::format("{}, line {}: longer than 1 MiB", path, number));
    }
    if (!trim(line).empty()) {
      THAW_CHECK(take(trim(line), number));
    }
  }
  int code = Z_OK;
  const char* why = gzerror(file.get(), &code);
  return code < 0 ? Result<Done>(invalid_argument(fmt::format("{}: {}", path, why)))
                  : Result<Done>(Done{});
}

Result<std::vector<evidence::GradedItem>> graded_items(const std::vector<std::string>& files,
                                                       const evidence::WeightParameters& start) {
  std::vector<evidence::GradedItem> items;
  for (const auto& path : files) {
    THAW_CHECK(each_line(path, [&](std::string_view line, std::size_t number) -> Result<Done> {
      auto item = evidence::dismech_item(line, start);
      if (!item) {
        return invalid_argument(fmt::format("{}, line {}: {}", path, number, item.error().message));
      }
      items.push_back(std::move(item).value());
      return Done{};
    }));
  }
  return items;
}

void print_curves(const std::vector<evidence::ReliabilityCurve>& curves) {
  for (const auto& curve : curves) {
    print_line(fmt::format("  {:<28} Brier {:.4f} ({:.4f} to {:.4f})  log loss {:.4f}",
                           curve.preset, curve.brier, curve.brier_low, curve.brier_high,
                           curve.log_loss));
  }
}

void print(const evidence::CalibrationReport& report, bool zh) {
  if (report.fitted) {
    const auto& f = *report.fitted;
    print_line(
        fmt::format(fmt::runtime(zh ? "按疾病留出：{} 例，{} 种疾病，{} 折，支持占 {:.3f}"
                                    : "held out by disease: {} cases, {} diseases, {} folds, "
                                      "{:.3f} of them support"),
                    f.cases, f.units, f.folds, f.base_rate));
    print_curves(f.curves);
    print_line(fmt::format(
        fmt::runtime(zh ? "拟合的上限比初始上限的 Brier 分数好 {:+.5f}（{:+.5f} 至 {:+.5f}）：{}"
                        : "fitted caps better than starting ones by {:+.5f} in Brier ({:+.5f} to "
                          "{:+.5f}): {}"),
        f.caps_gain, f.caps_gain_low, f.caps_gain_high,
        f.caps_better ? (zh ? "在这些分级上更好" : "better on these gradings")
                      : (zh ? "并不更好" : "no better")));
  }
  print_line(fmt::format(
      fmt::runtime(zh ? "库中论断，逐组留出：{} 例" : "store, a group held out: {} cases"),
      report.store.cases));
  print_curves(report.store.curves);
  print_line(fmt::format(fmt::runtime(zh ? "专家组分级，由其他证据预测：{} 例"
                                         : "panels' classes from other evidence: {} cases"),
                         report.panels.cases));
  print_curves(report.panels.curves);
}

Result<Done> run(const Arguments& given, const Options& options) {
  THAW_TRY(const auto workspace, open_knowledge(options));
  const auto& parameters = workspace->parameters;
  evidence::CalibrationReport report;
  if (!given.data.empty()) {
    tell("reading graded findings");
    THAW_TRY(auto items, graded_items(given.data, parameters));
    THAW_TRY(report.fitted,
             evidence::calibrate(evidence::graded_cases(std::move(items)), parameters, given.folds,
                                 options.seed, given.ridge));
  }
  const auto elsewhere = report.fitted
                             ? std::optional(evidence::with_fit(parameters, report.fitted->fitted))
                             : std::nullopt;
  const auto* beside = elsewhere ? &*elsewhere : nullptr;
  const evidence::Knowledge& knowledge = *workspace->knowledge;
  THAW_TRY(report.store, evidence::judge_store(knowledge, parameters, options.seed, beside));
  THAW_TRY(report.panels, evidence::judge_panels(knowledge, parameters, options.seed, beside));
  if (!given.out.empty()) {
    if (!report.fitted) {
      return invalid_argument("--out wants --data: nothing was fitted");
    }
    THAW_CHECK(write_file(given.out, evidence::fitted_parameter_file(parameters, *report.fitted)));
    tell(fmt::format("wrote {}", given.out));
  }
  if (options.json) {
    print_document(evidence::calibration_json(report));
  } else {
    print(report, options.lang == "zh");
  }
  return Done{};
}

}  // namespace

void add_evidence_calibrate(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb = program.verb("evidence", "calibrate",
                                "How often what is believed turns out so, beside two peers");
  verb.add_option("--data", given->data,
                  "Graded findings: dismech evidence, JSON lines, may be .gz");
  verb.add_option("--folds", given->folds, "Parts, by disease")->check(CLI::Range(2, 20));
  verb.add_option("--ridge", given->ridge, "How strongly the caps are held to the starting ones")
      ->check(CLI::Range(0.0, 1e9));
  verb.add_option("--out", given->out, "Write a parameter file with the fitted prior and caps");
  program.on(verb, [given](const Options& options) { return run(*given, options); });
}

}  // namespace thaw::cli
