// Protocols of target trials and the conditions within them: any bytes give a spec or an error.
#include <cstdint>
#include <string_view>

#include "effect/emulation_spec.h"
#include "effect/row_condition.h"

namespace {

/// Two rows with a column of each kind that conditions meet.
const thaw::Table& table() {
  static const thaw::Table made = [] {
    thaw::Table out;
    (void)out.add_column(thaw::Column::real("a", {1, 0.0 / 0.0}));
    (void)out.add_column(thaw::Column::category("c", {0, -1}, {"x", "y"}));
    (void)out.add_column(thaw::Column::boolean("b", {0, 1}));
    (void)out.add_column(thaw::Column::text("t", {"x", ""}));
    return out;
  }();
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);  // NOLINT
  if (const auto spec = thaw::effect::read_emulation_spec(bytes, "spec")) {
    (void)thaw::effect::spec_columns(*spec);
  }
  if (const auto condition = thaw::effect::RowCondition::parse(bytes)) {
    (void)condition->columns();
    const auto truths = condition->evaluate(table());
    if (truths && truths->size() != 2) {
      __builtin_trap();
    }
  }
  return 0;
}
