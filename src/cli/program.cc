#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <exception>

#include "cli/exit_code.h"
#include "cli/options.h"

namespace thaw::cli {
namespace {

std::string default_store() {
  const char* from_environment = std::getenv("THAW_DB");
  return from_environment != nullptr && *from_environment != '\0' ? from_environment : "thaw.db";
}

}  // namespace

Program::Program()
    : app_("thaw: what would slow ALS, how sure are we, and what should be studied next", "thaw") {
  app_.set_version_flag("--version", "thaw " THAW_VERSION);
  app_.require_subcommand(1);
  app_.set_help_all_flag("--help-all", "Help of every command");
  app_.footer(
      "Exit codes: 0 done, 2 wrong usage, 3 bad input, 4 not found, 5 denied, 6 unavailable,\n"
      "1 a bug of ours.");
  options_.db = default_store();
}

CLI::App& Program::prepare(CLI::App& command) {
  command.add_option("--db", options_.db, "Store: a SQLite file or a postgresql:// URL")
      ->capture_default_str();
  command.add_flag("--json", options_.json, "One JSON document on stdout");
  command.add_option("--lang", options_.lang, "Language of texts")
      ->check(CLI::IsMember({"en", "zh"}))
      ->capture_default_str();
  command.add_option("--seed", options_.seed, "Seed of everything drawn at random")
      ->capture_default_str();
  command.add_option("--threads", options_.threads, "Threads; never changes an answer")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  return command;
}

CLI::App& Program::verb(const std::string& noun, const std::string& name, const std::string& help) {
  CLI::App*& group = nouns_[noun];
  if (group == nullptr) {
    group = app_.add_subcommand(noun, "Commands about " + noun);
    group->require_subcommand(1);
  }
  return prepare(*group->add_subcommand(name, help));
}

CLI::App& Program::word(const std::string& name, const std::string& help) {
  return prepare(*app_.add_subcommand(name, help));
}

CLI::App& Program::under(CLI::App& command, const std::string& name, const std::string& help) {
  return prepare(*command.add_subcommand(name, help));
}

void Program::on(CLI::App& command, Command run) {
  // A command's own callback comes after that of a command under it, which was the one asked for.
  command.callback([this, &command, run = std::move(run)] {
    if (command.get_subcommands().empty()) {
      chosen_ = run;
    }
  });
}

int Program::run_chosen() const {
  const Result<Done> outcome = chosen_(options_);
  if (!outcome) {
    fmt::print(stderr, "thaw: {}\n", outcome.error().message);
    return exit_code(outcome.error().code);
  }
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    fmt::print(stderr, "thaw: the answer could not be written to standard output\n");
    return kExitUnavailable;
  }
  return kExitDone;
}

int Program::run(int argc, char** argv) {
  try {
    app_.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app_.exit(error) == 0 ? kExitDone : kExitUsage;
  }
  try {
    return run_chosen();
  } catch (const std::exception& error) {
    fmt::print(stderr, "thaw: a bug of ours: {}. Please report it with the command you gave.\n",
               error.what());
    return kExitBug;
  }
}

}  // namespace thaw::cli
