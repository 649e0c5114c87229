#include "api/claim_summary.h"

#include "evidence/claim_summary.h"

namespace thaw::api {

boost::json::object claim_summary(const evidence::Knowledge& knowledge,
                                  const evidence::WeighedClaim& weighed) {
  return evidence::claim_summary_json(knowledge, weighed);
}

}  // namespace thaw::api
