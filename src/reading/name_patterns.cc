#include "reading/name_patterns.h"

#include <algorithm>
#include <array>
#include <string>

#include "reading/sentences.h"
#include "reading/tokens.h"

namespace thaw::reading {
namespace {

// Written like a gene and none.
constexpr std::array<std::string_view, 44> kNoGenes = {
    "dna", "rna",  "mrna", "cdna", "pcr", "mri", "csf", "usa", "who",  "fda",  "nih",
    "ci",  "hr",   "or",   "rr",   "sd",  "sem", "bmi", "ecg", "eeg",  "emg",  "iq",
    "us",  "uk",   "eu",   "ii",   "iii", "iv",  "vi",  "vii", "viii", "hplc", "elisa",
    "snp", "snps", "gwas", "utr",  "ca",  "na",  "auc", "icu", "hiv",  "ct",   "ip"};

constexpr std::array<std::string_view, 46> kDrugEndings = {
    "azole",   "april",    "opril",    "mab",      "tinib",  "rafenib",  "statin", "cillin",
    "mycin",   "micin",    "amine",    "azepam",   "zolam",  "barbital", "olol",   "caine",
    "dipine",  "sartan",   "floxacin", "idone",    "apine",  "oxetine",  "profen", "cycline",
    "platin",  "rubicin",  "taxel",    "olone",    "sone",   "thiazide", "zosin",  "triptan",
    "gliptin", "phylline", "vudine",   "ciclovir", "setron", "parin",    "terol",  "tropium",
    "quine",   "phine",    "orphan",   "urea",     "mide",   "oxin"};

constexpr std::array<std::string_view, 8> kNoDrugs = {"examine", "determine", "vitamine", "amine",
                                                      "famine",  "contamine", "person",   "urea"};

constexpr std::array<std::string_view, 52> kDiseaseHeads = {
    "disease",       "diseases",     "syndrome",    "syndromes",   "disorder",   "disorders",
    "cancer",        "cancers",      "carcinoma",   "carcinomas",  "tumor",      "tumors",
    "tumour",        "tumours",      "leukemia",    "lymphoma",    "epilepsy",   "seizure",
    "seizures",      "hypertension", "hypotension", "diabetes",    "toxicity",   "infarction",
    "dysfunction",   "infection",    "pain",        "fever",       "dementia",   "ataxia",
    "dystrophy",     "stroke",       "ischemia",    "thrombosis",  "fibrosis",   "obesity",
    "schizophrenia", "depression",   "anxiety",     "amnesia",     "catalepsy",  "dyskinesia",
    "dyskinesias",   "parkinsonism", "bradycardia", "tachycardia", "arrhythmia", "arrhythmias",
    "hemorrhage",    "edema",        "nausea",      "proteinuria"};

constexpr std::array<std::string_view, 14> kDiseaseEndings = {
    "itis",  "aemia",  "emia",   "pathy", "oma",     "plegia", "algia",
    "penia", "megaly", "trophy", "rrhea", "paresis", "uria",   "opathies"};

constexpr std::array<std::string_view, 7> kNoDiseases = {
    "academia", "sympathy", "genoma", "coma", "diploma", "hypertrophy", "empathy"};

template <std::size_t N>
bool is_among(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::ranges::find(words, word) != words.end();
}
template <std::size_t N>
bool ends_like(std::string_view word, const std::array<std::string_view, N>& endings) {
  return std::ranges::any_of(endings, [&](std::string_view e) {
    return word.size() >= e.size() + 2 && word.ends_with(e);
  });
}

bool is_gene_symbol(std::string_view written, std::string_view lower) {
  const auto capitals = std::ranges::count_if(written, [](char c) { return c >= 'A' && c <= 'Z'; });
  const bool digit = std::ranges::any_of(written, [](char c) { return c >= '0' && c <= '9'; });
  const bool starts = !written.empty() && (written[0] < '0' || written[0] > '9');
  const bool shaped = (capitals >= 2 && written.size() >= 3) || (capitals >= 1 && digit);
  return starts && shaped && written.size() >= 2 && written.size() <= 9 &&
         !is_among(lower, kNoGenes) && static_cast<unsigned char>(written[0]) < 0x80;
}

bool is_adjective(std::string_view lower) {
  return lower.size() >= 5 &&
         (lower.ends_with("al") || lower.ends_with("ic") || lower.ends_with("ar") ||
          lower.ends_with("ous") || lower.ends_with("ary") || lower.ends_with("ive") ||
          lower == "heart" || lower == "breast" || lower == "lung" || lower == "liver" ||
          lower == "prostate" || lower == "colon");
}

/// Where the name that ends with token `t` begins: adjectives and "Name's" before it belong to it.
std::size_t disease_begin(std::string_view text, const std::vector<Token>& tokens, std::size_t t) {
  std::size_t begin = t;
  for (int taken = 0; taken < 3 && begin > 0; ++taken) {
    const Token& before = tokens[begin - 1];
    if (is_adjective(before.lower)) {
      --begin;
      continue;
    }
    if (before.lower == "s" && begin >= 3 && tokens[begin - 2].lower == "'" &&
        text[tokens[begin - 3].span.begin] >= 'A' && text[tokens[begin - 3].span.begin] <= 'Z') {
      begin -= 3;
    }
    break;
  }
  return begin;
}

void find_english(std::string_view text, const Span& sentence, std::vector<PatternName>& out) {
  const auto tokens = tokenize(text, sentence);
  for (std::size_t t = 0; t < tokens.size(); ++t) {
    const Token& token = tokens[t];
    const std::string_view written = bytes_at(text, token.span);
    if (is_among(token.lower, kDiseaseHeads) ||
        (ends_like(token.lower, kDiseaseEndings) && !is_among(token.lower, kNoDiseases))) {
      const std::size_t begin = disease_begin(text, tokens, t);
      const Span span{tokens[begin].span.begin, token.span.end};
      while (!out.empty() && out.back().span.touches(span)) {
        out.pop_back();
      }
      out.push_back({span, "disease"});
    } else if (token.lower.size() >= 6 && ends_like(token.lower, kDrugEndings) &&
               !is_among(token.lower, kNoDrugs)) {
      out.push_back({token.span, "drug"});
    } else if (is_gene_symbol(written, token.lower)) {
      out.push_back({token.span, "gene"});
    }
  }
}

struct ChineseEnding {
  std::string_view words, kind;
};
constexpr std::array kChineseEndings = {
    ChineseEnding{"综合征", "disease"}, ChineseEnding{"综合症", "disease"},
    ChineseEnding{"衰竭", "disease"},   ChineseEnding{"感染", "disease"},
    ChineseEnding{"高血压", "disease"}, ChineseEnding{"病", "disease"},
    ChineseEnding{"炎", "disease"},     ChineseEnding{"癌", "disease"},
    ChineseEnding{"瘤", "disease"},     ChineseEnding{"症", "disease"},
    ChineseEnding{"霉素", "drug"},      ChineseEnding{"洛尔", "drug"},
    ChineseEnding{"西林", "drug"},      ChineseEnding{"沙坦", "drug"}};

// Characters that stand before a name and do not belong to it.
constexpr std::string_view kChineseStops =
    "的和及或与在有为是患对由被可使致因如等即指将从当以并其此该各某伴无未不";

bool is_chinese_stop(std::string_view character) {
  return character.size() != 3 || static_cast<unsigned char>(character[0]) < 0xE4U ||
         static_cast<unsigned char>(character[0]) > 0xE9U ||
         kChineseStops.find(character) != std::string_view::npos;
}

void find_chinese(std::string_view text, const Span& sentence, std::vector<PatternName>& out) {
  for (std::size_t at = sentence.begin; at < sentence.end; ++at) {
    for (const ChineseEnding& ending : kChineseEndings) {
      if (!text.substr(at, sentence.end - at).starts_with(ending.words)) {
        continue;
      }
      std::size_t begin = at;
      for (int taken = 0;
           taken < 8 && begin >= sentence.begin + 3 && !is_chinese_stop(text.substr(begin - 3, 3));
           ++taken) {
        begin -= 3;
      }
      const Span span{begin, at + ending.words.size()};
      if (begin < at && (out.empty() || !out.back().span.touches(span))) {
        out.push_back({span, ending.kind});
      }
      break;
    }
  }
}

}  // namespace

std::vector<PatternName> find_pattern_names(std::string_view text) {
  std::vector<PatternName> out;
  for (const Span& sentence : split_sentences(text)) {
    std::vector<PatternName> here;
    find_english(text, sentence, here);
    std::vector<PatternName> chinese;
    find_chinese(text, sentence, chinese);
    for (const PatternName& name : chinese) {
      if (std::ranges::none_of(here, [&](const auto& n) { return n.span.touches(name.span); })) {
        here.push_back(name);
      }
    }
    std::ranges::sort(here, {}, &PatternName::span);
    out.insert(out.end(), here.begin(), here.end());
  }
  return out;
}

}  // namespace thaw::reading
