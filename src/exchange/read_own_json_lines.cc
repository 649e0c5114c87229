// Our own records, one a line: the form of the bundled knowledge and of a lossless export.
#include "base/text.h"
#include "evidence/record_line.h"
#include "exchange/line_reader.h"
#include "exchange/readers.h"

namespace thaw::exchange {

bool is_own_json_lines(std::string_view name, std::string_view head) {
  if (name.ends_with(".jsonl")) {
    return true;
  }
  head = trim(head.substr(0, 200));
  for (const std::string_view kind : {"concept", "source", "item"}) {
    std::string_view rest = head;
    if (!rest.starts_with('{')) {
      return false;
    }
    rest = trim(rest.substr(1));
    if (rest.starts_with('"') && rest.substr(1).starts_with(kind) &&
        trim(rest.substr(std::min(rest.size(), kind.size() + 2))).starts_with(':')) {
      return true;
    }
  }
  return false;
}

Result<Done> read_own_json_lines(ByteSource& bytes, Sink& sink) {
  LineReader lines(bytes);
  Line line;
  Place place;
  while (true) {
    THAW_TRY(const bool more, lines.next(line));
    if (!more) {
      return Done{};
    }
    if (trim(line.text).empty() && line.fault.empty()) {
      continue;
    }
    place = {line.number, place.record + 1};
    if (!line.fault.empty()) {
      sink.refuse(place, line.fault);
      continue;
    }
    auto record = evidence::read_record_line(line.text);
    if (!record) {
      sink.refuse(place, record.error().message);
      continue;
    }
    Batch batch;
    if (auto* named = std::get_if<evidence::Concept>(&*record)) {
      batch.concepts.push_back(std::move(*named));
    } else if (auto* source = std::get_if<evidence::Source>(&*record)) {
      batch.sources.push_back(std::move(*source));
    } else {
      batch.items.push_back(std::move(std::get<evidence::Item>(*record)));
    }
    THAW_CHECK(sink.keep(place, std::move(batch)));
  }
}

}  // namespace thaw::exchange
