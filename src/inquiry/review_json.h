// The `review` and `curators` documents of docs/formats/api.md.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "evidence/assessment_store.h"
#include "inquiry/review_queue.h"

namespace thaw::inquiry {

/// What people said of the items, and what it amounts to.
struct ReviewState {
  std::vector<evidence::Assessment> assessments;  // in the order in which they were given
  std::vector<evidence::Curator> curators;        // by name
  evidence::Verdicts verdicts;
};

/// Reads the verdicts of a store and judges them over `knowledge`.
Result<ReviewState> read_review_state(db::Connection& connection,
                                      const evidence::Knowledge& knowledge);

/// At most `limit` entries from the front of the queue; with a `curator`, those that they have
/// given no verdict on (or took it back).
boost::json::object review_document(const ReviewQueue& queue, const evidence::Knowledge& knowledge,
                                    const ReviewState& state, const evidence::Concept* outcome,
                                    const std::string& curator, std::size_t limit);

boost::json::object curators_document(const evidence::Knowledge& knowledge,
                                      const ReviewState& state);

/// {"right","opposite","negative","void"}
boost::json::object reading_json(const evidence::Reading& reading);

}  // namespace thaw::inquiry
