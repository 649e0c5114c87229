#include "evidence/contradictions.h"

#include <algorithm>
#include <tuple>

namespace thaw::evidence {
namespace {

/// Some item states the claim itself, and not only its mirror.
bool is_stated(const Knowledge& knowledge, const Claim& claim) {
  return std::ranges::any_of(
      claim.items, [&](std::size_t item) { return knowledge.facts()[item].sign == claim.sign; });
}

class Finder {
 public:
  Finder(const Knowledge& knowledge, const std::vector<WeighedClaim>& weighed, double least)
      : knowledge_(knowledge), weighed_(weighed), least_(least) {}

  std::vector<Contradiction> find() {
    for (std::size_t i = 0; i < weighed_.size(); ++i) {
      if (is_stated(knowledge_, *weighed_[i].claim)) {
        within(i);
        opposite_sign(i);
        narrower(i);
      }
    }
    std::ranges::sort(found_, [](const Contradiction& a, const Contradiction& b) {
      return std::tuple(-a.at_stake, -a.conflict, a.one, a.other, a.kind) <
             std::tuple(-b.at_stake, -b.conflict, b.one, b.other, b.kind);
    });
    return std::move(found_);
  }

 private:
  std::size_t place_of(const Claim* claim) const {
    return static_cast<std::size_t>(claim - knowledge_.claims().data());
  }

  void note(ContradictionKind kind, std::size_t one, std::size_t other, double for_it,
            double against) {
    const double at_stake = std::min(for_it, against);
    if (at_stake >= least_) {
      found_.push_back({kind, one, other, at_stake, 2 * at_stake / (for_it + against)});
    }
  }

  void within(std::size_t i) {
    note(ContradictionKind::kWithinClaim, i, i, weighed_[i].support, weighed_[i].opposition);
  }

  void opposite_sign(std::size_t i) {
    if (weighed_[i].claim->sign != Sign::kRaises || weighed_[i].support < least_) {
      return;  // each pair once, from the claim that raises
    }
    for (const Claim* against : knowledge_.opposed(*weighed_[i].claim)) {
      const std::size_t j = place_of(against);
      if (!is_stated(knowledge_, *against)) {
        continue;
      }
      const bool first = weighed_[i].support >= weighed_[j].support;
      note(ContradictionKind::kOppositeSign, first ? i : j, first ? j : i, weighed_[i].support,
           weighed_[j].support);
    }
  }

  void narrower(std::size_t i) {
    const WeighedClaim& wide = weighed_[i];
    if (wide.support < least_ || wide.support <= wide.opposition) {
      return;
    }
    for (const Claim* claim : knowledge_.refinements(*wide.claim)) {
      const std::size_t j = place_of(claim);
      if (weighed_[j].opposition > weighed_[j].support && is_stated(knowledge_, *claim)) {
        note(ContradictionKind::kNarrower, i, j, wide.support, weighed_[j].opposition);
      }
    }
  }

  const Knowledge& knowledge_;
  const std::vector<WeighedClaim>& weighed_;
  double least_;
  std::vector<Contradiction> found_;
};

}  // namespace

std::string to_string(ContradictionKind kind) {
  switch (kind) {
    case ContradictionKind::kOppositeSign:
      return "opposite_sign";
    case ContradictionKind::kNarrower:
      return "narrower";
    case ContradictionKind::kWithinClaim:
      break;
  }
  return "within_claim";
}

std::vector<Contradiction> find_contradictions(const Knowledge& knowledge,
                                               const std::vector<WeighedClaim>& weighed,
                                               double least) {
  return Finder(knowledge, weighed, least).find();
}

}  // namespace thaw::evidence
