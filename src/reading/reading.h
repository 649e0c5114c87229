// What any reader of papers returns: mentions and claims, each with the bytes it was read from.
//
// A Span counts bytes in Document::text(). Law of every reader (reading_check.h, its test): each
// span lies inside the text on whole UTF-8 characters and each surface, trigger and quote equals
// the text at its span. What a text does not state is empty, never a default.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "evidence/document.h"
#include "evidence/model.h"

namespace thaw::reading {

struct Span {
  std::size_t begin = 0, end = 0;  // [begin, end)

  std::size_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool holds(const Span& other) const { return begin <= other.begin && other.end <= end; }
  bool touches(const Span& other) const { return begin < other.end && other.begin < end; }
  friend bool operator==(const Span&, const Span&) = default;
  friend auto operator<=>(const Span&, const Span&) = default;
};

/// The bytes of `text` at `span`; the span must lie inside it.
inline std::string_view bytes_at(std::string_view text, const Span& span) {
  return text.substr(span.begin, span.size());
}

/// A piece of the text and the value that was read from it.
template <class T>
struct Stated {
  T value{};
  Span span;
};

/// What a mention may mean.
struct Candidate {
  std::string concept_id;  // as evidence::Concept::id
  std::string name;        // the name that matched
  double score = 0;        // 0..1, of the grounding
};

/// A thing named in the text. `kind` is "gene", "disease", "drug", "gene_variant", "process",
/// "outcome" or another kind of concept (docs/formats/api.md); empty: not told.
struct Mention {
  Span span;
  std::string surface;
  std::string kind;
  std::vector<Candidate> candidates;  // best first; none: nothing is known by that name
  bool ambiguous = false;             // said, not guessed: the best two are too close
  std::string meaning;  // one key for all mentions of one thing in this document, never empty

  /// The concept meant, or "" when nothing is known or it is ambiguous.
  std::string_view concept_id() const {
    return ambiguous || candidates.empty() ? std::string_view() : candidates.front().concept_id;
  }
};

/// One relation that the document states of two things.
struct ReadClaim {
  Mention subject, object;
  std::string relation;  // the standard word: "increases", "causes", "slows", ...
  std::optional<Stated<std::string>> trigger;  // the words that say so; none: from context alone
  std::optional<evidence::Sign> sign;  // what the subject does to the object; empty: not told
  bool causal = false;                 // false: association, prediction, comparison
  evidence::Direction direction = evidence::Direction::kSupports;
  bool negated = false;  // a negation governs the relation ("did not", 未)
  bool hedged = false;   // "may", "suggests", 可能: the authors do not assert it
  std::optional<Stated<std::string>> organism;    // "human", "mouse", ...
  std::optional<Stated<std::string>> study_kind;  // a key of cap_nats; the span may be empty where
                                                  // a publication type says it
  std::optional<Stated<double>> n;                // people, animals or samples
  std::optional<Stated<evidence::PrintedEffect>> effect;
  Span evidence;           // the sentence, or the smallest run of text that shows the claim
  std::string quote;       // its bytes
  double probability = 0;  // that the text states this claim with this sign, calibrated
};

/// A claim that was not kept, and why: counted, never silent.
struct Refusal {
  std::string reason;  // "quotation not found in the text", "subject is ambiguous", ...
  std::string what;    // at most 200 bytes of what was refused
};

/// Everything read from one document.
struct Reading {
  std::string document;           // Document::id
  std::string reader;             // "thaw-reader-1", "llm:MODEL"
  std::vector<Mention> mentions;  // in order of place
  std::vector<ReadClaim> claims;  // in order of evidence.begin, subject, object
  std::vector<Refusal> refused;
};

/// Reads papers. The same document and settings give the same reading.
class Reader {
 public:
  virtual ~Reader() = default;

  /// What goes into Item::extractor.
  virtual std::string name() const = 0;

  /// Reads one document. An Error means that it could not be read at all (no endpoint, no text);
  /// a claim that cannot be kept is a Refusal.
  virtual Result<Reading> read(const evidence::Document& document) = 0;
};

}  // namespace thaw::reading
