// Any bytes as the sentences of a bench: refused, or sentences with a syllable for each Hanzi.
// `make fuzz F=sentences_fuzz`
#include <cstdlib>
#include <string>

#include "gaze/sentence_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string rows(reinterpret_cast<const char*>(bytes), size);
  for (const std::string& text : {rows, "lang\ttext\tpinyin\n" + rows}) {
    const auto sentences = thaw::gaze::parse_sentences(text);
    if (sentences && sentences->empty()) {
      std::abort();
    }
    for (std::size_t i = 0; sentences && i < sentences->size(); ++i) {
      if ((*sentences)[i].text.empty()) {
        std::abort();
      }
    }
  }
  return 0;
}
