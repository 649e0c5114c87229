#include "inquiry/backtest.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "base/parallel.h"
#include "base/random.h"
#include "graph/possible_worlds.h"
#include "inquiry/rank.h"

namespace thaw::inquiry {
namespace {

using evidence::Claim;
using evidence::Knowledge;
using evidence::Sign;

constexpr std::uint64_t kResamples = 2000;

/// A trial and the question that it answered.
struct Question {
  int group = 0;
  std::string subject, object;
  Sign helps = Sign::kRaises;

  auto key() const { return std::tie(group, subject, object); }
  bool operator<(const Question& other) const { return key() < other.key(); }
};

const Claim* claim_of(const Knowledge& knowledge, const std::string& subject,
                      const std::string& object, Sign sign) {
  for (const Claim* claim : knowledge.between(subject, object)) {
    if (claim->sign == sign && claim->qualifiers.empty() && claim->causal) {
      return claim;
    }
  }
  return nullptr;
}

/// Questions with the first year in which their trial reported on them.
std::map<Question, int> questions_of(const Knowledge& knowledge) {
  std::map<Question, int> out;
  for (std::size_t i = 0; i < knowledge.items().size(); ++i) {
    const auto& item = knowledge.items()[i];
    const auto* object = knowledge.find_concept(item.object);
    if (item.study_kind != "rct" || !item.year || !item.qualifiers.empty() || item.synthetic ||
        !item.causal) {
      continue;
    }
    const auto wanted = wanted_of(*object);
    if (!wanted) {
      continue;
    }
    const Question question{knowledge.group_of(i), item.subject, item.object, *wanted};
    const auto at = out.try_emplace(question, *item.year).first;
    at->second = std::min(at->second, *item.year);
  }
  return out;
}

/// The trial's own nats for help: of the claim of help, or against that of harm.
double own_nats(const evidence::Weigher& weigher, const Question& question) {
  const Knowledge& knowledge = weigher.knowledge();
  for (const int turn : {1, -1}) {
    const Sign sign = turn > 0 ? question.helps : evidence::opposite(question.helps);
    const Claim* claim = claim_of(knowledge, question.subject, question.object, sign);
    if (claim == nullptr) {
      continue;
    }
    for (const auto& group : weigher.weigh(*claim).groups) {
      if (!group.items.empty() && knowledge.group_of(group.items.front().item) == question.group) {
        return turn * group.direction * group.nats;
      }
    }
  }
  return 0;
}

/// Everything but the items of one group.
Result<Knowledge> knowledge_without(const Knowledge& knowledge, int group) {
  std::vector<evidence::Item> items;
  for (std::size_t i = 0; i < knowledge.items().size(); ++i) {
    if (knowledge.group_of(i) != group) {
      items.push_back(knowledge.items()[i]);
    }
  }
  return Knowledge::build(knowledge.concepts(), knowledge.sources(), std::move(items));
}

/// Belief in help before: of the claim of help, else what the claim of harm leaves, else the prior.
void weigh_before(const evidence::Weigher& weigher, const Question& question,
                  const evidence::WeighOptions& before, BacktestCase& out) {
  double& belief = out.predicted[static_cast<std::size_t>(Predictor::kBelief)];
  belief = weigher.parameters().default_prior;
  for (const bool help : {true, false}) {
    const Sign sign = help ? question.helps : evidence::opposite(question.helps);
    const Claim* claim = claim_of(weigher.knowledge(), question.subject, question.object, sign);
    if (claim == nullptr) {
      continue;
    }
    const auto weighed = weigher.weigh(*claim, before);
    out.nats_before = weighed.support + weighed.opposition;
    if (out.nats_before > 0) {
      belief = help ? weighed.belief : 1 - weighed.belief;
    }
    return;
  }
}

/// Shares of worlds and the treatment's arrows before; one half of the undecided worlds counts.
Result<Done> chains_before(const evidence::Weigher& weigher, const Question& question,
                           const evidence::WeighOptions& before, const BacktestOptions& options,
                           BacktestCase& out) {
  double& helps = out.predicted[static_cast<std::size_t>(Predictor::kChains)];
  helps = 0.5;
  THAW_TRY(const Mechanism mechanism, Mechanism::build(weigher, before));
  const int subject = mechanism.weighed.find(question.subject);
  const int object = mechanism.weighed.find(question.object);
  if (subject < 0) {
    return Done{};
  }
  const auto node = static_cast<std::uint32_t>(subject);
  const auto& graph = mechanism.signed_graph;
  out.degree = graph.out_begin(node + 1) - graph.out_begin(node) + graph.in(node).size();
  if (object < 0) {
    return Done{};
  }
  const auto influence =
      graph::possible_worlds(graph, static_cast<std::uint32_t>(object),
                             {.worlds = options.worlds, .seed = options.seed, .threads = 1});
  const auto& counts = influence.nodes[node];
  const auto worlds = static_cast<double>(influence.worlds);
  const bool raises = question.helps == Sign::kRaises;
  out.helps = static_cast<double>(raises ? counts.raises : counts.lowers) / worlds;
  out.harms = static_cast<double>(raises ? counts.lowers : counts.raises) / worlds;
  helps = out.helps + (1 - out.helps - out.harms) / 2;
  return Done{};
}

Result<BacktestCase> judge(const evidence::Weigher& weigher, const Question& question, int year,
                           const BacktestOptions& options) {
  BacktestCase out{weigher.knowledge().group_label(question.group), question.subject,
                   question.object, year};
  out.nats = own_nats(weigher, question);
  out.verdict = out.nats >= kVerdictNats    ? TrialVerdict::kPositive
                : out.nats <= -kVerdictNats ? TrialVerdict::kNegative
                                            : TrialVerdict::kUnclear;
  THAW_TRY(const Knowledge others, knowledge_without(weigher.knowledge(), question.group));
  const evidence::Weigher then(others, weigher.parameters());
  const evidence::WeighOptions before{.as_of = year - 1};
  weigh_before(then, question, before, out);
  THAW_CHECK(chains_before(then, question, before, options, out));
  return out;
}

/// The two baselines, each from the other treatments' cases only.
void add_baselines(std::vector<BacktestCase>& cases) {
  std::vector<std::size_t> degrees;
  for (const auto& one : cases) {
    degrees.push_back(one.degree);
  }
  std::ranges::sort(degrees);
  const std::size_t median = degrees[degrees.size() / 2];
  for (auto& one : cases) {
    double all = 0;
    double positive = 0;
    double like = 0;
    double like_positive = 0;
    for (const auto& other : cases) {
      if (other.subject == one.subject) {
        continue;
      }
      const double found = other.verdict == TrialVerdict::kPositive ? 1 : 0;
      ++all;
      positive += found;
      if ((other.degree > median) == (one.degree > median)) {
        ++like;
        like_positive += found;
      }
    }
    const double rate = (positive + 0.5) / (all + 1);
    one.predicted[static_cast<std::size_t>(Predictor::kConstant)] = rate;
    one.predicted[static_cast<std::size_t>(Predictor::kDegree)] =
        (like_positive + rate) / (like + 1);
  }
}

/// AUROC and Brier score of one predictor over the cases picked.
struct Scored {
  std::optional<double> auroc;
  double brier = 0;
};

Scored score(const std::vector<BacktestCase>& cases, const std::vector<std::size_t>& picked,
             Predictor predictor) {
  std::vector<double> by_rank;
  std::vector<bool> positive;
  Scored out;
  for (const std::size_t i : picked) {
    const double p = cases[i].predicted[static_cast<std::size_t>(predictor)];
    const bool found = cases[i].verdict == TrialVerdict::kPositive;
    by_rank.push_back(predictor == Predictor::kDegree     ? static_cast<double>(cases[i].degree)
                      : predictor == Predictor::kConstant ? 0
                                                          : p);
    positive.push_back(found);
    out.brier += (p - (found ? 1 : 0)) * (p - (found ? 1 : 0)) / static_cast<double>(picked.size());
  }
  out.auroc = auroc(by_rank, positive);
  return out;
}

void set_interval(Interval95& out, std::optional<double> value, std::vector<double> draws) {
  out.defined = value.has_value() && draws.size() > 1;
  if (out.defined) {
    std::ranges::sort(draws);
    out.value = *value;
    out.low = draws[draws.size() / 40];
    out.high = draws[draws.size() - 1 - draws.size() / 40];
  }
}

/// Intervals by resampling treatments: trials of one treatment are no independent cases.
void add_scores(Backtest& out, std::uint64_t seed) {
  std::map<std::string, std::vector<std::size_t>> of_subject;
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < out.cases.size(); ++i) {
    of_subject[out.cases[i].subject].push_back(i);
    all.push_back(i);
  }
  out.treatments = of_subject.size();
  std::vector<std::vector<std::size_t>> clusters;
  for (auto& [subject, cases] : of_subject) {
    clusters.push_back(cases);
  }
  std::array<std::vector<double>, kPredictors.size()> aurocs;
  std::array<std::vector<double>, kPredictors.size()> briers;
  for (std::uint64_t draw = 0; draw < kResamples; ++draw) {
    Random random(seed, draw);
    std::vector<std::size_t> picked;
    for (std::size_t i = 0; i < clusters.size(); ++i) {
      const auto& cluster = clusters[random.index(clusters.size())];
      picked.insert(picked.end(), cluster.begin(), cluster.end());
    }
    for (std::size_t p = 0; p < kPredictors.size(); ++p) {
      const Scored scored = score(out.cases, picked, kPredictors[p]);
      briers[p].push_back(scored.brier);
      if (scored.auroc) {
        aurocs[p].push_back(*scored.auroc);
      }
    }
  }
  for (std::size_t p = 0; p < kPredictors.size(); ++p) {
    const Scored scored = score(out.cases, all, kPredictors[p]);
    set_interval(out.scores[p].auroc, scored.auroc, std::move(aurocs[p]));
    set_interval(out.scores[p].brier, scored.brier, std::move(briers[p]));
  }
}

}  // namespace

std::string_view to_string(Predictor predictor) {
  constexpr std::array<std::string_view, 4> kNames = {"belief", "chains", "degree", "constant"};
  return kNames[static_cast<std::size_t>(predictor)];
}

std::optional<double> auroc(const std::vector<double>& scores, const std::vector<bool>& positive) {
  double above = 0;
  double pairs = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    for (std::size_t j = 0; j < scores.size(); ++j) {
      if (positive[i] && !positive[j]) {
        ++pairs;
        above += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
      }
    }
  }
  return pairs > 0 ? std::optional(above / pairs) : std::nullopt;
}

Result<Backtest> backtest(const evidence::Weigher& weigher, const BacktestOptions& options) {
  const auto questions = questions_of(weigher.knowledge());
  const std::vector<std::pair<Question, int>> list(questions.begin(), questions.end());
  std::vector<Result<BacktestCase>> judged(list.size(), BacktestCase{});
  for_each_piece(list.size(), options.threads, [&](std::size_t i) {
    judged[i] = judge(weigher, list[i].first, list[i].second, options);
  });
  Backtest out;
  for (auto& result : judged) {
    THAW_TRY(BacktestCase one, std::move(result));
    (one.verdict == TrialVerdict::kUnclear ? out.unclear : out.cases).push_back(std::move(one));
  }
  if (out.cases.empty()) {
    return not_found("the knowledge holds no randomised trial with a verdict of its own");
  }
  for (auto* part : {&out.cases, &out.unclear}) {
    std::ranges::sort(*part, [](const BacktestCase& a, const BacktestCase& b) {
      return std::tie(a.year, a.group, a.subject, a.object) <
             std::tie(b.year, b.group, b.subject, b.object);
    });
  }
  add_baselines(out.cases);
  add_scores(out, options.seed);
  for (const auto& one : out.cases) {
    out.positive += one.verdict == TrialVerdict::kPositive ? 1 : 0;
    out.with_evidence += one.nats_before > 0 ? 1 : 0;
  }
  return out;
}

}  // namespace thaw::inquiry
