#include "evidence/calibration.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "base/random.h"
#include "evidence/weigh.h"
#include "stats/distributions.h"

namespace thaw::evidence {
namespace {

constexpr std::size_t kResamples = 1000;
constexpr std::size_t kBins = 10;
constexpr double kLeast = 1e-6;  // a formula that says 0 or 1 is judged as if it said nearly that

double bounded(double p) {
  return std::clamp(p, kLeast, 1 - kLeast);
}

/// For each kind the damped sum of grades, supporting minus opposing: what its cap multiplies.
std::map<std::string, double> features_of(const GradedCase& graded) {
  std::map<std::pair<std::string, int>, std::vector<double>> grades;
  for (const GradedItem& item : graded.others) {
    if (item.direction != 0) {
      grades[{item.kind, item.direction}].push_back(item.grade);
    }
  }
  std::map<std::string, double> out;
  for (auto& [key, list] : grades) {
    std::ranges::sort(list, std::greater<>());
    double sum = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto place = static_cast<double>(i + 1);
      sum += list[i] / (place * place);
    }
    out[key.first] += key.second * sum;
  }
  return out;
}

/// Rows of features for the kinds that occur, the constant first.
struct Design {
  std::vector<std::string> kinds;
  Eigen::MatrixXd x;
  Eigen::VectorXd y;
  Eigen::VectorXd start;  // prior 0, then the starting caps
};

Design design_of(const std::vector<GradedCase>& cases, const WeightParameters& parameters) {
  Design out;
  std::set<std::string> kinds;
  std::vector<std::map<std::string, double>> features;
  for (const GradedCase& graded : cases) {
    features.push_back(features_of(graded));
    for (const auto& [kind, value] : features.back()) {
      if (parameters.cap.contains(kind)) {
        kinds.insert(kind);
      }
    }
  }
  out.kinds.assign(kinds.begin(), kinds.end());
  const auto columns = static_cast<Eigen::Index>(out.kinds.size() + 1);
  const auto rows = static_cast<Eigen::Index>(cases.size());
  out.x = Eigen::MatrixXd::Zero(rows, columns);
  out.y.resize(rows);
  out.start = Eigen::VectorXd::Zero(columns);
  for (Eigen::Index row = 0; row < rows; ++row) {
    const auto at = static_cast<std::size_t>(row);
    out.x(row, 0) = 1;
    out.y(row) = cases[at].supports ? 1 : 0;
    for (Eigen::Index k = 1; k < columns; ++k) {
      const auto found = features[at].find(out.kinds[static_cast<std::size_t>(k - 1)]);
      out.x(row, k) = found == features[at].end() ? 0 : found->second;
    }
  }
  for (Eigen::Index k = 1; k < columns; ++k) {
    out.start(k) = parameters.cap.at(out.kinds[static_cast<std::size_t>(k - 1)]);
  }
  return out;
}

/// Penalised log likelihood by Newton's steps, halved until it does not fall; caps below 0 are put
/// on 0. `penalty` is the weight of (b - start)^2 / 2 for each coefficient.
Eigen::VectorXd fit_ridge(const Design& d, const Eigen::VectorXd& penalty) {
  Eigen::VectorXd b = d.start;
  const auto loss = [&](const Eigen::VectorXd& at) {
    const Eigen::ArrayXd eta = (d.x * at).array();
    const double likelihood =
        (d.y.array() * eta - eta.max(0) - (1 + (-eta.abs()).exp()).log()).sum();
    return -likelihood + 0.5 * (penalty.array() * (at - d.start).array().square()).sum();
  };
  for (int step = 0; step < 50; ++step) {
    const Eigen::ArrayXd p = 1 / (1 + (-(d.x * b)).array().exp());
    const Eigen::VectorXd gradient =
        d.x.transpose() * (p - d.y.array()).matrix() + penalty.cwiseProduct(b - d.start);
    const Eigen::ArrayXd weight = p * (1 - p);
    Eigen::MatrixXd hessian = d.x.transpose() * (d.x.array().colwise() * weight).matrix();
    hessian.diagonal() += penalty;
    hessian.diagonal().array() += 1e-9;
    const Eigen::VectorXd direction = hessian.ldlt().solve(gradient);
    const double before = loss(b);
    double size = 1;
    Eigen::VectorXd next = b;
    for (int half = 0; half < 30; ++half, size /= 2) {
      next = b - size * direction;
      next.tail(next.size() - 1) = next.tail(next.size() - 1).cwiseMax(0);
      if (loss(next) <= before) {
        break;
      }
    }
    const double moved = (next - b).cwiseAbs().maxCoeff();
    b = next;
    if (moved < 1e-10) {
      break;
    }
  }
  return b;
}

FittedCaps caps_from(const Design& d, const Eigen::VectorXd& b) {
  FittedCaps out{.prior_nats = b(0)};
  for (std::size_t k = 0; k < d.kinds.size(); ++k) {
    out.cap[d.kinds[k]] = b(static_cast<Eigen::Index>(k + 1));
  }
  return out;
}

/// The starting caps with the prior that fits best: an infinite ridge on the caps.
FittedCaps fit_prior(const std::vector<GradedCase>& cases, const WeightParameters& start) {
  const Design d = design_of(cases, start);
  Eigen::VectorXd penalty = Eigen::VectorXd::Constant(d.start.size(), 1e12);
  penalty(0) = 0;
  return caps_from(d, fit_ridge(d, penalty));
}

/// Logistic recalibration of a score: two numbers, so that a peer is not judged by its zero point.
struct Recalibration {
  double intercept = 0, slope = 1;

  double apply(double score) const { return logistic(intercept + slope * logit(bounded(score))); }

  static Recalibration fit(const std::vector<double>& scores, const std::vector<bool>& supports) {
    Design d;
    const auto n = static_cast<Eigen::Index>(scores.size());
    d.x = Eigen::MatrixXd::Ones(n, 2);
    d.y.resize(n);
    d.start = Eigen::VectorXd::Zero(2);
    for (Eigen::Index i = 0; i < n; ++i) {
      d.x(i, 1) = logit(bounded(scores[static_cast<std::size_t>(i)]));
      d.y(i) = supports[static_cast<std::size_t>(i)] ? 1 : 0;
    }
    const Eigen::VectorXd b = fit_ridge(d, Eigen::VectorXd::Constant(2, 1e-3));
    return {b(0), b(1)};
  }
};

/// Every item as a curated database's: INDRA has no finer source for it.
double indra_of(const GradedCase& graded, const IndraPriors& priors) {
  std::vector<IndraEvidence> positive;
  std::vector<IndraEvidence> negated;
  const auto at = priors.of_reader.find("curated import");
  const std::string_view source = at == priors.of_reader.end() ? priors.other_reader : at->second;
  for (const GradedItem& item : graded.others) {
    if (item.direction != 0) {
      (item.direction > 0 ? positive : negated).push_back({source, {}});
    }
  }
  const auto belief = indra_belief(priors, positive, negated);
  return belief ? *belief : 0;
}

double open_targets_of(const GradedCase& graded, const OpenTargetsWeights& weights) {
  std::map<std::string, std::vector<double>, std::less<>> scores;
  for (const GradedItem& item : graded.others) {
    const auto source = weights.of_kind.find(item.kind);
    const auto score = weights.score_of_kind.find(item.kind);
    const bool kept = item.direction > 0 || (item.direction < 0 && item.kind.starts_with("rct"));
    if (kept && source != weights.of_kind.end() && score != weights.score_of_kind.end()) {
      scores[source->second].push_back(score->second);
    }
  }
  return open_targets_score(weights, scores);
}

/// Units, each with its cases, in the order of their names.
std::vector<std::vector<std::size_t>> cases_by_unit(const std::vector<GradedCase>& cases) {
  std::map<std::string, std::vector<std::size_t>> by_unit;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    by_unit[cases[i].unit].push_back(i);
  }
  std::vector<std::vector<std::size_t>> out;
  for (auto& [unit, list] : by_unit) {
    out.push_back(std::move(list));
  }
  return out;
}

/// 95 % interval of the mean of `values` when whole units are drawn again.
std::pair<double, double> resampled(const std::vector<std::vector<std::size_t>>& units,
                                    const std::vector<double>& values, std::uint64_t seed) {
  std::vector<double> sums;
  for (const auto& unit : units) {
    double sum = 0;
    for (const std::size_t i : unit) {
      sum += values[i];
    }
    sums.push_back(sum);
  }
  std::vector<double> means;
  for (std::size_t round = 0; round < kResamples; ++round) {
    Random random(seed, round);
    double sum = 0;
    double n = 0;
    for (std::size_t draw = 0; draw < units.size(); ++draw) {
      const std::size_t unit = random.index(units.size());
      sum += sums[unit];
      n += static_cast<double>(units[unit].size());
    }
    means.push_back(sum / n);
  }
  std::ranges::sort(means);
  return {means[kResamples / 40], means[kResamples - 1 - kResamples / 40]};
}

ReliabilityBin wilson(double predicted, double hits, std::size_t count) {
  const auto n = static_cast<double>(count);
  const double z = stats::kZ95;
  const double share = hits / n;
  const double centre = (share + z * z / (2 * n)) / (1 + z * z / n);
  const double half =
      z / (1 + z * z / n) * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  return {predicted, share, std::max(0.0, centre - half), std::min(1.0, centre + half), count};
}

std::vector<ReliabilityBin> bins_of(const std::vector<GradedCase>& cases,
                                    const std::vector<double>& predicted) {
  struct Sum {
    double predicted = 0, hits = 0;
    std::size_t n = 0;
  };
  std::vector<Sum> sums(kBins);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto bin = std::min(kBins - 1, static_cast<std::size_t>(predicted[i] * kBins));
    sums[bin].predicted += predicted[i];
    sums[bin].hits += cases[i].supports ? 1 : 0;
    ++sums[bin].n;
  }
  std::vector<ReliabilityBin> out;
  for (const Sum& sum : sums) {
    if (sum.n > 0) {
      out.push_back(wilson(sum.predicted / static_cast<double>(sum.n), sum.hits, sum.n));
    }
  }
  return out;
}

/// What each formula says of every case, from folds that did not hold its unit.
struct Predictions {
  std::vector<double> thaw, prior_fitted, fitted, indra, indra_again, targets, targets_again,
      constant;

  explicit Predictions(std::size_t n)
      : thaw(n),
        prior_fitted(n),
        fitted(n),
        indra(n),
        indra_again(n),
        targets(n),
        targets_again(n),
        constant(n) {}
};

FittedCaps starting_caps(const WeightParameters& start) {
  FittedCaps out{.prior_nats = logit(start.default_prior)};
  out.cap = start.cap;
  return out;
}

Result<Done> predict_fold(const std::vector<GradedCase>& cases, const std::vector<bool>& held_out,
                          const WeightParameters& start, double strength, Predictions& out) {
  std::vector<GradedCase> seen;
  std::vector<double> indra;
  std::vector<double> targets;
  std::vector<bool> supports;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (!held_out[i]) {
      seen.push_back(cases[i]);
      indra.push_back(out.indra[i]);
      targets.push_back(out.targets[i]);
      supports.push_back(cases[i].supports);
    }
  }
  THAW_TRY(const FittedCaps fitted, fit_caps(seen, start, strength));
  FittedCaps prior_only = fit_prior(seen, start);
  prior_only.cap = start.cap;
  FittedCaps all_kinds = fitted;
  all_kinds.cap.insert(start.cap.begin(), start.cap.end());  // kinds this fold did not see
  const auto again = Recalibration::fit(indra, supports);
  const auto targets_again = Recalibration::fit(targets, supports);
  const auto yes = static_cast<double>(std::ranges::count(supports, true));
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (held_out[i]) {
      out.fitted[i] = fitted_belief(cases[i], all_kinds);
      out.prior_fitted[i] = fitted_belief(cases[i], prior_only);
      out.indra_again[i] = again.apply(out.indra[i]);
      out.targets_again[i] = targets_again.apply(out.targets[i]);
      out.constant[i] = yes / static_cast<double>(supports.size());
    }
  }
  return Done{};
}

std::vector<double> brier_of(const std::vector<GradedCase>& cases,
                             const std::vector<double>& predicted) {
  std::vector<double> out;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const double miss = predicted[i] - (cases[i].supports ? 1 : 0);
    out.push_back(miss * miss);
  }
  return out;
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) {
    sum += value;
  }
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

}  // namespace

std::vector<GradedCase> graded_cases(std::vector<GradedItem> items) {
  std::ranges::sort(items, [](const GradedItem& a, const GradedItem& b) {
    return std::tie(a.unit, a.claim, a.paper, b.direction, b.grade, a.kind) <
           std::tie(b.unit, b.claim, b.paper, a.direction, a.grade, b.kind);
  });
  std::vector<GradedCase> out;
  for (std::size_t begin = 0; begin < items.size();) {
    std::size_t end = begin;
    std::vector<GradedItem> spoken;  // the strongest of each paper and direction
    std::map<std::string, bool> papers;
    for (; end < items.size() && items[end].unit == items[begin].unit &&
           items[end].claim == items[begin].claim;
         ++end) {
      const GradedItem& item = items[end];
      const bool again = !spoken.empty() && spoken.back().paper == item.paper &&
                         spoken.back().direction == item.direction;
      if (!again) {
        spoken.push_back(item);
      }
      // A paper of both directions is no clear support.
      const auto [at, first] = papers.emplace(item.paper, item.direction > 0);
      at->second = at->second && item.direction >= 0;
    }
    if (papers.size() > 1) {
      for (const auto& [paper, supports] : papers) {
        GradedCase graded{.unit = items[begin].unit, .supports = supports};
        std::ranges::copy_if(
            spoken, std::back_inserter(graded.others),
            [&, &name = paper](const GradedItem& item) { return item.paper != name; });
        out.push_back(std::move(graded));
      }
    }
    begin = end;
  }
  return out;
}

double fitted_belief(const GradedCase& graded, const FittedCaps& fitted) {
  double nats = fitted.prior_nats;
  for (const auto& [kind, value] : features_of(graded)) {
    const auto cap = fitted.cap.find(kind);
    nats += cap == fitted.cap.end() ? 0 : cap->second * value;
  }
  return logistic(nats);
}

Result<FittedCaps> fit_caps(const std::vector<GradedCase>& cases, const WeightParameters& start,
                            double strength) {
  if (cases.empty()) {
    return invalid_argument("calibration: there is no claim that two papers speak of");
  }
  const Design d = design_of(cases, start);
  Eigen::VectorXd penalty = Eigen::VectorXd::Zero(d.start.size());
  for (Eigen::Index k = 1; k < penalty.size(); ++k) {
    const double scale = std::max(0.1, d.start(k));
    penalty(k) = strength / (scale * scale);
  }
  return caps_from(d, fit_ridge(d, penalty));
}

ReliabilityCurve reliability(std::string preset, const std::vector<GradedCase>& cases,
                             const std::vector<double>& predicted,
                             const std::vector<double>& reference, std::uint64_t seed) {
  ReliabilityCurve out{.preset = std::move(preset)};
  const auto units = cases_by_unit(cases);
  const auto brier = brier_of(cases, predicted);
  auto better = brier_of(cases, reference);
  std::vector<double> log_loss;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    better[i] -= brier[i];
    const double p = bounded(predicted[i]);
    log_loss.push_back(-std::log(cases[i].supports ? p : 1 - p));
  }
  out.brier = mean(brier);
  std::tie(out.brier_low, out.brier_high) = resampled(units, brier, seed);
  out.log_loss = mean(log_loss);
  out.better = mean(better);
  std::tie(out.better_low, out.better_high) = resampled(units, better, seed);
  out.bins = bins_of(cases, predicted);
  return out;
}

Result<CalibrationResult> calibrate(const std::vector<GradedCase>& cases,
                                    const WeightParameters& start, std::size_t folds,
                                    std::uint64_t seed, double strength) {
  auto units = cases_by_unit(cases);
  if (folds < 2 || units.size() < folds) {
    return invalid_argument(
        fmt::format("calibration: {} diseases cannot be cut into {} parts", units.size(), folds));
  }
  CalibrationResult out{.cases = cases.size(), .units = units.size(), .folds = folds};
  Random random(seed, 1'000'000);
  for (std::size_t i = units.size(); i > 1; --i) {
    std::swap(units[i - 1], units[random.index(i)]);
  }
  Predictions said(cases.size());
  const FittedCaps shipped = starting_caps(start);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    said.thaw[i] = fitted_belief(cases[i], shipped);
    said.indra[i] = indra_of(cases[i], start.peers->indra);
    said.targets[i] = open_targets_of(cases[i], start.peers->open_targets);
    out.base_rate += cases[i].supports ? 1.0 / static_cast<double>(cases.size()) : 0;
  }
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::vector<bool> held_out(cases.size(), false);
    for (std::size_t u = fold; u < units.size(); u += folds) {
      for (const std::size_t i : units[u]) {
        held_out[i] = true;
      }
    }
    THAW_CHECK(predict_fold(cases, held_out, start, strength, said));
  }
  const auto add = [&](const char* preset, const std::vector<double>& predicted) {
    out.curves.push_back(reliability(preset, cases, predicted, said.thaw, seed));
  };
  add("thaw", said.thaw);
  add("thaw, prior fitted", said.prior_fitted);
  add("thaw, prior and caps fitted", said.fitted);
  add("indra", said.indra);
  add("indra, recalibrated", said.indra_again);
  add("open-targets", said.targets);
  add("open-targets, recalibrated", said.targets_again);
  add("share of all", said.constant);
  const auto gain = reliability("", cases, said.fitted, said.prior_fitted, seed);
  out.caps_gain = gain.better;
  out.caps_gain_low = gain.better_low;
  out.caps_gain_high = gain.better_high;
  out.caps_better = gain.better_low > 0;
  THAW_TRY(out.fitted, fit_caps(cases, start, strength));
  return out;
}

}  // namespace thaw::evidence
