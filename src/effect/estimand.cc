#include "effect/estimand.h"

#include <algorithm>
#include <utility>

namespace thaw::effect {

using graph::NodeSet;

struct Estimand::Node {
  Kind kind = Kind::kProduct;
  NodeSet head, given, over, arguments;
  std::vector<Estimand> parts;
  std::size_t size = 0;
};

namespace {

constexpr std::size_t kMostCounted = 1'000'000'000'000;

/// The empty product has an empty universe: it fits any other.
void add(NodeSet& to, const NodeSet& more) {
  if (to == NodeSet()) {
    to = more;
  } else if (!(more == NodeSet())) {
    to |= more;
  }
}

}  // namespace

Estimand Estimand::made(Node node) {
  if (node.kind == Kind::kProbability) {
    node.arguments = node.head | node.given;
    node.size = 1;
  }
  for (const Estimand& part : node.parts) {
    add(node.arguments, part.arguments());
    node.size = std::min(kMostCounted, node.size + part.size());
  }
  if (node.kind == Kind::kSum && !(node.arguments == NodeSet())) {
    node.arguments -= node.over;
  }
  Estimand estimand;
  estimand.node_ = std::make_shared<const Node>(std::move(node));
  return estimand;
}

Estimand Estimand::probability(NodeSet head, NodeSet given) {
  Node node;
  node.kind = Kind::kProbability;
  node.head = std::move(head);
  node.given = std::move(given);
  return made(std::move(node));
}

Estimand Estimand::product(std::vector<Estimand> factors) {
  if (factors.size() == 1) {
    return std::move(factors.front());
  }
  Node node;
  for (Estimand& factor : factors) {
    if (factor.kind() == Kind::kProduct) {
      node.parts.insert(node.parts.end(), factor.parts().begin(), factor.parts().end());
    } else {
      node.parts.push_back(std::move(factor));
    }
  }
  if (node.parts.size() == 1) {
    return node.parts.front();
  }
  return made(std::move(node));
}

Estimand Estimand::sum(NodeSet over, Estimand summand) {
  if (over.empty()) {
    return summand;
  }
  Node node;
  node.kind = Kind::kSum;
  node.over = std::move(over);
  node.parts.push_back(std::move(summand));
  return made(std::move(node));
}

Estimand Estimand::ratio(Estimand numerator, Estimand denominator) {
  if (denominator.is_one()) {
    return numerator;
  }
  Node node;
  node.kind = Kind::kRatio;
  node.parts.push_back(std::move(numerator));
  node.parts.push_back(std::move(denominator));
  return made(std::move(node));
}

Estimand::Kind Estimand::kind() const {
  return node_->kind;
}
const NodeSet& Estimand::head() const {
  return node_->head;
}
const NodeSet& Estimand::given() const {
  return node_->given;
}
const NodeSet& Estimand::over() const {
  return node_->over;
}
const std::vector<Estimand>& Estimand::parts() const {
  return node_->parts;
}
bool Estimand::is_one() const {
  return node_->kind == Kind::kProduct && node_->parts.empty();
}
const NodeSet& Estimand::arguments() const {
  return node_->arguments;
}
std::size_t Estimand::size() const {
  return node_->size;
}

bool operator==(const Estimand& a, const Estimand& b) {
  if (a.node_ == b.node_) {
    return true;
  }
  return a.node_->kind == b.node_->kind && a.node_->size == b.node_->size &&
         a.node_->head == b.node_->head && a.node_->given == b.node_->given &&
         a.node_->over == b.node_->over && a.node_->parts == b.node_->parts;
}

}  // namespace thaw::effect
