// The last answers that were computed, bounded in number and in bytes; oldest use leaves first.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace thaw::api {

struct CachedAnswer {
  std::string content_type;
  std::string etag;
  std::string plain;
  std::string gzip;  // empty where compressing does not pay
};

/// Safe to use from several threads.
class AnswerCache {
 public:
  AnswerCache(std::size_t entries_max, std::size_t bytes_max)
      : entries_max_(entries_max), bytes_max_(bytes_max) {}

  /// The answer kept under `key`, now the most recently used, or null.
  std::shared_ptr<const CachedAnswer> find(const std::string& key);

  /// Keeps `answer` unless it alone is over the bound; others leave to make room.
  void keep(const std::string& key, std::shared_ptr<const CachedAnswer> answer);

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const CachedAnswer> answer;
    std::size_t bytes;
  };
  void drop_last();

  std::size_t entries_max_;
  std::size_t bytes_max_;
  std::mutex mutex_;
  std::list<Entry> entries_;  // most recently used first
  std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
  std::size_t bytes_ = 0;
};

}  // namespace thaw::api
