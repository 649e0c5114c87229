// Our own table: one item a row, columns by name; also the shape of hand-made relation tables.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "evidence/curie.h"
#include "evidence/records_json.h"
#include "exchange/draft.h"
#include "exchange/readers.h"
#include "exchange/table_reader.h"

namespace thaw::exchange {
namespace {

using evidence::Direction;
using evidence::Item;

bool has_column(const std::vector<std::string>& header, std::string_view name) {
  return std::ranges::find(header, name) != header.end();
}

/// Tables that people typed call directions SUPPORT, REFUTE, NEUTRAL.
Result<Direction> direction_of(std::string_view text) {
  const std::string word = fold(text);
  if (word.empty() || word == "support" || word == "partial") {
    return Direction::kSupports;
  }
  if (word == "refute") {
    return Direction::kOpposes;
  }
  if (word == "neutral") {
    return Direction::kInconclusive;
  }
  std::string name = word;
  std::ranges::replace(name, ' ', '_');
  if (const auto known = evidence::direction_from(name)) {
    return *known;
  }
  return invalid_argument(fmt::format(
      "direction '{}' must be supports, opposes, no_effect_seen or inconclusive", text));
}

Result<Done> take_sign(const TableReader& row, Item& item) {
  const std::string_view sign = row.cell("sign");
  if (const auto meaning = meaning_of(row.cell("relation"))) {
    item.causal = meaning->causal;
    item.sign = meaning->sign < 0 ? evidence::Sign::kLowers : evidence::Sign::kRaises;
    if (sign.empty() && meaning->from_object) {
      return invalid_argument(
          fmt::format("'{}' goes from object to subject: write it the other "
                      "way round",
                      row.cell("relation")));
    }
    if (sign.empty() && meaning->sign == 0) {
      item.causal = false;
    }
  } else if (sign.empty()) {
    return invalid_argument(fmt::format(
        "sign is empty and the relation '{}' does not tell it; write + or -, or 0 for none",
        row.cell("relation")));
  }
  if (sign == "+" || sign == "-") {
    item.sign = sign == "+" ? evidence::Sign::kRaises : evidence::Sign::kLowers;
  } else if (sign == "0" || sign == "?") {
    item.causal = false;
    item.sign = evidence::Sign::kRaises;
    item.note = sign == "0" ? "no sign stated" : "sign stated as mixed";
  } else if (!sign.empty()) {
    return invalid_argument(fmt::format("sign '{}' must be +, -, 0 or ?", sign));
  }
  if (const std::string_view causal = row.cell("causal"); !causal.empty()) {
    const std::string word = fold(causal);
    if (word != "true" && word != "false") {
      return invalid_argument(fmt::format("causal '{}' must be true or false", causal));
    }
    item.causal = item.causal && word == "true";
  }
  return Done{};
}

Result<std::optional<double>> number_in(const TableReader& row, std::string_view column) {
  const std::string_view text = row.cell(column);
  if (text.empty()) {
    return std::optional<double>();
  }
  const auto value = parse_double(text);
  if (!value) {
    return invalid_argument(fmt::format("{} '{}' is no number", column, text));
  }
  return value;
}

/// A subject or object: by id or known name, or brought by the row with a kind of its own.
std::string end_of(const TableReader& row, std::string_view side, Batch& batch) {
  const std::string_view text = row.cell(side);
  const std::string prefix(side);
  const std::string_view kind = row.first_of({prefix + "_kind", prefix + "_type"});
  if (kind.empty()) {
    return std::string(text);
  }
  std::string named(kind == "cell_process" || kind == "molecular_activity" ? "process" : kind);
  std::vector<std::string> xrefs;
  if (const auto id = row.cell(prefix + "_id"); !id.empty()) {
    xrefs.emplace_back(id);
  }
  // The name says what is meant; the id beside it is often wider (the gene of a variant).
  auto mention = mention_of("", text, named, std::move(xrefs));
  batch.mentioned.push_back(mention);
  return mention.id;
}

void take_quote(const TableReader& row, Item& item) {
  std::string_view quote = row.cell("quote");
  if (quote.empty()) {
    return;
  }
  item.quote_check = "unchecked";
  if (quote.starts_with("(title)")) {
    item.quote_check = "title";
    quote = trim(quote.substr(7));
  } else if (quote.find("...") != std::string_view::npos) {
    item.quote_check = "abridged";
  }
  item.quote = quote;
}

Result<Done> take_lists(const TableReader& row, Item& item) {
  for (const auto& part : split(row.cell("groups"), ';')) {
    if (!trim(part).empty()) {
      item.group_keys.emplace_back(trim(part));
    }
  }
  if (const auto trial = row.cell("trial"); !trial.empty()) {
    item.group_keys.push_back(trial.starts_with("NCT") ? std::string(trial)
                                                       : fmt::format("trial:{}", trial));
    item.group_label = trial;
  }
  for (const auto& part : split(row.cell("qualifiers"), ';')) {
    const auto equals = part.find('=');
    if (trim(part).empty()) {
      continue;
    }
    if (equals == std::string_view::npos || trim(part.substr(0, equals)).empty()) {
      return invalid_argument(fmt::format("qualifier '{}' must be name=value", trim(part)));
    }
    item.qualifiers[std::string(trim(part.substr(0, equals)))] = trim(part.substr(equals + 1));
  }
  return Done{};
}

Result<Done> take_study(const TableReader& row, Item& item) {
  const std::string_view kind = row.cell("study_kind");
  item.study_kind = study_kind_of(kind);
  if (item.study_kind.empty()) {
    return invalid_argument(fmt::format("study_kind '{}' is not known", kind));
  }
  const std::string subject = fold(row.first_of({"subject_kind", "subject_type"}));
  if (fold(kind) == "human genetic" && subject == "gene variant" &&
      row.cell("relation") == "causes") {
    item.study_kind = "mendelian_variant";
  }
  if (fold(kind) == "meta analysis" && (subject == "drug" || subject == "intervention")) {
    item.study_kind = "meta_analysis_rct";
  }
  item.grade = row.cell("grade");
  item.population = row.cell("population");
  item.organism = row.cell("organism");
  item.participants = row.cell("participants");
  THAW_TRY(const auto year, number_in(row, "year"));
  if (year && (*year < 1800 || *year > 2199 || *year != static_cast<int>(*year))) {
    return invalid_argument(fmt::format("year '{}' is none", row.cell("year")));
  }
  item.year = year ? std::optional(static_cast<int>(*year)) : std::nullopt;
  THAW_TRY(item.n, number_in(row, "n"));
  THAW_TRY(const auto phase, number_in(row, "phase"));
  if (phase && *phase != 1 && *phase != 2 && *phase != 3 && *phase != 4) {
    return invalid_argument(fmt::format("phase '{}' must be 1 to 4", row.cell("phase")));
  }
  item.phase = phase ? std::optional(static_cast<int>(*phase)) : std::nullopt;
  THAW_TRY(const auto faithful, number_in(row, "faithful"));
  item.faithful = faithful.value_or(1);
  if (item.faithful < 0 || item.faithful > 1) {
    return invalid_argument(
        fmt::format("faithful is {}, it must lie in 0 to 1", row.cell("faithful")));
  }
  return Done{};
}

Result<Batch> batch_of(const TableReader& row) {
  Batch batch;
  Item item;
  for (const std::string_view column : {"subject", "relation", "object"}) {
    if (row.cell(column).empty()) {
      return invalid_argument(fmt::format("'{}' is empty", column));
    }
  }
  THAW_TRY(auto source, source_of(row.first_of({"citation", "pmid", "source"})));
  if (const auto year = parse_int(row.cell("year")); year && *year >= 1800 && *year < 2200) {
    source.year = static_cast<int>(*year);
  }
  item.relation = row.cell("relation");
  item.extractor = row.cell("extractor");
  THAW_CHECK(take_sign(row, item));
  THAW_TRY(item.direction, direction_of(row.cell("direction")));
  THAW_CHECK(take_study(row, item));
  THAW_CHECK(take_lists(row, item));
  take_quote(row, item);
  if (const auto note = row.cell("note"); !note.empty()) {
    item.note = item.note.empty() ? std::string(note) : fmt::format("{}; {}", item.note, note);
  }
  item.subject = end_of(row, "subject", batch);
  item.object = end_of(row, "object", batch);
  item.source = source.id;
  item.id = row.has("rule_class") && !row.cell("id").empty()
                ? fmt::format("relations:{}", row.cell("id"))
                : std::string(row.cell("id"));
  if (item.id.empty()) {
    item.id = content_id("tsv", {item.subject, item.relation, item.object, item.source,
                                 row.cell("direction"), item.study_kind, item.quote});
  }
  if (item.extractor.empty()) {
    item.extractor = "curated import";
  }
  batch.cited.push_back(std::move(source));
  batch.items.push_back(std::move(item));
  return batch;
}

}  // namespace

bool is_own_table(std::string_view /*name*/, std::string_view head) {
  const auto header = header_of(head, '\t');
  return has_column(header, "subject") && has_column(header, "relation") &&
         has_column(header, "object") && has_column(header, "study_kind");
}

Result<Done> read_own_table(ByteSource& bytes, Sink& sink) {
  TableReader rows(bytes, '\t');
  THAW_CHECK(rows.read_header());
  for (const std::string_view column : {"subject", "relation", "object", "study_kind"}) {
    if (!rows.has(column)) {
      return invalid_argument(fmt::format("line 1: there is no column '{}'", column));
    }
  }
  return read_rows(rows, sink, batch_of);
}

}  // namespace thaw::exchange
