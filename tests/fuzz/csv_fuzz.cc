// Any bytes as a CSV text, with any bytes as its map file: read or refused, and what is read
// survives being written. Input: a map (may be empty), a zero byte, the text.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "table/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t zero = bytes.find('\0');
  thaw::CsvOptions options;
  std::string_view text = bytes;
  if (zero != std::string_view::npos) {
    text.remove_prefix(zero + 1);
    const auto map = thaw::read_csv_map(bytes.substr(0, zero), "map.json");
    if (map) {
      options = *map;
    } else if (!map.error().message.starts_with("map.json: ")) {
      std::abort();
    }
  }
  const auto table = thaw::read_csv(text, "t.csv", options);
  if (!table) {
    if (!table.error().message.starts_with("t.csv:")) {
      std::abort();
    }
    return 0;
  }
  if (table->columns().empty()) {
    return 0;  // The map skips them all.
  }
  const auto written = thaw::write_csv(*table);
  if (!written) {
    std::abort();
  }
  const auto again = thaw::read_csv(*written, "t.csv", thaw::csv_options_of(*table));
  if (!again || !(*again == *table)) {
    std::abort();
  }
  return 0;
}
