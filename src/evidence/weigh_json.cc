#include "evidence/weigh_json.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <map>
#include <set>

#include "evidence/explain.h"
#include "evidence/preset_belief.h"
#include "evidence/records_json.h"

namespace thaw::evidence {
namespace {

namespace json = boost::json;

template <class T>
json::value or_null(const std::optional<T>& value) {
  return value ? json::value(*value) : json::value(nullptr);
}

json::value or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

const std::string& in_chinese(const std::string& zh, const std::string& otherwise) {
  return zh.empty() ? otherwise : zh;
}

json::array texts_json(const std::vector<std::string>& texts) {
  json::array out;
  for (const auto& text : texts) {
    out.emplace_back(text);
  }
  return out;
}

json::value effect_json(const Item& item, const ItemWords& words) {
  if (!item.effect) {
    return nullptr;
  }
  json::object out;
  out["measure"] = item.effect->measure;
  out["printed"] = item.effect->printed;
  out["printed_zh"] = in_chinese(item.effect->printed_zh, item.effect->printed);
  out["p"] = or_null(item.effect->p);
  const ShownEffect none;
  const ShownEffect& shown = words.effect ? *words.effect : none;
  out["unit"] = or_null(shown.unit);
  out["value"] = or_null(shown.value);
  out["low"] = or_null(shown.low);
  out["high"] = or_null(shown.high);
  out["reference"] = shown.reference;
  out["better"] = or_null(shown.better);
  out["smallest_effect"] = or_null(shown.smallest_effect);
  out["estimate_printed"] = words.effect && shown.estimate_printed;
  out["interval_printed"] = words.effect && shown.interval_printed;
  out["derived"] = texts_json(words.derivation);
  return out;
}

json::object source_json(const Source& source) {
  json::object out;
  out["id"] = source.id;
  out["url"] = or_null(source.url);
  out["citation"] = source.citation.empty() ? source.id : source.citation;
  out["as_reported_by"] = or_null(source.as_reported_by);
  out["year"] = or_null(source.year);
  out["status"] = to_string(source.status);
  return out;
}

json::object item_json(const Knowledge& knowledge, const WeighedItem& weighed,
                       const ItemWords& words) {
  const Item& item = knowledge.items()[weighed.item];
  json::object out;
  out["item"] = item.id;
  out["counts"] = weighed.counts;
  out["nats"] = weighed.counts ? weighed.nats : 0;
  out["kind"] = item.study_kind;
  out["direction"] = to_string(item.direction);
  out["year"] = or_null(item.year);
  out["n"] = or_null(item.n);
  out["population"] = or_null(item.population);
  out["participants"] = or_null(item.participants);
  out["participants_zh"] = or_null(in_chinese(item.participants_zh, item.participants));
  out["directness"] = item.directness;
  out["quality"] = item.quality;
  out["effect"] = effect_json(item, words);
  out["no_figure"] = !weighed.quantitative;
  out["also_printed"] = texts_json(item.also_printed);
  out["also_printed_zh"] =
      texts_json(item.also_printed_zh.empty() ? item.also_printed : item.also_printed_zh);
  out["note"] = or_null(item.note);
  out["note_zh"] = or_null(in_chinese(item.note_zh, item.note));
  out["source"] = source_json(*knowledge.find_source(item.source));
  out["rests_on_retracted"] = weighed.rests_on_retracted;
  out["why"] = words.why;
  out["why_zh"] = words.why_zh;
  return out;
}

json::object group_json(const Knowledge& knowledge, const WeighedGroup& group,
                        const GroupWords& words) {
  json::object out;
  out["group"] = json::string_view(group.label.data(), group.label.size());
  out["kind"] = json::string_view(group.kind.data(), group.kind.size());
  out["direction"] = group.direction > 0 ? "supports" : group.direction < 0 ? "opposes" : "silent";
  out["nats"] = group.nats;
  out["why"] = words.why;
  out["why_zh"] = words.why_zh;
  out["internal_disagreement"] = group.internal_disagreement;
  json::array items;
  for (std::size_t i = 0; i < group.items.size(); ++i) {
    items.emplace_back(item_json(knowledge, group.items[i], words.items[i]));
  }
  out["items"] = std::move(items);
  return out;
}

json::value pooled_json(const Explanation& words) {
  if (!words.pooled) {
    return nullptr;
  }
  const auto& p = *words.pooled;
  const bool ratio = words.pooled_unit == "ratio";
  const bool random = p.q > p.df;
  const auto shown = [&](double x) { return ratio ? std::exp(x) : x; };
  json::object out;
  out["unit"] = words.pooled_unit;
  out["value"] = shown(random ? p.random.value : p.value);
  out["low"] = shown(random ? p.random.low : p.low);
  out["high"] = shown(random ? p.random.high : p.high);
  out["model"] = random ? "random" : "fixed";
  out["q"] = p.q;
  out["df"] = p.df;
  out["i2"] = p.i2;
  out["k"] = p.df + 1;
  return out;
}

}  // namespace

json::object concept_json(const Concept& subject) {
  return {{"id", subject.id},
          {"kind", subject.kind},
          {"name", text_json(subject.name.en, subject.name.zh)}};
}

json::object text_json(const std::string& en, const std::string& zh) {
  return {{"en", en}, {"zh", zh}};
}

std::string relation_zh(const std::string& relation) {
  static const std::map<std::string, std::string> kWords = {{"slows", "延缓"},
                                                            {"worsens", "加重"},
                                                            {"extends", "延长"},
                                                            {"shortens", "缩短"},
                                                            {"improves", "改善"},
                                                            {"impairs", "损害"},
                                                            {"causes", "导致"},
                                                            {"protects_against", "防止"},
                                                            {"increases", "增加"},
                                                            {"decreases", "减少"},
                                                            {"increases_risk", "增加风险"},
                                                            {"accelerates", "加速"},
                                                            {"perturbs", "扰乱"},
                                                            {"binds", "结合"},
                                                            {"has_phenotype", "可见"},
                                                            {"predicts", "可预测"},
                                                            {"has_pathology", "可见病理"},
                                                            {"precedes", "早于"},
                                                            {"affected_in", "受累于"},
                                                            {"associated_with", "相关于"},
                                                            {"modulates", "调节"},
                                                            {"spreads_along", "沿此扩展"}};
  const auto found = kWords.find(relation);
  return found == kWords.end() ? relation : found->second;
}

namespace {

/// Chinese needs no blank between words, but one beside Latin letters and digits reads better.
std::string joined_zh(const std::string& left, const std::string& right) {
  const auto latin = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  const bool blank =
      !left.empty() && !right.empty() && (latin(left.back()) || latin(right.front()));
  return blank ? left + " " + right : left + right;
}

/// Subject, verb and object; some relations frame their object instead.
std::string sentence_zh(const std::string& subject, const std::string& relation,
                        const std::string& verb, const std::string& object) {
  static const std::map<std::string, std::pair<std::string, std::string>> kFrames = {
      {"increases_risk", {"增加", "的风险"}},
      {"has_pathology", {"的病理包括", ""}},
      {"spreads_along", {"沿", "扩展"}},
      {"affected_in", {"在", "中受累"}},
      {"associated_with", {"与", "相关"}}};
  const auto frame = kFrames.find(relation);
  const auto [before, after] =
      frame == kFrames.end() ? std::pair<std::string, std::string>(verb, "") : frame->second;
  return joined_zh(joined_zh(joined_zh(subject, before), object), after);
}

}  // namespace

Name claim_text(const Knowledge& knowledge, const Claim& claim) {
  const Name& s = knowledge.find_concept(claim.subject)->name;
  const Name& o = knowledge.find_concept(claim.object)->name;
  std::string en = claim.relation;
  std::ranges::replace(en, '_', ' ');
  const bool mirrored = claim.relation.starts_with("opposite_of_");
  const std::string verb_en = mirrored ? (claim.sign == Sign::kRaises ? "raises" : "lowers") : en;
  const std::string verb_zh =
      mirrored ? (claim.sign == Sign::kRaises ? "升高" : "降低") : relation_zh(claim.relation);
  std::string tail;
  for (const auto& [name, value] : claim.qualifiers) {
    tail += fmt::format(" [{}: {}]", name, value);
  }
  return {fmt::format("{} {} {}{}", s.en, verb_en, o.en, tail),
          sentence_zh(s.zh, claim.relation, verb_zh, o.zh) + tail};
}

Name verdict_of(const WeighedClaim& weighed) {
  const Opinion& o = weighed.opinion;
  if (weighed.support + weighed.opposition == 0) {
    return {"nothing that weighs is known", "没有可计权重的证据"};
  }
  if (o.ignorance >= 0.6) {
    return {"little is known", "所知甚少"};
  }
  if (weighed.conflict >= 0.5) {
    if (weighed.belief >= 0.8 || weighed.belief <= 0.2) {
      return weighed.belief > 0.5 ? Name{"disputed, more for than against", "有争议，支持多于反对"}
                                  : Name{"disputed, more against than for", "有争议，反对多于支持"};
    }
    return {"disputed, open", "有争议，尚无定论"};
  }
  if (weighed.belief >= 0.95) {
    return {"well supported", "证据充分支持"};
  }
  if (weighed.belief >= 0.75) {
    return {"more for than against", "支持多于反对"};
  }
  if (weighed.belief > 0.25) {
    return {"open", "尚无定论"};
  }
  if (weighed.belief > 0.05) {
    return {"more against than for", "反对多于支持"};
  }
  return {"the evidence speaks against it", "证据不支持"};
}

json::object opinion_json(const Opinion& opinion) {
  return {{"for", opinion.belief}, {"against", opinion.disbelief}, {"unknown", opinion.ignorance}};
}

json::object claim_json(const Weigher& weigher, const WeighedClaim& weighed,
                        const WeighOptions& options, bool with_derivation) {
  const Knowledge& knowledge = weigher.knowledge();
  const Explanation words = explain(weigher, weighed, options);
  const Claim& claim = *weighed.claim;
  const Name text = claim_text(knowledge, claim);
  const Name verdict = verdict_of(weighed);
  json::object out;
  out["claim"] = claim.id;
  out["subject"] = knowledge.find_concept(claim.subject)->name.en;
  out["relation"] = claim.relation;
  out["sign"] = to_string(claim.sign);
  out["object"] = knowledge.find_concept(claim.object)->name.en;
  out["text"] = text_json(text.en, text.zh);
  json::object qualifiers;
  for (const auto& [name, value] : claim.qualifiers) {
    qualifiers[name] = value;
  }
  out["qualifiers"] = std::move(qualifiers);
  out["support"] = weighed.support;
  out["opposition"] = weighed.opposition;
  out["belief"] = weighed.belief;
  out["ignorance"] = weighed.opinion.ignorance;
  out["prior"] = weighed.prior;
  out["belief_range"] =
      weighed.belief_range
          ? json::value(json::array{weighed.belief_range->first, weighed.belief_range->second})
          : json::value(nullptr);
  out["opinion"] = opinion_json(weighed.opinion);
  out["conflict"] = weighed.conflict;
  out["causal"] = claim.causal;
  out["verdict"] = text_json(verdict.en, verdict.zh);
  json::array groups;
  for (std::size_t i = 0; i < weighed.groups.size(); ++i) {
    groups.emplace_back(group_json(knowledge, weighed.groups[i], words.groups[i]));
  }
  out["groups"] = std::move(groups);
  out["pooled"] = pooled_json(words);
  if (with_derivation) {
    out["derivation"] = texts_json(words.derivation);
  }
  return out;
}

json::object weigh_json(const Weigher& weigher, const Concept& subject, const Concept& object,
                        const WeighOptions& options, bool with_derivation) {
  const Knowledge& knowledge = weigher.knowledge();
  json::object out;
  out["subject"] = concept_json(subject);
  out["object"] = concept_json(object);
  out["as_of"] = or_null(options.as_of);
  out["population"] = or_null(options.population);
  out["preset"] = to_string(options.preset);
  out["data_hash"] = knowledge.digest();
  json::array claims;
  std::set<std::string> undated;
  for (const auto& weighed : weigher.weigh_between(subject.id, object.id, options)) {
    claims.emplace_back(claim_json(weigher, weighed, options, with_derivation));
    for (const auto index : weighed.undated) {
      undated.insert(knowledge.items()[index].id);
    }
  }
  out["claims"] = std::move(claims);
  out["undated"] = texts_json({undated.begin(), undated.end()});
  out["registry"] = nullptr;
  return out;
}

}  // namespace thaw::evidence
