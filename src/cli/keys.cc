#include "cli/keys.h"

#include <cstdlib>

namespace thaw::cli {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

std::string keys_folder() {
  if (const std::string given = variable("THAW_KEYS"); !given.empty()) {
    return given;
  }
  const std::string config = variable("XDG_CONFIG_HOME");
  return (config.empty() ? variable("HOME") + "/.config" : config) + "/thaw/keys";
}

}  // namespace thaw::cli
