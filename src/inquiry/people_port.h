// How the inquiry asks the registry how many people could take part, without holding the registry.
#pragma once

#include <functional>
#include <optional>

#include "registry/eligibility.h"

namespace thaw::inquiry {

struct PeoplePort {
  std::function<registry::FlooredCount(const registry::Criteria&)> count;
  bool synthetic = false;

  /// `index` must outlive the port.
  static PeoplePort of(const registry::EligibilityIndex& index) {
    return {[&index](const registry::Criteria& criteria) { return index.count(criteria); },
            index.synthetic()};
  }

  /// Nothing where there is no registry (`index` null).
  static std::optional<PeoplePort> of(const registry::EligibilityIndex* index) {
    return index == nullptr ? std::nullopt : std::optional(of(*index));
  }
};

}  // namespace thaw::inquiry
