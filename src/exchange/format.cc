#include "exchange/format.h"

#include <array>

#include "exchange/document_readers.h"
#include "exchange/readers.h"

namespace thaw::exchange {
namespace {

// The order of trying: what names itself clearly comes first, loose shapes last; our own lines stay
// the very last, for they take any file named .jsonl.
constexpr std::array kFormats = {
    kPubmed,
    kJats,
    kPubtator,
    kDocuments,
    kRetractions,
    Format{"clingen", "ClinGen gene-disease validity, CSV", read_clingen, is_clingen},
    Format{"trials", "effects of trials, CSV", read_trial_effects, is_trial_effects},
    Format{"drugmechdb", "DrugMechDB paths, JSON lines", read_drugmechdb_lines,
           is_drugmechdb_lines},
    Format{"drugmechdb-yaml", "DrugMechDB paths, YAML", read_drugmechdb_yaml, is_drugmechdb_yaml},
    Format{"dismech", "dismech evidence, JSON lines", read_dismech_lines, is_dismech_lines},
    Format{"dismech-yaml", "a dismech disease file, YAML", read_dismech_yaml, is_dismech_yaml},
    Format{"bel-json", "BEL as node-link JSON (PyBEL)", read_bel_graph, is_bel_graph},
    Format{"indra", "INDRA statements, JSON list or one a line", read_indra, is_indra},
    Format{"bel", "BEL script", read_bel_script, is_bel_script},
    Format{"kgx", "KGX nodes or edges of the Biolink model, TSV", read_kgx_table, is_kgx_table},
    Format{"kgx-jsonl", "KGX, JSON lines", read_kgx_lines, is_kgx_lines},
    Format{"tsv", "our own table with a header line, tab separated", read_own_table, is_own_table},
    Format{"sif", "SIF: source relation target", read_sif, is_sif},
    Format{"jsonl", "our own records, one a line (docs/formats/evidence.md)", read_own_json_lines,
           is_own_json_lines},
};

}  // namespace

std::span<const Format> formats() {
  return kFormats;
}

}  // namespace thaw::exchange
