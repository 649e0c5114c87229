#include "effect/method.h"

#include <fmt/format.h>

#include <cmath>

namespace thaw::effect {
namespace {

/// One effect for everybody: these methods know no other population.
bool one_effect(Method method) {
  return method == Method::kOls || method == Method::kDml || method == Method::kIv;
}

Result<Done> check(const Settings& settings) {
  if (one_effect(settings.method) && settings.population != Population::kAll) {
    return invalid_argument(fmt::format(
        "{} takes the effect to be the same for everybody, so it has no {}; use gformula, ipw, "
        "match, aipw or tmle",
        to_string(settings.method), to_string(settings.population)));
  }
  if (!(settings.bound >= 0 && settings.bound < 0.5)) {
    return invalid_argument(
        fmt::format("propensity bound {} is not from 0 to below 0.5", settings.bound));
  }
  const bool learns = settings.method == Method::kAipw || settings.method == Method::kTmle ||
                      settings.method == Method::kDml;
  if (!learns && settings.learner != LearnerKind::kLinear) {
    return invalid_argument(fmt::format(
        "the learner {} is for aipw, tmle and dml: with {} no interval of it would hold",
        to_string(settings.learner), to_string(settings.method)));
  }
  if (settings.bootstrap > 0 &&
      (settings.method == Method::kMatch || settings.method == Method::kDml)) {
    return invalid_argument(
        fmt::format("the bootstrap does not give an honest interval for {}; "
                    "leave --bootstrap out and its own interval is used",
                    to_string(settings.method)));
  }
  if (settings.stabilised && settings.population != Population::kAll) {
    return invalid_argument("stabilised weights are for the whole population (ate)");
  }
  return Done{};
}

}  // namespace

double influence_se(const PointData& data, const stats::Vector& influence) {
  if (data.cluster.empty()) {
    return influence.norm();
  }
  std::vector<double> sums;
  for (std::size_t i = 0; i < data.cluster.size(); ++i) {
    if (data.cluster[i] >= sums.size()) {
      sums.resize(data.cluster[i] + 1, 0);
    }
    sums[data.cluster[i]] += influence[static_cast<Eigen::Index>(i)];
  }
  double square = 0;
  for (const double sum : sums) {
    square += sum * sum;
  }
  const auto clusters = static_cast<double>(sums.size());
  return std::sqrt(square * clusters / (clusters - 1));
}

Result<MethodFit> fit_method(const PointData& data, const Settings& settings) {
  THAW_CHECK(check(settings));
  if (!one_effect(settings.method)) {
    THAW_CHECK(need_binary_treatment(data, std::string(to_string(settings.method))));
  }
  switch (settings.method) {
    case Method::kOls:
      return ordinary_regression(data, settings);
    case Method::kGFormula:
      return g_formula(data, settings);
    case Method::kIpw:
      return weighted_means(data, settings);
    case Method::kMatch:
      return matched(data, settings);
    case Method::kAipw:
      return augmented_weighting(data, settings);
    case Method::kTmle:
      return targeted_likelihood(data, settings);
    case Method::kDml:
      return double_learning(data, settings);
    case Method::kIv:
      return instrumental(data, settings);
  }
  return invalid_argument("no such method");
}

}  // namespace thaw::effect
