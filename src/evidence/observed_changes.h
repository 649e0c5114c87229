// Measured changes from a file: which things rose, fell or stayed, each with its name.
//
// Format: docs/formats/observed.md. A row counts as moved when its p is small enough and its fold
// change large enough; a file may give `direction` instead. Strict: a cell that is no number is an
// error with its line. Checked by its tests and by tests/fuzz/observed_fuzz.cc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace thaw::evidence {

struct ObservedOptions {
  double p_max = 0.05;      // a row moved only with p at most this
  double fold_least = 1.3;  // and at least this fold up or down
};

struct ObservedChange {
  std::string name;
  int sign = 0;  // +1 rose, -1 fell
};

struct ObservedChanges {
  std::vector<ObservedChange> moved;  // by name, each name once
  std::size_t rows = 0;
  std::size_t unmoved = 0;      // rows that did not pass
  std::size_t unnamed = 0;      // rows without a name ("", "-", "--", "---", "NA")
  std::size_t conflicting = 0;  // names whose moved rows disagree: left out
};

/// Columns, any of their names: name (id, gene, symbol, entrez, ensembl); p (p_val, p_value,
/// pvalue); log2fc (log2_fc, logfc, log2foldchange); direction (+, -, 0, up, down). `direction`, or
/// log2fc, must be there; without p every row passes it. A p outside [0, 1], a figure that is not
/// finite, and a missing cell (NA) in a named row: a missing p or log2fc means not moved, anything
/// else is kInvalidArgument with the place. At most 5 million rows.
Result<ObservedChanges> read_observed(std::string_view bytes, const std::string& source,
                                      const ObservedOptions& options = {});

}  // namespace thaw::evidence
