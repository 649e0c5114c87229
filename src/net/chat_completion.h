// A language model asked over HTTP: what is posted to an OpenAI-compatible endpoint, and its
// answer.
//
// Pure: text in, text out; what is asked and what the answer means is the caller's. Format: the
// Chat Completions API with response_format json_schema. Checked through its callers
// (llm_protocol_test, llm_answer_fuzz).
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace thaw::net {

struct ChatQuestion {
  std::string_view model;
  std::string_view system;     // the instruction
  std::string_view user;       // what it is about
  std::string_view name;       // of the answer's form
  boost::json::object schema;  // the answer's form
  std::size_t answer_tokens_max = 1024;
};

/// The body of the POST; the same question gives the same bytes. Nothing is drawn at random there
/// (temperature 0).
std::string chat_request(ChatQuestion question);

struct ChatReply {
  std::string content;                               // what the model said, as JSON, not parsed
  std::optional<std::size_t> tokens_in, tokens_out;  // as the endpoint counts them
};

/// What the model said in the body of a reply, without a fence around it. kCorrupt: not a chat
/// completion, cut off at the length limit, or refused by the model.
Result<ChatReply> read_chat_reply(std::string_view body);

/// The address to post to: `endpoint` with "/chat/completions" (and "/v1" before it where it has no
/// path) unless it ends so. kInvalidArgument: no http or https address. kDenied: `has_key` and the
/// address is plain http to another machine: a key is not sent in the clear.
Result<std::string> chat_address(std::string_view endpoint, bool has_key);

}  // namespace thaw::net
