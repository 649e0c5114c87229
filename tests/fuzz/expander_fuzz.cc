// Any bytes as what a language model said, as keywords, and as a text to say: refused, or sentences
// of the asked form and pieces that hold nothing but what a speech engine may get.
#include <boost/json.hpp>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/text.h"
#include "gaze/expander.h"
#include "gaze/spoken_text.h"
#include "net/chat_completion.h"

namespace {

using namespace thaw;

void hold(bool law) {
  if (!law) {
    std::abort();
  }
}

std::vector<gaze::Word> as_one(gaze::Language /*language*/, std::string_view text) {
  return {{std::string(text), ""}};
}

void check_answer(std::string_view content, const gaze::ExpandRequest& request) {
  const auto expansion = gaze::read_expansion(content, request, as_one);
  if (!expansion) {
    hold(expansion.error().code == ErrorCode::kCorrupt);
    return;
  }
  hold(expansion->sentences.size() <= gaze::kSentencesMax);
  for (const std::string& sentence : expansion->sentences) {
    hold(!sentence.empty() && sentence.size() <= 400 && !first_invalid_utf8(sentence));
  }
}

void check_speech(const std::string& text, const gaze::Tones& tones) {
  for (const auto language : {gaze::Language::kChinese, gaze::Language::kEnglish}) {
    const std::vector<gaze::Word> words{{text.substr(0, text.size() / 2), "chong qing"},
                                        {text.substr(text.size() / 2), ""}};
    const auto pieces = gaze::spoken_text(language, words, tones);
    for (const gaze::Piece& piece : pieces) {
      hold(piece.word < words.size() && piece.syllables > 0 && !piece.text.empty());
      hold(piece.text.find('<') == std::string::npos);
      hold(piece.text.find("[[") == std::string::npos || piece.text == "[[,eI,El'Es]]");
    }
    gaze::espeak_text(language, pieces, true);
    gaze::numbered_pinyin(words, tones);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const gaze::Tones kTones = *gaze::Tones::read(
      "chong2\t\t\u91cd\nzhong4\t\u91cd\t\nyi1\t\u4e00\t\n", "\u91cd\u4e00\tchong2 yi1\n");
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  gaze::ExpandRequest request{gaze::Language::kChinese, bytes.substr(0, size / 2), {bytes}};
  check_answer(bytes, request);
  if (const auto sent = gaze::trimmed(request)) {
    check_answer(bytes, *sent);
    if (!first_invalid_utf8(bytes)) {
      boost::json::error_code error;
      hold(boost::json::parse(gaze::expander_text(*sent), error).is_object() && !error);
    }
  }
  if (const auto reply = net::read_chat_reply(bytes); !reply) {
    hold(reply.error().code == ErrorCode::kCorrupt);
  }
  check_speech(bytes, kTones);
  return 0;
}
