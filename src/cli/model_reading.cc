#include "cli/model_reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <cstdlib>
#include <optional>

#include "cli/output.h"
#include "net/curl_client.h"
#include "net/polite_client.h"
#include "net/url.h"
#include "reading/llm_reader.h"
#include "reading/reading_store.h"
#include "reading/stored_reader.h"

namespace thaw::cli {
namespace {

constexpr double kRequestsPerSecond = 2;
constexpr std::size_t kOutboundShown = 1000;

std::string key_of_environment() {
  const char* key = std::getenv("THAW_LLM_KEY");
  return key == nullptr ? "" : key;
}

}  // namespace

struct ModelReading::Parts {
  Parts(reading::ReadingStore opened, const ModelArguments& asked, std::uint64_t seed, bool chinese)
      : store(std::move(opened)),
        log(store),
        logged(curl, log),
        polite(logged, clock, {.requests_per_second = kRequestsPerSecond}, seed,
               [chinese](const std::string& what, std::chrono::milliseconds wait) {
                 tell(fmt::format(
                     fmt::runtime(chinese ? "{}\uff1b{:.1f} 秒后再试" : "{}; next try in {:.1f} s"),
                     what, static_cast<double>(wait.count()) / 1000));
               }),
        given(asked),
        zh(chinese) {}

  reading::ReadingStore store;
  net::CurlClient curl;
  net::SystemWaitingClock clock;
  reading::StoredOutboundLog log;
  reading::LoggedClient logged;
  net::PoliteClient polite;
  std::optional<reading::LlmReader> model;
  std::optional<reading::StoredReader> stored;
  ModelArguments given;
  bool zh;
  std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
};

void add_model_options(CLI::App& verb, ModelArguments& given) {
  verb.add_option(
      "--endpoint", given.endpoint,
      "llm: address of an OpenAI-compatible endpoint, such as http://localhost:11434/v1");
  verb.add_option("--model", given.model, "llm: the model's name there");
  verb.add_option("--budget-tokens", given.budget_tokens, "llm: stop before more tokens than this");
  verb.add_option("--max-documents", given.max_documents,
                  "llm: ask about at most so many documents");
  verb.add_option("--faithful", given.faithful,
                  "llm: probability that one of its claims says what the text says")
      ->check(CLI::Range(0.01, 0.99))
      ->capture_default_str();
}

ModelReading::ModelReading(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
ModelReading::~ModelReading() = default;

Result<std::unique_ptr<ModelReading>> ModelReading::make(db::Connection& connection,
                                                         const evidence::Grounder& grounder,
                                                         const ModelArguments& given,
                                                         const Options& options) {
  if (given.endpoint.empty() || given.model.empty()) {
    return invalid_argument("--reader llm wants --endpoint and --model");
  }
  static const SystemClock kClock;
  THAW_TRY(auto store, reading::ReadingStore::open(connection, kClock));
  auto parts = std::make_unique<Parts>(std::move(store), given, options.seed, options.lang == "zh");
  THAW_TRY(auto model, reading::LlmReader::make(parts->polite, parts->logged, grounder,
                                                {.endpoint = given.endpoint,
                                                 .model = given.model,
                                                 .key = key_of_environment(),
                                                 .faithful = given.faithful,
                                                 .tokens_max = given.budget_tokens}));
  parts->model.emplace(std::move(model));
  parts->stored.emplace(*parts->model, parts->store, given.max_documents);
  return std::unique_ptr<ModelReading>(new ModelReading(std::move(parts)));
}

reading::Reader& ModelReading::reader() {
  return *parts_->stored;
}

void ModelReading::tell_progress(std::size_t done, std::size_t total) const {
  const std::size_t asked = parts_->stored->counts().asked + parts_->stored->counts().failed;
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - parts_->begun).count();
  std::string text = fmt::format(
      fmt::runtime(parts_->zh ? "已读 {} / {} 篇" : "{} of {} documents read"), done, total);
  if (asked > 0 && done < total) {
    text += fmt::format(fmt::runtime(parts_->zh ? "\uff0c约剩 {:.0f} 秒" : ", about {:.0f} s left"),
                        seconds / static_cast<double>(asked) * static_cast<double>(total - done));
  }
  tell(text);
}

const std::string& ModelReading::ended() const {
  return parts_->stored->ended();
}

boost::json::object ModelReading::report() const {
  const auto& counts = parts_->stored->counts();
  boost::json::array outbound;
  if (const auto lines = parts_->store.outbound(std::min(kOutboundShown, parts_->log.requests()))) {
    for (const auto& line : *lines) {
      boost::json::array documents(line.outbound.documents.begin(), line.outbound.documents.end());
      outbound.push_back(boost::json::object{{"sent_at", line.sent_at},
                                             {"host", line.outbound.host},
                                             {"documents", std::move(documents)},
                                             {"bytes", line.outbound.bytes},
                                             {"digest", line.outbound.digest}});
    }
  }
  return {{"host", net::host_of(parts_->given.endpoint)},
          {"model", parts_->given.model},
          {"asked", counts.asked},
          {"from_store", counts.from_store},
          {"failed", counts.failed},
          {"ended", parts_->stored->ended().empty() ? boost::json::value(nullptr)
                                                    : boost::json::value(parts_->stored->ended())},
          {"tokens", parts_->model->tokens_used()},
          {"requests", parts_->log.requests()},
          {"bytes_sent", parts_->log.bytes()},
          {"outbound", std::move(outbound)}};
}

}  // namespace thaw::cli
