#include "registry/eligibility.h"

#include <gtest/gtest.h>

#include "registry/synthesize.h"

namespace thaw::registry {
namespace {

// The same question asked of each history, slowly.
std::int64_t plain_count(const RegistryData& data, const Criteria& c) {
  const Day as_of = data.manifest.as_of;
  std::int64_t n = 0;
  for (const History& h : data.people) {
    bool in = !death_of(h) && !h.reports.empty() &&
              months_between(h.reports.back().assessed, as_of) <= c.reported_within_months;
    if (in && c.max_months_since_onset) {
      in = h.person.onset &&
           months_between(middle_day(*h.person.onset), as_of) <= *c.max_months_since_onset;
    }
    if (in && c.min_total) {
      const PointRange total = h.reports.back().score.total();
      in = total.known() && total.low >= *c.min_total;
    }
    if (in && c.gene) {
      bool has = false;
      for (const std::string& gene : h.person.genes) {
        has = has || gene == *c.gene;
      }
      in = has;
    }
    if (in && c.not_taking) {
      for (const Treatment& t : h.treatments) {
        in = in && t.drug != c.not_taking->names.front();
      }
    }
    if (in && c.min_vital_capacity) {
      in = !h.vital_capacities.empty() &&
           h.vital_capacities.back().percent_predicted >= *c.min_vital_capacity;
    }
    n += in ? 1 : 0;
  }
  return n;
}

TEST(EligibilityIndex, CountsAsAPlainPassOverTheHistoriesDoes) {
  const RegistryData data = synthesize({.people = 3000, .seed = 8})->data;
  const EligibilityIndex index(data);
  EXPECT_TRUE(index.synthetic());
  const DrugNames riluzole{.concept_id = "", .names = {"riluzole"}};
  const std::vector<Criteria> all = {
      {},
      {.max_months_since_onset = 24},
      {.min_total = 30},
      {.max_months_since_onset = 36, .min_total = 36},
      {.min_vital_capacity = 60},
      {.gene = "SOD1"},
      {.not_taking = riluzole},
      {.reported_within_months = 3, .max_months_since_onset = 60, .not_taking = riluzole}};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::int64_t expected = plain_count(data, all[i]);
    EXPECT_GT(expected, 10) << i;
    EXPECT_EQ(index.count(all[i]).count, rounded_to_tens(expected)) << i;
  }
}

// A registry of `people` who took a drug each, as each entry of `drugs` says in turn.
RegistryData takers(std::size_t people, const std::vector<Treatment>& drugs) {
  RegistryData data = synthesize({.people = 4 * people, .seed = 8})->data;
  std::erase_if(data.people, [&](const History& h) {
    return death_of(h) || months_between(h.reports.back().assessed, data.manifest.as_of) > 12;
  });
  data.people.resize(people);
  for (std::size_t i = 0; i < people; ++i) {
    data.people[i].treatments = {drugs[i % drugs.size()]};
  }
  return data;
}

Treatment of(std::string drug, std::string concept_id = "") {
  return {.drug = std::move(drug),
          .concept_id = std::move(concept_id),
          .started = {},
          .stopped = {},
          .dose = ""};
}

TEST(EligibilityIndex, ADrugIsKnownByItsConceptAndByAnyOfItsNames) {
  const RegistryData data = takers(100, {of(" RILUZOLE"), of("利鲁唑"), of("Rilutek"),
                                         of("tablets", "CHEBI:8863"), of("other")});
  const EligibilityIndex index(data);
  const DrugNames riluzole{.concept_id = "CHEBI:8863", .names = {"riluzole", "利鲁唑", "rilutek"}};
  EXPECT_EQ(index.count({.not_taking = riluzole}).count, 20);
  EXPECT_EQ(index.count({.not_taking = DrugNames{"", {"riluzole"}}}).count, 80);
  EXPECT_EQ(index.count({.not_taking = DrugNames{"CHEBI:8863", {}}}).count, 80);
  EXPECT_EQ(index.count({.not_taking = DrugNames{"CHEBI:1", {"CHEBI:8863"}}}).count, 100);
}

TEST(EligibilityIndex, KnowsMoreDrugsAndGenesThanAWordHasBits) {
  std::vector<Treatment> drugs;
  for (int i = 0; i < 200; ++i) {
    drugs.push_back(of("drug " + std::to_string(i)));
  }
  RegistryData data = takers(200, drugs);
  DrugNames last_fifty{.concept_id = "", .names = {}};
  for (std::size_t i = 0; i < 200; ++i) {
    data.people[i].person.genes = {"G" + std::to_string(i < 150 ? i : 150)};
    if (i >= 150) {
      last_fifty.names.push_back(drugs[i].drug);
    }
  }
  const EligibilityIndex index(data);
  EXPECT_EQ(index.count({.not_taking = last_fifty}).count, 150);
  EXPECT_EQ(index.count({.gene = "g150"}).count, 50);
}

// 345 could take part in a trial of a drug nobody took: five takers of another must not show.
TEST(EligibilityIndex, CountsForTwoDrugsDoNotTellHowManyTookOne) {
  std::vector<Treatment> drugs(345, of("other"));
  for (std::size_t i = 0; i < 5; ++i) {
    drugs[i] = of("rare");
  }
  const EligibilityIndex index(takers(345, drugs));
  EXPECT_EQ(index.count({.not_taking = DrugNames{"", {"new"}}}).count, 340);
  EXPECT_EQ(index.count({.not_taking = DrugNames{"", {"rare"}}}).count, 340);
}

TEST(EligibilityIndex, HidesAFewAndSaysNobody) {
  const RegistryData data = synthesize({.people = 3000, .seed = 8})->data;
  const EligibilityIndex index(data);
  int found = 0;
  for (int total = 0; total <= 48; ++total) {
    const Criteria few{.min_total = total, .gene = "C9orf72"};
    const std::int64_t n = plain_count(data, few);
    if (n >= 1 && n <= 10) {
      ++found;
      EXPECT_EQ(index.count(few), (FlooredCount{std::nullopt, true})) << n;
    }
  }
  EXPECT_GT(found, 0);
  EXPECT_EQ(index.count({.gene = "NOSUCH"}), (FlooredCount{0, false}));
}

}  // namespace
}  // namespace thaw::registry
