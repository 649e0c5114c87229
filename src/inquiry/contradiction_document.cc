#include "inquiry/contradiction_document.h"

#include <algorithm>
#include <boost/json.hpp>

#include "evidence/claim_summary.h"
#include "evidence/contradictions.h"
#include "evidence/hierarchy.h"
#include "evidence/weigh_json.h"
#include "inquiry/documents.h"
#include "inquiry/next_study.h"

namespace thaw::inquiry {
namespace {

namespace json = boost::json;
using evidence::Contradiction;
using evidence::Knowledge;
using evidence::WeighedClaim;

/// The concept is an end of the claim, or is above or below one.
class About {
 public:
  About(const Knowledge& knowledge, const evidence::Concept* concept_asked)
      : knowledge_(knowledge), asked_(concept_asked) {}

  bool speaks(const evidence::Claim& claim) const {
    return asked_ == nullptr || near(claim.subject) || near(claim.object);
  }

 private:
  std::uint32_t place(const evidence::Concept* of) const {
    return static_cast<std::uint32_t>(of - knowledge_.concepts().data());
  }
  bool near(const std::string& id) const {
    const std::uint32_t a = place(knowledge_.find_concept(id));
    const std::uint32_t b = place(asked_);
    return knowledge_.hierarchy().covers(a, b) || knowledge_.hierarchy().covers(b, a);
  }

  const Knowledge& knowledge_;
  const evidence::Concept* asked_;
};

json::object one_json(const Knowledge& knowledge, const std::vector<WeighedClaim>& weighed,
                      const Contradiction& c, const PeoplePort* people) {
  json::array claims;
  claims.emplace_back(evidence::claim_summary_json(knowledge, weighed[c.one]));
  if (c.other != c.one) {
    claims.emplace_back(evidence::claim_summary_json(knowledge, weighed[c.other]));
  }
  const WeighedClaim& weaker = weighed[c.other];
  const evidence::Concept* subject = knowledge.find_concept(weaker.claim->subject);
  const bool treatment = subject->kind == "drug" || subject->kind == "intervention";
  const NextStudy study = next_study(weaker, knowledge, treatment ? subject : nullptr, people);
  return {{"kind", evidence::to_string(c.kind)},
          {"claims", std::move(claims)},
          {"at_stake", c.at_stake},
          {"conflict", c.conflict},
          {"settles", evidence::text_json(study.text.en, study.text.zh)},
          {"study", next_study_json(study)}};
}

}  // namespace

json::object contradictions_document(const evidence::Weigher& weigher,
                                     const ContradictionRequest& request,
                                     const PeoplePort* people) {
  const Knowledge& knowledge = weigher.knowledge();
  const auto weighed = weigher.weigh_all(request.weigh);
  auto found = evidence::find_contradictions(knowledge, weighed);
  const About about(knowledge, request.about);
  std::erase_if(found, [&](const Contradiction& c) {
    return !about.speaks(*weighed[c.one].claim) && !about.speaks(*weighed[c.other].claim);
  });
  json::array listed;
  const std::size_t end = std::min(found.size(), request.offset + request.limit);
  for (std::size_t i = request.offset; i < end; ++i) {
    listed.emplace_back(one_json(knowledge, weighed, found[i], people));
  }
  return {
      {"total", found.size()}, {"offset", request.offset}, {"contradictions", std::move(listed)}};
}

}  // namespace thaw::inquiry
