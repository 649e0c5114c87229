// Every command of the program: one line here, one file beside.
#pragma once

#include "cli/options.h"

namespace thaw::cli {

void add_start(Program& program);

}  // namespace thaw::cli
