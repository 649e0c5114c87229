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
        in = in && t.drug != *c.not_taking;
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
  const std::vector<Criteria> all = {
      {},
      {.max_months_since_onset = 24},
      {.min_total = 30},
      {.max_months_since_onset = 36, .min_total = 36},
      {.min_vital_capacity = 60},
      {.gene = "SOD1"},
      {.not_taking = "riluzole"},
      {.reported_within_months = 3, .max_months_since_onset = 60, .not_taking = "riluzole"}};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::int64_t expected = plain_count(data, all[i]);
    EXPECT_GT(expected, 10) << i;
    EXPECT_EQ(index.count(all[i]).count, expected) << i;
  }
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
