#include "reading/relation_model.h"

#include <gtest/gtest.h>

#include "reading/reader_fixture.h"

namespace thaw::reading {
namespace {

std::string model_bytes() {
  return file_bytes(std::string(THAW_SOURCE_DIR) + "/data/reading/relation_model.bin");
}

TEST(RelationModel, TheFileIsSmallAndReadsBackTheSame) {
  const std::string bytes = model_bytes();
  ASSERT_LE(bytes.size(), 1'000'000U);
  const auto model = RelationModel::from_bytes(bytes);
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ(model->to_bytes(), bytes);
}

TEST(RelationModel, AFileCutAnywhereIsRefused) {
  const std::string bytes = model_bytes();
  for (std::size_t size = 0; size < bytes.size(); size += 1 + bytes.size() / 97) {
    EXPECT_FALSE(RelationModel::from_bytes(std::string_view(bytes).substr(0, size))) << size;
  }
  EXPECT_FALSE(RelationModel::from_bytes(bytes + "x"));
}

TEST(RelationModel, AFeatureThatIsNotThereIsRefused) {
  RelationModel model = RelationModel::from_bytes(model_bytes()).value();
  model.questions[0].forests[0].trees[0].splits[0].feature = 60000;
  EXPECT_FALSE(RelationModel::from_bytes(model.to_bytes()));
}

TEST(RelationModel, CausingIsJudgedToRaiseAndTreatingToLower) {
  const RelationModel model = RelationModel::from_bytes(model_bytes()).value();
  const auto judge = [&](std::string text, std::size_t a_end, std::size_t b) {
    const std::size_t size = text.size() - 1;
    const auto annotated =
        annotate(std::move(text), {{"a", ThingKind::kChemical}, {"b", ThingKind::kDisease}},
                 {{{0, a_end}, 0}, {{b, size}, 1}}, 0);
    return model.judge(pair_features(annotated, {0, 1}));
  };
  const auto causes = judge("Scopolamine-induced amnesia.", 11, 20);
  EXPECT_GT(causes.is_signed, 0.5);
  EXPECT_GT(causes.raises, 0.5);
  const auto treats = judge("Riluzole is an effective treatment for spasticity.", 8, 39);
  EXPECT_LT(treats.raises, 0.5);
}

}  // namespace
}  // namespace thaw::reading
