// Laws of discovery that hold for every method: order and threads change nothing, and knowledge is
// kept whatever it is.
#include <gtest/gtest.h>

#include <array>
#include <boost/json.hpp>

#include "discovery/discover.h"
#include "discovery/discover_json.h"
#include "discovery/simulated_table.h"

namespace thaw::discovery {
namespace {

constexpr std::array kMethods = {Method::kPc,   Method::kFci,     Method::kRfci,  Method::kGes,
                                 Method::kBoss, Method::kBossFci, Method::kLingam};

std::string bytes(const Table& table, const DiscoverOptions& options) {
  auto found = discover(table, options);
  if (!found) {
    return "error: " + found.error().message;
  }
  found->seconds = 0;
  return boost::json::serialize(discovery_document(*found));
}

bool applies(Method method, Simulated kind) {
  return method != Method::kLingam || kind == Simulated::kContinuous;
}

class EveryMethod : public testing::TestWithParam<Method> {};

TEST_P(EveryMethod, OrderOfColumnsAndRowsAndThreadsChangeNothing) {
  for (const Simulated kind : {Simulated::kContinuous, Simulated::kDiscrete, Simulated::kMixed}) {
    if (!applies(GetParam(), kind)) {
      continue;
    }
    const Table table = simulated_table(kind, 8, 400, 21, GetParam() == Method::kLingam);
    DiscoverOptions options;
    options.learn.method = GetParam();
    options.bootstrap = 8;
    options.threads = 1;
    const std::string first = bytes(table, options);
    EXPECT_FALSE(first.starts_with("error")) << first;
    options.threads = 3;
    for (std::uint64_t order = 1; order <= 3; ++order) {
      EXPECT_TRUE(first == bytes(shuffled(table, order), options)) << order;
    }
  }
}

TEST_P(EveryMethod, MissingValuesToo) {
  const Table table =
      with_holes(simulated_table(Simulated::kContinuous, 6, 400, 22, true), 0.04, 1);
  for (const MissingPolicy policy : {MissingPolicy::kComplete, MissingPolicy::kImpute}) {
    DiscoverOptions options;
    options.learn.method = GetParam();
    options.missing = policy;
    const std::string first = bytes(table, options);
    EXPECT_FALSE(first.starts_with("error")) << first;
    EXPECT_TRUE(first == bytes(shuffled(table, 4), options)) << to_string(policy);
  }
}

/// Random tiers, closed tiers, forbidden and required pairs that do not contradict each other.
KnowledgeFile random_knowledge(std::size_t p, Random& random) {
  KnowledgeFile known;
  known.file = "random";
  const auto name = [](std::size_t i) { return KnownName{"v" + std::to_string(i), "here"}; };
  std::vector<std::size_t> tier(p, 0);
  known.tiers.resize(3);
  for (std::size_t i = 0; i < p; ++i) {
    if (random.bernoulli(0.7)) {
      tier[i] = 1 + random.index(3);
      known.tiers[tier[i] - 1].push_back(name(i));
    }
  }
  if (random.bernoulli(0.4)) {
    known.closed_tiers.push_back(2);
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < p; ++i) {
    names.push_back("v" + std::to_string(i));
  }
  for (int k = 0; k < 6; ++k) {
    const std::size_t a = random.index(p), b = random.index(p);
    if (a == b) {
      continue;
    }
    KnowledgeFile more = known;
    (random.bernoulli(0.5) ? more.forbidden : more.required).push_back({name(a), name(b)});
    if (knowledge_about(more, names)) {
      known = more;
    }
  }
  return known;
}

TEST_P(EveryMethod, KnowledgeIsKept) {
  Random random(23);
  int kept = 0;
  for (int round = 0; round < 40; ++round) {
    const Simulated kind = round % 2 == 0 || GetParam() == Method::kLingam ? Simulated::kContinuous
                                                                           : Simulated::kMixed;
    const bool lingam = GetParam() == Method::kLingam;
    const Table table = simulated_table(kind, 7, lingam ? 1500 : 250,
                                        100 + static_cast<std::uint64_t>(round), lingam);
    DiscoverOptions options;
    options.learn.method = GetParam();
    options.knowledge = random_knowledge(7, random);
    const auto found = discover(table, options);
    if (lingam && !found && found.error().message.find("looks normal") != std::string::npos) {
      continue;  // it says itself that these rows do not tell
    }
    ASSERT_TRUE(found) << found.error().message;
    ++kept;
    std::vector<std::string> names;
    for (const Variable& variable : found->variables) {
      names.push_back(variable.name);
    }
    const Knowledge knowledge = knowledge_about(*options.knowledge, names).value();
    EXPECT_EQ(
        broken_knowledge(found->learned.graph, knowledge, names, allows_hidden_causes(GetParam())),
        std::vector<std::string>());
  }
  EXPECT_GE(kept, 20);
}

INSTANTIATE_TEST_SUITE_P(Discovery, EveryMethod, testing::ValuesIn(kMethods),
                         [](const auto& method) {
                           std::string name(to_string(method.param));
                           std::erase(name, '-');
                           return name;
                         });

}  // namespace
}  // namespace thaw::discovery
