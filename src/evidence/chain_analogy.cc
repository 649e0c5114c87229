#include "evidence/chain_analogy.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/random.h"
#include "base/text.h"

namespace thaw::evidence {
namespace {

constexpr std::size_t kStemLongest = 6;
constexpr std::size_t kStemShortest = 3;
constexpr std::size_t kStemDrugsCompared = 25;
constexpr double kLeastShare = 1e-4;  // cases lighter than this share of the heaviest are dropped

std::string first_word(const std::string& name) {
  const std::string folded = fold(name);
  return folded.substr(0, folded.find(' '));
}

}  // namespace

ChainAnalogy::ChainAnalogy(const CuratedChains& chains, AnalogyOptions options)
    : options_(options) {
  std::map<std::string, std::size_t> at;
  for (const CuratedChain& chain : chains.chains) {
    const auto [place, fresh] = at.try_emplace(chain.pair, cases_.size());
    if (fresh) {
      cases_.push_back({chain.pair, chain.drug, chain.disease, chain.drug_name, {}});
    }
    auto& inner = cases_[place->second].inner;
    inner.insert(inner.end(), chain.inner.begin(), chain.inner.end());
  }
  std::ranges::sort(cases_, {}, &ChainCase::pair);  // the order of the file changes nothing
  times_.assign(chains.nodes.size(), 0);
  index();
}

void ChainAnalogy::index() {
  std::ranges::fill(times_, 0);
  for (std::size_t i = 0; i < cases_.size(); ++i) {
    auto& inner = cases_[i].inner;
    std::ranges::sort(inner);
    inner.erase(std::unique(inner.begin(), inner.end()), inner.end());
    std::erase_if(inner, [&](std::uint32_t node) {
      return node == cases_[i].drug || node == cases_[i].disease;
    });
    for (const std::uint32_t node : inner) {
      ++times_[node];
    }
    of_drug_[cases_[i].drug].push_back(i);
    of_disease_[cases_[i].disease].push_back(i);
    first_word_.try_emplace(cases_[i].drug, first_word(cases_[i].drug_name));
  }
  for (const auto& [drug, cases] : of_drug_) {
    drug_profile_[drug] = profile(cases, "");
  }
  for (const auto& [disease, cases] : of_disease_) {
    disease_profile_[disease] = profile(cases, "");
  }
}

std::vector<std::uint32_t> ChainAnalogy::profile(const std::vector<std::size_t>& cases,
                                                 const std::string& without) const {
  std::vector<std::uint32_t> out;
  for (const std::size_t i : cases) {
    if (cases_[i].pair != without) {
      out.insert(out.end(), cases_[i].inner.begin(), cases_[i].inner.end());
    }
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

/// Shared nodes over all nodes, a node in few cases counting more: weight ln(cases / its cases),
/// the case asked about left out of the counts.
double ChainAnalogy::shared_share(const std::vector<std::uint32_t>& a,
                                  const std::vector<std::uint32_t>& b, const ChainCase* own) const {
  const auto cases = static_cast<double>(cases_.size() - (own != nullptr ? 1 : 0));
  const auto rarity = [&](std::uint32_t node) {
    const bool mine = own != nullptr && std::ranges::binary_search(own->inner, node);
    const std::uint32_t times = times_[node] - (mine ? 1 : 0);
    return times == 0 ? 0 : std::log(cases / times);
  };
  double both = 0;
  double any = 0;
  auto i = a.begin();
  auto j = b.begin();
  while (i != a.end() || j != b.end()) {
    if (j == b.end() || (i != a.end() && *i < *j)) {
      any += rarity(*i++);
    } else if (i == a.end() || *j < *i) {
      any += rarity(*j++);
    } else {
      both += rarity(*i);
      any += rarity(*i++);
      ++j;
    }
  }
  return any > 0 ? both / any : 0;
}

/// Drugs whose name ends as the query's, each with how alike drugs of that ending are in the mean;
/// of several lengths of ending the one whose drugs are most alike.
std::map<std::uint32_t, double> ChainAnalogy::drugs_of_stem(const AnalogyQuery& query,
                                                            const ChainCase* own) const {
  const std::string word = first_word(query.drug_name);
  std::map<std::uint32_t, double> best;
  double best_mean = -1;
  for (std::size_t length = kStemLongest; length >= kStemShortest; --length) {
    if (word.size() <= length) {
      continue;
    }
    const std::string stem = word.substr(word.size() - length);
    std::vector<std::uint32_t> drugs;
    for (const auto& [drug, name] : first_word_) {
      if (drug != query.drug && name.size() > length && name.ends_with(stem)) {
        drugs.push_back(drug);
      }
    }
    if (drugs.size() < (length == kStemLongest ? 2U : 3U)) {
      continue;
    }
    double sum = 0;
    double pairs = 0;
    for (std::size_t i = 0; i < std::min(kStemDrugsCompared, drugs.size()); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        sum += shared_share(drug_profile_.at(drugs[i]), drug_profile_.at(drugs[j]), own);
        ++pairs;
      }
    }
    if (sum / pairs > best_mean) {
      best_mean = sum / pairs;
      best.clear();
      for (const std::uint32_t drug : drugs) {
        best[drug] = options_.stem * best_mean;
      }
    }
  }
  return best;
}

std::map<std::uint32_t, double> ChainAnalogy::alike_drugs(const AnalogyQuery& query,
                                                          const ChainCase* own) const {
  const auto mine = of_drug_.find(query.drug);
  const auto known =
      mine == of_drug_.end() ? std::vector<std::uint32_t>{} : profile(mine->second, query.pair);
  if (known.empty()) {
    return drugs_of_stem(query, own);
  }
  std::map<std::uint32_t, double> out;
  for (const auto& [drug, nodes] : drug_profile_) {
    out[drug] = options_.alike * shared_share(known, nodes, own);
  }
  out[query.drug] = 1;
  return out;
}

std::map<std::uint32_t, double> ChainAnalogy::alike_diseases(const AnalogyQuery& query,
                                                             const ChainCase* own) const {
  std::map<std::uint32_t, double> out;
  const auto mine = of_disease_.find(query.disease);
  if (mine != of_disease_.end()) {
    const auto known = profile(mine->second, query.pair);
    for (const auto& [disease, nodes] : disease_profile_) {
      out[disease] = known.empty() ? 0 : shared_share(known, nodes, own);
    }
  }
  out[query.disease] = 1;
  return out;
}

std::vector<LikeCase> ChainAnalogy::like(const AnalogyQuery& query) const {
  const auto own = std::ranges::lower_bound(cases_, query.pair, {}, &ChainCase::pair);
  const bool among = own != cases_.end() && own->pair == query.pair;
  const auto drugs = alike_drugs(query, among ? &*own : nullptr);
  const auto diseases = alike_diseases(query, among ? &*own : nullptr);
  const auto of = [](const std::map<std::uint32_t, double>& alike, std::uint32_t node) {
    const auto at = alike.find(node);
    return at == alike.end() ? 0 : at->second;
  };
  std::vector<LikeCase> out;
  for (std::size_t i = 0; i < cases_.size(); ++i) {
    if (cases_[i].pair != query.pair) {
      const double both = (of(drugs, cases_[i].drug) + options_.unlike_drug) *
                          (of(diseases, cases_[i].disease) + options_.unlike_disease);
      out.push_back({std::pow(both, options_.power), i});
    }
  }
  std::ranges::stable_sort(out, std::greater<>{}, &LikeCase::weight);
  out.resize(std::min(out.size(), options_.cases));
  while (!out.empty() && out.back().weight < kLeastShare * out.front().weight) {
    out.pop_back();
  }
  return out;
}

namespace {

/// The weighed cases laid out for building a set node by node.
struct Samples {
  std::vector<double> weight, size, common;  // per case; common: of the set so far
  std::map<std::uint32_t, std::vector<std::pair<std::size_t, double>>> of_node;

  /// Expected F1 of the set so far at `n` nodes.
  double value(double n) const {
    double sum = 0;
    for (std::size_t i = 0; i < weight.size(); ++i) {
      sum += size[i] + n > 0 ? 2 * weight[i] * common[i] / (n + size[i]) : 0;
    }
    return sum;
  }
};

}  // namespace

std::vector<std::uint32_t> ChainAnalogy::best_set(const AnalogyQuery& query,
                                                  const std::vector<LikeCase>& like,
                                                  const Keep& keep, double least) const {
  Samples samples;
  for (const LikeCase& one : like) {
    const std::size_t at = samples.weight.size();
    double size = 0;
    for (const std::uint32_t node : cases_[one.index].inner) {
      const double kept = node == query.drug || node == query.disease ? 0 : keep(node);
      if (kept > 0) {
        samples.of_node[node].emplace_back(at, kept);
        size += kept;
      }
    }
    samples.weight.push_back(one.weight * (size < least ? size / least : 1));
    samples.size.push_back(size);
    samples.common.push_back(0);
  }
  std::vector<std::uint32_t> chosen;
  double value = 0;
  for (;;) {
    const double n = static_cast<double>(chosen.size()) + 1;
    const double base = samples.value(n);
    auto best = samples.of_node.end();
    double best_value = value;
    for (auto at = samples.of_node.begin(); at != samples.of_node.end(); ++at) {
      double with = base;
      for (const auto& [i, kept] : at->second) {
        with += 2 * samples.weight[i] * kept / (n + samples.size[i]);
      }
      if (with > best_value * (1 + 1e-12)) {
        best_value = with;
        best = at;
      }
    }
    if (best == samples.of_node.end()) {
      return chosen;
    }
    for (const auto& [i, kept] : best->second) {
      samples.common[i] += kept;
    }
    value = best_value;
    chosen.push_back(best->first);
    samples.of_node.erase(best);
  }
}

double ChainAnalogy::expected_f1(const AnalogyQuery& query, const std::vector<LikeCase>& like,
                                 const std::vector<std::uint32_t>& set) const {
  const std::set<std::uint32_t> wanted(set.begin(), set.end());
  double sum = 0;
  double all = 0;
  for (const LikeCase& one : like) {
    double size = 0;
    double common = 0;
    for (const std::uint32_t node : cases_[one.index].inner) {
      if (node != query.drug && node != query.disease) {
        ++size;
        common += wanted.contains(node) ? 1 : 0;
      }
    }
    const double both = size + static_cast<double>(wanted.size());
    sum += both > 0 ? one.weight * 2 * common / both : 0;
    all += one.weight;
  }
  return all > 0 ? sum / all : 0;
}

std::vector<std::pair<std::uint32_t, double>> ChainAnalogy::posterior(
    const AnalogyQuery& query, const std::vector<LikeCase>& like) const {
  std::map<std::uint32_t, double> share;
  double all = 0;
  for (const LikeCase& one : like) {
    all += one.weight;
    for (const std::uint32_t node : cases_[one.index].inner) {
      if (node != query.drug && node != query.disease) {
        share[node] += one.weight;
      }
    }
  }
  std::vector<std::pair<std::uint32_t, double>> out(share.begin(), share.end());
  std::ranges::for_each(out, [all](auto& entry) { entry.second /= all; });
  std::ranges::stable_sort(out, [](const auto& a, const auto& b) { return a.second > b.second; });
  return out;
}

ChainAnalogy ChainAnalogy::permuted(std::uint64_t seed) const {
  ChainAnalogy out;
  out.options_ = options_;
  out.cases_ = cases_;
  out.times_ = times_;
  Random random(seed, 0x616E616C);  // apart from other users of the seed
  for (std::size_t i = out.cases_.size(); i > 1; --i) {
    std::swap(out.cases_[i - 1].inner, out.cases_[random.index(i)].inner);
  }
  out.index();
  return out;
}

}  // namespace thaw::evidence
