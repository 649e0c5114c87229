// Fits the support model on graded quotations of dismech and says what cross-validation measured.
//
//   support_fit QUOTES.jsonl.gz [MODEL.json]
//
// Multinomial logistic regression by full gradient steps with L2; a grade's weight is its count to
// the power of -POWER, so that the rare ones are heard. Ten folds of diseases.
#include <fmt/format.h>

#include <cmath>
#include <fstream>

#include "base/digest.h"
#include "exchange/byte_source.h"
#include "reading/bench_dismech.h"

namespace {

using namespace thaw;
using namespace thaw::reading;

constexpr int kFolds = 10;

int fold_of(const std::string& disease) {
  unsigned sum = 0;
  for (const char c : sha256_hex(disease).substr(0, 6)) {
    sum = sum * 31 + static_cast<unsigned char>(c);
  }
  return static_cast<int>(sum % kFolds);
}

SupportModel fit(const std::vector<GradedQuote>& quotes, int left_out, double power) {
  std::array<double, kSupports> counts{};
  for (const GradedQuote& quote : quotes) {
    counts[static_cast<std::size_t>(quote.grade)] += 1;
  }
  SupportModel model;
  std::array<SupportNumbers, kSupports> squares{};
  for (int step = 0; step < 400; ++step) {
    std::array<SupportNumbers, kSupports> gradient{};
    double weights = 0;
    for (const GradedQuote& quote : quotes) {
      if (fold_of(quote.disease) == left_out) {
        continue;
      }
      const auto gold = static_cast<std::size_t>(quote.grade);
      const double weight = std::pow(counts[gold], -power);
      weights += weight;
      const auto p = model.judge(quote.numbers);
      for (std::size_t k = 0; k < kSupports; ++k) {
        const double error = weight * (p[k] - (k == gold ? 1 : 0));
        for (std::size_t f = 0; f < kSupportNumbers; ++f) {
          gradient[k][f] += error * quote.numbers[f];
        }
      }
    }
    for (std::size_t k = 0; k < kSupports; ++k) {
      for (std::size_t f = 0; f < kSupportNumbers; ++f) {
        const double g = gradient[k][f] / weights + 1e-3 * model.weights[k][f];
        squares[k][f] += g * g;
        model.weights[k][f] -= 0.3 * g / std::sqrt(squares[k][f] + 1e-9);
      }
    }
  }
  return model;
}

void print(std::string_view name, const DismechReport& report) {
  fmt::print(
      "{}: macro F1 {:.3f} ({:.3f} to {:.3f}), accuracy {:.3f}; always SUPPORT {:.3f}, {:.3f}\n",
      name, report.macro_f1.value, report.macro_f1.low, report.macro_f1.high, report.accuracy.value,
      report.always_support_macro_f1, report.always_support_accuracy);
  for (std::size_t k = 0; k < kSupports; ++k) {
    const GradeScore& s = report.by_grade[k];
    fmt::print("  {:16} {:5} P {:.3f} R {:.3f} F1 {:.3f}\n", to_string(static_cast<Support>(k)),
               s.gold, s.precision, s.recall, s.f1);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: support_fit QUOTES.jsonl.gz [MODEL.json]\n");
    return 2;
  }
  const auto file = exchange::FileSource::open(argv[1]);
  const auto graded = file ? graded_quotes(**file) : Result<GradedQuotes>(file.error());
  if (!graded) {
    fmt::print(stderr, "support_fit: {}\n", graded.error().message);
    return 1;
  }
  double best = 0;
  double best_power = 0;
  for (const double power : {0.0, 0.3, 0.5, 0.7}) {
    std::vector<Support> said(graded->quotes.size());
    for (int fold = 0; fold < kFolds; ++fold) {
      const SupportModel model = fit(graded->quotes, fold, power);
      for (std::size_t i = 0; i < said.size(); ++i) {
        if (fold_of(graded->quotes[i].disease) == fold) {
          said[i] = likeliest(model.judge(graded->quotes[i].numbers));
        }
      }
    }
    const auto report = dismech_scores(*graded, said, 1);
    print(fmt::format("power {:.1f}", power), report);
    if (report.macro_f1.value > best) {
      best = report.macro_f1.value;
      best_power = power;
    }
  }
  if (argc > 2) {
    const SupportModel model = fit(graded->quotes, -1, best_power);
    std::ofstream out(argv[2]);
    out << "{\"about\": \"Weights of the support model; bench/support_fit.cc, "
           "docs/methods/reader.md. Fitted on graded quotations of dismech (BSD-3); no text of "
           "them is in it.\",\n \"weights\": [";
    for (std::size_t k = 0; k < kSupports; ++k) {
      out << (k > 0 ? ",\n  [" : "\n  [");
      for (std::size_t f = 0; f < kSupportNumbers; ++f) {
        out << (f > 0 ? ", " : "") << fmt::format("{:.4f}", model.weights[k][f]);
      }
      out << "]";
    }
    out << "]}\n";
  }
  return 0;
}
