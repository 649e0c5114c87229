#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "effect/estimand_form.h"
#include "graph/separation.h"

namespace thaw::effect {

using graph::Admg;
using graph::NodeSet;
using Kind = Estimand::Kind;

namespace {

class Simplifier {
 public:
  explicit Simplifier(const Admg& graph) : graph_(graph), n_(graph.nodes()) {}

  Estimand run(const Estimand& estimand) {
    const auto known = done_.find(estimand.identity());
    if (known != done_.end()) {
      return known->second;
    }
    Estimand made = once(estimand);
    kept_.push_back(estimand);
    done_.emplace(estimand.identity(), made);
    return made;
  }

 private:
  Estimand once(const Estimand& estimand) {
    switch (estimand.kind()) {
      case Kind::kProbability:
        return estimand;
      case Kind::kProduct: {
        std::vector<Estimand> parts;
        for (const Estimand& part : estimand.parts()) {
          parts.push_back(run(part));
        }
        return Estimand::product(std::move(parts));
      }
      case Kind::kSum:
        return sum(estimand.over(), run(estimand.parts().front()));
      case Kind::kRatio:
        return ratio(run(estimand.parts()[0]), run(estimand.parts()[1]));
    }
    return estimand;
  }

  static std::vector<Estimand> factors_of(const Estimand& estimand) {
    if (estimand.kind() == Kind::kProduct) {
      return estimand.parts();
    }
    return {estimand};
  }

  static bool takes(const Estimand& estimand, std::uint32_t v) {
    return !estimand.is_one() && estimand.arguments().contains(v);
  }

  bool independent(const NodeSet& a, const NodeSet& b, const NodeSet& given) const {
    return b.empty() || separated(graph_, a, b, given);
  }

  /// P(h | c) P(h2 | c2) as one P(h, h2 | ...) where the diagram says that they are equal.
  std::optional<Estimand> joined(const Estimand& first, const Estimand& second) const {
    if (first.head().intersects(second.head()) || first.given().intersects(second.head())) {
      return std::nullopt;
    }
    const NodeSet given = first.given() | (second.given() - first.head());
    if (!independent(first.head(), given - first.given(), first.given()) ||
        !independent(second.head(), (given | first.head()) - second.given(), second.given())) {
      return std::nullopt;
    }
    return Estimand::probability(first.head() | second.head(), given);
  }

  /// Everything that takes `v` as one factor with `v` in its head, if that can be.
  std::optional<Estimand> chain(const std::vector<Estimand>& with, std::uint32_t v) const {
    std::optional<Estimand> chained;
    std::vector<Estimand> left;
    for (const Estimand& factor : with) {
      if (factor.kind() != Kind::kProbability) {
        return std::nullopt;
      }
      if (factor.head().contains(v)) {
        chained = factor;
      } else {
        left.push_back(factor);
      }
    }
    while (chained && !left.empty()) {
      bool any = false;
      for (std::size_t i = 0; i < left.size() && !any; ++i) {
        if (auto longer = joined(*chained, left[i])) {
          chained = std::move(longer);
          left.erase(left.begin() + static_cast<std::ptrdiff_t>(i));
          any = true;
        }
      }
      if (!any) {
        return std::nullopt;
      }
    }
    return chained;
  }

  /// Takes one variable out of the sum if all that takes it sums to something shorter.
  bool sum_out(NodeSet& over, std::vector<Estimand>& factors) const {
    for (const std::uint32_t v : over.members()) {
      std::vector<Estimand> with, without;
      for (const Estimand& factor : factors) {
        (takes(factor, v) ? with : without).push_back(factor);
      }
      const auto one = chain(with, v);
      if (!one) {
        continue;
      }
      NodeSet head = one->head();
      head.erase(v);
      if (!head.empty()) {
        without.push_back(Estimand::probability(std::move(head), one->given()));
      }
      over.erase(v);
      factors = std::move(without);
      return true;
    }
    return false;
  }

  Estimand sum(NodeSet over, const Estimand& summand) const {
    std::vector<Estimand> factors = factors_of(summand);
    while (sum_out(over, factors)) {
    }
    std::vector<Estimand> outside, inside;
    for (Estimand& factor : factors) {
      const bool bound = !factor.is_one() && factor.arguments().intersects(over);
      (bound ? inside : outside).push_back(std::move(factor));
    }
    if (!over.empty()) {
      outside.push_back(Estimand::sum(std::move(over), Estimand::product(std::move(inside))));
    }
    return Estimand::product(std::move(outside));
  }

  static Estimand ratio(const Estimand& above, const Estimand& below) {
    std::vector<Estimand> up = factors_of(above);
    std::vector<Estimand> down = factors_of(below);
    for (std::size_t i = 0; i < down.size();) {
      const auto same = std::find(up.begin(), up.end(), down[i]);
      if (same != up.end()) {
        up.erase(same);
        down.erase(down.begin() + static_cast<std::ptrdiff_t>(i));
        continue;
      }
      if (divide(up, down[i])) {
        down.erase(down.begin() + static_cast<std::ptrdiff_t>(i));
        continue;
      }
      ++i;
    }
    return Estimand::ratio(Estimand::product(std::move(up)), Estimand::product(std::move(down)));
  }

  /// P(a, b | c) over P(b | c) is P(a | b, c).
  static bool divide(std::vector<Estimand>& up, const Estimand& below) {
    if (below.kind() != Kind::kProbability) {
      return false;
    }
    for (Estimand& factor : up) {
      if (factor.kind() == Kind::kProbability && factor.given() == below.given() &&
          below.head().subset_of(factor.head())) {
        factor = Estimand::probability(factor.head() - below.head(), factor.given() | below.head());
        return true;
      }
    }
    return false;
  }

  const Admg& graph_;
  std::size_t n_;
  std::unordered_map<const void*, Estimand> done_;
  std::vector<Estimand> kept_;
};

}  // namespace

Estimand simplified(const Estimand& estimand, const Admg& graph) {
  return Simplifier(graph).run(estimand);
}

}  // namespace thaw::effect
