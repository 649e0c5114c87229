// Any bytes as a file of statements or a hierarchy: refused by line, never a crash, and what was
// taken can be weighed and asked about.
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>

#include "evidence/statement_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace thaw::evidence;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto cut = text.find("\n\n");
  std::istringstream edges(text.substr(0, cut));
  HierarchyFile order;
  if (auto read = read_hierarchy(edges)) {
    order = std::move(read).value();
  }
  WeightParameters parameters;
  parameters.cap = {{"animal", 1}, {"rct_phase2", 2.5}};
  parameters.grade = {{"unstated", 0.5}};
  Assembly assembly(std::move(order.concepts), std::move(order.hierarchy));
  std::istringstream statements(cut == std::string::npos ? text : text.substr(cut + 2));
  (void)read_statements(statements, parameters, assembly);
  assembly.weigh_touched();
  for (const auto& found : assembly.contradictions(3)) {
    (void)assembly.text_of(found.one);
  }
  return 0;
}
