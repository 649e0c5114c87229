// A set of the nodes 0 .. n-1 of one graph, as bits.
//
// Set algebra costs n/64 steps; a walk over the members gives them rising, so nothing that is
// computed from a set depends on the order in which it was filled.
#pragma once

#include <algorithm>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace thaw::graph {

class NodeSet {
 public:
  NodeSet() = default;
  /// The empty set of a universe of `nodes`. Sets that meet must be of one universe.
  explicit NodeSet(std::size_t nodes) : words_((nodes + 63) / 64, 0) {}
  NodeSet(std::size_t nodes, std::initializer_list<std::uint32_t> members) : NodeSet(nodes) {
    for (const std::uint32_t v : members) {
      insert(v);
    }
  }
  NodeSet(std::size_t nodes, const std::vector<std::uint32_t>& members) : NodeSet(nodes) {
    for (const std::uint32_t v : members) {
      insert(v);
    }
  }
  static NodeSet all(std::size_t nodes) {
    NodeSet set(nodes);
    for (std::size_t v = 0; v < nodes; ++v) {
      set.words_[v / 64] |= std::uint64_t{1} << (v % 64);
    }
    return set;
  }

  bool contains(std::size_t v) const { return ((words_[v / 64] >> (v % 64)) & 1) != 0; }
  void insert(std::size_t v) { words_[v / 64] |= std::uint64_t{1} << (v % 64); }
  void erase(std::size_t v) { words_[v / 64] &= ~(std::uint64_t{1} << (v % 64)); }

  bool empty() const {
    return std::all_of(words_.begin(), words_.end(), [](std::uint64_t w) { return w == 0; });
  }
  std::size_t size() const {
    std::size_t count = 0;
    for (const std::uint64_t word : words_) {
      count += static_cast<std::size_t>(std::popcount(word));
    }
    return count;
  }
  bool intersects(const NodeSet& other) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if ((words_[i] & other.words_[i]) != 0) {
        return true;
      }
    }
    return false;
  }
  bool subset_of(const NodeSet& other) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if ((words_[i] & ~other.words_[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  NodeSet& operator|=(const NodeSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      words_[i] |= other.words_[i];
    }
    return *this;
  }
  NodeSet& operator&=(const NodeSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      words_[i] &= other.words_[i];
    }
    return *this;
  }
  NodeSet& operator-=(const NodeSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      words_[i] &= ~other.words_[i];
    }
    return *this;
  }
  friend NodeSet operator|(NodeSet a, const NodeSet& b) { return a |= b; }
  friend NodeSet operator&(NodeSet a, const NodeSet& b) { return a &= b; }
  friend NodeSet operator-(NodeSet a, const NodeSet& b) { return a -= b; }
  friend bool operator==(const NodeSet&, const NodeSet&) = default;
  friend auto operator<=>(const NodeSet&, const NodeSet&) = default;

  /// Calls `visit(v)` for every member, rising.
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t word = words_[i]; word != 0; word &= word - 1) {
        visit(
            static_cast<std::uint32_t>(i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
      }
    }
  }
  std::vector<std::uint32_t> members() const {
    std::vector<std::uint32_t> found;
    for_each([&](std::uint32_t v) { found.push_back(v); });
    return found;
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace thaw::graph
