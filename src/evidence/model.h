// The records of evidence: concepts, sources, claims and evidence items, as they are read and kept.
//
// Direction, directness, strength and what an item is about are separate fields: merging them is
// what makes gradings contradict themselves. A field that was not stated is empty, never zero.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace thaw::evidence {

/// A name in the two languages of the product; `zh` is never empty in bundled concepts.
struct Name {
  std::string en;
  std::string zh;
};

struct Concept {
  std::string id;    // namespace:accession, e.g. "MONDO:0004976", "thaw:alsfrs_r_decline"
  std::string kind;  // see docs/formats/api.md
  Name name;
  std::vector<std::string> aliases;  // other names a person may write, in any language
  std::vector<std::string> xrefs;
  std::vector<std::string> parents;  // is-a and part-of, concept ids
  std::string wanted;                // what a patient would want of it: "raises", "lowers" or ""
};

enum class Sign : std::int8_t { kLowers = -1, kRaises = 1 };

inline Sign opposite(Sign sign) {
  return sign == Sign::kRaises ? Sign::kLowers : Sign::kRaises;
}

/// What the item says of its own claim. `kNoEffectSeen` speaks against both directions.
enum class Direction { kSupports, kOpposes, kNoEffectSeen, kInconclusive };

enum class SourceStatus { kOk, kConcern, kCorrected, kRetracted };

struct Source {
  std::string id;  // "PMID:32877582", "doi:...", "NCT...", a URL, or a registry analysis
  std::string citation;
  std::string as_reported_by;  // where only a report of it was read; else empty
  std::string url;             // always https, or empty
  std::optional<int> year;
  SourceStatus status = SourceStatus::kOk;
  std::optional<int> status_year;  // when the status took effect; unknown: from the start
};

/// One arm as printed; what is empty was not printed.
struct Arm {
  std::optional<double> value, low, high, se;
  std::optional<double> n, events;
};

/// An effect as the source prints it. `measure` names the form; effect_scale.h turns it into an
/// estimate and a standard error on a natural scale.
struct PrintedEffect {
  std::string measure;
  std::optional<double> value, low, high, se, p;
  std::optional<double> weeks;  // over which a change was measured
  Arm active, control;
  Sign positive_means = Sign::kRaises;  // what a difference > 0, or a ratio > 1, does to the object
  std::string printed;                  // the figure in the source's own form
  std::string printed_zh;               // the same for a Chinese reader; empty: as printed
};

struct Item {
  std::string id;
  std::string subject, object;  // concept ids
  std::string relation;         // "slows", "causes", "binds", ...
  Sign sign = Sign::kRaises;
  bool causal = true;                             // false: association, membership, prediction
  std::map<std::string, std::string> qualifiers;  // allele, cell, species, population, stage, ...
  Direction direction = Direction::kSupports;
  std::string study_kind;  // a key of the caps in the parameter file
  std::string grade;       // "strong", "moderate", "unstated", "weak"
  double directness = 1;   // 0..1
  double quality = 1;      // 0..1, a reader's verdict on the study, with its reason
  std::string quality_reason;
  double faithful = 1;  // probability that the reading says what the source says
  std::string extractor = "person";
  std::optional<int> year;
  std::optional<double> n;
  std::optional<int> phase;
  std::string population;  // ancestry: "east_asian", "european", ...; empty: not stated
  std::string participants_zh;
  std::string participants;  // whom the study took in, in words; empty: not stated
  std::string organism;
  std::optional<PrintedEffect> effect;
  std::vector<std::string> also_printed_zh;
  std::vector<std::string> also_printed;  // the same figure as other sources print it
  std::string note_zh;
  std::string note;
  std::string quote;  // the sentence that says it, in the source's own words; empty: none kept
  std::string quote_check;  // "verbatim" found in the source, "abridged", "title", "unchecked"
  std::optional<std::int64_t> quote_begin;  // byte of the quotation in Document::text() of `source`
  std::string source;                       // Source::id
  std::vector<std::string> group_keys;  // trial, cohort, paper, dataset: what makes items one group
  std::string group_label;              // how people call that group
  std::vector<std::string> members;     // group keys a meta-analysis pools
  bool synthetic = false;               // from a synthetic registry: never enters a real weight
};

/// A subject, sign, object and qualifiers, with the items that speak of it.
struct Claim {
  std::string id;  // "c" and 12 hexadecimal digits of the key's SHA-256
  std::string subject, object, relation;
  Sign sign = Sign::kRaises;
  bool causal = true;
  std::map<std::string, std::string> qualifiers;
  std::vector<std::size_t> items;  // indices into Knowledge::items, of this sign and the opposite
};

}  // namespace thaw::evidence
