#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "cli/bundled_model.h"
#include "cli/commands.h"
#include "cli/documents_given.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "evidence/evidence_store.h"
#include "evidence/grounding.h"
#include "evidence/records_json.h"
#include "reading/builtin_reader.h"
#include "reading/claim_item.h"
#include "reading/reading_json.h"

namespace thaw::cli {
namespace {

namespace json = boost::json;

struct Arguments {
  std::vector<std::string> documents;
  std::string reader = "builtin";
  std::optional<double> threshold;
  bool keep = false;
};

/// What is to be written, and what cannot be.
struct Kept {
  std::vector<evidence::Source> sources;
  std::vector<evidence::Item> items;
  std::vector<reading::Refusal> refused;
};

void collect(const reading::Reading& reading, const evidence::Document& document,
             const evidence::Knowledge& knowledge, Kept& kept) {
  bool any = false;
  for (const reading::ReadClaim& claim : reading.claims) {
    const auto item = reading::item_of(claim, document, reading.reader);
    const bool known = item && knowledge.find_concept(item->subject) != nullptr &&
                       knowledge.find_concept(item->object) != nullptr;
    if (!known) {
      kept.refused.push_back(
          {item ? "an end is only in a name table, not among the concepts" : item.error().message,
           claim.subject.surface + " / " + claim.object.surface});
      continue;
    }
    any = true;
    const auto same = std::ranges::find(kept.items, item->id, &evidence::Item::id);
    if (same == kept.items.end()) {
      kept.items.push_back(*item);
    } else if (item->faithful > same->faithful) {
      *same = *item;  // one claim of one document is one item: its surest sentence
    }
  }
  if (any && knowledge.find_source(document.id) == nullptr) {
    kept.sources.push_back(reading::source_of(document));
  }
}

/// Adds what was read; what is there already stays as people left it.
Result<evidence::WriteCounts> write_kept(db::Connection& connection, const Kept& kept) {
  THAW_TRY(auto transaction, db::Transaction::begin(connection));
  THAW_TRY(const auto counts, evidence::write_records(connection, {}, kept.sources, kept.items));
  THAW_CHECK(transaction.commit());
  return counts;
}

std::string_view arrow(const reading::ReadClaim& claim) {
  if (claim.direction == evidence::Direction::kNoEffectSeen) {
    return "0";
  }
  return claim.sign ? evidence::to_string(*claim.sign) : "?";
}

void print_claim(const reading::ReadClaim& claim, bool zh) {
  std::string marks;
  if (claim.negated) {
    marks += zh ? "\uff0c原文否定" : ", denied";
  }
  if (claim.hedged) {
    marks += zh ? "\uff0c原文存疑" : ", in doubt";
  }
  print_line(fmt::format("  {:.2f} ({}) {} {} {}{}", claim.probability, arrow(claim),
                         claim.subject.surface, claim.relation, claim.object.surface, marks));
  print_line(
      fmt::format(fmt::runtime(zh ? "       \u201c{}\u201d" : "       \"{}\""), claim.quote));
}

void print_reading(const reading::Reading& reading, bool zh) {
  print_line(fmt::format(
      fmt::runtime(zh ? "{}\uff1a提到 {} 处\uff0c读出 {} 条" : "{}: {} mentions, {} claims"),
      reading.document, reading.mentions.size(), reading.claims.size()));
  for (const auto& claim : reading.claims) {
    print_claim(claim, zh);
  }
}

json::object kept_document(const evidence::WriteCounts& counts, const Kept& kept) {
  json::array refused;
  for (const auto& refusal : kept.refused) {
    refused.push_back(json::object{{"reason", refusal.reason}, {"what", refusal.what}});
  }
  return {{"added", counts.added},
          {"changed", counts.changed},
          {"unchanged", counts.unchanged},
          {"refused", std::move(refused)}};
}

Result<Done> read_documents(const Arguments& given, const Options& options) {
  THAW_TRY(const auto workspace, open_knowledge(options));
  THAW_TRY(const auto model, bundled_relation_model());
  const auto book = evidence::name_book_of(*workspace->knowledge);
  const evidence::Grounder grounder(book, &*workspace->knowledge);
  reading::BuiltinReader reader(grounder, *workspace->knowledge, model, {given.threshold});
  THAW_TRY(const auto documents, documents_given(*workspace->connection, given.documents));
  const bool zh = options.lang == "zh";
  json::array readings;
  Kept kept;
  for (const evidence::Document& document : documents) {
    const auto reading = reader.read(document);
    if (!reading) {
      tell(reading.error().message);
      continue;
    }
    if (options.json) {
      readings.push_back(reading::to_json(*reading));
    } else {
      print_reading(*reading, zh);
    }
    collect(*reading, document, *workspace->knowledge, kept);
  }
  json::object out{
      {"readings", std::move(readings)},
      {"threshold", given.threshold.value_or(static_cast<double>(model.default_threshold))}};
  if (given.keep) {
    THAW_TRY(const auto counts, write_kept(*workspace->connection, kept));
    out["kept"] = kept_document(counts, kept);
    tell(fmt::format(fmt::runtime(zh ? "存入 {} 条\uff0c未变 {} 条\uff0c未存 {} 条"
                                     : "{} kept, {} there already, {} not kept"),
                     counts.added + counts.changed, counts.unchanged, kept.refused.size()));
  }
  if (options.json) {
    print_document(out);
  }
  return Done{};
}

}  // namespace

void add_evidence_read(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb = program.verb("evidence", "read", "Read claims from papers, with their places");
  verb.add_option("documents", given->documents,
                  "Files (PubMed or JATS XML, PubTator, JSON lines) or ids of stored documents")
      ->required();
  verb.add_option("--reader", given->reader, "Who reads: builtin")
      ->check(CLI::IsMember({"builtin"}))
      ->capture_default_str();
  verb.add_option("--threshold", given->threshold, "Least probability of a claim")
      ->check(CLI::Range(0.0, 1.0));
  verb.add_flag("--keep", given->keep, "Keep them as evidence items that people can review");
  program.on(verb, [given](const Options& options) { return read_documents(*given, options); });
}

}  // namespace thaw::cli
