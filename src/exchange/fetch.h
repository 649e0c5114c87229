// Documents from public services into the store: page by page, politely, resumable.
//
// A page's documents and the place after it are one transaction: a fetch that was killed goes on
// after the last page that is on disk. Services: PubMed through NCBI's E-utilities (NBK25497,
// NBK25499: history server, 3 requests a second, 10 with a key) and ClinicalTrials.gov's API v2.
// Checked against a local server that answers 429 and 500, cuts, drips and sends rubbish.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.h"
#include "db/db.h"
#include "exchange/import.h"
#include "net/http_client.h"

namespace thaw::exchange {

inline constexpr const char* kPubmedBase = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils";
inline constexpr const char* kTrialsBase = "https://clinicaltrials.gov";
/// More of one search PubMed does not give.
inline constexpr std::size_t kPubmedMost = 9'999;

struct FetchProgress {
  std::size_t done = 0, wanted = 0;  // documents asked for so far, and in all
};

struct FetchOptions {
  std::string query;     // in the service's own words
  std::string base_url;  // without a final "/"
  std::size_t max = 0;   // 0: all that the service gives
  std::string email;     // told to NCBI, so that it can write before it blocks
  std::string api_key;   // never logged, never stored
  std::stop_token stop;
  std::function<void(const FetchProgress&)> on_page;
};

struct FetchReport {
  std::size_t found = 0;          // what the service says the query finds
  std::size_t wanted = 0;         // of them, asked for
  std::size_t resumed_after = 0;  // of them, kept by an earlier run
  ImportReport kept;
  std::vector<std::string> notes;  // what a person should know, in plain words
};

/// Each page goes into `connection`, committed. kUnavailable: the service does not answer or the
/// fetch was stopped; the next call goes on from there. kInvalidArgument: an empty query, or one
/// that the service refuses. kNotFound: nothing is found.
Result<FetchReport> fetch_pubmed(db::Connection& connection, net::HttpClient& client,
                                 const Clock& clock, const FetchOptions& options);
Result<FetchReport> fetch_trials(db::Connection& connection, net::HttpClient& client,
                                 const Clock& clock, const FetchOptions& options);

}  // namespace thaw::exchange
