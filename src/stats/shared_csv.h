// For tests only: reads a plain CSV of the shared test data, where they are present.
//
// Quotes are dropped and not interpreted, which is enough for those files; table/ has the real
// reader, which stats may not include.
#pragma once

#include <cstdlib>
#include <fstream>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"

namespace thaw::stats {

/// Columns by name, as text; an empty field or NA is missing.
struct SharedCsv {
  std::map<std::string, std::vector<std::string>> columns;

  /// Column `name` as numbers, missing as NaN.
  std::vector<double> numbers(const std::string& name) const {
    std::vector<double> values;
    for (const std::string& text : columns.at(name)) {
      values.push_back(parse_double(text).value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    return values;
  }
};

/// The folder of the shared test data: $THAW_SHARED/data, else ../shared/data beside the tree.
inline std::string shared_data_folder() {
  const char* folder = std::getenv("THAW_SHARED");  // NOLINT(concurrency-mt-unsafe)
  return (folder != nullptr ? std::string(folder) : std::string(THAW_SOURCE_DIR "/../shared")) +
         "/data/";
}

/// The file `name` under the shared data, or nothing where it is absent.
inline std::optional<SharedCsv> shared_csv(const std::string& name) {
  std::ifstream file(shared_data_folder() + name);
  std::string line;
  if (!std::getline(file, line)) {
    return std::nullopt;
  }
  const auto fields = [](std::string text) {
    std::erase(text, '"');
    std::erase(text, '\r');
    std::vector<std::string> parts;
    for (const std::string_view part : split(text, ',')) {
      parts.emplace_back(part);
    }
    return parts;
  };
  const std::vector<std::string> names = fields(line);
  SharedCsv csv;
  while (std::getline(file, line)) {
    const std::vector<std::string> row = fields(line);
    for (std::size_t i = 0; i < names.size() && i < row.size(); ++i) {
      csv.columns[names[i]].push_back(row[i]);
    }
  }
  return csv;
}

}  // namespace thaw::stats

/// Declares `csv`, or skips the test with a message where the shared data are absent.
#define THAW_SHARED_CSV(csv, name)                                                            \
  const auto csv##_file = thaw::stats::shared_csv(name);                                      \
  if (!csv##_file) {                                                                          \
    GTEST_SKIP() << "no shared test data at " << thaw::stats::shared_data_folder() << (name); \
  }                                                                                           \
  const thaw::stats::SharedCsv& csv = *csv##_file
