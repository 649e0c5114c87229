#include "inquiry/analysis.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "discovery/discover_json.h"
#include "effect/effect_json.h"
#include "effect/graph_json.h"
#include "effect/identify_json.h"
#include "effect/r_script.h"
#include "effect/target_trial_json.h"

namespace thaw::inquiry {
namespace {

namespace json = boost::json;

/// `name` as a term that is this column and nothing else: in backticks where it would read as more.
Result<std::string> as_term(const std::string& name) {
  if (name.find('`') != std::string::npos) {
    return invalid_argument("the name " + name + " holds a backtick; rename the column");
  }
  return name.find_first_of("+:^()*, ") == std::string::npos ? name : "`" + name + "`";
}

Result<std::string> as_terms(const std::vector<std::string>& names) {
  std::string terms;
  for (const std::string& name : names) {
    THAW_TRY(const std::string term, as_term(name));
    terms += (terms.empty() ? "" : " + ") + term;
  }
  return terms;
}

/// How much of the work discovery is when an estimate follows.
constexpr double kDiscoveryShare = 0.6;

discovery::KnowledgeFile tiers_known(const std::vector<std::vector<std::string>>& tiers) {
  discovery::KnowledgeFile known;
  known.file = "analysis";
  for (std::size_t i = 0; i < tiers.size(); ++i) {
    std::vector<discovery::KnownName> tier;
    for (std::size_t j = 0; j < tiers[i].size(); ++j) {
      tier.push_back({tiers[i][j], fmt::format("tiers[{}][{}]", i, j)});
    }
    known.tiers.push_back(std::move(tier));
  }
  return known;
}

Result<discovery::DiscoverOptions> discover_options(const AnalysisSpec& spec,
                                                    const AnalysisRun& run, double share) {
  const DiscoveryRequest& asked = *spec.discovery;
  discovery::DiscoverOptions options;
  const auto method = discovery::parse_method(asked.method);
  if (!method) {
    return invalid_argument(
        fmt::format("analysis: '{}' is no method of discovery; there are pc, fci, rfci, ges, boss, "
                    "boss-fci and "
                    "lingam",
                    asked.method));
  }
  options.learn.method = *method;
  const auto test = discovery::parse_test_kind(asked.test);
  if (!test) {
    return invalid_argument(
        fmt::format("analysis: '{}' is no test of independence; there are auto, fisherz, g2 and dg",
                    asked.test));
  }
  options.learn.test = *test;
  if (asked.score != "auto") {
    options.learn.score = discovery::parse_score_kind(asked.score);
    if (!options.learn.score) {
      return invalid_argument(fmt::format(
          "analysis: '{}' is no score; there are auto, bic, bdeu and dg-bic", asked.score));
    }
  }
  options.learn.alpha = asked.alpha;
  options.learn.penalty = asked.penalty;
  if (asked.max_depth) {
    options.learn.max_depth = static_cast<std::size_t>(*asked.max_depth);
  }
  for (const AnalysisVariable& variable : spec.variables) {
    if (variable.kind) {
      options.kinds.kinds[variable.name] = *variable.kind;
    }
  }
  if (!asked.tiers.empty()) {
    options.knowledge = tiers_known(asked.tiers);
  }
  options.bootstrap = static_cast<std::size_t>(asked.bootstrap);
  options.seed = spec.seed;
  options.threads = run.threads;
  if (run.progress) {
    options.progress = [&run, share](double done) { return run.progress(share * done); };
  }
  return options;
}

Result<json::object> discovered(const Table& table, const AnalysisSpec& spec,
                                const AnalysisRun& run) {
  std::vector<std::string> names;
  for (const AnalysisVariable& one : spec.variables) {
    names.push_back(one.name);
  }
  THAW_TRY(const Table chosen, names.empty() ? Result<Table>(table) : table.select(names));
  THAW_TRY(const discovery::DiscoverOptions options,
           discover_options(spec, run, spec.estimate ? kDiscoveryShare : 1));
  THAW_TRY(const discovery::Discovery found, discovery::discover(chosen, options));
  json::object document = discovery::discovery_document(found);
  document.erase("seconds");  // the one thing in it that another run would not repeat
  return document;
}

/// The columns to adjust for: those asked for, else the smallest set that the graph gives.
std::optional<std::vector<std::string>> to_adjust(const AnalysisSpec& spec,
                                                  const json::object* identification) {
  if (spec.estimate->adjust) {
    return spec.estimate->adjust;
  }
  if (identification == nullptr) {
    return std::vector<std::string>{};
  }
  const json::value* minimal = identification->if_contains("minimal");
  if (minimal == nullptr || !minimal->is_array()) {
    return std::nullopt;
  }
  std::vector<std::string> set;
  for (const json::value& name : minimal->get_array()) {
    set.emplace_back(name.get_string());
  }
  return set;
}

Result<effect::EffectRequest> effect_request(const AnalysisSpec& spec,
                                             const std::vector<std::string>& adjust,
                                             unsigned threads) {
  const EstimateRequest& asked = *spec.estimate;
  effect::EffectRequest request;
  request.question.treatment = spec.question->treatment;
  request.question.outcome = spec.question->outcome;
  THAW_TRY(request.question.adjust, as_terms(adjust));
  request.question.instruments = asked.instruments;
  request.question.unit = asked.unit;
  request.question.drop_missing_treatment = true;
  THAW_TRY(request.settings.method, effect::parse_method(asked.method));
  THAW_TRY(request.settings.population, effect::parse_population(asked.estimand));
  THAW_TRY(request.settings.learner, effect::parse_learner(asked.learner));
  request.settings.bootstrap = asked.bootstrap;
  request.settings.seed = spec.seed;
  request.settings.threads = threads;
  request.negative_outcomes = asked.negative_outcomes;
  return request;
}

/// The weighted curves, ratio and differences of an event over time.
Result<json::object> event_over_time(const Table& table, const AnalysisSpec& spec,
                                     const std::vector<std::string>& adjust) {
  effect::TargetTrialSpec trial;
  trial.treatment = spec.question->treatment;
  trial.event = spec.question->outcome;
  trial.months = spec.question->time;
  THAW_TRY(trial.covariates, as_terms(adjust));
  if (spec.question->horizon) {
    trial.horizon_months = *spec.question->horizon;
  } else {
    THAW_TRY(trial.horizon_months, effect::shared_horizon(table, trial));
  }
  THAW_TRY(const effect::TargetTrialResult result, effect::emulate_target_trial(table, trial));
  if (!result.hazard_ratio.converged) {
    return invalid_argument(
        "no overlap, or no finite ratio: what is held equal foretells the treatment, or an arm the "
        "event, without fail, so that nobody can be compared; leave out what decides the "
        "treatment, "
        "or ask about people who could have got either");
  }
  return effect::target_trial_document(trial, result);
}

json::object both(std::string_view en, std::string_view zh) {
  return {{"en", en}, {"zh", zh}};
}

json::object refusal() {
  return both(
      "There is no estimate: in this graph no set of measured variables, held equal between the "
      "groups, leaves the effect alone. The step before says why and what would help. A set of "
      "your own choice can be given; then the answer is only as right as that choice.",
      "\u6ca1\u6709\u4f30\u8ba1\u503c\uff1a\u5728\u8fd9\u5f20\u56fe\u91cc\uff0c\u6d4b\u5230\u7684"
      "\u53d8\u91cf\u4e2d\u6ca1\u6709\u54ea\u4e00\u7ec4\uff0c\u8ba9\u4e24\u7ec4\u4eba\u5728\u8fd9"
      "\u4e9b\u65b9\u9762\u53ef\u6bd4\u4e4b\u540e\uff0c\u5c31\u53ea\u5269\u4e0b\u8fd9\u4e2a\u6548"
      "\u679c\u3002\u4e0a\u4e00\u6b65\u8bf4\u660e\u4e86\u539f\u56e0\uff0c\u4ee5\u53ca\u600e\u6837"
      "\u624d\u80fd\u56de\u7b54\u3002\u60a8\u4e5f\u53ef\u4ee5\u81ea\u5df1\u6307\u5b9a\u4e00\u7ec4"
      "\u53d8\u91cf\uff0c\u4f46\u7b54\u6848\u7684\u5bf9\u9519\u5c31\u53d6\u51b3\u4e8e\u8fd9\u4e2a"
      "\u9009\u62e9\u3002");
}

json::object no_effect_drawn() {
  return both(
      "There is no estimate: in this graph no chain of arrows leads from the treatment to the "
      "outcome, so it says that there is no effect. Draw what you think the treatment may change, "
      "then ask again.",
      "\u6ca1\u6709\u4f30\u8ba1\u503c\uff1a\u5728\u8fd9\u5f20\u56fe\u91cc\uff0c\u6ca1"
      "\u6709\u7bad\u5934\u4ece\u5904\u7406\u901a\u5411\u7ed3\u5c40\uff0c\u4e5f\u5c31"
      "\u662f\u8bf4\u56fe\u4e0a\u6ca1\u6709\u6548\u679c\u3002\u8bf7\u5148\u753b\u51fa"
      "\u5904\u7406\u53ef\u80fd\u5f71\u54cd\u7684\u53d8\u91cf\uff0c\u518d\u95ee\u4e00"
      "\u6b21\u3002");
}

/// What to read before an estimate that holds equal what the graph says not to.
json::object against_graph() {
  return both(
      "Do not rely on this number: by this graph, holding these variables equal does not leave the "
      "effect alone.",
      "\u8bf7\u52ff\u4f9d\u8d56\u8fd9\u4e2a\u6570\u5b57\uff1a\u6309\u8fd9\u5f20\u56fe"
      "\uff0c\u8ba9\u4e24\u7ec4\u5728\u8fd9\u4e9b\u53d8\u91cf\u4e0a\u53ef\u6bd4\uff0c"
      "\u5e76\u4e0d\u80fd\u53ea\u7559\u4e0b\u8fd9\u4e2a\u6548\u679c\u3002");
}

/// Puts the graph's verdict on the variables that were asked for before the numbers.
void judge_by_graph(json::object& estimate, const json::value* identification) {
  const json::value* asked =
      identification == nullptr ? nullptr : identification->as_object().if_contains("asked");
  if (asked != nullptr && asked->is_object() && asked->at("valid") == false) {
    estimate["first"] = against_graph();
  }
}

/// The spec with the graph that the question is asked of.
AnalysisSpec with_graph(AnalysisSpec spec, const json::object* discovery) {
  if (!spec.graph && discovery != nullptr) {
    spec.graph = json::object{{"method", discovery->at("method")},
                              {"variables", discovery->at("variables")},
                              {"edges", discovery->at("edges")}};
  }
  return spec;
}

Result<Done> check_table(const Table& table, const AnalysisSpec& spec, const std::string& hash) {
  if (!spec.data_hash.empty() && spec.data_hash != hash) {
    return conflict(fmt::format(
        "this analysis was made for another table: its data_hash is {}, this table's is {}; give "
        "the table it was made for, or take data_hash out of the file to ask the same of this one",
        spec.data_hash, hash));
  }
  for (const AnalysisVariable& one : spec.variables) {
    THAW_CHECK(table.column(one.name));
  }
  if (spec.question) {
    THAW_CHECK(table.column(spec.question->treatment));
    THAW_CHECK(table.column(spec.question->outcome));
    if (!spec.question->time.empty()) {
      THAW_CHECK(table.column(spec.question->time));
    }
  }
  return Done{};
}

}  // namespace

Result<json::object> identify_question(const AnalysisSpec& spec) {
  if (!spec.graph || !spec.question) {
    return invalid_argument(
        "analysis: a graph and a question are needed to say whether it can be "
        "answered");
  }
  THAW_TRY(const effect::CausalGraph graph,
           effect::read_graph_json(json::serialize(*spec.graph), "graph"));
  effect::IdentifyRequest request;
  request.treatment = {spec.question->treatment};
  request.outcome = {spec.question->outcome};
  if (spec.estimate) {
    request.adjust = spec.estimate->adjust;
  }
  THAW_TRY(const effect::IdentifyAnswer answer, effect::identify(graph, request));
  return effect::identify_json(answer);
}

Result<json::object> run_analysis(const Table& table, const AnalysisSpec& given,
                                  const AnalysisRun& run) {
  AnalysisSpec spec = given;
  const std::string hash = table_hash(table);
  THAW_CHECK(check_table(table, spec, hash));
  spec.data_hash = hash;
  json::object document{{"analysis", spec_document(spec)}};
  if (spec.discovery) {
    THAW_TRY(document["discovery"], discovered(table, spec, run));
  }
  const json::value* found = document.if_contains("discovery");
  const AnalysisSpec drawn = with_graph(spec, found != nullptr ? &found->as_object() : nullptr);
  if (drawn.graph && drawn.question) {
    THAW_TRY(document["identification"], identify_question(drawn));
  }
  if (!spec.estimate) {
    return document;
  }
  const json::value* identified = document.if_contains("identification");
  if (identified == nullptr && !spec.estimate->adjust) {
    return invalid_argument(
        "analysis: an estimate needs a graph, or 'adjust' with what to hold equal; an empty list "
        "says that nothing has to be");
  }
  if (identified != nullptr && identified->at("method") == "no_effect") {
    document["refused"] = no_effect_drawn();
    return document;
  }
  const auto adjust = to_adjust(spec, identified != nullptr ? &identified->as_object() : nullptr);
  if (!adjust) {
    document["refused"] = refusal();
    return document;
  }
  THAW_TRY(const Table prepared, analysis_table(table, spec));
  if (!spec.question->time.empty()) {
    THAW_TRY(json::object survival, event_over_time(prepared, spec, *adjust));
    judge_by_graph(survival, identified);
    document["survival"] = std::move(survival);
    return document;
  }
  THAW_TRY(const effect::EffectRequest request, effect_request(spec, *adjust, run.threads));
  THAW_TRY(const effect::EffectAnswer answer, effect::answer_effect(prepared, request));
  json::object estimate = effect::effect_document(answer);
  judge_by_graph(estimate, document.if_contains("identification"));
  document["estimate"] = std::move(estimate);
  if (run.progress) {
    run.progress(1);
  }
  return document;
}

Result<std::string> analysis_script(const Table& table, const AnalysisSpec& spec,
                                    const std::string& path) {
  if (!spec.question || !spec.estimate) {
    return invalid_argument("analysis: an R script needs a question and an estimate");
  }
  if (!spec.question->time.empty()) {
    return invalid_argument(
        "analysis: base R has no weighted Cox regression with this variance; "
        "there is no script for an event over time");
  }
  THAW_CHECK(check_table(table, spec, table_hash(table)));
  std::optional<json::object> identification;
  if (spec.graph && !spec.estimate->adjust) {
    THAW_TRY(identification, identify_question(spec));
  }
  const auto adjust = to_adjust(spec, identification ? &*identification : nullptr);
  if (!adjust) {
    return invalid_argument(
        "analysis: this graph gives no set to adjust for, so there is nothing "
        "that R could repeat");
  }
  THAW_TRY(const effect::EffectRequest request, effect_request(spec, *adjust, 1));
  THAW_TRY(const Table prepared, analysis_table(table, spec));
  return effect::r_script(prepared, request, path);
}

}  // namespace thaw::inquiry
