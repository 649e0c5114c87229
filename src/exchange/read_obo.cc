// OBO 1.4 (https://owlcollab.github.io/oboformat): MONDO, DOID, GO, HP, ChEBI, CL, UBERON, ...
//
// A [Term] stanza becomes one entry: its name, its EXACT synonyms (broad, narrow and related ones
// are other things), is_a and part_of as parents, xrefs as cross references. Obsolete terms are
// refused. Other stanzas and tags are passed over.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "exchange/name_rows.h"
#include "exchange/name_tables.h"

namespace thaw::exchange {
namespace {

constexpr std::size_t kMostOfEach = 10'000;  // synonyms, parents, references of one term

/// The part before a comment ("! ...") or trailing qualifiers ("{...}").
std::string_view value_part(std::string_view text) {
  for (const auto* mark : {" !", " {"}) {
    text = text.substr(0, text.find(mark));
  }
  return trim(text);
}

/// The words between the first pair of marks, "\"" unescaped; where they end in `end`.
std::string quoted(std::string_view text, std::size_t& end) {
  std::string out;
  end = text.size();
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      out += text[++i];
    } else if (text[i] == '"') {
      end = i + 1;
      break;
    } else {
      out += text[i];
    }
  }
  return out;
}

struct Stanza {
  Place place;
  bool term = false, obsolete = false;
  std::string space;
  evidence::Concept entry;

  void take(std::string_view tag, std::string_view value) {
    if (tag == "id") {
      entry.id = value_part(value);
    } else if (tag == "name") {
      entry.name.en = value;
    } else if (tag == "namespace") {
      space = value;
    } else if (tag == "is_obsolete") {
      obsolete = value_part(value) == "true";
    } else if (tag == "synonym" && value.starts_with('"') && entry.aliases.size() < kMostOfEach) {
      std::size_t end = 0;
      std::string name = quoted(value, end);
      if (trim(value.substr(end)).starts_with("EXACT")) {
        entry.aliases.push_back(std::move(name));
      }
    } else if (tag == "xref" && entry.xrefs.size() < kMostOfEach) {
      std::string_view id = value_part(value);
      id = id.substr(0, id.find(' '));
      if (is_compact_id(id) && !id.starts_with("http")) {
        entry.xrefs.emplace_back(id);
      }
    } else if (entry.parents.size() < kMostOfEach) {
      take_parent(tag, value_part(value));
    }
  }

  void take_parent(std::string_view tag, std::string_view value) {
    if (tag == "relationship" && value.starts_with("part_of ")) {
      value = trim(value.substr(8));
    } else if (tag != "is_a") {
      return;
    }
    if (is_compact_id(value)) {
      entry.parents.emplace_back(value);
    }
  }

  std::string_view kind() const {
    if (space == "biological_process" || space == "molecular_function") {
      return "process";
    }
    return space == "cellular_component" ? "structure" : kind_of_id(entry.id);
  }

  Result<Done> hand_on(Sink& sink) {
    if (!term) {
      return Done{};
    }
    if (obsolete) {
      sink.refuse(place, fmt::format("{} is obsolete", entry.id));
      return Done{};
    }
    entry.kind = kind();
    return keep_entry(sink, place, std::move(entry));
  }
};

Result<Done> read(ByteSource& bytes, Sink& sink) {
  LineReader lines(bytes);
  Line line;
  Stanza stanza;
  std::size_t record = 0;
  while (true) {
    THAW_TRY(const bool more, lines.next(line));
    if (!more) {
      return stanza.hand_on(sink);
    }
    if (!line.fault.empty()) {
      sink.refuse({line.number, record}, line.fault);
    } else if (line.text.starts_with('[')) {
      THAW_CHECK(stanza.hand_on(sink));
      stanza = Stanza{};
      stanza.term = trim(line.text) == "[Term]";
      stanza.place = {line.number, ++record};
    } else if (const auto colon = line.text.find(": ");
               stanza.term && colon != std::string_view::npos) {
      stanza.take(line.text.substr(0, colon), trim(line.text.substr(colon + 2)));
    }
  }
}

bool recognises(std::string_view name, std::string_view head) {
  return name.ends_with(".obo") || head.starts_with("format-version:");
}

}  // namespace

const Format kObo = {"obo", "an ontology in OBO: MONDO, DOID, GO, HP, ChEBI, CL, UBERON", read,
                     recognises};

}  // namespace thaw::exchange
