#include "registry/import_row.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "registry/import_date.h"

namespace thaw::registry {
namespace {

constexpr std::array<std::string_view, 37> kFields = {"person",
                                                      "sex",
                                                      "birth_year",
                                                      "onset",
                                                      "site",
                                                      "diagnosis",
                                                      "certainty",
                                                      "diagnosed",
                                                      "familial",
                                                      "genes_tested",
                                                      "genes",
                                                      "assessed",
                                                      "item1",
                                                      "item2",
                                                      "item3",
                                                      "item4",
                                                      "item5",
                                                      "item6",
                                                      "item7",
                                                      "item8",
                                                      "item9",
                                                      "item10",
                                                      "item11",
                                                      "item12",
                                                      "item_five",
                                                      "scale",
                                                      "answered_by",
                                                      "mode",
                                                      "measured",
                                                      "litres",
                                                      "percent_predicted",
                                                      "capacity_kind",
                                                      "drug",
                                                      "started",
                                                      "stopped",
                                                      "dose",
                                                      "concept"};
constexpr std::array<std::pair<std::string_view, EventKind>, 4> kEventFields = {
    {{"gastrostomy", EventKind::kGastrostomy},
     {"niv", EventKind::kNiv},
     {"tracheostomy", EventKind::kTracheostomy},
     {"death", EventKind::kDeath}}};

// Reads fields one after the other; the first fault stands and later reads do nothing more.
class RowReader {
 public:
  RowReader(const ImportMap& map, const RowCells& cells) : map_(map), cells_(cells) {}

  const std::optional<RowFault>& fault() const { return fault_; }

  void refuse(std::string_view field, std::string reason) {
    if (!fault_) {
      const auto source = map_.fields.find(field);
      fault_ = {source == map_.fields.end() ? std::string() : source->second.column,
                fmt::format("{}: {}", field, reason)};
    }
  }

  /// Whether the map gives the field one value for all rows.
  bool constant(std::string_view field) const {
    const auto source = map_.fields.find(field);
    return source != map_.fields.end() && source->second.column.empty();
  }

  /// Our word for the field's cell, "" when it is missing.
  std::string word(std::string_view field) const {
    const auto source = map_.fields.find(field);
    if (source == map_.fields.end()) {
      return "";
    }
    const std::string_view cell = source->second.column.empty()
                                      ? std::string_view(source->second.value)
                                      : cells_.cell(source->second);
    const auto known = source->second.codes.find(cell);
    if (known != source->second.codes.end()) {
      return known->second;
    }
    return std::ranges::find(map_.missing, cell) != map_.missing.end() ? "" : std::string(cell);
  }

  template <class Enum>
  Enum enumerator(std::string_view field, Enum otherwise) {
    const std::string given = word(field);
    if (given.empty()) {
      return otherwise;
    }
    const auto value = from_code<Enum>(given);
    if (!value) {
      refuse(field, value.error().message + "; give its meaning under codes in the map");
      return otherwise;
    }
    return *value;
  }

  std::optional<PartialDate> date(std::string_view field) {
    const std::string given = word(field);
    if (given.empty()) {
      return std::nullopt;
    }
    const auto value = parse_import_date(given, map_.dates);
    if (!value) {
      refuse(field, value.error().message);
      return std::nullopt;
    }
    return *value;
  }

  std::optional<Day> day(std::string_view field) {
    const auto value = date(field);
    if (value && value->precision != DatePrecision::kDay) {
      refuse(field, fmt::format("'{}' is not a full date", word(field)));
      return std::nullopt;
    }
    return value ? std::optional(value->first) : std::nullopt;
  }

  std::optional<double> number(std::string_view field) {
    const std::string given = word(field);
    if (given.empty()) {
      return std::nullopt;
    }
    const auto value = parse_double(given);
    if (!value) {
      refuse(field, fmt::format("'{}' is not a number", given));
    }
    return value;
  }

  std::optional<int> whole(std::string_view field) {
    const auto value = number(field);
    if (value && !(*value >= -1e6 && *value <= 1e6 &&
                   *value == static_cast<double>(static_cast<int>(*value)))) {
      refuse(field, fmt::format("'{}' is not a whole number", word(field)));
      return std::nullopt;
    }
    return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
  }

  std::optional<bool> flag(std::string_view field) {
    const std::string given = fold(word(field));
    if (given.empty()) {
      return std::nullopt;
    }
    const bool yes = given == "1" || given == "true" || given == "yes";
    if (!yes && given != "0" && given != "false" && given != "no") {
      refuse(field, fmt::format("'{}' is none of yes, no, true, false, 1, 0", word(field)));
      return std::nullopt;
    }
    return yes;
  }

 private:
  const ImportMap& map_;
  const RowCells& cells_;
  std::optional<RowFault> fault_;
};

void read_person(RowReader& row, Person& person) {
  person.code = row.word("person");
  if (person.code.empty()) {
    row.refuse("person", "a row without a person");
  }
  person.sex = row.enumerator("sex", Sex::kUnknown);
  person.birth_year = row.whole("birth_year");
  person.onset = row.date("onset");
  person.site = row.enumerator("site", OnsetSite::kUnknown);
  person.diagnosis = row.enumerator("diagnosis", Diagnosis::kUnknown);
  person.certainty = row.enumerator("certainty", Certainty::kUnknown);
  person.diagnosed = row.date("diagnosed");
  person.familial = row.flag("familial");
  person.genes_tested = row.flag("genes_tested");
  const std::string genes = row.word("genes");
  for (const std::string_view part :
       split(genes, genes.find(';') == std::string::npos ? ',' : ';')) {
    if (!trim(part).empty()) {
      person.genes.emplace_back(trim(part));
    }
  }
}

void read_report(RowReader& row, History& history) {
  std::array<std::optional<int>, kItemCount> answers{};
  bool any = false;
  for (std::size_t item = 0; item < kItemCount; ++item) {
    const std::string field = fmt::format("item{}", item + 1);
    answers[item] = row.whole(field);
    any = any || answers[item];
    if (answers[item] && (*answers[item] < 0 || *answers[item] > kItemMax)) {
      row.refuse(field,
                 fmt::format("ALSFRS-R item {} must be 0 to 4, got {}", item + 1, *answers[item]));
    }
  }
  const auto assessed = row.day("assessed");
  if (!any || row.fault()) {
    return;
  }
  if (!assessed) {
    row.refuse("assessed", "answers without the date of the report");
    return;
  }
  const auto score = AlsfrsR::from_answers(std::span<const std::optional<int>>(answers),
                                           row.enumerator("item_five", ItemFive::kUnknown),
                                           row.enumerator("scale", ScaleVersion::kAlsfrsR));
  if (!score) {
    row.refuse("item1", score.error().message);
    return;
  }
  history.reports.push_back({.assessed = *assessed,
                             .score = *score,
                             .answered_by = row.enumerator("answered_by", AnsweredBy::kUnknown),
                             .mode = row.enumerator("mode", Mode::kUnknown)});
}

void read_vital_capacity(RowReader& row, History& history) {
  const auto litres = row.number("litres");
  const auto percent = row.number("percent_predicted");
  if (!litres) {
    if (percent) {
      row.refuse("percent_predicted",
                 "percent predicted without litres: litres are what is stored");
    }
    return;
  }
  auto measured = row.day("measured");
  if (!measured) {
    measured = row.day("assessed");
  }
  if (!measured) {
    row.refuse("litres", "a vital capacity without a date");
    return;
  }
  history.vital_capacities.push_back(
      {.measured = *measured,
       .kind = row.enumerator("capacity_kind", VitalCapacityKind::kFvc),
       .litres = *litres,
       .percent_predicted = percent});
}

void read_treatment(RowReader& row, History& history) {
  const std::string drug = row.word("drug");
  const auto started = row.date("started");
  const auto stopped = row.date("stopped");
  if (drug.empty() && !started && !stopped) {
    return;
  }
  if (drug.empty()) {
    row.refuse("drug", "a treatment without a drug");
    return;
  }
  if (row.constant("drug") && !started && !stopped) {
    return;  // the map names the drug for all rows, and this one has no date of it
  }
  history.treatments.push_back({.drug = drug,
                                .concept_id = row.word("concept"),
                                .started = started,
                                .stopped = stopped,
                                .dose = row.word("dose")});
}

}  // namespace

bool is_import_field(std::string_view field) {
  return std::ranges::find(kFields, field) != kFields.end() ||
         std::ranges::any_of(kEventFields, [&](const auto& e) { return e.first == field; });
}

std::string import_fields() {
  std::vector<std::string> all(kFields.begin(), kFields.end());
  for (const auto& event : kEventFields) {
    all.emplace_back(event.first);
  }
  return join(all, ", ");
}

std::variant<History, RowFault> history_of_row(const ImportMap& map, const RowCells& cells) {
  RowReader row(map, cells);
  History history;
  read_person(row, history.person);
  read_report(row, history);
  read_vital_capacity(row, history);
  read_treatment(row, history);
  for (const auto& [field, kind] : kEventFields) {
    if (const auto happened = row.date(field)) {
      history.events.push_back({kind, *happened});
    }
  }
  if (row.fault()) {
    return *row.fault();
  }
  return history;
}

}  // namespace thaw::registry
