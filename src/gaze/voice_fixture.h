// For tests of the voice: the shipped tones, and words as a person would have typed them.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "base/text.h"
#include "gaze/characters.h"
#include "gaze/child_process.h"
#include "gaze/spoken_text.h"
#include "gaze/tones.h"

namespace thaw::gaze {

inline std::string shipped(const std::string& name) {
  std::ifstream file(std::string(THAW_SOURCE_DIR) + "/data/gaze/" + name, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

inline std::shared_ptr<const Tones> shipped_tones() {
  static const auto kTones = std::make_shared<const Tones>(
      *Tones::read(shipped("readings.tsv"), shipped("word_tones.tsv")));
  return kTones;
}

/// "wo:我 he shui:喝水": words with their pinyin in front; without a colon, of no reading.
inline std::vector<Word> words_from(const std::string& line) {
  std::vector<Word> out;
  for (const auto part : split(line, '|')) {
    const auto colon = part.rfind(':');
    if (colon == std::string_view::npos) {
      out.push_back({std::string(part), ""});
    } else {
      out.push_back({std::string(part.substr(colon + 1)), std::string(part.substr(0, colon))});
    }
  }
  return out;
}

/// The phonemes that espeak-ng itself prints for what it would be sent, a clause a line; none where
/// it is absent.
inline std::vector<std::string> phoneme_lines(Language language, const std::string& ssml) {
  auto child = ChildProcess::start(
      {.command = {"espeak-ng", "-q", "-x", "-m", "-v", espeak_voice(language), "--stdin"},
       .input = ssml,
       .environment = {},
       .within = std::chrono::seconds(60)});
  std::vector<std::string> lines;
  const auto output =
      child ? std::move(child).value().finish() : Result<ChildOutput>(child.error());
  for (const auto line : split(output ? std::string_view(output->bytes) : "", '\n')) {
    if (!trim(line).empty()) {
      lines.emplace_back(trim(line));
    }
  }
  return lines;
}

/// The same in one line; "" where it is absent.
inline std::string phonemes_of(Language language, const std::string& ssml) {
  return join(phoneme_lines(language, ssml), " ");
}

}  // namespace thaw::gaze
