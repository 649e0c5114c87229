#include "exchange/format.h"

#include <array>

#include "exchange/document_readers.h"
#include "exchange/name_tables.h"
#include "exchange/readers.h"

namespace thaw::exchange {
namespace {

// The order of trying: what names itself clearly comes first, loose shapes last.
const std::array kFormats = {
    kPubmed,
    kJats,
    kPubtator,
    kDocuments,
    kRetractions,
    Format{"indra", "INDRA statements, JSON list or one a line", read_indra, is_indra},
    kObo,
    kSssom,
    kDiseaseOntology,
    kFamplex,
    kReach,
    kNames,
    Format{"jsonl", "our own records, one a line (docs/formats/evidence.md)", read_own_json_lines,
           is_own_json_lines},
    Format{"tsv", "our own table with a header line, tab separated", read_own_table, is_own_table},
};

}  // namespace

std::span<const Format> formats() {
  return kFormats;
}

}  // namespace thaw::exchange
