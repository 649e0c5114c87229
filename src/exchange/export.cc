#include "exchange/export.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "evidence/record_line.h"

namespace thaw::exchange {
namespace {

constexpr std::array kFormats = {
    ExportFormat{"jsonl", "our own records, one a line: loses nothing", write_own_json_lines},
    ExportFormat{"indra", "INDRA statements, JSON", write_indra},
    ExportFormat{"kgx", "KGX edges of the Biolink model, TSV", write_kgx_edges},
    ExportFormat{"kgx-nodes", "KGX nodes, TSV", write_kgx_nodes},
    ExportFormat{"sif", "SIF: source relation target", write_sif},
    ExportFormat{"graphml", "GraphML: signed edges with belief", write_graphml},
    ExportFormat{"trig", "nanopublications, TriG", write_trig},
    ExportFormat{"csv", "claims with support, opposition, belief and unknown", write_edges_csv},
};

}  // namespace

std::span<const ExportFormat> export_formats() {
  return kFormats;
}

Result<Done> export_evidence(const evidence::Weigher& weigher, std::string_view as,
                             const Out& out) {
  const auto* found = std::ranges::find(kFormats, as, &ExportFormat::name);
  if (found == kFormats.end()) {
    std::vector<std::string> names;
    for (const auto& format : kFormats) {
      names.emplace_back(format.name);
    }
    return invalid_argument(fmt::format("'{}' is no format that can be written; choose --as of {}",
                                        as, join(names, ", ")));
  }
  return found->write(weigher, out);
}

Result<Done> write_own_json_lines(const evidence::Weigher& weigher, const Out& out) {
  const auto& known = weigher.knowledge();
  const auto all = [&](const auto& records) -> Result<Done> {
    for (const auto& record : records) {
      THAW_CHECK(out(evidence::record_line(record) + "\n"));
    }
    return Done{};
  };
  THAW_CHECK(all(known.concepts()));
  THAW_CHECK(all(known.sources()));
  for (const auto& item : known.items()) {
    if (!item.synthetic) {
      THAW_CHECK(out(evidence::record_line(item) + "\n"));
    }
  }
  return Done{};
}

}  // namespace thaw::exchange
