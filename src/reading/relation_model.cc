#include "reading/relation_model.h"

#include <fmt/format.h>

#include <cmath>
#include <cstring>

#include "reading/byte_reader.h"

namespace thaw::reading {
namespace {

constexpr std::string_view kMagic = "thawREL1";
constexpr std::uint32_t kMostTrees = 4000;
constexpr std::uint32_t kMostDepth = 8;

double probability_of(double log_odds) {
  return 1 / (1 + std::exp(-log_odds));
}

double log_odds_of(double probability) {
  const double p = std::min(std::max(probability, 1e-6), 1 - 1e-6);
  return std::log(p / (1 - p));
}

void write_forest(const Forest& forest, ByteWriter& out) {
  out.real(static_cast<float>(forest.base));
  out.whole(static_cast<std::uint32_t>(forest.trees.size()));
  for (const Tree& tree : forest.trees) {
    std::uint32_t depth = 0;
    while ((std::size_t{1} << depth) < tree.leaves.size()) {
      ++depth;
    }
    out.byte(static_cast<std::uint8_t>(depth));
    for (const Split& split : tree.splits) {
      out.byte(static_cast<std::uint8_t>(split.feature & 0xFFU));
      out.byte(static_cast<std::uint8_t>(split.feature >> 8U));
      out.real(split.threshold);
    }
    for (const float leaf : tree.leaves) {
      out.real(leaf);
    }
  }
}

Result<Forest> read_forest(ByteReader& in) {
  Forest forest;
  forest.base = in.real();
  const std::uint32_t trees = in.whole();
  if (!in.good() || trees > kMostTrees) {
    return corrupt("relation model: a forest is cut short or too large");
  }
  for (std::uint32_t t = 0; t < trees; ++t) {
    const std::uint32_t depth = in.byte();
    if (depth > kMostDepth) {
      return corrupt(fmt::format("relation model: tree {} is {} deep", t, depth));
    }
    Tree tree;
    tree.splits.resize((std::size_t{1} << depth) - 1);
    tree.leaves.resize(std::size_t{1} << depth);
    for (Split& split : tree.splits) {
      const std::uint32_t low = in.byte();
      split.feature = static_cast<std::uint16_t>(low | static_cast<std::uint32_t>(in.byte()) << 8U);
      split.threshold = in.real();
      if (split.feature >= dense_features() + RelationModel::kQuestions) {
        return corrupt(fmt::format("relation model: there is no feature {}", split.feature));
      }
    }
    for (float& leaf : tree.leaves) {
      leaf = in.real();
    }
    if (!in.good()) {
      return corrupt("relation model: the file is cut short");
    }
    forest.trees.push_back(std::move(tree));
  }
  return forest;
}

Result<Question> read_question(ByteReader& in) {
  Question out;
  out.words.base = in.real();
  out.words.scale = in.real();
  out.words.steps.resize(kSparseSpace);
  for (std::int8_t& step : out.words.steps) {
    step = static_cast<std::int8_t>(in.byte());
  }
  const std::uint32_t forests = in.whole();
  if (!in.good() || forests == 0 || forests > 8) {
    return corrupt("relation model: the file is cut short");
  }
  for (std::uint32_t f = 0; f < forests; ++f) {
    THAW_TRY(Forest forest, read_forest(in));
    out.forests.push_back(std::move(forest));
  }
  out.slope = in.real();
  out.shift = in.real();
  if (!std::isfinite(out.slope) || !std::isfinite(out.shift)) {
    return corrupt("relation model: the calibration is not a number");
  }
  return out;
}

}  // namespace

double HashedWeights::at(const std::vector<std::uint32_t>& features) const {
  std::int64_t sum = 0;
  for (const std::uint32_t f : features) {
    sum += steps[f];
  }
  const double n = static_cast<double>(std::max<std::size_t>(1, features.size()));
  return static_cast<double>(base) +
         static_cast<double>(scale) * static_cast<double>(sum) / std::sqrt(n);
}

Result<RelationModel> RelationModel::from_bytes(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) {
    return corrupt("relation model: this is not a model file");
  }
  ByteReader in(bytes.substr(kMagic.size()));
  if (in.whole() != dense_features() || in.whole() != kSparseSpace) {
    return corrupt("relation model: it was fitted for other features; fit it again");
  }
  RelationModel model;
  model.default_threshold = in.real();
  model.f1_threshold = in.real();
  for (Question& question : model.questions) {
    THAW_TRY(question, read_question(in));
  }
  const auto is_share = [](float x) { return x > 0 && x < 1; };
  if (!in.good() || !in.at_end() || !is_share(model.default_threshold) ||
      !is_share(model.f1_threshold)) {
    return corrupt("relation model: the file does not end where it should");
  }
  return model;
}

std::string RelationModel::to_bytes() const {
  ByteWriter out;
  out.whole(static_cast<std::uint32_t>(dense_features()));
  out.whole(kSparseSpace);
  out.real(default_threshold);
  out.real(f1_threshold);
  for (const Question& question : questions) {
    out.real(question.words.base);
    out.real(question.words.scale);
    for (const std::int8_t step : question.words.steps) {
      out.byte(static_cast<std::uint8_t>(step));
    }
    out.whole(static_cast<std::uint32_t>(question.forests.size()));
    for (const Forest& forest : question.forests) {
      write_forest(forest, out);
    }
    out.real(question.slope);
    out.real(question.shift);
  }
  return std::string(kMagic) + out.take();
}

double RelationModel::raw(std::size_t q, const PairFeatures& features) const {
  std::vector<float> row = features.dense;
  for (const Question& question : questions) {
    row.push_back(static_cast<float>(question.words.at(features.sparse)));
  }
  double trees = 0;
  for (const Forest& forest : questions[q].forests) {
    trees += probability_of(forest.at(row));
  }
  trees /= static_cast<double>(questions[q].forests.size());
  return (trees + probability_of(static_cast<double>(row[features.dense.size() + q]))) / 2;
}

PairJudgement RelationModel::judge(const PairFeatures& features) const {
  std::array<double, kQuestions> p{};
  for (std::size_t q = 0; q < kQuestions; ++q) {
    p[q] = probability_of(static_cast<double>(questions[q].slope) * log_odds_of(raw(q, features)) +
                          static_cast<double>(questions[q].shift));
  }
  return {.related = p[2], .is_signed = p[0], .raises = p[1]};
}

}  // namespace thaw::reading
