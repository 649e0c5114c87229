#include "inquiry/discovery_evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <map>
#include <set>

#include "base/digest.h"
#include "discovery/discover_json.h"
#include "evidence/record_line.h"
#include "inquiry/registry_loop.h"

namespace thaw::inquiry {
namespace {

using discovery::KnowledgeFile;
using discovery::KnownName;
using evidence::Concept;
using Meanings = std::map<std::string, const Concept*, std::less<>>;

Result<Meanings> meanings(const KnowledgeFile& known, const evidence::NameIndex& names) {
  Meanings meant;
  for (const auto& [column, name] : known.concepts) {
    const auto found = names.resolve(name.name);
    if (!found) {
      return Error{found.error().code,
                   fmt::format("{}: {}: {}", known.file, name.place, found.error().message)};
    }
    meant[column] = *found;
  }
  if (meant.empty()) {
    return invalid_argument(
        "no column is tied to a concept; write \"concepts\": {\"column\": \"concept\"} in the "
        "knowledge file");
  }
  return meant;
}

/// What is known of "cause causes effect", in nats, and from which claims; nothing: no claim
/// weighs.
std::optional<std::pair<double, std::string>> published(const evidence::Weigher& weigher,
                                                        const Concept& cause,
                                                        const Concept& effect) {
  std::optional<double> most;
  std::string source;
  for (const auto& claim : weigher.weigh_between(cause.id, effect.id)) {
    const bool weighs = claim.support > 0 || claim.opposition > 0;
    if (!claim.claim->causal || !claim.claim->qualifiers.empty() || !weighs) {
      continue;
    }
    most = std::max(most.value_or(-1e9), claim.support - claim.opposition);
    source += (source.empty() ? "claim " : ", ") + claim.claim->id;
  }
  if (!most) {
    return std::nullopt;
  }
  return std::pair(std::clamp(*most, -discovery::kMaxPriorNats, discovery::kMaxPriorNats), source);
}

evidence::Source source_of(const discovery::Discovery& found) {
  evidence::Source source;
  source.id = "table:" + found.data_hash.substr(0, 16);
  source.citation = fmt::format("A table of {} rows and {} columns, SHA-256 {}", found.n_rows,
                                found.variables.size(), found.data_hash);
  return source;
}

/// Names how the graph was learned: equal for equal options over the same rows.
std::string settings_hash(const discovery::Discovery& found) {
  const boost::json::object document = discovery::discovery_document(found);
  boost::json::object settings;
  for (const char* key : {"method", "test", "score", "data_hash", "options", "knowledge"}) {
    settings[key] = document.at(key);
  }
  settings["panel"] = found.panel.has_value();
  return sha256_hex(boost::json::serialize(settings)).substr(0, 12);
}

/// The item of one edge from `from` to `to`, both concepts; `asked` is settings_hash.
evidence::Item item_of(const discovery::Discovery& found, const std::string& asked,
                       const Concept& from, const Concept& to, bool causal, int sign,
                       double frequency) {
  const std::string method(discovery::to_string(found.options.method));
  evidence::Item item;
  item.id = fmt::format("discovery:{}:{}:{}:{}:{}:{}", found.data_hash.substr(0, 16), method, asked,
                        from.id, to.id, causal ? "causes" : "associated");
  item.subject = from.id;
  item.object = to.id;
  item.causal = causal;
  item.sign = sign > 0 ? evidence::Sign::kRaises : evidence::Sign::kLowers;
  item.relation = !causal ? "is associated with" : sign > 0 ? "raises" : "lowers";
  item.direction =
      frequency >= 0.5 ? evidence::Direction::kSupports : evidence::Direction::kInconclusive;
  item.study_kind = "registry_analysis";
  item.grade = "weak";
  item.quality = frequency;
  item.quality_reason =
      fmt::format("the edge came back with these marks in {:.0f} % of {} draws of the rows",
                  100 * frequency, found.bootstrap->done);
  item.extractor = "thaw discover";
  item.n = static_cast<double>(found.rows_used);
  item.note = fmt::format(
      "Learned by {} from one table without a randomised treatment. The frequency is no "
      "probability that the relation is causal{}.",
      method, causal ? "" : "; the data do not settle its direction");
  item.note_zh = fmt::format("由 {} 从一个没有随机分组的表中学得。该频率不是因果关系为真的概率{}。",
                             method, causal ? "" : "；数据不足以确定方向");
  item.source = source_of(found).id;
  // Kind registry_analysis says that these are people of a registry, and nothing here says that
  // they are others than those of its trials.
  item.group_keys = {item.source, std::string(kRegistryPeople)};
  item.group_label = fmt::format("table {}", found.data_hash.substr(0, 8));
  return item;
}

Result<Done> may_be_handed_on(const discovery::Discovery& found) {
  if (!found.bootstrap) {
    return invalid_argument("evidence needs the uncertainty of each edge; add --bootstrap 200");
  }
  if (found.knowledge && !found.knowledge->odds.empty()) {
    return invalid_argument(
        "this graph was learned with prior odds, so it is not independent evidence; leave the odds "
        "and --evidence out to hand it on");
  }
  return Done{};
}

}  // namespace

Result<KnowledgeFile> with_evidence_odds(KnowledgeFile known, const evidence::NameIndex& names,
                                         const evidence::Weigher& weigher) {
  THAW_TRY(const Meanings meant, meanings(known, names));
  std::set<std::pair<std::string_view, std::string_view>> given;
  for (const discovery::KnownOdds& odds : known.odds) {
    given.emplace(odds.from.name, odds.to.name);
  }
  std::vector<discovery::KnownOdds> added;
  for (const auto& [cause, cause_concept] : meant) {
    for (const auto& [effect, effect_concept] : meant) {
      if (cause_concept == effect_concept || given.contains({cause, effect})) {
        continue;
      }
      if (const auto weight = published(weigher, *cause_concept, *effect_concept)) {
        added.push_back({KnownName{cause, "concepts." + cause},
                         KnownName{effect, "concepts." + effect}, weight->first, weight->second});
      }
    }
  }
  known.odds.insert(known.odds.end(), added.begin(), added.end());
  return known;
}

Result<EvidenceLines> evidence_lines(const discovery::Discovery& found,
                                     const evidence::NameIndex& names) {
  THAW_CHECK(may_be_handed_on(found));
  THAW_TRY(const Meanings meant, meanings(found.knowledge.value_or(KnowledgeFile{}), names));
  EvidenceLines lines;
  std::string text = evidence::record_line(source_of(found)) + "\n";
  const std::string asked = settings_hash(found);
  std::set<std::string> written;
  const auto edges = found.learned.graph.edges();
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const auto a = meant.find(found.variables[edges[i].a].name);
    const auto b = meant.find(found.variables[edges[i].b].name);
    if (a == meant.end() || b == meant.end() || a->second == b->second) {
      continue;
    }
    if (!found.signs[i]) {
      ++lines.without_sign;
      continue;
    }
    const bool forward = found.learned.graph.directed(edges[i].a, edges[i].b);
    const bool back = found.learned.graph.directed(edges[i].b, edges[i].a);
    const evidence::Item item =
        item_of(found, asked, back ? *b->second : *a->second, back ? *a->second : *b->second,
                forward || back, *found.signs[i], frequency_of(found.bootstrap->pairs, edges[i]));
    // In a panel several edges may join two concepts; the first, of the latest visit, is the one.
    if (written.insert(item.id).second) {
      text += evidence::record_line(item) + "\n";
      ++lines.items;
    }
  }
  if (lines.items > 0) {
    lines.text = std::move(text);
  }
  return lines;
}

}  // namespace thaw::inquiry
