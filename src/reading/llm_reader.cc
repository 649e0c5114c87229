#include "reading/llm_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/digest.h"
#include "base/text.h"
#include "net/polite_client.h"
#include "net/url.h"
#include "reading/llm_claims.h"

namespace thaw::reading {
namespace {

// Tokens where an endpoint does not count them: fewer bytes a token than any text really has.
constexpr std::size_t kBytesPerToken = 3;
constexpr std::size_t kReplyBytesMax = std::size_t{8} << 20U;
constexpr std::chrono::minutes kAnswerWithin{10};  // a model on a small machine is slow

bool is_json_object(const net::HttpReply& reply) {
  boost::json::error_code error;
  const auto value = boost::json::parse(reply.body, error);
  return !error && value.is_object();
}

/// Order of Reading, without what is said twice.
void put_in_order(Reading& reading) {
  const auto key = [](const ReadClaim& claim) {
    return std::tuple(claim.evidence.begin, claim.subject.span.begin, claim.object.span.begin,
                      claim.relation);
  };
  std::ranges::stable_sort(reading.claims,
                           [&](const auto& a, const auto& b) { return key(a) < key(b); });
  const auto same = [&](const ReadClaim& a, const ReadClaim& b) {
    return key(a) == key(b) && a.sign == b.sign && a.direction == b.direction;
  };
  const auto twice = std::ranges::unique(reading.claims, same);
  reading.claims.erase(twice.begin(), twice.end());
  const auto place = [](const Mention& mention) { return mention.span; };
  std::ranges::stable_sort(reading.mentions,
                           [&](const auto& a, const auto& b) { return place(a) < place(b); });
  const auto again = std::ranges::unique(
      reading.mentions, [&](const auto& a, const auto& b) { return place(a) == place(b); });
  reading.mentions.erase(again.begin(), again.end());
}

/// Where the piece that begins at `begin` ends.
std::size_t piece_end(std::string_view text, std::size_t begin, std::size_t bytes_max) {
  if (text.size() - begin <= bytes_max) {
    return text.size();
  }
  const std::string_view part = text.substr(begin, bytes_max);
  for (const std::string_view end : {"\n", "\xE3\x80\x82", ". "}) {  // line, 。, full stop
    const auto at = part.rfind(end);
    if (at != std::string_view::npos && at + end.size() > bytes_max / 4) {
      return begin + at + end.size();
    }
  }
  std::size_t at = begin + bytes_max;
  while (at > begin + 1 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) {
    --at;
  }
  return at;
}

}  // namespace

std::vector<Span> pieces_of(std::string_view text, std::size_t bytes_max) {
  std::vector<Span> out;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = piece_end(text, begin, std::max<std::size_t>(bytes_max, 8));
    out.push_back({begin, end});
    begin = end;
  }
  return out;
}

void LoggedClient::set_subject(std::string reader, std::string document) {
  reader_ = std::move(reader);
  document_ = std::move(document);
}

Result<net::HttpReply> LoggedClient::send(const net::HttpRequest& request) {
  const std::string body = request.body.value_or("");
  THAW_CHECK(log_->note({.host = net::host_of(request.url),
                         .reader = reader_,
                         .documents = {document_},
                         .bytes = body.size(),
                         .digest = sha256_hex(body)}));
  return inner_->send(request);
}

Result<LlmReader> LlmReader::make(net::HttpClient& client, LoggedClient& logged,
                                  const evidence::Grounder& grounder, LlmSettings settings) {
  if (trim(settings.model).empty()) {
    return invalid_argument("a language model must be named (--model)");
  }
  if (!(settings.faithful > 0 && settings.faithful < 1)) {
    return invalid_argument("the probability of a reading must lie between 0 and 1");
  }
  THAW_TRY(std::string address, llm_address(settings.endpoint, !settings.key.empty()));
  return LlmReader(client, logged, grounder, std::move(settings), std::move(address));
}

std::size_t LlmReader::estimate(std::string_view text) const {
  return (text.size() + llm_prompt().size()) / kBytesPerToken + 1;
}

bool LlmReader::is_out_of_budget(const evidence::Document& document) const {
  if (settings_.tokens_max == 0) {
    return false;
  }
  const std::string text = document.text();
  std::size_t wanted = tokens_used_;
  for (const Span& piece : pieces_of(text, settings_.piece_bytes)) {
    wanted += estimate(bytes_at(text, piece)) + settings_.answer_tokens_max;
  }
  return wanted > settings_.tokens_max;
}

std::string LlmReader::digest_of(const evidence::Document& document) const {
  const std::string text = document.text();
  return sha256_hex(fmt::format("{}\n{}\n{}\n{}\n{}", sha256_hex(llm_prompt()), settings_.model,
                                settings_.piece_bytes, settings_.answer_tokens_max,
                                sha256_hex(text)));
}

Result<LlmAnswer> LlmReader::ask(std::string_view piece) {
  net::HttpRequest request{.url = address_,
                           .headers = {{"Content-Type", "application/json"}},
                           .body = llm_request(settings_.model, piece, settings_.answer_tokens_max),
                           .done_within = kAnswerWithin,
                           .bytes_max = kReplyBytesMax,
                           .stop = settings_.stop,
                           .is_whole = is_json_object};
  if (!settings_.key.empty()) {
    request.headers.emplace_back("Authorization", "Bearer " + settings_.key);
  }
  THAW_TRY(auto reply, client_->send(request));
  THAW_TRY(const std::string body, net::body_of(request, std::move(reply)));
  auto answer = read_llm_answer(body);
  const std::size_t in = answer ? answer->tokens_in.value_or(estimate(piece)) : estimate(piece);
  const std::size_t out = answer ? answer->tokens_out.value_or(body.size() / kBytesPerToken)
                                 : body.size() / kBytesPerToken;
  tokens_used_ += in + out;
  return answer;
}

Result<Reading> LlmReader::read(const evidence::Document& document) {
  if (is_out_of_budget(document)) {
    return unavailable(fmt::format("the budget of {} tokens would be exceeded by {}",
                                   settings_.tokens_max, document.id));
  }
  const std::string text = document.text();
  const FoldedText folded(text);
  Reading reading{.document = document.id, .reader = name()};
  logged_->set_subject(name(), document.id);
  for (const Span& piece : pieces_of(text, settings_.piece_bytes)) {
    THAW_TRY(LlmAnswer answer, ask(bytes_at(text, piece)));
    for (const auto& said : answer.claims) {
      take_said_claim(said, text, folded, piece, *grounder_, settings_.faithful, reading);
    }
    for (auto& refusal : answer.refused) {
      reading.refused.push_back(std::move(refusal));
    }
  }
  put_in_order(reading);
  return reading;
}

}  // namespace thaw::reading
