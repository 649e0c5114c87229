#include <fmt/format.h>

#include <boost/json.hpp>

#include "api/body.h"
#include "api/json_text.h"
#include "api/route_guard.h"
#include "api/speech.h"
#include "base/text.h"
#include "care/word_json.h"
#include "evidence/json_reader.h"
#include "net/chat_completion.h"
#include "net/url.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kBodyMax = 64 * 1024;
constexpr std::size_t kReplyBytesMax = std::size_t{1} << 20U;
constexpr std::size_t kAnswerTokensMax = 400;

/// What leaves the machine, in both languages.
json::object leaves(const ExpanderSettings& settings) {
  const std::string host = net::host_of(settings.endpoint);
  const bool here = net::is_this_machine(settings.endpoint);
  const std::string_view here_en = here ? " That is on this machine itself." : "";
  const std::string_view here_zh =
      here ? "\u5b83\u5c31\u5728\u8fd9\u53f0\u673a\u5668\u4e0a\u3002" : "";
  return {
      {"en", fmt::format("Only when you ask for it, the letters or words you typed and the last {} "
                         "lines of the conversation go to {} (model {}).{} Nothing else goes, and "
                         "nothing goes by itself. What comes back is only offered to you.",
                         gaze::kDialogueLinesMax, host, settings.model, here_en)},
      {"zh",
       fmt::format("\u53ea\u6709\u60a8\u8981\u6c42\u65f6\uff0c\u60a8\u8f93\u5165\u7684\u5b57\u6bcd"
                   "\u6216\u8bcd\u548c\u5bf9\u8bdd\u7684\u6700\u540e {} \u53e5\u624d\u4f1a\u53d1"
                   "\u5f80 {}\uff08\u6a21\u578b {}\uff09\u3002{}\u522b\u7684\u4e0d\u53d1\uff0c"
                   "\u4e5f\u4e0d\u4f1a\u81ea\u52a8\u53d1\u3002\u8fd4\u56de\u7684\u53e5\u5b50\u53ea"
                   "\u4f9b\u60a8\u9009\u62e9\u3002",
                   gaze::kDialogueLinesMax, host, settings.model, here_zh)}};
}

json::object nothing_leaves() {
  return {{"en", "No language model is set up: nothing leaves this machine."},
          {"zh",
           "\u6ca1\u6709\u8bbe\u7f6e\u8bed\u8a00\u6a21\u578b\uff1a\u6ca1\u6709\u4efb\u4f55\u5185"
           "\u5bb9\u79bb\u5f00\u8fd9\u53f0\u673a\u5668\u3002"}};
}

Result<gaze::ExpandRequest> read_expand(const std::string& text) {
  THAW_TRY(const json::object body, body_object(text));
  evidence::JsonReader reader(body, "body");
  gaze::ExpandRequest request;
  const std::string language = reader.text("lang", true);
  request.keywords = reader.text("keywords", true);
  request.dialogue = reader.texts("dialogue");
  THAW_CHECK(reader.finish());
  THAW_TRY(request.language, gaze::parse_language(language));
  return request;
}

}  // namespace

Result<std::unique_ptr<ExpandDesk>> ExpandDesk::make(ExpanderSettings settings,
                                                     std::unique_ptr<net::HttpClient> client,
                                                     WordsOf words_of) {
  std::string address;
  if (settings.endpoint.empty() != trim(settings.model).empty()) {
    return invalid_argument(
        "the expander wants both --expander-endpoint and --expander-model, or neither");
  }
  if (!settings.endpoint.empty()) {
    THAW_TRY(address, net::chat_address(settings.endpoint, !settings.key.empty()));
  }
  return std::unique_ptr<ExpandDesk>(new ExpandDesk(std::move(settings), std::move(address),
                                                    std::move(client), std::move(words_of)));
}

std::string ExpandDesk::status_document() const {
  if (address_.empty()) {
    return json_line(
        json::object{{"configured", false}, {"host", nullptr}, {"leaves", nothing_leaves()}});
  }
  return json_line(json::object{{"configured", true},
                                {"host", net::host_of(settings_.endpoint)},
                                {"leaves", leaves(settings_)}});
}

Result<std::string> ExpandDesk::ask(const std::string& body) {
  net::HttpRequest request{.url = address_,
                           .headers = {{"Content-Type", "application/json"}},
                           .body = body,
                           .connect_within = std::chrono::seconds(5),
                           .done_within = settings_.within,
                           .bytes_max = kReplyBytesMax,
                           .stop = stopping_.get_token()};
  if (!settings_.key.empty()) {
    request.headers.emplace_back("Authorization", "Bearer " + settings_.key);
  }
  auto reply = client_->send(request);
  if (!reply) {
    return unavailable(fmt::format("the language model did not answer: {}", reply.error().message));
  }
  if (reply->status != 200) {
    return unavailable(fmt::format("the language model at {} answered with status {}",
                                   net::host_of(address_), reply->status));
  }
  return std::move(reply.value().body);
}

Result<std::string> ExpandDesk::expand(gaze::ExpandRequest asked) {
  if (address_.empty()) {
    return conflict(
        "no language model is set up; start with --expander-endpoint and --expander-model to use "
        "one");
  }
  THAW_TRY(const gaze::ExpandRequest request, gaze::trimmed(std::move(asked)));
  const std::unique_lock one_at_a_time(asking_, std::try_to_lock);
  if (!one_at_a_time.owns_lock()) {
    return unavailable("the language model is still busy with the question before");
  }
  const std::string instruction = gaze::expander_instruction(request);
  const std::string text = gaze::expander_text(request);
  const std::string body = net::chat_request({.model = settings_.model,
                                              .system = instruction,
                                              .user = text,
                                              .name = "sentences",
                                              .schema = gaze::expander_schema(),
                                              .answer_tokens_max = kAnswerTokensMax});
  THAW_TRY(const std::string reply, ask(body));
  THAW_TRY(const net::ChatReply chat, net::read_chat_reply(reply));
  const auto words_of = [&](gaze::Language language, std::string_view sentence) {
    auto words = words_of_(language, sentence);
    return words ? std::move(*words) : std::vector<gaze::Word>{};
  };
  THAW_TRY(const gaze::Expansion expansion, gaze::read_expansion(chat.content, request, words_of));
  json::array sentences;
  for (const std::string& sentence : expansion.sentences) {
    sentences.push_back(json::object{
        {"text", sentence}, {"words", care::words_json(words_of(request.language, sentence))}});
  }
  return json_line(json::object{{"sent", {{"to", address_}, {"body", json::parse(body)}}},
                                {"sentences", std::move(sentences)},
                                {"dropped", expansion.dropped}});
}

void add_expand_routes(Site& site, ExpandDesk& desk) {
  site.guarded_read(
      "/api/gaze/expander", {}, this_machine_only,
      [&desk](const Request&) { return Result<Response>(json_response(desk.status_document())); },
      Pace::kQuick);
  site.guarded_write(
      "/api/gaze/expand", kBodyMax, this_machine_only,
      [&desk](const Request& request) -> Result<Response> {
        THAW_TRY(gaze::ExpandRequest asked, read_expand(request.body));
        THAW_TRY(std::string document, desk.expand(std::move(asked)));
        return json_response(std::move(document));
      },
      Pace::kOutside);
}

}  // namespace thaw::api
