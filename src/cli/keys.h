// Where the signing keys of this machine's curators lie.
#pragma once

#include <string>

namespace thaw::cli {

/// $THAW_KEYS, else $XDG_CONFIG_HOME/thaw/keys, else ~/.config/thaw/keys.
std::string keys_folder();

}  // namespace thaw::cli
