// DirectLiNGAM: directions from the shape of the noise, where it is not normal.
//
// In a linear model without hidden causes the variables are ordered by repeatedly taking out the
// one whose residuals of the others are most independent of it: Shimizu et al. 2011, JMLR 12:1225,
// with the pairwise likelihood ratio of Hyvarinen and Smith 2013, JMLR 14:111. Parents are then
// those of the extended BIC among the variables before. With normal noise the order is a coin's,
// so residuals that look normal are found, and what hangs on them is not directed.
// Checked: simulated graphs with uniform and with normal noise; the Tuebingen pairs in bench/.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/result.h"
#include "discovery/data.h"
#include "discovery/knowledge.h"
#include "discovery/local_score.h"
#include "graph/mixed_graph.h"
#include "stats/matrix.h"

namespace thaw::discovery {

struct LingamOptions {
  ScoreOptions score;  // for the parents; its kind is BIC
  /// Residuals count as not normal when an Anderson-Darling test rejects at this level divided by
  /// the number of variables.
  double normality_level = 0.01;
  unsigned threads = 1;  // changes nothing
  /// Called with the share of the work done; false ends the search with kUnavailable.
  std::function<bool(double)> progress;
};

struct LingamResult {
  /// Arrows along the order; an edge between two variables of `looks_normal` is undirected unless
  /// knowledge directs it: the data do not say which way.
  graph::MixedGraph graph;
  std::vector<std::uint32_t> order;  // causes first
  stats::Matrix effects;             // (from, to) units of `to` per unit of `from`, along the order
  std::vector<double> normal_p;      // of each variable's residuals given its parents
  std::vector<std::uint32_t> looks_normal;  // rising
};

/// Fails: kInvalidArgument for discrete variables, missing values, what make_score refuses, another
/// number of variables in `knowledge`, and when all residuals but one or more look normal: then
/// the data say nothing of the order. kUnavailable when `progress` says so.
/// Cost: p^3 n / 3 pairs of exponentials, four to eight at a time in vector code.
Result<LingamResult> lingam(const Data& data, const Knowledge& knowledge,
                            const LingamOptions& options = {});

/// How much better `x` explains `y` than `y` explains `x`: the difference of the log likelihoods a
/// row of the two directions. Above 0: x -> y. Both standardised, of one length.
double pairwise_asymmetry(std::span<const double> x, std::span<const double> y);

}  // namespace thaw::discovery
