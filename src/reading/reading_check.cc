#include "reading/reading_check.h"

#include <fmt/format.h>

namespace thaw::reading {
namespace {

bool on_character(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

Result<Done> check_span(std::string_view what, const Span& span, std::string_view text) {
  if (span.begin > span.end || span.end > text.size()) {
    return corrupt(fmt::format("{}: the place {} to {} is not in the text of {} bytes", what,
                               span.begin, span.end, text.size()));
  }
  if (!on_character(text, span.begin) || !on_character(text, span.end)) {
    return corrupt(
        fmt::format("{}: the place {} to {} cuts a character", what, span.begin, span.end));
  }
  return Done{};
}

Result<Done> check_words(std::string_view what, const Span& span, std::string_view words,
                         std::string_view text) {
  THAW_CHECK(check_span(what, span, text));
  if (bytes_at(text, span) != words) {
    return corrupt(fmt::format("{}: '{}' is not what the text has at {} to {}", what,
                               words.substr(0, 80), span.begin, span.end));
  }
  return Done{};
}

Result<Done> check_claim(const ReadClaim& claim, std::string_view text) {
  THAW_CHECK(check_words("subject", claim.subject.span, claim.subject.surface, text));
  THAW_CHECK(check_words("object", claim.object.span, claim.object.surface, text));
  THAW_CHECK(check_words("quotation", claim.evidence, claim.quote, text));
  if (claim.trigger) {
    THAW_CHECK(check_words("trigger", claim.trigger->span, claim.trigger->value, text));
  }
  if (claim.organism) {
    THAW_CHECK(check_span("organism", claim.organism->span, text));
  }
  if (claim.study_kind) {
    THAW_CHECK(check_span("kind of study", claim.study_kind->span, text));
  }
  if (claim.n) {
    THAW_CHECK(check_span("n", claim.n->span, text));
  }
  if (claim.effect) {
    THAW_CHECK(check_words("effect", claim.effect->span, claim.effect->value.printed, text));
  }
  return Done{};
}

}  // namespace

Result<Done> check_verbatim(const Reading& reading, std::string_view text) {
  for (const Mention& mention : reading.mentions) {
    THAW_CHECK(check_words("mention", mention.span, mention.surface, text));
  }
  for (const ReadClaim& claim : reading.claims) {
    THAW_CHECK(check_claim(claim, text));
  }
  return Done{};
}

}  // namespace thaw::reading
