// Strict reading of JSON objects: every key known, every value of its kind, every error with its
// path.
#pragma once

#include <boost/json/object.hpp>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace thaw::effect {

/// One object of a document with the path that leads to it.
class SpecReader {
 public:
  SpecReader(const boost::json::object& object, std::string path)
      : object_(&object), path_(std::move(path)) {}

  /// kInvalidArgument for a key that is not in `known`; the message lists those.
  Result<Done> only(std::initializer_list<std::string_view> known) const;
  bool has(std::string_view key) const { return object_->contains(key); }
  /// An error at `key`.
  Error wrong(std::string_view key, std::string_view what) const;
  std::string path(std::string_view key) const;

  // Value of `key`, or `otherwise` when it is absent (nothing: it must be there).
  Result<std::string> text(std::string_view key, std::optional<std::string> otherwise) const;
  Result<int> whole(std::string_view key, std::optional<int> otherwise, int low, int high) const;
  Result<double> number(std::string_view key, std::optional<double> otherwise, double low,
                        double high) const;
  Result<bool> flag(std::string_view key, bool otherwise) const;
  /// Position of the text in `words`.
  Result<std::size_t> choice(std::string_view key, std::optional<std::size_t> otherwise,
                             std::initializer_list<std::string_view> words) const;
  /// The object at `key`, which must be there.
  Result<SpecReader> object(std::string_view key) const;
  /// The list at `key`, which must be there, of objects.
  Result<std::vector<SpecReader>> objects(std::string_view key, std::size_t at_most) const;
  const boost::json::value* find(std::string_view key) const { return object_->if_contains(key); }

 private:
  const boost::json::object* object_;
  std::string path_;
};

}  // namespace thaw::effect
