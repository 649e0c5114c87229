#include "effect/identify.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "effect/estimand_form.h"
#include "effect/front_door.h"
#include "graph/class_member.h"

namespace thaw::effect {

using graph::Cuts;
using graph::NodeSet;

namespace {

/// Above this many factors an expression is left as it is.
constexpr std::size_t kMostSimplified = 500;
constexpr std::size_t kMostImplications = 500;

struct Parts {
  NodeSet x, y, z;
};

Result<NodeSet> nodes_named(const CausalGraph& graph, const std::vector<std::string>& names,
                            std::string_view part) {
  NodeSet found(graph.size());
  for (const std::string& name : names) {
    THAW_TRY(const std::uint32_t v, graph.find(name));
    if (found.contains(v)) {
      return invalid_argument(fmt::format("\"{}\" is given twice as {}", name, part));
    }
    if (graph.latent.contains(v)) {
      return invalid_argument(
          fmt::format("\"{}\" is not measured (latent), so it cannot be {}", name, part));
    }
    found.insert(v);
  }
  return found;
}

Result<Parts> parts_of(const CausalGraph& graph, const IdentifyRequest& request) {
  Parts parts;
  THAW_TRY(parts.x, nodes_named(graph, request.treatment, "treatment"));
  THAW_TRY(parts.y, nodes_named(graph, request.outcome, "outcome"));
  THAW_TRY(parts.z, nodes_named(graph, request.given, "given"));
  parts.x = request.treatment.empty() ? graph.exposure - graph.latent : parts.x;
  parts.y = request.outcome.empty() ? graph.outcome - graph.latent : parts.y;
  if (parts.x.empty() || parts.y.empty()) {
    return invalid_argument(fmt::format("no {}: name it, or mark it in the graph as [{}]",
                                        parts.x.empty() ? "treatment" : "outcome",
                                        parts.x.empty() ? "exposure" : "outcome"));
  }
  const NodeSet twice = (parts.x & parts.y) | (parts.x & parts.z) | (parts.y & parts.z);
  if (!twice.empty()) {
    return invalid_argument(fmt::format("\"{}\" cannot be two of treatment, outcome and given",
                                        graph.names[twice.members().front()]));
  }
  return parts;
}

/// `set` in the numbers of the nodes that `kept` leaves.
NodeSet renumbered(const NodeSet& set, const std::vector<std::uint32_t>& kept) {
  NodeSet made(kept.size());
  for (std::uint32_t i = 0; i < kept.size(); ++i) {
    if (set.contains(kept[i])) {
      made.insert(i);
    }
  }
  return made;
}

void find_adjustment(IdentifyAnswer& answer, const AdjustmentProblem& problem, std::size_t most) {
  answer.forbidden = problem.forbidden - answer.y;
  answer.unclear = problem.unclear;
  answer.adjustment = minimal_adjustments(problem, most);
  if (!answer.adjustment.sets.empty()) {
    answer.minimal = answer.adjustment.sets.front();
    answer.canonical = canonical_adjustment(problem) | problem.include;
    answer.optimal = optimal_adjustment(problem);
    return;
  }
  if (problem.amenable) {
    answer.minimal = minimal_adjustment(problem);
    answer.open =
        open_walk(problem.graph, problem.x, problem.y,
                  canonical_adjustment(problem) | (problem.include & problem.usable), problem.cuts);
  }
}

void find_instruments(IdentifyAnswer& answer, const AdjustmentProblem& problem) {
  if (answer.kind == GraphKind::kDag || answer.kind == GraphKind::kCpdag) {
    answer.instruments = instruments(problem);
    if (answer.instrument_asked) {
      answer.instrument = instrument_at(problem, *answer.instrument_asked);
    }
  }
}

void judge_asked_set(IdentifyAnswer& answer, const AdjustmentProblem& problem, const NodeSet& set) {
  AskedSet asked{set, valid_adjustment(problem, set), set & problem.forbidden, {}};
  if (!asked.valid && problem.amenable) {
    asked.open = open_walk(problem.graph, problem.x, problem.y, set, problem.cuts);
  }
  answer.asked = std::move(asked);
}

Estimand shorter(const Estimand& estimand, const graph::Admg& diagram) {
  return estimand.size() <= kMostSimplified ? simplified(estimand, diagram) : estimand;
}

/// The effect among everybody: the simplest of the ways that give it.
void choose_method(IdentifyAnswer& answer, const AdjustmentProblem& problem) {
  const bool whole_dag = answer.kind == GraphKind::kDag || answer.kind == GraphKind::kCpdag;
  if (!problem.amenable) {
    // In a CPDAG the members then have different effects; with hidden causes it is not decided.
    answer.identifiable = answer.kind == GraphKind::kCpdag ? std::optional(false) : std::nullopt;
    return;
  }
  answer.identifiable = true;
  if (problem.causal.empty()) {
    answer.method = IdentifyMethod::kNoEffect;
    answer.estimand = Estimand::probability(answer.y, answer.y - answer.y);
    return;
  }
  if (answer.minimal) {
    answer.method = IdentifyMethod::kAdjustment;
    answer.estimand = adjustment_estimand(answer.x, answer.y, *answer.minimal);
    return;
  }
  if (!whole_dag) {
    answer.identifiable = std::nullopt;
    return;
  }
  Identification found = identify_effect(answer.diagram, answer.x, answer.y);
  answer.without_effect = found.without_effect;
  answer.identifiable = found.estimand.has_value();
  answer.hedge = found.hedge;
  if (!found.estimand) {
    return;
  }
  if (!answer.front_doors.sets.empty()) {
    answer.method = IdentifyMethod::kFrontDoor;
    answer.estimand = front_door_estimand(answer.x, answer.y, answer.front_doors.sets.front());
    return;
  }
  answer.method = IdentifyMethod::kId;
  answer.estimand = shorter(*found.estimand, answer.diagram);
}

void choose_conditional_method(IdentifyAnswer& answer) {
  Identification found = identify_conditional_effect(answer.diagram, answer.x, answer.y, answer.z);
  answer.identifiable = found.estimand.has_value();
  answer.hedge = found.hedge;
  answer.without_effect = found.without_effect;
  if (found.estimand) {
    answer.method = IdentifyMethod::kIdc;
    answer.estimand = shorter(*found.estimand, answer.diagram);
  }
}

/// The diagram over what is measured, and the parts of the question in its numbers.
struct Stage {
  std::vector<std::uint32_t> kept;
  AdjustmentProblem problem;
};

Result<Stage> stage_of(const CausalGraph& graph, const Parts& parts, IdentifyAnswer& answer) {
  Stage stage;
  const bool dag = graph.kind == GraphKind::kDag;
  for (std::uint32_t v = 0; v < graph.size(); ++v) {
    if (!dag || !graph.latent.contains(v)) {
      stage.kept.push_back(v);
      answer.names.push_back(graph.names[v]);
    }
  }
  answer.kind = graph.kind;
  answer.x = renumbered(parts.x, stage.kept);
  answer.y = renumbered(parts.y, stage.kept);
  answer.z = renumbered(parts.z, stage.kept);
  answer.measured = NodeSet::all(stage.kept.size()) - renumbered(graph.latent, stage.kept);
  answer.without_effect = NodeSet(stage.kept.size());
  if (dag) {
    answer.diagram = latent_projection(graph.diagram, graph.latent);
    stage.problem = adjustment_problem(answer.diagram, answer.x, answer.y, answer.measured);
  } else {
    const bool hidden = graph.kind != GraphKind::kCpdag;
    if (graph.kind == GraphKind::kMag && !graph::is_mag(graph.marks)) {
      return invalid_argument(
          "the graph is no MAG: an arrowhead stands at a cause, or two variables without an edge "
          "cannot be separated; give it as a dag with <-> if that is what is meant");
    }
    auto problem = adjustment_problem(graph.marks, answer.x, answer.y, answer.measured, hidden);
    if (!problem) {
      return invalid_argument(
          hidden ? fmt::format("no graph fits the marks of this {}: it has lines or tails of "
                               "selection, or its arrows contradict each other",
                               to_string(graph.kind))
                 : std::string("no directed graph fits this cpdag: its lines cannot be directed "
                               "without a circle or a new collider"));
    }
    stage.problem = std::move(*problem);
    answer.diagram = stage.problem.graph;
  }
  answer.include = renumbered(graph.adjusted, stage.kept) - answer.x - answer.y;
  stage.problem.include = answer.include;
  return stage;
}

Result<Done> answer_asked(const CausalGraph& graph, const IdentifyRequest& request,
                          const Stage& stage, IdentifyAnswer& answer) {
  if (request.adjust) {
    THAW_TRY(const NodeSet set, nodes_named(graph, *request.adjust, "adjusted for"));
    judge_asked_set(answer, stage.problem, renumbered(set, stage.kept));
  }
  if (!request.instrument.empty()) {
    THAW_TRY(const NodeSet one, nodes_named(graph, {request.instrument}, "an instrument"));
    answer.instrument_asked = renumbered(one, stage.kept).members().front();
    if ((answer.x | answer.y).contains(*answer.instrument_asked)) {
      return invalid_argument(fmt::format("\"{}\" cannot be its own instrument",
                                          answer.names[*answer.instrument_asked]));
    }
  }
  return Done{};
}

std::vector<std::string> names_in(const NodeSet& set, const std::vector<std::string>& names) {
  std::vector<std::string> found;
  set.for_each([&](std::uint32_t v) { found.push_back(names[v]); });
  return found;
}

}  // namespace

std::string_view to_string(IdentifyMethod method) {
  switch (method) {
    case IdentifyMethod::kNoEffect:
      return "no_effect";
    case IdentifyMethod::kAdjustment:
      return "adjustment";
    case IdentifyMethod::kFrontDoor:
      return "front_door";
    case IdentifyMethod::kId:
      return "id";
    case IdentifyMethod::kIdc:
      return "idc";
    case IdentifyMethod::kInstrument:
      return "instrument";
    case IdentifyMethod::kNone:
      break;
  }
  return "";
}

Result<IdentifyAnswer> identify(const CausalGraph& graph, const IdentifyRequest& request) {
  THAW_TRY(const Parts parts, parts_of(graph, request));
  if (!parts.z.empty() && graph.kind != GraphKind::kDag) {
    return invalid_argument(
        fmt::format("an effect given other variables can be asked of a dag, not of a {}",
                    to_string(graph.kind)));
  }
  IdentifyAnswer answer;
  THAW_TRY(const Stage stage, stage_of(graph, parts, answer));
  THAW_CHECK(answer_asked(graph, request, stage, answer));
  find_instruments(answer, stage.problem);
  if (graph.kind == GraphKind::kDag || graph.kind == GraphKind::kCpdag) {
    answer.front_doors =
        small_front_doors(answer.diagram, answer.x, answer.y, answer.measured, request.max_sets);
  }
  if (answer.z.empty()) {
    find_adjustment(answer, stage.problem, request.max_sets);
    choose_method(answer, stage.problem);
  } else {
    answer.forbidden = stage.problem.forbidden - answer.y;
    choose_conditional_method(answer);
  }
  if (answer.identifiable == std::optional(false)) {
    if (graph.kind == GraphKind::kDag) {
      answer.measurements =
          measurements_that_help(graph, names_in(parts.x, graph.names),
                                 names_in(parts.y, graph.names), names_in(parts.z, graph.names));
    }
    if (answer.instrument || (!answer.instrument_asked && !answer.instruments.empty())) {
      answer.method = IdentifyMethod::kInstrument;
    }
  }
  answer.implications = implications(answer.diagram, answer.measured, false, kMostImplications);
  answer.explanation = explain(answer);
  return answer;
}

}  // namespace thaw::effect
