#include "reading/bench_cmeie.h"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>
#include <set>

#include "exchange/line_reader.h"
#include "reading/find_mentions.h"

namespace thaw::reading {
namespace {

namespace json = boost::json;

struct Sentence {
  std::string text;
  std::set<std::string> ends;
  std::set<std::pair<std::string, std::string>> pairs;
};

/// "subject" is a text, "object" a text or {"@value": text}.
std::string text_of(const json::value* value) {
  if (value != nullptr && value->is_object()) {
    value = value->get_object().if_contains("@value");
  }
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

std::optional<Sentence> sentence_of(std::string_view line) {
  json::error_code error;
  const json::value value = json::parse(line, error);
  if (error || !value.is_object()) {
    return std::nullopt;
  }
  Sentence out;
  out.text = text_of(value.get_object().if_contains("text"));
  const auto* triples = value.get_object().if_contains("spo_list");
  if (out.text.empty() || triples == nullptr || !triples->is_array()) {
    return std::nullopt;
  }
  for (const json::value& triple : triples->get_array()) {
    if (!triple.is_object()) {
      continue;
    }
    const std::string subject = text_of(triple.get_object().if_contains("subject"));
    const std::string object = text_of(triple.get_object().if_contains("object"));
    out.ends.insert(subject);
    out.ends.insert(object);
    out.pairs.insert(std::minmax(subject, object));
  }
  out.ends.erase("");
  return out;
}

bool nearly(const std::string& a, const std::string& b) {
  return a.find(b) != std::string::npos || b.find(a) != std::string::npos;
}

}  // namespace

Result<CmeieReport> bench_cmeie(exchange::ByteSource& bytes, const evidence::Grounder& grounder,
                                std::uint64_t seed) {
  CmeieReport report;
  std::vector<MentionCounts> same;
  std::vector<MentionCounts> near;
  std::vector<MentionCounts> pairs;
  const auto take = [&](std::string_view line) {
    const auto sentence = sentence_of(line);
    if (!sentence) {
      ++report.refused;
      return;
    }
    ++report.sentences;
    std::set<std::string> found;
    for (const Mention& mention : find_mentions(sentence->text, grounder)) {
      found.insert(mention.surface);
    }
    MentionCounts exact{.found = static_cast<double>(found.size()),
                        .gold = static_cast<double>(sentence->ends.size())};
    MentionCounts loose = exact;
    for (const std::string& name : found) {
      exact.right += sentence->ends.contains(name) ? 1 : 0;
      loose.right += std::ranges::any_of(sentence->ends,
                                         [&](const std::string& end) { return nearly(name, end); })
                         ? 1
                         : 0;
    }
    loose.right = std::min(loose.right, loose.gold);
    MentionCounts both{.gold = static_cast<double>(sentence->pairs.size())};
    for (auto a = found.begin(); a != found.end(); ++a) {
      for (auto b = std::next(a); b != found.end(); ++b) {
        both.found += 1;
        both.right += sentence->pairs.contains({*a, *b}) ? 1 : 0;
      }
    }
    same.push_back(exact);
    near.push_back(loose);
    pairs.push_back(both);
  };
  exchange::LineReader lines(bytes);
  for (exchange::Line line;;) {
    THAW_TRY(const bool more, lines.next(line));
    if (!more) {
      break;
    }
    if (!line.fault.empty()) {
      ++report.refused;
    } else if (!line.text.empty()) {
      take(line.text);
    }
  }
  if (report.sentences == 0) {
    return invalid_argument("there is no sentence of CMeIE in this file");
  }
  report.mentions = mention_scores(same, seed);
  report.near_mentions = mention_scores(near, seed);
  report.pairs = mention_scores(pairs, seed);
  return report;
}

}  // namespace thaw::reading
