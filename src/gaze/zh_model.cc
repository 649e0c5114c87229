#include "gaze/zh_model.h"

#include <algorithm>
#include <cmath>

#include "gaze/tuning.h"
#include "gaze/utf8.h"

namespace thaw::gaze {
namespace {

constexpr std::size_t kBeam = 4;            // ways kept at each place of a cut
constexpr double kUnknownCharacter = 1e-9;  // probability of a character that no word covers
constexpr std::size_t kMostFollowers = 400;

}  // namespace

ZhModel::ZhModel(NgramCounts counts, std::unique_ptr<LibimeModel> libime)
    : counts_(std::move(counts)), libime_(std::move(libime)), lexicon_(counts_, libime_.get()) {
  comma_ = lexicon_.find("，");
}

ZhContext ZhModel::finish(ZhContext context) const {
  context.marks = counts_.probability(context.counts, kEnd);
  if (comma_ != kNoWord) {
    context.marks += counts_.probability(context.counts, comma_);
  }
  context.counts_weight = libime_ == nullptr                  ? 1
                          : context.counts.pair != UINT32_MAX ? tuning().zh_counts_triple
                                                              : tuning().zh_counts_pair;
  return context;
}

ZhContext ZhModel::begin() const {
  ZhContext context;
  context.counts = counts_.context(kBegin, kBegin);
  if (libime_ != nullptr) {
    context.libime = libime_->begin();
  }
  return finish(context);
}

ZhContext ZhModel::next(const ZhContext& context, WordId word) const {
  ZhContext after;
  after.counts = counts_.next(context.counts, word);
  if (libime_ != nullptr) {
    after.libime =
        word == comma_ && word != kNoWord
            ? libime_->begin()
            : libime_->next(context.libime,
                            word == kNoWord ? LibimeModel::kUnknown : lexicon_.libime_index(word));
  }
  return finish(after);
}

double ZhModel::probability(const ZhContext& context, WordId word) const {
  const auto outside = static_cast<double>(std::max<std::size_t>(lexicon_.size(), 1));
  const double counted = word < counts_.size() ? counts_.probability(context.counts, word)
                                               : counts_.unknown(context.counts) / outside;
  if (libime_ == nullptr || word == kEnd || word == comma_ || word == kNoWord) {
    return counted;
  }
  return context.counts_weight * counted +
         (1 - context.counts_weight) * (1 - context.marks) *
             libime_->probability(context.libime, lexicon_.libime_index(word));
}

void ZhModel::likely_next(const ZhContext& context, double least, std::vector<WordId>& out) const {
  const std::size_t before = out.size();
  counts_.followers(context.counts, least, out);
  if (out.size() - before > kMostFollowers) {
    // The triple's followers stand first, and those of the pair that matter are among the common.
    out.resize(before + kMostFollowers);
  }
  if (libime_ != nullptr) {
    for (const std::string& text : libime_->predict(context.libime, {})) {
      if (const WordId word = lexicon_.find(text); word != kNoWord) {
        out.push_back(word);
      }
    }
  }
}

std::vector<ZhModel::Piece> ZhModel::cut(std::string_view hanzi, const ZhContext& context) const {
  struct Way {
    double score;
    ZhContext context;
    std::size_t from_place;
    std::size_t from_way;
    Piece piece;
  };
  std::vector<std::vector<Way>> ways(hanzi.size() + 1);
  ways[0].push_back({0, context, 0, 0, {}});
  for (std::size_t place = 0; place < hanzi.size(); ++place) {
    auto& here = ways[place];
    std::stable_sort(here.begin(), here.end(),
                     [](const Way& a, const Way& b) { return a.score > b.score; });
    if (here.size() > kBeam) {
      here.resize(kBeam);
    }
    for (std::size_t w = 0; w < here.size(); ++w) {
      for (std::size_t size = utf8_size(hanzi, place); place + size <= hanzi.size();
           size += place + size < hanzi.size() ? utf8_size(hanzi, place + size) : 1) {
        if (size > lexicon_.longest()) {
          break;
        }
        const std::string_view text = hanzi.substr(place, size);
        const WordId word = lexicon_.find(text);
        const bool single = size == utf8_size(hanzi, place);
        if (word == kNoWord && !single) {
          continue;
        }
        const double p = word == kNoWord ? 0 : probability(here[w].context, word);
        ways[place + size].push_back({here[w].score + std::log(std::max(p, kUnknownCharacter)),
                                      next(here[w].context, word),
                                      place,
                                      w,
                                      {word, text}});
      }
    }
  }
  std::vector<Piece> pieces;
  auto& last = ways[hanzi.size()];
  if (last.empty()) {
    return pieces;
  }
  std::size_t place = hanzi.size();
  auto way = static_cast<std::size_t>(
      std::max_element(last.begin(), last.end(),
                       [](const Way& a, const Way& b) { return a.score < b.score; }) -
      last.begin());
  while (place > 0) {
    const Way& one = ways[place][way];
    pieces.push_back(one.piece);
    place = one.from_place;
    way = one.from_way;
  }
  std::reverse(pieces.begin(), pieces.end());
  return pieces;
}

}  // namespace thaw::gaze
