#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "cli/commands.h"
#include "cli/documents_given.h"
#include "cli/model_reading.h"
#include "cli/output.h"
#include "cli/owned_reader.h"
#include "cli/workspace.h"
#include "evidence/change_note.h"
#include "evidence/records_json.h"
#include "reading/kept_claims.h"
#include "reading/reading_json.h"

namespace thaw::cli {
namespace {

namespace json = boost::json;

struct Arguments {
  std::vector<std::string> documents;
  std::string reader = "builtin";
  std::optional<double> threshold;
  bool keep = false;
  ModelArguments model;
};

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

json::object kept_document(const evidence::WriteCounts& counts, const reading::Kept& kept) {
  json::array refused;
  for (const auto& refusal : kept.refused) {
    refused.push_back(json::object{{"reason", refusal.reason}, {"what", refusal.what}});
  }
  return {{"added", counts.added},
          {"changed", counts.changed},
          {"unchanged", counts.unchanged},
          {"refused", std::move(refused)}};
}

/// Reads one document after another; prints them as they come unless one JSON document is asked
/// for.
json::array read_each(reading::Reader& reader, const ModelReading* by_model,
                      const std::vector<evidence::Document>& documents,
                      const evidence::Knowledge& knowledge, const Options& options,
                      reading::Kept& kept) {
  json::array readings;
  std::size_t done = 0;
  std::string last_told;
  for (const evidence::Document& document : documents) {
    const auto reading = reader.read(document);
    ++done;
    if (!reading) {
      if (reading.error().message != last_told) {  // One reason may end many documents.
        tell(reading.error().message);
        last_told = reading.error().message;
      }
      continue;
    }
    if (by_model) {
      by_model->tell_progress(done, documents.size());
    }
    readings.push_back(reading::to_json(*reading));
    if (!options.json) {
      print_reading(*reading, options.lang == "zh");
    }
    reading::collect(*reading, document, knowledge, kept);
  }
  return readings;
}

Result<Done> read_documents(const Arguments& given, const Options& options) {
  THAW_TRY(const auto workspace, open_knowledge(options));
  THAW_TRY(const auto builtin, OwnedReader::make(*workspace->knowledge, given.threshold));
  std::unique_ptr<ModelReading> by_model;
  if (given.reader == "llm") {
    THAW_TRY(by_model,
             ModelReading::make(*workspace->connection, builtin->grounder(), given.model, options));
  }
  reading::Reader& reader = by_model ? by_model->reader() : *builtin;
  THAW_TRY(const auto documents, documents_given(*workspace->connection, given.documents));
  const bool zh = options.lang == "zh";
  reading::Kept kept;
  json::array readings =
      read_each(reader, by_model.get(), documents, *workspace->knowledge, options, kept);
  if (readings.empty() && by_model && !by_model->ended().empty()) {
    return unavailable(by_model->ended());
  }
  json::object out{{"readings", std::move(readings)},
                   {"threshold", given.threshold.value_or(builtin->default_threshold())}};
  if (given.keep) {
    THAW_TRY(const auto note, evidence::ChangeNote::begin(*workspace->connection));
    THAW_TRY(const auto counts, reading::write_kept(*workspace->connection, kept));
    THAW_CHECK(note.end(*workspace->connection, workspace->parameters,
                        {"read from papers", "读自论文"}, SystemClock()));
    out["kept"] = kept_document(counts, kept);
    tell(fmt::format(fmt::runtime(zh ? "存入 {} 条\uff0c未变 {} 条\uff0c未存 {} 条"
                                     : "{} kept, {} there already, {} not kept"),
                     counts.added + counts.changed, counts.unchanged, kept.refused.size()));
  }
  if (by_model) {
    out["model"] = by_model->report();
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
  verb.add_option("--reader", given->reader, "Who reads: builtin, or llm, a language model")
      ->check(CLI::IsMember({"builtin", "llm"}))
      ->capture_default_str();
  add_model_options(verb, given->model);
  verb.add_option("--threshold", given->threshold, "Least probability of a claim")
      ->check(CLI::Range(0.0, 1.0));
  verb.add_flag("--keep", given->keep, "Keep them as evidence items that people can review");
  program.on(verb, [given](const Options& options) { return read_documents(*given, options); });
}

}  // namespace thaw::cli
