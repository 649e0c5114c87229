// What speaks and what completes sentences, over HTTP: /api/voice and /api/gaze/expand.
//
// Only this machine may ask either (route_guard.h). The voice works offline; the expander asks a
// language model of the person's choice, is off until one is named, tells what leaves the machine
// and answers with exactly what it sent.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "api/site.h"
#include "base/result.h"
#include "gaze/expander.h"
#include "gaze/voice_desk.h"
#include "net/http_client.h"

namespace thaw::api {

/// `desk` must outlive the site.
void add_voice_routes(Site& site, gaze::VoiceDesk& desk);

struct ExpanderSettings {
  std::string endpoint;  // as --endpoint of a reading; empty: there is none
  std::string model;
  std::string key;                           // sent to the endpoint alone; empty: none is sent
  std::chrono::milliseconds within{20'000};  // a person waits for it
};

/// Asks the model for one person: one question at a time.
class ExpandDesk {
 public:
  using WordsOf = std::function<Result<std::vector<gaze::Word>>(gaze::Language, std::string_view)>;

  /// kInvalidArgument, kDenied: an endpoint without a model or the other way, or as
  /// net::chat_address. `words_of` cuts text into words with readings.
  static Result<std::unique_ptr<ExpandDesk>> make(ExpanderSettings settings,
                                                  std::unique_ptr<net::HttpClient> client,
                                                  WordsOf words_of);

  /// The document of GET /api/gaze/expander: whether there is a model, where, and what leaves.
  std::string status_document() const;

  /// The document of POST /api/gaze/expand. kConflict: no model is named. kUnavailable: it does not
  /// answer in time, or answers another question now. kCorrupt: it answers something else.
  Result<std::string> expand(gaze::ExpandRequest request);

  /// Gives up the question that is asked now, and every later one. From any thread.
  void stop() { stopping_.request_stop(); }

 private:
  ExpandDesk(ExpanderSettings settings, std::string address,
             std::unique_ptr<net::HttpClient> client, WordsOf words_of)
      : settings_(std::move(settings)),
        address_(std::move(address)),
        client_(std::move(client)),
        words_of_(std::move(words_of)) {}

  Result<std::string> ask(const std::string& body);

  ExpanderSettings settings_;
  std::string address_;  // empty: there is no model
  std::unique_ptr<net::HttpClient> client_;
  WordsOf words_of_;
  std::mutex asking_;
  std::stop_source stopping_;
};

/// `desk` must outlive the site.
void add_expand_routes(Site& site, ExpandDesk& desk);

}  // namespace thaw::api
