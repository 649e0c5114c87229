#include <fmt/format.h>
#include <sys/resource.h>

#include <boost/json.hpp>
#include <chrono>
#include <fstream>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "evidence/contradictions.h"
#include "evidence/hierarchy.h"
#include "evidence/statement_file.h"
#include "evidence/weigh.h"

namespace thaw::cli {
namespace {

namespace json = boost::json;
using evidence::Assembly;

struct Arguments {
  std::string statements, hierarchy;
  std::size_t limit = 20;
};

class Watch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

json::object refused_json(const evidence::StatementReport& report) {
  json::array first;
  for (const auto& refused : report.first_refused) {
    first.emplace_back(json::object{{"line", refused.line}, {"reason", refused.reason}});
  }
  return {{"lines", report.lines}, {"refused", report.refused}, {"first_refused", first}};
}

json::object claim_json(const Assembly& assembly, std::uint32_t claim) {
  const auto& c = assembly[claim];
  return {{"text", assembly.text_of(claim)}, {"support", c.support},
          {"opposition", c.opposition},      {"belief", c.belief},
          {"narrower", c.narrower},          {"statements", c.statements}};
}

json::object hierarchy_json(const evidence::Hierarchy& hierarchy,
                            const std::function<std::string(std::uint32_t)>& name) {
  const auto& report = hierarchy.report();
  json::array loops;
  for (const auto& loop : report.loops) {
    json::array names;
    for (const auto member : loop) {
      names.emplace_back(name(member));
    }
    loops.emplace_back(std::move(names));
  }
  return {
      {"concepts", hierarchy.concepts()}, {"edges", report.edges},       {"pairs", report.pairs},
      {"to_itself", report.to_itself},    {"in_loops", report.in_loops}, {"loops", loops}};
}

Result<json::object> assemble_file(const Arguments& given, const Options& options) {
  THAW_TRY(const auto parameters, bundled_parameters());
  const Watch reading;
  evidence::HierarchyFile order;
  if (!given.hierarchy.empty()) {
    std::ifstream file(given.hierarchy, std::ios::binary);
    if (!file) {
      return not_found(fmt::format("{} cannot be read", given.hierarchy));
    }
    THAW_TRY(order, evidence::read_hierarchy(file));
  }
  Assembly assembly(std::move(order.concepts), std::move(order.hierarchy),
                    parameters.default_prior);
  std::ifstream file(given.statements, std::ios::binary);
  if (!file) {
    return not_found(fmt::format("{} cannot be read", given.statements));
  }
  THAW_TRY(const auto report, evidence::read_statements(file, parameters, assembly));
  const double read = reading.seconds();
  const Watch weighing;
  assembly.weigh_touched();
  const double weighed = weighing.seconds();
  const Watch listing;
  json::array listed;
  for (const auto& c : assembly.contradictions(given.limit)) {
    listed.emplace_back(json::object{
        {"at_stake", c.at_stake},
        {"claims", json::array{claim_json(assembly, c.one), claim_json(assembly, c.other)}}});
  }
  const double found = listing.seconds();
  const auto counts = assembly.counts();
  static_cast<void>(options);
  return json::object{
      {"from", given.statements},
      {"statements", counts.statements},
      {"duplicates", counts.duplicates},
      {"input", refused_json(report)},
      {"hierarchy", hierarchy_json(assembly.hierarchy(),
                                   [&](std::uint32_t i) { return assembly.concepts()[i]; })},
      {"hierarchy_input", refused_json(order.lines)},
      {"claims", counts.claims},
      {"groups", counts.groups},
      {"refinements", counts.refinements},
      {"contradictions", counts.contradictions},
      {"listed", std::move(listed)},
      {"seconds",
       {{"read_and_merge", read},
        {"weigh", weighed},
        {"list", found},
        {"all", read + weighed + found}}},
      {"peak_mib", peak_mib()}};
}

Result<json::object> assemble_store(const Arguments& given, const Options& options) {
  const Watch reading;
  THAW_TRY(const auto workspace, open_knowledge(options));
  const evidence::Knowledge& knowledge = *workspace->knowledge;
  const double read = reading.seconds();
  const Watch weighing;
  const auto weighed = evidence::Weigher(knowledge, workspace->parameters).weigh_all();
  const double weigh = weighing.seconds();
  const Watch listing;
  const auto found = evidence::find_contradictions(knowledge, weighed);
  std::size_t refinements = 0;
  for (const auto& claim : knowledge.claims()) {
    refinements += knowledge.refinements(claim).size();
  }
  json::array listed;
  for (std::size_t i = 0; i < std::min(found.size(), given.limit); ++i) {
    listed.emplace_back(json::object{{"kind", evidence::to_string(found[i].kind)},
                                     {"at_stake", found[i].at_stake},
                                     {"claims", json::array{weighed[found[i].one].claim->id,
                                                            weighed[found[i].other].claim->id}}});
  }
  const double list = listing.seconds();
  return json::object{
      {"from", "store"},
      {"statements", knowledge.items().size()},
      {"hierarchy", hierarchy_json(knowledge.hierarchy(),
                                   [&](std::uint32_t i) { return knowledge.concepts()[i].id; })},
      {"claims", knowledge.claims().size()},
      {"refinements", refinements},
      {"contradictions", found.size()},
      {"listed", std::move(listed)},
      {"seconds",
       {{"read_and_merge", read}, {"weigh", weigh}, {"list", list}, {"all", read + weigh + list}}},
      {"peak_mib", peak_mib()}};
}

void print(const json::object& d, bool zh) {
  const auto number = [&](const char* key) { return d.at(key).to_number<std::uint64_t>(); };
  print_line(fmt::format(
      fmt::runtime(zh ? "{} 条陈述合并为 {} 个论断；{} 对细化关系，{} 处矛盾"
                      : "{} statements make {} claims; {} refinements, {} contradictions"),
      number("statements"), number("claims"), number("refinements"), number("contradictions")));
  const auto& seconds = d.at("seconds").as_object();
  print_line(fmt::format(
      fmt::runtime(
          zh ? "读取与合并 {:.2f} 秒，计权重 {:.2f} 秒，列出矛盾 {:.2f} 秒；内存峰值 {:.0f} MiB"
             : "read and merge {:.2f} s, weigh {:.2f} s, list contradictions {:.2f} s; "
               "peak memory {:.0f} MiB"),
      seconds.at("read_and_merge").as_double(), seconds.at("weigh").as_double(),
      seconds.at("list").as_double(), d.at("peak_mib").as_double()));
}

Result<Done> run(const Arguments& given, const Options& options) {
  if (given.statements.empty() && !given.hierarchy.empty()) {
    return invalid_argument("--hierarchy goes with a file of statements");
  }
  THAW_TRY(const json::object document, given.statements.empty() ? assemble_store(given, options)
                                                                 : assemble_file(given, options));
  if (options.json) {
    print_document(document);
  } else {
    print(document, options.lang == "zh");
  }
  return Done{};
}

}  // namespace

void add_evidence_assemble(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb = program.verb(
      "evidence", "assemble", "Merge statements into weighed claims, refinements, contradictions");
  verb.add_option("STATEMENTS", given->statements, "Tab separated; without it, the store");
  verb.add_option("--hierarchy", given->hierarchy, "is-a and part-of edges of the concepts");
  verb.add_option("--limit", given->limit, "How many contradictions to list")
      ->check(CLI::Range(0, 100000));
  program.on(verb, [given](const Options& options) { return run(*given, options); });
}

}  // namespace thaw::cli
