// The `contradictions` document of docs/formats/api.md: both sides, and what would settle each.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>

#include "evidence/weigh.h"
#include "inquiry/people_port.h"

namespace thaw::inquiry {

struct ContradictionRequest {
  const evidence::Concept* about = nullptr;  // on either end, or above or below it; null: all
  std::size_t offset = 0, limit = 50;
  evidence::WeighOptions weigh;
};

/// Strongest first. What would settle one is the next study of the claim that stands weaker
/// (inquiry/next_study.h). `people` null: no registry.
boost::json::object contradictions_document(const evidence::Weigher& weigher,
                                            const ContradictionRequest& request,
                                            const PeoplePort* people);

}  // namespace thaw::inquiry
