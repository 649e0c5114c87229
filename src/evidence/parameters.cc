#include "evidence/parameters.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/text.h"

namespace thaw::evidence {
namespace {

namespace json = boost::json;

struct Range {
  double low, high;
};

Result<double> number_at(const json::object& object, std::string_view key, Range range) {
  const auto* value = object.if_contains(key);
  if (value == nullptr || !value->is_number()) {
    return invalid_argument(fmt::format("weight parameters: '{}' must be a number", key));
  }
  const double x = value->to_number<double>();
  if (!(x >= range.low && x <= range.high)) {
    return invalid_argument(fmt::format("weight parameters: '{}' is {}, it must lie in {} to {}",
                                        key, x, range.low, range.high));
  }
  return x;
}

Result<std::map<std::string, double>> numbers_at(const json::object& object, std::string_view key,
                                                 Range range) {
  const auto* value = object.if_contains(key);
  if (value == nullptr || !value->is_object()) {
    return invalid_argument(fmt::format("weight parameters: '{}' must be an object", key));
  }
  std::map<std::string, double> out;
  for (const auto& [name, unused] : value->get_object()) {
    THAW_TRY(const double x, number_at(value->get_object(), name, range));
    out[std::string(name)] = x;
  }
  return out;
}

/// Puts the numbers of `changes` into `base`, which must have their keys already.
Result<Done> overlay(json::object& base, const json::object& changes, const std::string& path,
                     std::vector<std::string>& changed) {
  for (const auto& [key, value] : changes) {
    const std::string here = path + std::string(key);
    json::value* old = base.if_contains(key);
    if (old == nullptr || old->is_string()) {
      return invalid_argument(fmt::format("weight parameters: there is no '{}' to change", here));
    }
    if (old->is_object() && value.is_object()) {
      THAW_CHECK(overlay(old->get_object(), value.get_object(), here + ".", changed));
    } else if (old->is_number() && value.is_number()) {
      if (old->to_number<double>() != value.to_number<double>()) {
        changed.push_back(here);
        *old = value;
      }
    } else {
      return invalid_argument(fmt::format("weight parameters: '{}' must be {}", here,
                                          old->is_object() ? "an object" : "a number"));
    }
  }
  return Done{};
}

}  // namespace

Result<WeightParameters> read_parameters(std::string_view text) {
  json::error_code error;
  const json::value root = json::parse(json::string_view(text.data(), text.size()), error);
  if (error || !root.is_object()) {
    return invalid_argument("weight parameters: not a JSON object");
  }
  const auto& object = root.get_object();
  const auto* prior = object.if_contains("prior");
  if (prior == nullptr || !prior->is_object()) {
    return invalid_argument("weight parameters: 'prior' must be an object");
  }
  constexpr Range kShare = {0, 1};
  constexpr Range kProbability = {1e-6, 1 - 1e-6};
  WeightParameters p;
  THAW_TRY(p.default_prior, number_at(prior->get_object(), "default", kProbability));
  THAW_TRY(p.prior, numbers_at(prior->get_object(), "by_relation", kProbability));
  THAW_TRY(p.cap, numbers_at(object, "cap_nats", {0, 20}));
  THAW_TRY(p.grade, numbers_at(object, "grade", kShare));
  THAW_TRY(p.smallest_effect, numbers_at(object, "smallest_effect", {1e-9, 1e9}));
  THAW_TRY(p.transport, numbers_at(object, "transport", kShare));
  THAW_TRY(p.concern_status, number_at(object, "concern_status", kShare));
  THAW_TRY(p.same_laboratory, number_at(object, "same_laboratory", kShare));
  THAW_TRY(p.same_consortium, number_at(object, "same_consortium", kShare));
  THAW_TRY(p.confirmatory_n, number_at(object, "confirmatory_n", {1, 1e9}));
  THAW_TRY(p.ignorance_weight, number_at(object, "ignorance_weight", {1e-9, 1e9}));
  for (const char* key : {"molecular", "trial", "allele", "unstated"}) {
    if (!p.transport.contains(key)) {
      return invalid_argument(fmt::format("weight parameters: 'transport' lacks '{}'", key));
    }
  }
  if (!p.cap.contains("rct_confirmatory") || !p.cap.contains("rct_phase2")) {
    return invalid_argument(
        "weight parameters: 'cap_nats' lacks 'rct_confirmatory' or 'rct_phase2'");
  }
  if (!p.grade.contains("unstated")) {
    return invalid_argument("weight parameters: 'grade' lacks 'unstated'");
  }
  p.text = text;
  return p;
}

Result<WeightParameters> with_changes(const WeightParameters& base, std::string_view changes,
                                      std::vector<std::string>& changed) {
  json::error_code error;
  json::value file = json::parse(base.text, error);
  if (error || !file.is_object()) {
    return corrupt("weight parameters: the file in use cannot be read");
  }
  const json::value root = json::parse(json::string_view(changes.data(), changes.size()), error);
  if (error || !root.is_object()) {
    return invalid_argument("weight parameters: the changes are not a JSON object");
  }
  THAW_CHECK(overlay(file.get_object(), root.get_object(), "", changed));
  THAW_TRY(auto out, read_parameters(json::serialize(file)));
  out.peers = base.peers;
  return out;
}

}  // namespace thaw::evidence
