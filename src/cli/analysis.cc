#include <boost/json.hpp>

#include "cli/commands.h"
#include "cli/output.h"
#include "evidence/json_reader.h"
#include "inquiry/analysis.h"
#include "table/csv.h"

namespace thaw::cli {
namespace {

namespace json = boost::json;

struct Arguments {
  std::string file;
  std::string table;
};

/// The spec in a file: by itself, or the "analysis" of a whole analysis that was kept.
Result<inquiry::AnalysisSpec> spec_of(const std::string& path) {
  THAW_TRY(const std::string text, read_file(path));
  boost::system::error_code error;
  const json::value read = json::parse(text, error);
  if (error || !read.is_object()) {
    return invalid_argument(path + " is not one JSON object: " + error.message());
  }
  const json::value* inner = read.get_object().if_contains("analysis");
  return inquiry::read_analysis_spec(inner != nullptr && inner->is_object() ? inner->get_object()
                                                                            : read.get_object());
}

std::string words(const json::value& text, const Options& options) {
  return std::string(text.at(options.lang).as_string());
}

void print_analysis(const json::object& document, const Options& options) {
  const bool zh = options.lang == "zh";
  if (const json::value* found = document.if_contains("discovery")) {
    print_line(fmt::format("{}: {}", zh ? "边的数目" : "Edges found",
                           found->at("edges").as_array().size()));
  }
  if (const json::value* answer = document.if_contains("identification")) {
    print_line(words(answer->at("explanation"), options));
  }
  if (const json::value* refused = document.if_contains("refused")) {
    print_line(words(*refused, options));
  }
  if (const json::value* survival = document.if_contains("survival")) {
    if (!survival->at("first").is_null()) {
      print_line(words(survival->at("first"), options));
    }
    const json::object& ratio = survival->at("hazard_ratio").as_object();
    print_line(fmt::format(
        "{}: {:.4g} ({:.4g} {} {:.4g})", zh ? "\u98ce\u9669\u7387\u6bd4" : "hazard ratio",
        ratio.at("estimate").to_number<double>(), ratio.at("ci_low").to_number<double>(),
        zh ? "\u81f3" : "to", ratio.at("ci_high").to_number<double>()));
  }
  if (const json::value* estimate = document.if_contains("estimate")) {
    if (!estimate->at("first").is_null()) {
      print_line(words(estimate->at("first"), options));
    }
    const auto number = [&](const char* key) {
      const json::value& value = estimate->at(key);
      return value.is_number() ? fmt::format("{:.6g}", value.to_number<double>()) : "-";
    };
    print_line(fmt::format("{} ({} {} {})", number("estimate"), number("ci_low"), zh ? "至" : "to",
                           number("ci_high")));
  }
}

Result<Done> run(const Arguments& given, const Options& options) {
  THAW_TRY(const inquiry::AnalysisSpec spec, spec_of(given.file));
  THAW_TRY(const Table table, read_csv_file(given.table));
  inquiry::AnalysisRun how;
  how.threads = options.threads;
  THAW_TRY(const json::object document, inquiry::run_analysis(table, spec, how));
  if (options.json) {
    print_document(document);
  } else {
    print_analysis(document, options);
  }
  return Done{};
}

Result<Done> script(const Arguments& given, const Options&) {
  THAW_TRY(const inquiry::AnalysisSpec spec, spec_of(given.file));
  THAW_TRY(const Table table, read_csv_file(given.table));
  THAW_TRY(const std::string text, inquiry::analysis_script(table, spec, given.table));
  print_line(text);
  return Done{};
}

}  // namespace

void add_analysis(Program& program) {
  auto given = std::make_shared<Arguments>();
  const auto add = [&](const std::string& name, const std::string& help) -> CLI::App& {
    CLI::App& verb = program.verb("analysis", name, help);
    verb.add_option("ANALYSIS", given->file, "The analysis that a page saved, or its spec (JSON)")
        ->required();
    verb.add_option("TABLE", given->table, "The table it is of (CSV)")->required();
    return verb;
  };
  program.on(add("run", "Run a kept analysis again: the same bytes from the same table"),
             [given](const Options& options) { return run(*given, options); });
  program.on(add("script", "The R script that gives the same estimate, where base R can"),
             [given](const Options& options) { return script(*given, options); });
}

}  // namespace thaw::cli
