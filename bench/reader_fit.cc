// Fits the relation model on a PubTator file and says what cross-validation measured.
//
//   reader_fit TRAIN.PubTator MODEL.bin        fits, cross-validates, writes the model
//   reader_fit TRAIN.PubTator                  cross-validates only
//
// Five folds of documents. The linear models' log odds that the trees see are always out of fold.
// Nothing of another file is read: thresholds and calibration come from the folds.
#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <functional>
#include <thread>

#include "exchange/byte_source.h"
#include "fit/boost.h"
#include "fit/linear.h"
#include "reading/marked_text.h"

namespace {

using namespace thaw;
using namespace thaw::reading;

constexpr std::size_t kFolds = 5;
constexpr std::size_t kQuestions = RelationModel::kQuestions;
constexpr double kWantedPrecision = 0.8;  // of asserted claims, a wrong sign counting as wrong

struct Rows {
  std::vector<PairFeatures> features;
  std::vector<std::vector<std::uint32_t>> words;
  std::array<std::vector<float>, kQuestions> labels;
  std::vector<JudgedPair> pairs;  // gold filled in; relations without a pair at the end
  std::size_t size() const { return words.size(); }
  std::size_t fold(std::size_t row) const { return pairs[row].document % kFolds; }
};

Result<Rows> rows_of(const char* path) {
  Rows rows;
  std::vector<JudgedPair> missed;
  std::size_t document = 0;
  THAW_TRY(const auto bytes, exchange::FileSource::open(path));
  const auto take = [&](const exchange::Place&, exchange::MarkedDocument marked) -> Result<Done> {
    const MarkedText text = marked_text(marked);
    auto left = text.relations;
    for (const ThingPair& pair : pairs_of(text.text)) {
      const std::string& a = text.text.things[pair.a].key;
      const std::string& b = text.text.things[pair.b].key;
      JudgedPair gold{.document = document};
      add_gold(text, a, b, gold);
      left.erase(std::minmax(a, b));
      rows.pairs.push_back(gold);
      rows.features.push_back(pair_features(text.text, pair));
      rows.words.push_back(rows.features.back().sparse);
      rows.labels[0].push_back(gold.gold_signed ? 1 : 0);
      rows.labels[1].push_back(gold.gold_raises ? 1 : 0);
      rows.labels[2].push_back(gold.gold_related ? 1 : 0);
    }
    for (const JudgedPair& pair : relations_missed(text, left, document)) {
      missed.push_back(pair);
    }
    ++document;
    return Done{};
  };
  THAW_CHECK(exchange::read_pubtator(*bytes, take,
                                     [](const exchange::Place& place, const std::string& reason) {
                                       fmt::print(stderr, "line {}: {}\n", place.line, reason);
                                     }));
  rows.pairs.insert(rows.pairs.end(), missed.begin(), missed.end());
  return rows;
}

/// Rows for question `q` outside fold `left_out` (kFolds: all).
std::vector<std::uint32_t> rows_for(const Rows& rows, std::size_t q, std::size_t left_out) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t r = 0; r < rows.size(); ++r) {
    if (rows.fold(r) != left_out && (q != 1 || rows.labels[0][r] > 0)) {
      out.push_back(r);
    }
  }
  return out;
}

HashedWeights fit_words(const Rows& rows, std::size_t q, std::size_t left_out) {
  fit::LinearSettings settings;
  settings.passes = q == 1 ? 24 : 8;
  return fit::fit_linear(rows.words, rows_for(rows, q, left_out), rows.labels[q], kSparseSpace,
                         settings);
}

std::vector<Forest> fit_forests(const fit::Binned& binned, const Rows& rows, std::size_t q,
                                std::size_t left_out) {
  fit::BoostSettings quick;
  fit::BoostSettings slow;
  slow.seed = 2;
  slow.rate = 0.03;
  slow.trees = 400;
  slow.columns = 0.15;
  if (q == 1) {
    quick.depth = slow.depth = 3;
    quick.least = slow.least = 2;
  }
  const auto use = rows_for(rows, q, left_out);
  std::vector<Forest> out = {fit::fit_boost(binned, use, rows.labels[q], quick)};
  if (q != 2) {  // the question for orientation does with one
    out.push_back(fit::fit_boost(binned, use, rows.labels[q], slow));
  }
  return out;
}

void in_parallel(std::size_t jobs, const std::function<void(std::size_t)>& job) {
  for (std::size_t j = 0; j < jobs; j += 2) {
    std::thread first(job, j);
    if (j + 1 < jobs) {
      job(j + 1);
    }
    first.join();
  }
}

/// Platt's line from log odds of `p` to `y` by Newton's steps.
std::pair<float, float> platt(const std::vector<double>& p, const std::vector<float>& y) {
  double slope = 1;
  double shift = 0;
  for (int step = 0; step < 50; ++step) {
    double ga = 0, gb = 0, haa = 1e-9, hab = 0, hbb = 1e-9;
    for (std::size_t i = 0; i < p.size(); ++i) {
      const double clamped = std::clamp(p[i], 1e-6, 1 - 1e-6);
      const double x = std::log(clamped / (1 - clamped));
      const double q = 1 / (1 + std::exp(-(slope * x + shift)));
      const double e = q - static_cast<double>(y[i]);
      const double w = q * (1 - q);
      ga += e * x;
      gb += e;
      haa += w * x * x;
      hab += w * x;
      hbb += w;
    }
    const double det = haa * hbb - hab * hab;
    slope -= (hbb * ga - hab * gb) / det;
    shift -= (haa * gb - hab * ga) / det;
  }
  return {static_cast<float>(slope), static_cast<float>(shift)};
}

void print_scores(std::string_view name, const RelationScores& s) {
  fmt::print(
      "{:28} t {:.2f}  P {:.3f} R {:.3f} F1 {:.3f} sign {:.3f} | strict P {:.3f} R {:.3f} F1 "
      "{:.3f}  ({} asserted)\n",
      name, s.threshold, s.precision.value, s.recall.value, s.f1.value, s.sign_accuracy.value,
      s.strict_precision.value, s.strict_recall.value, s.strict_f1.value, s.asserted);
}

void calibrate(Rows& rows, const std::array<std::vector<double>, kQuestions>& raw,
               RelationModel& model) {
  for (std::size_t q = 0; q < kQuestions; ++q) {
    std::vector<double> p;
    std::vector<float> y;
    for (const auto r : rows_for(rows, q, kFolds)) {
      p.push_back(raw[q][r]);
      y.push_back(rows.labels[q][r]);
    }
    std::tie(model.questions[q].slope, model.questions[q].shift) = platt(p, y);
  }
  const auto calibrated = [&](std::size_t q, std::size_t r) {
    const double x = std::log(raw[q][r] / (1 - raw[q][r]));
    return 1 / (1 + std::exp(-(static_cast<double>(model.questions[q].slope) * x +
                               static_cast<double>(model.questions[q].shift))));
  };
  for (std::size_t r = 0; r < rows.size(); ++r) {
    set_judgement({calibrated(2, r), calibrated(0, r), calibrated(1, r)}, rows.pairs[r]);
  }
  model.f1_threshold = static_cast<float>(best_f1_threshold(rows.pairs));
  model.default_threshold =
      static_cast<float>(threshold_for_precision(rows.pairs, kWantedPrecision));
}

void print_reliability(const Rows& rows) {
  fmt::print("calibration of claims (probability that the pair is signed so):\n");
  for (int b = 0; b < 10; ++b) {
    double n = 0, p = 0, right = 0;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const JudgedPair& pair = rows.pairs[r];
      if (pair.probability >= 0.1 * b && pair.probability < 0.1 * (b + 1)) {
        n += 1;
        p += pair.probability;
        right += pair.gold_signed && pair.gold_raises == pair.says_raises ? 1 : 0;
      }
    }
    if (n > 0) {
      fmt::print("  {:.1f}-{:.1f}: {:6} pairs, said {:.3f}, were {:.3f}\n", 0.1 * b, 0.1 * (b + 1),
                 n, p / n, right / n);
    }
  }
}

Result<Done> run(int count, char** given) {
  THAW_TRY(Rows rows, rows_of(given[1]));
  fmt::print("{} pairs, {} numbers each\n", rows.size(), dense_features());
  std::array<std::vector<double>, kQuestions> words;
  for (std::size_t q = 0; q < kQuestions; ++q) {
    words[q].resize(rows.size());
  }
  in_parallel(kFolds * kQuestions, [&](std::size_t job) {
    const std::size_t q = job / kFolds;
    const auto fitted = fit_words(rows, q, job % kFolds);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (rows.fold(r) == job % kFolds) {
        words[q][r] = fitted.at(rows.words[r]);
      }
    }
  });
  std::vector<std::vector<float>> table(rows.size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    table[r] = rows.features[r].dense;
    for (std::size_t q = 0; q < kQuestions; ++q) {
      table[r].push_back(static_cast<float>(words[q][r]));
    }
  }
  const fit::Binned binned(table);
  std::array<std::vector<double>, kQuestions> raw = words;
  in_parallel(kFolds * kQuestions, [&](std::size_t job) {
    const std::size_t q = job / kFolds;
    const auto forests = fit_forests(binned, rows, q, job % kFolds);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (rows.fold(r) == job % kFolds) {
        double trees = 0;
        for (const Forest& forest : forests) {
          trees += 1 / (1 + std::exp(-forest.at(table[r])));
        }
        raw[q][r] =
            (trees / static_cast<double>(forests.size()) + 1 / (1 + std::exp(-words[q][r]))) / 2;
      }
    }
  });
  RelationModel model;
  calibrate(rows, raw, model);
  print_scores("best F1 on the folds",
               relation_scores(rows.pairs, static_cast<double>(model.f1_threshold), 1, 0));
  print_scores("default threshold",
               relation_scores(rows.pairs, static_cast<double>(model.default_threshold), 1, 0));
  for (const double t : {0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8}) {
    print_scores("", relation_scores(rows.pairs, t, 1, 0));
  }
  print_reliability(rows);
  if (count < 3) {
    return Done{};
  }
  in_parallel(kQuestions, [&](std::size_t q) {
    model.questions[q].words = fit_words(rows, q, kFolds);
    model.questions[q].forests = fit_forests(binned, rows, q, kFolds);
  });
  const std::string bytes = model.to_bytes();
  std::ofstream(given[2], std::ios::binary) << bytes;
  fmt::print("{}: {} bytes\n", given[2], bytes.size());
  return Done{};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: reader_fit TRAIN.PubTator [MODEL.bin]\n");
    return 2;
  }
  const auto done = run(argc, argv);
  if (!done) {
    fmt::print(stderr, "reader_fit: {}\n", done.error().message);
    return 1;
  }
  return 0;
}
