#include "discovery/discover.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cmath>

#include "discovery/discover_json.h"
#include "discovery/replicates.h"
#include "discovery/simulated_table.h"
#include "table/csv.h"

namespace thaw::discovery {
namespace {

DiscoverOptions with(Method method) {
  DiscoverOptions options;
  options.learn.method = method;
  return options;
}

std::string bytes(const Table& table, const DiscoverOptions& options) {
  auto found = discover(table, options);
  if (!found) {
    return "error: " + found.error().message;
  }
  found->seconds = 0;
  return boost::json::serialize(discovery_document(*found));
}

std::string refusal(std::string_view csv, const DiscoverOptions& options = {}) {
  const auto found = discover(read_csv(csv, "t").value(), options);
  return found ? "" : found.error().message;
}

TEST(Discover, PermutedColumnsAndRowsAndThreadsGiveTheSameBytes) {
  const Table table = with_holes(simulated_table(Simulated::kContinuous, 6, 150, 3), 0.03, 4);
  for (const MissingPolicy policy :
       {MissingPolicy::kTestwise, MissingPolicy::kComplete, MissingPolicy::kImpute}) {
    DiscoverOptions options = with(Method::kPc);
    options.bootstrap = 6;
    options.missing = policy;
    options.threads = 1;
    const std::string first = bytes(table, options);
    EXPECT_EQ(first.find("error"), std::string::npos) << first;
    options.threads = 3;
    EXPECT_TRUE(first == bytes(shuffled(table, 5), options)) << to_string(policy);
    options.seed = 2;
    EXPECT_FALSE(first == bytes(table, options));
  }
}

TEST(Discover, TheDocumentHasWhatItPromises) {
  DiscoverOptions options = with(Method::kPc);
  options.bootstrap = 20;
  const Table table = simulated_table(Simulated::kContinuous, 5, 400, 7);
  const auto document = discovery_document(discover(table, options).value());
  EXPECT_EQ(document.at("method"), "pc");
  EXPECT_EQ(document.at("test"), "fisherz");
  EXPECT_EQ(document.at("n_rows"), 400U);
  EXPECT_EQ(document.at("variables").as_array().size(), 5U);
  EXPECT_EQ(document.at("data_hash").as_string().size(), 64U);
  const auto& edges = document.at("edges").as_array();
  ASSERT_FALSE(edges.empty());
  for (const auto& edge : edges) {
    EXPECT_LT(edge.at("a").as_string(), edge.at("b").as_string());
    EXPECT_GE(edge.at("frequency").as_double(), 0);
    EXPECT_LE(edge.at("frequency").as_double(), 1);
  }
  for (const auto& pair : document.at("bootstrap").at("pairs").as_array()) {
    double sum = pair.at("absent").as_double();
    for (const auto& marks : pair.at("marks").as_array()) {
      sum += marks.at("frequency").as_double();
    }
    EXPECT_NEAR(sum, 1, 1e-12);
  }
}

TEST(Discover, WithoutBootstrapTheFrequencyIsNotKnown) {
  const auto document = discovery_document(
      discover(simulated_table(Simulated::kContinuous, 4, 300, 7), with(Method::kPc)).value());
  EXPECT_TRUE(document.at("edges").as_array().front().at("frequency").is_null());
  EXPECT_TRUE(document.at("bootstrap").is_null());
}

TEST(Discover, TheTestFollowsTheColumns) {
  const auto used = [](Simulated kind) {
    return discover(simulated_table(kind, 4, 300, 8), with(Method::kPc)).value().test;
  };
  EXPECT_EQ(used(Simulated::kContinuous), TestKind::kFisherZ);
  EXPECT_EQ(used(Simulated::kDiscrete), TestKind::kGSquare);
  EXPECT_EQ(used(Simulated::kMixed), TestKind::kDegenerateGaussian);
}

TEST(Discover, ATestThatDoesNotFitIsRefusedByColumn) {
  DiscoverOptions options = with(Method::kPc);
  options.learn.test = TestKind::kFisherZ;
  const auto found = discover(simulated_table(Simulated::kMixed, 4, 300, 8), options);
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().message.find("v1"), std::string::npos) << found.error().message;
  options.learn.test = TestKind::kGSquare;
  EXPECT_FALSE(discover(simulated_table(Simulated::kContinuous, 4, 300, 8), options));
}

std::string rows_of(const std::string& header, int n, double (*second)(int)) {
  std::string csv = header + "\n";
  for (int i = 0; i < n; ++i) {
    const double a = std::sin(i * 1.7);
    csv += std::to_string(a) + "," + std::to_string(second(i)) + "," +
           std::to_string(std::cos(i * i * 0.9)) + "\n";
  }
  return csv;
}

TEST(Discover, BadTablesAreRefusedInASentence) {
  EXPECT_NE(refusal("a,b,c\n1.5,2.5,3.5\n2.5,1.5,0.5\n").find("2 rows to learn from and 3 columns"),
            std::string::npos);
  const std::string dependent =
      refusal(rows_of("a,b,c", 40, [](int i) { return 3 - 2 * std::sin(i * 1.7); }));
  EXPECT_NE(dependent.find("columns a, b depend on each other"), std::string::npos) << dependent;
  EXPECT_NE(refusal("a,b\n1.5,2.5\n1.5,1.5\n1.5,7\n").find("column a"), std::string::npos);
  DiscoverOptions options;
  options.learn.alpha = 1;
  EXPECT_NE(refusal("a,b\n1.5,2.5\n", options).find("alpha is 1"), std::string::npos);
  options = {};
  options.learn.penalty = 0;
  EXPECT_NE(refusal("a,b\n1.5,2.5\n", options).find("penalty is 0"), std::string::npos);
  options = {};
  options.kinds.kinds["x"] = VariableKind::kDiscrete;
  EXPECT_NE(refusal("a,b\n1.5,2.5\n2.5,1\n3.5,2\n", options).find("x"), std::string::npos);
}

TEST(Discover, ColumnsThatRepeatEachOtherAreSaid) {
  std::string categories = "a,b,c\n", mixed = "a,b,c\n";
  for (int i = 0; i < 60; ++i) {
    const bool yes = i * i % 7 < 3;
    const std::string start = std::string(yes ? "u" : "v") + (yes ? ",1," : ",0,");
    categories += start + (i % 3 == 0 ? "p\n" : "q\n");
    mixed += start + std::to_string(std::sin(i)) + "\n";
  }
  const Discovery found = discover(read_csv(categories, "t").value(), with(Method::kPc)).value();
  EXPECT_EQ(found.repeats, (std::vector<std::pair<std::size_t, std::size_t>>{{0, 1}}));
  EXPECT_TRUE(std::ranges::any_of(found.warnings,
                                  [](const auto& w) { return w.code == "repeated_columns"; }));
  EXPECT_NE(refusal(mixed).find("columns a and b"), std::string::npos);
}

TEST(Discover, KnowledgeHoldsInTheGraphAndInEveryDraw) {
  const Table table = simulated_table(Simulated::kContinuous, 5, 200, 9);
  DiscoverOptions options = with(Method::kPc);
  options.bootstrap = 20;
  options.knowledge =
      read_knowledge(R"({"tiers":[["v4"],["v3","v2"],["v1","v0"]],"required":[["v4","v0"]]})", "k")
          .value();
  const Discovery found = discover(table, options).value();
  EXPECT_TRUE(found.learned.graph.directed(4, 0));
  for (const PairShares& pair : found.bootstrap->pairs) {
    for (const MarkShare& marks : pair.marks) {
      if (pair.a <= 1 && pair.b >= 2) {  // from the last tier to an earlier one
        EXPECT_EQ(marks.mark_a, graph::Mark::kArrow);
      }
    }
  }
}

TEST(Discover, MissingCompletelyAtRandomTheGraphComesBackUnderEveryPolicy) {
  const Table whole = simulated_table(Simulated::kContinuous, 5, 2000, 10);
  const auto truth = discover(whole, with(Method::kPc)).value().learned.graph;
  const Table holed = with_holes(whole, 0.05, 11);
  for (const MissingPolicy policy :
       {MissingPolicy::kTestwise, MissingPolicy::kComplete, MissingPolicy::kImpute}) {
    DiscoverOptions options = with(Method::kPc);
    options.missing = policy;
    const Discovery found = discover(holed, options).value();
    EXPECT_EQ(found.missing, policy);
    EXPECT_TRUE(found.learned.graph == truth) << to_string(policy);
  }
}

TEST(Discover, MissingAtRandomWholeRowsAloneMakeAFalseEdge) {
  // x and z are independent; y = x + noise is lost where x + z is large: those who are left are
  // chosen by both, which joins them.
  Random random(14);
  std::vector<double> x, y, z;
  for (int i = 0; i < 2000; ++i) {
    x.push_back(random.normal());
    z.push_back(random.normal());
    const bool lost = x.back() + z.back() > 0 && random.bernoulli(0.9);
    y.push_back(lost ? std::numeric_limits<double>::quiet_NaN() : x.back() + random.normal());
  }
  Table table;
  ASSERT_TRUE(table.add_column(Column::real("x", x)));
  ASSERT_TRUE(table.add_column(Column::real("y", y)));
  ASSERT_TRUE(table.add_column(Column::real("z", z)));
  for (const MissingPolicy policy :
       {MissingPolicy::kTestwise, MissingPolicy::kComplete, MissingPolicy::kImpute}) {
    DiscoverOptions options = with(Method::kPc);
    options.missing = policy;
    const auto graph = discover(table, options).value().learned.graph;
    EXPECT_TRUE(graph.adjacent(0, 1)) << to_string(policy);
    EXPECT_EQ(graph.adjacent(0, 2), policy == MissingPolicy::kComplete) << to_string(policy);
  }
}

TEST(Discover, ImputedCopiesVote) {
  DiscoverOptions options = with(Method::kPc);
  options.missing = MissingPolicy::kImpute;
  const auto document = discovery_document(
      discover(with_holes(simulated_table(Simulated::kMixed, 4, 300, 10), 0.2, 12), options)
          .value());
  EXPECT_EQ(document.at("missing").at("imputations"), 5U);
  const auto& edge = document.at("edges").as_array().front();
  EXPECT_TRUE(edge.at("frequency").is_null());
  const double share = edge.at("imputation_frequency").as_double();
  EXPECT_GT(share, 0);
  EXPECT_NEAR(share * 5, std::round(share * 5), 1e-12);
}

TEST(Discover, PossibleEffectsHoldTheTrueOne) {
  // v0 -> v1 with an effect of 0.8 and nothing else: either direction is possible.
  Random random(3);
  std::vector<double> x, y;
  for (int i = 0; i < 2000; ++i) {
    x.push_back(random.normal());
    y.push_back(0.8 * x.back() + random.normal());
  }
  Table table;
  ASSERT_TRUE(table.add_column(Column::real("x", x)));
  ASSERT_TRUE(table.add_column(Column::real("y", y)));
  DiscoverOptions options = with(Method::kPc);
  options.ida = {"x", "y"};
  const Discovery found = discover(table, options).value();
  ASSERT_TRUE(found.ida);
  ASSERT_EQ(found.ida->effects.size(), 2U);
  EXPECT_NEAR(found.ida->effects[0].estimate, 0.8, 0.08);
  EXPECT_LT(found.ida->effects[0].ci_low, 0.8);
  EXPECT_GT(found.ida->effects[0].ci_high, 0.8);
  EXPECT_TRUE(found.ida->effects[1].zero_by_graph);
  options.ida = {"x", "z"};
  EXPECT_EQ(discover(table, options).error().code, ErrorCode::kNotFound);
}

TEST(Discover, ProgressGrowsAndANoStops) {
  const Table table = simulated_table(Simulated::kContinuous, 5, 200, 9);
  DiscoverOptions options = with(Method::kPc);
  options.bootstrap = 10;
  double last = 0;
  bool grows = true;
  options.progress = [&](double share) {
    grows = grows && share >= last && share <= 1;
    last = share;
    return true;
  };
  EXPECT_TRUE(discover(table, options));
  EXPECT_TRUE(grows);
  EXPECT_EQ(last, 1);
  options.progress = [](double share) { return share < 0.5; };
  EXPECT_EQ(discover(table, options).error().code, ErrorCode::kUnavailable);
}

Table visits(std::size_t people, std::uint64_t seed, bool renamed) {
  Random random(seed);
  std::vector<std::string> ids;
  std::vector<std::int64_t> times;
  std::vector<double> x, y;
  for (std::size_t person = 0; person < people; ++person) {
    double a = random.normal(), b = random.normal();
    for (std::int64_t t = 1; t <= 4; ++t) {
      const double next = 0.6 * a + random.normal();
      b = 0.7 * a + 0.3 * b + random.normal();
      a = next;
      ids.push_back((renamed ? "q" : "p") + std::to_string(renamed ? people - person : person));
      times.push_back(t);
      x.push_back(a);
      y.push_back(b);
    }
  }
  Table table;
  EXPECT_TRUE(table.add_column(Column::text("id", ids)));
  EXPECT_TRUE(table.add_column(Column::integer("visit", times)));
  EXPECT_TRUE(table.add_column(Column::real("x", x)));
  EXPECT_TRUE(table.add_column(Column::real("y", y)));
  return table;
}

TEST(Discover, APanelFindsWhatComesFirst) {
  DiscoverOptions options = with(Method::kPc);
  options.panel = PanelOptions{"id", "visit", 1};
  options.bootstrap = 10;
  const Discovery found = discover(visits(400, 1, false), options).value();
  EXPECT_TRUE(found.bootstrap->by_person);
  EXPECT_EQ(found.n_rows, 1200U);
  const auto at = [&](std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(found.variables, name, &Variable::name) -
                                    found.variables.begin());
  };
  EXPECT_TRUE(found.learned.graph.directed(at("x@t-1"), at("x@t")));
  EXPECT_TRUE(found.learned.graph.directed(at("x@t-1"), at("y@t")));
  EXPECT_TRUE(found.learned.graph.directed(at("y@t-1"), at("y@t")));
  EXPECT_FALSE(found.learned.graph.adjacent(at("y@t-1"), at("x@t")));
}

TEST(Discover, APersonsNameChangesNothing) {
  DiscoverOptions options = with(Method::kPc);
  options.panel = PanelOptions{"id", "visit", 1};
  options.bootstrap = 10;
  EXPECT_EQ(bytes(visits(50, 1, false), options), bytes(shuffled(visits(50, 1, true), 2), options));
}

TEST(Discover, PeopleAreDrawnTogether) {
  Table table;
  ASSERT_TRUE(table.add_column(Column::real("x", {1, 2, 3, 4, 5, 6})));
  ASSERT_TRUE(table.add_column(Column::real("y", {2, 1, 4, 3, 6, 7})));
  const Data data = Data::from_table(table).value();
  const DrawUnits units = draw_units(data, {7, 7, 8, 9, 9, 9});
  ASSERT_EQ(units.rows.size(), 3U);
  std::size_t rows = 0;
  for (const auto& unit : units.rows) {
    rows += unit.size();
    EXPECT_TRUE(std::ranges::is_sorted(unit));
  }
  EXPECT_EQ(rows, 6U);
}

}  // namespace
}  // namespace thaw::discovery
