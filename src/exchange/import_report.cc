#include "exchange/import_report.h"

#include <array>
#include <boost/json.hpp>

namespace thaw::exchange {
namespace {

namespace json = boost::json;
using evidence::WriteCounts;

constexpr std::array<std::pair<std::string_view, WriteCounts ImportReport::*>, 6> kParts = {
    {{"items", &ImportReport::items},
     {"concepts", &ImportReport::concepts},
     {"sources", &ImportReport::sources},
     {"documents", &ImportReport::documents},
     {"names", &ImportReport::names},
     {"notices", &ImportReport::notices}}};

json::object counts_json(const WriteCounts& counts) {
  return {{"added", counts.added}, {"changed", counts.changed}, {"unchanged", counts.unchanged}};
}

std::size_t count_of(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  json::error_code error;
  return value == nullptr ? 0 : value->to_number<std::size_t>(error);
}

}  // namespace

WriteCounts ImportReport::total() const {
  WriteCounts all;
  for (const auto& [name, part] : kParts) {
    all.added += (this->*part).added;
    all.changed += (this->*part).changed;
    all.unchanged += (this->*part).unchanged;
  }
  return all;
}

std::size_t ImportReport::kept() const {
  const WriteCounts all = total();
  return all.added + all.changed + all.unchanged;
}

std::string sort_of_reason(std::string_view reason) {
  std::string out;
  bool in_number = false;
  for (std::size_t i = 0; i < reason.size(); ++i) {
    const char c = reason[i];
    if (c == '\'') {
      const auto end = reason.find('\'', i + 1);
      out += "'...'";
      if (end == std::string_view::npos) {
        break;
      }
      i = end;
    } else if (c >= '0' && c <= '9') {
      out += in_number ? "" : "#";
    } else {
      out += c;
    }
    in_number = c >= '0' && c <= '9';
  }
  return out;
}

void note_refusal(ImportReport& report, std::size_t line, std::string reason) {
  ++report.refused_total;
  std::string sort = sort_of_reason(reason);
  if (!report.by_reason.contains(sort) && report.by_reason.size() >= kMostSorts) {
    sort = "other reasons";
  }
  ++report.by_reason[sort];
  if (report.refused.size() < kMostReasons) {
    report.refused.push_back({line, std::move(reason)});
  }
}

json::object to_json(const ImportReport& report) {
  json::array refused;
  for (const auto& record : report.refused) {
    refused.push_back({{"line", record.line}, {"reason", record.reason}});
  }
  json::array sorts;
  for (const auto& [reason, count] : report.by_reason) {
    sorts.push_back({{"reason", reason}, {"count", count}});
  }
  const WriteCounts all = report.total();
  json::object out = {{"file", report.file},
                      {"format", report.format},
                      {"rows_read", report.records_read},
                      {"resumed_after", report.resumed_after},
                      {"kept", report.kept()},
                      {"added", all.added},
                      {"changed", all.changed},
                      {"unchanged", all.unchanged}};
  for (const auto& [name, part] : kParts) {
    out[name] = counts_json(report.*part);
  }
  out["refused_total"] = report.refused_total;
  out["refused_by_reason"] = std::move(sorts);
  out["refused"] = std::move(refused);
  return out;
}

Result<ImportReport> report_from_json(std::string_view text) {
  json::error_code error;
  const json::value value = json::parse(text, error);
  const auto* object = value.if_object();
  const auto* refused = object == nullptr ? nullptr : object->if_contains("refused");
  const auto* sorts = object == nullptr ? nullptr : object->if_contains("refused_by_reason");
  if (error || refused == nullptr || !refused->is_array() || sorts == nullptr ||
      !sorts->is_array()) {
    return corrupt("the stored report of an interrupted import cannot be read");
  }
  ImportReport report;
  for (const auto& [name, part] : kParts) {
    const auto* counts = object->if_contains(name);
    if (counts != nullptr && counts->is_object()) {
      const auto& c = counts->get_object();
      report.*part = {count_of(c, "added"), count_of(c, "changed"), count_of(c, "unchanged")};
    }
  }
  report.records_read = count_of(*object, "rows_read");
  report.refused_total = count_of(*object, "refused_total");
  for (const auto& record : refused->get_array()) {
    if (const auto* r = record.if_object(); r != nullptr && r->contains("reason")) {
      report.refused.push_back({count_of(*r, "line"), std::string(r->at("reason").as_string())});
    }
  }
  for (const auto& sort : sorts->get_array()) {
    if (const auto* s = sort.if_object(); s != nullptr && s->contains("reason")) {
      report.by_reason[std::string(s->at("reason").as_string())] = count_of(*s, "count");
    }
  }
  return report;
}

}  // namespace thaw::exchange
