// The options every command takes, and how a command is added to the program.
//
// A command lives in one file, src/cli/<noun>_<verb>.cc, with one function declared in commands.h:
//
//   void add_inquiry_rank(Program& program) {
//     struct Arguments { std::string outcome; };
//     auto given = std::make_shared<Arguments>();
//     CLI::App& verb = program.verb("inquiry", "rank", "Rank what would change an outcome");
//     verb.add_option("--outcome", given->outcome, "Name or id")->required();
//     program.on(verb, [given](const Options& options) { return run(*given, options); });
//   }
//
// It writes its answer to stdout and everything else to stderr, and returns an Error to fail.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "base/result.h"

namespace thaw::cli {

struct Options {
  std::string db;           // SQLite file or postgresql:// URL; default $THAW_DB, else thaw.db
  bool json = false;        // one JSON document on stdout
  std::string lang = "en";  // "en" or "zh"
  std::uint64_t seed = 1;   // of everything drawn at random
  unsigned threads = 2;     // 1..256; never changes an answer
};

using Command = std::function<Result<Done>(const Options&)>;

class Program {
 public:
  Program();

  /// The command `thaw noun verb`, with the common options on it.
  CLI::App& verb(const std::string& noun, const std::string& name, const std::string& help);

  /// A command of one word, such as `thaw start`.
  CLI::App& word(const std::string& name, const std::string& help);

  /// The command `name` under `command`, which is a command itself, as `thaw emulate screen`.
  CLI::App& under(CLI::App& command, const std::string& name, const std::string& help);

  /// What runs when `command` was asked for.
  void on(CLI::App& command, Command run);

  /// Parses and runs; the exit code of the process. Writes errors to stderr as one sentence.
  int run(int argc, char** argv);

 private:
  CLI::App& prepare(CLI::App& command);
  int run_chosen() const;

  CLI::App app_;
  std::map<std::string, CLI::App*> nouns_;
  Options options_;
  Command chosen_;
};

}  // namespace thaw::cli
