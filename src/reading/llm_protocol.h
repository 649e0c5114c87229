// What is said to a language model and what is taken from its answer: an OpenAI-compatible chat.
//
// Pure: text in, text out. The document lies between marks that it cannot contain, and the answer
// is only taken in one strict shape; so a text that gives orders ("ignore previous instructions")
// can at most bring about a claim, and that still needs its quotation. Format: the Chat Completions
// API with response_format json_schema. Checked by llm_protocol_test.cc and llm_answer_fuzz.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "reading/reading.h"

namespace thaw::reading {

/// The instruction to the model, in English; its digest is part of what makes a reading the same.
std::string_view llm_prompt();

/// A claim as the model says it; nothing of it is believed yet.
struct SaidClaim {
  std::string subject, object;
  std::string relation;
  std::string sign;  // "raises", "lowers", "none"
  bool causal = false;
  std::string direction;  // "supports", "no_effect_seen", "inconclusive"
  bool negated = false, hedged = false;
  std::string organism;     // "" where it said null
  std::optional<double> n;  // people, animals or samples
  std::string quote;
};

struct LlmAnswer {
  std::vector<SaidClaim> claims;
  std::vector<Refusal> refused;                      // claims of the wrong shape
  std::optional<std::size_t> tokens_in, tokens_out;  // as the endpoint counts them
};

/// The body of the POST for one piece of a text. The same arguments give the same bytes.
std::string llm_request(std::string_view model, std::string_view text,
                        std::size_t answer_tokens_max);

/// The answer in the body of a reply. kCorrupt: not a chat completion, cut off at the length limit,
/// refused by the model, or its content is not the JSON that was asked for. A single claim of the
/// wrong shape is only refused; at most 200 claims are looked at.
Result<LlmAnswer> read_llm_answer(std::string_view body);

/// net::chat_address.
Result<std::string> llm_address(std::string_view endpoint, bool has_key);

}  // namespace thaw::reading
