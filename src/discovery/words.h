// A sentence in the two languages that every person may read results in.
#pragma once

#include <string>

namespace thaw::discovery {

struct Words {
  std::string en;
  std::string zh;
};

/// Something a reader must know, with a code that programs can look for.
struct Notice {
  std::string code;
  Words text;
};

}  // namespace thaw::discovery
