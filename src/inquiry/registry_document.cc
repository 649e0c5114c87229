#include "inquiry/registry_document.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "evidence/records_json.h"
#include "evidence/weigh_json.h"
#include "registry/suppression.h"

namespace thaw::inquiry {
namespace {

namespace json = boost::json;

json::object text(const Text& said) {
  return evidence::text_json(said.en, said.zh);
}

json::value count(std::size_t people) {
  const auto shown = registry::floored_to_tens(static_cast<std::int64_t>(people));
  return shown.count ? json::value(*shown.count) : json::value(nullptr);
}

std::string measure(const LoopResult& loop) {
  return loop.survival ? "HR" : "points/month";
}

json::object estimate_json(const LoopResult& loop, const effect::Estimate& estimate) {
  return {{"measure", measure(loop)},
          {"value", estimate.estimate},
          {"low", estimate.ci_low},
          {"high", estimate.ci_high}};
}

json::object target_trial_json(const LoopResult& loop) {
  json::object out = estimate_json(loop, loop.adjusted);
  out["method"] = loop.adjusted.method;
  out["converged"] = loop.adjusted.converged;
  out["e_value"] = loop.survival ? json::value(loop.trial.e_value.value) : json::value(nullptr);
  out["e_value_limit"] =
      loop.survival ? json::value(loop.trial.e_value.limit) : json::value(nullptr);
  json::array protocol;
  for (const auto& part : loop.protocol) {
    protocol.emplace_back(json::object{{"part", part.part}, {"text", text(part.text)}});
  }
  out["protocol"] = std::move(protocol);
  const auto& diagnostics = loop.trial.hazard_ratio.diagnostics;
  json::array balance;
  for (const auto& covariate : diagnostics.balance) {
    balance.emplace_back(json::object{
        {"covariate", covariate.term}, {"before", covariate.before}, {"after", covariate.after}});
  }
  out["balance"] = std::move(balance);
  out["effective_n"] = diagnostics.effective_n;
  return out;
}

Text note_of(const LoopResult& loop) {
  if (loop.synthetic) {
    return {
        "These people are synthetic: the result shows that the method finds what was put in, "
        "and never enters the weight.",
        "这些人是模拟的：结果只说明方法能找回预设的效应，绝不计入证据权重。"};
  }
  return {"From the registry's own records; it does not enter the weight.",
          "来自登记库自身数据；不计入证据权重。"};
}

}  // namespace

json::object registry_document(const LoopResult& loop) {
  json::object out;
  out["question"] = text({fmt::format("What does starting {} do to {} in this registry?",
                                      loop.subject->name.en, loop.object->name.en),
                          fmt::format("在本登记库中，开始使用 {} 对{}有何影响？",
                                      loop.subject->name.zh, loop.object->name.zh)});
  out["synthetic"] = loop.synthetic;
  out["claim"] = {
      {"claim", loop.claim.id.empty() ? json::value(nullptr) : json::value(loop.claim.id)},
      {"subject", evidence::concept_json(*loop.subject)},
      {"sign", evidence::to_string(loop.claim.sign)},
      {"object", evidence::concept_json(*loop.object)}};
  out["people"] = {{"eligible", count(loop.trial.people)},
                   {"treated", count(loop.trial.treated)},
                   {"untreated", count(loop.trial.untreated)},
                   {"events", count(loop.trial.events)}};
  out["naive"] = estimate_json(loop, loop.naive);
  out["target_trial"] = target_trial_json(loop);
  out["truth"] = loop.truth
                     ? json::value(json::object{{"measure", measure(loop)}, {"value", *loop.truth}})
                     : json::value(nullptr);
  json::array derivation;
  for (const auto& line : loop.would_add.derivation) {
    derivation.emplace_back(line);
  }
  const double nats = loop.would_add.nats;
  out["would_add"] = {{"direction", nats > 0   ? "supports"
                                    : nats < 0 ? "opposes"
                                               : "silent"},
                      {"nats", nats},
                      {"derivation", std::move(derivation)},
                      {"belief_before", loop.would_add.belief_before},
                      {"belief_after", loop.would_add.belief_after}};
  out["note"] = text(note_of(loop));
  return out;
}

}  // namespace thaw::inquiry
