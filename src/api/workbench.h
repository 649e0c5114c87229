// What the routes that change the store work with: the live state, its renewal, and long work.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "api/jobs.h"
#include "api/live.h"
#include "api/refresh.h"
#include "api/site.h"
#include "api/tables.h"
#include "api/uploads.h"
#include "base/clock.h"
#include "db/db.h"
#include "reading/reading.h"

namespace thaw::api {

/// Everything outlives the Site and is used by several threads.
struct Workbench {
  Live* live = nullptr;
  Refresh* refresh = nullptr;
  Jobs* jobs = nullptr;
  Uploads* uploads = nullptr;
  std::function<Result<std::unique_ptr<db::Connection>>()> open_store;  // a connection of its own
  std::string keys_folder;  // of this machine's curators
  const Clock* clock = nullptr;
  bool signs = false;              // whether verdicts may be signed with this machine's keys
  std::mutex* changing = nullptr;  // held while a change and its note in the change log are made
  /// The built-in reader over one state, with the least probability of a claim (0: its default).
  std::function<Result<std::unique_ptr<reading::Reader>>(const Context&, double)> make_reader;
  Tables* tables = nullptr;  // that pages analyse
};

/// How long an answer to a change waits for the state that holds it.
inline constexpr std::chrono::milliseconds kRefreshPatience{1500};

void add_weights_routes(Site& site, const Workbench& bench);   // contradictions, changes, ...
void add_claims_routes(Site& site, const Live& live);          // /api/claims
void add_job_routes(Site& site, const Workbench& bench);       // /api/job, jobs, ...
void add_import_routes(Site& site, const Workbench& bench);    // /api/uploads, upload, imports
void add_review_routes(Site& site, const Workbench& bench);    // /api/review, assess, curators
void add_reweigh_routes(Site& site, const Workbench& bench);   // /api/presets, reweigh
void add_document_routes(Site& site, const Workbench& bench);  // /api/documents, document, keep
void add_search_routes(Site& site, const Workbench& bench);    // /api/search
void add_data_routes(Site& site, const Workbench& bench);      // /api/tables, table, analysis, ...

}  // namespace thaw::api
