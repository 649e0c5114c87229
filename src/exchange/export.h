// The knowledge written out in the formats of other tools, piece by piece.
//
// Only "jsonl" loses nothing: importing it into an empty store gives the same knowledge, and
// exporting that gives the same bytes. What the others lose: docs/formats/exchange.md. Items of a
// synthetic registry are never written. Same knowledge, same bytes.
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "base/result.h"
#include "evidence/weigh.h"

namespace thaw::exchange {

/// Takes the next piece of the output; an error stops the export.
using Out = std::function<Result<Done>(std::string_view)>;

struct ExportFormat {
  std::string_view name;   // of `--as`
  std::string_view about;  // one line for --help
  Result<Done> (*write)(const evidence::Weigher& weigher, const Out& out);
};

std::span<const ExportFormat> export_formats();

/// Writes everything known in the format `as`. kInvalidArgument lists the formats there are.
Result<Done> export_evidence(const evidence::Weigher& weigher, std::string_view as, const Out& out);

// One writer each.
Result<Done> write_own_json_lines(const evidence::Weigher& weigher, const Out& out);
Result<Done> write_indra(const evidence::Weigher& weigher, const Out& out);
Result<Done> write_kgx_edges(const evidence::Weigher& weigher, const Out& out);
Result<Done> write_kgx_nodes(const evidence::Weigher& weigher, const Out& out);
Result<Done> write_sif(const evidence::Weigher& weigher, const Out& out);
Result<Done> write_edges_csv(const evidence::Weigher& weigher, const Out& out);
Result<Done> write_graphml(const evidence::Weigher& weigher, const Out& out);
Result<Done> write_trig(const evidence::Weigher& weigher, const Out& out);

}  // namespace thaw::exchange
