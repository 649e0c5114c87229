#include <algorithm>
#include <array>

#include "exchange/xml_record.h"

namespace thaw::exchange {
namespace {

constexpr std::array<std::string_view, 14> kBlocks = {
    "p",         "title", "list-item", "sec", "caption", "disp-quote", "def-item", "disp-formula",
    "statement", "label", "break",     "tr",  "td",      "th"};

std::string_view without_prefix(std::string_view name) {
  const auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/// Text as it is put together: white space folded, lines begun where blocks begin.
struct Readable {
  std::string out;
  bool gap = false, line = false;

  void add(std::string_view text) {
    for (const char c : text) {
      if (is_space(c)) {
        gap = true;
        continue;
      }
      if (!out.empty() && (line || gap)) {
        out += line ? '\n' : ' ';
      }
      gap = line = false;
      out += c;
    }
  }
};

/// Whether "10<sup>6</sup>" would else read as 106.
bool is_exponent(const Readable& so_far, std::string_view text) {
  const bool after_digit = !so_far.gap && !so_far.line && !so_far.out.empty() &&
                           so_far.out.back() >= '0' && so_far.out.back() <= '9';
  return after_digit && !text.empty() &&
         text.find_first_not_of("0123456789-+") == std::string_view::npos;
}

void collect(const XmlNode& node, const XmlNode::LeaveOut& leave_out, Readable& into) {
  for (XmlNode child = node.first(); child; child = child.next()) {
    if (child.is_text()) {
      into.add(child.text());
      continue;
    }
    if (leave_out && leave_out(child)) {
      continue;
    }
    const bool block = std::ranges::find(kBlocks, child.name()) != kBlocks.end();
    into.line = into.line || block;
    if (child.name() == "sup") {
      const std::string above = child.readable(leave_out);
      if (is_exponent(into, above)) {
        into.out += '^';
      }
    }
    collect(child, leave_out, into);
    into.line = into.line || block;
  }
}

}  // namespace

bool XmlNode::is_text() const {
  return tree_ != nullptr && tree_->nodes_[index_].is_text;
}

std::string_view XmlNode::name() const {
  if (tree_ == nullptr || is_text()) {
    return {};
  }
  const auto& node = tree_->nodes_[index_];
  return std::string_view(tree_->buffer_).substr(node.begin, node.size);
}

std::string_view XmlNode::text() const {
  if (!is_text()) {
    return {};
  }
  const auto& node = tree_->nodes_[index_];
  return std::string_view(tree_->buffer_).substr(node.begin, node.size);
}

std::string_view XmlNode::attribute(std::string_view name) const {
  if (tree_ == nullptr) {
    return {};
  }
  const auto& node = tree_->nodes_[index_];
  const std::string_view all = tree_->buffer_;
  for (std::uint32_t i = 0; i < node.attribute_count; ++i) {
    const auto& one = tree_->attributes_[node.attributes + i];
    if (all.substr(one.name, one.name_size) == name) {
      return all.substr(one.value, one.value_size);
    }
  }
  return {};
}

XmlNode XmlNode::first() const {
  if (tree_ == nullptr || tree_->nodes_[index_].first == XmlTree::kNone) {
    return {};
  }
  return {*tree_, tree_->nodes_[index_].first};
}

XmlNode XmlNode::next() const {
  if (tree_ == nullptr || tree_->nodes_[index_].next == XmlTree::kNone) {
    return {};
  }
  return {*tree_, tree_->nodes_[index_].next};
}

XmlNode XmlNode::child(std::string_view name) const {
  XmlNode node = first();
  while (node && node.name() != name) {
    node = node.next();
  }
  return node;
}

XmlNode XmlNode::at(std::initializer_list<std::string_view> path) const {
  XmlNode node = *this;
  for (const auto name : path) {
    node = node.child(name);
  }
  return node;
}

void XmlNode::each(const std::function<void(const XmlNode&)>& take) const {
  for (XmlNode node = first(); node; node = node.next()) {
    if (!node.is_text()) {
      take(node);
    }
  }
}

void XmlNode::each(std::string_view name, const std::function<void(const XmlNode&)>& take) const {
  each([&](const XmlNode& node) {
    if (node.name() == name) {
      take(node);
    }
  });
}

std::string XmlNode::readable(const LeaveOut& leave_out) const {
  Readable into;
  if (is_text()) {
    into.add(text());
  } else {
    collect(*this, leave_out, into);
  }
  return std::move(into.out);
}

void XmlTree::clear() {
  buffer_.clear();
  nodes_.clear();
  attributes_.clear();
  open_.clear();
}

std::uint32_t XmlTree::put(std::string_view text) {
  const auto at = static_cast<std::uint32_t>(buffer_.size());
  buffer_ += text;
  return at;
}

std::uint32_t XmlTree::add(Node node) {
  const auto index = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back(node);
  if (!open_.empty()) {
    Node& parent = nodes_[open_.back()];
    (parent.first == kNone ? parent.first : nodes_[parent.last].next) = index;
    parent.last = index;
  }
  return index;
}

void XmlTree::open(std::string_view full_name, const char** attributes) {
  const std::string_view name = without_prefix(full_name);
  Node node{.begin = put(name),
            .size = static_cast<std::uint32_t>(name.size()),
            .attributes = static_cast<std::uint32_t>(attributes_.size())};
  for (; attributes != nullptr && *attributes != nullptr; attributes += 2) {
    const std::string_view key = attributes[0];
    const std::string_view value = attributes[1];
    attributes_.push_back({put(key), static_cast<std::uint32_t>(key.size()), put(value),
                           static_cast<std::uint32_t>(value.size())});
    ++node.attribute_count;
  }
  open_.push_back(add(node));
}

void XmlTree::close() {
  open_.pop_back();
}

void XmlTree::add_text(std::string_view text) {
  const std::uint32_t last = nodes_[open_.back()].last;
  if (last != kNone && nodes_[last].is_text &&
      nodes_[last].begin + nodes_[last].size == buffer_.size()) {
    nodes_[last].size += static_cast<std::uint32_t>(text.size());
    (void)put(text);
    return;
  }
  const std::uint32_t begin = put(text);
  (void)add({.begin = begin, .size = static_cast<std::uint32_t>(text.size()), .is_text = true});
}

}  // namespace thaw::exchange
