#include "evidence/assembly.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/random.h"
#include "evidence/weigh.h"

namespace thaw::evidence {
namespace {

/// A statement in words, so that two assemblies can be fed in two orders.
struct Said {
  std::string subject, relation, object;
  Sign sign = Sign::kRaises;
  std::vector<std::string> qualifiers, groups;
  std::string kind = "animal";
  double nats = 0.5;
  bool quantitative = false;
};

/// A random small world: concepts in a random hierarchy, statements over them.
struct World {
  static constexpr std::uint32_t kConcepts = 8;
  std::vector<Hierarchy::Edge> edges;
  std::vector<Said> said;

  World(Random& random, std::size_t statements) {
    for (std::uint32_t i = 0; i < kConcepts; ++i) {
      const auto child = static_cast<std::uint32_t>(random.index(kConcepts - 1));
      edges.push_back(
          {child, static_cast<std::uint32_t>(child + 1 + random.index(kConcepts - child - 1))});
    }
    for (std::size_t i = 0; i < statements; ++i) {
      said.push_back(random_statement(random));
    }
  }

  static Said random_statement(Random& random) {
    const std::vector<std::string> kinds = {"animal", "in_vitro", "rct_phase2"};
    Said s;
    const auto subject = random.index(kConcepts);
    s.subject = name(static_cast<std::uint32_t>(subject));
    s.object =
        name(static_cast<std::uint32_t>((subject + 1 + random.index(kConcepts - 1)) % kConcepts));
    s.relation = random.bernoulli(0.7) ? "activity" : "amount";
    s.sign = random.bernoulli(0.5) ? Sign::kRaises : Sign::kLowers;
    for (const char* q : {"cell=neuron", "species=mouse"}) {
      if (random.bernoulli(0.25)) {
        s.qualifiers.emplace_back(q);
      }
    }
    s.groups = {"paper:" + std::to_string(random.index(30))};
    if (random.bernoulli(0.2)) {
      s.groups.push_back("cohort:" + std::to_string(random.index(6)));
    }
    s.kind = kinds[random.index(kinds.size())];
    s.nats = (random.bernoulli(0.3) ? -1 : 1) * 0.25 * static_cast<double>(1 + random.index(4));
    s.quantitative = random.bernoulli(0.3);
    return s;
  }

  static std::string name(std::uint32_t concept_number) {
    return "c" + std::to_string(concept_number);
  }

  std::unique_ptr<Assembly> empty() const {
    WordBook concepts;
    for (std::uint32_t i = 0; i < kConcepts; ++i) {
      concepts.intern(name(i));
    }
    return std::make_unique<Assembly>(std::move(concepts),
                                      Hierarchy::build(kConcepts, edges).value());
  }
};

void add(Assembly& assembly, const Said& said) {
  Statement s;
  s.claim.subject = assembly.concepts().intern(said.subject);
  s.claim.object = assembly.concepts().intern(said.object);
  s.claim.relation = static_cast<std::uint16_t>(assembly.relations().intern(said.relation));
  s.claim.sign = said.sign;
  const std::vector<std::string_view> qualifiers(said.qualifiers.begin(), said.qualifiers.end());
  s.claim.qualifiers = assembly.qualifiers(qualifiers);
  for (const auto& group : said.groups) {
    s.group_keys.push_back(assembly.groups().intern(group));
  }
  s.kind = assembly.kinds().intern(said.kind);
  s.nats = said.nats;
  s.quantitative = said.quantitative;
  assembly.add(s);
}

/// Everything that must not depend on the order: by the text of a claim.
struct Seen {
  double support, opposition, belief;
  std::uint32_t statements, narrower, contradictions;
  std::vector<std::string> refined_by, against;

  friend bool operator==(const Seen&, const Seen&) = default;
};

std::vector<std::string> texts(const Assembly& assembly, const std::vector<std::uint32_t>& claims) {
  std::vector<std::string> out;
  for (const auto claim : claims) {
    out.push_back(assembly.text_of(claim));
  }
  return out;
}

std::map<std::string, Seen> seen(const Assembly& assembly) {
  std::map<std::string, Seen> out;
  for (std::uint32_t i = 0; i < assembly.lattice().size(); ++i) {
    const AssembledClaim& c = assembly[i];
    out[assembly.text_of(i)] = {c.support,
                                c.opposition,
                                c.belief,
                                c.statements,
                                c.narrower,
                                c.contradictions,
                                texts(assembly, assembly.narrower(i, 1000)),
                                texts(assembly, assembly.opposed(i, 1000))};
  }
  return out;
}

std::vector<std::string> worst(const Assembly& assembly, std::size_t most) {
  std::vector<std::string> out;
  for (const auto& c : assembly.contradictions(most)) {
    out.push_back(assembly.text_of(c.one) + " / " + assembly.text_of(c.other));
  }
  return out;
}

TEST(Assembly, TheOrderOfArrivalChangesNothing) {
  Random random(11);
  for (int round = 0; round < 40; ++round) {
    World world(random, 60);
    const auto first = world.empty();
    for (const auto& s : world.said) {
      add(*first, s);
    }
    first->weigh_touched();
    for (std::size_t i = world.said.size(); i > 1; --i) {
      std::swap(world.said[i - 1], world.said[random.index(i)]);
    }
    const auto second = world.empty();
    for (const auto& s : world.said) {
      add(*second, s);
    }
    second->weigh_touched();
    EXPECT_EQ(seen(*first), seen(*second));
    EXPECT_EQ(worst(*first, 5), worst(*second, 5));
    EXPECT_EQ(first->counts().refinements, second->counts().refinements);
    EXPECT_EQ(first->counts().contradictions, second->counts().contradictions);
    EXPECT_EQ(first->counts().groups, second->counts().groups);
  }
}

TEST(Assembly, OneByOneIsAsAllAtOnce) {
  Random random(12);
  for (int round = 0; round < 40; ++round) {
    const World world(random, 60);
    const auto batch = world.empty();
    const auto growing = world.empty();
    for (const auto& s : world.said) {
      add(*batch, s);
      add(*growing, s);
      growing->weigh_touched();
    }
    batch->weigh_touched();
    EXPECT_EQ(seen(*batch), seen(*growing));
    EXPECT_LE(batch->counts().weighed, growing->counts().weighed);
  }
}

TEST(Assembly, TheSameStatementAgainChangesNothing) {
  Random random(13);
  for (int round = 0; round < 20; ++round) {
    const World world(random, 40);
    const auto once = world.empty();
    const auto again = world.empty();
    for (const auto& s : world.said) {
      add(*once, s);
      add(*again, s);
    }
    for (const auto& s : world.said) {
      add(*again, s);
    }
    once->weigh_touched();
    again->weigh_touched();
    EXPECT_EQ(seen(*once), seen(*again));
    EXPECT_EQ(again->counts().duplicates, once->counts().duplicates + world.said.size());
  }
}

/// Narrower by the definition, word for word.
bool refines(const Assembly& a, std::uint32_t narrow, std::uint32_t wide) {
  const ClaimKey& n = a.lattice()[narrow];
  const ClaimKey& w = a.lattice()[wide];
  return narrow != wide && n.relation == w.relation && n.sign == w.sign &&
         a.hierarchy().covers(w.subject, n.subject) && a.hierarchy().covers(w.object, n.object) &&
         a.sets().covers(w.qualifiers, n.qualifiers);
}

bool contradicts(const Assembly& a, std::uint32_t one, std::uint32_t other) {
  const ClaimKey& x = a.lattice()[one];
  const ClaimKey& y = a.lattice()[other];
  const auto near = [&](std::uint32_t p, std::uint32_t q) {
    return a.hierarchy().covers(p, q) || a.hierarchy().covers(q, p);
  };
  return x.relation == y.relation && x.sign != y.sign && near(x.subject, y.subject) &&
         near(x.object, y.object) &&
         (a.sets().covers(x.qualifiers, y.qualifiers) ||
          a.sets().covers(y.qualifiers, x.qualifiers));
}

TEST(Assembly, RefinementsAndContradictionsAreThoseOfAllPairs) {
  Random random(14);
  std::size_t found_narrower = 0;
  std::size_t found_against = 0;
  for (int round = 0; round < 60; ++round) {
    const World world(random, 80);
    const auto assembly = world.empty();
    for (const auto& s : world.said) {
      add(*assembly, s);
    }
    const auto n = static_cast<std::uint32_t>(assembly->lattice().size());
    std::size_t refinements = 0;
    std::size_t contradictions = 0;
    for (std::uint32_t claim = 0; claim < n; ++claim) {
      std::set<std::uint32_t> narrower;
      std::set<std::uint32_t> wider;
      std::set<std::uint32_t> against;
      for (std::uint32_t other = 0; other < n; ++other) {
        if (refines(*assembly, other, claim)) {
          narrower.insert(other);
        }
        if (refines(*assembly, claim, other)) {
          wider.insert(other);
        }
        if (contradicts(*assembly, claim, other)) {
          against.insert(other);
        }
      }
      std::vector<std::uint32_t> got;
      assembly->lattice().narrower(claim, got);
      EXPECT_EQ(std::set(got.begin(), got.end()), narrower);
      EXPECT_EQ(got.size(), narrower.size());  // each once
      got.clear();
      assembly->lattice().wider(claim, got);
      EXPECT_EQ(std::set(got.begin(), got.end()), wider);
      got.clear();
      assembly->lattice().opposed(claim, got);
      EXPECT_EQ(std::set(got.begin(), got.end()), against);
      EXPECT_EQ(got.size(), against.size());
      EXPECT_EQ((*assembly)[claim].narrower, narrower.size());
      EXPECT_EQ((*assembly)[claim].contradictions, against.size());
      refinements += narrower.size();
      contradictions += against.size();
    }
    EXPECT_EQ(assembly->counts().refinements, refinements);
    EXPECT_EQ(2 * assembly->counts().contradictions, contradictions);
    found_narrower += refinements;
    found_against += contradictions;
  }
  EXPECT_GT(found_narrower, 500U);
  EXPECT_GT(found_against, 500U);
}

TEST(Assembly, RefinementIsTransitive) {
  Random random(17);
  for (int round = 0; round < 20; ++round) {
    const World world(random, 80);
    const auto assembly = world.empty();
    for (const auto& s : world.said) {
      add(*assembly, s);
    }
    for (std::uint32_t wide = 0; wide < assembly->lattice().size(); ++wide) {
      std::vector<std::uint32_t> mine;
      assembly->lattice().narrower(wide, mine);
      for (const auto middle : mine) {
        std::vector<std::uint32_t> theirs;
        assembly->lattice().narrower(middle, theirs);
        for (const auto narrow : theirs) {
          EXPECT_NE(std::ranges::find(mine, narrow), mine.end());
        }
      }
    }
  }
}

TEST(Assembly, AStatementAboutItselfIsRefusedAndCounted) {
  Random random(1);
  const World world(random, 0);
  const auto assembly = world.empty();
  add(*assembly, {.subject = "c1", .relation = "activity", .object = "c1", .groups = {"p"}});
  EXPECT_EQ(assembly->counts().to_itself, 1U);
  EXPECT_EQ(assembly->counts().claims, 0U);
}

TEST(Assembly, AKeyThatJoinsTwoGroupsMakesThemSpeakOnce) {
  Random random(1);
  const World world(random, 0);
  const auto assembly = world.empty();
  Said one{.subject = "c1", .relation = "activity", .object = "c2", .groups = {"paper:1"}};
  Said two = one;
  two.groups = {"paper:2"};
  one.quantitative = two.quantitative = true;
  add(*assembly, one);
  add(*assembly, two);
  assembly->weigh_touched();
  EXPECT_DOUBLE_EQ((*assembly)[0].support, 1.0);
  // A third finding, on something else, shows that both papers report one cohort.
  add(*assembly,
      {.subject = "c3", .relation = "activity", .object = "c4", .groups = {"paper:1", "paper:2"}});
  assembly->weigh_touched();
  EXPECT_DOUBLE_EQ((*assembly)[0].support, 0.5);
}

TEST(Assembly, SupportNeverLowersABeliefAndOnlyWhatIsTouchedIsWeighed) {
  Random random(18);
  for (int round = 0; round < 30; ++round) {
    const World world(random, 50);
    const auto assembly = world.empty();
    for (const auto& s : world.said) {
      add(*assembly, s);
    }
    assembly->weigh_touched();
    const auto weighed = assembly->counts().weighed;
    Said more = world.said.front();
    more.groups = {"a paper of its own"};
    more.nats = 0.3;
    std::map<std::string, double> before;
    for (const auto& [text, state] : seen(*assembly)) {
      before[text] = state.belief;
    }
    add(*assembly, more);
    assembly->weigh_touched();
    EXPECT_EQ(assembly->counts().weighed, weighed + 1);
    for (const auto& [text, state] : seen(*assembly)) {
      EXPECT_GE(state.belief, before[text] - 1e-12);
    }
  }
}

TEST(Assembly, TheMostAtStakeComesFirstHoweverFewAreAsked) {
  Random random(19);
  for (int round = 0; round < 30; ++round) {
    const World world(random, 80);
    const auto assembly = world.empty();
    for (const auto& s : world.said) {
      add(*assembly, s);
    }
    assembly->weigh_touched();
    const auto all = worst(*assembly, 10'000);
    for (const std::size_t most :
         {std::size_t{0}, std::size_t{1}, std::size_t{3}, std::size_t{10}}) {
      const auto some = worst(*assembly, most);
      ASSERT_EQ(some.size(), std::min(most, all.size()));
      EXPECT_TRUE(std::equal(some.begin(), some.end(), all.begin()));
    }
  }
}

}  // namespace
}  // namespace thaw::evidence
