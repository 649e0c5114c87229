// The two forms of a knowledge file, each read alone; callers use knowledge_file.h.
#pragma once

#include <string_view>

#include "discovery/knowledge_file.h"

namespace thaw::discovery {

/// The JSON of docs/formats/knowledge.md.
Result<KnowledgeFile> read_knowledge_json(std::string_view bytes, std::string_view file);

/// The text that Tetrad saves: sections addtemporal, forbiddirect, requiredirect. A tier's line is
/// its number, with '*' when its members never cause each other, then names.
Result<KnowledgeFile> read_knowledge_tetrad(std::string_view bytes, std::string_view file);

}  // namespace thaw::discovery
