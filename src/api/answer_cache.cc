#include "api/answer_cache.h"

namespace thaw::api {

std::shared_ptr<const CachedAnswer> AnswerCache::find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) {
    return nullptr;
  }
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->answer;
}

void AnswerCache::keep(const std::string& key, std::shared_ptr<const CachedAnswer> answer) {
  const std::size_t bytes = 2 * key.size() + answer->plain.size() + answer->gzip.size();
  const std::lock_guard lock(mutex_);
  if (bytes > bytes_max_ || entries_max_ == 0 || by_key_.contains(key)) {
    return;  // Two threads may have computed the same answer: the first one stays.
  }
  while (entries_.size() >= entries_max_ || bytes_ + bytes > bytes_max_) {
    drop_last();
  }
  entries_.push_front({key, std::move(answer), bytes});
  by_key_[key] = entries_.begin();
  bytes_ += bytes;
}

void AnswerCache::drop_last() {
  bytes_ -= entries_.back().bytes;
  by_key_.erase(entries_.back().key);
  entries_.pop_back();
}

}  // namespace thaw::api
