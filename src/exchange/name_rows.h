// What all readers of name tables share: cells of a row, and one entry of the vocabulary handed on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exchange/format.h"
#include "exchange/line_reader.h"

namespace thaw::exchange {

/// The cells of one line, quotation marks by RFC 4180 (a cell does not span lines here). At most
/// 1,000 cells; a mark that is not closed ends with the line.
std::vector<std::string> name_cells(std::string_view line, char separator);

/// "PREFIX:ID" of at most 200 bytes without white space.
bool is_compact_id(std::string_view id);

/// The kind of thing that a namespace holds, as far as its prefix tells: "MONDO:1" is a disease.
std::string_view kind_of_id(std::string_view id);

/// Hands on one entry; refuses one without a proper id, with a name over 1,000 bytes, or of an
/// obsolete term.
Result<Done> keep_entry(Sink& sink, const Place& place, evidence::Concept entry);

/// Goes through the lines; `row` gets each that can be read and is neither blank nor a comment.
template <class Row>
Result<Done> each_row(ByteSource& bytes, Sink& sink, Row row) {
  LineReader lines(bytes);
  Line line;
  Place place;
  while (true) {
    THAW_TRY(const bool more, lines.next(line));
    if (!more) {
      return Done{};
    }
    place.line = line.number;
    ++place.record;
    if (!line.fault.empty()) {
      sink.refuse(place, line.fault);
    } else if (!line.text.empty() && line.text.front() != '#') {
      THAW_CHECK(row(place, line.text));
    }
  }
}

}  // namespace thaw::exchange
