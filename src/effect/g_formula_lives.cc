#include "effect/g_formula_lives.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/random.h"
#include "effect/trial_arms.h"

namespace thaw::effect {
namespace {

using stats::Vector;

constexpr std::size_t kPathsMax = 4000000;

/// How a column of a simulated life gets its value.
enum class Source { kFixed, kCovariate, kTreatment, kSinceZero, kTreatedMonths, kMonth, kLag };

Source source_of(const EmulationSpec& spec, const std::string& name) {
  const auto& covariates = spec.g_formula->covariates;
  const auto simulated = [&](const std::string& column) {
    return std::ranges::find(covariates, column, &SimulatedCovariate::column) != covariates.end();
  };
  if (simulated(name)) {
    return Source::kCovariate;
  }
  if (name == spec.treatment) {
    return Source::kTreatment;
  }
  if (name == "since_zero") {
    return Source::kSinceZero;
  }
  if (name == "treated_months") {
    return Source::kTreatedMonths;
  }
  if (name == spec.month) {
    return Source::kMonth;
  }
  if (name.starts_with("lag_") && (simulated(name.substr(4)) || name.substr(4) == spec.treatment)) {
    return Source::kLag;
  }
  return Source::kFixed;
}

/// `values` as a column of the type that `like` has.
Column as_column(const Column& like, const std::vector<double>& values) {
  if (like.type() == ColumnType::kBoolean) {
    std::vector<std::uint8_t> marks(values.size());
    std::ranges::transform(values, marks.begin(), [](double v) { return v != 0 ? 1 : 0; });
    return Column::boolean(like.name(), std::move(marks));
  }
  return Column::real(like.name(), values);
}

class Lives {
 public:
  Lives(const LivesInput& input, const Strategy* strategy)
      : in_(input), spec_(*input.spec), strategy_(strategy) {}

  Result<GFormulaArm> run() {
    THAW_CHECK(begin());
    GFormulaArm arm;
    arm.name = strategy_ == nullptr ? "natural_course" : strategy_->name;
    arm.risk = {0};
    arm.free = {1};
    arm.covariate.resize(spec_.g_formula->covariates.size());
    for (int k = 0; k < spec_.horizon; ++k) {
      if (k > 0) {
        THAW_CHECK(next_month(k));
      }
      note_covariates(arm);
      THAW_CHECK(treat(k));
      THAW_CHECK(risk_month(arm));
    }
    return arm;
  }

 private:
  bool exact() const { return spec_.g_formula->simulations == 0; }
  std::size_t size() const { return row_.size(); }

  Result<Done> begin() {
    std::vector<std::size_t> pool;  // trials, each as often as its person was drawn
    for (std::size_t i = 0; i < in_.trials->size(); ++i) {
      const double weight =
          in_.person_weight.empty() ? 1 : in_.person_weight[(*in_.trials)[i].person];
      pool.insert(pool.end(), static_cast<std::size_t>(weight), i);
    }
    const std::size_t n =
        exact() ? pool.size() : static_cast<std::size_t>(spec_.g_formula->simulations);
    for (std::size_t i = 0; i < n; ++i) {
      if (!exact()) {
        random_.emplace_back(in_.seed, i);
      }
      const std::size_t trial = exact() ? pool[i] : pool[random_[i].index(pool.size())];
      row_.push_back((*in_.trials)[trial].row);
    }
    weight_.assign(n, 1 / static_cast<double>(n));
    free_.assign(n, 1);
    if (strategy_ != nullptr) {
      state_.assign(n, StrategyState(*strategy_));
    }
    THAW_TRY(const auto names, spec_columns(spec_));
    for (const std::string& name : names) {
      const Source source = source_of(spec_, name);
      const Column* column = in_.months->table.find(name);
      if (source != Source::kFixed && column != nullptr) {
        THAW_TRY(const std::vector<double> all, column->numeric());
        std::vector<double>& own = values_[name];
        for (const std::size_t row : row_) {
          own.push_back(all[row]);
        }
      }
    }
    if (!values_.contains(spec_.treatment)) {
      values_[spec_.treatment].assign(n, 0);
    }
    for (const std::size_t row : row_) {
      before_.push_back(row > 0 && in_.months->person[row] == in_.months->person[row - 1]
                            ? in_.months->treated[row - 1]
                            : 0);
    }
    return Done{};
  }

  /// The columns `names` of all lives now.
  Result<Table> table_of(const std::vector<std::string>& names) const {
    Table table;
    THAW_CHECK(table.add_column(Column::integer("\x01", std::vector<std::int64_t>(size(), 0))));
    for (const std::string& name : names) {
      THAW_TRY(const Column* column, in_.months->table.column(name));
      const auto own = values_.find(name);
      THAW_CHECK(table.add_column(own == values_.end() ? column->take(row_)
                                                       : as_column(*column, own->second)));
    }
    return table;
  }

  Result<stats::Matrix> matrix(const PooledDesign& design) const {
    THAW_TRY(const Table table, table_of(design.model().columns()));
    return design.model().matrix(table);
  }

  Result<std::vector<double>> probability(const PooledDesign& design, const PooledFit& fit) const {
    if (fit.constant) {
      return std::vector<double>(size(), *fit.constant);
    }
    THAW_TRY(const stats::Matrix x, matrix(design));
    const Vector odds = log_odds_of(fit, x);
    std::vector<double> out(size());
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] = 1 / (1 + std::exp(-odds[static_cast<Eigen::Index>(i)]));
    }
    return out;
  }

  /// Keeps the lives `parents`, in that order, repeats allowed.
  void gather(const std::vector<std::size_t>& parents) {
    const auto pick = [&](auto& values) {
      auto old = std::move(values);
      values.clear();
      values.reserve(parents.size());
      for (const std::size_t parent : parents) {
        values.push_back(old[parent]);
      }
    };
    for (auto& [name, values] : values_) {
      pick(values);
    }
    pick(row_);
    pick(weight_);
    pick(free_);
    pick(before_);
    pick(state_);
  }

  /// A yes or no for every life: drawn, or each life parted in two with its shares.
  Result<std::vector<double>> decide(std::vector<double> p) {
    std::vector<double> yes(p.size(), 0);
    if (!exact()) {
      for (std::size_t i = 0; i < p.size(); ++i) {
        yes[i] = random_[i].bernoulli(p[i]) ? 1 : 0;
      }
      return yes;
    }
    std::vector<std::size_t> parents;
    std::vector<double> share;
    yes.clear();
    for (std::size_t i = 0; i < p.size(); ++i) {
      for (const double answer : {0.0, 1.0}) {
        const double part = answer == 1 ? p[i] : 1 - p[i];
        if (part > 0) {
          parents.push_back(i);
          share.push_back(part);
          yes.push_back(answer);
        }
      }
    }
    if (parents.size() > kPathsMax) {
      return invalid_argument(
          fmt::format("g_formula.simulations 0 follows every path, and there are more than {}; "
                      "write a number of simulations",
                      kPathsMax));
    }
    if (strategy_ == nullptr) {
      state_.assign(size(), StrategyState(spec_.strategies.front()));  // not used, only kept even
    }
    gather(parents);
    for (std::size_t i = 0; i < share.size(); ++i) {
      weight_[i] *= share[i];
    }
    return yes;
  }

  Result<Done> next_month(int k) {
    const std::vector<double> treated = values_[spec_.treatment];
    before_.assign(treated.begin(), treated.end());
    for (auto& [name, values] : values_) {
      const Source source = source_of(spec_, name);
      if (source == Source::kLag) {
        values = values_.at(name.substr(4));
      } else if (source == Source::kTreatedMonths || source == Source::kMonth) {
        for (std::size_t i = 0; i < values.size(); ++i) {
          values[i] += source == Source::kMonth ? 1 : treated[i];
        }
      } else if (source == Source::kSinceZero) {
        std::ranges::fill(values, static_cast<double>(k));
      }
    }
    for (std::size_t j = 0; j < spec_.g_formula->covariates.size(); ++j) {
      THAW_CHECK(draw_covariate(j));
    }
    return Done{};
  }

  Result<Done> draw_covariate(std::size_t j) {
    const SimulatedCovariate& covariate = spec_.g_formula->covariates[j];
    const PooledDesign& design = in_.designs->covariates[j];
    if (covariate.kind == SimulatedCovariate::Kind::kBinary) {
      THAW_TRY(auto p, probability(design, in_.fits->covariate_odds[j]));
      THAW_TRY(auto yes, decide(std::move(p)));
      values_[covariate.column] = std::move(yes);
      return Done{};
    }
    THAW_TRY(const stats::Matrix x, matrix(design));
    const PooledLine& line = in_.fits->covariate_line[j];
    const Vector mean = x * line.coef;
    const auto [low, high] = in_.designs->range[j];
    std::vector<double>& values = values_[covariate.column];
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double drawn =
          mean[static_cast<Eigen::Index>(i)] + line.residual_sd * random_[i].normal();
      values[i] = std::clamp(drawn, low, high);
    }
    return Done{};
  }

  /// Probability of treatment as people chose it.
  Result<std::vector<double>> natural_probability(int k) const {
    const TrialModels& models = in_.designs->treatment;
    if (k == 0) {
      return probability(models.zero, in_.fits->treatment[0]);
    }
    std::vector<double> out(size(), 0);
    std::size_t next = 1;
    for (const auto* part : {&models.start, &models.stay}) {
      const double of = part == &models.stay ? 1 : 0;
      if (!*part) {
        std::ranges::transform(before_, out, out.begin(),
                               [&](double b, double p) { return b == of ? of : p; });
        continue;
      }
      THAW_TRY(const auto p, probability(**part, in_.fits->treatment[next++]));
      for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = before_[i] == of ? p[i] : out[i];
      }
    }
    return out;
  }

  Result<std::vector<Truth>> truth_of(const std::optional<RowCondition>& condition,
                                      Truth none) const {
    if (!condition) {
      return std::vector<Truth>(size(), none);
    }
    THAW_TRY(const Table table, table_of(condition->columns()));
    return condition->evaluate(table);
  }

  Result<Done> treat(int k) {
    THAW_TRY(std::vector<double> p, natural_probability(k));
    if (strategy_ != nullptr) {
      THAW_TRY(const auto start, truth_of(strategy_->start_when, Truth::kTrue));
      THAW_TRY(const auto stop, truth_of(strategy_->stop_when, Truth::kFalse));
      for (std::size_t i = 0; i < p.size(); ++i) {
        const Demand demand = state_[i].demand(start[i] == Truth::kTrue, stop[i] == Truth::kTrue);
        p[i] = demand == Demand::kEither ? p[i] : (demand == Demand::kTreated ? 1 : 0);
      }
    }
    THAW_TRY(std::vector<double> treated, decide(std::move(p)));
    if (strategy_ != nullptr) {
      for (std::size_t i = 0; i < treated.size(); ++i) {
        state_[i].treated(treated[i] != 0);
      }
    }
    values_[spec_.treatment] = std::move(treated);
    return Done{};
  }

  void note_covariates(GFormulaArm& arm) const {
    for (std::size_t j = 0; j < arm.covariate.size(); ++j) {
      const std::vector<double>& values = values_.at(spec_.g_formula->covariates[j].column);
      double sum = 0;
      double weight = 0;
      for (std::size_t i = 0; i < size(); ++i) {
        sum += weight_[i] * free_[i] * values[i];
        weight += weight_[i] * free_[i];
      }
      arm.covariate[j].push_back(sum / weight);
    }
  }

  Result<Done> risk_month(GFormulaArm& arm) {
    THAW_TRY(const auto event, probability(in_.designs->event, in_.fits->event));
    std::vector<double> competing(size(), 0);
    if (in_.designs->competing) {
      THAW_TRY(competing, probability(*in_.designs->competing, *in_.fits->competing));
    }
    double risk = arm.risk.back();
    double free = 0;
    for (std::size_t i = 0; i < size(); ++i) {
      risk += weight_[i] * free_[i] * event[i];
      free_[i] *= std::max(0.0, 1 - event[i] - competing[i]);
      free += weight_[i] * free_[i];
    }
    arm.risk.push_back(risk);
    arm.free.push_back(free);
    return Done{};
  }

  const LivesInput& in_;
  const EmulationSpec& spec_;
  const Strategy* strategy_;
  std::vector<Random> random_;    // one a life, empty when every path is followed
  std::vector<std::size_t> row_;  // of time zero, whose fixed columns a life has
  std::vector<double> weight_;
  std::vector<double> free_;
  std::vector<double> before_;  // treated the month before
  std::vector<StrategyState> state_;
  std::map<std::string, std::vector<double>> values_;  // of the columns that change
};

}  // namespace

Result<GFormulaArm> live(const LivesInput& input, const Strategy* strategy) {
  return Lives(input, strategy).run();
}

Result<Done> check_columns(const LivesInput& input) {
  const PersonMonths& months = *input.months;
  std::vector<std::string> names;
  const auto add = [&](const PooledDesign& design) {
    const auto own = design.model().columns();
    names.insert(names.end(), own.begin(), own.end());
  };
  std::ranges::for_each(input.designs->covariates, add);
  add(input.designs->event);
  for (const PooledDesign* design : input.designs->treatment.all()) {
    if (!input.designs->treatment.leave || design != &*input.designs->treatment.leave) {
      add(*design);
    }
  }
  for (const Strategy& strategy : input.spec->strategies) {
    for (const auto* condition : {&strategy.start_when, &strategy.stop_when}) {
      if (*condition) {
        const auto own = (*condition)->columns();
        names.insert(names.end(), own.begin(), own.end());
      }
    }
  }
  for (const std::string& name : names) {
    if (source_of(*input.spec, name) != Source::kFixed) {
      continue;
    }
    THAW_TRY(const Column* column, months.table.column(name));
    for (const Trial& trial : *input.trials) {
      for (std::uint32_t row = trial.row + 1; row < trial.row + trial.rows; ++row) {
        if (column->cell_text(row) != column->cell_text(trial.row)) {
          return invalid_argument(fmt::format(
              "{}: {} changes from month to month; list it in g_formula.covariates or leave it out",
              months.place(*input.spec, row), name));
        }
      }
    }
  }
  return Done{};
}

}  // namespace thaw::effect
