// Any bytes as the terms of a model: refused, or terms of a bounded number and size.
// `make fuzz F=formula_fuzz`
#include <cstdlib>

#include "effect/formula.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto terms = thaw::effect::parse_terms(text);
  if (!terms) {
    return 0;
  }
  for (const auto& term : *terms) {
    if (term.empty() || term.size() > 8 || terms->size() > 2000) {
      std::abort();
    }
    for (const auto& factor : term) {
      if (factor.column.empty()) {
        std::abort();
      }
    }
  }
  return 0;
}
