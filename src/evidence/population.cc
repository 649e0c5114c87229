#include "evidence/population.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"

namespace thaw::evidence {

std::vector<std::string> populations(const Knowledge& knowledge) {
  std::set<std::string> stated;
  for (const Item& item : knowledge.items()) {
    if (!item.population.empty()) {
      stated.insert(item.population);
    }
  }
  return {stated.begin(), stated.end()};
}

Result<Done> check_population(const Knowledge& knowledge, std::string_view asked) {
  if (asked.empty()) {
    return Done{};
  }
  const std::vector<std::string> known = populations(knowledge);
  if (std::ranges::find(known, asked) != known.end()) {
    return Done{};
  }
  return not_found(
      known.empty()
          ? fmt::format("no evidence is of the population '{}'; none states an ancestry", asked)
          : fmt::format("no evidence is of the population '{}'; known: {}", asked,
                        join(known, ", ")));
}

}  // namespace thaw::evidence
