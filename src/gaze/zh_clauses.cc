#include "gaze/zh_clauses.h"

#include <algorithm>
#include <bit>

namespace thaw::gaze {
namespace {

constexpr std::size_t kBeam = 6;
constexpr std::size_t kScanned = 6000;  // readings of one first letter
constexpr std::size_t kEachEnd = 24;    // readings for each place where a word may end
constexpr std::size_t kMostLast = 24;   // readings that use up the letters
constexpr std::size_t kMostWhole = 12;

/// Readings that can begin at one place of the letters: by where they end, and to the very end.
struct Starts {
  std::vector<std::vector<std::uint32_t>> ending;  // [place]
  std::vector<std::uint32_t> last;
};

Starts starts_at(const ZhModel& model, const TypedPinyin& typed, std::size_t from) {
  Starts found;
  found.ending.resize(typed.size() + 1);
  const ZhLexicon& lexicon = model.lexicon();
  const auto& all = lexicon.starting_with(typed.letters()[from]);
  for (std::size_t i = 0; i < std::min(all.size(), kScanned); ++i) {
    const ZhLexicon::Reading& reading = lexicon.reading(all[i]);
    std::uint64_t ends = typed.word_ends(lexicon.syllables(reading), reading.count, from);
    for (; ends != 0; ends &= ends - 1) {
      auto& here = found.ending[static_cast<std::size_t>(std::countr_zero(ends))];
      if (here.size() < kEachEnd) {
        here.push_back(all[i]);
      }
    }
    if (found.last.size() < kMostLast &&
        typed.matches(lexicon.syllables(reading), reading.count, from)) {
      found.last.push_back(all[i]);
    }
  }
  return found;
}

ZhClause longer(const ZhModel& model, const ZhClause& clause, std::uint32_t place,
                std::size_t letters) {
  const ZhLexicon::Reading& reading = model.lexicon().reading(place);
  ZhClause next = clause;
  next.readings.push_back(place);
  next.probability *= model.probability(clause.context, reading.word) * double(reading.share);
  next.letters = letters;
  return next;
}

void keep_best(std::vector<ZhClause>& clauses, std::size_t most) {
  std::stable_sort(clauses.begin(), clauses.end(), [](const ZhClause& a, const ZhClause& b) {
    return a.probability > b.probability;
  });
  if (clauses.size() > most) {
    clauses.resize(most);
  }
}

}  // namespace

ZhClauses zh_clauses(const ZhModel& model, const ZhContext& context, const TypedPinyin& typed) {
  ZhClauses found;
  const std::size_t size = typed.size();
  if (size < 2) {
    return found;
  }
  std::vector<std::vector<ZhClause>> at(size + 1);
  ZhClause none;
  none.context = context;
  at[0].push_back(none);
  for (std::size_t from = 0; from < size; ++from) {
    if (at[from].empty()) {
      continue;
    }
    keep_best(at[from], kBeam);
    const Starts starts = starts_at(model, typed, from);
    for (ZhClause& clause : at[from]) {
      if (from > 0) {  // put off to here, since most ways are dropped
        const WordId last = model.lexicon().reading(clause.readings.back()).word;
        clause.context = model.next(clause.context, last);
        for (const std::uint32_t place : starts.last) {
          found.whole.push_back(longer(model, clause, place, size));
        }
      }
      for (std::size_t end = from + 1; end < size; ++end) {
        for (const std::uint32_t place : starts.ending[end]) {
          at[end].push_back(longer(model, clause, place, end));
        }
      }
    }
  }
  keep_best(found.whole, kMostWhole);
  for (std::size_t end = size - 1; end > 0; --end) {
    found.parts.insert(found.parts.end(), at[end].begin(), at[end].end());
  }
  return found;
}

}  // namespace thaw::gaze
