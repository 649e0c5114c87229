// The document of an answer about identification; docs/formats/causal_graph.md is the contract.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "effect/identify.h"
#include "effect/identify_data.h"

namespace thaw::effect {

/// {"identifiable", "method", "estimand", "adjustment_sets", "minimal", "hedge", "explanation",
/// ...}.
boost::json::object identify_json(const IdentifyAnswer& answer);

/// The tests of what the graph claims: [{"a", "b", "given", "method", "n", "estimate", "statistic",
/// "df", "p", "p_holm", "problem"}].
boost::json::array implication_tests_json(const IdentifyAnswer& answer,
                                          const std::vector<ImplicationTest>& tests);

/// {"rows", "replicates", "unit", "cells", "difference"}.
boost::json::object estimand_on_data_json(const IdentifyAnswer& answer, const EstimandOnData& data);

/// An expression as a tree of {"sum": {"over", "of"}}, {"product": [...]}, {"ratio": [above,
/// below]} and {"p": {"of", "given"}}; null when it has more than 2,000 factors.
boost::json::value estimand_json(const Estimand& estimand, const std::vector<std::string>& names);

}  // namespace thaw::effect
