#include "cli/voice_given.h"

#include "cli/workspace.h"
#include "gaze/command_line.h"

namespace thaw::cli {

void add_voice_options(CLI::App& command, VoiceGiven& given) {
  command
      .add_option("--voice", given.voice,
                  "espeak: the espeak-ng of this machine; none: the browser's own voice")
      ->check(CLI::IsMember({"espeak", "none"}))
      ->capture_default_str();
  command.add_option("--voice-command", given.command,
                     "Program with its arguments that speaks instead: text on its standard input, "
                     "a WAV on its standard output");
}

Result<std::shared_ptr<const gaze::Tones>> bundled_tones() {
  THAW_TRY(const std::string_view readings, bundled_file("gaze/readings.tsv"));
  THAW_TRY(const std::string_view words, bundled_file("gaze/word_tones.tsv"));
  THAW_TRY(gaze::Tones tones, gaze::Tones::read(readings, words));
  return std::shared_ptr<const gaze::Tones>(std::make_shared<const gaze::Tones>(std::move(tones)));
}

Result<std::unique_ptr<gaze::Voice>> make_voice(const VoiceGiven& given) {
  gaze::VoiceSettings settings;
  THAW_TRY(settings.tones, bundled_tones());
  if (!given.command.empty()) {
    settings.kind = gaze::VoiceKind::kCommand;
    THAW_TRY(settings.command, gaze::split_command(given.command));
  } else if (given.voice == "none") {
    settings.kind = gaze::VoiceKind::kNone;
  }
  return gaze::make_voice(settings);
}

}  // namespace thaw::cli
