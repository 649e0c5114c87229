#include "care/selection.h"

#include <algorithm>
#include <array>

namespace thaw::care {
namespace {

constexpr std::array<std::string_view, 7> kActs = {"type", "pick", "undo", "repair",
                                                   "say",  "page", "other"};
constexpr std::array<std::string_view, 15> kKeyClasses = {
    "letter", "digit",  "mark",  "space", "offer", "word", "phrase", "page",
    "undo",   "delete", "speak", "send",  "call",  "rest", "other"};

}  // namespace

Result<Done> check_act(std::string_view act) {
  if (std::find(kActs.begin(), kActs.end(), act) == kActs.end()) {
    return invalid_argument("'act' must be type, pick, undo, repair, say, page or other");
  }
  return Done{};
}

std::string key_class_of(std::string_view key) {
  const bool known = std::find(kKeyClasses.begin(), kKeyClasses.end(), key) != kKeyClasses.end();
  return std::string(known ? key : "other");
}

}  // namespace thaw::care
