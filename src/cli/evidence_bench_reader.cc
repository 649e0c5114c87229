#include <fmt/format.h>

#include <boost/json.hpp>
#include <filesystem>

#include "cli/bundled_model.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "evidence/grounding.h"
#include "exchange/byte_source.h"
#include "reading/bench_biored.h"
#include "reading/bench_cmeie.h"
#include "reading/bench_dismech.h"

namespace thaw::cli {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;
using reading::Estimate;

struct Arguments {
  std::string corpus, data, split = "dev";
  std::optional<double> threshold;
};

/// The file meant: as given, or where the corpus lies in a folder of corpora.
Result<fs::path> file_of(const Arguments& given) {
  const std::string biored = given.split == "train" ? "Train.PubTator" : "Dev.PubTator";
  const std::vector<std::string> places =
      given.corpus == "biored"
          ? std::vector<std::string>{biored, "biored/" + biored, "text/biored/" + biored}
      : given.corpus == "dismech"
          ? std::vector<std::string>{"dismech_evidence_shared.jsonl.gz",
                                     "mechanism/dismech/dismech_evidence_shared.jsonl.gz"}
          : std::vector<std::string>{"CMeIE_dev_first_half.jsonl",
                                     "cmeie/CMeIE_dev_first_half.jsonl",
                                     "text/cmeie/CMeIE_dev_first_half.jsonl"};
  std::error_code ignored;
  if (!fs::is_directory(given.data, ignored)) {
    return fs::path(given.data);  // a file, or an error when it is opened
  }
  for (const std::string& place : places) {
    if (fs::exists(fs::path(given.data) / place, ignored)) {
      return fs::path(given.data) / place;
    }
  }
  return not_found(
      fmt::format("{}: there is no {} in this folder; give the file itself with --data", given.data,
                  places.front()));
}

json::object to_json(const Estimate& x) {
  return {{"value", x.value}, {"low", x.low}, {"high", x.high}};
}

json::object to_json(const reading::RelationScores& s) {
  return {{"threshold", s.threshold},
          {"asserted", s.asserted},
          {"right", s.right},
          {"gold", s.gold},
          {"precision", to_json(s.precision)},
          {"recall", to_json(s.recall)},
          {"f1", to_json(s.f1)},
          {"sign_accuracy", to_json(s.sign_accuracy)},
          {"with_right_sign", json::object{{"precision", to_json(s.strict_precision)},
                                           {"recall", to_json(s.strict_recall)},
                                           {"f1", to_json(s.strict_f1)}}}};
}

json::object to_json(const reading::MentionScores& s) {
  return {{"found", s.found},
          {"right", s.right},
          {"gold", s.gold},
          {"precision", to_json(s.precision)},
          {"recall", to_json(s.recall)},
          {"f1", to_json(s.f1)}};
}

std::string shown(const Estimate& x) {
  return fmt::format("{:.3f} ({:.3f}-{:.3f})", x.value, x.low, x.high);
}

void print_scores(std::string_view what, const reading::RelationScores& s) {
  print_line(fmt::format("{} (>= {:.2f}): P {}, R {}, F1 {}, sign {}", what, s.threshold,
                         shown(s.precision), shown(s.recall), shown(s.f1), shown(s.sign_accuracy)));
}

void print_mentions(std::string_view what, const reading::MentionScores& s) {
  print_line(
      fmt::format("{}: P {}, R {}, F1 {}", what, shown(s.precision), shown(s.recall), shown(s.f1)));
}

Result<json::object> biored(exchange::ByteSource& bytes, const Arguments& given,
                            const Options& options) {
  THAW_TRY(const auto workspace, open_knowledge(options));
  THAW_TRY(const auto model, bundled_relation_model());
  const auto book = evidence::name_book_of(*workspace->knowledge);
  const evidence::Grounder grounder(book, &*workspace->knowledge);
  THAW_TRY(const auto report, reading::bench_biored(bytes, model, grounder, *workspace->knowledge,
                                                    given.threshold, options.seed));
  if (!options.json) {
    const bool zh = options.lang == "zh";
    print_line(fmt::format(
        fmt::runtime(zh ? "{} 篇\uff0c{} 条有方向的关系" : "{} documents, {} signed relations"),
        report.documents, report.signed_relations));
    print_scores(zh ? "给定实体\uff0c默认阈值" : "given things, default", report.given_default);
    print_scores(zh ? "给定实体\uff0cF1 最佳阈值" : "given things, best F1 on Train",
                 report.given_best);
    print_scores(zh ? "任何关系" : "any relation, for orientation", report.given_any);
    print_mentions(zh ? "自行识别的名称" : "own mentions", report.mentions);
    print_scores(zh ? "自行识别\uff0c默认阈值" : "end to end, default", report.own_default);
    print_scores(zh ? "自行识别\uff0cF1 最佳阈值" : "end to end, best F1 on Train",
                 report.own_best);
  }
  return json::object{{"corpus", "biored"},
                      {"documents", report.documents},
                      {"signed_relations", report.signed_relations},
                      {"relations", report.relations},
                      {"refused", report.refused},
                      {"given_entities", json::object{{"default", to_json(report.given_default)},
                                                      {"best_f1", to_json(report.given_best)},
                                                      {"any_relation", to_json(report.given_any)}}},
                      {"end_to_end", json::object{{"mentions", to_json(report.mentions)},
                                                  {"default", to_json(report.own_default)},
                                                  {"best_f1", to_json(report.own_best)}}}};
}

Result<json::object> cmeie(exchange::ByteSource& bytes, const Options& options) {
  THAW_TRY(const auto workspace, open_knowledge(options));
  const auto book = evidence::name_book_of(*workspace->knowledge);
  const evidence::Grounder grounder(book, &*workspace->knowledge);
  THAW_TRY(const auto report, reading::bench_cmeie(bytes, grounder, options.seed));
  if (!options.json) {
    print_line(fmt::format("{} sentences, {} refused", report.sentences, report.refused));
    print_mentions("mentions, the same words", report.mentions);
    print_mentions("mentions, one holds the other", report.near_mentions);
    print_mentions("pairs", report.pairs);
  }
  return json::object{{"corpus", "cmeie"},
                      {"sentences", report.sentences},
                      {"refused", report.refused},
                      {"mentions", to_json(report.mentions)},
                      {"near_mentions", to_json(report.near_mentions)},
                      {"pairs", to_json(report.pairs)}};
}

Result<json::object> dismech(exchange::ByteSource& bytes, const Options& options) {
  THAW_TRY(const auto model, bundled_support_model());
  THAW_TRY(const auto graded, reading::graded_quotes(bytes));
  std::vector<reading::Support> said;
  for (const auto& quote : graded.quotes) {
    said.push_back(reading::likeliest(model.judge(quote.numbers)));
  }
  const auto report = reading::dismech_scores(graded, said, options.seed);
  json::object grades;
  for (std::size_t k = 0; k < reading::kSupports; ++k) {
    const auto& s = report.by_grade[k];
    const auto name = reading::to_string(static_cast<reading::Support>(k));
    grades[name] = json::object{{"gold", s.gold},
                                {"asserted", s.asserted},
                                {"precision", s.precision},
                                {"recall", s.recall},
                                {"f1", s.f1}};
    if (!options.json) {
      print_line(fmt::format("{:16} {:5}  P {:.3f} R {:.3f} F1 {:.3f}", name, s.gold, s.precision,
                             s.recall, s.f1));
    }
  }
  if (!options.json) {
    print_line(fmt::format("macro F1 {}, accuracy {}; always SUPPORT: {:.3f}, {:.3f}",
                           shown(report.macro_f1), shown(report.accuracy),
                           report.always_support_macro_f1, report.always_support_accuracy));
  }
  return json::object{
      {"corpus", "dismech"},
      {"quotes", report.quotes},
      {"diseases", report.diseases},
      {"refused", report.refused},
      {"macro_f1", to_json(report.macro_f1)},
      {"accuracy", to_json(report.accuracy)},
      {"always_support", json::object{{"macro_f1", report.always_support_macro_f1},
                                      {"accuracy", report.always_support_accuracy}}},
      {"by_grade", std::move(grades)}};
}

Result<Done> bench(const Arguments& given, const Options& options) {
  THAW_TRY(const auto path, file_of(given));
  THAW_TRY(const auto bytes, exchange::FileSource::open(path));
  auto report = given.corpus == "biored"    ? biored(*bytes, given, options)
                : given.corpus == "dismech" ? dismech(*bytes, options)
                                            : cmeie(*bytes, options);
  if (!report) {
    return Error{report.error().code, fmt::format("{}: {}", path.string(), report.error().message)};
  }
  // What a model was fitted on measures memory, not reading.
  const bool fitted_on =
      (given.corpus == "biored" && given.split == "train") ||
      (given.corpus == "dismech" && path.filename() == "dismech_evidence_shared.jsonl.gz");
  if (fitted_on) {
    tell(options.lang == "zh"
             ? "模型正是用这份数据拟合的\uff1a交叉验证的数字见 docs/methods/reader.md"
             : "the model was fitted on this very data; docs/methods/reader.md has the "
               "cross-validated figures");
  }
  if (options.json) {
    (*report)["file"] = path.string();
    (*report)["fitted_on_this"] = fitted_on;
    print_document(*report);
  }
  return Done{};
}

}  // namespace

void add_evidence_bench_reader(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb = program.verb("evidence", "bench-reader", "Measure the built-in reader");
  verb.add_option("--corpus", given->corpus, "biored, dismech or cmeie")
      ->required()
      ->check(CLI::IsMember({"biored", "dismech", "cmeie"}));
  verb.add_option("--data", given->data, "The corpus' file, or a folder that holds it")->required();
  verb.add_option("--split", given->split, "Of BioRED in a folder: dev or train")
      ->check(CLI::IsMember({"dev", "train"}))
      ->capture_default_str();
  verb.add_option("--threshold", given->threshold, "Least probability of an asserted relation")
      ->check(CLI::Range(0.0, 1.0));
  program.on(verb, [given](const Options& options) { return bench(*given, options); });
}

}  // namespace thaw::cli
