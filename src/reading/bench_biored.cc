#include "reading/bench_biored.h"

#include <algorithm>
#include <map>

#include "reading/find_mentions.h"
#include "reading/marked_text.h"

namespace thaw::reading {
namespace {

using Keys = std::pair<std::string, std::string>;

/// The text with the things that the reader itself finds, and which given thing each one is.
struct OwnText {
  AnnotatedText text;
  std::vector<std::string> given;  // by thing: the id of the given thing, or ""
  MentionCounts mentions;
};

/// The ids of the given thing of that kind that a span touches; empty: none.
std::vector<std::string> given_at(const exchange::MarkedDocument& marked, const Span& span,
                                  ThingKind kind) {
  for (const auto& entity : marked.entities) {
    if (span.touches({entity.begin, entity.end}) && kind_of_mark(entity.kind) == kind) {
      return entity.ids;
    }
  }
  return {};
}

OwnText own_text(const exchange::MarkedDocument& marked, const evidence::Grounder& grounder,
                 const evidence::Knowledge& knowledge) {
  OwnText out;
  std::string text = marked.document.text();
  std::vector<Thing> things;
  std::vector<Naming> namings;
  std::map<std::string, std::size_t> at;
  std::vector<std::map<std::string, int>> votes;
  for (const Mention& mention : find_mentions(text, grounder)) {
    const ThingKind kind = thing_kind(mention, &knowledge);
    if (kind == ThingKind::kOther) {
      continue;
    }
    const auto [place, is_new] = at.try_emplace(mention.meaning, things.size());
    if (is_new) {
      things.push_back({mention.meaning, kind});
      votes.emplace_back();
    }
    namings.push_back({mention.span, place->second});
    const auto ids = given_at(marked, mention.span, kind);
    out.mentions.found += 1;
    out.mentions.right += ids.empty() ? 0 : 1;
    for (const std::string& id : ids) {
      ++votes[place->second][id];
    }
  }
  for (const auto& entity : marked.entities) {
    out.mentions.gold += kind_of_mark(entity.kind) == ThingKind::kOther ? 0 : 1;
  }
  out.mentions.right = std::min(out.mentions.right, out.mentions.gold);
  for (const auto& vote : votes) {
    const auto most =
        std::ranges::max_element(vote, {}, &std::pair<const std::string, int>::second);
    out.given.push_back(most == vote.end() ? "" : most->first);
  }
  const auto& sections = marked.document.sections;
  out.text = annotate(std::move(text), std::move(things), std::move(namings),
                      sections.size() > 1 ? sections.front().text.size() : 0);
  return out;
}

std::vector<JudgedPair> judge_own(const RelationModel& model, const MarkedText& marked,
                                  const OwnText& own, std::size_t document) {
  std::vector<JudgedPair> out;
  std::map<Keys, std::size_t> standing;  // which of `out` stands for a pair of given things
  auto left = marked.relations;
  for (const ThingPair& pair : pairs_of(own.text)) {
    JudgedPair judged{.document = document};
    set_judgement(model.judge(pair_features(own.text, pair)), judged);
    const std::string& a = own.given[pair.a];
    const std::string& b = own.given[pair.b];
    if (a.empty() || b.empty() || a == b) {
      out.push_back(judged);
      continue;
    }
    const Keys keys = std::minmax(a, b);
    const auto [place, is_new] = standing.try_emplace(keys, out.size());
    add_gold(marked, a, b, judged);
    left.erase(keys);
    if (is_new) {
      out.push_back(judged);
    } else if (judged.probability > out[place->second].probability) {
      out[place->second] = judged;  // one relation is asserted once, by its surest pair
    }
  }
  const auto missed = relations_missed(marked, left, document);
  out.insert(out.end(), missed.begin(), missed.end());
  return out;
}

}  // namespace

Result<BioredReport> bench_biored(exchange::ByteSource& bytes, const RelationModel& model,
                                  const evidence::Grounder& grounder,
                                  const evidence::Knowledge& knowledge,
                                  std::optional<double> threshold, std::uint64_t seed) {
  BioredReport report;
  std::vector<JudgedPair> given;
  std::vector<JudgedPair> own;
  std::vector<MentionCounts> mentions;
  const auto take = [&](const exchange::Place& /*place*/,
                        const exchange::MarkedDocument& marked) -> Result<Done> {
    const MarkedText text = marked_text(marked);
    report.relations += text.relations.size();
    const auto with_given = judge_marked(model, text, report.documents);
    given.insert(given.end(), with_given.begin(), with_given.end());
    const OwnText found = own_text(marked, grounder, knowledge);
    const auto with_own = judge_own(model, text, found, report.documents);
    own.insert(own.end(), with_own.begin(), with_own.end());
    mentions.push_back(found.mentions);
    ++report.documents;
    return Done{};
  };
  const auto refuse = [&](const exchange::Place&, const std::string&) { ++report.refused; };
  THAW_CHECK(exchange::read_pubtator(bytes, take, refuse));
  if (report.documents == 0) {
    return invalid_argument("there is no marked document in this file");
  }
  const double at = threshold.value_or(static_cast<double>(model.default_threshold));
  const auto best = static_cast<double>(model.f1_threshold);
  report.given_default = relation_scores(given, at, seed);
  report.given_best = relation_scores(given, best, seed);
  report.given_any = any_relation_scores(given, 0.5, seed);
  report.own_default = relation_scores(own, at, seed);
  report.own_best = relation_scores(own, best, seed);
  report.mentions = mention_scores(mentions, seed);
  report.signed_relations = report.given_default.gold;
  return report;
}

}  // namespace thaw::reading
