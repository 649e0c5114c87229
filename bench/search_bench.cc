// Full-text search over 50,000 documents, and names: fuzzy look-up over a quarter of a million.
//
// Documents are made of Chinese and English words by a Zipf-like law, 500 bytes each. The limit for
// a search is 50 ms at the 95th percentile; a fuzzy look-up beside a scan of all names.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>

#include "base/random.h"
#include "evidence/document_store.h"
#include "evidence/evidence_store.h"
#include "evidence/name_book.h"
#include "evidence/normal_name.h"
#include "evidence/search_store.h"

namespace {

using namespace thaw;
using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point begun) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
}

constexpr const char* kWords[] = {
    "患者", "治疗",    "运动神经元", "riluzole", "眼动", "蛋白",   "TDP-43",  "decline",
    "生存", "placebo", "自噬",       "SOD1",     "突变", "motor",  "neurons", "依达拉奉",
    "延髓", "C9orf72", "呼吸",       "trial",    "随访", "cohort", "血清",    "neurofilament",
    "小鼠", "axon",    "氧化应激",   "HR",       "评分", "FUS",    "谷氨酸",  "excitotoxicity"};

/// A word; the first ones are common, the last rare, and most are made up.
std::string word(Random& random) {
  const auto rank = static_cast<std::size_t>(std::exp(random.uniform() * std::log(20000.0))) - 1;
  return rank < 32 ? kWords[rank] : fmt::format("w{}x", rank);
}

evidence::Document document(Random& random, int number) {
  evidence::Document out;
  out.id = fmt::format("PMID:{}", number);
  std::string text;
  while (text.size() < 500) {
    text += word(random) + ' ';
  }
  out.sections = {{"title", word(random) + ' ' + word(random)}, {"abstract", text}};
  return out;
}

struct Times {
  std::vector<double> ms;
  double at(double share) {
    std::ranges::sort(ms);
    return ms[std::min(ms.size() - 1,
                       static_cast<std::size_t>(share * static_cast<double>(ms.size())))];
  }
};

void bench_search(int documents) {
  const auto path = std::filesystem::temp_directory_path() / "thaw-search-bench.db";
  std::filesystem::remove(path);
  const auto connection = db::Connection::open(path.string()).value();
  evidence::migrate_evidence(*connection).value();
  evidence::migrate_search(*connection).value();
  Random random(1);
  for (int at = 0; at < documents; at += 5000) {
    std::vector<evidence::Document> some;
    for (int i = 0; i < 5000; ++i) {
      some.push_back(document(random, at + i));
    }
    auto transaction = db::Transaction::begin(*connection).value();
    evidence::write_documents(*connection, some).value();
    transaction.commit().value();
  }
  const auto begun = Clock::now();
  evidence::refresh_search(*connection).value();
  const double indexing = ms_since(begun);
  Times times;
  std::size_t hits = 0;
  for (int i = 0; i < 400; ++i) {
    std::string query = word(random);
    if (i % 2 == 0) {
      query += ' ' + word(random);
    }
    const auto asked = Clock::now();
    hits +=
        evidence::search(*connection, evidence::SearchPart::kDocuments, query, 20).value().total;
    times.ms.push_back(ms_since(asked));
  }
  fmt::print(
      "{} documents: indexed in {:.1f} s; search of 1 or 2 words, 20 hits with snippets: "
      "median {:.1f} ms, p95 {:.1f} ms (limit 50, ratio {:.2f}), worst {:.1f} ms; {} hits in "
      "all\n",
      documents, indexing / 1000, times.at(0.5), times.at(0.95), times.at(0.95) / 50, times.at(1),
      hits);
  std::filesystem::remove(path);
}

void bench_names(int names) {
  Random random(2);
  evidence::NameBookBuilder builder;
  std::vector<std::string> all;
  for (int i = 0; i < names; ++i) {
    std::string name;
    for (auto parts = 2 + random.index(4); parts > 0; --parts) {
      for (auto letters = 3 + random.index(7); letters > 0; --letters) {
        name += static_cast<char>('a' + random.index(20));
      }
      name += parts > 1 ? " " : "";
    }
    builder.add_term(fmt::format("X:{}", i / 2), "process", {name, ""});
    all.push_back(name);
  }
  auto begun = Clock::now();
  const auto book = builder.build();
  const double built = ms_since(begun);
  begun = Clock::now();
  (void)book.near(all[0], 8);
  const double indexed = ms_since(begun);
  Times fast;
  Times slow;
  std::size_t found = 0;
  for (int i = 0; i < 300; ++i) {
    std::string wanted = all[random.index(all.size())];
    wanted[wanted.size() / 2] = 'q';
    begun = Clock::now();
    found += book.near(wanted, 8).empty() ? 0 : 1;
    fast.ms.push_back(ms_since(begun));
    if (i % 100 == 0) {
      begun = Clock::now();
      const std::string normal = evidence::normal_name(wanted);
      const std::u32string wide(normal.begin(), normal.end());
      std::size_t near = 0;
      for (const auto& name : all) {
        near +=
            evidence::bounded_edits(wide, std::u32string(name.begin(), name.end()), 3) <= 3 ? 1 : 0;
      }
      slow.ms.push_back(ms_since(begun));
      found += near > all.size() ? 1 : 0;
    }
  }
  fmt::print(
      "{} names: book {:.0f} ms and {:.1f} MB, fuzzy index {:.0f} ms; fuzzy look-up median "
      "{:.3f} ms, p95 {:.3f} ms; a scan of all names {:.1f} ms (ratio {:.4f}); {} of 300 "
      "found\n",
      book.names(), built, static_cast<double>(book.bytes()) / 1e6, indexed, fast.at(0.5),
      fast.at(0.95), slow.at(0.5), fast.at(0.5) / slow.at(0.5), found);
}

}  // namespace

int main(int argc, char** argv) {
  const int documents = argc > 1 ? std::atoi(argv[1]) : 50000;
  bench_search(documents);
  bench_names(240000);
}
