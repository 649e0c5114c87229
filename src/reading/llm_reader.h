// A reader that asks a language model through an OpenAI-compatible endpoint and believes little.
//
// Kept is only a claim whose quotation stands verbatim in the text, whose two things the text names
// and whose names lead to one concept each. The model says nothing of the kind of study: what it
// read weighs as text-mined, at most. What leaves the machine is told to an OutboundLog before it
// is sent. Method and limits: docs/methods/language_model_reader.md; checked by llm_reader_test.cc
// against a server that errs, talks rubbish and invents quotations.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/grounding.h"
#include "net/http_client.h"
#include "reading/llm_protocol.h"
#include "reading/reading.h"

namespace thaw::reading {

struct LlmSettings {
  std::string endpoint;  // "https://host/v1", "http://localhost:11434"
  std::string model;
  std::string key;             // empty: none is sent
  double faithful = 0.5;       // probability of every claim it reads, until it is measured
  std::size_t tokens_max = 0;  // of all requests together; 0: no limit
  std::size_t answer_tokens_max = 4096;
  std::size_t piece_bytes = 24'000;  // a longer text is asked about in pieces
  std::stop_token stop;
};

/// One request that is about to leave the machine.
struct Outbound {
  std::string host;
  std::string reader;                  // "llm:MODEL"
  std::vector<std::string> documents;  // ids of what it holds text of
  std::size_t bytes = 0;               // of the body
  std::string digest;                  // SHA-256 of the body
};

class OutboundLog {
 public:
  virtual ~OutboundLog() = default;
  /// An error keeps the request from being sent.
  virtual Result<Done> note(const Outbound& outbound) = 0;
};

/// Notes every request in a log, tries after a failure too, then passes it on. Stands below the
/// client that tries again.
class LoggedClient final : public net::HttpClient {
 public:
  /// Both must outlive this.
  LoggedClient(net::HttpClient& inner, OutboundLog& log) : inner_(&inner), log_(&log) {}
  void set_subject(std::string reader, std::string document);
  Result<net::HttpReply> send(const net::HttpRequest& request) override;

 private:
  net::HttpClient* inner_;
  OutboundLog* log_;
  std::string reader_, document_;
};

class LlmReader final : public Reader {
 public:
  /// kInvalidArgument, kDenied as llm_address; a model without name. `client` (as a rule a
  /// PoliteClient over `logged`), `logged` and `grounder` must outlive it.
  static Result<LlmReader> make(net::HttpClient& client, LoggedClient& logged,
                                const evidence::Grounder& grounder, LlmSettings settings);

  std::string name() const override { return "llm:" + settings_.model; }

  /// kUnavailable: the endpoint does not answer, or is_out_of_budget(). kCorrupt: the
  /// answer has not the asked form.
  Result<Reading> read(const evidence::Document& document) override;

  /// Equal digests of equal documents give equal requests: what was read need not be asked again.
  std::string digest_of(const evidence::Document& document) const;

  /// Whether the request for `document` would go over the budget; such a document is not sent.
  bool is_out_of_budget(const evidence::Document& document) const;

  std::size_t tokens_used() const { return tokens_used_; }  // counted, or estimated where not told

 private:
  LlmReader(net::HttpClient& client, LoggedClient& logged, const evidence::Grounder& grounder,
            LlmSettings settings, std::string address)
      : client_(&client),
        logged_(&logged),
        grounder_(&grounder),
        settings_(std::move(settings)),
        address_(std::move(address)) {}

  Result<LlmAnswer> ask(std::string_view piece);
  std::size_t estimate(std::string_view text) const;

  net::HttpClient* client_;
  LoggedClient* logged_;
  const evidence::Grounder* grounder_;
  LlmSettings settings_;
  std::string address_;
  std::size_t tokens_used_ = 0;
};

/// Cuts `text` into pieces of at most `bytes_max` bytes at line ends, else sentence ends, else
/// between characters; joined they are the text.
std::vector<Span> pieces_of(std::string_view text, std::size_t bytes_max);

}  // namespace thaw::reading
