// A request as a document, and back: strict, so that a misspelt wish is never ignored.
#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <functional>
#include <map>

#include "effect/effect_json.h"

namespace thaw::effect {
namespace {

namespace json = boost::json;
using Reader = std::function<Result<Done>(const json::value&)>;

constexpr std::size_t kNamesMax = 200;
constexpr std::size_t kTextMax = 10'000;

json::array list(const std::vector<std::string>& names) {
  json::array array;
  for (const std::string& name : names) {
    array.emplace_back(name);
  }
  return array;
}

Error wrong(std::string_view what) {
  return invalid_argument(fmt::format("must be {}", what));
}

Reader text(std::string& into) {
  return [&into](const json::value& value) -> Result<Done> {
    if (!value.is_string() || value.get_string().size() > kTextMax) {
      return wrong("a text of at most 10,000 bytes");
    }
    into = std::string(value.get_string());
    return Done{};
  };
}

Reader flag(bool& into) {
  return [&into](const json::value& value) -> Result<Done> {
    if (!value.is_bool()) {
      return wrong("true or false");
    }
    into = value.get_bool();
    return Done{};
  };
}

template <class Number>
Reader whole(Number& into, std::int64_t low, std::int64_t high) {
  return [&into, low, high](const json::value& value) -> Result<Done> {
    std::int64_t number = 0;
    if (value.is_int64()) {
      number = value.get_int64();
    } else if (value.is_uint64() && value.get_uint64() <= static_cast<std::uint64_t>(INT64_MAX)) {
      number = static_cast<std::int64_t>(value.get_uint64());
    } else {
      return wrong("a whole number");
    }
    if (number < low || number > high) {
      return wrong(fmt::format("from {} to {}", low, high));
    }
    into = static_cast<Number>(number);
    return Done{};
  };
}

Reader share(double& into) {
  return [&into](const json::value& value) -> Result<Done> {
    if (!value.is_number()) {
      return wrong("a number");
    }
    into = value.to_number<double>();
    return into >= 0 && into < 0.5 ? Result<Done>(Done{}) : wrong("from 0 to below 0.5");
  };
}

Reader names(std::vector<std::string>& into) {
  return [&into](const json::value& value) -> Result<Done> {
    if (!value.is_array() || value.get_array().size() > kNamesMax) {
      return wrong("a list of at most 200 names");
    }
    into.clear();
    for (const json::value& name : value.get_array()) {
      if (!name.is_string()) {
        return wrong("a list of names");
      }
      into.emplace_back(name.get_string());
    }
    return Done{};
  };
}

template <class Parsed>
Reader word(Parsed& into, Result<Parsed> (*parse)(std::string_view)) {
  return [&into, parse](const json::value& value) -> Result<Done> {
    if (!value.is_string()) {
      return wrong("a word");
    }
    THAW_TRY(into, parse(std::string(value.get_string())));
    return Done{};
  };
}

Reader one_of_two(bool& into, std::string_view off, std::string_view on) {
  return [&into, off, on](const json::value& value) -> Result<Done> {
    if (!value.is_string() || (value.get_string() != off && value.get_string() != on)) {
      return wrong(fmt::format("\"{}\" or \"{}\"", off, on));
    }
    into = value.get_string() == on;
    return Done{};
  };
}

}  // namespace

json::object effect_request_document(const EffectRequest& request) {
  const PointQuestion& q = request.question;
  const Settings& s = request.settings;
  return {{"treatment", q.treatment},
          {"outcome", q.outcome},
          {"adjust", q.adjust},
          {"outcome_terms", q.outcome_terms},
          {"instruments", list(q.instruments)},
          {"cluster", q.cluster},
          {"unit", q.unit},
          {"drop_missing_treatment", q.drop_missing_treatment},
          {"method", to_string(s.method)},
          {"estimand", to_string(s.population)},
          {"learner", to_string(s.learner)},
          {"folds", s.folds},
          {"repeats", s.repeats},
          {"stabilised", s.stabilised},
          {"bound", s.bound},
          {"matches", s.matches},
          {"metric", s.metric == MatchMetric::kPropensity ? "propensity" : "mahalanobis"},
          {"bias_adjusted", s.bias_adjusted},
          {"se", s.model_variance ? "model" : "robust"},
          {"bootstrap", s.bootstrap},
          {"seed", s.seed},
          {"negative_outcomes", list(request.negative_outcomes)},
          {"refutations", request.refutations},
          {"side_by_side", request.side_by_side}};
}

Result<EffectRequest> read_effect_request(const json::object& document) {
  EffectRequest request;
  PointQuestion& q = request.question;
  Settings& s = request.settings;
  bool by_propensity = false;
  const std::map<std::string_view, Reader> readers = {
      {"treatment", text(q.treatment)},
      {"outcome", text(q.outcome)},
      {"adjust", text(q.adjust)},
      {"outcome_terms", text(q.outcome_terms)},
      {"instruments", names(q.instruments)},
      {"cluster", text(q.cluster)},
      {"unit", text(q.unit)},
      {"drop_missing_treatment", flag(q.drop_missing_treatment)},
      {"method", word(s.method, parse_method)},
      {"estimand", word(s.population, parse_population)},
      {"learner", word(s.learner, parse_learner)},
      {"folds", whole(s.folds, 0, 50)},
      {"repeats", whole(s.repeats, 1, 100)},
      {"stabilised", flag(s.stabilised)},
      {"bound", share(s.bound)},
      {"matches", whole(s.matches, 1, 50)},
      {"metric", one_of_two(by_propensity, "mahalanobis", "propensity")},
      {"bias_adjusted", flag(s.bias_adjusted)},
      {"se", one_of_two(s.model_variance, "robust", "model")},
      {"bootstrap", whole(s.bootstrap, 0, 100'000)},
      {"seed", whole(s.seed, 0, INT64_MAX)},
      {"negative_outcomes", names(request.negative_outcomes)},
      {"refutations", whole(request.refutations, -1, 10'000)},
      {"side_by_side", flag(request.side_by_side)}};
  for (const auto& [key, value] : document) {
    const auto reader = readers.find(std::string_view(key.data(), key.size()));
    if (reader == readers.end()) {
      return invalid_argument(
          fmt::format("the request has no key \"{}\"", std::string_view(key.data(), key.size())));
    }
    if (const auto read = reader->second(value); !read) {
      return invalid_argument(fmt::format("\"{}\" {}", reader->first, read.error().message));
    }
  }
  s.metric = by_propensity ? MatchMetric::kPropensity : MatchMetric::kMahalanobis;
  if (q.treatment.empty() || q.outcome.empty()) {
    return invalid_argument("the request needs \"treatment\" and \"outcome\"");
  }
  return request;
}

}  // namespace thaw::effect
