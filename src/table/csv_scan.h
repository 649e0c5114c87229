// CSV text cut into records and cells, as views into the text: the grammar and nothing of types.
//
// Grammar: RFC 4180 section 2 with LF or CRLF between records; a quote stands only around a whole
// cell; lines without a byte are skipped.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace thaw {

struct CsvCell {
  std::string_view raw;  // Without the quotes around it.
  bool quoted = false;
  bool doubled = false;  // Holds "" that stand for one quote each.
};

/// What the cell says; `scratch` holds it where quotes had to be undoubled.
std::string_view cell_value(const CsvCell& cell, std::string& scratch);

class CsvScanner {
 public:
  enum class Step { kRecord, kEnd, kFault };

  CsvScanner(std::string_view bytes, char delimiter);

  /// The next record into `cells` (at least one). After kFault, fault() and fault_at() say what
  /// and where, and `cells` holds the whole cells before it in its record.
  Step next(std::vector<CsvCell>& cells);

  std::string_view fault() const { return fault_; }
  const char* fault_at() const { return fault_at_; }

 private:
  bool read_quoted(CsvCell& cell);
  Step fail(std::string_view what, const char* at);

  const char* at_;
  const char* end_;
  std::array<bool, 256> stops_{};  // Bytes at which a cell without quotes stops.
  char delimiter_;
  std::string_view fault_;
  const char* fault_at_ = nullptr;
};

/// The delimiter that is most frequent in the first record, of , tab ; | (earlier first when
/// equal); ',' when there is none.
char detect_delimiter(std::string_view bytes);

}  // namespace thaw
