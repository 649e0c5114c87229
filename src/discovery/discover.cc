#include "discovery/discover.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include "base/parallel.h"
#include "discovery/edge_signs.h"
#include "discovery/fit_for_learning.h"
#include "discovery/pooled_effects.h"
#include "discovery/replicates.h"
#include "discovery/warnings.h"

namespace thaw::discovery {
namespace {

constexpr std::array<std::pair<MissingPolicy, std::string_view>, 3> kPolicies = {{
    {MissingPolicy::kTestwise, "testwise"},
    {MissingPolicy::kComplete, "complete"},
    {MissingPolicy::kImpute, "impute"},
}};

KindReason reason_of(const Column& column, bool said) {
  if (said) {
    return KindReason::kSaid;
  }
  switch (column.type()) {
    case ColumnType::kReal:
      return KindReason::kRealNumbers;
    case ColumnType::kBoolean:
      return KindReason::kBoolean;
    case ColumnType::kCategory:
      return KindReason::kCategory;
    default: {
      const auto kind = kind_by_rule(column);
      return kind && *kind == VariableKind::kDiscrete ? KindReason::kFewIntegers
                                                      : KindReason::kManyIntegers;
    }
  }
}

/// One discovery, step by step.
class Discoverer {
 public:
  Discoverer(const Table& table, const DiscoverOptions& options)
      : table_(table), options_(options) {}

  Result<Discovery> run() {
    const auto start = std::chrono::steady_clock::now();
    THAW_CHECK(check_options());
    THAW_CHECK(read_data());
    THAW_CHECK(read_knowledge());
    THAW_CHECK(settle_missing());
    THAW_CHECK(settle_ida());
    THAW_CHECK(learn_graph());
    THAW_CHECK(draw_again());
    THAW_CHECK(bound_effects());
    found_.warnings = warnings_of(found_);
    if (options_.progress) {
      options_.progress(1);
    }
    found_.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return std::move(found_);
  }

 private:
  Result<Done> check_options() {
    const LearnOptions& learn = options_.learn;
    if (!(learn.alpha > 0 && learn.alpha < 1)) {
      return invalid_argument(
          fmt::format("alpha is {}; it must be above 0 and below 1", learn.alpha));
    }
    if (!(learn.penalty > 0 && std::isfinite(learn.penalty))) {
      return invalid_argument(fmt::format("penalty is {}; it must be above 0", learn.penalty));
    }
    if (options_.bootstrap > kMostReplicates) {
      return invalid_argument(
          fmt::format("{} replicates are more than {}", options_.bootstrap, kMostReplicates));
    }
    if (options_.imputations < 2 || options_.imputations > 100) {
      return invalid_argument(
          fmt::format("imputations is {}; it must be 2 to 100", options_.imputations));
    }
    found_.options = learn;
    found_.options.seed = found_.seed = options_.seed;
    return Done{};
  }

  Result<Done> read_data() {
    const Table* used = &table_;
    DataOptions kinds = options_.kinds;
    if (options_.panel) {
      THAW_TRY(found_.panel, lag_table(table_, *options_.panel));
      THAW_TRY(kinds, lag_kinds(options_.kinds, table_, *found_.panel));
      used = &found_.panel->table;
    }
    THAW_TRY(data_, Data::from_table(*used, kinds));
    found_.variables = data_->variables();
    found_.n_rows = data_->rows();
    found_.data_hash = data_->hash();
    found_.repeats = repeated_columns(*data_);
    for (const Variable& variable : found_.variables) {
      found_.reasons.push_back(why(variable));
    }
    return Done{};
  }

  KindReason why(const Variable& variable) const {
    std::string column = variable.name;
    if (found_.panel) {
      column =
          std::ranges::find(found_.panel->variables, variable.name, &PanelVariable::name)->column;
    }
    const bool said = options_.kinds.all || options_.kinds.kinds.contains(column);
    return reason_of(*table_.find(column), said);
  }

  Result<Done> read_knowledge() {
    std::optional<KnowledgeFile> known = options_.knowledge;
    if (found_.panel) {
      THAW_TRY(known,
               lag_knowledge(known.value_or(KnowledgeFile{"visit time", {}, {}, {}, {}, {}, {}}),
                             *found_.panel));
      found_.panel->table = Table();
    }
    std::vector<std::string> names;
    for (const Variable& variable : found_.variables) {
      names.push_back(variable.name);
    }
    knowledge_ = Knowledge(names.size());
    if (known) {
      THAW_TRY(knowledge_, knowledge_about(*known, names));
    }
    found_.knowledge = std::move(known);
    return Done{};
  }

  Result<Done> settle_missing() {
    const Data whole = data_->complete();
    found_.rows_complete = whole.rows();
    if (data_->any_missing()) {
      const bool able = takes_missing(*data_, options_.learn.method);
      found_.missing =
          options_.missing.value_or(able ? MissingPolicy::kTestwise : MissingPolicy::kComplete);
      if (found_.missing == MissingPolicy::kTestwise && !able) {
        return invalid_argument(fmt::format(
            "{} needs whole rows of these columns, so missing values cannot be left out "
            "test by test; take --missing complete or --missing impute",
            to_string(options_.learn.method)));
      }
    }
    if (found_.missing == MissingPolicy::kComplete) {
      data_ = whole;
    }
    found_.rows_used = data_->rows();
    return fit_for_learning(*data_);
  }

  Result<Done> settle_ida() {
    if (!options_.ida) {
      return Done{};
    }
    const auto& [cause, effect] = *options_.ida;
    const auto x = data_->find(cause);
    const auto y = data_->find(effect);
    if (!x || !y || *x == *y) {
      return Error{!x || !y ? ErrorCode::kNotFound : ErrorCode::kInvalidArgument,
                   !x || !y ? fmt::format("there is no variable '{}'", !x ? cause : effect)
                            : std::string("an effect needs two different variables")};
    }
    found_.ida_pair.emplace(static_cast<std::uint32_t>(*x), static_cast<std::uint32_t>(*y));
    return Done{};
  }

  std::function<bool(double)> part(double from, double to) {
    if (!options_.progress) {
      return {};
    }
    // Learners start from nought at each of their stages; what is told never goes back.
    return [this, from, to](double done) {
      told_ = std::max(told_, from + (to - from) * done);
      return options_.progress(told_);
    };
  }
  double first_part() const {
    return options_.bootstrap == 0 ? 1 : 1 / (1 + static_cast<double>(options_.bootstrap));
  }

  Result<Done> learn_graph() {
    if (found_.missing == MissingPolicy::kImpute) {
      THAW_CHECK(learn_imputed());
    } else {
      LearnOptions learn_options = found_.options;
      learn_options.progress = part(0, first_part());
      THAW_TRY(found_.learned, learn(*data_, knowledge_, learn_options));
    }
    found_.signs = edge_signs(found_.learned.graph, *data_);
    found_.test = uses_test(found_.options.method) ? used_test() : TestKind::kAuto;
    if (uses_score(found_.options.method)) {
      found_.score = found_.options.score.value_or(score_for(*data_));
    }
    return Done{};
  }

  TestKind used_test() const {
    if (found_.options.test != TestKind::kAuto) {
      return found_.options.test;
    }
    return data_->all_of(VariableKind::kContinuous) ? TestKind::kFisherZ
           : data_->all_of(VariableKind::kDiscrete) ? TestKind::kGSquare
                                                    : TestKind::kDegenerateGaussian;
  }

  Result<Done> learn_imputed() {
    found_.imputations = options_.imputations;
    THAW_TRY(copies_,
             imputed_copies(*data_, options_.imputations, options_.seed, options_.threads));
    LearnOptions each = found_.options;
    each.progress = [told = part(0, 0)](double) { return !told || told(0); };
    std::vector<Learned> learned;
    std::vector<std::vector<graph::MixedEdge>> graphs;
    for (const Data& copy : copies_) {
      THAW_TRY(auto one, learn(copy, knowledge_, each));
      graphs.push_back(one.graph.edges());
      learned.push_back(std::move(one));
    }
    found_.imputation_shares = edge_shares(graphs);
    found_.learned = std::move(learned[most_central(graphs)]);
    return Done{};
  }

  Result<Done> draw_again() {
    if (options_.bootstrap == 0) {
      return Done{};
    }
    ReplicateOptions drawing;
    drawing.learn = found_.options;
    drawing.replicates = options_.bootstrap;
    drawing.impute = found_.missing == MissingPolicy::kImpute;
    drawing.seed = options_.seed;
    drawing.threads = options_.threads;
    drawing.progress = part(first_part(), 1);
    const auto units =
        draw_units(*data_, found_.panel ? found_.panel->person : std::vector<std::size_t>());
    THAW_TRY(found_.bootstrap, replicate(*data_, units, knowledge_, drawing));
    found_.bootstrap->by_person = found_.panel.has_value();
    return Done{};
  }

  Result<Done> bound_effects() {
    if (!found_.ida_pair) {
      return Done{};
    }
    const auto [x, y] = *found_.ida_pair;
    found_.ida_causation = causation(found_.learned.graph, x, y);
    if (allows_hidden_causes(found_.options.method) || !data_->all_of(VariableKind::kContinuous)) {
      return Done{};
    }
    const std::vector<Data> one = {*data_};
    THAW_TRY(found_.ida,
             pooled_effects(found_.learned.graph, copies_.empty() ? one : copies_, x, y));
    return Done{};
  }

  const Table& table_;
  const DiscoverOptions& options_;
  std::optional<Data> data_;
  std::vector<Data> copies_;
  Knowledge knowledge_{0};
  Discovery found_;
  double told_ = 0;
};

}  // namespace

std::string_view to_string(MissingPolicy policy) {
  return std::ranges::find(kPolicies, policy, &std::pair<MissingPolicy, std::string_view>::first)
      ->second;
}

std::optional<MissingPolicy> parse_missing(std::string_view word) {
  const auto found =
      std::ranges::find(kPolicies, word, &std::pair<MissingPolicy, std::string_view>::second);
  return found == kPolicies.end() ? std::nullopt : std::optional(found->first);
}

Result<Discovery> discover(const Table& table, const DiscoverOptions& options) {
  return Discoverer(table, options).run();
}

}  // namespace thaw::discovery
