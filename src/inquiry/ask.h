// A question answered in plain sentences with its numbers, from templates and linked names.
//
// No language model: the same question gives the same sentences. What it says rests on the weighed
// claims and the possible worlds; it is information, never advice to take or stop anything.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "inquiry/question.h"
#include "inquiry/rank.h"

namespace thaw::inquiry {

struct AskRequest {
  std::string question;
  std::string lang;  // "en" or "zh"; empty: the question's own
  evidence::WeighOptions weigh;
  std::uint64_t seed = 1;
  unsigned threads = 1;
};

/// One study proposed, and for which answer.
struct Proposal {
  WeakestLink link;
  NextStudy study;
};

struct AskAnswer {
  std::string question;
  std::string lang;
  std::optional<Understood> understood;
  std::string answer;
  // The pair that the claim page should open on: the subject, and the object or the outcome that
  // stands for it. Null where there is none.
  const evidence::Concept* subject = nullptr;
  const evidence::Concept* object = nullptr;
  std::shared_ptr<const Mechanism> mechanism;  // what the chains point into
  std::vector<Chain> chains;
  std::vector<Proposal> proposals;
  std::vector<std::string> suggestions;  // questions that would be understood, in `lang`
  std::vector<Ambiguous> ambiguous;
};

/// What answering rests on; all outlive the call. `people` may be null.
struct AskContext {
  const evidence::Weigher* weigher = nullptr;
  const evidence::NameIndex* names = nullptr;
  const PeoplePort* people = nullptr;
};

/// A question that is not understood is an answer, with suggestions. kInvalidArgument: an empty
/// question, one longer than 500 bytes, or not UTF-8.
Result<AskAnswer> ask(const AskContext& context, const AskRequest& request);

}  // namespace thaw::inquiry
