#include "api/document_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "evidence/records_json.h"
#include "evidence/weigh_json.h"

namespace thaw::api {
namespace {

namespace json = boost::json;
using reading::Span;

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

template <class T>
json::value value_or_null(const std::optional<T>& x) {
  return x ? json::value(*x) : json::value(nullptr);
}

/// The concept meant, or its words where nothing is known by them.
json::object end_json(const reading::Mention& mention, const evidence::Knowledge& knowledge) {
  const auto* known = knowledge.find_concept(std::string(mention.concept_id()));
  if (known != nullptr) {
    return evidence::concept_json(*known);
  }
  return {{"id", nullptr},
          {"kind", mention.kind},
          {"name", evidence::text_json(mention.surface, mention.surface)}};
}

json::object proposal_json(const reading::ReadClaim& claim, const reading::Reading& reading,
                           const evidence::Knowledge& knowledge, const std::string& id) {
  const auto subject = end_json(claim.subject, knowledge);
  const auto object = end_json(claim.object, knowledge);
  const auto sentence = [&](const char* lang) {
    return fmt::format(
        "{} {} {}", std::string_view(subject.at("name").at(lang).as_string()),
        std::string_view(lang) == "zh" ? evidence::relation_zh(claim.relation) : claim.relation,
        std::string_view(object.at("name").at(lang).as_string()));
  };
  return {{"id", id},
          {"kept", false},
          {"item", nullptr},
          {"subject", subject},
          {"object", object},
          {"relation", claim.relation},
          {"sign", claim.sign ? json::value(evidence::to_string(*claim.sign)) : json::value()},
          {"causal", claim.causal},
          {"direction", evidence::to_string(claim.direction)},
          {"negated", claim.negated},
          {"hedged", claim.hedged},
          {"text", evidence::text_json(sentence("en"), sentence("zh"))},
          {"quote", claim.quote},
          {"probability", claim.probability},
          {"extractor", reading.reader},
          {"study_kind", claim.study_kind ? text_or_null(claim.study_kind->value) : nullptr},
          {"n", claim.n ? json::value(claim.n->value) : json::value(nullptr)},
          {"effect", claim.effect ? text_or_null(claim.effect->value.printed) : nullptr}};
}

json::object kept_json(const evidence::Item& item, const evidence::Knowledge& knowledge) {
  const evidence::Concept& subject = *knowledge.find_concept(item.subject);
  const evidence::Concept& object = *knowledge.find_concept(item.object);
  return {{"id", item.id},
          {"kept", true},
          {"item", item.id},
          {"subject", evidence::concept_json(subject)},
          {"object", evidence::concept_json(object)},
          {"relation", item.relation},
          {"sign", evidence::to_string(item.sign)},
          {"causal", item.causal},
          {"direction", evidence::to_string(item.direction)},
          {"text", evidence::text_json(
                       fmt::format("{} {} {}", subject.name.en, item.relation, object.name.en),
                       fmt::format("{} {} {}", subject.name.zh,
                                   evidence::relation_zh(item.relation), object.name.zh))},
          {"quote", text_or_null(item.quote)},
          {"probability", item.faithful},
          {"extractor", item.extractor},
          {"study_kind", item.study_kind},
          {"n", value_or_null(item.n)},
          {"effect", item.effect ? text_or_null(item.effect->printed) : nullptr}};
}

/// What covers a piece of text.
struct Cover {
  Span span;
  std::string id;
  bool is_claim;
};

std::vector<Cover> covers_of(const std::vector<ShownClaim>& claims,
                             const std::vector<reading::Mention>& mentions) {
  std::vector<Cover> covers;
  for (const ShownClaim& claim : claims) {
    if (claim.span && !claim.span->empty()) {
      covers.push_back({*claim.span, claim.id, true});
    }
  }
  for (const reading::Mention& mention : mentions) {
    if (!mention.concept_id().empty() && !mention.span.empty()) {
      covers.push_back({mention.span, std::string(mention.concept_id()), false});
    }
  }
  std::ranges::sort(covers, {}, [](const Cover& cover) { return cover.span.begin; });
  return covers;
}

json::array runs_of(std::string_view text, const Span& section, const std::vector<Cover>& covers) {
  std::set<std::size_t> cuts{section.begin, section.end};
  for (const Cover& cover : covers) {
    for (const std::size_t cut : {cover.span.begin, cover.span.end}) {
      if (cut > section.begin && cut < section.end) {
        cuts.insert(cut);
      }
    }
  }
  json::array runs;
  for (auto at = cuts.begin(); std::next(at) != cuts.end(); ++at) {
    const Span run{*at, *std::next(at)};
    json::array items, concepts;
    for (const Cover& cover : covers) {
      if (cover.span.holds(run)) {
        (cover.is_claim ? items : concepts).push_back(json::value(cover.id));
      }
    }
    runs.push_back(json::object{{"text", reading::bytes_at(text, run)},
                                {"items", std::move(items)},
                                {"concepts", std::move(concepts)}});
  }
  return runs;
}

}  // namespace

std::vector<ShownClaim> proposed_claims(const reading::Reading& reading,
                                        const evidence::Knowledge& knowledge) {
  std::vector<ShownClaim> out;
  for (const reading::ReadClaim& claim : reading.claims) {
    const std::string id = fmt::format("r{}", out.size() + 1);
    out.push_back({id, false, claim.evidence, proposal_json(claim, reading, knowledge, id)});
  }
  return out;
}

std::vector<ShownClaim> kept_claims(const evidence::Document& document,
                                    const evidence::Knowledge& knowledge) {
  const std::string text = document.text();
  std::vector<ShownClaim> out;
  for (const evidence::Item& item : knowledge.items()) {
    if (item.source != document.id) {
      continue;
    }
    std::optional<Span> span;
    const std::size_t at = item.quote.empty() ? std::string::npos : text.find(item.quote);
    if (at != std::string::npos) {
      span = Span{at, at + item.quote.size()};
    }
    out.push_back({item.id, true, span, kept_json(item, knowledge)});
  }
  return out;
}

json::object document_json(const evidence::Document& document,
                           const std::vector<ShownClaim>& claims,
                           const std::vector<reading::Mention>& mentions,
                           const std::string& reader) {
  const std::string text = document.text();
  const auto covers = covers_of(claims, mentions);
  json::array sections;
  std::size_t begin = 0;
  for (const evidence::Section& section : document.sections) {
    const Span span{begin, begin + section.text.size()};
    sections.push_back(
        json::object{{"name", section.name},
                     {"runs", span.empty() ? json::array() : runs_of(text, span, covers)}});
    begin = span.end + 1;  // the line feed between two sections
  }
  json::array listed;
  for (const ShownClaim& claim : claims) {
    json::object one = claim.document;
    one["in_text"] = claim.span.has_value();
    listed.push_back(std::move(one));
  }
  const std::string title = document.sections.empty() ? "" : document.sections.front().text;
  return {{"document",
           {{"id", document.id},
            {"title", title},
            {"journal", document.journal},
            {"year", value_or_null(document.year)},
            {"language", document.language},
            {"url", text_or_null(document.url)},
            {"licence", text_or_null(document.licence)},
            {"kinds", json::value_from(document.kinds)}}},
          {"sections", std::move(sections)},
          {"claims", std::move(listed)},
          {"reader", text_or_null(reader)}};
}

}  // namespace thaw::api
