// A table of repeated visits as one of windows: every column at a visit and at those before it.
//
// A row of the new table is a person's visit t with the `lags` visits before it; column x becomes
// x@t, x@t-1, ..., and a column that never changes within a person stays one column x. Time is
// then known: a later variable never causes an earlier one. People are pooled and what causes what
// is taken to be the same at every visit (stationarity); what came before the window is not seen,
// so edges among the earliest visit's columns carry it, and edges into x@t are the ones to read.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "discovery/data.h"
#include "discovery/knowledge_file.h"
#include "table/table.h"

namespace thaw::discovery {

struct PanelOptions {
  std::string id, time;  // columns: whose row it is, and when (a number or a date)
  std::size_t lags = 1;  // 1 .. 5
};

struct PanelVariable {
  std::string name;    // in the new table
  std::string column;  // in the old one
  std::size_t lag;     // visits before t
  bool fixed;          // never changes within a person; lag 0 then means nothing
};

struct Panel {
  Table table;                           // (windows)
  std::vector<std::size_t> person;       // of each window, numbered in order of id
  std::vector<PanelVariable> variables;  // as the table's columns, by column and lag
  std::size_t lags = 1;
  std::size_t people = 0;     // with a window
  std::size_t too_short = 0;  // people with fewer than lags + 1 visits
  double usual_gap = 0;       // median time between visits next to each other, in `time` units
  double gaps_off = 0;        // share of windows with a gap under half or over twice the usual
};

/// The windows of `table`.
/// Fails: kNotFound for a column that is not there; kInvalidArgument for lags out of range, a
/// missing id or time, a time that is no number or date, two rows of one person at one time, no
/// person with lags + 1 visits, a column whose name holds "@t". Cost: rows x columns x lags.
Result<Panel> lag_table(const Table& table, const PanelOptions& options);

/// `known`, which speaks of the old columns or of the new ones, about the new ones: visit time as
/// tiers; tiers among old columns hold within a visit; a forbidden pair of old columns is forbidden
/// at every lag; odds of old columns hold at every pair of visits that time allows; a concept
/// stands for the column at every visit. Fails: kInvalidArgument with the place for a required pair
/// of old columns (say which visits), and where tiers speak of new columns, which have theirs.
Result<KnowledgeFile> lag_knowledge(const KnowledgeFile& known, const Panel& panel);

/// What a person said of old columns' kinds, about the new columns; a column that says nothing of
/// itself gets the kind that all its rows in `table` show, so that x@t and x@t-1 agree.
/// Fails: kNotFound for a kind of a column that is not there.
Result<DataOptions> lag_kinds(const DataOptions& kinds, const Table& table, const Panel& panel);

}  // namespace thaw::discovery
