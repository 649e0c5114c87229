// What the registry knows of one person: who they are (pseudonymously) and what happened when.
//
// Plain records. check_history() is the door: the store and the importer let nothing past it that
// cannot have happened, so code that reads a History need not check again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "registry/alsfrs_r.h"

namespace thaw::registry {

enum class Sex : std::uint8_t { kUnknown, kFemale, kMale };
enum class OnsetSite : std::uint8_t { kUnknown, kBulbar, kLimb, kTrunk };
enum class Diagnosis : std::uint8_t { kUnknown, kAls, kFlailArm, kPma, kPls, kOther };
enum class Certainty : std::uint8_t {
  kUnknown,
  kDefinite,
  kProbable,
  kProbableLaboratory,
  kPossible
};
enum class AnsweredBy : std::uint8_t { kUnknown, kSelf, kProxy, kClinician };
enum class Mode : std::uint8_t { kUnknown, kApp, kWeb, kPhone, kClinic, kPaper };
enum class VitalCapacityKind : std::uint8_t { kFvc, kSvc };
enum class EventKind : std::uint8_t { kGastrostomy, kNiv, kTracheostomy, kDeath };

/// The word for an enumerator in SQL, JSON and CSV ("female", "flail_arm", "5a", ...); "unknown"
/// for kUnknown.
std::string_view code(Sex value);
std::string_view code(OnsetSite value);
std::string_view code(Diagnosis value);
std::string_view code(Certainty value);
std::string_view code(AnsweredBy value);
std::string_view code(Mode value);
std::string_view code(VitalCapacityKind value);
std::string_view code(EventKind value);
std::string_view code(ScaleVersion value);
std::string_view code(ItemFive value);

/// The enumerator of a word that code() gives. kInvalidArgument lists the words that are known.
template <class Enum>
Result<Enum> from_code(std::string_view word);

struct Person {
  std::string code;  // pseudonymous; "SYN-000001" in a synthetic registry
  Sex sex = Sex::kUnknown;
  std::optional<int> birth_year;
  std::optional<PartialDate> onset;  // first symptom
  OnsetSite site = OnsetSite::kUnknown;
  Diagnosis diagnosis = Diagnosis::kUnknown;
  Certainty certainty = Certainty::kUnknown;
  std::optional<PartialDate> diagnosed;
  std::optional<bool> familial;
  std::optional<bool> genes_tested;  // "none found" is not "not tested"
  std::vector<std::string> genes;    // HGNC symbols with a pathogenic variant

  friend bool operator==(const Person&, const Person&) = default;
};

struct Report {
  Day assessed;
  AlsfrsR score;
  AnsweredBy answered_by = AnsweredBy::kUnknown;
  Mode mode = Mode::kUnknown;

  friend bool operator==(const Report&, const Report&) = default;
};

struct VitalCapacity {
  Day measured;
  VitalCapacityKind kind = VitalCapacityKind::kFvc;
  double litres = 0;
  std::optional<double> percent_predicted;  // as the device gave it

  friend bool operator==(const VitalCapacity&, const VitalCapacity&) = default;
};

struct Treatment {
  std::string drug;        // as a person writes it: "riluzole"
  std::string concept_id;  // "" when it is tied to no concept
  std::optional<PartialDate> started;
  std::optional<PartialDate> stopped;  // nothing: still taken, or not known
  std::string dose;

  friend bool operator==(const Treatment&, const Treatment&) = default;
};

struct Event {
  EventKind kind;
  PartialDate happened;

  friend bool operator==(const Event&, const Event&) = default;
};

/// One person and everything about them; reports and vital capacities in order of date.
struct History {
  Person person;
  std::vector<Report> reports;
  std::vector<VitalCapacity> vital_capacities;
  std::vector<Treatment> treatments;
  std::vector<Event> events;

  friend bool operator==(const History&, const History&) = default;
};

/// Nothing when `history` can have happened by `as_of`; else what cannot, with its dates.
/// kInvalidArgument: no code; birth year outside 1900..as_of; onset before birth, or after a
/// diagnosis, report or death; a report or measurement after death or after `as_of`; two reports
/// on one day; litres outside 0.1..9; a stop before its start; two deaths; rows out of order.
/// Partial dates are wrong only when no day of theirs would be right.
Result<Done> check_history(const History& history, Day as_of);

/// The recorded death, or nothing.
std::optional<PartialDate> death_of(const History& history);

/// The day in the middle of what a partial date can be: for models that need one day.
Day middle_day(const PartialDate& date);

}  // namespace thaw::registry
