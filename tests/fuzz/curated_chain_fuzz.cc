// Any bytes as DrugMechDB records and as a table of pathways: read or refused with the source in
// the message, and what is read can be asked.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "evidence/chain_analogy.h"
#include "evidence/path_benchmark.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t zero = bytes.find('\0');
  const auto chains = thaw::evidence::read_curated_chains(bytes.substr(0, zero), "c.ndjson");
  if (!chains) {
    if (!chains.error().message.starts_with("c.ndjson:")) {
      std::abort();
    }
    return 0;
  }
  const std::string_view rest = zero == std::string_view::npos ? "" : bytes.substr(zero + 1);
  const auto bench = thaw::evidence::read_path_bench(rest, "n.csv", *chains);
  if (!bench && !bench.error().message.starts_with("n.csv:")) {
    std::abort();
  }
  if (chains->chains.size() < 20) {
    const thaw::evidence::ChainAnalogy analogy(*chains);
    for (const auto& chain : chains->chains) {
      const thaw::evidence::AnalogyQuery query{chain.pair, chain.drug, chain.disease,
                                               chain.drug_name};
      analogy.best_set(
          query, analogy.like(query), [](std::uint32_t) { return 1.0; }, 0);
    }
  }
  return 0;
}
