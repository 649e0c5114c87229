#include "reading/study_facts.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "reading/tokens.h"

namespace thaw::reading {
namespace {

struct Word {
  std::string_view words;  // lower case; a phrase of tokens separated by one space
  std::string_view means;
};

// Longer phrases before the shorter ones that they begin with.
constexpr std::array kOrganisms = {Word{"patients", "human"},
                                   Word{"patient", "human"},
                                   Word{"participants", "human"},
                                   Word{"humans", "human"},
                                   Word{"human", "human"},
                                   Word{"women", "human"},
                                   Word{"men", "human"},
                                   Word{"volunteers", "human"},
                                   Word{"mice", "mouse"},
                                   Word{"mouse", "mouse"},
                                   Word{"murine", "mouse"},
                                   Word{"rats", "rat"},
                                   Word{"rat", "rat"},
                                   Word{"zebrafish", "zebrafish"},
                                   Word{"drosophila", "fruit fly"},
                                   Word{"flies", "fruit fly"},
                                   Word{"c . elegans", "nematode"},
                                   Word{"caenorhabditis", "nematode"},
                                   Word{"yeast", "yeast"},
                                   Word{"saccharomyces", "yeast"},
                                   Word{"rabbits", "rabbit"},
                                   Word{"rabbit", "rabbit"},
                                   Word{"monkeys", "monkey"},
                                   Word{"macaques", "monkey"},
                                   Word{"dogs", "dog"},
                                   Word{"pigs", "pig"},
                                   Word{"guinea pig", "guinea pig"}};

constexpr std::array kOrganismsZh = {
    Word{"患者", "human"},     Word{"病人", "human"},    Word{"受试者", "human"},
    Word{"小鼠", "mouse"},     Word{"大鼠", "rat"},      Word{"斑马鱼", "zebrafish"},
    Word{"果蝇", "fruit fly"}, Word{"线虫", "nematode"}, Word{"酵母", "yeast"},
    Word{"家兔", "rabbit"},    Word{"猴", "monkey"}};

// Publication types of PubMed and the like, folded.
constexpr std::array kPublicationTypes = {Word{"meta analysis", "meta_analysis_rct"},
                                          Word{"randomized controlled trial", "rct"},
                                          Word{"clinical trial, phase iii", "rct"},
                                          Word{"systematic review", "review"},
                                          Word{"review", "review"},
                                          Word{"clinical trial", "open_label"},
                                          Word{"observational study", "adjusted_cohort"},
                                          Word{"editorial", "opinion"},
                                          Word{"comment", "opinion"},
                                          Word{"letter", "opinion"}};

// Words of the text, the more telling first. Tokens separated by one space.
constexpr std::array kStudyWords = {Word{"meta - analysis of randomized", "meta_analysis_rct"},
                                    Word{"meta - analysis of randomised", "meta_analysis_rct"},
                                    Word{"mendelian randomization", "mendelian_randomisation"},
                                    Word{"mendelian randomisation", "mendelian_randomisation"},
                                    Word{"post hoc", "subgroup_analysis"},
                                    Word{"subgroup analysis", "subgroup_analysis"},
                                    Word{"double - blind", "rct"},
                                    Word{"randomly assigned", "rct"},
                                    Word{"randomized", "rct"},
                                    Word{"randomised", "rct"},
                                    Word{"placebo - controlled", "rct"},
                                    Word{"open - label", "open_label"},
                                    Word{"genome - wide association", "rare_variant_or_gwas"},
                                    Word{"burden analysis", "rare_variant_or_gwas"},
                                    Word{"exome sequencing", "rare_variant_or_gwas"},
                                    Word{"systematic review", "review"},
                                    Word{"this review", "review"},
                                    Word{"we review", "review"},
                                    Word{"cohort study", "adjusted_cohort"},
                                    Word{"case - control", "adjusted_cohort"},
                                    Word{"cohort", "adjusted_cohort"},
                                    Word{"post - mortem", "human_pathology"},
                                    Word{"postmortem", "human_pathology"},
                                    Word{"autopsy", "human_pathology"},
                                    Word{"pluripotent", "patient_cells"},
                                    Word{"ipsc", "patient_cells"},
                                    Word{"patient - derived", "patient_cells"},
                                    Word{"pedigree", "mendelian_variant"},
                                    Word{"segregat", "mendelian_variant"},
                                    Word{"proband", "mendelian_variant"},
                                    Word{"transgenic mice", "animal"},
                                    Word{"mice", "animal"},
                                    Word{"rats", "animal"},
                                    Word{"zebrafish", "animal"},
                                    Word{"drosophila", "animal"},
                                    Word{"in vivo", "animal"},
                                    Word{"rna - seq", "omics"},
                                    Word{"transcriptomic", "omics"},
                                    Word{"proteomic", "omics"},
                                    Word{"in vitro", "in_vitro"},
                                    Word{"cultured", "in_vitro"},
                                    Word{"cell line", "in_vitro"},
                                    Word{"cells", "in_vitro"}};

constexpr std::array kStudyWordsZh = {Word{"荟萃分析", "meta_analysis_rct"},
                                      Word{"孟德尔随机化", "mendelian_randomisation"},
                                      Word{"亚组分析", "subgroup_analysis"},
                                      Word{"双盲", "rct"},
                                      Word{"随机", "rct"},
                                      Word{"开放标签", "open_label"},
                                      Word{"全基因组关联", "rare_variant_or_gwas"},
                                      Word{"综述", "review"},
                                      Word{"队列", "adjusted_cohort"},
                                      Word{"病例对照", "adjusted_cohort"},
                                      Word{"尸检", "human_pathology"},
                                      Word{"家系", "mendelian_variant"},
                                      Word{"小鼠", "animal"},
                                      Word{"大鼠", "animal"},
                                      Word{"转录组", "omics"},
                                      Word{"体外", "in_vitro"},
                                      Word{"细胞系", "in_vitro"}};

/// Where the phrase of `tokens`-words begins at token `at`: its end, or 0.
std::size_t phrase_end(const std::vector<Token>& tokens, std::size_t at, std::string_view phrase) {
  const auto words = split(phrase, ' ');
  for (std::size_t w = 0; w < words.size(); ++w) {
    if (at + w >= tokens.size() || tokens[at + w].lower != words[w]) {
      return 0;
    }
  }
  return at + words.size();
}

template <std::size_t N>
std::optional<Stated<std::string>> first_place(const std::vector<Token>& tokens,
                                               const std::array<Word, N>& table) {
  for (std::size_t t = 0; t < tokens.size(); ++t) {
    for (const Word& word : table) {
      if (const std::size_t end = phrase_end(tokens, t, word.words); end > 0) {
        return Stated<std::string>{std::string(word.means),
                                   {tokens[t].span.begin, tokens[end - 1].span.end}};
      }
    }
  }
  return std::nullopt;
}

template <std::size_t N>
std::optional<Stated<std::string>> most_telling(const std::vector<Token>& tokens,
                                                const std::array<Word, N>& table) {
  for (const Word& word : table) {
    for (std::size_t t = 0; t < tokens.size(); ++t) {
      if (const std::size_t end = phrase_end(tokens, t, word.words); end > 0) {
        return Stated<std::string>{std::string(word.means),
                                   {tokens[t].span.begin, tokens[end - 1].span.end}};
      }
    }
  }
  return std::nullopt;
}

template <std::size_t N>
std::optional<Stated<std::string>> chinese_place(std::string_view text, const Span& within,
                                                 const std::array<Word, N>& table) {
  std::optional<Stated<std::string>> best;
  for (const Word& word : table) {
    const auto at = bytes_at(text, within).find(word.words);
    if (at != std::string_view::npos && (!best || within.begin + at < best->span.begin)) {
      best = {std::string(word.means), {within.begin + at, within.begin + at + word.words.size()}};
    }
  }
  return best;
}

/// A token as a plain number without thousands' commas.
std::optional<double> number_of(const Token& token) {
  std::string digits;
  for (const char c : token.lower) {
    if (c != ',') {
      digits += c;
    }
  }
  if (digits.empty() || digits.front() < '0' || digits.front() > '9') {
    return std::nullopt;
  }
  return parse_double(digits);
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

std::optional<Stated<std::string>> find_organism(std::string_view text, const Span& within) {
  if (auto found = first_place(tokenize(text, within), kOrganisms)) {
    return found;
  }
  return chinese_place(text, within, kOrganismsZh);
}

std::optional<Stated<std::string>> find_study_kind(const evidence::Document& document,
                                                   std::string_view text) {
  for (const Word& type : kPublicationTypes) {
    for (const std::string& kind : document.kinds) {
      if (fold(kind) == type.words) {
        return Stated<std::string>{std::string(type.means), {}};
      }
    }
  }
  const Span all{0, text.size()};
  if (auto found = most_telling(tokenize(text, all), kStudyWords)) {
    return found;
  }
  for (const Word& word : kStudyWordsZh) {
    if (const auto at = text.find(word.words); at != std::string_view::npos) {
      return Stated<std::string>{std::string(word.means), {at, at + word.words.size()}};
    }
  }
  return std::nullopt;
}

std::optional<Stated<double>> find_n(std::string_view text, const Span& within) {
  const auto tokens = tokenize(text, within);
  for (std::size_t t = 0; t < tokens.size(); ++t) {
    const auto number = number_of(tokens[t]);
    if (!number || *number < 1 || *number != static_cast<double>(static_cast<long>(*number))) {
      continue;
    }
    const bool after_n = t >= 2 && tokens[t - 2].lower == "n" && tokens[t - 1].lower == "=";
    bool counted = false;
    for (std::size_t u = t + 1; u < std::min(tokens.size(), t + 4) && !counted; ++u) {
      if (is_one_of(tokens[u].lower, {"%", ",", ".", "(", "-", "years", "year", "mg", "weeks",
                                      "months", "days", "of"})) {
        break;
      }
      counted = is_one_of(tokens[u].lower,
                          {"patients", "participants", "subjects", "individuals", "people", "cases",
                           "men", "women", "volunteers", "mice", "rats", "families"});
    }
    const bool counted_zh =
        t + 1 < tokens.size() && is_one_of(tokens[t + 1].lower, {"例", "名", "只"});
    if (after_n) {
      return Stated<double>{*number, {tokens[t - 2].span.begin, tokens[t].span.end}};
    }
    if (counted || counted_zh) {
      return Stated<double>{*number, tokens[t].span};
    }
  }
  return std::nullopt;
}

namespace {

struct Measure {
  std::string_view words;  // tokens separated by one space, letters lowered
  std::string_view exact;  // as an abbreviation must be written; empty: any case
  std::string_view measure;
};

constexpr std::array kMeasures = {
    Measure{"hazard ratio", "", "hazard_ratio"}, Measure{"odds ratio", "", "odds_ratio"},
    Measure{"risk ratio", "", "risk_ratio"},     Measure{"relative risk", "", "risk_ratio"},
    Measure{"rate ratio", "", "risk_ratio"},     Measure{"hr", "HR", "hazard_ratio"},
    Measure{"or", "OR", "odds_ratio"},           Measure{"rr", "RR", "risk_ratio"},
    Measure{"ahr", "aHR", "hazard_ratio"},       Measure{"aor", "aOR", "odds_ratio"},
    Measure{"风 险 比", "", "hazard_ratio"},     Measure{"比 值 比", "", "odds_ratio"},
    Measure{"优 势 比", "", "odds_ratio"},       Measure{"相 对 危 险 度", "", "risk_ratio"}};

/// Reads a figure from the tokens after the name of its measure.
class EffectReader {
 public:
  EffectReader(std::string_view text, const std::vector<Token>& tokens)
      : text_(text), tokens_(tokens) {}

  std::optional<Stated<evidence::PrintedEffect>> read() {
    for (std::size_t t = 0; t < tokens_.size(); ++t) {
      for (const Measure& measure : kMeasures) {
        const std::size_t end = phrase_end(tokens_, t, measure.words);
        if (end == 0 ||
            (!measure.exact.empty() && bytes_at(text_, tokens_[t].span) != measure.exact)) {
          continue;
        }
        if (auto found = after(t, end, measure.measure)) {
          return found;
        }
      }
    }
    return std::nullopt;
  }

 private:
  /// The first number in [from, from + reach) that is no percentage, exponent or year.
  std::optional<std::size_t> number_at(std::size_t from, std::size_t reach) const {
    for (std::size_t t = from; t < std::min(tokens_.size(), from + reach); ++t) {
      const bool share = t + 1 < tokens_.size() && tokens_[t + 1].lower == "%";
      if (number_of(tokens_[t]) && !share) {
        return t;
      }
      if (is_one_of(tokens_[t].lower, {".", "。", "p"})) {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  std::optional<std::size_t> interval_word(std::size_t from, std::size_t reach) const {
    for (std::size_t t = from; t < std::min(tokens_.size(), from + reach); ++t) {
      if (tokens_[t].lower == "ci") {
        return t + 1;
      }
      if (tokens_[t].lower == "confidence" || tokens_[t].lower == "credible") {
        return t + 2;
      }
      if (const auto zh = std::max(phrase_end(tokens_, t, "置 信 区 间"),
                                   phrase_end(tokens_, t, "可 信 区 间"));
          zh > 0) {
        return zh;
      }
    }
    return std::nullopt;
  }

  void read_interval(std::size_t from, evidence::PrintedEffect& effect, std::size_t& last) const {
    const auto word = interval_word(from, 10);
    const auto low = word ? number_at(*word, 8) : std::nullopt;
    const auto high = low ? number_at(*low + 1, 3) : std::nullopt;
    if (!high) {
      return;
    }
    const double a = *number_of(tokens_[*low]);
    const double b = *number_of(tokens_[*high]);
    if (a <= *effect.value && *effect.value <= b) {
      effect.low = a;
      effect.high = b;
      last = *high;
    }
  }

  void read_p(std::size_t from, evidence::PrintedEffect& effect, std::size_t& last) const {
    for (std::size_t t = from; t + 2 < std::min(tokens_.size(), from + 14); ++t) {
      if (tokens_[t].lower != "p" || !is_one_of(tokens_[t + 1].lower, {"=", "＝"})) {
        continue;
      }
      const auto p = number_of(tokens_[t + 2]);
      if (p && *p >= 0 && *p <= 1) {
        effect.p = p;
        last = t + 2;
      }
      return;
    }
  }

  std::optional<Stated<evidence::PrintedEffect>> after(std::size_t begin, std::size_t end,
                                                       std::string_view measure) const {
    const auto at = number_at(end, 8);
    if (!at) {
      return std::nullopt;
    }
    evidence::PrintedEffect effect;
    effect.measure = std::string(measure);
    effect.value = number_of(tokens_[*at]);
    if (!(*effect.value > 0) || *effect.value > 1000) {
      return std::nullopt;  // a ratio lies above 0; "HR 2019" is none
    }
    std::size_t last = *at;
    read_interval(*at + 1, effect, last);
    read_p(last + 1, effect, last);
    const Span span{tokens_[begin].span.begin, tokens_[last].span.end};
    effect.printed = std::string(bytes_at(text_, span));
    return Stated<evidence::PrintedEffect>{effect, span};
  }

  std::string_view text_;
  const std::vector<Token>& tokens_;
};

}  // namespace

std::optional<Stated<evidence::PrintedEffect>> find_effect(std::string_view text,
                                                           const Span& within) {
  const auto tokens = tokenize(text, within);
  return EffectReader(text, tokens).read();
}

}  // namespace thaw::reading
