#include "evidence/item_facts.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "evidence/effect_scale.h"
#include "evidence/knowledge.h"

namespace thaw::evidence {
namespace {

bool is_soft_link(std::string_view key) {
  return key.starts_with("lab:") || key.starts_with("consortium:");
}

bool is_randomised(std::string_view kind) {
  return kind == "rct" || kind == "rct_phase2" || kind == "rct_confirmatory";
}

Transport transport_of(const Knowledge& knowledge, const Item& item) {
  const Concept* subject = knowledge.find_concept(item.subject);
  const Concept* object = knowledge.find_concept(item.object);
  if (subject != nullptr && object != nullptr && subject->kind == "gene_variant" &&
      object->kind == "disease") {
    return Transport::kAllele;
  }
  const std::string_view kind = item.study_kind;
  const bool trial = kind.starts_with("rct") || kind == "subgroup_analysis" ||
                     kind == "open_label" || kind == "meta_analysis_rct" ||
                     kind == "adjusted_cohort" || kind == "registry_analysis";
  return trial ? Transport::kTrial : Transport::kMolecular;
}

void sort_words(std::vector<std::string>& words) {
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

/// Every word that occurs, before any place in a list is known.
struct Words {
  std::vector<std::string> kinds, grades, populations, links;

  explicit Words(const Knowledge& knowledge) {
    kinds = {"rct_confirmatory", "rct_phase2"};  // what "rct" turns into
    for (const Item& item : knowledge.items()) {
      add(kinds, item.study_kind);
      add(grades, item.grade.empty() ? "unstated" : item.grade);
      if (!item.population.empty()) {
        add(populations, item.population);
      }
      for (const auto& key : item.group_keys) {
        if (is_soft_link(key)) {
          add(links, key);
        }
      }
    }
    for (auto* list : {&kinds, &grades, &populations, &links}) {
      sort_words(*list);
    }
  }

  static void add(std::vector<std::string>& list, const std::string& word) {
    if (list.empty() || list.back() != word) {
      list.push_back(word);
    }
    if (list.size() > kMostUnsorted) {
      sort_words(list);
    }
  }

  static constexpr std::size_t kMostUnsorted = 4096;  // keeps the lists short on large knowledge
};

void take_effect(ItemFacts& facts, const Item& item, const std::vector<std::string>& scales) {
  const auto effect = item.effect ? natural_effect(*item.effect, item.n) : std::nullopt;
  if (!effect) {
    return;
  }
  facts.scale = place_of(scales, effect->scale);
  facts.x = effect->x;
  facts.se = effect->se;
  facts.unsigned_z = effect->unsigned_z;
  facts.se_from_n = effect->se_from_n;
  facts.estimate_printed = effect->estimate_printed;
}

ItemFacts numbers_of(const Knowledge& knowledge, const Item& item) {
  const Source& source = *knowledge.find_source(item.source);
  ItemFacts facts;
  facts.stated = item.directness * item.quality;
  facts.n = item.n.value_or(0);
  facts.root_n = std::sqrt(facts.n);
  facts.year = item.year.value_or(kNoYear);
  facts.status = source.status;
  facts.status_year = source.status_year.value_or(kNoYear);
  facts.sign = item.sign;
  facts.direction = item.direction;
  facts.transport = transport_of(knowledge, item);
  facts.synthetic = item.synthetic;
  facts.timeless = item.study_kind == "definition";
  facts.randomised = item.study_kind == "rct";
  facts.phase_3 = item.phase.value_or(0) >= 3;
  return facts;
}

}  // namespace

std::uint32_t place_of(const std::vector<std::string>& sorted, std::string_view word) {
  const auto at = std::ranges::lower_bound(
      sorted, word, {}, [](const std::string& s) { return std::string_view(s); });
  return at == sorted.end() || *at != word ? kNoWord
                                           : static_cast<std::uint32_t>(at - sorted.begin());
}

Facts Facts::of(const Knowledge& knowledge) {
  Facts facts;
  Words words(knowledge);
  facts.kinds_ = std::move(words.kinds);
  facts.grades_ = std::move(words.grades);
  facts.populations_ = std::move(words.populations);
  facts.link_names_ = std::move(words.links);
  facts.scales_ = natural_scales();
  std::unordered_map<std::string_view, std::uint32_t> participants = {{"", 0}};
  facts.items_.reserve(knowledge.items().size());
  for (std::size_t i = 0; i < knowledge.items().size(); ++i) {
    const Item& item = knowledge.items()[i];
    ItemFacts read = numbers_of(knowledge, item);
    const Reading reading = knowledge.reading(i);
    read.right = reading.right;
    read.opposite = reading.opposite;
    read.negative = reading.negative;
    read.group = knowledge.group_of(i);
    read.kind = place_of(facts.kinds_, item.study_kind);
    read.grade = place_of(facts.grades_, item.grade.empty() ? "unstated" : item.grade);
    read.population = place_of(facts.populations_, item.population);
    read.participants =
        participants.emplace(item.participants, static_cast<std::uint32_t>(participants.size()))
            .first->second;
    take_effect(read, item, facts.scales_);
    read.links = static_cast<std::uint32_t>(facts.links_.size());
    for (const auto& key : item.group_keys) {
      if (is_soft_link(key)) {
        facts.links_.push_back(place_of(facts.link_names_, key));
      }
    }
    std::sort(facts.links_.begin() + read.links, facts.links_.end());
    read.link_count = static_cast<std::uint16_t>(facts.links_.size() - read.links);
    read.members = static_cast<std::uint32_t>(facts.members_.size());
    for (const auto& key : item.members) {
      if (const int group = knowledge.group_of_key(key); group >= 0 && group != read.group) {
        facts.members_.push_back(group);
      }
    }
    std::sort(facts.members_.begin() + read.members, facts.members_.end());
    read.member_count = static_cast<std::uint16_t>(facts.members_.size() - read.members);
    if (read.scale != kNoWord && !read.synthetic && is_randomised(item.study_kind) && read.n > 0) {
      const auto effect = natural_effect(*item.effect, item.n);
      if (effect->interval_printed && effect->se > 0) {
        facts.trial_errors_.push_back({read.scale, read.year, read.se * read.root_n});
      }
    }
    facts.items_.push_back(read);
  }
  return facts;
}

std::optional<TypicalError> typical_error(const Facts& facts, std::string_view scale,
                                          std::optional<int> as_of) {
  const std::uint32_t wanted = place_of(facts.scales(), scale);
  std::vector<double> errors;
  for (const TrialError& trial : facts.trial_errors()) {
    const bool known_then = !as_of || (trial.year != kNoYear && trial.year <= *as_of);
    if (trial.scale == wanted && known_then) {
      errors.push_back(trial.se_times_root_n);
    }
  }
  if (errors.empty()) {
    return std::nullopt;
  }
  std::ranges::sort(errors);
  const std::size_t half = errors.size() / 2;
  const double median =
      errors.size() % 2 == 1 ? errors[half] : (errors[half - 1] + errors[half]) / 2;
  return TypicalError{median, errors.size()};
}

}  // namespace thaw::evidence
