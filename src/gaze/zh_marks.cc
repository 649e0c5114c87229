#include "gaze/zh_marks.h"

#include <array>

namespace thaw::gaze {

double question_share(std::string_view sentence) {
  if (sentence.ends_with("吗") || sentence.ends_with("么")) {
    return 0.95;
  }
  if (sentence.ends_with("呢")) {
    return 0.7;
  }
  constexpr std::array<std::string_view, 8> kWords{"什么", "谁",   "哪",     "怎么",
                                                   "几点", "多少", "为什么", "是不是"};
  for (const std::string_view word : kWords) {
    if (sentence.find(word) != std::string_view::npos) {
      return 0.6;
    }
  }
  return 0.03;
}

}  // namespace thaw::gaze
