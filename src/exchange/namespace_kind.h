// What sort of thing an id of a known namespace is.
#pragma once

#include <string_view>

namespace thaw::exchange {

/// The kind that an id of this namespace surely has ("HGNC" a gene), or "".
std::string_view kind_of_namespace(std::string_view name_space);

}  // namespace thaw::exchange
