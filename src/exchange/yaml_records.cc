#include "exchange/yaml_records.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <map>
#include <sstream>
#include <vector>

#include "base/text.h"

namespace thaw::exchange {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostDepth = 32;
constexpr std::size_t kMostNodes = 200'000;
constexpr std::size_t kMostYamlBytes = std::size_t{4} << 20U;

std::size_t nodes_in(const json::value& value) {
  std::size_t count = 1;
  if (const auto* list = value.if_array()) {
    for (const auto& element : *list) {
      count += nodes_in(element);
    }
  } else if (const auto* object = value.if_object()) {
    for (const auto& member : *object) {
      count += nodes_in(member.value());
    }
  }
  return count;
}

/// What ends the parsing early; caught below, it never leaves this file.
struct TooMuch {
  std::string reason;
  int line;
};

/// Builds the value from events.
class Builder final : public YAML::EventHandler {
 public:
  json::value take() { return std::move(root_); }
  bool done() const { return done_; }

  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override { done_ = true; }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    put(mark, anchor, nullptr);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) {
      throw TooMuch{"an alias inside what it stands for", mark.line};
    }
    count(mark, nodes_in(found->second) - 1);
    json::value copy = found->second;
    put(mark, 0, std::move(copy));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    if (tag == "?" && (value.empty() || value == "~" || value == "null")) {
      put(mark, anchor, nullptr);
    } else {
      put(mark, anchor, json::value(value));
    }
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(mark, anchor, json::array());
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(mark, anchor, json::object());
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    json::value value;
    YAML::anchor_t anchor;
    std::string key;
    bool has_key = false;
  };

  void count(const YAML::Mark& mark, std::size_t nodes) {
    nodes_ += nodes;
    if (nodes_ > kMostNodes) {
      throw TooMuch{fmt::format("more than {} values", kMostNodes), mark.line};
    }
  }

  void open(const YAML::Mark& mark, YAML::anchor_t anchor, json::value value) {
    count(mark, 1);
    if (open_.size() >= kMostDepth) {
      throw TooMuch{fmt::format("nested more than {} levels deep", kMostDepth), mark.line};
    }
    mark_ = mark;
    open_.push_back({std::move(value), anchor, "", false});
  }

  void close() {
    Open top = std::move(open_.back());
    open_.pop_back();
    if (top.anchor != 0) {
      anchors_[top.anchor] = top.value;
    }
    attach(std::move(top.value));
  }

  void put(const YAML::Mark& mark, YAML::anchor_t anchor, json::value value) {
    count(mark, 1);
    mark_ = mark;
    if (anchor != 0) {
      anchors_[anchor] = value;
    }
    attach(std::move(value));
  }

  void attach(json::value value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return;
    }
    Open& top = open_.back();
    if (auto* list = top.value.if_array()) {
      list->push_back(std::move(value));
      return;
    }
    if (!top.has_key) {
      if (!value.is_string()) {
        throw TooMuch{"a key that is no text", mark_.line};
      }
      top.key = std::string(value.get_string());
      top.has_key = true;
      return;
    }
    top.has_key = false;
    if (!top.value.get_object().emplace(top.key, std::move(value)).second) {
      throw TooMuch{fmt::format("the key '{}' stands twice", top.key), mark_.line};
    }
  }

  json::value root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, json::value> anchors_;
  std::size_t nodes_ = 0;
  YAML::Mark mark_;
  bool done_ = false;
};

}  // namespace

Result<json::value> parse_yaml(std::string_view text) {
  if (text.size() > kMostYamlBytes) {
    return invalid_argument(fmt::format("the record is larger than {} MiB", kMostYamlBytes >> 20U));
  }
  Builder builder;
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) {
      return json::value(nullptr);
    }
  } catch (const TooMuch& error) {
    return invalid_argument(fmt::format("{} (line {} of it)", error.reason, error.line + 1));
  } catch (const YAML::Exception& error) {
    return invalid_argument(
        fmt::format("not YAML: {} (line {} of it)", error.msg, error.mark.line + 1));
  }
  return builder.take();
}

bool YamlRecords::begins_record(std::string_view line) const {
  return is_list_ && (line == "-" || line.starts_with("- "));
}

Result<bool> YamlRecords::next(YamlRecord& record) {
  record.text.clear();
  record.fault.clear();
  record.line = 0;
  bool any = false;
  const auto add = [&](std::string_view line, std::size_t number) {
    record.line = record.line == 0 ? number : record.line;
    if (record.text.size() + line.size() > kMostYamlBytes) {
      record.fault = fmt::format("the record is larger than {} MiB", kMostYamlBytes >> 20U);
    } else {
      record.text.append(line).push_back('\n');
    }
    any = true;
  };
  if (has_waiting_) {
    add(waiting_, waiting_line_);
    has_waiting_ = false;
  }
  Line line;
  while (true) {
    THAW_TRY(const bool more, lines_.next(line));
    if (!more) {
      return any;
    }
    if (!line.fault.empty() && record.fault.empty()) {
      record.fault = fmt::format("line {}: {}", line.number, line.fault);
      any = true;
      record.line = record.line == 0 ? line.number : record.line;
    }
    const bool ends = line.text.starts_with("---") || line.text.starts_with("...");
    if (ends) {
      is_list_ = false;
      if (any) {
        return true;
      }
      continue;
    }
    const std::string_view content = trim(line.text);
    if (!any && (content.empty() || content.front() == '#' || content.front() == '%')) {
      continue;
    }
    if (!any) {
      is_list_ = line.text == "-" || line.text.starts_with("- ");
    } else if (begins_record(line.text)) {
      waiting_ = line.text;
      waiting_line_ = line.number;
      has_waiting_ = true;
      return true;
    }
    add(line.text, line.number);
  }
}

}  // namespace thaw::exchange
