#include "inquiry/registry_loop.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "inquiry/registry_document.h"
#include "inquiry/test_brain.h"
#include "registry/synthesize.h"

namespace thaw::inquiry {
namespace {

const registry::RegistryData& people() {
  static const registry::Synthesis made = [] {
    registry::SynthesisRequest request;
    request.people = 2000;
    request.reports_per_person = 6;
    return registry::synthesize(request).value();
  }();
  return made.data;
}

TEST(RegistryLoop, AnswersWhereNothingIsClaimedYet) {
  TestBrain brain(bundled_knowledge());
  ASSERT_TRUE(brain.knowledge.between("thaw:riluzole", "thaw:alsfrs_r_decline").empty());
  evidence::WeighOptions options;
  options.prior = .3;
  const auto loop = registry_loop(people(), brain.weigher, *brain.concept_of("riluzole"),
                                  *brain.concept_of("ALSFRS-R decline"), options);
  ASSERT_TRUE(loop) << loop.error().message;
  EXPECT_TRUE(loop->claim.id.empty());
  EXPECT_EQ(loop->claim.sign, evidence::Sign::kLowers);
  EXPECT_DOUBLE_EQ(loop->would_add.belief_before, .3);
  EXPECT_NE(loop->would_add.nats, 0);
  EXPECT_NEAR(evidence::logit(loop->would_add.belief_after) - evidence::logit(.3),
              loop->would_add.nats, 1e-9);
  const auto document = registry_document(*loop);
  EXPECT_TRUE(document.at("claim").at("claim").is_null());
  EXPECT_EQ(document.at("target_trial").at("measure"), "points/month");
}

TEST(RegistryLoop, KeepsTheClaimThatIsHeld) {
  TestBrain brain(bundled_knowledge());
  const auto loop = registry_loop(people(), brain.weigher, *brain.concept_of("riluzole"),
                                  *brain.concept_of("survival"));
  ASSERT_TRUE(loop) << loop.error().message;
  ASSERT_NE(brain.knowledge.find_claim(loop->claim.id), nullptr);
  EXPECT_GT(loop->would_add.belief_before, .9);
}

TEST(RegistryLoop, GivesPeopleInTensAndPromisesNoStepThatIsNotThere) {
  TestBrain brain(bundled_knowledge());
  auto loop = registry_loop(people(), brain.weigher, *brain.concept_of("riluzole"),
                            *brain.concept_of("survival"));
  ASSERT_TRUE(loop) << loop.error().message;
  loop->synthetic = false;
  loop->trial.people = 347;
  loop->trial.treated = 15;
  loop->trial.events = 7;
  const auto document = registry_document(*loop);
  const auto& people = document.at("people").as_object();
  EXPECT_EQ(people.at("eligible"), 340);
  EXPECT_EQ(people.at("treated"), 11);
  EXPECT_TRUE(people.at("events").is_null());
  const auto& note = document.at("note").as_object();
  EXPECT_EQ(note.at("en"), "From the registry's own records; it does not enter the weight.");
  EXPECT_EQ(note.at("zh"), "来自登记库自身数据；不计入证据权重。");
}

TEST(RegistryLoop, RefusesWhatTheRegistryDoesNotMeasureOrNobodyTook) {
  TestBrain brain(bundled_knowledge());
  const auto& survival = *brain.concept_of("survival");
  const auto& progression = *brain.concept_of("ALS progression");
  EXPECT_FALSE(registry_loop(people(), brain.weigher, *brain.concept_of("riluzole"), progression));
  EXPECT_FALSE(registry_loop(people(), brain.weigher, *brain.concept_of("lithium"), survival));
}

}  // namespace
}  // namespace thaw::inquiry
