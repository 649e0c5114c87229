// What the readers of articles share: languages, years, notices, and the source a document is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/format.h"

namespace thaw::exchange {

/// "eng", "chi", "zho", "en-US" as "en", "zh", ...: ISO 639-1 where there is one, else as given.
std::string language_code(std::string_view given);

/// The first number of exactly four digits from 1500 to 2199 in `text`.
std::optional<int> year_in(std::string_view text);

/// `text` in ASCII lower case.
std::string lowered(std::string_view text);

/// Adds a notice; of several about one source the gravest stays, of equal ones the earliest.
void add_notice(std::vector<SourceNotice>& notices, SourceNotice notice);

/// Adds `value` unless it is empty or there already.
void add_once(std::vector<std::string>& values, std::string value);

/// What one article becomes: the document, the source that it is, and notices.
Batch article_batch(evidence::Document document, std::vector<SourceNotice> notices);

}  // namespace thaw::exchange
