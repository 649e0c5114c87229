// Every reader by name; format.cc lists them in the order in which they are tried.
//
// One file each, read_<format>.cc. What each keeps and loses: docs/formats/exchange.md.
#pragma once

#include "exchange/format.h"

namespace thaw::exchange {

Result<Done> read_own_json_lines(ByteSource& bytes, Sink& sink);
bool is_own_json_lines(std::string_view name, std::string_view head);

Result<Done> read_own_table(ByteSource& bytes, Sink& sink);
bool is_own_table(std::string_view name, std::string_view head);

Result<Done> read_indra(ByteSource& bytes, Sink& sink);
bool is_indra(std::string_view name, std::string_view head);

}  // namespace thaw::exchange
