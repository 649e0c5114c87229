// The ways to estimate what a treatment given once does, behind one signature.
//
// Every way gives, besides its number, what each person pulls on it (the influence function), so
// that intervals, clusters and comparisons are made in one place. Papers stand with each function;
// docs/methods has a page for each. Checks: method_test.cc against R 4.2.2, tests/laws for
// coverage.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "effect/learner.h"
#include "effect/point_data.h"
#include "effect/weighting.h"

namespace thaw::effect {

enum class Method { kOls, kGFormula, kIpw, kMatch, kAipw, kTmle, kDml, kIv };

/// "ols", "gformula", "ipw", "match", "aipw", "tmle", "dml", "iv".
std::string_view to_string(Method method);
/// Reads what to_string writes. kInvalidArgument names the eight.
Result<Method> parse_method(std::string_view word);
/// "ate", "att" or "atc", and back.
std::string_view to_string(Population population);
Result<Population> parse_population(std::string_view word);

enum class MatchMetric { kMahalanobis, kPropensity };

struct Settings {
  Method method = Method::kAipw;
  Population population = Population::kAll;
  LearnerKind learner = LearnerKind::kLinear;  // of aipw, tmle and dml
  int folds = 0;            // cross-fitting; 0: none for aipw and tmle by linear, else 5
  int repeats = 5;          // of dml: splits into folds, the median of which counts
  bool stabilised = false;  // of ipw
  double bound = 0;         // propensities are held within [bound, 1 - bound]; see learner.h
  int matches = 1;          // of match: neighbours for each person
  MatchMetric metric = MatchMetric::kMahalanobis;
  bool bias_adjusted = true;    // of match: regression takes out what is left between neighbours
  bool model_variance = false;  // of ols: one noise variance for all, as R's lm has it
  int bootstrap = 0;            // replicates; 0: the interval of the influence function
  std::uint64_t seed = 1;
  unsigned threads = 1;
};

/// Means of the outcome had everybody in the population been treated, and had nobody.
struct ArmMeans {
  double treated;
  double untreated;
  stats::Vector influence_treated;    // (n)
  stats::Vector influence_untreated;  // (n)
};

/// How well instruments move the treatment, and the interval that holds when they hardly do.
struct FirstStage {
  double f;         // of all instruments, one noise variance
  double f_robust;  // Wald / k with HC1; one instrument: its robust t squared
  double partial_r2;
  /// Anderson-Rubin 95 % set (one instrument only): [low, high]; all outside (high, low) when
  /// `two_sided` is false; everything when neither is there.
  std::optional<double> ar_low, ar_high;
  bool ar_bounded = false;  // false: a ray pair or the whole line
};

struct MethodFit {
  double value = 0;
  stats::Vector influence;         // (n); the sum of squares, over clusters, is the variance
  double se = 0;                   // of match alone, which has no influence function
  double df = 0;                   // of Student's t; 0: normal
  std::optional<double> se_model;  // of ols
  std::optional<ArmMeans> means;
  stats::Vector propensity;  // (n), empty where none is used
  stats::Vector weights;     // (n), empty where none are used
  std::optional<FirstStage> first_stage;
  std::size_t unmatched = 0;
};

/// Linear regression of the outcome on treatment and covariates; HC1 (MacKinnon and White 1985).
/// One effect, taken to be the same for everybody.
Result<MethodFit> ordinary_regression(const PointData& data, const Settings& settings);

/// Standardisation (Robins 1986, Math Model 7:1393): mean prediction with and without treatment, by
/// linear regression, or logistic for an outcome of 0 and 1. Variance by the stacked equations.
Result<MethodFit> g_formula(const PointData& data, const Settings& settings);

/// Weighted means (Hajek); variance of the stacked equations, with the propensity's part in it.
/// Lunceford and Davidian 2004, Stat Med 23:2937.
Result<MethodFit> weighted_means(const PointData& data, const Settings& settings);

/// Nearest neighbours with replacement, all tied ones; Abadie and Imbens 2006, Econometrica 74:235;
/// bias adjustment 2011, J Bus Econ Stat 29:1. Cost O(n1 n0 p) by Mahalanobis' distance.
Result<MethodFit> matched(const PointData& data, const Settings& settings);

/// AIPW: Robins, Rotnitzky and Zhao 1994, J Am Stat Assoc 89:846; cross-fitted where folds say.
Result<MethodFit> augmented_weighting(const PointData& data, const Settings& settings);

/// TMLE: van der Laan and Rubin 2006, Int J Biostat 2(1):11; a number as outcome is brought to
/// [0, 1] (Gruber and van der Laan 2010, Int J Biostat 6(1):26).
Result<MethodFit> targeted_likelihood(const PointData& data, const Settings& settings);

/// Partially linear model by cross-fitting: Chernozhukov et al. 2018, Econom J 21:C1.
Result<MethodFit> double_learning(const PointData& data, const Settings& settings);

/// Two-stage least squares, HC1; Anderson and Rubin 1949, Ann Math Stat 20:46 for the interval.
Result<MethodFit> instrumental(const PointData& data, const Settings& settings);

/// The method that `settings` names. Fails as point_data does; kInvalidArgument where the method
/// cannot answer: no overlap, separation, too few rows, an estimand it does not have.
Result<MethodFit> fit_method(const PointData& data, const Settings& settings);

/// The standard error of `influence` (n), over clusters where `data` has them.
double influence_se(const PointData& data, const stats::Vector& influence);

}  // namespace thaw::effect
