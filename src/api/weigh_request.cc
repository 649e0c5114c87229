#include "api/weigh_request.h"

#include "evidence/population.h"
#include "evidence/preset_belief.h"

namespace thaw::api {

Result<evidence::WeighOptions> weigh_options(const Query& query,
                                             const evidence::Knowledge& knowledge) {
  constexpr double kPriorMin = 0.001;
  constexpr double kPriorMax = 0.999;
  evidence::WeighOptions options;
  THAW_TRY(const auto as_of, query.optional_integer("as_of", 1900, 2199));
  if (as_of) {
    options.as_of = static_cast<int>(*as_of);
  }
  if (query.text("prior")) {
    THAW_TRY(options.prior, query.real("prior", 0.5, kPriorMin, kPriorMax));
  }
  options.population = query.text("population").value_or("");
  THAW_CHECK(evidence::check_population(knowledge, options.population));
  THAW_TRY(options.preset, evidence::preset_named(query.text("preset").value_or("thaw")));
  return options;
}

}  // namespace thaw::api
