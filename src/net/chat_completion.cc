#include "net/chat_completion.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "net/url.h"

namespace thaw::net {
namespace {

namespace json = boost::json;

constexpr std::size_t kDepthMax = 16;

/// The content without the fence that some models put around JSON ("```json ... ```").
std::string_view unfenced(std::string_view text) {
  text = trim(text);
  if (text.starts_with("```") && text.ends_with("```") && text.size() > 6) {
    text = text.substr(3, text.size() - 6);
    text = trim(text.starts_with("json") ? text.substr(4) : text);
  }
  return text;
}

std::optional<std::size_t> count_of(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  if (value == nullptr || !value->is_int64() || value->get_int64() < 0) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(value->get_int64());
}

/// choices[0], or null.
const json::object* first_choice(const json::value& root) {
  const auto* choices = root.is_object() ? root.get_object().if_contains("choices") : nullptr;
  if (choices == nullptr || !choices->is_array() || choices->get_array().empty() ||
      !choices->get_array().front().is_object()) {
    return nullptr;
  }
  return &choices->get_array().front().get_object();
}

}  // namespace

std::string chat_request(ChatQuestion question) {
  json::array messages;
  messages.push_back(json::object{{"role", "system"}, {"content", question.system}});
  messages.push_back(json::object{{"role", "user"}, {"content", question.user}});
  json::object format{{"type", "json_schema"},
                      {"json_schema", json::object{{"name", question.name},
                                                   {"strict", true},
                                                   {"schema", std::move(question.schema)}}}};
  const json::object body{{"model", question.model}, {"messages", std::move(messages)},
                          {"temperature", 0},        {"max_tokens", question.answer_tokens_max},
                          {"stream", false},         {"response_format", std::move(format)}};
  return json::serialize(body);
}

Result<ChatReply> read_chat_reply(std::string_view body) {
  json::error_code error;
  json::parse_options options;
  options.max_depth = kDepthMax;
  const json::value root = json::parse(body, error, {}, options);
  const json::object* choice = error ? nullptr : first_choice(root);
  const auto* message = choice == nullptr ? nullptr : choice->if_contains("message");
  if (message == nullptr || !message->is_object()) {
    return corrupt("the endpoint's reply is not a chat completion");
  }
  ChatReply reply;
  if (const auto* usage = root.get_object().if_contains("usage");
      usage != nullptr && usage->is_object()) {
    reply.tokens_in = count_of(usage->get_object(), "prompt_tokens");
    reply.tokens_out = count_of(usage->get_object(), "completion_tokens");
  }
  const auto* reason = choice->if_contains("finish_reason");
  if (reason != nullptr && reason->is_string() && reason->get_string() == "length") {
    return corrupt("the model's answer was cut off at its length limit");
  }
  const auto* content = message->get_object().if_contains("content");
  if (content == nullptr || !content->is_string()) {
    return corrupt("the model refused to answer or answered nothing");
  }
  reply.content = unfenced(content->get_string());
  return reply;
}

Result<std::string> chat_address(std::string_view endpoint, bool has_key) {
  while (endpoint.ends_with('/')) {
    endpoint.remove_suffix(1);
  }
  THAW_TRY(const std::string origin, origin_of(endpoint));
  if (endpoint.find_first_of("?#@") != std::string_view::npos) {
    return invalid_argument("an endpoint must be a plain address without user, query or fragment");
  }
  if (has_key && origin.starts_with("http://") && !is_this_machine(endpoint)) {
    return denied(fmt::format("{} is plain http: a key is only sent over https or to this machine",
                              host_of(endpoint)));
  }
  std::string address(endpoint);
  if (!address.ends_with("/chat/completions")) {
    const bool has_path = address.find('/', address.find("://") + 3) != std::string::npos;
    address += has_path ? "/chat/completions" : "/v1/chat/completions";
  }
  return address;
}

}  // namespace thaw::net
