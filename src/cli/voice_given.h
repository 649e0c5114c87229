// The options by which a person chooses the voice, and the voice they give.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "cli/options.h"
#include "gaze/voice.h"

namespace thaw::cli {

struct VoiceGiven {
  std::string voice = "espeak";  // "espeak" or "none"
  std::string command;           // a program with its arguments; it goes before `voice`
};

/// Adds --voice and --voice-command.
void add_voice_options(CLI::App& command, VoiceGiven& given);

/// The tones that are part of the program; read once. kCorrupt: our bug.
Result<std::shared_ptr<const gaze::Tones>> bundled_tones();

/// kInvalidArgument: a command that cannot be read.
Result<std::unique_ptr<gaze::Voice>> make_voice(const VoiceGiven& given);

}  // namespace thaw::cli
