// A text that claims are read from: an abstract, a full text, a patient's note.
//
// Offsets count bytes of UTF-8 in `text()`, so that a quotation can be found again exactly.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace thaw::evidence {

/// One part of a document as its source cuts it; `name` is "title", "abstract", "results", ...
struct Section {
  std::string name;
  std::string text;
};

struct Document {
  std::string id;  // as a Source: "PMID:32877582", "PMC:PMC5818014", "doi:...", "NCT..."
  std::vector<std::string> same_as;  // other ids of the same paper: with `id` they are one group
  std::vector<std::string> trials;   // registrations it reports on, "NCT...": group keys too
  std::string journal;
  std::string language;  // "en", "zh", ... ; empty: not stated
  std::optional<int> year;
  std::vector<std::string> kinds;     // publication types as the source names them
  std::vector<std::string> keywords;  // MeSH headings and keywords as given
  std::string url;                    // always https, or empty
  std::string licence;                // what the source says one may do with it; empty: not stated
  std::vector<Section> sections;      // the title first, where there is one

  /// The first section's text where that is the title, else "".
  std::string title() const {
    return !sections.empty() && sections.front().name == "title" ? sections.front().text
                                                                 : std::string();
  }

  /// All sections joined by one line feed each: what quotations and offsets refer to.
  std::string text() const {
    std::string out;
    for (const auto& section : sections) {
      if (!out.empty()) {
        out += '\n';
      }
      out += section.text;
    }
    return out;
  }
};

}  // namespace thaw::evidence
