#include <fmt/format.h>

#include <fstream>
#include <string>

#include "table/csv.h"
#include "table/gunzip.h"

namespace thaw {
Result<Table> read_csv_file(const std::filesystem::path& path, const CsvOptions& options) {
  const std::string source = path.string();
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path)) {
    return not_found(fmt::format("{}: cannot be opened for reading", source));
  }
  std::string bytes;
  std::string block(std::size_t{1} << 20U, '\0');
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
    bytes.append(block, 0, static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) {
    return unavailable(fmt::format("{}: reading stopped before the end", source));
  }
  THAW_TRY(bytes, gunzip(std::move(bytes), source));
  return read_csv(bytes, source, options);
}

}  // namespace thaw
