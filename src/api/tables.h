// The tables that pages analyse: a file that somebody brought, or a cohort of the registry. They
// live in memory while the server runs and are written nowhere.
#pragma once

#include <boost/json/object.hpp>
#include <deque>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"
#include "table/table.h"

namespace thaw::api {

struct HeldTable {
  std::string id;
  std::string name;  // of the file or the cohort
  Table table;
  bool synthetic = false;  // its people are made up
  bool cohort = false;     // from the registry: small counts are hidden
};

/// Safe to use from several threads. Holds the newest kTablesMax; an older one is forgotten.
class Tables {
 public:
  static constexpr std::size_t kTablesMax = 12;
  static constexpr std::size_t kCellsMax = 60'000'000;  // of one table

  /// The table with its new id. kInvalidArgument: no column, no row, or more than kCellsMax cells.
  Result<std::shared_ptr<const HeldTable>> add(HeldTable table);

  /// kNotFound says that it may have been forgotten.
  Result<std::shared_ptr<const HeldTable>> find(const std::string& id) const;

 private:
  mutable std::mutex mutex_;
  std::deque<std::shared_ptr<const HeldTable>> held_;
  std::uint64_t next_ = 1;
};

/// The `table` document of docs/formats/api.md: every variable with its type, how much is missing
/// and what it holds. Counts of 1 to 10 people of a cohort are null.
boost::json::object table_document(const HeldTable& held);

}  // namespace thaw::api
