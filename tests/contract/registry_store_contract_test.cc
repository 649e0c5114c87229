// What the registry's store promises, the same on both engines.
#include "registry/registry_store.h"

#include <gtest/gtest.h>

#include "contract/must.h"
#include "contract/store_fixture.h"
#include "registry/synthesize.h"

namespace thaw::registry {
namespace {

using test::code_of;
using test::count;
using test::must;

Day day(const char* text) {
  return parse_day(text).value();
}

PartialDate date(const char* text) {
  return parse_partial_date(text).value();
}

// A person with every field set, and one with every field that can be left out left out.
RegistryData two_people() {
  RegistryData data;
  data.manifest.as_of = day("2026-01-01");
  History full;
  full.person = {.code = "张-1'; drop table person; --",
                 .sex = Sex::kFemale,
                 .birth_year = 1961,
                 .onset = date("2020-03"),
                 .site = OnsetSite::kBulbar,
                 .diagnosis = Diagnosis::kFlailArm,
                 .certainty = Certainty::kProbableLaboratory,
                 .diagnosed = date("2021"),
                 .familial = false,
                 .genes_tested = true,
                 .genes = {"SOD1", "FUS"}};
  const std::array<std::optional<int>, kItemCount> gaps = {4, 3, 2, {}, 0, 4, 4, {}, 1, 2, 3, 4};
  full.reports = {{.assessed = day("2022-02-01"),
                   .score = AlsfrsR::from_answers(std::span<const std::optional<int>>(gaps),
                                                  ItemFive::kTubeHandling,
                                                  ScaleVersion::kAlsfrsRSelfExplanatory)
                                .value(),
                   .answered_by = AnsweredBy::kProxy,
                   .mode = Mode::kPhone}};
  full.vital_capacities = {{.measured = day("2022-02-01"),
                            .kind = VitalCapacityKind::kSvc,
                            .litres = 2.345678901234567,
                            .percent_predicted = 71}};
  full.treatments = {{.drug = "riluzole",
                      .concept_id = "CHEBI:8863",
                      .started = date("2021-05"),
                      .stopped = date("2022-01-05"),
                      .dose = "50 mg"},
                     {.drug = "other", .concept_id = "", .started = {}, .stopped = {}, .dose = ""}};
  full.events = {{EventKind::kGastrostomy, date("2022")}, {EventKind::kDeath, date("2023-01-02")}};
  History bare;
  bare.person.code = "B";
  data.people = {full, bare};
  return data;
}

class RegistryContract : public test::StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    if (!IsSkipped() && !HasFatalFailure()) {
      connection_ = open();
    }
  }

  RegistryStore store() { return must(RegistryStore::open(*connection_)); }

  std::unique_ptr<db::Connection> connection_;
};

TEST_P(RegistryContract, GivesBackWhatItWasGivenAlsoToAnotherConnection) {
  const RegistryData data = two_people();
  const StoreCounts added = must(store().add(data));
  EXPECT_EQ(added, (StoreCounts{2, 1, 1, 2, 2}));
  auto other = this->open();
  auto again = must(RegistryStore::open(*other));
  const RegistryData read = must(again.read_all());
  EXPECT_EQ(read.manifest, data.manifest);
  EXPECT_TRUE(read.people == data.people);
  EXPECT_EQ(must(again.counts()), added);
}

TEST_P(RegistryContract, ASyntheticRegistryComesBackToTheByteWithItsManifest) {
  const SynthesisRequest request{.people = 300, .seed = 21, .defects = 0.1};
  auto store = this->store();
  const Synthesis made = must(synthesize_into(store, request));
  const RegistryData read = must(store.read_all());
  EXPECT_EQ(read.manifest, made.data.manifest);
  EXPECT_TRUE(read.people == made.data.people);
  EXPECT_EQ(read.manifest.seed, 21U);
  EXPECT_EQ(code_of(synthesize_into(store, request)), ErrorCode::kConflict);
}

TEST_P(RegistryContract, HasNoRegistryUntilPeopleAreAdded) {
  auto store = this->store();
  EXPECT_FALSE(must(store.manifest()).has_value());
  EXPECT_EQ(code_of(store.read_all()), ErrorCode::kNotFound);
  EXPECT_EQ(must(store.counts()), StoreCounts{});
}

TEST_P(RegistryContract, RefusesOneKindInTheStoreOfTheOther) {
  auto store = this->store();
  must(store.add(two_people()));
  RegistryData synthetic;
  synthetic.manifest.kind = Kind::kSynthetic;
  synthetic.manifest.as_of = day("2026-01-01");
  synthetic.people.emplace_back().person.code = "SYN-1";
  EXPECT_EQ(code_of(store.add(synthetic)), ErrorCode::kConflict);
  EXPECT_EQ(must(store.counts()).people, 2);
  EXPECT_EQ(must(store.manifest())->kind, Kind::kReal);
}

TEST_P(RegistryContract, RefusesRealPeopleInASyntheticStore) {
  auto store = this->store();
  must(synthesize_into(store, {.people = 20}));
  EXPECT_EQ(code_of(store.add(two_people())), ErrorCode::kConflict);
  EXPECT_EQ(must(store.manifest())->kind, Kind::kSynthetic);
  EXPECT_EQ(must(store.counts()).people, 20);
}

TEST_P(RegistryContract, AddsAllOrNobody) {
  auto store = this->store();
  RegistryData data = two_people();
  data.people[1].person.birth_year = 1800;
  EXPECT_EQ(code_of(store.add(data)), ErrorCode::kInvalidArgument);
  data.people[1].person.birth_year.reset();
  data.people[1].person.code = data.people[0].person.code;
  EXPECT_EQ(code_of(store.add(data)), ErrorCode::kConflict);
  EXPECT_EQ(must(store.counts()), StoreCounts{});
  EXPECT_FALSE(must(store.manifest()).has_value());
}

TEST_P(RegistryContract, APersonIsAddedOnceButCanBeExtended) {
  auto store = this->store();
  must(store.add(two_people()));
  RegistryData more;
  more.manifest.as_of = day("2026-02-01");
  History& history = more.people.emplace_back();
  history.person.code = "B";
  history.events = {{EventKind::kNiv, date("2025-05")}};
  EXPECT_EQ(code_of(store.add(more)), ErrorCode::kConflict);
  must(store.add(more, KnownPerson::kExtend));
  history.events = {{EventKind::kDeath, date("2026-01-20")}};
  must(store.add(more, KnownPerson::kExtend));
  const RegistryData read = must(store.read_all());
  EXPECT_EQ(read.people[1].events.size(), 2U);
  EXPECT_EQ(read.manifest.as_of, day("2026-02-01"));
  // A second death does not go with the first.
  EXPECT_EQ(code_of(store.add(more, KnownPerson::kExtend)), ErrorCode::kInvalidArgument);
}

TEST_P(RegistryContract, ARowThatCannotBeReadIsCalledCorruptWithItsPlace) {
  auto store = this->store();
  must(store.add(two_people()));
  must(connection_->execute("update report set assessed = '2022-02-30' where person_id = 1"));
  const auto read = store.read_all();
  ASSERT_EQ(code_of(read), ErrorCode::kCorrupt);
  EXPECT_NE(read.error().message.find("table report, person_id 1"), std::string::npos);
}

TEST_P(RegistryContract, LargeTablesHavePersonIdFirstInTheirKey) {
  auto store = this->store();
  must(store.add(two_people()));
  for (const std::string table : {"report", "vital_capacity", "treatment", "person_event"}) {
    EXPECT_GT(count(*connection_, table + " where person_id = 1 and number = 1"), 0) << table;
    const auto twice = connection_->execute("insert into " + table + " select * from " + table);
    EXPECT_FALSE(twice) << table;
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, RegistryContract, test::kEngines, test::engine_name);

}  // namespace
}  // namespace thaw::registry
