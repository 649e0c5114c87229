#include "api/claim_filter.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "evidence/weigh_json.h"

namespace thaw::api {
namespace {

constexpr std::array<std::string_view, 4> kSorts = {"belief", "conflict", "items", "recent"};

bool has_item(const evidence::Knowledge& knowledge, const evidence::Claim& claim,
              const ClaimFilter& filter) {
  if (filter.study_kind.empty() && filter.extractor.empty()) {
    return true;
  }
  return std::any_of(claim.items.begin(), claim.items.end(), [&](std::size_t index) {
    const evidence::Item& item = knowledge.items()[index];
    return (filter.study_kind.empty() || item.study_kind == filter.study_kind) &&
           (filter.extractor.empty() || item.extractor == filter.extractor);
  });
}

bool names_words(const evidence::Knowledge& knowledge, const evidence::Claim& claim,
                 const std::string& words) {
  if (words.empty()) {
    return true;
  }
  const evidence::Name text = evidence::claim_text(knowledge, claim);
  const std::string hay = fold(text.en + " " + text.zh);
  for (const std::string_view word : split(words, ' ')) {
    if (hay.find(word) == std::string::npos) {
      return false;
    }
  }
  return true;
}

bool passes(const ClaimFilter& filter, const evidence::Knowledge& knowledge,
            const evidence::WeighedClaim& weighed) {
  const evidence::Claim& claim = *weighed.claim;
  if (weighed.belief < filter.min_belief ||
      (filter.contested && (weighed.support == 0 || weighed.opposition == 0)) ||
      (filter.about && claim.subject != filter.about->id && claim.object != filter.about->id)) {
    return false;
  }
  if (!filter.kind.empty()) {
    const auto* subject = knowledge.find_concept(claim.subject);
    const auto* object = knowledge.find_concept(claim.object);
    if (subject->kind != filter.kind && object->kind != filter.kind) {
      return false;
    }
  }
  return has_item(knowledge, claim, filter) && names_words(knowledge, claim, filter.words);
}

/// Larger comes first.
double sort_key(const ClaimFilter& filter, const evidence::Knowledge& knowledge,
                const evidence::WeighedClaim& weighed) {
  if (filter.sort == "conflict") {
    return weighed.conflict * (weighed.support + weighed.opposition);
  }
  if (filter.sort == "items") {
    return static_cast<double>(weighed.claim->items.size());
  }
  if (filter.sort == "recent") {
    int latest = 0;
    for (const std::size_t item : weighed.claim->items) {
      latest = std::max(latest, knowledge.items()[item].year.value_or(0));
    }
    return latest;
  }
  return weighed.belief;
}

}  // namespace

std::vector<std::string> claim_filter_parameters() {
  return {"q", "kind", "study_kind", "extractor", "contested", "min_belief", "sort"};
}

Result<ClaimFilter> claim_filter(const Query& query, const evidence::NameIndex& names) {
  ClaimFilter out;
  out.words = fold(query.text("q").value_or(""));
  out.kind = query.text("kind").value_or("");
  out.study_kind = query.text("study_kind").value_or("");
  out.extractor = query.text("extractor").value_or("");
  out.sort = query.text("sort").value_or("belief");
  THAW_TRY(const std::int64_t contested, query.integer("contested", 0, 0, 1));
  out.contested = contested == 1;
  THAW_TRY(out.min_belief, query.real("min_belief", 0, 0, 1));
  if (const auto about = query.text("concept")) {
    THAW_TRY(out.about, names.resolve(*about));
  }
  if (std::ranges::find(kSorts, out.sort) == kSorts.end()) {
    return invalid_argument("'sort' must be belief, conflict, items or recent");
  }
  return out;
}

std::vector<std::size_t> filtered(const ClaimFilter& filter, const evidence::Knowledge& knowledge,
                                  const std::vector<evidence::WeighedClaim>& claims) {
  std::vector<std::pair<double, std::size_t>> kept;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    if (passes(filter, knowledge, claims[i])) {
      kept.emplace_back(sort_key(filter, knowledge, claims[i]), i);
    }
  }
  std::ranges::stable_sort(kept, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::size_t> out;
  for (const auto& [key, place] : kept) {
    out.push_back(place);
  }
  return out;
}

}  // namespace thaw::api
