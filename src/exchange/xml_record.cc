#include "exchange/xml_record.h"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <memory>

#include "exchange/xml_names.h"

namespace thaw::exchange {
namespace {

constexpr int kBlockBytes = 1 << 16;
constexpr int kDepthMax = 128;
constexpr std::int64_t kTokenBytesMax = std::int64_t{4} << 20;  // expat holds one token whole

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser>;

/// One reading. Its methods are called from C code, so they stop the parser instead of throwing.
class Reading {
 public:
  Reading(XML_Parser parser, const XmlRecords& records) : parser_(parser), records_(&records) {}

  void begin(const char* name, const char** attributes) {
    ++depth_;
    if (depth_ > kDepthMax) {
      stop(fmt::format("elements lie more than {} deep", kDepthMax));
      return;
    }
    if (record_depth_ == 0 && is_record(name)) {
      record_depth_ = depth_;
      place_ = {static_cast<std::size_t>(XML_GetCurrentLineNumber(parser_)), place_.record + 1};
      too_large_ = false;
      tree_.clear();
    }
    if (record_depth_ != 0 && has_room()) {
      tree_.open(name, attributes);
    }
  }

  void end() {
    if (record_depth_ != 0 && !too_large_) {
      tree_.close();
    }
    if (record_depth_ == depth_) {
      record_depth_ = 0;
      finish_record();
    }
    --depth_;
  }

  void text(std::string_view text) {
    if (record_depth_ != 0 && has_room()) {
      tree_.add_text(text);
    }
  }

  void stop(std::string reason) {
    if (!error_) {
      error_ = corrupt(where() + reason);
      XML_StopParser(parser_, XML_FALSE);
    }
  }

  std::string where() const {
    return fmt::format("line {}, column {}: ", XML_GetCurrentLineNumber(parser_),
                       XML_GetCurrentColumnNumber(parser_) + 1);
  }

  const std::optional<Error>& error() const { return error_; }
  std::size_t records() const { return place_.record; }

 private:
  bool is_record(std::string_view name) const {
    const auto colon = name.rfind(':');
    name = colon == std::string_view::npos ? name : name.substr(colon + 1);
    return std::ranges::find(records_->names, name) != records_->names.end();
  }

  bool has_room() {
    if (!too_large_ && tree_.bytes() > records_->record_bytes_max) {
      too_large_ = true;
      tree_.clear();
    }
    return !too_large_;
  }

  void finish_record() {
    if (too_large_) {
      records_->refuse(place_, fmt::format("the record is larger than {} MiB",
                                           records_->record_bytes_max >> 20U));
      return;
    }
    if (auto taken = records_->take(tree_.root(), place_); !taken && !error_) {
      error_ = taken.error();
      XML_StopParser(parser_, XML_FALSE);
    }
  }

  XML_Parser parser_;
  const XmlRecords* records_;
  XmlTree tree_;
  Place place_;
  int depth_ = 0;
  int record_depth_ = 0;  // 0: between records
  bool too_large_ = false;
  std::optional<Error> error_;
};

/// Runs `work`; nothing is thrown through expat.
template <class Work>
void guarded(void* user, Work&& work) noexcept {
  auto& reading = *static_cast<Reading*>(user);
  if (reading.error()) {
    return;  // expat may still call once after a stop.
  }
  try {
    work(reading);
  } catch (const std::exception& error) {
    try {
      reading.stop(fmt::format("could not be read: {}", error.what()));
    } catch (const std::exception&) {  // No memory even for words: the parser ends all the same.
      std::terminate();
    }
  }
}

void on_begin(void* user, const char* name, const char** attributes) {
  guarded(user, [&](Reading& r) { r.begin(name, attributes); });
}
void on_end(void* user, const char*) {
  guarded(user, [](Reading& r) { r.end(); });
}
void on_text(void* user, const char* text, int size) {
  guarded(user, [&](Reading& r) { r.text({text, static_cast<std::size_t>(size)}); });
}
void on_skipped(void* user, const char* name, int is_parameter) {
  if (is_parameter == 0) {
    guarded(user, [&](Reading& r) { r.text(named_character(name)); });
  }
}
void on_entity(void* user, const char*, int, const char*, int, const char*, const char*,
               const char*, const char*) {
  guarded(user, [](Reading& r) {
    r.stop("the file declares an entity of its own; that is refused because it can blow up");
  });
}
void on_attributes(void* user, const char*, const char*, const char*, const char*, int) {
  guarded(user, [](Reading& r) {
    r.stop("the file declares attributes of its own; that is refused because it can blow up");
  });
}

void set_handlers(XML_Parser parser, Reading& reading) {
  XML_SetUserData(parser, &reading);
  XML_SetElementHandler(parser, on_begin, on_end);
  XML_SetCharacterDataHandler(parser, on_text);
  XML_SetSkippedEntityHandler(parser, on_skipped);
  XML_SetEntityDeclHandler(parser, on_entity);
  XML_SetAttlistDeclHandler(parser, on_attributes);
}

Result<Done> parse_all(ByteSource& bytes, XML_Parser parser, Reading& reading) {
  std::int64_t fed = 0;
  for (bool last = false; !last;) {
    void* block = XML_GetBuffer(parser, kBlockBytes);
    if (block == nullptr) {
      return unavailable("no memory to read XML");
    }
    THAW_TRY(const std::size_t got,
             bytes.read({static_cast<char*>(block), static_cast<std::size_t>(kBlockBytes)}));
    last = got < static_cast<std::size_t>(kBlockBytes);
    fed += static_cast<std::int64_t>(got);
    const XML_Status status = XML_ParseBuffer(parser, static_cast<int>(got), last ? 1 : 0);
    if (reading.error()) {
      return *reading.error();
    }
    if (status != XML_STATUS_OK) {
      return corrupt(fmt::format("{}not XML that can be read: {}", reading.where(),
                                 XML_ErrorString(XML_GetErrorCode(parser))));
    }
    if (!last && fed - XML_GetCurrentByteIndex(parser) > kTokenBytesMax) {
      return corrupt(fmt::format("{}a tag or comment is longer than {} MiB", reading.where(),
                                 kTokenBytesMax >> 20));
    }
  }
  return Done{};
}

}  // namespace

Result<Done> read_xml_records(ByteSource& bytes, const XmlRecords& records) {
  const Parser parser(XML_ParserCreate(nullptr));
  if (!parser) {
    return unavailable("no memory to read XML");
  }
  Reading reading(parser.get(), records);
  set_handlers(parser.get(), reading);
  THAW_CHECK(parse_all(bytes, parser.get(), reading));
  if (reading.records() == 0) {
    return invalid_argument(fmt::format("holds no <{}>", records.names.front()));
  }
  return Done{};
}

}  // namespace thaw::exchange
