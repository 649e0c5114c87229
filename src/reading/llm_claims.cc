#include "reading/llm_claims.h"

#include <fmt/format.h>

#include "base/shorten.h"
#include "base/text.h"
#include "reading/verbatim.h"

namespace thaw::reading {
namespace {

using evidence::Direction;
using evidence::Sign;

constexpr std::size_t kShownBytes = 200;
constexpr std::size_t kCandidates = 5;
constexpr std::size_t kNameBytesMax = 200;

bool is_letter(std::string_view text, std::size_t at) {
  const char c = text[at];
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Whether `span` is a whole word: "ALS" does not stand in "FALSE".
bool is_whole_word(std::string_view text, const Span& span) {
  const bool before =
      span.begin > 0 && is_letter(text, span.begin - 1) && is_letter(text, span.begin);
  const bool after =
      span.end < text.size() && is_letter(text, span.end) && is_letter(text, span.end - 1);
  return !before && !after;
}

/// A document's text as claims are held to it.
struct Page {
  std::string_view text;
  const FoldedText& folded;
  const evidence::Grounder& grounder;

  Span all() const { return {0, text.size()}; }

  /// The first place of `name` as whole words inside `within`.
  std::optional<Span> find_name(std::string_view name, Span within) const {
    while (true) {
      const auto span = folded.find(name, within);
      if (!span || is_whole_word(text, *span)) {
        return span;
      }
      within.begin = span->begin + 1;
    }
  }
};

Result<Mention> mention_of(const std::string& name, std::string_view what, const Page& page,
                           const Span& quote) {
  if (name.size() > kNameBytesMax) {
    return invalid_argument(fmt::format("the {} is a sentence, not a name", what));
  }
  auto span = page.find_name(name, quote);
  if (!span) {
    span = page.find_name(name, page.all());
  }
  if (!span) {
    return invalid_argument(fmt::format("the {} is not named in the text", what));
  }
  Mention mention;
  mention.span = *span;
  mention.surface = bytes_at(page.text, *span);
  const auto grounding = page.grounder.ground(
      {.surface = mention.surface, .context = bytes_at(page.text, quote), .kind = {}}, kCandidates);
  for (const auto& candidate : grounding.candidates) {
    mention.candidates.push_back({candidate.id, candidate.matched, candidate.score});
  }
  mention.ambiguous = grounding.ambiguous;
  if (mention.candidates.empty()) {
    return not_found(fmt::format("nothing is known by the name of the {}", what));
  }
  if (grounding.meant() == nullptr) {
    return conflict(fmt::format("the {} can mean several things", what));
  }
  mention.kind = grounding.meant()->kind;
  mention.meaning = grounding.meant()->id;
  return mention;
}

/// Where `form` stands in `within` as a number of its own: not the 45 of "0.45" or the 12 of
/// "12,000".
std::optional<Span> count_in(const std::string& form, const Page& page, Span within) {
  const auto is_digit = [&](std::size_t at) {
    return at < page.text.size() && page.text[at] >= '0' && page.text[at] <= '9';
  };
  const auto is_point = [&](std::size_t at) {
    return at < page.text.size() && (page.text[at] == '.' || page.text[at] == ',');
  };
  while (const auto span = page.find_name(form, within)) {
    const bool goes_on = is_point(span->end) && is_digit(span->end + 1);
    const bool began = span->begin > 1 && is_point(span->begin - 1) && is_digit(span->begin - 2);
    if (!goes_on && !began) {
      return span;
    }
    within.begin = span->begin + 1;
  }
  return std::nullopt;
}

/// `n` where the text states it, with or without a comma in the thousands, inside the quotation
/// first.
std::optional<Stated<double>> stated_count(double n, const Page& page, const Span& quote) {
  const auto whole = static_cast<std::int64_t>(n);
  if (static_cast<double>(whole) != n) {
    return std::nullopt;
  }
  const std::string plain = std::to_string(whole);
  std::string grouped = plain;
  for (std::size_t at = plain.size(); at > 3; at -= 3) {
    grouped.insert(at - 3, ",");
  }
  for (const Span& within : {quote, page.all()}) {
    for (const std::string& form : {plain, grouped}) {
      if (const auto span = count_in(form, page, within)) {
        return Stated<double>{n, *span};
      }
    }
  }
  return std::nullopt;
}

Result<ReadClaim> claim_of(const SaidClaim& said, const Page& page, const Span& piece) {
  const auto quote = page.folded.find(said.quote, piece);
  if (!quote) {
    return invalid_argument("the quotation is not found in the text");
  }
  ReadClaim claim;
  THAW_TRY(claim.subject, mention_of(said.subject, "subject", page, *quote));
  THAW_TRY(claim.object, mention_of(said.object, "object", page, *quote));
  if (!quote->holds(claim.subject.span) && !quote->holds(claim.object.span)) {
    return invalid_argument("the quotation names neither the subject nor the object");
  }
  if (claim.subject.meaning == claim.object.meaning) {
    return invalid_argument("subject and object are the same thing");
  }
  claim.relation = said.relation;
  if (said.sign != "none") {
    claim.sign = said.sign == "raises" ? Sign::kRaises : Sign::kLowers;
  }
  claim.causal = said.causal;
  claim.direction = said.direction == "supports"         ? Direction::kSupports
                    : said.direction == "no_effect_seen" ? Direction::kNoEffectSeen
                                                         : Direction::kInconclusive;
  claim.negated = said.negated;
  claim.hedged = said.hedged;
  if (claim.negated && claim.direction == Direction::kSupports) {
    return invalid_argument("it is said to be found and denied at once");
  }
  if (!said.organism.empty()) {
    if (const auto span = page.find_name(said.organism, page.all())) {
      claim.organism = Stated<std::string>{std::string(bytes_at(page.text, *span)), *span};
    }
  }
  if (said.n) {
    claim.n = stated_count(*said.n, page, *quote);
  }
  claim.evidence = *quote;
  claim.quote = bytes_at(page.text, *quote);
  return claim;
}

}  // namespace

void take_said_claim(const SaidClaim& said, std::string_view text, const FoldedText& folded,
                     const Span& piece, const evidence::Grounder& grounder, double probability,
                     Reading& reading) {
  auto claim = claim_of(said, {text, folded, grounder}, piece);
  if (!claim) {
    reading.refused.push_back(
        {claim.error().message, shorten(fmt::format("{} | {} | {} | \"{}\"", said.subject,
                                                    said.relation, said.object, said.quote),
                                        kShownBytes)});
    return;
  }
  claim->probability = probability;
  for (const Mention* mention : {&claim->subject, &claim->object}) {
    reading.mentions.push_back(*mention);
  }
  reading.claims.push_back(std::move(claim).value());
}

}  // namespace thaw::reading
