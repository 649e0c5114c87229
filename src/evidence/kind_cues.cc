#include "evidence/kind_cues.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <unordered_map>

#include "evidence/normal_name.h"

namespace thaw::evidence {
namespace {

using enum KindFamily;

const std::unordered_map<std::string_view, KindFamily>& english_cues() {
  static const std::unordered_map<std::string_view, KindFamily> kCues = {{"patient", kDisease},
                                                                         {"disease", kDisease},
                                                                         {"diagnosi", kDisease},
                                                                         {"diagnosed", kDisease},
                                                                         {"symptom", kDisease},
                                                                         {"syndrome", kDisease},
                                                                         {"onset", kDisease},
                                                                         {"familial", kDisease},
                                                                         {"sporadic", kDisease},
                                                                         {"disorder", kDisease},
                                                                         {"sufferer", kDisease},
                                                                         {"prognosi", kDisease},
                                                                         {"prevalence", kDisease},
                                                                         {"diagnosis", kDisease},
                                                                         {"prognosis", kDisease},
                                                                         {"clinic", kDisease},
                                                                         {"incidence", kDisease},
                                                                         {"affected", kDisease},
                                                                         {"gene", kGene},
                                                                         {"mutation", kGene},
                                                                         {"mutant", kGene},
                                                                         {"variant", kGene},
                                                                         {"protein", kGene},
                                                                         {"expression", kGene},
                                                                         {"mrna", kGene},
                                                                         {"transcript", kGene},
                                                                         {"allele", kGene},
                                                                         {"locus", kGene},
                                                                         {"promoter", kGene},
                                                                         {"knockout", kGene},
                                                                         {"knockdown", kGene},
                                                                         {"overexpression", kGene},
                                                                         {"exon", kGene},
                                                                         {"polymorphism", kGene},
                                                                         {"encode", kGene},
                                                                         {"encoding", kGene},
                                                                         {"binding", kGene},
                                                                         {"phosphorylation", kGene},
                                                                         {"inclusion", kGene},
                                                                         {"rna", kGene},
                                                                         {"repeat", kGene},
                                                                         {"carrier", kGene},
                                                                         {"mg", kDrug},
                                                                         {"dose", kDrug},
                                                                         {"treated", kDrug},
                                                                         {"treatment", kDrug},
                                                                         {"placebo", kDrug},
                                                                         {"therapy", kDrug},
                                                                         {"oral", kDrug},
                                                                         {"intravenous", kDrug},
                                                                         {"drug", kDrug},
                                                                         {"administration", kDrug},
                                                                         {"administered", kDrug},
                                                                         {"daily", kDrug},
                                                                         {"received", kDrug},
                                                                         {"randomized", kDrug},
                                                                         {"started", kDrug},
                                                                         {"ventilation", kDrug},
                                                                         {"use", kDrug},
                                                                         {"process", kProcess},
                                                                         {"pathway", kProcess},
                                                                         {"impaired", kProcess},
                                                                         {"dysfunction", kProcess},
                                                                         {"induced", kProcess},
                                                                         {"activation", kProcess},
                                                                         {"cell", kPlace},
                                                                         {"tissue", kPlace},
                                                                         {"cultured", kPlace},
                                                                         {"neuron", kPlace},
                                                                         {"score", kMeasure},
                                                                         {"scale", kMeasure},
                                                                         {"endpoint", kMeasure},
                                                                         {"decline", kMeasure},
                                                                         {"measured", kMeasure},
                                                                         {"level", kMeasure},
                                                                         {"serum", kMeasure},
                                                                         {"plasma", kMeasure},
                                                                         {"outcome", kMeasure}};
  return kCues;
}

/// Two Chinese characters and what they speak for.
const std::unordered_map<std::string_view, KindFamily>& chinese_cues() {
  static const std::unordered_map<std::string_view, KindFamily> kCues = {
      {"患者", kDisease}, {"疾病", kDisease}, {"确诊", kDisease}, {"起病", kDisease},
      {"症状", kDisease}, {"病人", kDisease}, {"发病", kDisease}, {"诊断", kDisease},
      {"基因", kGene},    {"突变", kGene},    {"变异", kGene},    {"蛋白", kGene},
      {"表达", kGene},    {"转录", kGene},    {"位点", kGene},    {"编码", kGene},
      {"治疗", kDrug},    {"剂量", kDrug},    {"毫克", kDrug},    {"口服", kDrug},
      {"静脉", kDrug},    {"给药", kDrug},    {"药物", kDrug},    {"服用", kDrug},
      {"过程", kProcess}, {"通路", kProcess}, {"障碍", kProcess}, {"活化", kProcess},
      {"细胞", kPlace},   {"组织", kPlace},   {"培养", kPlace},   {"评分", kMeasure},
      {"量表", kMeasure}, {"终点", kMeasure}, {"水平", kMeasure}, {"血清", kMeasure}};
  return kCues;
}

}  // namespace

KindFamily family_of_kind(std::string_view kind) {
  if (kind == "disease" || kind == "phenotype" || kind == "pathology") {
    return kDisease;
  }
  if (kind == "gene" || kind == "protein" || kind == "gene_variant" || kind == "transcript") {
    return kGene;
  }
  if (kind == "drug" || kind == "intervention" || kind == "exposure") {
    return kDrug;
  }
  if (kind == "process") {
    return kProcess;
  }
  if (kind == "cell_type" || kind == "structure" || kind == "model") {
    return kPlace;
  }
  return kind == "outcome" || kind == "biomarker" ? kMeasure : kOther;
}

std::array<double, 7> kind_votes(std::string_view context, std::size_t begin, std::size_t end) {
  std::array<double, 7> votes{};
  const auto tokens = name_tokens(context);
  std::size_t first = 0;
  while (first < tokens.size() && tokens[first].end <= begin) {
    ++first;
  }
  std::size_t last = first;
  while (last < tokens.size() && tokens[last].begin < end) {
    ++last;
  }
  const auto vote = [&](std::size_t at, KindFamily family) {
    const std::size_t away = at < first ? first - at : at - last + 1;
    votes[static_cast<std::size_t>(family)] += 1.0 / static_cast<double>(1 + away);
  };
  const std::size_t from = first > 25 ? first - 25 : 0;
  const std::size_t to = std::min(tokens.size(), last + 25);
  for (std::size_t i = from; i < to; ++i) {
    if (i >= first && i < last) {
      continue;
    }
    if (const auto cue = english_cues().find(tokens[i].normal); cue != english_cues().end()) {
      vote(i, cue->second);
    } else if (tokens[i].character && i + 1 < to && (i + 1 < first || i >= last)) {
      const auto pair = chinese_cues().find(tokens[i].normal + tokens[i + 1].normal);
      if (pair != chinese_cues().end()) {
        vote(i, pair->second);
      }
    }
  }
  for (double& v : votes) {
    v = std::tanh(1.5 * v);
  }
  return votes;
}

}  // namespace thaw::evidence
