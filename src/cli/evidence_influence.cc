#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "api/json_text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/stopwatch.h"
#include "cli/workspace.h"
#include "evidence/population.h"
#include "graph/hop_baseline.h"
#include "graph/named_graph.h"
#include "inquiry/mechanism.h"

namespace thaw::cli {
namespace {

namespace json = boost::json;

struct Arguments {
  std::string outcome, graph, population;
  std::uint32_t worlds = 4096;
  std::uint32_t max_hops = 8;
  std::optional<std::size_t> top;
  std::optional<std::uint32_t> baseline;
  std::optional<int> as_of;
  std::optional<double> prior;
  bool no_cache = false;
};

/// A graph from either place, with what its nodes are called.
struct Field {
  std::optional<graph::NamedGraph> file;
  std::unique_ptr<Workspace> workspace;
  std::optional<inquiry::Mechanism> mechanism;
  std::uint32_t target = 0;

  const graph::SignedGraph& graph() const { return file ? file->graph : mechanism->signed_graph; }
  const std::string& id(std::uint32_t node) const {
    return file ? file->names[node] : mechanism->weighed.nodes[node]->id;
  }
};

/// What was asked of the permuted graphs: many of a small graph, one of a large one.
struct BaselinePlan {
  std::uint32_t permutations;
  std::uint32_t worlds;
};

BaselinePlan baseline_plan(const Arguments& given, std::size_t edges) {
  constexpr std::size_t kSmall = 20'000;
  constexpr std::size_t kMedium = 300'000;
  const std::uint32_t usual = edges <= kSmall ? 20 : edges <= kMedium ? 5 : 1;
  const std::uint32_t worlds_max = edges <= kSmall ? 4096 : 512;
  return {given.baseline.value_or(usual), std::min(given.worlds, worlds_max)};
}

struct Answer {
  Field field;
  graph::HopInfluence found;
  graph::HopBaseline baseline;
  std::vector<std::uint32_t> order;  // every node that reaches the outcome, best first
  double seconds = 0;                // of the worlds
  double baseline_seconds = 0;
  double load_seconds = 0;
};

Result<Field> open_field(const Arguments& given, const Options& options) {
  Field field;
  if (!given.graph.empty()) {
    THAW_TRY(auto loaded, graph::load_graph(given.graph, {.cache = !given.no_cache}));
    if (!loaded.note.empty()) {
      tell(loaded.note);
    }
    field.file = std::move(loaded.graph);
    THAW_TRY(field.target, field.file->find(given.outcome));
    return field;
  }
  THAW_TRY(field.workspace, open_knowledge(options));
  const auto& knowledge = *field.workspace->knowledge;
  THAW_TRY(const evidence::Concept* outcome, field.workspace->names->resolve(given.outcome));
  THAW_CHECK(evidence::check_population(knowledge, given.population));
  const evidence::Weigher weigher(knowledge, field.workspace->parameters);
  THAW_TRY(field.mechanism, inquiry::Mechanism::build(weigher, {.as_of = given.as_of,
                                                                .prior = given.prior,
                                                                .population = given.population}));
  const int target = field.mechanism->weighed.find(outcome->id);
  if (target < 0) {
    return not_found(fmt::format("no causal claim is known of {}", outcome->name.en));
  }
  field.target = static_cast<std::uint32_t>(target);
  return field;
}

std::int64_t net(std::uint64_t raises, std::uint64_t lowers) {
  return static_cast<std::int64_t>(raises) - static_cast<std::int64_t>(lowers);
}

/// By how far one sign outweighs the other, over all chains, then over the shortest; then by id.
std::vector<std::uint32_t> ranked(const Field& field, const graph::HopInfluence& found) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t node = 0; node < found.nodes.size(); ++node) {
    const auto& counts = found.nodes[node];
    if (node != field.target && counts.raises + counts.lowers + counts.both > 0) {
      order.push_back(node);
    }
  }
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    const auto& x = found.nodes[a];
    const auto& y = found.nodes[b];
    const auto all_x = std::abs(net(x.raises, x.lowers));
    const auto all_y = std::abs(net(y.raises, y.lowers));
    const auto short_x = std::abs(net(x.shortest_raises, x.shortest_lowers));
    const auto short_y = std::abs(net(y.shortest_raises, y.shortest_lowers));
    return all_x != all_y       ? all_x > all_y
           : short_x != short_y ? short_x > short_y
                                : field.id(a) < field.id(b);
  });
  return order;
}

Result<Answer> sweep(const Arguments& given, const Options& options) {
  Answer answer;
  const Stopwatch loading;
  THAW_TRY(answer.field, open_field(given, options));
  answer.load_seconds = loading.seconds();
  const Stopwatch sweeping;
  const graph::SignedGraph& graph = answer.field.graph();
  const graph::HopOptions hops{.worlds = given.worlds,
                               .max_hops = given.max_hops,
                               .seed = options.seed,
                               .threads = options.threads};
  const graph::HopWorlds plan(graph, answer.field.target, hops);
  answer.found = plan.influence();
  answer.order = ranked(answer.field, answer.found);
  answer.seconds = sweeping.seconds();
  const Stopwatch permuting;
  const auto [permutations, worlds] = baseline_plan(given, graph.edges().size());
  answer.baseline =
      graph::hop_baseline(graph, answer.field.target, plan, hops, permutations, worlds);
  answer.baseline_seconds = permuting.seconds();
  return answer;
}

json::value sign_note(std::size_t by_walks) {
  if (by_walks == 0) {
    return nullptr;
  }
  return json::object{
      {"en",
       "For those with by_walks true there are too many chains to list, so walks count that may "
       "visit a thing twice: raises and lowers are at least as large in truth, both at most as "
       "large. neither and shortest are exact for all."},
      {"zh",
       "by_walks 为 true 的对象，链太多而无法逐条列出，故按可重复经过同一对象的路径计："
       "真实的 raises 与 lowers 不小于所示，both 不大于所示。neither 与 shortest "
       "对所有对象都准确。"}};
}

json::object row(const Answer& answer, std::size_t place) {
  const std::uint32_t node = answer.order[place];
  const graph::HopCounts& counts = answer.found.nodes[node];
  const double n = static_cast<double>(answer.found.worlds);
  const auto share = [n](std::uint64_t count) { return static_cast<double>(count) / n; };
  const std::uint64_t reached = counts.raises + counts.lowers + counts.both;
  json::object out;
  out["rank"] = place + 1;
  out["node"] = answer.field.id(node);
  if (!answer.field.file) {
    const auto& name = answer.field.mechanism->weighed.nodes[node]->name;
    out["name"] = json::object{{"en", name.en}, {"zh", name.zh}};
    out["kind"] = answer.field.mechanism->weighed.nodes[node]->kind;
  }
  out["raises"] = share(counts.raises);
  out["lowers"] = share(counts.lowers);
  out["both"] = share(counts.both);
  out["neither"] = share(answer.found.worlds - reached);
  out["raises_any"] = share(counts.raises + counts.both);
  out["lowers_any"] = share(counts.lowers + counts.both);
  out["error"] = graph::share_error(std::max(counts.raises, counts.lowers), answer.found.worlds);
  out["by_walks"] = std::ranges::binary_search(answer.found.by_walks, node);
  out["shortest"] = json::object{{"raises", share(counts.shortest_raises)},
                                 {"lowers", share(counts.shortest_lowers)},
                                 {"tied", share(counts.shortest_tied)}};
  if (answer.baseline.permutations > 0) {
    out["baseline"] = json::object{{"raises", answer.baseline.raises[node]},
                                   {"lowers", answer.baseline.lowers[node]},
                                   {"shortest_raises", answer.baseline.shortest_raises[node]},
                                   {"shortest_lowers", answer.baseline.shortest_lowers[node]}};
  } else {
    out["baseline"] = nullptr;
  }
  return out;
}

json::object document_of(const Answer& answer, const Arguments& given, const Options& options) {
  const Field& field = answer.field;
  json::object out;
  if (field.file) {
    out["outcome"] = field.id(field.target);
  } else {
    const auto* outcome = field.mechanism->weighed.nodes[field.target];
    out["outcome"] = json::object{{"id", outcome->id},
                                  {"kind", outcome->kind},
                                  {"name", {{"en", outcome->name.en}, {"zh", outcome->name.zh}}}};
  }
  json::object graph{{"nodes", field.graph().nodes()}, {"edges", field.graph().edges().size()}};
  graph["file"] = field.file ? json::value(given.graph) : json::value(nullptr);
  if (field.file) {
    graph["self_edges"] = field.file->self_edges;
    graph["duplicates"] = field.file->duplicates;
  }
  out["graph"] = std::move(graph);
  out["worlds"] = answer.found.worlds;
  out["max_hops"] = given.max_hops;
  out["seed"] = options.seed;
  out["by_walks"] = answer.found.by_walks.size();
  out["note"] = sign_note(answer.found.by_walks.size());
  out["baseline"] = answer.baseline.permutations == 0
                        ? json::value(nullptr)
                        : json::value{{"permutations", answer.baseline.permutations},
                                      {"worlds", answer.baseline.worlds},
                                      {"method", answer.baseline.swaps ? "swaps" : "shuffle"}};
  out["candidates_total"] = answer.order.size();
  json::array answers;
  const std::size_t shown = std::min(answer.order.size(), given.top.value_or(SIZE_MAX));
  answers.reserve(shown);
  for (std::size_t place = 0; place < shown; ++place) {
    answers.emplace_back(row(answer, place));
  }
  out["answers"] = std::move(answers);
  out["seconds"] = answer.seconds;
  out["baseline_seconds"] = answer.baseline_seconds;
  out["load_seconds"] = answer.load_seconds;
  return out;
}

void print_answers(const Answer& answer, const Arguments& given, bool zh) {
  constexpr std::size_t kShown = 20;
  const double n = static_cast<double>(answer.found.worlds);
  print_line(fmt::format(
      fmt::runtime(zh ? "{} 个可能世界，至多 {} 步；共 {} 个对象能影响它，{} 个按路径计"
                      : "{} possible worlds, at most {} hops; {} things act on it, {} by walks"),
      answer.found.worlds, given.max_hops, answer.order.size(), answer.found.by_walks.size()));
  print_line(zh ? "  升高    降低    两者    误差    基线（升/降）    最短链(升/降)"
                : "  raises  lowers  both    error   baseline(+/-)  shortest(+/-)");
  const std::size_t shown = std::min(answer.order.size(), given.top.value_or(kShown));
  for (std::size_t place = 0; place < shown; ++place) {
    const std::uint32_t node = answer.order[place];
    const auto& c = answer.found.nodes[node];
    const auto share = [n](std::uint64_t count) { return static_cast<double>(count) / n; };
    const bool based = answer.baseline.permutations > 0;
    const std::string name = answer.field.file ? answer.field.id(node)
                             : zh ? answer.field.mechanism->weighed.nodes[node]->name.zh
                                  : answer.field.mechanism->weighed.nodes[node]->name.en;
    print_line(fmt::format("  {:.4f}  {:.4f}  {:.4f}  {:.4f}  {}  {:.4f} {:.4f}  {}",
                           share(c.raises), share(c.lowers), share(c.both),
                           graph::share_error(std::max(c.raises, c.lowers), answer.found.worlds),
                           based ? fmt::format("{:.4f} {:.4f}", answer.baseline.raises[node],
                                               answer.baseline.lowers[node])
                                 : "-      -     ",
                           share(c.shortest_raises), share(c.shortest_lowers), name));
  }
}

Result<Done> run(const Arguments& given, const Options& options) {
  THAW_TRY(const Answer answer, sweep(given, options));
  if (!options.json) {
    print_answers(answer, given, options.lang == "zh");
    return Done{};
  }
  constexpr std::size_t kPrettyMax = 1000;
  const auto document = document_of(answer, given, options);
  if (answer.order.size() <= kPrettyMax) {
    print_document(document);
  } else {
    print_line(api::json_line(document));
  }
  return Done{};
}

}  // namespace

void add_evidence_influence(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb =
      program.verb("evidence", "influence", "What moving each thing would do to an outcome");
  verb.add_option("--outcome", given->outcome, "A name or an id")->required();
  verb.add_option("--worlds", given->worlds, "Possible worlds to draw")
      ->check(CLI::Range(64, 1'048'576))
      ->capture_default_str();
  verb.add_option("--max-hops", given->max_hops, "Longest chains that count")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  verb.add_option("--top", given->top, "How many answers; all in JSON if not given")
      ->check(CLI::Range(1, 10'000'000));
  verb.add_option("--baseline", given->baseline,
                  "Permuted graphs beside it; if not given 20 of a small graph, 1 of a large one")
      ->check(CLI::Range(0, 1000));
  CLI::Option* graph = verb.add_option("--graph", given->graph,
                                       "A file of edges in place of the store: tab-separated "
                                       "source, sign, target, belief (docs/formats/graph.md)");
  verb.add_flag("--no-cache", given->no_cache, "Keep no binary form beside the file")->needs(graph);
  verb.add_option("--as-of", given->as_of, "Only evidence of this year or earlier")
      ->check(CLI::Range(1900, 2199))
      ->excludes(graph);
  verb.add_option("--prior", given->prior, "Belief before any evidence")
      ->check(CLI::Range(0.001, 0.999))
      ->excludes(graph);
  verb.add_option("--population", given->population, "Ancestry asked for, such as east_asian")
      ->excludes(graph);
  program.on(verb, [given](const Options& options) { return run(*given, options); });
}

}  // namespace thaw::cli
