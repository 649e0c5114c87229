#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/clock.h"
#include "base/signature.h"
#include "cli/commands.h"
#include "cli/keys.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "evidence/assessment_store.h"
#include "evidence/change_note.h"
#include "inquiry/review_json.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::string item, verdict, curator, reason;
};

Result<Done> assess(const Arguments& given, const Options& options) {
  evidence::Assessment assessment{
      .item = given.item, .curator = given.curator, .reason = given.reason};
  const auto verdict = evidence::verdict_from(given.verdict);
  if (!verdict) {
    return invalid_argument(
        fmt::format("'{}' is not a verdict: accept, reject, wrong_sign, wrong_concept, "
                    "not_causal, hypothesis_only, negative_result, other or withdrawn",
                    given.verdict));
  }
  assessment.verdict = *verdict;
  THAW_CHECK(evidence::check_assessment(assessment));
  THAW_TRY(auto connection, open_store(options));
  THAW_TRY(const SigningKey key,
           SigningKey::open(fmt::format("{}/{}.key", keys_folder(), given.curator)));
  const SystemClock clock;
  THAW_CHECK(evidence::add_curator(*connection, given.curator, key.public_hex(), clock));
  THAW_TRY(const auto note, evidence::ChangeNote::begin(*connection));
  THAW_TRY(const auto kept, evidence::add_assessment(*connection, key, assessment, clock));
  THAW_TRY(const auto parameters, bundled_parameters());
  THAW_CHECK(note.end(*connection, parameters, evidence::cause_of(kept), clock));
  if (options.json) {
    print_document({{"assessment", kept.id},
                    {"item", kept.item},
                    {"verdict", evidence::to_string(kept.verdict)},
                    {"curator", kept.curator},
                    {"made_at", kept.made_at},
                    {"signature", kept.signature}});
    return Done{};
  }
  print_line(fmt::format(fmt::runtime(options.lang == "zh" ? "已签名并保存：{}，{}（{}）"
                                                           : "signed and kept: {}, {} ({})"),
                         kept.item, evidence::verdict_text(kept.verdict, options.lang == "zh"),
                         kept.curator));
  return Done{};
}

}  // namespace

void add_evidence_assess(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& command = program.verb("evidence", "assess",
                                   "Say whether an item was read right; signed, never deleted");
  command.add_option("item", given->item, "Its id")->required();
  command
      .add_option("verdict", given->verdict,
                  "accept, reject, wrong_sign, wrong_concept, not_causal, hypothesis_only, "
                  "negative_result, other or withdrawn")
      ->required();
  command.add_option("--curator", given->curator, "Who says so")->required();
  command.add_option("--reason", given->reason, "Why; wanted for all but accept and withdrawn");
  program.on(command, [given](const Options& options) { return assess(*given, options); });
}

}  // namespace thaw::cli
