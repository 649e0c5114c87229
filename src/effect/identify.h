// One causal question asked of a graph: can it be answered from what is measured, how, what to
// adjust for, and if not, why not and what would make it so.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "effect/adjustment.h"
#include "effect/causal_graph.h"
#include "effect/estimand.h"
#include "effect/identification.h"
#include "effect/implications.h"
#include "effect/instruments.h"
#include "graph/open_path.h"

namespace thaw::effect {

struct IdentifyRequest {
  std::vector<std::string> treatment, outcome;  // empty: as the graph marks them
  std::vector<std::string> given;               // a group of people: the effect among those
  std::string instrument;                       // ask whether this one is an instrument; empty: no
  std::optional<std::vector<std::string>> adjust;  // ask whether this set is valid
  std::size_t max_sets = 100;
};

/// How the effect is obtained. kNoEffect: the treatment causes the outcome by no way in this graph.
enum class IdentifyMethod { kNone, kNoEffect, kAdjustment, kFrontDoor, kId, kIdc, kInstrument };

/// "none" as "", else "no_effect", "adjustment", "front_door", "id", "idc", "instrument".
std::string_view to_string(IdentifyMethod method);

/// What was found out about a set that was asked for.
struct AskedSet {
  graph::NodeSet set;
  bool valid = false;
  graph::NodeSet forbidden;           // members that the treatment changes on its way
  std::vector<graph::WalkStep> open;  // a path that stays open, of those that are not causal
};

/// Hidden common causes that, all measured, would make the effect identifiable.
struct Measurement {
  std::vector<std::string> latent;                                 // by name
  std::vector<std::pair<std::string, std::string>> common_causes;  // of these two
};

struct LocalisedText {
  std::string en, zh;
};

struct IdentifyAnswer {
  GraphKind kind = GraphKind::kDag;
  std::vector<std::string> names;  // of the nodes below: those that are measured, in a DAG
  graph::Admg diagram;             // over these: the projection, or one member of the class
  graph::NodeSet x, y, z, measured;

  std::optional<bool> identifiable;  // nothing: not decided (a PAG or MAG without a valid set)
  IdentifyMethod method = IdentifyMethod::kNone;
  std::optional<Estimand> estimand;
  std::optional<Hedge> hedge;
  graph::NodeSet without_effect;  // treatments that cause no outcome here

  graph::NodeSet include;  // marked as adjusted in the graph: every set holds them
  graph::SeparatorList adjustment;
  std::optional<graph::NodeSet> minimal, canonical, optimal;
  graph::NodeSet forbidden;
  std::optional<graph::NodePair> unclear;  // an edge whose direction is missing, in a class
  std::vector<graph::WalkStep> open;       // without a valid set: what stays open given the most
  std::optional<AskedSet> asked;

  graph::SeparatorList front_doors;
  std::vector<Instrument> instruments;
  std::optional<std::uint32_t> instrument_asked;
  std::optional<Instrument> instrument;  // the one asked for, if it is one
  std::vector<Measurement> measurements;
  Implications implications;
  LocalisedText explanation;
};

/// Answers `request`. Fails: kNotFound for a variable that is not in the graph; kInvalidArgument
/// when treatment or outcome is missing, given twice or in two parts, or not measured; when a
/// CPDAG, MAG or PAG is none (no graph fits its marks), or has edges of selection; for `given` in a
/// class. Cost: as its parts; 50 nodes take about a millisecond without the lists of all sets.
Result<IdentifyAnswer> identify(const CausalGraph& graph, const IdentifyRequest& request);

/// Up to ten smallest groups, of at most three hidden common causes, whose measurement would make
/// the effect identifiable. For a DAG.
std::vector<Measurement> measurements_that_help(const CausalGraph& graph,
                                                const std::vector<std::string>& treatment,
                                                const std::vector<std::string>& outcome,
                                                const std::vector<std::string>& given);

/// The answer in words, for a physician. In identify_text.cc.
LocalisedText explain(const IdentifyAnswer& answer);

}  // namespace thaw::effect
