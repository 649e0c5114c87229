// The pages and everything behind them, on one address until they are stopped.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "cli/options.h"
#include "cli/voice_given.h"
#include "cli/workspace.h"

namespace thaw::cli {

struct ServeOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  bool allow_writes = false;  // also where others can reach the address
  bool no_speaking = false;   // leaves out what belongs to one person: for a public site
  std::string call_command;   // run at a call for help, cut into words; empty: none
  VoiceGiven voice;
  std::string expander_endpoint, expander_model;  // both or neither
};

/// Takes the address first (a taken one is said now, not after the work), then calls `prepare` for
/// what is served, and serves it until SIGINT or SIGTERM.
Result<Done> serve(const ServeOptions& given, const Options& options,
                   const std::function<Result<std::unique_ptr<Workspace>>()>& prepare);

}  // namespace thaw::cli
