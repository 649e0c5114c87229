#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "evidence/explain.h"
#include "evidence/population.h"
#include "evidence/preset_belief.h"
#include "evidence/weigh_json.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::string subject, object;
  std::optional<int> as_of;
  std::optional<double> prior;
  std::string population;
  std::string preset = "thaw";
  bool explain = false;
};

const std::string& in(const evidence::Name& name, bool zh) {
  return zh ? name.zh : name.en;
}

void print_item(const evidence::Knowledge& knowledge, const evidence::WeighedItem& weighed,
                const evidence::ItemWords& words, bool zh) {
  const evidence::Item& item = knowledge.items()[weighed.item];
  const evidence::Source& source = *knowledge.find_source(item.source);
  const std::string figure = !item.effect || item.effect->printed.empty()
                                 ? (zh ? "未给出数字" : "no figure printed")
                             : zh && !item.effect->printed_zh.empty() ? item.effect->printed_zh
                                                                      : item.effect->printed;
  const std::string reporter =
      source.as_reported_by.empty()
          ? std::string()
          : fmt::format(fmt::runtime(zh ? "，据 {}" : ", as reported by {}"),
                        source.as_reported_by);
  print_line(fmt::format("      {}: {} [{}{}]", item.id, figure, source.citation, reporter));
  for (const auto& other :
       zh && !item.also_printed_zh.empty() ? item.also_printed_zh : item.also_printed) {
    print_line(fmt::format("        {}: {}", zh ? "另有印本" : "also printed", other));
  }
  if (!weighed.counts) {
    print_line(fmt::format("        {}", zh ? words.why_zh : words.why));
  }
}

void print_claim(const evidence::Weigher& weigher, const evidence::WeighedClaim& weighed,
                 const evidence::WeighOptions& asked, bool derivation, bool zh) {
  const evidence::Knowledge& knowledge = weigher.knowledge();
  const evidence::Explanation words = evidence::explain(weigher, weighed, asked);
  print_line(in(evidence::claim_text(knowledge, *weighed.claim), zh));
  print_line(fmt::format(
      fmt::runtime(
          zh ? "  {}：可信度 {:.2f}（先验 {:.2f}），支持 {:.2f} 奈特，反对 {:.2f} 奈特，未知 "
               "{:.0f} %"
             : "  {}: belief {:.2f} (prior {:.2f}), support {:.2f} nats, opposition {:.2f} "
               "nats, unknown {:.0f} %"),
      in(evidence::verdict_of(weighed), zh), weighed.belief, weighed.prior, weighed.support,
      weighed.opposition, 100 * weighed.opinion.ignorance));
  if (weighed.belief_range) {
    print_line(fmt::format(fmt::runtime(zh ? "  未刊出的数字使可信度在 {:.2f} 到 {:.2f} 之间"
                                           : "  what was not printed leaves it between {:.2f} and "
                                             "{:.2f}"),
                           weighed.belief_range->first, weighed.belief_range->second));
  }
  for (std::size_t g = 0; g < weighed.groups.size(); ++g) {
    const auto& group = weighed.groups[g];
    print_line(fmt::format("    {:+.2f}  {} ({}): {}", group.direction * group.nats, group.label,
                           group.kind, zh ? words.groups[g].why_zh : words.groups[g].why));
    for (std::size_t i = 0; i < group.items.size(); ++i) {
      print_item(knowledge, group.items[i], words.groups[g].items[i], zh);
    }
  }
  if (derivation) {
    for (const auto& line : words.derivation) {
      print_line("  | " + line);
    }
  }
}

void print_weights(const evidence::Weigher& weigher, const evidence::Concept& subject,
                   const evidence::Concept& object, const evidence::WeighOptions& asked,
                   const Arguments& given, bool zh) {
  const auto claims = weigher.weigh_between(subject.id, object.id, asked);
  if (claims.empty()) {
    print_line(fmt::format(fmt::runtime(zh ? "没有任何记录说明 {} 对 {} 的作用"
                                           : "Nothing is recorded about what {} does to {}"),
                           in(subject.name, zh), in(object.name, zh)));
  }
  for (const auto& weighed : claims) {
    print_claim(weigher, weighed, asked, given.explain, zh);
  }
  if (!claims.empty() && !claims.front().undated.empty()) {
    print_line(fmt::format(fmt::runtime(zh ? "{} 条证据没有年份，未计入带日期的问题"
                                           : "{} items without a year are left out of a dated "
                                             "question"),
                           claims.front().undated.size()));
  }
}

Result<Done> weigh(const Arguments& given, const Options& options) {
  THAW_TRY(const auto workspace, open_knowledge(options));
  THAW_TRY(const evidence::Concept* subject, workspace->names->resolve(given.subject));
  THAW_TRY(const evidence::Concept* object, workspace->names->resolve(given.object));
  THAW_CHECK(evidence::check_population(*workspace->knowledge, given.population));
  const evidence::Weigher weigher(*workspace->knowledge, workspace->parameters);
  THAW_TRY(const evidence::Preset preset, evidence::preset_named(given.preset));
  const evidence::WeighOptions asked{
      .as_of = given.as_of, .prior = given.prior, .population = given.population, .preset = preset};
  if (options.json) {
    print_document(evidence::weigh_json(weigher, *subject, *object, asked, given.explain));
  } else {
    print_weights(weigher, *subject, *object, asked, given, options.lang == "zh");
  }
  return Done{};
}

}  // namespace

void add_evidence_weigh(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb = program.verb("evidence", "weigh", "Weigh what is known of one relation");
  verb.add_option("--subject", given->subject, "What acts: a name or an id")->required();
  verb.add_option("--object", given->object, "What it acts on: a name or an id")->required();
  verb.add_option("--as-of", given->as_of, "Only what was published by the end of this year")
      ->check(CLI::Range(1800, 2199));
  verb.add_option("--prior", given->prior, "Probability before any evidence")
      ->check(CLI::Range(0.001, 0.999));
  verb.add_option("--population", given->population, "Ancestry asked for, such as east_asian");
  verb.add_option("--preset", given->preset, "Whose formula: thaw, indra or open-targets")
      ->capture_default_str();
  verb.add_flag("--explain", given->explain, "The derivation, line by line");
  program.on(verb, [given](const Options& options) { return weigh(*given, options); });
}

}  // namespace thaw::cli
