// XML of any size, one record at a time: a small tree of the record, then the next one.
//
// Over expat, so encodings and well-formedness are its. Refused, because only an attack has them:
// entities and attribute defaults that a file declares itself, a depth over 128, a tag over 4 MiB.
// Nothing outside the file is ever read. A record over the limit is refused and left out; memory
// holds one record. Checked by xml_record_test.cc and pubmed_xml_fuzz, jats_fuzz.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "exchange/format.h"

namespace thaw::exchange {

class XmlTree;

/// An element or a run of text of a record. Holds while the record is being taken; a node that is
/// not there is empty in every way.
class XmlNode {
 public:
  XmlNode() = default;
  XmlNode(const XmlTree& tree, std::uint32_t index) : tree_(&tree), index_(index) {}

  explicit operator bool() const { return tree_ != nullptr; }
  bool is_text() const;
  std::string_view name() const;  // of an element, without its namespace prefix; "" of a text
  std::string_view text() const;  // of a text, as it stands; "" of an element
  std::string_view attribute(std::string_view name) const;  // "" when there is none

  XmlNode first() const;                       // first child
  XmlNode next() const;                        // next sibling
  XmlNode child(std::string_view name) const;  // first child element of that name
  XmlNode at(std::initializer_list<std::string_view> path) const;  // child of child ...

  /// Calls `take` with each child element, or with each of that name.
  void each(const std::function<void(const XmlNode&)>& take) const;
  void each(std::string_view name, const std::function<void(const XmlNode&)>& take) const;

  /// Everything written below, white space runs as one space and none at the ends. Elements that
  /// stand on their own (p, title, list-item, ...) begin a new line. "10<sup>6</sup>" is "10^6".
  /// Elements for which `leave_out` is true are passed over.
  using LeaveOut = std::function<bool(const XmlNode&)>;
  std::string readable(const LeaveOut& leave_out = nullptr) const;

 private:
  const XmlTree* tree_ = nullptr;
  std::uint32_t index_ = 0;
};

/// The nodes of one record, flat, used again for the next.
class XmlTree {
 public:
  void clear();
  void open(std::string_view name, const char** attributes);  // name, value, ..., null
  void close();
  void add_text(std::string_view text);
  std::size_t bytes() const { return buffer_.size() + nodes_.size() * sizeof(Node); }
  bool is_closed() const { return open_.empty(); }
  XmlNode root() const { return nodes_.empty() ? XmlNode() : XmlNode(*this, 0); }

 private:
  friend class XmlNode;
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  struct Node {
    std::uint32_t begin = 0, size = 0;  // the name or the text in buffer_
    std::uint32_t first = kNone, last = kNone, next = kNone;
    std::uint32_t attributes = 0, attribute_count = 0;
    bool is_text = false;
  };
  struct Attribute {
    std::uint32_t name, name_size, value, value_size;
  };
  std::uint32_t add(Node node);
  std::uint32_t put(std::string_view text);

  std::string buffer_;
  std::vector<Node> nodes_;
  std::vector<Attribute> attributes_;
  std::vector<std::uint32_t> open_;
};

struct XmlRecords {
  std::vector<std::string_view> names;  // elements that are one record each
  std::function<Result<Done>(const XmlNode& record, const Place& place)> take;
  std::function<void(const Place& place, std::string reason)> refuse;
  std::size_t record_bytes_max = std::size_t{64} << 20U;
};

/// Reads `bytes` to the end. kCorrupt with line and column: not well-formed, cut short, or one of
/// the refused things above; what was taken before stays taken. An error of `take` ends it. A file
/// without a single record is kInvalidArgument.
Result<Done> read_xml_records(ByteSource& bytes, const XmlRecords& records);

}  // namespace thaw::exchange
