// Against dagitty 0.3-4 and causaleffect 1.3.15, in the shared test data.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "effect/adjustment.h"
#include "effect/estimand_form.h"
#include "effect/graph_file.h"
#include "effect/identification_law.h"
#include "effect/implications.h"
#include "effect/instruments.h"
#include "stats/shared_csv.h"

namespace thaw::effect {
namespace {

namespace json = boost::json;
using graph::NodeSet;
using Names = std::vector<std::string>;

std::optional<json::value> oracle(const std::string& name) {
  std::ifstream in(stats::shared_data_folder() + "causal/oracle/" + name);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (bytes.str().empty()) {
    return std::nullopt;
  }
  return json::parse(bytes.str());
}

Names sorted_names(const json::value& list) {
  Names names;
  for (const json::value& item : list.as_array()) {
    names.emplace_back(item.as_string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<Names> sorted_sets(const json::value& list) {
  std::vector<Names> sets;
  for (const json::value& item : list.as_array()) {
    sets.push_back(sorted_names(item));
  }
  std::sort(sets.begin(), sets.end());
  return sets;
}

Names named(const NodeSet& set, const CausalGraph& graph) {
  Names names;
  set.for_each([&](std::uint32_t v) { names.push_back(graph.names[v]); });
  return names;
}

std::vector<Names> named(const graph::SeparatorList& list, const CausalGraph& graph) {
  std::vector<Names> sets;
  for (const NodeSet& set : list.sets) {
    sets.push_back(named(set, graph));
  }
  std::sort(sets.begin(), sets.end());
  return sets;
}

void expect_instruments(const AdjustmentProblem& problem, const CausalGraph& graph,
                        const json::value& expected) {
  Names found, listed;
  for (const Instrument& one : instruments(problem)) {
    found.push_back(graph.names[one.node]);
    EXPECT_TRUE(valid_instrument(problem, one));
  }
  for (const json::value& item : expected.as_array()) {
    listed.emplace_back(item.at("I").as_string());
    Instrument one{*graph.find(listed.back()), NodeSet(graph.size())};
    for (const std::string& name : sorted_names(item.at("Z"))) {
      one.given.insert(*graph.find(name));
    }
    EXPECT_TRUE(valid_instrument(problem, one)) << listed.back();
  }
  EXPECT_EQ(found, listed);
}

void expect_implications(const CausalGraph& graph, const NodeSet& measured,
                         const json::value& expected) {
  std::vector<std::pair<Names, Names>> listed, found;
  for (const json::value& item : expected.as_array()) {
    Names pair = {std::string(item.at("X").as_string()), std::string(item.at("Y").as_string())};
    std::sort(pair.begin(), pair.end());
    listed.emplace_back(pair, sorted_names(item.at("Z")));
  }
  for (const auto& one : implications(graph.diagram, measured, true, 100'000).independences) {
    found.emplace_back(Names{graph.names[one.a], graph.names[one.b]}, named(one.given, graph));
  }
  std::sort(found.begin(), found.end());
  std::sort(listed.begin(), listed.end());
  if (listed.size() < 200) {
    EXPECT_EQ(found, listed);
  } else {  // That list was cut at 200.
    EXPECT_TRUE(std::includes(found.begin(), found.end(), listed.begin(), listed.end()));
  }
}

TEST(IdentificationOracle, AgreesWithDagittyOnItsFiveExamples) {
  const auto examples = oracle("dagitty_examples.json");
  if (!examples) {
    GTEST_SKIP() << "no shared test data at " << stats::shared_data_folder();
  }
  for (const auto& [name, example] : examples->as_object()) {
    SCOPED_TRACE(std::string(name));
    const auto file = read_graph(std::string(example.at("graph").as_string()), std::string(name));
    ASSERT_TRUE(file) << file.error().message;
    const CausalGraph& graph = file->graph;
    const NodeSet measured = NodeSet::all(graph.size()) - graph.latent;
    auto problem = adjustment_problem(graph.diagram, graph.exposure, graph.outcome, measured);
    EXPECT_EQ(named(canonical_adjustment(problem), graph),
              sorted_sets(example.at("total_canonical")).front());
    expect_instruments(problem, graph, example.at("iv"));
    expect_implications(graph, measured, example.at("implied_ci"));
    problem.include = graph.adjusted;
    EXPECT_EQ(named(minimal_adjustments(problem, 1000), graph),
              sorted_sets(example.at("total_minimal")));
    EXPECT_EQ(named(direct_effect_adjustments(graph.diagram, graph.exposure, graph.outcome,
                                              measured, graph.adjusted, 1000),
                    graph),
              sorted_sets(example.at("direct_minimal")));
  }
}

TEST(IdentificationOracle, AgreesWithCausaleffectOnItsSixQueries) {
  const auto queries = oracle("id_causaleffect.json");
  if (!queries) {
    GTEST_SKIP() << "no shared test data at " << stats::shared_data_folder();
  }
  Random random(31);
  for (const auto& [name, query] : queries->as_object()) {
    SCOPED_TRACE(std::string(name));
    GraphDraft draft{std::string(name)};
    draft.set_kind(GraphKind::kDag);
    for (const char* kind : {"directed", "bidirected"}) {
      for (const json::value& edge : query.at(kind).as_array()) {
        ASSERT_TRUE(draft.edge(
            std::string(edge.at(0).as_string()), std::string(edge.at(1).as_string()),
            kind[0] == 'd' ? graph::Mark::kTail : graph::Mark::kArrow, graph::Mark::kArrow, 0));
      }
    }
    const auto graph = draft.finish();
    ASSERT_TRUE(graph);
    const NodeSet x(graph->size(), {*graph->find(std::string(query.at("x").as_string()))});
    const NodeSet y(graph->size(), {*graph->find(std::string(query.at("y").as_string()))});
    const Identification found = identify_effect(graph->diagram, x, y);
    ASSERT_EQ(found.estimand.has_value(), query.at("identifiable").as_bool());
    if (found.estimand) {
      const Estimand shorter = simplified(*found.estimand, graph->diagram);
      for (int trial = 0; trial < 5; ++trial) {
        const RandomModel model(graph->diagram, random);
        expect_truncated(graph->diagram, model, x, y, NodeSet(graph->size()), *found.estimand);
        expect_truncated(graph->diagram, model, x, y, NodeSet(graph->size()), shorter);
      }
    } else {
      expect_hedge(graph->diagram, x, y, *found.hedge);
    }
  }
}

}  // namespace
}  // namespace thaw::effect
