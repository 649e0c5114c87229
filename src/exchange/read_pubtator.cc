#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "evidence/document_json.h"
#include "exchange/article_parts.h"
#include "exchange/document_readers.h"
#include "exchange/line_reader.h"
#include "exchange/pubtator.h"

namespace thaw::exchange {
namespace {

constexpr std::size_t kAnnotationsMax = 100'000;  // of one document

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Where each character of a text begins, in bytes, and last the text's size.
std::vector<std::size_t> character_places(std::string_view text) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
      places.push_back(i);
    }
  }
  places.push_back(text.size());
  return places;
}

/// One document as its lines come.
class Assembly {
 public:
  bool is_empty() const { return id_.empty(); }
  const Place& place() const { return place_; }

  Result<Done> take_line(std::string_view line, const Place& place) {
    const auto bar = line.find('|');
    if (bar != std::string_view::npos && is_number(line.substr(0, bar)) && line.size() > bar + 2 &&
        line[bar + 2] == '|') {
      return take_text(line.substr(0, bar), line[bar + 1], line.substr(bar + 3), place);
    }
    const auto cells = split(line, '\t');
    if (is_empty() || cells.front() != id_) {
      return invalid_argument("a line that belongs to no document");
    }
    if (out_.entities.size() + out_.relations.size() >= kAnnotationsMax) {
      return invalid_argument(
          fmt::format("more than {} annotations in one document", kAnnotationsMax));
    }
    if (cells.size() >= 5 && is_number(cells[1]) && is_number(cells[2])) {
      return take_entity(cells);
    }
    if (cells.size() == 4 || cells.size() == 5) {
      out_.relations.push_back({std::string(cells[1]), std::string(cells[2]), std::string(cells[3]),
                                std::string(cells.size() == 5 ? cells[4] : "")});
      return Done{};
    }
    return invalid_argument(
        fmt::format("{} cells: neither an entity nor a relation", cells.size()));
  }

  Result<MarkedDocument> finish() {
    if (out_.document.sections.empty() ||
        std::ranges::all_of(out_.document.sections,
                            [](const evidence::Section& s) { return s.text.empty(); })) {
      return invalid_argument(fmt::format("document {} has no text", id_));
    }
    return std::move(out_);
  }

 private:
  Result<Done> take_text(std::string_view id, char part, std::string_view text,
                         const Place& place) {
    if (part != 't' && part != 'a') {
      return invalid_argument(fmt::format("'|{}|' is neither title |t| nor abstract |a|", part));
    }
    if (is_empty()) {
      id_ = id;
      place_ = place;
      out_.document.id = evidence::canonical_document_id(id);
      out_.document.url = evidence::document_url(out_.document.id);
    } else if (id != id_) {
      return invalid_argument("a new document begins without a blank line before it");
    }
    out_.document.sections.push_back({part == 't' ? "title" : "abstract", std::string(text)});
    text_ = out_.document.text();
    places_ = character_places(text_);
    return Done{};
  }

  Result<Done> take_entity(const std::vector<std::string_view>& cells) {
    const auto begin = static_cast<std::size_t>(parse_int(cells[1]).value_or(-1));
    const auto end = static_cast<std::size_t>(parse_int(cells[2]).value_or(-1));
    if (begin >= end || end >= places_.size()) {
      return invalid_argument(fmt::format("{}..{} lies outside the text", cells[1], cells[2]));
    }
    MarkedEntity entity{
        places_[begin], places_[end], std::string(cells[3]), std::string(cells[4]), {}};
    if (std::string_view(text_).substr(entity.begin, entity.end - entity.begin) != cells[3]) {
      return invalid_argument(
          fmt::format("'{}' is not what stands at {}..{}", cells[3], cells[1], cells[2]));
    }
    if (cells.size() > 5 && cells[5] != "-") {
      for (const auto id : split(cells[5], ',')) {
        add_once(entity.ids, std::string(trim(id)));
      }
    }
    out_.entities.push_back(std::move(entity));
    return Done{};
  }

  std::string id_;
  Place place_;
  MarkedDocument out_;
  std::string text_;
  std::vector<std::size_t> places_;
};

}  // namespace

Result<Done> read_pubtator(
    ByteSource& bytes,
    const std::function<Result<Done>(const Place& place, MarkedDocument document)>& take,
    const std::function<void(const Place& place, std::string reason)>& refuse) {
  LineReader lines(bytes);
  Assembly now;
  std::size_t records = 0;
  const auto finish = [&]() -> Result<Done> {
    if (now.is_empty()) {
      return Done{};
    }
    const Place place = now.place();
    auto marked = now.finish();
    now = Assembly();
    if (!marked) {
      refuse(place, marked.error().message);
      return Done{};
    }
    return take(place, std::move(marked).value());
  };
  Line line;
  while (true) {
    THAW_TRY(const bool more, lines.next(line));
    if (!more) {
      break;
    }
    const bool begins = now.is_empty();
    const Place place{line.number, records + (begins ? 1 : 0)};
    if (!line.fault.empty()) {
      refuse(place, line.fault);
    } else if (trim(line.text).empty()) {
      THAW_CHECK(finish());
    } else if (const auto taken = now.take_line(line.text, place); !taken) {
      refuse(place, taken.error().message);
    }
    records += begins && !now.is_empty() ? 1 : 0;
  }
  THAW_CHECK(finish());
  if (records == 0) {
    return invalid_argument("holds no PubTator document (PMID|t|title)");
  }
  return Done{};
}

Result<Done> read_pubtator_documents(ByteSource& bytes, Sink& sink) {
  return read_pubtator(
      bytes,
      [&](const Place& place, MarkedDocument marked) {
        return sink.keep(place, article_batch(std::move(marked.document), {}));
      },
      [&](const Place& place, std::string reason) { sink.refuse(place, std::move(reason)); });
}

bool is_pubtator(std::string_view name, std::string_view head) {
  const auto digits = head.find_first_not_of("0123456789");
  return name.ends_with(".pubtator") ||
         (digits != std::string_view::npos && digits > 0 && head.substr(digits).starts_with("|t|"));
}

}  // namespace thaw::exchange
