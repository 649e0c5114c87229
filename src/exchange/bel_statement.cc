#include "exchange/bel_statement.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "exchange/draft.h"

namespace thaw::exchange {
namespace {

// INDRA's belief in one evidence of BEL: exchange/indra_priors.h.
constexpr double kFaithful = 0.89;

std::string_view word_of(std::string_view relation) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kSymbols = {
      {{"->", "increases"},
       {"-|", "decreases"},
       {"=>", "directlyIncreases"},
       {"=|", "directlyDecreases"},
       {"--", "association"},
       {"\xE2\x86\x92", "increases"}}};
  const auto* found = std::ranges::find(kSymbols, relation, [](const auto& p) { return p.first; });
  return found == kSymbols.end() ? relation : found->second;
}

void add_note(std::string& note, const std::string& text) {
  if (!text.empty()) {
    note += (note.empty() ? "" : "; ") + text;
  }
}

}  // namespace

std::string bel_citation(std::string_view type, std::string_view reference) {
  const std::string kind = fold(type);
  if (kind == "pubmed" || kind == "pmid") {
    return fmt::format("PMID:{}", trim(reference));
  }
  if (kind == "doi" || kind == "pmc" || kind == "pmcid") {
    return fmt::format("{}:{}", kind, trim(reference));
  }
  return kind.empty() ? std::string(reference) : fmt::format("{}:{}", trim(type), trim(reference));
}

Result<Batch> bel_batch(const BelTerm& subject, std::string_view relation, const BelTerm& object,
                        const BelContext& context) {
  if (context.citation.empty()) {
    return invalid_argument("a statement without citation");
  }
  const std::string_view word = word_of(relation);
  const auto meaning = meaning_of(word);
  if (!meaning) {
    return invalid_argument(fmt::format("the relation '{}' is not known", relation.substr(0, 60)));
  }
  Batch batch;
  THAW_TRY(auto source, source_of(context.citation));
  evidence::Item item;
  item.subject = subject.mention.id;
  item.object = object.mention.id;
  apply(*meaning, item);
  if (word == "causesNoChange" || word == "noCorrelation") {
    item.direction = evidence::Direction::kNoEffectSeen;
  }
  if (!subject.form.empty()) {
    item.qualifiers[meaning->from_object ? "object_form" : "subject_form"] = subject.form;
  }
  if (!object.form.empty()) {
    item.qualifiers[meaning->from_object ? "subject_form" : "object_form"] = object.form;
  }
  add_note(item.note, subject.note.empty() ? "" : fmt::format("subject: {}", subject.note));
  add_note(item.note, object.note.empty() ? "" : fmt::format("object: {}", object.note));
  for (const auto& [name, value] : context.annotations) {
    const std::string key = fold(name);
    if (key == "species" || key == "taxon") {
      item.organism = value;
    } else {
      add_note(item.note, fmt::format("{}: {}", name, value));
    }
  }
  item.study_kind = "review";
  item.extractor = "bel";
  item.faithful = kFaithful;
  item.source = source.id;
  item.quote = context.evidence;
  item.quote_check = item.quote.empty() ? "" : "unchecked";
  item.id = content_id("bel", {item.subject, subject.form, subject.note, relation, item.object,
                               object.form, object.note, item.source, item.quote, item.organism});
  batch.mentioned = {subject.mention, object.mention};
  batch.cited.push_back(std::move(source));
  batch.items.push_back(std::move(item));
  return batch;
}

}  // namespace thaw::exchange
