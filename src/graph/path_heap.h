// A queue of the least first, with four children a node: fewer cache misses than two.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace thaw::graph {

/// Entry must be ordered by `<`. Equal entries come out in no stated order.
template <class Entry>
class PathHeap {
 public:
  bool empty() const { return entries_.empty(); }
  void clear() { entries_.clear(); }
  const Entry& top() const { return entries_.front(); }

  void push(const Entry& entry) {
    std::size_t at = entries_.size();
    entries_.push_back(entry);
    while (at > 0 && entry < entries_[(at - 1) / 4]) {
      entries_[at] = entries_[(at - 1) / 4];
      at = (at - 1) / 4;
    }
    entries_[at] = entry;
  }

  void pop() {
    const Entry last = entries_.back();
    entries_.pop_back();
    if (!entries_.empty()) {
      replace_top(last);
    }
  }

  /// As pop() and push(entry), in one go.
  void replace_top(const Entry& entry) {
    const std::size_t size = entries_.size();
    std::size_t at = 0;
    while (true) {
      const std::size_t first = at * 4 + 1;
      if (first >= size) {
        break;
      }
      std::size_t least = first;
      for (std::size_t child = first + 1; child < first + 4 && child < size; ++child) {
        if (entries_[child] < entries_[least]) {
          least = child;
        }
      }
      if (!(entries_[least] < entry)) {
        break;
      }
      entries_[at] = entries_[least];
      at = least;
    }
    entries_[at] = entry;
  }

 private:
  std::vector<Entry> entries_;
};

}  // namespace thaw::graph
