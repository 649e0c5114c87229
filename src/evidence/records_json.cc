#include "evidence/records_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "evidence/effect_json.h"
#include "evidence/json_reader.h"

namespace thaw::evidence {
namespace {

namespace json = boost::json;

constexpr std::array<std::pair<Direction, std::string_view>, 4> kDirections = {{
    {Direction::kSupports, "supports"},
    {Direction::kOpposes, "opposes"},
    {Direction::kNoEffectSeen, "no_effect_seen"},
    {Direction::kInconclusive, "inconclusive"},
}};
constexpr std::array<std::pair<SourceStatus, std::string_view>, 4> kStatuses = {{
    {SourceStatus::kOk, "ok"},
    {SourceStatus::kConcern, "concern"},
    {SourceStatus::kCorrected, "corrected"},
    {SourceStatus::kRetracted, "retracted"},
}};
constexpr std::array<std::string_view, 21> kStudyKinds = {"rct",
                                                          "rct_confirmatory",
                                                          "rct_phase2",
                                                          "meta_analysis_rct",
                                                          "definition",
                                                          "expert_panel",
                                                          "mendelian_variant",
                                                          "rare_variant_or_gwas",
                                                          "mendelian_randomisation",
                                                          "adjusted_cohort",
                                                          "human_pathology",
                                                          "registry_analysis",
                                                          "subgroup_analysis",
                                                          "open_label",
                                                          "animal",
                                                          "patient_cells",
                                                          "in_vitro",
                                                          "omics",
                                                          "review",
                                                          "text_mined",
                                                          "opinion"};

constexpr std::array<std::string_view, 5> kQuoteChecks = {"", "verbatim", "abridged", "title",
                                                          "unchecked"};

template <class Pairs>
auto by_name(const Pairs& pairs, std::string_view name) {
  return std::ranges::find_if(pairs, [&](const auto& pair) { return pair.second == name; });
}

void put_text(json::object& out, const char* key, const std::string& text) {
  if (!text.empty()) {
    out[key] = text;
  }
}

void put_texts(json::object& out, const char* key, const std::vector<std::string>& texts) {
  if (!texts.empty()) {
    json::array list;
    for (const auto& text : texts) {
      list.emplace_back(text);
    }
    out[key] = std::move(list);
  }
}

}  // namespace

bool is_study_kind(std::string_view name) {
  return std::ranges::find(kStudyKinds, name) != kStudyKinds.end();
}
std::optional<Direction> direction_from(std::string_view name) {
  const auto found = by_name(kDirections, name);
  return found == kDirections.end() ? std::nullopt : std::optional(found->first);
}
std::string_view to_string(Direction direction) {
  return kDirections[static_cast<std::size_t>(direction)].second;
}
std::string_view to_string(SourceStatus status) {
  return kStatuses[static_cast<std::size_t>(status)].second;
}
std::string_view to_string(Sign sign) {
  return sign == Sign::kRaises ? "+" : "-";
}

json::object to_json(const Concept& c) {
  json::object out;
  out["id"] = c.id;
  out["kind"] = c.kind;
  out["en"] = c.name.en;
  out["zh"] = c.name.zh;
  put_texts(out, "aliases", c.aliases);
  put_texts(out, "xrefs", c.xrefs);
  put_texts(out, "parents", c.parents);
  put_text(out, "wanted", c.wanted);
  return out;
}

Result<Concept> concept_from_json(const json::object& object) {
  JsonReader r(object, "concept");
  Concept c;
  c.id = r.text("id", true);
  c.kind = r.text("kind", true);
  c.name.en = r.text("en", true);
  c.name.zh = r.text("zh");
  c.aliases = r.texts("aliases");
  c.xrefs = r.texts("xrefs");
  c.parents = r.texts("parents");
  c.wanted = r.text("wanted");
  if (c.wanted != "" && c.wanted != "raises" && c.wanted != "lowers") {
    r.fail("wanted", "must be raises or lowers");
  }
  if (c.id.empty() || c.name.en.empty()) {
    r.fail("id", "and 'en' must not be empty");
  }
  THAW_CHECK(r.finish());
  if (c.name.zh.empty()) {
    c.name.zh = c.name.en;
  }
  return c;
}

json::object to_json(const Source& s) {
  json::object out;
  out["id"] = s.id;
  put_text(out, "citation", s.citation);
  put_text(out, "as_reported_by", s.as_reported_by);
  put_text(out, "url", s.url);
  if (s.year) {
    out["year"] = *s.year;
  }
  if (s.status != SourceStatus::kOk) {
    out["status"] = to_string(s.status);
  }
  if (s.status_year) {
    out["status_year"] = *s.status_year;
  }
  return out;
}

Result<Source> source_from_json(const json::object& object) {
  JsonReader r(object, "source");
  Source s;
  s.id = r.text("id", true);
  s.citation = r.text("citation");
  s.as_reported_by = r.text("as_reported_by");
  s.url = r.text("url");
  s.year = r.whole("year", 1800, 2199);
  const std::string status = r.text("status");
  s.status_year = r.whole("status_year", 1800, 2199);
  if (!s.url.empty() && !s.url.starts_with("https://")) {
    r.fail("url", "must begin with https://");
  }
  if (!status.empty()) {
    const auto found = by_name(kStatuses, status);
    if (found == kStatuses.end()) {
      r.fail("status", "must be ok, concern, corrected or retracted");
    } else {
      s.status = found->first;
    }
  }
  THAW_CHECK(r.finish());
  return s;
}

json::object to_json(const Item& item) {
  json::object out;
  out["id"] = item.id;
  out["subject"] = item.subject;
  out["relation"] = item.relation;
  out["sign"] = to_string(item.sign);
  out["object"] = item.object;
  if (!item.causal) {
    out["causal"] = false;
  }
  if (!item.qualifiers.empty()) {
    json::object qualifiers;
    for (const auto& [key, value] : item.qualifiers) {
      qualifiers[key] = value;
    }
    out["qualifiers"] = std::move(qualifiers);
  }
  out["direction"] = to_string(item.direction);
  out["study_kind"] = item.study_kind;
  put_text(out, "grade", item.grade);
  if (item.directness != 1) {
    out["directness"] = item.directness;
  }
  if (item.quality != 1) {
    out["quality"] = item.quality;
  }
  put_text(out, "quality_reason", item.quality_reason);
  if (item.faithful != 1) {
    out["faithful"] = item.faithful;
  }
  put_text(out, "extractor", item.extractor);
  if (item.year) {
    out["year"] = *item.year;
  }
  if (item.n) {
    out["n"] = *item.n;
  }
  if (item.phase) {
    out["phase"] = *item.phase;
  }
  put_text(out, "population", item.population);
  put_text(out, "participants", item.participants);
  put_text(out, "participants_zh", item.participants_zh);
  put_text(out, "organism", item.organism);
  if (item.effect) {
    out["effect"] = to_json(*item.effect);
  }
  put_texts(out, "also_printed", item.also_printed);
  put_texts(out, "also_printed_zh", item.also_printed_zh);
  put_text(out, "note", item.note);
  put_text(out, "note_zh", item.note_zh);
  put_text(out, "quote", item.quote);
  put_text(out, "quote_check", item.quote_check);
  if (item.quote_begin) {
    out["quote_begin"] = *item.quote_begin;
  }
  out["source"] = item.source;
  put_texts(out, "group_keys", item.group_keys);
  put_text(out, "group_label", item.group_label);
  put_texts(out, "members", item.members);
  if (item.synthetic) {
    out["synthetic"] = true;
  }
  return out;
}

Result<Item> item_from_json(const json::object& object) {
  const auto* id = object.if_contains("id");
  JsonReader r(object, id != nullptr && id->is_string()
                           ? fmt::format("item {}", std::string_view(id->get_string()))
                           : std::string("item"));
  Item item;
  item.id = r.text("id", true);
  item.subject = r.text("subject", true);
  item.relation = r.text("relation", true);
  const std::string sign = r.text("sign", true);
  item.object = r.text("object", true);
  item.causal = r.flag("causal", true);
  if (const auto* qualifiers = r.object("qualifiers")) {
    for (const auto& [key, value] : *qualifiers) {
      if (!value.is_string()) {
        r.fail("qualifiers", "must hold texts");
        break;
      }
      item.qualifiers[std::string(key)] = std::string(value.get_string());
    }
  }
  const auto direction = by_name(kDirections, r.text("direction", true));
  item.study_kind = r.text("study_kind", true);
  item.grade = r.text("grade");
  item.directness = r.share("directness");
  item.quality = r.share("quality");
  item.quality_reason = r.text("quality_reason");
  item.faithful = r.share("faithful");
  item.extractor = r.text("extractor");
  item.year = r.whole("year", 1800, 2199);
  item.n = r.number("n");
  item.phase = r.whole("phase", 1, 4);
  item.population = r.text("population");
  item.participants = r.text("participants");
  item.participants_zh = r.text("participants_zh");
  item.organism = r.text("organism");
  const auto* effect = r.object("effect");
  item.also_printed = r.texts("also_printed");
  item.also_printed_zh = r.texts("also_printed_zh");
  item.note = r.text("note");
  item.note_zh = r.text("note_zh");
  item.quote = r.text("quote");
  item.quote_check = r.text("quote_check");
  item.quote_begin = r.whole("quote_begin", 0, std::numeric_limits<int>::max());
  item.source = r.text("source", true);
  item.group_keys = r.texts("group_keys");
  item.group_label = r.text("group_label");
  item.members = r.texts("members");
  item.synthetic = r.flag("synthetic", false);
  if (direction == kDirections.end()) {
    r.fail("direction", "must be supports, opposes, no_effect_seen or inconclusive");
  }
  if (item.n && *item.n < 1) {
    r.fail("n", "must be at least 1");
  }
  if (item.quality < 1 && item.quality_reason.empty()) {
    r.fail("quality", "below 1 wants a 'quality_reason'");
  }
  if (std::ranges::find(kStudyKinds, item.study_kind) == kStudyKinds.end()) {
    r.fail("study_kind", fmt::format("'{}' is not a kind of study that is known", item.study_kind));
  }
  if (std::ranges::find(kQuoteChecks, item.quote_check) == kQuoteChecks.end()) {
    r.fail("quote_check", "must be verbatim, abridged, title or unchecked");
  }
  if (item.id.empty() || item.relation.empty() || item.source.empty()) {
    r.fail("id", ", 'relation' and 'source' must not be empty");
  }
  THAW_CHECK(r.finish());
  item.direction = direction->first;
  THAW_TRY(item.sign, sign_from(sign));
  if (effect != nullptr) {
    THAW_TRY(item.effect, effect_from_json(*effect));
  }
  if (item.extractor.empty()) {
    item.extractor = "person";
  }
  return item;
}

}  // namespace thaw::evidence
