// One selection by its kind only: what was done and with which class of key, never which letter.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace thaw::care {

struct Selection {
  std::string act;        // as check_act wants it
  std::string key_class;  // see key_class_of
};

/// Fine when `act` is one that the log knows: type, pick, undo, repair, say, page or other.
Result<Done> check_act(std::string_view act);

/// `key` where it is a class that the log knows (letter, digit, mark, space, offer, word, phrase,
/// page, undo, delete, speak, send, call, rest), else "other": a letter itself is never kept.
std::string key_class_of(std::string_view key);

}  // namespace thaw::care
