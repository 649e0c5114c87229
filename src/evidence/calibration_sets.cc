#include "evidence/calibration_sets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <functional>
#include <set>

#include "base/text.h"

namespace thaw::evidence {
namespace {

namespace json = boost::json;

struct Cue {
  std::string_view word;
  std::string_view kind;
};

/// In order: the first word that stands in the sentence decides. Folded, so in lower case.
constexpr std::array<Cue, 34> kCues = {{{"meta analysis", "meta_analysis_rct"},
                                        {"randomized", "rct_phase2"},
                                        {"randomised", "rct_phase2"},
                                        {"placebo", "rct_phase2"},
                                        {"double blind", "rct_phase2"},
                                        {"open label", "open_label"},
                                        {"mendelian randomization", "mendelian_randomisation"},
                                        {"genome wide association", "rare_variant_or_gwas"},
                                        {"gwas", "rare_variant_or_gwas"},
                                        {"mice", "animal"},
                                        {"mouse", "animal"},
                                        {"murine", "animal"},
                                        {"zebrafish", "animal"},
                                        {"rats", "animal"},
                                        {"drosophila", "animal"},
                                        {"ipsc", "patient_cells"},
                                        {"fibroblasts", "patient_cells"},
                                        {"in vitro", "in_vitro"},
                                        {"cell line", "in_vitro"},
                                        {"cultured", "in_vitro"},
                                        {"hek293", "in_vitro"},
                                        {"mutation", "mendelian_variant"},
                                        {"mutations", "mendelian_variant"},
                                        {"missense", "mendelian_variant"},
                                        {"pathogenic variant", "mendelian_variant"},
                                        {"heterozygous", "mendelian_variant"},
                                        {"autopsy", "human_pathology"},
                                        {"biopsy", "human_pathology"},
                                        {"histolog", "human_pathology"},
                                        {"odds ratio", "adjusted_cohort"},
                                        {"hazard ratio", "adjusted_cohort"},
                                        {"cohort", "adjusted_cohort"},
                                        {"case control", "adjusted_cohort"},
                                        {"transcriptom", "omics"}}};

std::string text_at(const json::object& object, const char* key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// The knowledge without the items for which `drop` is true.
Result<Knowledge> without(const Knowledge& knowledge,
                          const std::function<bool(std::size_t)>& drop) {
  std::vector<Item> kept;
  for (std::size_t i = 0; i < knowledge.items().size(); ++i) {
    if (!drop(i)) {
      kept.push_back(knowledge.items()[i]);
    }
  }
  return Knowledge::build(knowledge.concepts(), knowledge.sources(), std::move(kept));
}

constexpr std::array<Preset, 3> kPresets = {Preset::kThaw, Preset::kIndra, Preset::kOpenTargets};

/// Cases with what each preset says of them.
struct Judged {
  const WeightParameters* elsewhere = nullptr;
  std::vector<GradedCase> cases;
  std::array<std::vector<double>, kPresets.size()> said;
  std::vector<double> said_elsewhere;

  /// Asks every preset about `claim` in `rest`; nothing when `rest` says nothing that weighs.
  void add(const Knowledge& rest, const WeightParameters& parameters, const Claim& claim,
           bool supports) {
    const Claim* same = rest.find_claim(claim.id);
    if (same == nullptr) {
      return;
    }
    const Weigher weigher(rest, parameters);
    const auto ours = weigher.weigh(*same);
    if (ours.support + ours.opposition == 0) {
      return;
    }
    cases.push_back({.unit = claim.subject + claim.object, .supports = supports, .others = {}});
    for (std::size_t p = 0; p < kPresets.size(); ++p) {
      said[p].push_back(weigher.weigh(*same, {.preset = kPresets[p]}).belief);
    }
    if (elsewhere != nullptr) {
      said_elsewhere.push_back(Weigher(rest, *elsewhere).weigh(*same).belief);
    }
  }

  JudgedSet scored(std::uint64_t seed) const {
    JudgedSet out{.cases = cases.size()};
    for (const auto& one : cases) {
      out.base_rate += one.supports ? 1.0 / static_cast<double>(cases.size()) : 0;
    }
    const char* names[] = {"thaw", "indra", "open-targets"};
    for (std::size_t p = 0; p < kPresets.size() && !cases.empty(); ++p) {
      out.curves.push_back(reliability(names[p], cases, said[p], said[0], seed));
    }
    if (elsewhere != nullptr && !cases.empty()) {
      out.curves.push_back(
          reliability("thaw, fitted elsewhere", cases, said_elsewhere, said[0], seed));
    }
    return out;
  }
};

bool is_stated(const Knowledge& knowledge, const Claim& claim) {
  return std::ranges::any_of(
      claim.items, [&](std::size_t item) { return knowledge.items()[item].sign == claim.sign; });
}

}  // namespace

std::string kind_of_sentence(std::string_view sentence) {
  const std::string folded = fold(sentence);
  for (const Cue& cue : kCues) {
    if (folded.find(cue.word) != std::string::npos) {
      return std::string(cue.kind);
    }
  }
  return "review";
}

Result<GradedItem> dismech_item(std::string_view line, const WeightParameters& parameters) {
  json::error_code error;
  const json::value root = json::parse(json::string_view(line.data(), line.size()), error);
  if (error || !root.is_object()) {
    return invalid_argument("not a JSON object");
  }
  const json::object& object = root.get_object();
  GradedItem out{.unit = text_at(object, "disease"), .paper = text_at(object, "reference")};
  const auto* path = object.if_contains("path");
  if (out.unit.empty() || out.paper.empty() || path == nullptr || !path->is_array()) {
    return invalid_argument("'disease', 'reference' and 'path' must be there");
  }
  for (const auto& step : path->get_array()) {
    out.claim += step.is_string() ? std::string(step.get_string()) : json::serialize(step);
    out.claim += '\n';
  }
  const std::string verdict = text_at(object, "supports");
  out.grade = parameters.grade.at("unstated");
  if (verdict == "SUPPORT" || verdict == "PARTIAL") {
    out.direction = 1;
    if (const auto weak = parameters.grade.find("weak");
        verdict == "PARTIAL" && weak != parameters.grade.end()) {
      out.grade = weak->second;
    }
  } else if (verdict == "REFUTE" || verdict == "WRONG_STATEMENT") {
    out.direction = -1;
  } else if (verdict != "NO_EVIDENCE") {
    return invalid_argument(fmt::format("'supports' is '{}'", verdict));
  }
  out.kind = kind_of_sentence(text_at(object, "snippet"));
  return out;
}

Result<JudgedSet> judge_store(const Knowledge& knowledge, const WeightParameters& parameters,
                              std::uint64_t seed, const WeightParameters* elsewhere) {
  Judged judged{.elsewhere = elsewhere};
  const auto weighed = Weigher(knowledge, parameters).weigh_all();
  for (const WeighedClaim& claim : weighed) {
    if (!is_stated(knowledge, *claim.claim)) {
      continue;
    }
    std::set<int> groups;
    for (const auto& group : claim.groups) {
      const bool only_panel = group.kind == "expert_panel" || group.kind == "definition";
      if (group.direction == 0 || only_panel || !groups.insert(group.group).second) {
        continue;
      }
      THAW_TRY(const Knowledge rest, without(knowledge, [&](std::size_t item) {
                 return knowledge.group_of(item) == group.group;
               }));
      judged.add(rest, parameters, *claim.claim,
                 group.direction > 0 && !group.internal_disagreement);
    }
  }
  return judged.scored(seed);
}

Result<JudgedSet> judge_panels(const Knowledge& knowledge, const WeightParameters& parameters,
                               std::uint64_t seed, const WeightParameters* elsewhere) {
  Judged judged{.elsewhere = elsewhere};
  THAW_TRY(const Knowledge rest, without(knowledge, [&](std::size_t item) {
             return knowledge.items()[item].study_kind == "expert_panel";
           }));
  for (const Claim& claim : knowledge.claims()) {
    for (const std::size_t index : claim.items) {
      const Item& item = knowledge.items()[index];
      if (item.study_kind == "expert_panel" && item.sign == claim.sign) {
        const bool strong =
            item.grade == "definitive" || item.grade == "panel_strong" || item.grade == "moderate";
        judged.add(rest, parameters, claim, strong);
      }
    }
  }
  return judged.scored(seed);
}

WeightParameters with_fit(const WeightParameters& start, const FittedCaps& fitted) {
  WeightParameters out = start;
  out.default_prior = logistic(fitted.prior_nats);
  for (const auto& [kind, cap] : fitted.cap) {
    out.cap[kind] = cap;
  }
  return out;
}

}  // namespace thaw::evidence
