#include <algorithm>
#include <array>
#include <utility>

#include "discovery/learn.h"

namespace thaw::discovery {
namespace {

constexpr std::array<std::pair<Method, std::string_view>, 7> kWords = {{
    {Method::kPc, "pc"},
    {Method::kFci, "fci"},
    {Method::kRfci, "rfci"},
    {Method::kGes, "ges"},
    {Method::kBoss, "boss"},
    {Method::kBossFci, "boss-fci"},
    {Method::kLingam, "lingam"},
}};

}  // namespace

std::string_view to_string(Method method) {
  return std::ranges::find(kWords, method, &std::pair<Method, std::string_view>::first)->second;
}

std::optional<Method> parse_method(std::string_view word) {
  const auto found = std::ranges::find(kWords, word, &std::pair<Method, std::string_view>::second);
  return found == kWords.end() ? std::nullopt : std::optional(found->first);
}

bool uses_test(Method method) {
  return method == Method::kPc || allows_hidden_causes(method);
}

bool uses_score(Method method) {
  return method == Method::kGes || method == Method::kBoss || method == Method::kBossFci;
}

bool allows_hidden_causes(Method method) {
  return method == Method::kFci || method == Method::kRfci || method == Method::kBossFci;
}

bool takes_missing(const Data& data, Method method) {
  if (method == Method::kLingam) {
    return false;
  }
  return !uses_score(method) || data.all_of(VariableKind::kContinuous);
}

}  // namespace thaw::discovery
