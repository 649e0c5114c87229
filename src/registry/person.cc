#include "registry/person.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"

namespace thaw::registry {
namespace {

using Words = std::span<const std::string_view>;

// The words of each enumeration, in the order of its enumerators.
constexpr std::array<std::string_view, 3> kSex = {"unknown", "female", "male"};
constexpr std::array<std::string_view, 4> kSite = {"unknown", "bulbar", "limb", "trunk"};
constexpr std::array<std::string_view, 6> kDiagnosis = {"unknown", "als", "flail_arm",
                                                        "pma",     "pls", "other"};
constexpr std::array<std::string_view, 5> kCertainty = {"unknown", "definite", "probable",
                                                        "probable_laboratory", "possible"};
constexpr std::array<std::string_view, 4> kAnsweredBy = {"unknown", "self", "proxy", "clinician"};
constexpr std::array<std::string_view, 6> kMode = {"unknown", "app",    "web",
                                                   "phone",   "clinic", "paper"};
constexpr std::array<std::string_view, 2> kVitalCapacity = {"fvc", "svc"};
constexpr std::array<std::string_view, 4> kEvent = {"gastrostomy", "niv", "tracheostomy", "death"};
constexpr std::array<std::string_view, 2> kScale = {"ALSFRS-R", "ALSFRS-R-SE"};
constexpr std::array<std::string_view, 3> kItemFive = {"unknown", "5a", "5b"};

constexpr Words words(Sex) {
  return kSex;
}
constexpr Words words(OnsetSite) {
  return kSite;
}
constexpr Words words(Diagnosis) {
  return kDiagnosis;
}
constexpr Words words(Certainty) {
  return kCertainty;
}
constexpr Words words(AnsweredBy) {
  return kAnsweredBy;
}
constexpr Words words(Mode) {
  return kMode;
}
constexpr Words words(VitalCapacityKind) {
  return kVitalCapacity;
}
constexpr Words words(EventKind) {
  return kEvent;
}
constexpr Words words(ScaleVersion) {
  return kScale;
}
constexpr Words words(ItemFive) {
  return kItemFive;
}

template <class Enum>
std::string_view word_of(Enum value) {
  return words(value)[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view code(Sex value) {
  return word_of(value);
}
std::string_view code(OnsetSite value) {
  return word_of(value);
}
std::string_view code(Diagnosis value) {
  return word_of(value);
}
std::string_view code(Certainty value) {
  return word_of(value);
}
std::string_view code(AnsweredBy value) {
  return word_of(value);
}
std::string_view code(Mode value) {
  return word_of(value);
}
std::string_view code(VitalCapacityKind value) {
  return word_of(value);
}
std::string_view code(EventKind value) {
  return word_of(value);
}
std::string_view code(ScaleVersion value) {
  return word_of(value);
}
std::string_view code(ItemFive value) {
  return word_of(value);
}

template <class Enum>
Result<Enum> from_code(std::string_view word) {
  const Words known = words(Enum{});
  const auto found = std::ranges::find(known, word);
  if (found == known.end()) {
    const std::vector<std::string> list(known.begin(), known.end());
    return invalid_argument(fmt::format("'{}' is none of {}", word, join(list, ", ")));
  }
  return static_cast<Enum>(found - known.begin());
}

template Result<Sex> from_code(std::string_view);
template Result<OnsetSite> from_code(std::string_view);
template Result<Diagnosis> from_code(std::string_view);
template Result<Certainty> from_code(std::string_view);
template Result<AnsweredBy> from_code(std::string_view);
template Result<Mode> from_code(std::string_view);
template Result<VitalCapacityKind> from_code(std::string_view);
template Result<EventKind> from_code(std::string_view);
template Result<ScaleVersion> from_code(std::string_view);
template Result<ItemFive> from_code(std::string_view);

std::optional<PartialDate> death_of(const History& history) {
  for (const Event& event : history.events) {
    if (event.kind == EventKind::kDeath) {
      return event.happened;
    }
  }
  return std::nullopt;
}

Day middle_day(const PartialDate& date) {
  return date.first + (date.last - date.first) / 2;
}

}  // namespace thaw::registry
