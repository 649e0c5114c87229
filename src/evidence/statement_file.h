// Statements and hierarchies from text files, a line at a time, into an Assembly.
//
// Statements: tab separated with a header line; columns `subject`, `relation`, `sign` (+ or -),
// `object`, `group` (keys joined by ';') and `kind` must be there, `qualifiers` ("name=value;..."),
// `direction` (supports, opposes) and `nats` (> 0) may. Without `nats` a statement counts the cap
// of its kind times the grade "unstated". Hierarchy: child TAB parent, or FamPlex's five columns
// "namespace,id,isa|partof,namespace,id". Format: docs/formats/statements.md. A wrong line is
// refused with its number; memory is bounded by the longest line (64 KiB) and what is kept.
// Check: statement_file_test.cc; fuzz: tests/fuzz/statement_fuzz.cc.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "evidence/assembly.h"
#include "evidence/parameters.h"

namespace thaw::evidence {

struct StatementReport {
  struct Refused {
    std::size_t line;  // counted from 1
    std::string reason;
  };
  std::size_t lines = 0;  // read, without the header and empty ones
  std::size_t refused = 0;
  std::vector<Refused> first_refused;  // at most kRefusedShown
  static constexpr std::size_t kRefusedShown = 20;

  void refuse(std::size_t line, std::string reason);
};

struct HierarchyFile {
  WordBook concepts;
  Hierarchy hierarchy;
  StatementReport lines;
};

/// Reads is-a and part-of edges. kInvalidArgument when no line could be used.
Result<HierarchyFile> read_hierarchy(std::istream& in);

/// Adds every statement of `in` to `assembly`, not yet weighed. kInvalidArgument for a wrong
/// header.
Result<StatementReport> read_statements(std::istream& in, const WeightParameters& parameters,
                                        Assembly& assembly);

}  // namespace thaw::evidence
