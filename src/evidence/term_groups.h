// Which terms are one thing: cross references between name tables, followed only where they are
// plainly one to one.
//
// A reference from A to X joins them when A names no other X of that namespace and nobody else of
// A's namespace names X; when their kinds do not speak against it (a gene is no disease); and, for
// concepts of this house, whose references are looser, when the two share a name.
// Checked by evidence/name_book_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace thaw::evidence {

class TermGroups {
 public:
  /// A term and the normal forms of its names, sorted.
  struct Node {
    std::string id, kind;
    std::vector<std::string> normals;
    std::vector<std::string> xrefs;
  };
  explicit TermGroups(const std::vector<Node>& nodes);

  /// The group of an id of a term or of a cross reference.
  std::uint32_t group_of(std::string_view id) const;

  /// Every id with its group, by group and id.
  const std::vector<std::pair<std::uint32_t, std::string>>& members() const { return members_; }

 private:
  std::unordered_map<std::string, std::uint32_t> group_;
  std::vector<std::pair<std::uint32_t, std::string>> members_;
};

}  // namespace thaw::evidence
