#include "evidence/peer_presets.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"
#include "evidence/test_knowledge.h"
#include "evidence/weigh.h"

namespace thaw::evidence {
namespace {

class Peers : public testing::Test {
 protected:
  static double belief(std::vector<IndraEvidence> positive,
                       const std::vector<IndraEvidence>& negated = {}) {
    return indra_belief(presets().indra, positive, negated).value();
  }
  static std::vector<IndraEvidence> times(std::size_t n, std::string_view source) {
    return std::vector<IndraEvidence>(n, IndraEvidence{source, {}});
  }
};

// The values that INDRA itself gives with its default priors.
TEST_F(Peers, IndrasWorkedBeliefsComeOutAsItGivesThem) {
  EXPECT_NEAR(belief(times(1, "reach")), 0.65, 1e-12);
  EXPECT_NEAR(belief(times(2, "reach")), 0.86, 1e-12);
  EXPECT_NEAR(belief(times(3, "reach")), 0.923, 1e-12);
  EXPECT_NEAR(belief(times(10, "reach")), 0.94999, 1e-5);
  EXPECT_NEAR(belief(times(400, "reach")), 0.95, 1e-12);
  EXPECT_NEAR(belief(times(1, "signor")), 0.941, 1e-12);
  EXPECT_NEAR(belief(times(1, "biogrid")), 0.98, 1e-12);
  EXPECT_NEAR(belief(times(1, "bel")), 0.89, 1e-12);
  EXPECT_NEAR(belief(times(1, "biopax")), 0.79, 1e-12);
  EXPECT_NEAR(belief(times(1, "gnbr")), 0.60, 1e-12);
  EXPECT_NEAR(belief({{"reach", {}}, {"signor", {}}}), 0.97935, 1e-12);
  EXPECT_NEAR(belief({{"reach", {}}, {"sparser", {}}}), 0.8775,
              1e-12);  // two readers, one sentence
  EXPECT_NEAR(belief(times(10, "reach"), times(1, "reach")), 0.3325, 1e-5);
  EXPECT_NEAR(belief(times(10, "reach"), times(10, "reach")), 0.0475, 1e-5);
  EXPECT_NEAR(belief(times(1, "reach"), times(1, "reach")), 0.2275, 1e-12);
  EXPECT_NEAR(belief(times(3, "reach"), times(1, "reach")), 0.32305, 1e-12);
  EXPECT_EQ(belief({}), 0);
  EXPECT_EQ(belief(times(1, "assertion")), 1);
}

TEST_F(Peers, WormbaseHasNoSystematicErrorAndIsRefusedByName) {
  const auto score = indra_score(presets().indra, times(1, "wormbase"));
  ASSERT_FALSE(score);
  EXPECT_EQ(score.error().code, ErrorCode::kNotFound);
  EXPECT_NE(score.error().message.find("wormbase"), std::string::npos);
  EXPECT_FALSE(indra_score(presets().indra, times(1, "no such reader")));
}

TEST_F(Peers, ASubtypesOwnErrorStandsInForItsSources) {
  auto priors = presets().indra;
  priors.rand["reach:rule_7"] = 0.5;
  const std::vector<IndraEvidence> one = {{"reach", "reach:rule_7"}};
  EXPECT_NEAR(indra_score(priors, one).value(), 1 - 0.55, 1e-12);
  const std::vector<IndraEvidence> other = {{"reach", "reach:rule_8"}};
  EXPECT_NEAR(indra_score(priors, other).value(), 0.65, 1e-12);
}

TEST_F(Peers, IndrasScoreDoesNotDependOnTheOrderAndGrowsWithEvidence) {
  const std::vector<std::string> sources = {"reach", "signor", "bel", "gnbr", "biopax"};
  Random random(4);
  for (int round = 0; round < 50; ++round) {
    std::vector<IndraEvidence> evidence;
    for (int i = 0; i < 6; ++i) {
      evidence.push_back({sources[random.index(sources.size())], {}});
    }
    const double score = indra_score(presets().indra, evidence).value();
    std::ranges::reverse(evidence);
    EXPECT_NEAR(indra_score(presets().indra, evidence).value(), score, 1e-12);
    evidence.pop_back();
    EXPECT_LE(indra_score(presets().indra, evidence).value(), score + 1e-12);
  }
}

// 1 - min(p / (p + n), 0.95) - 0.05: no Beta pseudo-counts, whatever its documentation says.
TEST_F(Peers, CuratedCountsGiveIndrasRandomError) {
  EXPECT_NEAR(indra_curated_rand(7, 3), 0.25, 1e-12);
  EXPECT_NEAR(indra_curated_rand(100, 0), 0, 1e-12);
  EXPECT_NEAR(indra_curated_rand(0, 5), 0.95, 1e-12);
}

// MD5("abc") = 900150983cd24fb0d6963f7d28e17f72 (RFC 1321).
TEST_F(Peers, IndrasHashIsReproduced) {
  EXPECT_EQ(indra_hash("abc", 14), (std::int64_t{1} << 55) - 0x900150983cd24f);
  EXPECT_EQ(static_cast<std::uint64_t>(indra_hash("abc", 16)),
            (std::uint64_t{1} << 63U) - 0x900150983cd24fb0ULL);
}

TEST_F(Peers, TheHarmonicSumGivesOpenTargetsWorkedValue) {
  EXPECT_NEAR(harmonic_sum({.1, .5, .1, .1, .9, .85}, 50), 1.1810833, 5e-8);
  EXPECT_NEAR(harmonic_sum({.1, .5, 0, -3, .1, .1, .9, .85}, 50), 1.1810833, 5e-8);
  EXPECT_NEAR(kOpenTargetsPipeline.maximum, harmonic_sum(std::vector<double>(1000, 1), 1000),
              1e-12);
  EXPECT_NEAR(kOpenTargetsPipeline.maximum, 1.6439345667, 5e-11);
  EXPECT_NEAR(kOpenTargetsApi.maximum, harmonic_sum(std::vector<double>(100, 1), 100), 1e-12);
  EXPECT_NEAR(kOpenTargetsApi.maximum, 1.6349839, 5e-8);
}

TEST_F(Peers, FiftyPerfectItemsNeverReachOne) {
  const std::vector<double> perfect(50, 1);
  EXPECT_NEAR(harmonic_sum(perfect, 50) / kOpenTargetsPipeline.maximum, 0.98856, 5e-6);
  const std::vector<double> more(5000, 1);
  EXPECT_NEAR(harmonic_sum(more, 50) / kOpenTargetsPipeline.maximum, 0.98856, 5e-6);
}

// Two programs, two constants, one published score.
TEST_F(Peers, TheTwoOpenTargetsProgramsDisagreeOnTheSameEvidence) {
  const std::map<std::string, std::vector<double>, std::less<>> scores = {{"clingen", {1}}};
  const auto& weights = presets().open_targets;
  EXPECT_NEAR(open_targets_score(weights, scores), 1 / (1.6439345667 * 1.6439345667), 1e-9);
  EXPECT_NEAR(open_targets_score(weights, scores, kOpenTargetsApi), 1 / (1.6349839 * 1.6349839),
              1e-7);
}

TEST_F(Peers, ARefutedGeneStillAddsToOpenTargetsScore) {
  const auto& weights = presets().open_targets;
  double last = 2;
  for (const char* grade :
       {"definitive", "panel_strong", "moderate", "limited", "disputed", "refuted"}) {
    const double score =
        open_targets_score(weights, {{"clingen", {weights.score_of_grade.find(grade)->second}}});
    EXPECT_LT(score, last) << grade;
    EXPECT_GT(score, 0) << grade;
    last = score;
  }
}

TEST_F(Peers, ADatasourceWithHalfWeightCountsHalf) {
  const auto& weights = presets().open_targets;
  EXPECT_NEAR(open_targets_score(weights, {{"europepmc", {1}}}),
              0.2 * open_targets_score(weights, {{"clingen", {1}}}), 1e-12);
  EXPECT_NEAR(open_targets_type_score({1, 1, 1}), 1, 1e-12);
  EXPECT_NEAR(open_targets_type_score({1, 0}), 1 / 1.25, 1e-12);
}

TEST_F(Peers, ABrokenPresetFileIsRefusedByItsKey) {
  const auto broken = read_peer_presets("{\"rand\":{\"reach\":2}}", "{}");
  ASSERT_FALSE(broken);
  EXPECT_NE(broken.error().message.find("reach"), std::string::npos);
  EXPECT_FALSE(read_peer_presets("[]", "{}"));
}

/// A claim of three items under each preset: two for, one against, of one curated reader.
TEST_F(Peers, AClaimsBeliefFollowsThePresetAndItsWeightStaysOurs) {
  auto parameters = test_parameters();
  std::vector<Item> items;
  for (int i = 0; i < 3; ++i) {
    Item item = item_named("i" + std::to_string(i));
    item.study_kind = "in_vitro";
    item.extractor = "curated import";
    item.direction = i == 2 ? Direction::kOpposes : Direction::kSupports;
    items.push_back(item);
  }
  const auto knowledge = knowledge_of(items);
  const Weigher weigher(knowledge, parameters);
  const auto& claim = knowledge.claims().front();
  const auto ours = weigher.weigh(claim);
  const auto indra = weigher.weigh(claim, {.preset = Preset::kIndra});
  EXPECT_NEAR(indra.belief, (1 - (0.01 + 0.1 * 0.1)) * (0.01 + 0.1), 1e-12);
  EXPECT_EQ(indra.support, ours.support);
  const auto targets = weigher.weigh(claim, {.preset = Preset::kOpenTargets});
  const double source = (0.5 + 0.5 / 4) / kOpenTargetsPipeline.maximum;
  EXPECT_NEAR(targets.belief, source / kOpenTargetsPipeline.maximum, 1e-12);
}

TEST_F(Peers, IndraCountsTheEvidenceOfWhateverRefinesAClaim) {
  auto parameters = test_parameters();
  Item narrow = item_named("n");
  narrow.subject = "thaw:narrow";
  narrow.extractor = "curated import";
  Item wide = item_named("w");
  wide.extractor = "curated import";
  auto base = knowledge_of({narrow, wide});
  auto concepts = base.concepts();
  std::ranges::find(concepts, "thaw:narrow", &Concept::id)->parents = {"thaw:drug"};
  const auto knowledge = Knowledge::build(concepts, base.sources(), base.items()).value();
  const Weigher weigher(knowledge, parameters);
  const WeighOptions indra{.preset = Preset::kIndra};
  const double own =
      weigher.weigh(*knowledge.between("thaw:narrow", "thaw:alsfrs_r_decline").front(), indra)
          .belief;
  const double both =
      weigher.weigh(*knowledge.between("thaw:drug", "thaw:alsfrs_r_decline").front(), indra).belief;
  EXPECT_NEAR(own, 0.89, 1e-12);
  EXPECT_NEAR(both, 0.98, 1e-12);
}

}  // namespace
}  // namespace thaw::evidence
