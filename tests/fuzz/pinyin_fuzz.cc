// Any bytes as typed letters: read, shown and matched within bounds. `make fuzz F=pinyin_fuzz`
#include <cstdlib>

#include "gaze/pinyin.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const thaw::gaze::TypedPinyin typed(text, size % 2 == 0);
  if (typed.size() > thaw::gaze::TypedPinyin::kMost || typed.shown().size() > 2 * typed.size()) {
    std::abort();
  }
  thaw::gaze::Syllable word[6];
  for (std::size_t i = 0; i < 6; ++i) {
    const std::size_t value = i < size ? bytes[i] * 2U : i;
    word[i] = static_cast<thaw::gaze::Syllable>(value % thaw::gaze::syllable_count());
  }
  for (std::size_t from = 0; from < typed.size(); ++from) {
    typed.matches(word, 6, from);
    typed.word_ends(word, 3, from);
    typed.spells_out(word, 2, from);
  }
  thaw::gaze::syllables_of(text);
  return 0;
}
