#include "reading/bench_dismech.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <optional>

#include "base/random.h"
#include "exchange/line_reader.h"

namespace thaw::reading {
namespace {

namespace json = boost::json;

std::string text_at(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

std::optional<GradedQuote> quote_of(std::string_view line) {
  json::error_code error;
  const json::value value = json::parse(line, error);
  if (error || !value.is_object()) {
    return std::nullopt;
  }
  const json::object& object = value.get_object();
  QuotedClaim quoted;
  quoted.disease = text_at(object, "disease");
  quoted.quote = text_at(object, "snippet");
  if (const auto* path = object.if_contains("path"); path != nullptr && path->is_array()) {
    for (const json::value& part : path->get_array()) {
      if (!part.is_string() || part.get_string() == "evidence") {
        continue;
      }
      std::string& into = quoted.section.empty() ? quoted.section : quoted.claim;
      into += (into.empty() ? "" : " ") + std::string(part.get_string());
    }
  }
  const auto grade = support_from(text_at(object, "supports"));
  if (!grade || quoted.quote.empty()) {
    return std::nullopt;
  }
  return GradedQuote{quoted.disease, support_numbers(quoted), *grade};
}

/// counts[gold][said]
using Confusion = std::array<std::array<double, kSupports>, kSupports>;

double macro_f1(const Confusion& counts) {
  double sum = 0;
  double classes = 0;
  for (std::size_t k = 0; k < kSupports; ++k) {
    double gold = 0;
    double said = 0;
    for (std::size_t j = 0; j < kSupports; ++j) {
      gold += counts[k][j];
      said += counts[j][k];
    }
    if (gold > 0) {
      classes += 1;
      sum += 2 * counts[k][k] / (gold + said);
    }
  }
  return classes > 0 ? sum / classes : 0;
}

double accuracy(const Confusion& counts) {
  double right = 0;
  double all = 0;
  for (std::size_t k = 0; k < kSupports; ++k) {
    for (std::size_t j = 0; j < kSupports; ++j) {
      all += counts[k][j];
      right += k == j ? counts[k][j] : 0;
    }
  }
  return all > 0 ? right / all : 0;
}

void add(const Confusion& more, Confusion& into) {
  for (std::size_t k = 0; k < kSupports; ++k) {
    for (std::size_t j = 0; j < kSupports; ++j) {
      into[k][j] += more[k][j];
    }
  }
}

Estimate interval_of(double value, std::vector<double> drawn) {
  std::ranges::sort(drawn);
  return {value, drawn[drawn.size() * 25 / 1000], drawn[drawn.size() * 975 / 1000]};
}

}  // namespace

Result<GradedQuotes> graded_quotes(exchange::ByteSource& bytes) {
  GradedQuotes out;
  exchange::LineReader lines(bytes);
  for (exchange::Line line;;) {
    THAW_TRY(const bool more, lines.next(line));
    if (!more) {
      break;
    }
    if (line.fault.empty() && line.text.empty()) {
      continue;
    }
    const auto quote = line.fault.empty() ? quote_of(line.text) : std::nullopt;
    if (quote) {
      out.quotes.push_back(*quote);
    } else {
      ++out.refused;
    }
  }
  if (out.quotes.empty()) {
    return invalid_argument("there is no graded quotation of dismech in this file");
  }
  return out;
}

DismechReport dismech_scores(const GradedQuotes& graded, const std::vector<Support>& said,
                             std::uint64_t seed) {
  std::map<std::string, Confusion> by_disease;
  Confusion always{};
  for (std::size_t i = 0; i < graded.quotes.size(); ++i) {
    const auto gold = static_cast<std::size_t>(graded.quotes[i].grade);
    by_disease[graded.quotes[i].disease][gold][static_cast<std::size_t>(said[i])] += 1;
    always[gold][0] += 1;
  }
  std::vector<Confusion> diseases;
  Confusion all{};
  for (const auto& [name, counts] : by_disease) {
    diseases.push_back(counts);
    add(counts, all);
  }
  std::vector<double> f1s;
  std::vector<double> accuracies;
  for (std::uint64_t b = 0; b < 1000; ++b) {
    Random random(seed, b);
    Confusion sample{};
    for (std::size_t i = 0; i < diseases.size(); ++i) {
      add(diseases[random.index(diseases.size())], sample);
    }
    f1s.push_back(macro_f1(sample));
    accuracies.push_back(accuracy(sample));
  }
  DismechReport report;
  report.quotes = graded.quotes.size();
  report.diseases = diseases.size();
  report.refused = graded.refused;
  report.macro_f1 = interval_of(macro_f1(all), std::move(f1s));
  report.accuracy = interval_of(accuracy(all), std::move(accuracies));
  report.always_support_macro_f1 = macro_f1(always);
  report.always_support_accuracy = accuracy(always);
  for (std::size_t k = 0; k < kSupports; ++k) {
    GradeScore& score = report.by_grade[k];
    for (std::size_t j = 0; j < kSupports; ++j) {
      score.gold += static_cast<std::size_t>(all[k][j]);
      score.asserted += static_cast<std::size_t>(all[j][k]);
    }
    score.right = static_cast<std::size_t>(all[k][k]);
    const auto share = [](std::size_t part, std::size_t whole) {
      return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
    };
    score.precision = share(score.right, score.asserted);
    score.recall = share(score.right, score.gold);
    score.f1 = share(2 * score.right, score.asserted + score.gold);
  }
  return report;
}

}  // namespace thaw::reading
