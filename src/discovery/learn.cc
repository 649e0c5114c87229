#include "discovery/learn.h"

#include <fmt/format.h>

#include <cmath>

#include "discovery/boss.h"
#include "discovery/boss_fci.h"
#include "discovery/fci.h"
#include "discovery/ges.h"
#include "discovery/lingam.h"
#include "discovery/moments.h"

namespace thaw::discovery {
namespace {

std::vector<std::string> names_of(const Data& data) {
  std::vector<std::string> names;
  for (const Variable& variable : data.variables()) {
    names.push_back(variable.name);
  }
  return names;
}

/// One run; the parts of its methods, and the sentences that only it can say.
class Learner {
 public:
  Learner(const Data& data, const Knowledge& knowledge, const LearnOptions& options)
      : data_(data), knowledge_(knowledge), options_(options) {}

  Result<Learned> run() {
    switch (options_.method) {
      case Method::kPc:
        THAW_CHECK(run_pc());
        break;
      case Method::kBoss:
        THAW_CHECK(run_boss());
        break;
      case Method::kGes:
        THAW_CHECK(run_ges());
        break;
      case Method::kFci:
      case Method::kRfci:
        THAW_CHECK(run_fci());
        break;
      case Method::kLingam:
        THAW_CHECK(run_lingam());
        break;
      case Method::kBossFci:
        THAW_CHECK(run_boss_fci());
        break;
    }
    const auto broken = broken_knowledge(learned_.graph, knowledge_, names_of(data_),
                                         allows_hidden_causes(options_.method));
    if (!broken.empty()) {
      return corrupt(fmt::format("a bug: {} broke the knowledge: {}", to_string(options_.method),
                                 broken.front()));
    }
    return std::move(learned_);
  }

 private:
  bool told(double done) const { return !options_.progress || options_.progress(done); }

  SkeletonOptions skeleton_options() const {
    SkeletonOptions options;
    options.alpha = options_.alpha;
    options.max_depth = options_.max_depth;
    options.progress = [this](std::string_view, std::size_t done, std::size_t of) {
      return told(of == 0 ? 0 : static_cast<double>(done) / static_cast<double>(of));
    };
    return options;
  }

  /// The score of `data_`; of pairs of rows where values are missing.
  Result<std::unique_ptr<LocalScore>> score() {
    ScoreOptions options;
    options.kind = options_.score;
    options.penalty = options_.penalty;
    if (!data_.any_missing() || !data_.all_of(VariableKind::kContinuous)) {
      return make_score(data_, knowledge_, options);
    }
    if (options_.score.value_or(ScoreKind::kBic) == ScoreKind::kBdeu) {
      return invalid_argument("bdeu needs categories, and these columns are numbers");
    }
    THAW_TRY(const Moments moments, moments_of(data_));
    if (moments.repaired) {
      learned_.warnings.push_back(
          {"correlations_repaired",
           {"the correlations of pairs with missing values contradict each other and were bent to "
            "fit; imputation would be safer",
            "各对变量因缺失值而来的相关系数互相矛盾，已作修正；改用插补更稳妥"}});
    }
    return gaussian_score(moments.correlation, moments.rows, knowledge_, options);
  }

  Result<Done> run_pc() {
    THAW_TRY(const auto test, make_test(options_.test, data_));
    THAW_TRY(PcResult found, pc(*test, knowledge_, skeleton_options()));
    learned_.graph = std::move(found.graph);
    learned_.ambiguous = std::move(found.ambiguous);
    learned_.capped = std::move(found.capped);
    learned_.depth = found.depth;
    learned_.tests = found.tests;
    return Done{};
  }

  Result<Done> run_boss() {
    THAW_TRY(const auto local, score());
    BossOptions options;
    options.seed = options_.seed;
    options.progress = [this](double done) { return told(done); };
    THAW_TRY(BossResult found, boss(*local, knowledge_, options));
    learned_.graph = std::move(found.graph);
    learned_.score = found.score;
    return Done{};
  }

  Result<Done> run_ges() {
    THAW_TRY(const auto local, score());
    GesOptions options;
    options.progress = [this](std::size_t) { return told(0); };
    THAW_TRY(GesResult found, ges(*local, knowledge_, options));
    learned_.graph = std::move(found.graph);
    learned_.score = found.score;
    return Done{};
  }

  Result<Done> run_fci() {
    THAW_TRY(const auto test, make_test(options_.test, data_));
    FciOptions options;
    options.skeleton = skeleton_options();
    THAW_TRY(FciResult found, options_.method == Method::kFci ? fci(*test, knowledge_, options)
                                                              : rfci(*test, knowledge_, options));
    take_pag(std::move(found));
    return Done{};
  }

  Result<Done> run_lingam() {
    LingamOptions options;
    options.score.penalty = options_.penalty;
    options.progress = [this](double done) { return told(done); };
    THAW_TRY(LingamResult found, lingam(data_, knowledge_, options));
    learned_.graph = std::move(found.graph);
    std::string names;
    for (const std::uint32_t variable : found.looks_normal) {
      names += (names.empty() ? "" : ", ") + data_.variable(variable).name;
    }
    if (!names.empty()) {
      learned_.warnings.push_back(
          {"noise_looks_normal",
           {fmt::format("the noise of {} looks normal, and then this method cannot tell which way "
                        "an edge between two of them points: such edges have no arrow",
                        names),
            fmt::format(
                "以下变量的噪声看起来是正态的：{}；此时该方法无法判断它们之间的边指向哪一边，"
                "因此这些边没有箭头",
                names)}});
    }
    return Done{};
  }

  Result<Done> run_boss_fci() {
    THAW_TRY(const auto local, score());
    THAW_TRY(const auto test, make_test(options_.test, data_));
    BossFciOptions options;
    options.boss.seed = options_.seed;
    options.boss.progress = [this](double done) { return told(done / 2); };
    options.fci.skeleton = skeleton_options();
    THAW_TRY(BossFciResult found, boss_fci(*local, *test, knowledge_, options));
    learned_.score = found.boss.score;
    take_pag(std::move(found.fci));
    return Done{};
  }

  void take_pag(FciResult found) {
    learned_.graph = std::move(found.graph);
    learned_.capped = std::move(found.capped);
    learned_.capped.insert(learned_.capped.end(), found.d_sep_capped.begin(),
                           found.d_sep_capped.end());
    for (const auto& [a, c, b] : found.ambiguous) {
      learned_.ambiguous.push_back({a, c, b, true, std::nan("")});
    }
    learned_.depth = found.depth;
    learned_.tests = found.tests;
    if (!found.contradictions.empty()) {
      learned_.warnings.push_back(
          {"marks_contradict",
           {fmt::format(
                "at {} pairs the marks contradict each other, as happens with few rows or a "
                "level that does not suit them; doubt the arrows there",
                found.contradictions.size()),
            fmt::format("有 {} 对变量的端点标记互相矛盾，行数少或检验水平不合适时会这样；那里的箭头"
                        "应存疑",
                        found.contradictions.size())}});
    }
  }

  const Data& data_;
  const Knowledge& knowledge_;
  const LearnOptions& options_;
  Learned learned_;
};

}  // namespace

Result<Learned> learn(const Data& data, const Knowledge& knowledge, const LearnOptions& options) {
  return Learner(data, knowledge, options).run();
}

}  // namespace thaw::discovery
