#include "inquiry/review_json.h"

#include <boost/json.hpp>
#include <map>
#include <set>

#include "evidence/records_json.h"
#include "evidence/weigh_json.h"

namespace thaw::inquiry {
namespace {

namespace json = boost::json;
using evidence::Assessment;

using ByItem = std::map<std::string, std::vector<const Assessment*>>;

ByItem by_item(const std::vector<Assessment>& assessments) {
  ByItem out;
  for (const Assessment& a : assessments) {
    out[a.item].push_back(&a);
  }
  return out;
}

json::array verdicts_json(const ByItem& all, const std::string& item) {
  json::array out;
  const auto found = all.find(item);
  if (found == all.end()) {
    return out;
  }
  for (const Assessment* a : found->second) {
    out.push_back(json::object{
        {"assessment", a->id},
        {"curator", a->curator},
        {"verdict", evidence::to_string(a->verdict)},
        {"text", evidence::text_json(std::string(evidence::verdict_text(a->verdict, false)),
                                     std::string(evidence::verdict_text(a->verdict, true)))},
        {"reason", a->reason},
        {"made_at", a->made_at},
        {"valid", a->valid}});
  }
  return out;
}

/// Items on which the curator's last word stands.
std::set<std::string> settled_by(const std::string& curator, const ByItem& all) {
  std::set<std::string> out;
  for (const auto& [item, given] : all) {
    for (const Assessment* a : given) {
      if (a->curator == curator && a->valid) {
        if (a->verdict == evidence::Verdict::kWithdrawn) {
          out.erase(item);
        } else {
          out.insert(item);
        }
      }
    }
  }
  return out;
}

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object source_json(const evidence::Source& source) {
  return {{"id", source.id},
          {"url", text_or_null(source.url)},
          {"citation", source.citation},
          {"as_reported_by", text_or_null(source.as_reported_by)},
          {"year", source.year ? json::value(*source.year) : json::value(nullptr)},
          {"status", evidence::to_string(source.status)}};
}

json::object entry_json(const ReviewEntry& entry, const evidence::Knowledge& knowledge,
                        const ReviewState& state, const ByItem& all) {
  const evidence::Item& item = knowledge.items()[entry.item];
  const evidence::Name text = evidence::claim_text(knowledge, *entry.claim->claim);
  const auto reading = state.verdicts.readings.find(item.id);
  return {{"item", item.id},
          {"claim", entry.claim->claim->id},
          {"subject", evidence::concept_json(*knowledge.find_concept(item.subject))},
          {"object", evidence::concept_json(*knowledge.find_concept(item.object))},
          {"text", evidence::text_json(text.en, text.zh)},
          {"quote", text_or_null(item.quote)},
          {"quote_check", text_or_null(item.quote_check)},
          {"note", evidence::text_json(item.note, item.note_zh)},
          {"printed", item.effect ? text_or_null(item.effect->printed) : json::value(nullptr)},
          {"source", source_json(*knowledge.find_source(item.source))},
          {"study_kind", item.study_kind},
          {"direction", evidence::to_string(item.direction)},
          {"extractor", item.extractor},
          {"faithful", item.faithful},
          {"reading", reading_json(reading == state.verdicts.readings.end()
                                       ? evidence::Reading{item.faithful, 0, 0}
                                       : reading->second)},
          {"would_change", entry.would_change},
          {"belief", entry.claim->belief},
          {"belief_if_accepted", entry.belief_if_accepted},
          {"belief_if_rejected", entry.belief_if_rejected},
          {"verdicts", verdicts_json(all, item.id)}};
}

json::value real_or_null(const std::optional<double>& x) {
  return x ? json::value(*x) : json::value(nullptr);
}

/// Items of which curators' standing verdicts are not all alike.
json::array disputed_json(const evidence::Knowledge& knowledge, const ByItem& all) {
  json::array out;
  for (const auto& [item, given] : all) {
    std::map<std::string, evidence::Verdict> standing;
    for (const Assessment* a : given) {
      if (a->valid && a->verdict == evidence::Verdict::kWithdrawn) {
        standing.erase(a->curator);
      } else if (a->valid) {
        standing[a->curator] = a->verdict;
      }
    }
    std::set<evidence::Verdict> kinds;
    for (const auto& [curator, verdict] : standing) {
      kinds.insert(verdict);
    }
    const evidence::Item* record = knowledge.find_item(item);
    if (kinds.size() > 1 && record != nullptr) {
      const auto* subject = knowledge.find_concept(record->subject);
      const auto* object = knowledge.find_concept(record->object);
      out.push_back(json::object{{"item", item},
                                 {"subject", evidence::concept_json(*subject)},
                                 {"object", evidence::concept_json(*object)},
                                 {"relation", record->relation},
                                 {"verdicts", verdicts_json(all, item)}});
    }
  }
  return out;
}

}  // namespace

Result<ReviewState> read_review_state(db::Connection& connection,
                                      const evidence::Knowledge& knowledge) {
  ReviewState out;
  THAW_TRY(out.assessments, evidence::read_assessments(connection));
  THAW_TRY(out.curators, evidence::read_curators(connection));
  std::map<std::string, double> faithful;
  for (const Assessment& a : out.assessments) {
    if (const evidence::Item* item = knowledge.find_item(a.item)) {
      faithful[a.item] = item->faithful;
    }
  }
  out.verdicts = evidence::judge(out.assessments, faithful);
  return out;
}

json::object reading_json(const evidence::Reading& reading) {
  return {{"right", reading.right},
          {"opposite", reading.opposite},
          {"negative", reading.negative},
          {"void", 1 - reading.right - reading.opposite - reading.negative}};
}

json::object review_document(const ReviewQueue& queue, const evidence::Knowledge& knowledge,
                             const ReviewState& state, const evidence::Concept* outcome,
                             const std::string& curator, std::size_t limit) {
  const ByItem all = by_item(state.assessments);
  const auto settled = curator.empty() ? std::set<std::string>() : settled_by(curator, all);
  json::array entries;
  std::size_t total = 0;
  for (const ReviewEntry& entry : queue.entries) {
    if (settled.contains(knowledge.items()[entry.item].id)) {
      continue;
    }
    ++total;
    if (entries.size() < limit) {
      entries.push_back(entry_json(entry, knowledge, state, all));
    }
  }
  return {{"outcome", outcome ? json::value(evidence::concept_json(*outcome)) : json::value()},
          {"curator", text_or_null(curator)},
          {"total", total},
          {"settled", settled.size()},
          {"arrows_examined", queue.arrows_examined},
          {"arrows_total", queue.arrows_total},
          {"queue", std::move(entries)}};
}

json::object curators_document(const evidence::Knowledge& knowledge, const ReviewState& state) {
  json::array curators;
  for (const evidence::Curator& curator : state.curators) {
    json::object one{{"curator", curator.name},
                     {"public_key", curator.public_key},
                     {"added_at", curator.added_at},
                     {"verdicts", 0}};
    for (const evidence::Reliability& r : state.verdicts.curators) {
      if (r.curator == curator.name) {
        one["verdicts"] = r.verdicts;
        one["sensitivity"] = r.sensitivity;
        one["sensitivity_low"] = r.sensitivity_low;
        one["sensitivity_high"] = r.sensitivity_high;
        one["specificity"] = r.specificity;
        one["specificity_low"] = r.specificity_low;
        one["specificity_high"] = r.specificity_high;
      }
    }
    curators.push_back(std::move(one));
  }
  const evidence::Agreement& agreement = state.verdicts.agreement;
  return {{"curators", std::move(curators)},
          {"agreement",
           {{"alpha", real_or_null(agreement.alpha)},
            {"low", real_or_null(agreement.low)},
            {"high", real_or_null(agreement.high)},
            {"items", agreement.items},
            {"pairs", agreement.pairs}}},
          {"disputed", disputed_json(knowledge, by_item(state.assessments))}};
}

}  // namespace thaw::inquiry
