// Any bytes as the reply of a language model's endpoint: refused, or claims of the asked form. The
// same bytes as a document: the request is JSON and holds the text between marks it does not hold.
#include <boost/json.hpp>
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "reading/llm_protocol.h"
#include "reading/verbatim.h"

namespace {

void hold(bool law) {
  if (!law) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using thaw::reading::read_llm_answer;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  // As a whole reply, and as what the model said inside a right one.
  const std::string wrapped = boost::json::serialize(
      boost::json::object{{"choices", boost::json::array{boost::json::object{
                                          {"message", boost::json::object{{"content", bytes}}}}}}});
  for (const std::string_view body : {bytes, std::string_view(wrapped)}) {
    const auto answer = read_llm_answer(body);
    if (!answer) {
      hold(answer.error().code == thaw::ErrorCode::kCorrupt);
      continue;
    }
    for (const auto& claim : answer->claims) {
      hold(!claim.subject.empty() && !claim.object.empty() && !claim.quote.empty());
      hold(!claim.n || *claim.n >= 1);
    }
  }
  if (!thaw::first_invalid_utf8(bytes)) {
    boost::json::error_code error;
    const auto request = boost::json::parse(thaw::reading::llm_request("m", bytes, 10), error);
    hold(!error && request.is_object());
  }
  const auto half = bytes.substr(0, size / 2);
  if (const auto span = thaw::reading::find_verbatim(bytes, half)) {
    hold(span->begin < span->end && span->end <= size);
  }
  return 0;
}
