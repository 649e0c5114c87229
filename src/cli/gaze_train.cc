#include <fmt/format.h>

#include <boost/json.hpp>
#include <filesystem>
#include <memory>

#include "base/digest.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "gaze/text_training.h"
#include "table/gunzip.h"

namespace thaw::cli {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::string zh, en, out;
  std::vector<std::string> en_words;
};

Result<std::string> text_in(const std::string& file) {
  THAW_TRY(std::string bytes, read_file(file));
  return gunzip(std::move(bytes), file);
}

Result<boost::json::object> keep(const gaze::NgramCounts& counts, const fs::path& file) {
  const std::string bytes = gaze::encode_counts(counts);
  THAW_CHECK(write_file(file, bytes));
  return boost::json::object{{"file", file.string()},
                             {"lang", counts.language},
                             {"words", counts.words.size()},
                             {"pairs", counts.pairs.size()},
                             {"triples", counts.triples.size()},
                             {"bytes", bytes.size()},
                             {"sha256", sha256_hex(bytes)}};
}

Error in_file(const std::string& file, const Error& error) {
  return {error.code, fmt::format("{}: {}", file, error.message)};
}

Result<gaze::NgramCounts> train_zh(const std::string& file) {
  std::string why_not;
  auto libime = gaze::LibimeModel::open(why_not);
  if (libime == nullptr) {
    return unavailable(
        "Chinese text is cut into words with libime's dictionary, which is not here: install "
        "libime-data and libime-data-language-model, and build with THAW_WITH_LIBIME");
  }
  THAW_TRY(const std::string text, text_in(file));
  const gaze::ZhModel cutter(gaze::count_ngrams("zh", {{"<s>", {}, 0}, {"</s>", {}, 0}}, {}),
                             std::move(libime));
  auto counts = gaze::train_chinese(text, cutter);
  if (!counts) {
    return in_file(file, counts.error());
  }
  return counts;
}

/// The files named, and of a folder those called english-words.N and american-words.N, N at
/// most 50.
std::vector<std::string> list_files(const std::vector<std::string>& named) {
  std::vector<std::string> files;
  for (const std::string& one : named) {
    std::error_code ignored;
    if (!fs::is_directory(one, ignored)) {
      files.push_back(one);
      continue;
    }
    for (const char* name : {"english-words.", "american-words."}) {
      for (const int level : {10, 20, 35, 40, 50}) {
        files.push_back((fs::path(one) / fmt::format("{}{}", name, level)).string());
      }
    }
  }
  return files;
}

Result<gaze::WordLists> word_lists(const std::vector<std::string>& named) {
  gaze::WordLists lists;
  for (const std::string& file : list_files(named)) {
    const std::string ending = fs::path(file).extension().string();
    const auto level = ending.size() == 3 ? parse_int(ending.substr(1)) : std::nullopt;
    if (!level || *level < 0) {
      return invalid_argument(fmt::format(
          "--en-words: {} must end with its level, two digits as in english-words.35", file));
    }
    THAW_TRY(const std::string bytes, read_file(file));
    const auto words = gaze::parse_word_list(bytes);
    if (!words) {
      return in_file(file, words.error());
    }
    auto& all = lists[static_cast<int>(*level)];
    all.insert(all.end(), words->begin(), words->end());
  }
  return lists;
}

Result<Done> train(const Arguments& given, const Options& options) {
  if (given.zh.empty() && given.en.empty()) {
    return invalid_argument("--zh or --en must name a file to learn from");
  }
  if (given.en.empty() && !given.en_words.empty()) {
    return invalid_argument("--en-words goes with --en, the text that weighs the lists");
  }
  const fs::path out(given.out);
  std::error_code ignored;
  if (!fs::is_directory(out, ignored)) {
    return not_found(fmt::format("--out: there is no folder {}", given.out));
  }
  boost::json::array kept;
  if (!given.zh.empty()) {
    THAW_TRY(const gaze::NgramCounts counts, train_zh(given.zh));
    THAW_TRY(boost::json::object one, keep(counts, out / "zh.counts"));
    kept.push_back(std::move(one));
  }
  if (!given.en.empty()) {
    THAW_TRY(const std::string text, text_in(given.en));
    THAW_TRY(const gaze::WordLists lists, word_lists(given.en_words));
    const auto counts = gaze::train_english(text, lists);
    if (!counts) {
      return in_file(given.en, counts.error());
    }
    THAW_TRY(boost::json::object one, keep(*counts, out / "en.counts"));
    kept.push_back(std::move(one));
  }
  if (options.json) {
    print_document(boost::json::object{{"counts", std::move(kept)}});
    return Done{};
  }
  for (const auto& one : kept) {
    print_line(fmt::format(
        fmt::runtime(options.lang == "zh" ? "{}：{} 个词，{} 个词对，{} 个三词组，{} 字节"
                                          : "{}: {} words, {} pairs, {} triples, {} bytes"),
        one.at("file").as_string().c_str(), one.at("words").to_number<std::size_t>(),
        one.at("pairs").to_number<std::size_t>(), one.at("triples").to_number<std::size_t>(),
        one.at("bytes").to_number<std::size_t>()));
  }
  return Done{};
}

}  // namespace

void add_gaze_train(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb = program.verb("gaze", "train", "Count the words of texts for the gaze writer");
  verb.add_option("--zh", given->zh, "Chinese clauses with pinyin, plain or gzip");
  verb.add_option("--en", given->en, "English sentences, one a line, plain or gzip");
  verb.add_option("--en-words", given->en_words,
                  "Lists of English words that end with their level (english-words.35), or SCOWL's "
                  "folder of them");
  verb.add_option("--out", given->out, "Folder for zh.counts and en.counts")->required();
  program.on(verb, [given](const Options& options) { return train(*given, options); });
}

}  // namespace thaw::cli
