#include "evidence/peer_presets.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/digest.h"

namespace thaw::evidence {
namespace {

namespace json = boost::json;

Result<json::object> object_of(std::string_view text, std::string_view file) {
  json::error_code error;
  json::value root = json::parse(json::string_view(text.data(), text.size()), error);
  if (error || !root.is_object()) {
    return invalid_argument(fmt::format("preset {}: not a JSON object", file));
  }
  return std::move(root.get_object());
}

Result<json::object> part_of(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(json::string_view(key.data(), key.size()));
  if (value == nullptr || !value->is_object()) {
    return invalid_argument(fmt::format("preset: '{}' must be an object", key));
  }
  return value->get_object();
}

Result<std::map<std::string, double, std::less<>>> shares_at(const json::object& object,
                                                             std::string_view key) {
  THAW_TRY(const json::object part, part_of(object, key));
  std::map<std::string, double, std::less<>> out;
  for (const auto& [name, value] : part) {
    const double x = value.is_number() ? value.to_number<double>() : -1;
    if (!(x >= 0 && x <= 1)) {
      return invalid_argument(
          fmt::format("preset: '{}' of '{}' must be a number from 0 to 1", std::string(name), key));
    }
    out.emplace(name, x);
  }
  return out;
}

Result<std::map<std::string, std::string, std::less<>>> names_at(const json::object& object,
                                                                 std::string_view key) {
  THAW_TRY(const json::object part, part_of(object, key));
  std::map<std::string, std::string, std::less<>> out;
  for (const auto& [name, value] : part) {
    if (!value.is_string()) {
      return invalid_argument(
          fmt::format("preset: '{}' of '{}' must be a text", std::string(name), key));
    }
    out.emplace(name, std::string(value.get_string()));
  }
  return out;
}

}  // namespace

Result<double> indra_score(const IndraPriors& priors, std::span<const IndraEvidence> evidence) {
  std::map<std::string_view, double> random;  // source: product of its evidences' rand
  for (const auto& [source, subtype] : evidence) {
    auto rand = priors.rand.end();
    if (!subtype.empty()) {
      rand = priors.rand.find(subtype);
    }
    if (rand == priors.rand.end()) {
      rand = priors.rand.find(source);
    }
    if (rand == priors.rand.end()) {
      return not_found(fmt::format("INDRA's priors give no random error for source '{}'", source));
    }
    if (!priors.syst.contains(source)) {
      return not_found(fmt::format(
          "INDRA's priors give no systematic error for source '{}': it cannot be scored", source));
    }
    random.try_emplace(source, 1).first->second *= rand->second;
  }
  double wrong = 1;
  for (const auto& [source, product] : random) {
    wrong *= priors.syst.find(source)->second + product;
  }
  return evidence.empty() ? 0 : 1 - wrong;
}

Result<double> indra_belief(const IndraPriors& priors, std::span<const IndraEvidence> positive,
                            std::span<const IndraEvidence> negated) {
  THAW_TRY(const double for_it, indra_score(priors, positive));
  THAW_TRY(const double against, indra_score(priors, negated));
  return for_it * (1 - against);
}

double indra_curated_rand(double right, double wrong) {
  return 1 - std::min(right / (right + wrong), 0.95) - 0.05;
}

std::int64_t indra_hash(std::string_view text, int digits) {
  const std::string hex = md5_hex(text);
  std::uint64_t value = 0;
  for (int i = 0; i < digits; ++i) {
    const char c = hex[static_cast<std::size_t>(i)];
    value = value * 16 + static_cast<std::uint64_t>(c <= '9' ? c - '0' : c - 'a' + 10);
  }
  const std::uint64_t half = std::uint64_t{1} << (4 * digits - 1);
  return static_cast<std::int64_t>(half - value);
}

double harmonic_sum(std::vector<double> scores, std::size_t most) {
  std::erase_if(scores, [](double score) { return !(score > 0); });
  std::ranges::sort(scores, std::greater<>());
  scores.resize(std::min(most, scores.size()));
  double sum = 0;
  double place = 0;
  for (const double score : scores) {
    ++place;
    sum += score / (place * place);
  }
  return sum;
}

double open_targets_score(const OpenTargetsWeights& weights,
                          const std::map<std::string, std::vector<double>, std::less<>>& scores,
                          HarmonicConstants constants) {
  std::vector<double> sources;
  for (const auto& [source, own] : scores) {
    const auto weight = weights.weight.find(source);
    sources.push_back((weight == weights.weight.end() ? 1 : weight->second) *
                      harmonic_sum(own, constants.most) / constants.maximum);
  }
  return harmonic_sum(std::move(sources), constants.most) / constants.maximum;
}

double open_targets_type_score(std::vector<double> source_scores) {
  const std::vector<double> ones(source_scores.size(), 1.0);
  const double most = harmonic_sum(ones, ones.size());
  return most > 0 ? harmonic_sum(std::move(source_scores), ones.size()) / most : 0;
}

Result<PeerPresets> read_peer_presets(std::string_view indra, std::string_view open_targets) {
  PeerPresets out;
  THAW_TRY(const json::object i, object_of(indra, "indra.json"));
  THAW_TRY(out.indra.rand, shares_at(i, "rand"));
  THAW_TRY(out.indra.syst, shares_at(i, "syst"));
  THAW_TRY(out.indra.of_reader, names_at(i, "source_of_extractor"));
  const auto* other = i.if_contains("other_extractor");
  if (other == nullptr || !other->is_string()) {
    return invalid_argument("preset indra.json: 'other_extractor' must be a text");
  }
  out.indra.other_reader = std::string(other->get_string());
  THAW_TRY(const json::object o, object_of(open_targets, "open_targets.json"));
  THAW_TRY(out.open_targets.weight, shares_at(o, "datasource_weight"));
  THAW_TRY(out.open_targets.of_kind, names_at(o, "datasource_of_kind"));
  THAW_TRY(out.open_targets.score_of_grade, shares_at(o, "score_of_grade"));
  THAW_TRY(out.open_targets.score_of_kind, shares_at(o, "score_of_kind"));
  return out;
}

}  // namespace thaw::evidence
