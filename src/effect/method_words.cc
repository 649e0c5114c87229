// The words by which methods, populations and learners are asked for.
#include <fmt/format.h>

#include <array>
#include <utility>

#include "effect/learner.h"
#include "effect/method.h"

namespace thaw::effect {
namespace {

constexpr std::array kMethods = {
    std::pair{Method::kOls, std::string_view("ols")},
    std::pair{Method::kGFormula, std::string_view("gformula")},
    std::pair{Method::kIpw, std::string_view("ipw")},
    std::pair{Method::kMatch, std::string_view("match")},
    std::pair{Method::kAipw, std::string_view("aipw")},
    std::pair{Method::kTmle, std::string_view("tmle")},
    std::pair{Method::kDml, std::string_view("dml")},
    std::pair{Method::kIv, std::string_view("iv")},
};

constexpr std::array kLearners = {
    std::pair{LearnerKind::kLinear, std::string_view("linear")},
    std::pair{LearnerKind::kLasso, std::string_view("lasso")},
    std::pair{LearnerKind::kBoosting, std::string_view("boosting")},
    std::pair{LearnerKind::kForest, std::string_view("forest")},
};

}  // namespace

std::string_view to_string(Method method) {
  for (const auto& [known, word] : kMethods) {
    if (known == method) {
      return word;
    }
  }
  return "";
}

Result<Method> parse_method(std::string_view word) {
  for (const auto& [known, own] : kMethods) {
    if (own == word) {
      return known;
    }
  }
  return invalid_argument(fmt::format(
      "method \"{}\" is not known; use ols, gformula, ipw, match, aipw, tmle, dml or iv", word));
}

std::string_view to_string(Population population) {
  switch (population) {
    case Population::kTreated:
      return "att";
    case Population::kUntreated:
      return "atc";
    default:
      return "ate";
  }
}

Result<Population> parse_population(std::string_view word) {
  for (const Population known : {Population::kAll, Population::kTreated, Population::kUntreated}) {
    if (to_string(known) == word) {
      return known;
    }
  }
  return invalid_argument(fmt::format("estimand \"{}\" is not known; use ate, att or atc", word));
}

std::string_view to_string(LearnerKind learner) {
  for (const auto& [known, word] : kLearners) {
    if (known == learner) {
      return word;
    }
  }
  return "";
}

Result<LearnerKind> parse_learner(std::string_view word) {
  for (const auto& [known, own] : kLearners) {
    if (own == word) {
      return known;
    }
  }
  return invalid_argument(
      fmt::format("learner \"{}\" is not known; use linear, lasso, boosting or forest", word));
}

}  // namespace thaw::effect
