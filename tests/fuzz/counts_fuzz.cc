// Any bytes as word counts, with the SHA-256 that they should have: refused, or probabilities.
// `make fuzz F=counts_fuzz`
#include <cstdlib>
#include <string>

#include "base/digest.h"
#include "gaze/ngram_model.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  // The head and the digest are put right, or no input would get past them.
  std::string text = "thaw gaze counts 1\n";
  text.append(reinterpret_cast<const char*>(bytes), size);
  auto counts = thaw::gaze::decode_counts(text + thaw::sha256_hex(text));
  if (!counts) {
    return 0;
  }
  const thaw::gaze::NgramModel model(std::move(counts).value());
  const auto context = model.context(0, 2);
  for (thaw::gaze::WordId word = 0; word < model.size() && word < 50; ++word) {
    const double p = model.probability(context, word);
    if (!(p >= 0 && p <= 1 + 1e-6)) {
      std::abort();
    }
  }
  return 0;
}
