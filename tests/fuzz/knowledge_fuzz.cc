// Any bytes as a knowledge file: refused with the file in the message, or read and asked about.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "discovery/knowledge_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace thaw::discovery;
  const auto known =
      read_knowledge(std::string_view(reinterpret_cast<const char*>(data), size), "k.json");
  if (!known) {
    if (!known.error().message.starts_with("k.json: ")) {
      std::abort();
    }
    return 0;
  }
  const auto about = knowledge_about(*known, {"a", "b", "c", "x y"});
  if (!about && !about.error().message.starts_with("k.json: ")) {
    std::abort();
  }
  if (about) {
    for (std::size_t i = 0; i < 16; ++i) {
      if (about->required(i / 4, i % 4) && about->forbidden(i / 4, i % 4)) {
        std::abort();  // a contradiction that nobody saw
      }
    }
  }
  return 0;
}
