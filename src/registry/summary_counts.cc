#include "registry/summary_counts.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace thaw::registry {
namespace {

struct Word {
  std::string_view value;
  const char* en;
  const char* zh;
};

constexpr std::array kSexes = {Word{"female", "female", "女"}, Word{"male", "male", "男"},
                               Word{"unknown", "unknown", "未知"}};
constexpr std::array kSites = {Word{"limb", "limb", "肢体"}, Word{"bulbar", "bulbar", "延髓"},
                               Word{"trunk", "trunk or breathing", "躯干或呼吸"},
                               Word{"unknown", "unknown", "未知"}};
constexpr std::array kDiagnoses = {Word{"als", "ALS", "肌萎缩侧索硬化"},
                                   Word{"flail_arm", "flail arm syndrome", "连枷臂综合征"},
                                   Word{"pma", "progressive muscular atrophy", "进行性肌萎缩"},
                                   Word{"pls", "primary lateral sclerosis", "原发性侧索硬化"},
                                   Word{"other", "other", "其他"},
                                   Word{"unknown", "unknown", "未知"}};
constexpr std::array kStatuses = {Word{"alive", "no death recorded", "无死亡记录"},
                                  Word{"dead", "died", "已去世"}};
constexpr std::array kYesNo = {Word{"yes", "yes", "是"}, Word{"no", "none recorded", "无记录"}};
constexpr std::array kGeneStates = {Word{"none_found", "tested, none found", "已检测，未发现"},
                                    Word{"not_tested", "not tested", "未检测"},
                                    Word{"several", "more than one", "多于一个"},
                                    Word{"unknown", "unknown", "未知"}};

VariableCounts variable(std::string_view name, const char* en, const char* zh,
                        std::span<const Word> words, const std::vector<std::int64_t>& counts) {
  VariableCounts out{std::string(name), {en, zh}, {}};
  const std::vector<FlooredCount> shown = floored(std::span<const std::int64_t>(counts));
  for (std::size_t i = 0; i < words.size(); ++i) {
    out.levels.push_back({std::string(words[i].value), {words[i].en, words[i].zh}, shown[i]});
  }
  return out;
}

// Counts people by the word that `word_of` gives each.
template <class WordOf>
VariableCounts count_by(const RegistryData& data, std::string_view name, const char* en,
                        const char* zh, std::span<const Word> words, WordOf word_of) {
  std::vector<std::int64_t> counts(words.size(), 0);
  for (const History& history : data.people) {
    const auto found = std::ranges::find(words, std::string_view(word_of(history)), &Word::value);
    ++counts[static_cast<std::size_t>(found - words.begin())];
  }
  return variable(name, en, zh, words, counts);
}

bool has_event(const History& history, EventKind kind) {
  return std::ranges::any_of(history.events, [&](const Event& e) { return e.kind == kind; });
}

// One level a gene that somebody has, then what is known of the others.
VariableCounts count_genes(const RegistryData& data) {
  std::map<std::string, std::int64_t, std::less<>> by_gene;
  for (const Word& word : kGeneStates) {
    by_gene[std::string(word.value)] = 0;
  }
  for (const History& history : data.people) {
    const Person& p = history.person;
    if (p.genes.size() > 1) {
      ++by_gene["several"];
    } else if (p.genes.size() == 1) {
      ++by_gene[p.genes.front()];
    } else if (!p.genes_tested) {
      ++by_gene["unknown"];
    } else {
      ++by_gene[*p.genes_tested ? "none_found" : "not_tested"];
    }
  }
  std::vector<Word> words;
  std::vector<std::int64_t> counts;
  const auto is_state = [](std::string_view value) {
    return std::ranges::find(kGeneStates, value, &Word::value) != kGeneStates.end();
  };
  for (const auto& [value, count] : by_gene) {
    if (!is_state(value)) {
      words.push_back({value, value.c_str(), value.c_str()});
      counts.push_back(count);
    }
  }
  for (const Word& word : kGeneStates) {
    words.push_back(word);
    counts.push_back(by_gene[std::string(word.value)]);
  }
  return variable("gene", "pathogenic variant", "致病变异", words, counts);
}

VariableCounts count_riluzole(const RegistryData& data) {
  return count_by(data, "riluzole", "riluzole ever", "用过利鲁唑", kYesNo, [](const History& h) {
    const bool ever = std::ranges::any_of(
        h.treatments, [](const Treatment& t) { return fold(t.drug) == "riluzole"; });
    return ever ? "yes" : "no";
  });
}

}  // namespace

std::vector<VariableCounts> variable_counts(const RegistryData& data) {
  const auto event_counts = [&](std::string_view name, const char* en, const char* zh,
                                EventKind kind) {
    return count_by(data, name, en, zh, kYesNo,
                    [kind](const History& h) { return has_event(h, kind) ? "yes" : "no"; });
  };
  std::vector<VariableCounts> all;
  all.push_back(count_by(data, "sex", "sex", "性别", kSexes,
                         [](const History& h) { return code(h.person.sex); }));
  all.push_back(count_by(data, "site", "site of onset", "起病部位", kSites,
                         [](const History& h) { return code(h.person.site); }));
  all.push_back(count_by(data, "diagnosis", "diagnosis", "诊断", kDiagnoses,
                         [](const History& h) { return code(h.person.diagnosis); }));
  all.push_back(count_genes(data));
  all.push_back(count_riluzole(data));
  all.push_back(event_counts("niv", "non-invasive ventilation", "无创通气", EventKind::kNiv));
  all.push_back(event_counts("gastrostomy", "gastrostomy", "胃造瘘", EventKind::kGastrostomy));
  all.push_back(count_by(data, "status", "status", "状态", kStatuses,
                         [](const History& h) { return death_of(h) ? "dead" : "alive"; }));
  return all;
}

std::vector<AgeCell> age_at_onset_counts(const RegistryData& data) {
  constexpr int kFirst = 15;
  constexpr int kWidth = 5;
  constexpr std::size_t kCells = 16;
  std::vector<std::int64_t> counts(kCells + 1, 0);  // the last: not known, or outside
  for (const History& history : data.people) {
    const Person& p = history.person;
    std::size_t cell = kCells;
    if (p.birth_year && p.onset) {
      const Day birth{std::chrono::year{*p.birth_year} / 7 / 2};
      const double age = months_between(birth, middle_day(*p.onset)) / 12;
      if (age >= kFirst && age < kFirst + kWidth * static_cast<int>(kCells)) {
        cell = static_cast<std::size_t>((age - kFirst) / kWidth);
      }
    }
    ++counts[cell];
  }
  const std::vector<FlooredCount> shown = floored(std::span<const std::int64_t>(counts));
  std::vector<AgeCell> cells;
  for (std::size_t i = 0; i < kCells; ++i) {
    const int from = kFirst + kWidth * static_cast<int>(i);
    cells.push_back({from, from + kWidth, shown[i]});
  }
  return cells;
}

}  // namespace thaw::registry
