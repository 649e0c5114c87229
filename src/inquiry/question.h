// What a question in Chinese or English asks: its template, its two concepts and the wanted sign.
//
// A table of cue words, no grammar: what it does not understand it says, with questions that it
// would have understood. Names are linked by evidence/resolve.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/resolve.h"

namespace thaw::inquiry {

enum class Template : std::uint8_t { kEffect, kMechanism, kNextStudy };

/// "effect", "mechanism", "next_study".
std::string_view code(Template value);

struct Understood {
  Template kind = Template::kEffect;
  const evidence::Concept* subject = nullptr;  // null: what acts on the object?
  const evidence::Concept* object = nullptr;   // null: on whatever it was studied for
  std::optional<evidence::Sign> wanted;        // of the effect that is asked about; nothing: either
};

/// A name in the question that more than one concept bears.
struct Ambiguous {
  std::string mention;
  std::vector<const evidence::Concept*> candidates;
};

struct Parsed {
  std::optional<Understood> understood;
  std::vector<Ambiguous> ambiguous;  // not empty: nothing is understood
};

/// Reads `question`. Order of names is subject, then object, unless the wording turns it round ("is
/// Y slowed by X", "Y 是 X 引起的吗"). A treatment named alone is the subject, anything else the
/// object. Without any name it is understood only when it asks "what" or "which".
Parsed parse_question(const evidence::NameIndex& names, std::string_view question);

/// True when `text` holds a CJK character: then it is answered in Chinese unless asked otherwise.
bool is_chinese(std::string_view text);

}  // namespace thaw::inquiry
