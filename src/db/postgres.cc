#include "db/engines.h"
namespace thaw::db {
Result<std::unique_ptr<Connection>> open_postgres(const std::string&) {
  return unavailable("not built");
}
}  // namespace thaw::db
