#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/stopwatch.h"
#include "cli/workspace.h"
#include "evidence/population.h"
#include "graph/named_graph.h"
#include "inquiry/mechanism.h"

namespace thaw::cli {
namespace {

namespace json = boost::json;

struct Arguments {
  std::string from, to, sign, graph, population;
  std::size_t k = 10;
  std::optional<std::uint32_t> max_hops;
  std::vector<std::string> via;
  std::optional<int> as_of;
  std::optional<double> prior;
  bool no_cache = false;
};

/// A chain as both documents show it.
struct Path {
  std::vector<std::string> nodes;     // ids or names, one more than signs
  std::vector<evidence::Name> names;  // from the store; else empty
  std::vector<std::string> signs;     // "+" or "-" a hop
  std::vector<std::string> claims;    // ids, one a hop; empty for a graph file
  std::string sign;                   // of the whole
  double belief = 0;
};

struct Found {
  std::string from, to;
  std::vector<Path> paths;
  bool complete = true;
  double seconds = 0;       // of the search
  double load_seconds = 0;  // of everything before it
  std::string source;       // the graph file; empty: the store
};

const char* word(graph::Sign sign) {
  return sign == graph::Sign::kPlus ? "+" : "-";
}

std::optional<graph::Sign> sign_of(const std::string& text) {
  if (text.empty()) {
    return {};
  }
  return text == "+" ? graph::Sign::kPlus : graph::Sign::kMinus;
}

Result<Found> search_file(const Arguments& given) {
  const Stopwatch loading;
  THAW_TRY(const auto loaded, graph::load_graph(given.graph, {.cache = !given.no_cache}));
  if (!loaded.note.empty()) {
    tell(loaded.note);
  }
  const graph::NamedGraph& named = loaded.graph;
  Found found;
  found.source = given.graph;
  found.from = given.from;
  found.to = given.to;
  graph::PathQuery query;
  THAW_TRY(query.from, named.find(given.from));
  THAW_TRY(query.to, named.find(given.to));
  query.sign = sign_of(given.sign);
  query.k = given.k;
  query.max_hops = given.max_hops;
  const graph::PathFinder finder(named.graph);
  found.load_seconds = loading.seconds();
  const Stopwatch searching;
  const auto answer = finder.best(query);
  found.seconds = searching.seconds();
  found.complete = answer.complete;
  for (const auto& path : answer.paths) {
    Path shown{{given.from}, {}, {}, {}, word(path.sign), path.probability};
    for (const auto& hop : path.hops) {
      shown.signs.emplace_back(word(hop.sign));
      shown.nodes.push_back(named.names[named.graph.edges()[hop.edge].to]);
    }
    found.paths.push_back(std::move(shown));
  }
  return found;
}

Path shown_chain(const inquiry::Chain& chain) {
  Path shown;
  shown.belief = chain.belief;
  shown.sign = word(inquiry::to_graph(chain.sign));
  shown.nodes.push_back(chain.links.front().subject->id);
  shown.names.push_back(chain.links.front().subject->name);
  for (const auto& link : chain.links) {
    shown.nodes.push_back(link.object->id);
    shown.names.push_back(link.object->name);
    shown.signs.emplace_back(word(inquiry::to_graph(link.sign)));
    shown.claims.push_back(link.claim == nullptr ? "" : link.claim->claim->id);
  }
  return shown;
}

Result<Found> search_store(const Arguments& given, const Options& options) {
  const Stopwatch loading;
  THAW_TRY(const auto workspace, open_knowledge(options));
  THAW_TRY(const evidence::Concept* from, workspace->names->resolve(given.from));
  THAW_TRY(const evidence::Concept* to, workspace->names->resolve(given.to));
  THAW_CHECK(evidence::check_population(*workspace->knowledge, given.population));
  THAW_CHECK(inquiry::check_kinds(*workspace->knowledge, given.via));
  const evidence::Weigher weigher(*workspace->knowledge, workspace->parameters);
  THAW_TRY(
      const auto mechanism,
      inquiry::Mechanism::build(
          weigher, {.as_of = given.as_of, .prior = given.prior, .population = given.population}));
  inquiry::ChainQuery query{.k = given.k, .max_hops = given.max_hops, .via = given.via};
  if (const auto sign = sign_of(given.sign)) {
    query.sign = inquiry::from_graph(*sign);
  }
  Found found;
  found.from = from->id;
  found.to = to->id;
  found.load_seconds = loading.seconds();
  const Stopwatch searching;
  const auto answer = inquiry::find_chains(mechanism, mechanism.weighed.find(from->id),
                                           mechanism.weighed.find(to->id), query);
  found.seconds = searching.seconds();
  found.complete = answer.complete;
  for (const auto& chain : answer.chains) {
    found.paths.push_back(shown_chain(chain));
  }
  return found;
}

template <class Value>
json::value or_null(const std::optional<Value>& value) {
  return value ? json::value(*value) : json::value(nullptr);
}

json::object document_of(const Found& found, const Arguments& given) {
  json::array paths;
  for (const Path& path : found.paths) {
    json::object one{{"nodes", json::value_from(path.nodes)},
                     {"signs", json::value_from(path.signs)},
                     {"sign", path.sign},
                     {"belief", path.belief},
                     {"claims", json::value_from(path.claims)}};
    if (!path.names.empty()) {
      json::array names;
      for (const auto& name : path.names) {
        names.emplace_back(json::object{{"en", name.en}, {"zh", name.zh}});
      }
      one["names"] = std::move(names);
    }
    paths.emplace_back(std::move(one));
  }
  return {{"from", found.from},
          {"to", found.to},
          {"graph", found.source.empty() ? json::value(nullptr) : json::value(found.source)},
          {"k", given.k},
          {"sign", given.sign.empty() ? json::value(nullptr) : json::value(given.sign)},
          {"max_hops", or_null(given.max_hops)},
          {"via", json::value_from(given.via)},
          {"as_of", or_null(given.as_of)},
          {"population",
           given.population.empty() ? json::value(nullptr) : json::value(given.population)},
          {"complete", found.complete},
          {"paths", std::move(paths)},
          {"seconds", found.seconds},
          {"load_seconds", found.load_seconds}};
}

void print_paths(const Found& found, bool zh) {
  std::size_t rank = 0;
  for (const Path& path : found.paths) {
    std::string line;
    for (std::size_t i = 0; i < path.nodes.size(); ++i) {
      line += i == 0 ? "" : path.signs[i - 1] == "+" ? " -> " : " -| ";
      line += path.names.empty() ? path.nodes[i] : zh ? path.names[i].zh : path.names[i].en;
    }
    print_line(fmt::format("{:>3}  {}  {:.4g}  {}", ++rank, path.sign, path.belief, line));
  }
  print_line(fmt::format(
      fmt::runtime(zh ? "（-> 升高，-| 降低；第二列为整条链的方向，第三列为各步可信度之积）"
                      : "(-> raises, -| lowers; then what the chain does in all, and the product "
                        "of its steps' probabilities)")));
  if (!found.complete) {
    print_line(zh ? "搜索达到上限，后面的链可能不全。"
                  : "The search reached its limit: later chains may be missing.");
  }
}

Result<Done> run(const Arguments& given, const Options& options) {
  THAW_TRY(const Found found,
           given.graph.empty() ? search_store(given, options) : search_file(given));
  if (found.paths.empty()) {
    return not_found(fmt::format(
        "no chain{} leads from {} to {}{}",
        given.sign.empty() ? "" : fmt::format(" of sign {}", given.sign), found.from, found.to,
        given.max_hops ? fmt::format(" in at most {} hops", *given.max_hops) : ""));
  }
  if (options.json) {
    print_document(document_of(found, given));
  } else {
    print_paths(found, options.lang == "zh");
  }
  return Done{};
}

}  // namespace

void add_evidence_paths(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb = program.verb("evidence", "paths", "The best chains from one thing to another");
  verb.add_option("from", given->from, "Where they begin: a name or an id")->required();
  verb.add_option("to", given->to, "Where they end: a name or an id")->required();
  verb.add_option("-k,--count", given->k, "How many at most")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  verb.add_option("--sign", given->sign, "Only chains that raise (+) or lower (-) in all")
      ->check(CLI::IsMember({"+", "-"}));
  verb.add_option("--max-hops", given->max_hops, "Only chains of at most so many steps")
      ->check(CLI::Range(1, 1000));
  CLI::Option* graph = verb.add_option("--graph", given->graph,
                                       "A file of edges in place of the store: tab-separated "
                                       "source, sign, target, belief (docs/formats/graph.md)");
  verb.add_flag("--no-cache", given->no_cache, "Keep no binary form beside the file")->needs(graph);
  verb.add_option("--via", given->via, "Kinds of concept that may stand inside a chain")
      ->delimiter(',')
      ->excludes(graph);
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
