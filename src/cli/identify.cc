#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "effect/estimand_form.h"
#include "effect/graph_file.h"
#include "effect/graph_json.h"
#include "effect/graph_text.h"
#include "effect/identify.h"
#include "effect/identify_data.h"
#include "effect/identify_json.h"
#include "table/csv.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::string graph, data, write;
  effect::IdentifyRequest request;
  std::optional<std::string> adjust;
};

std::vector<std::string> names_in(const std::string& text) {
  std::vector<std::string> names;
  for (const std::string_view part : split(text, ',')) {
    if (!trim(part).empty()) {
      names.emplace_back(trim(part));
    }
  }
  return names;
}

void print_sets(const effect::IdentifyAnswer& answer, bool zh) {
  constexpr std::size_t kShown = 10;
  const auto& sets = answer.adjustment.sets;
  if (sets.size() > 1) {
    print_line(zh ? "不可再减的校正集合：" : "Minimal adjustment sets:");
    for (std::size_t i = 0; i < sets.size() && i < kShown; ++i) {
      print_line("  { " + effect::names_of(sets[i], answer.names) + " }");
    }
    if (sets.size() > kShown) {
      print_line(fmt::format(
          fmt::runtime(zh ? "  等 {} 个（--json 列出全部）" : "  and {} more (--json lists them)"),
          zh ? sets.size() : sets.size() - kShown));
    }
  }
}

void print_answer(const effect::IdentifyAnswer& answer, bool zh) {
  print_line(zh ? answer.explanation.zh : answer.explanation.en);
  if (answer.estimand) {
    print_line(fmt::format(fmt::runtime(zh ? "公式：{}" : "Formula: {}"),
                           effect::plain_text(*answer.estimand, answer.names)));
  }
  print_sets(answer, zh);
}

/// What data say: the tests of the graph, the value of the formula, or why there is none.
struct Evidence {
  std::optional<std::vector<effect::ImplicationTest>> tests;
  std::optional<effect::EstimandOnData> value;
  std::string no_value;
};

Result<Evidence> look_at_data(const Arguments& given, const effect::GraphFile& file,
                              const effect::IdentifyAnswer& answer, const Options& options) {
  Evidence found;
  if (given.data.empty() && !file.network) {
    return found;
  }
  Result<effect::EstimandOnData> value = effect::EstimandOnData{};
  if (given.data.empty()) {
    value = effect::evaluate_on_network(answer, *file.network);
  } else {
    THAW_TRY(const Table table, read_csv_file(given.data));
    THAW_TRY(found.tests, effect::test_implications(answer, table));
    value = effect::evaluate_on_table(answer, table, options.seed);
  }
  if (value) {
    found.value = *value;
  } else if (value.error().code == ErrorCode::kNotFound) {
    return value.error();
  } else {
    found.no_value = value.error().message;
  }
  return found;
}

std::string difference_text(const effect::IdentifyAnswer& answer,
                            const effect::EstimandOnData& data, bool zh) {
  const effect::EffectCell& last = data.cells.back();
  const std::string treatment = effect::names_of(answer.x, answer.names);
  const std::string text = fmt::format(
      fmt::runtime(zh ? "{0}={1} 时 {2}={3} 的概率，减去 {0}={4} 时的概率：{5:.4f}"
                      : "Chance of {2}={3} under {0}={1}, less that under {0}={4}: {5:.4f}"),
      treatment, last.treatment.front(), effect::names_of(answer.y, answer.names),
      last.outcome.front(), data.cells.front().treatment.front(), data.difference->value);
  if (data.rows == 0) {
    return text + (zh ? "（由网络的概率表精确算出）" : " (exact, from the network's tables)");
  }
  return text + fmt::format(fmt::runtime(zh ? "（95% 区间 {:.4f} 至 {:.4f}，{} 行）"
                                            : " (95 % interval {:.4f} to {:.4f}, {} rows)"),
                            data.difference->low, data.difference->high, data.rows);
}

void print_evidence(const effect::IdentifyAnswer& answer, const Evidence& found, bool zh) {
  if (found.tests) {
    std::size_t made = 0;
    std::size_t broken = 0;
    for (const effect::ImplicationTest& test : *found.tests) {
      made += test.method.empty() ? 0 : 1;
      broken += !test.method.empty() && test.p_holm < 0.05 ? 1 : 0;
    }
    print_line(fmt::format(
        fmt::runtime(
            zh ? "数据检验了图所断言的 {} 个独立性，其中 {} 个与数据不符（Holm 校正后 p < 0.05）。"
               : "The data test {} independences that the graph claims; {} of them fail "
                 "(p < 0.05 after Holm's correction)."),
        made, broken));
    for (const effect::ImplicationTest& test : *found.tests) {
      if (!test.method.empty() && test.p_holm < 0.05) {
        print_line(fmt::format("  {} _||_ {} | {{ {} }}: n {}, p {:.2g}",
                               answer.names[test.claim.a], answer.names[test.claim.b],
                               effect::names_of(test.claim.given, answer.names), test.n,
                               test.p_holm));
      }
    }
  }
  if (found.value && found.value->difference) {
    print_line(difference_text(answer, *found.value, zh));
  }
  if (found.tests && !found.no_value.empty()) {
    tell(found.no_value);
  }
}

void add_evidence(const effect::IdentifyAnswer& answer, const Evidence& found,
                  boost::json::object& document) {
  document["implication_tests"] =
      found.tests ? boost::json::value(effect::implication_tests_json(answer, *found.tests))
                  : boost::json::value(nullptr);
  document["evaluation"] =
      found.value ? boost::json::value(effect::estimand_on_data_json(answer, *found.value))
                  : boost::json::value(nullptr);
  document["evaluation_problem"] =
      found.no_value.empty() ? boost::json::value(nullptr) : boost::json::value(found.no_value);
}

Result<Done> run(const Arguments& given, const Options& options) {
  THAW_TRY(std::string bytes, read_file(given.graph));
  THAW_TRY(const effect::GraphFile file, effect::read_graph(std::move(bytes), given.graph));
  if (!given.write.empty()) {
    const bool text = given.write == "dagitty";
    print_line(text ? effect::write_dagitty(file.graph)
                    : boost::json::serialize(effect::graph_json(file.graph)));
    return Done{};
  }
  effect::IdentifyRequest request = given.request;
  if (given.adjust) {
    request.adjust = names_in(*given.adjust);
  }
  THAW_TRY(const effect::IdentifyAnswer answer, effect::identify(file.graph, request));
  THAW_TRY(const Evidence evidence, look_at_data(given, file, answer, options));
  if (options.json) {
    boost::json::object document = effect::identify_json(answer);
    add_evidence(answer, evidence, document);
    print_document(document);
    return Done{};
  }
  const bool zh = options.lang == "zh";
  print_answer(answer, zh);
  print_evidence(answer, evidence, zh);
  return Done{};
}

}  // namespace

void add_identify(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& command =
      program.word("identify", "Can a causal question be answered from what is measured, and how");
  command.add_option("graph", given->graph, "Graph: dagitty text, DOT, JSON or .bif, maybe gzip")
      ->required();
  command.add_option("--treatment", given->request.treatment, "Treatment; several with commas")
      ->delimiter(',');
  command.add_option("--outcome", given->request.outcome, "Outcome; several with commas")
      ->delimiter(',');
  command.add_option("--given", given->request.given, "Effect among people with the same of these")
      ->delimiter(',');
  command.add_option("--instrument", given->request.instrument,
                     "Ask whether this is an instrument");
  command.add_option("--adjust", given->adjust, "Ask whether adjusting for these is valid");
  command.add_option("--data", given->data,
                     "CSV: test what the graph claims, evaluate the formula");
  command.add_option("--write", given->write, "Write the graph itself and answer nothing")
      ->check(CLI::IsMember({"dagitty", "json"}));
  command.add_option("--max-sets", given->request.max_sets, "How many sets to list at most")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  program.on(command, [given](const Options& options) { return run(*given, options); });
}

}  // namespace thaw::cli
