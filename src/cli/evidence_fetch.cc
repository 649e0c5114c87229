#include <fmt/format.h>

#include <boost/json.hpp>
#include <chrono>
#include <cstdlib>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "evidence/change_note.h"
#include "exchange/fetch.h"
#include "exchange/import_report.h"
#include "net/curl_client.h"
#include "net/polite_client.h"
#include "net/url.h"

namespace thaw::cli {
namespace {

constexpr double kWithoutKey = 3;  // requests a second that NCBI allows; NBK25497
constexpr double kWithKey = 10;

struct Arguments {
  std::string service, query, base_url, email;
  std::size_t max = 0;
};

std::string key_of_environment(const char* name) {
  const char* key = std::getenv(name);
  return key == nullptr ? "" : key;
}

/// "1,400 of 3,000, about 20 s left", at most twice a second.
class Teller {
 public:
  explicit Teller(bool zh) : zh_(zh) {}
  void operator()(const exchange::FetchProgress& at) {
    const auto now = std::chrono::steady_clock::now();
    if (!first_) {
      first_ = at.done;
    }
    if (now - told_ < std::chrono::milliseconds(500) && at.done < at.wanted) {
      return;
    }
    told_ = now;
    const double seconds = std::chrono::duration<double>(now - begun_).count();
    const double rate = static_cast<double>(at.done - *first_) / std::max(seconds, 1e-3);
    std::string text =
        fmt::format(fmt::runtime(zh_ ? "已取 {} / {}" : "{} of {} fetched"), at.done, at.wanted);
    if (rate > 0 && at.done < at.wanted) {
      text += fmt::format(fmt::runtime(zh_ ? "\uff0c每秒 {:.0f}\uff0c约剩 {:.0f} 秒"
                                           : ", {:.0f} a second, about {:.0f} s left"),
                          rate, static_cast<double>(at.wanted - at.done) / rate);
    }
    tell(text);
  }

 private:
  bool zh_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point told_;
  std::optional<std::size_t> first_;
};

boost::json::object document_of(const exchange::FetchReport& report, const Arguments& given,
                                const net::PoliteClient& client) {
  boost::json::array notes;
  for (const auto& note : report.notes) {
    notes.emplace_back(note);
  }
  return {{"service", given.service},  {"host", net::host_of(given.base_url)},
          {"query", given.query},      {"found", report.found},
          {"wanted", report.wanted},   {"resumed_after", report.resumed_after},
          {"requests", client.sent()}, {"retries", client.retries()},
          {"notes", std::move(notes)}, {"kept", exchange::to_json(report.kept)}};
}

void print_report(const exchange::FetchReport& report, bool zh) {
  const auto& documents = report.kept.documents;
  if (report.resumed_after > 0) {
    print_line(
        fmt::format(fmt::runtime(zh ? "从上次中断处继续\uff1a前 {} 篇已在库中"
                                    : "went on where it was interrupted: {} were kept before"),
                    report.resumed_after));
  }
  print_line(fmt::format(
      fmt::runtime(zh ? "查到 {} 篇\uff0c取 {} 篇\uff1a新增 {}\uff0c更新 {}\uff0c未变 {}\uff0c"
                        "撤稿等声明 {}\uff0c拒收 {}"
                      : "{} found, {} asked for: {} new, {} changed, {} unchanged, {} notices of "
                        "retraction or correction, {} refused"),
      report.found, report.wanted, documents.added, documents.changed, documents.unchanged,
      report.kept.notices.added + report.kept.notices.changed, report.kept.refused_total));
  for (const auto& note : report.notes) {
    print_line("  " + note);
  }
  for (const auto& [reason, count] : report.kept.by_reason) {
    print_line(fmt::format(fmt::runtime(zh ? "  拒收 {} 次\uff1a{}" : "  refused {} times: {}"),
                           count, reason));
  }
}

Result<Done> fetch(Arguments given, const Options& options) {
  const bool pubmed = given.service == "pubmed";
  const bool zh = options.lang == "zh";
  if (given.base_url.empty()) {
    given.base_url = pubmed ? exchange::kPubmedBase : exchange::kTrialsBase;
  }
  while (given.base_url.ends_with('/')) {
    given.base_url.pop_back();
  }
  exchange::FetchOptions how{
      .query = given.query, .base_url = given.base_url, .max = given.max, .email = given.email};
  how.api_key = pubmed ? key_of_environment("NCBI_API_KEY") : "";
  Teller teller(zh);
  how.on_page = [&](const exchange::FetchProgress& at) { teller(at); };
  THAW_TRY(auto connection, open_store(options));
  net::CurlClient curl;
  net::SystemWaitingClock clock;
  net::PoliteClient client(
      curl, clock, {.requests_per_second = how.api_key.empty() ? kWithoutKey : kWithKey},
      options.seed, [&](const std::string& what, std::chrono::milliseconds wait) {
        tell(fmt::format(fmt::runtime(zh ? "{}\uff1b{:.1f} 秒后再试" : "{}; next try in {:.1f} s"),
                         what, static_cast<double>(wait.count()) / 1000));
      });
  THAW_TRY(const auto note, evidence::ChangeNote::begin(*connection));
  THAW_TRY(const auto report, pubmed ? exchange::fetch_pubmed(*connection, client, clock, how)
                                     : exchange::fetch_trials(*connection, client, clock, how));
  THAW_TRY(const auto parameters, bundled_parameters());
  const std::string from = pubmed ? "PubMed" : "ClinicalTrials.gov";
  THAW_CHECK(
      note.end(*connection, parameters, {"fetched from " + from, "取自 " + from}, SystemClock()));
  if (options.json) {
    print_document(document_of(report, given, client));
  } else {
    print_report(report, zh);
  }
  return Done{};
}

}  // namespace

void add_evidence_fetch(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb =
      program.verb("evidence", "fetch", "Bring in documents from PubMed or ClinicalTrials.gov");
  verb.add_option("service", given->service, "pubmed or trials")
      ->required()
      ->check(CLI::IsMember({"pubmed", "trials"}));
  verb.add_option("query", given->query, "What to look for, in the service's own words")
      ->required();
  verb.add_option("--max", given->max, "At most so many documents; PubMed gives 9,999 of a search")
      ->check(CLI::Range(1, 10'000'000));
  verb.add_option("--base-url", given->base_url,
                  "Another address of the service, such as a mirror");
  verb.add_option("--email", given->email, "Told to NCBI, as it asks of programs");
  verb.footer("A key for PubMed (10 requests a second instead of 3) is read from NCBI_API_KEY.");
  program.on(verb, [given](const Options& options) { return fetch(*given, options); });
}

}  // namespace thaw::cli
