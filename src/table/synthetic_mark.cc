#include "table/synthetic_mark.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace thaw {
namespace {

/// Anything written there that does not say "no" is taken as a mark: to miss one would let people
/// who do not exist weigh as evidence.
bool says_no(std::string_view cell) {
  constexpr std::array<std::string_view, 9> kNo = {"",   "0", "0.0",  "false",        "f",
                                                   "no", "n", "real", "not synthetic"};
  return std::ranges::find(kNo, cell) != kNo.end();
}

bool marked(const Column& column) {
  for (std::size_t row = 0; row < column.size(); ++row) {
    if (!column.missing(row) && !says_no(fold(trim(column.cell_text(row))))) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool marked_synthetic(const Table& table) {
  return std::ranges::any_of(table.columns(), [](const Column& column) {
    return fold(column.name()) == "synthetic" && marked(column);
  });
}

}  // namespace thaw
