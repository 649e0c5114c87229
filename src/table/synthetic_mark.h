// Whether a table says of itself that its people do not exist: the column `synthetic` that every
// table made from a synthetic registry carries. What is computed from such a table is no evidence.
#pragma once

#include "table/table.h"

namespace thaw {

/// True when a column called "synthetic" (in any case) holds in any row something that does not say
/// no: missing, false, 0, "f", "no", "n" and "real" say no. Cost: one pass over that column.
bool marked_synthetic(const Table& table);

}  // namespace thaw
