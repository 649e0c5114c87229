#include "discovery/replicates.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>

#include "base/parallel.h"
#include "base/random.h"
#include "discovery/impute.h"

namespace thaw::discovery {
namespace {

constexpr std::uint64_t kImputationStreams = 1ULL << 32U;

bool equal_rows(const Data& data, std::size_t a, std::size_t b) {
  for (std::size_t i = 0; i < data.size(); ++i) {
    const bool missing = data.missing(i, a);
    if (missing != data.missing(i, b)) {
      return false;
    }
    if (!missing && (data.discrete(i) ? data.codes(i)[a] != data.codes(i)[b]
                                      : data.values(i)[a] != data.values(i)[b])) {
      return false;
    }
  }
  return true;
}

/// Calls `told` with the share of `of` pieces that are done, one thread at a time; remembers a no.
class Counter {
 public:
  Counter(const std::function<bool(double)>& told, std::size_t of) : told_(told), of_(of) {}

  void one_more() {
    const std::lock_guard lock(mutex_);
    ++done_;
    if (told_ && !stopped_) {
      stopped_ = !told_(static_cast<double>(done_) / static_cast<double>(of_));
    }
  }
  bool stopped() const { return stopped_; }

 private:
  const std::function<bool(double)>& told_;
  std::size_t of_;
  std::size_t done_ = 0;
  std::atomic<bool> stopped_ = false;
  std::mutex mutex_;
};

Result<std::vector<graph::MixedEdge>> learn_draw(const Data& data, const DrawUnits& units,
                                                 const Knowledge& knowledge,
                                                 const LearnOptions& learn_options, bool fill,
                                                 Random random) {
  std::vector<std::size_t> rows;
  for (std::size_t k = 0; k < units.rows.size(); ++k) {
    const auto& unit = units.rows[random.index(units.rows.size())];
    rows.insert(rows.end(), unit.begin(), unit.end());
  }
  std::ranges::sort(rows);
  Data drawn = data.take(rows);
  if (fill) {
    THAW_TRY(drawn, impute(drawn, random));
  }
  THAW_TRY(const Learned learned, learn(drawn, knowledge, learn_options));
  return learned.graph.edges();
}

}  // namespace

DrawUnits draw_units(const Data& data, const std::vector<std::size_t>& person) {
  DrawUnits units;
  if (person.empty()) {
    for (std::size_t row = 0; row < data.rows(); ++row) {
      units.rows.push_back({row});
    }
    return units;
  }
  std::map<std::size_t, std::vector<std::size_t>> by_person;
  std::vector<std::size_t> content(data.rows(), 0);  // equal rows, equal number
  for (std::size_t row = 0; row < data.rows(); ++row) {
    content[row] = row > 0 ? content[row - 1] + (equal_rows(data, row - 1, row) ? 0U : 1U) : 0;
    by_person[person[data.origin()[row]]].push_back(row);
  }
  for (auto& [who, rows] : by_person) {
    units.rows.push_back(std::move(rows));
  }
  // Ids say nothing: people stand in the order of what was seen of them.
  std::ranges::stable_sort(units.rows, [&](const auto& a, const auto& b) {
    return std::ranges::lexicographical_compare(
        a, b, {}, [&](std::size_t row) { return content[row]; },
        [&](std::size_t row) { return content[row]; });
  });
  return units;
}

Result<BootstrapReport> replicate(const Data& data, const DrawUnits& units,
                                  const Knowledge& knowledge, const ReplicateOptions& options) {
  std::vector<std::optional<Result<std::vector<graph::MixedEdge>>>> drawn(options.replicates);
  Counter counter(options.progress, options.replicates);
  LearnOptions each = options.learn;
  each.progress = [&counter](double) { return !counter.stopped(); };
  for_each_piece(options.replicates, options.threads, [&](std::size_t b) {
    if (!counter.stopped()) {
      drawn[b] =
          learn_draw(data, units, knowledge, each, options.impute, Random(options.seed, b + 1));
      counter.one_more();
    }
  });
  if (counter.stopped()) {
    return unavailable("the discovery was stopped");
  }
  BootstrapReport report;
  report.asked = options.replicates;
  std::vector<std::vector<graph::MixedEdge>> graphs;
  for (auto& one : drawn) {
    if (*one) {
      graphs.push_back(std::move(one->value()));
    } else if (report.first_failure.empty()) {
      report.first_failure = one->error().message;
    }
  }
  report.done = graphs.size();
  if (graphs.empty()) {
    return invalid_argument(fmt::format("none of {} draws of the rows could be learned from: {}",
                                        report.asked, report.first_failure));
  }
  report.pairs = edge_shares(graphs);
  return report;
}

Result<std::vector<Data>> imputed_copies(const Data& data, std::size_t copies, std::uint64_t seed,
                                         unsigned threads) {
  std::vector<std::optional<Result<Data>>> drawn(copies);
  for_each_piece(copies, threads, [&](std::size_t k) {
    Random random(seed, kImputationStreams + k);
    drawn[k] = impute(data, random);
  });
  std::vector<Data> filled;
  for (auto& one : drawn) {
    THAW_TRY(Data copy, std::move(*one));
    filled.push_back(std::move(copy));
  }
  return filled;
}

}  // namespace thaw::discovery
