#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "evidence/search_json.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::string query, part;
  std::size_t limit = 20, offset = 0;
};

/// The snippet with [ ] around what matched, on one line.
std::string marked(const evidence::Snippet& snippet) {
  std::string out = snippet.cut_before ? "... " : "";
  std::size_t at = 0;
  for (const auto& [begin, end] : snippet.marks) {
    out +=
        snippet.text.substr(at, begin - at) + '[' + snippet.text.substr(begin, end - begin) + ']';
    at = end;
  }
  out += snippet.text.substr(at) + (snippet.cut_after ? " ..." : "");
  for (char& c : out) {
    c = c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  }
  return out;
}

std::string heading(evidence::SearchPart part, std::size_t total, bool zh) {
  using evidence::SearchPart;
  const char* name = part == SearchPart::kDocuments ? (zh ? "文献" : "documents")
                     : part == SearchPart::kClaims ? (zh ? "论断的证据" : "evidence of claims")
                                                   : (zh ? "概念" : "concepts");
  return zh ? fmt::format("{}\uff1a{} 条", name, total) : fmt::format("{}: {} found", name, total);
}

void print_answer(const evidence::SearchAnswer& answer, bool zh) {
  print_line(heading(answer.part, answer.total, zh));
  for (const auto& hit : answer.hits) {
    print_line(fmt::format("  {}  {}", hit.id, zh ? hit.title.zh : hit.title.en));
    print_line(fmt::format("      {}", marked(hit.snippet)));
  }
}

Result<Done> search_store(const Arguments& given, const Options& options) {
  using evidence::SearchPart;
  std::vector<SearchPart> parts = {SearchPart::kConcepts, SearchPart::kClaims,
                                   SearchPart::kDocuments};
  if (!given.part.empty()) {
    THAW_TRY(const SearchPart only, evidence::search_part(given.part));
    parts = {only};
  }
  THAW_TRY(const auto connection, open_store(options));
  THAW_CHECK(evidence::refresh_search(*connection));
  std::vector<evidence::SearchAnswer> answers;
  for (const SearchPart part : parts) {
    THAW_TRY(auto answer,
             evidence::search(*connection, part, given.query, given.limit, given.offset));
    answers.push_back(std::move(answer));
  }
  if (options.json) {
    print_document(evidence::search_document(given.query, given.offset, answers));
    return Done{};
  }
  for (const auto& answer : answers) {
    print_answer(answer, options.lang == "zh");
  }
  return Done{};
}

}  // namespace

void add_evidence_search(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& command = program.verb("evidence", "search",
                                   "Find documents, evidence and concepts by the words in them");
  command.add_option("query", given->query, "Words, Chinese or English; \"...\" as they stand")
      ->required();
  command.add_option("--in", given->part, "documents, claims or concepts; without it all three");
  command.add_option("--limit", given->limit, "Hits of each to list")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command.add_option("--offset", given->offset, "Hits to pass over")->capture_default_str();
  program.on(command, [given](const Options& options) { return search_store(*given, options); });
}

}  // namespace thaw::cli
