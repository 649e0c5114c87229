// Any bytes through any reader: the first byte chooses it. Refused or kept, never a crash.
#include <cstdint>
#include <string_view>

#include "exchange/byte_source.h"
#include "exchange/format.h"

namespace {

class Nowhere final : public thaw::exchange::Sink {
 public:
  thaw::Result<thaw::Done> keep(const thaw::exchange::Place& /*place*/,
                                thaw::exchange::Batch /*batch*/) override {
    return thaw::Done{};
  }
  void refuse(const thaw::exchange::Place& /*place*/, std::string /*reason*/) override {}
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const auto formats = thaw::exchange::formats();
  const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  thaw::exchange::MemorySource source(text);
  Nowhere sink;
  (void)formats[bytes[0] % formats.size()].read(source, sink);
  for (const auto& format : formats) {
    (void)format.recognises("a.jsonl", text);
  }
  return 0;
}
