#include "effect/graph_file.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cmath>
#include <fstream>
#include <sstream>

#include "effect/graph_json.h"
#include "effect/graph_text.h"
#include "stats/shared_csv.h"

namespace thaw::effect {
namespace {

using graph::Mark;

CausalGraph read(const std::string& text) {
  auto file = read_graph(text, "g");
  EXPECT_TRUE(file) << file.error().message;
  return file ? file->graph : CausalGraph{};
}

std::string refusal(const std::string& text) {
  const auto file = read_graph(text, "g");
  EXPECT_FALSE(file) << text;
  return file ? "" : file.error().message;
}

void same(const CausalGraph& a, const CausalGraph& b) {
  EXPECT_EQ(a.kind, b.kind);
  EXPECT_EQ(a.names, b.names);
  EXPECT_TRUE(a.diagram == b.diagram);
  EXPECT_TRUE(a.marks == b.marks);
  EXPECT_EQ(a.latent, b.latent);
  EXPECT_EQ(a.exposure, b.exposure);
  EXPECT_EQ(a.outcome, b.outcome);
  EXPECT_EQ(a.adjusted, b.adjusted);
}

TEST(GraphFile, ReadsDagitty) {
  const CausalGraph graph = read(
      "dag \"a graph\" {\nbb=\"-3,-0.5,2,1.2\"\nY [outcome,pos=\"1,-2\"] X [e] U [latent]\n"
      "X -> M -> Y; X <-> Y\nU -> {X \"w 1\"} // why\n}");
  EXPECT_EQ(graph.names, (std::vector<std::string>{"M", "U", "X", "Y", "w 1"}));
  EXPECT_TRUE(graph.diagram.directed(2, 0) && graph.diagram.directed(0, 3));
  EXPECT_TRUE(graph.diagram.bidirected(2, 3));
  EXPECT_TRUE(graph.diagram.directed(1, 2) && graph.diagram.directed(1, 4));
  EXPECT_TRUE(graph.latent.contains(1) && graph.exposure.contains(2) && graph.outcome.contains(3));
}

TEST(GraphFile, ReadsTheMarksOfClasses) {
  const CausalGraph pag = read("pag { a @-> b  b <-> c  c @-@ d  d @-- e }");
  EXPECT_EQ(pag.marks.mark(0, 1), Mark::kArrow);
  EXPECT_EQ(pag.marks.mark(1, 0), Mark::kCircle);
  EXPECT_TRUE(pag.marks.bidirected(1, 2));
  EXPECT_EQ(pag.marks.mark(3, 4), Mark::kTail);
  EXPECT_TRUE(read("pdag { a -- b -> c }").marks.undirected(0, 1));
}

TEST(GraphFile, ReadsDot) {
  const CausalGraph graph = read(
      "strict digraph G {\n rankdir=LR; node [shape=box]\n a -> b -> c [color=red];\n"
      " a -> c [dir=both]; \"u\" [observed=no]; u -> a; b -> d [dir=back] }");
  EXPECT_EQ(graph.kind, GraphKind::kDag);
  EXPECT_TRUE(graph.diagram.directed(0, 1) && graph.diagram.directed(1, 2));
  EXPECT_TRUE(graph.diagram.bidirected(0, 2) && !graph.diagram.directed(0, 2));
  EXPECT_TRUE(graph.diagram.directed(3, 1) && graph.latent.contains(4));
  EXPECT_EQ(read("digraph { a -> b [dir=both, arrowtail=odot] }").kind, GraphKind::kPag);
}

TEST(GraphFile, ReadsJsonOfItsOwnAndOfADiscovery) {
  const CausalGraph own = read(
      R"({"kind":"dag","nodes":[{"name":"x","role":"exposure"},"y",{"name":"u","latent":true}],
          "edges":[{"from":"u","to":"x"},{"a":"x","b":"y","mark_a":"arrow","mark_b":"arrow"}]})");
  EXPECT_TRUE(own.diagram.directed(0, 1) && own.diagram.bidirected(1, 2) && own.latent.contains(0));
  const CausalGraph found = read(
      R"({"method":"fci","variables":["p","q"],
          "edges":[{"a":"p","b":"q","mark_a":"circle","mark_b":"arrow","frequency":0.9}]})");
  EXPECT_EQ(found.kind, GraphKind::kPag);
}

TEST(GraphFile, WritesWhatItReads) {
  for (const char* text :
       {"dag { X [exposure] Y [outcome] U [latent] Z [adjusted] X -> Y X <-> Y U -> "
        "Z \"a \\\"b\\\"\" -> Z \"\xe8\x82\xba\" \"subgraph\" }",
        "pdag { a -- b -> c }", "mag { a <-> b -> c }", "pag { a @-> b @-@ c d --@ c e -- d }"}) {
    const CausalGraph graph = read(text);
    same(read(write_dagitty(graph)), graph);
    same(read(boost::json::serialize(graph_json(graph))), graph);
  }
}

TEST(GraphFile, OrderOfStatementsChangesNothing) {
  same(read("dag { b -> c a -> b a <-> c }"), read("dag { c <-> a a -> b b -> c }"));
}

TEST(GraphFile, NamesWhatIsWrong) {
  EXPECT_NE(refusal("dag { a -> b\n b -> c c -> a }").find("a -> b -> c -> a"), std::string::npos);
  EXPECT_NE(refusal("dag {\n a -> a }").find("g:2: an edge from \"a\" to itself"),
            std::string::npos);
  EXPECT_NE(refusal("dag { a @-> b }").find("no edge of a dag"), std::string::npos);
  EXPECT_NE(refusal("pag { a @-> b\n b -> a }").find("two different edges"), std::string::npos);
  EXPECT_NE(refusal("dag { a -> b").find("} is missing"), std::string::npos);
  EXPECT_NE(refusal("{\"nodes\":[\"a\"],\"edges\":[{\"from\":\"a\",\"to\":\"q\"}]}").find("\"q\""),
            std::string::npos);
  EXPECT_NE(refusal("").find("empty"), std::string::npos);
  EXPECT_NE(refusal("dag { }").find("without variables"), std::string::npos);
  EXPECT_NE(refusal("hello there").find("hello"), std::string::npos);
  EXPECT_FALSE(read("dag { riluzole -> survival }").find("survivl"));
  EXPECT_NE(read("dag { riluzole -> survival }").find("survivl").error().message.find("survival"),
            std::string::npos);
}

constexpr const char* kSprinkler = R"(network unknown { }
variable rain { type discrete [ 2 ] { yes, no }; }
variable wet { type discrete [ 2 ] { yes, no }; property x = 1; }
probability ( rain ) { table 0.25, 0.75; }
probability ( wet | rain ) { (yes) 0.9, 0.1; (no) 0.2, 0.8; }
)";

TEST(GraphFile, ReadsBifWithItsTables) {
  const auto file = read_graph(kSprinkler, "s.bif");
  ASSERT_TRUE(file) << file.error().message;
  ASSERT_TRUE(file->network);
  EXPECT_EQ(file->network->tables[1], (std::vector<double>{0.9, 0.1, 0.2, 0.8}));
  const auto rows = joint_rows(*file->network);
  ASSERT_TRUE(rows);
  EXPECT_DOUBLE_EQ(rows->weights[0], 0.25 * 0.9);
  EXPECT_DOUBLE_EQ(rows->weights[2], 0.25 * 0.1);
}

TEST(GraphFile, RefusesTablesThatAreNoDistributions) {
  const auto with = [](std::string from, const std::string& to) {
    std::string text = kSprinkler;
    text.replace(text.find(from), from.size(), to);
    return refusal(text);
  };
  EXPECT_NE(with("0.25, 0.75", "0.25, 0.25").find("sums to"), std::string::npos);
  EXPECT_NE(with("(no) 0.2, 0.8;", "").find("misses a combination"), std::string::npos);
  EXPECT_NE(with("(no)", "(yes)").find("twice"), std::string::npos);
  EXPECT_NE(with("wet | rain", "wet | snow").find("not declared"), std::string::npos);
  EXPECT_NE(with("0.1;", "x;").find("no chance"), std::string::npos);
  EXPECT_NE(with("[ 2 ] { yes, no }; }", "[ 3 ] { yes, no }; }").find("says how many"),
            std::string::npos);
}

TEST(GraphFile, ReadsEveryPublishedNetwork) {
  const std::vector<std::pair<const char*, std::pair<std::size_t, std::size_t>>> networks = {
      {"alarm", {37, 46}},      {"andes", {223, 338}},  {"asia", {8, 8}},
      {"barley", {48, 84}},     {"cancer", {5, 4}},     {"child", {20, 25}},
      {"hailfinder", {56, 66}}, {"hepar2", {70, 123}},  {"insurance", {27, 52}},
      {"munin", {1041, 1397}},  {"sachs", {11, 17}},    {"survey", {6, 6}},
      {"water", {32, 66}},      {"win95pts", {76, 112}}};
  for (const auto& [name, sizes] : networks) {
    const std::string path = stats::shared_data_folder() + "causal/bif/" + name + ".bif.gz";
    std::ifstream in(path, std::ios::binary);
    if (!in) {
      GTEST_SKIP() << "no shared test data at " << path;
    }
    std::ostringstream bytes;
    bytes << in.rdbuf();
    const auto file = read_graph(bytes.str(), path);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->graph.size(), sizes.first) << name;
    EXPECT_EQ(file->graph.diagram.directed_edges().size(), sizes.second) << name;
  }
}

}  // namespace
}  // namespace thaw::effect
