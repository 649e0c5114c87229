#include "gaze/voice.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "gaze/command_line.h"
#include "gaze/espeak_voice.h"
#include "gaze/voice_fixture.h"
#include "gaze/wav.h"

namespace thaw::gaze {
namespace {

std::unique_ptr<Voice> command(std::vector<std::string> argv) {
  VoiceSettings settings;
  settings.kind = VoiceKind::kCommand;
  settings.command = std::move(argv);
  settings.tones = shipped_tones();
  return std::move(make_voice(settings)).value();
}

/// A command that says a tone of 100 ms a byte of its input.
constexpr const char* kToneScript = R"(
import sys, struct
n = len(sys.stdin.read().strip()) * 800
b = b''.join(struct.pack('<h', 9000 if k % 16 < 8 else -9000) for k in range(n))
endless = struct.pack('<I', 0xffffffff)
form = struct.pack('<IHHIIHH', 16, 1, 1, 8000, 16000, 2, 16)
sys.stdout.buffer.write(b'RIFF' + endless + b'WAVEfmt ' + form + b'data' + endless + b)
)";

class Espeak : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!is_installed("espeak-ng")) {
      GTEST_SKIP() << "espeak-ng is not installed";
    }
    VoiceSettings settings;
    settings.tones = shipped_tones();
    settings.times_within = std::chrono::seconds(10);
    voice_ = std::move(make_voice(settings)).value();
  }
  Spoken say(const std::string& line, Language language = Language::kChinese, double rate = 1) {
    auto spoken = voice_->speak(language, words_from(line), {rate});
    EXPECT_TRUE(spoken) << spoken.error().message;
    return spoken ? *spoken : Spoken{};
  }
  std::unique_ptr<Voice> voice_;
};

void expect_in_order(const Spoken& spoken) {
  int at = 0;
  for (const WordTime& time : spoken.times) {
    EXPECT_GE(time.start_ms, at);
    EXPECT_GE(time.end_ms, time.start_ms);
    at = time.end_ms;
  }
  EXPECT_LE(at, spoken.duration_ms);
}

TEST_F(Espeak, ASentenceIsAWavWithATimeForEachWord) {
  const Spoken spoken = say("wo:我|xiang:想|he:喝|yi dian:一点|wen shui:温水|。");
  const auto wav = read_wav(*spoken.wav);
  ASSERT_TRUE(wav);
  EXPECT_EQ(wav->bytes, *spoken.wav);
  EXPECT_EQ(wav->duration_ms(), spoken.duration_ms);
  EXPECT_TRUE(spoken.times_measured);
  ASSERT_EQ(spoken.times.size(), 5U);
  EXPECT_EQ(spoken.times.back().word, 4U);
  expect_in_order(spoken);
  for (const WordTime& time : spoken.times) {
    EXPECT_GT(time.end_ms - time.start_ms, 60) << time.word;
  }
}

TEST_F(Espeak, ASoundIsGivenWithoutWaitingForASlowTwin) {
  const std::string folder = ::testing::TempDir() + "thaw-slow-twin-" + std::to_string(::getpid());
  std::filesystem::create_directories(folder);
  const std::string program = folder + "/espeak";
  std::ofstream(program) << "#!/bin/sh\ntext=$(cat)\ncase \"$text\" in *silent*)\n"
                         << "  while [ ! -e " << folder << "/go ]; do sleep 0.01; done;; esac\n"
                         << "printf %s \"$text\" | exec espeak-ng \"$@\"\n";
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  VoiceSettings settings;
  settings.tones = shipped_tones();
  settings.espeak = program;
  settings.times_within = std::chrono::milliseconds(5);
  const auto voice = std::move(make_voice(settings)).value();
  const auto words = words_from("wo:我|xiang:想|he shui:喝水|。");
  auto spoken = voice->speak(Language::kChinese, words, {});
  ASSERT_TRUE(spoken) << spoken.error().message;
  EXPECT_FALSE(spoken->times_measured);
  EXPECT_EQ(spoken->times.size(), 3U);
  expect_in_order(*spoken);
  std::ofstream(folder + "/go") << "\n";
  wait_for_times(*spoken);
  EXPECT_TRUE(spoken->times_measured);
  EXPECT_EQ(spoken->times.size(), 3U);
  expect_in_order(*spoken);
  EXPECT_EQ(*spoken->wav, *say("wo:我|xiang:想|he shui:喝水|。").wav);
  std::filesystem::remove_all(folder);
}

TEST_F(Espeak, LongerTextsLastLongerAndAFasterPaceLess) {
  std::string line = "wo:我";
  int before = say(line).duration_ms;
  for (int k = 0; k < 5; ++k) {
    line += "|hen hao:很好";
    const int now = say(line).duration_ms;
    EXPECT_GT(now, before + 200);
    before = now;
  }
  const int slow = say(line, Language::kChinese, 0.5).duration_ms;
  const int fast = say(line, Language::kChinese, 2).duration_ms;
  EXPECT_GT(slow, before * 3 / 2);
  EXPECT_LT(fast, before * 2 / 3);
}

TEST_F(Espeak, ASentenceLastsAboutAsLongAsItsParts) {
  const int both = say("wo:我|xiang:想|he shui:喝水|，|xie xie:谢谢|ni:你").duration_ms;
  const int parts =
      say("wo:我|xiang:想|he shui:喝水").duration_ms + say("xie xie:谢谢|ni:你").duration_ms;
  EXPECT_NEAR(both, parts, 400);
}

TEST_F(Espeak, EnglishAndMixedTextsAreSaid) {
  const Spoken english = say("Please|turn|me|over|.", Language::kEnglish);
  EXPECT_EQ(english.times.size(), 4U);
  EXPECT_TRUE(english.times_measured);
  expect_in_order(english);
  const Spoken mixed = say("wo:我|yong:用|WiFi|shang wang:上网|。");
  EXPECT_EQ(mixed.times.size(), 4U);
  EXPECT_TRUE(mixed.times_measured);
  expect_in_order(mixed);
  EXPECT_GT(mixed.duration_ms, say("wo:我|yong:用|shang wang:上网|。").duration_ms);
}

TEST_F(Espeak, TheSameTextIsTheSameSound) {
  EXPECT_EQ(*say("ni hao:你好").wav, *say("ni hao:你好").wav);
}

TEST_F(Espeak, NothingToSayIsSaid) {
  const auto spoken = voice_->speak(Language::kChinese, words_from("\U0001F600|。"), {});
  ASSERT_FALSE(spoken);
  EXPECT_EQ(spoken.error().code, ErrorCode::kInvalidArgument);
}

TEST(Voice, WithoutEspeakAPersonIsTold) {
  VoiceSettings settings;
  settings.espeak = "no-such-espeak";
  settings.tones = shipped_tones();
  const auto voice = std::move(make_voice(settings)).value();
  const auto spoken = voice->speak(Language::kChinese, words_from("hao:好"), {});
  ASSERT_FALSE(spoken);
  EXPECT_EQ(spoken.error().code, ErrorCode::kUnavailable);
  EXPECT_NE(spoken.error().message.find("no-such-espeak is not installed"), std::string::npos);
  EXPECT_EQ(voice->status().adapter, "espeak");
  EXPECT_FALSE(voice->status().note_zh.empty());
}

TEST(Voice, NoneSaysThatThereIsNone) {
  VoiceSettings settings;
  settings.kind = VoiceKind::kNone;
  settings.tones = shipped_tones();
  const auto voice = std::move(make_voice(settings)).value();
  EXPECT_EQ(voice->speak(Language::kEnglish, words_from("hi"), {}).error().code,
            ErrorCode::kUnavailable);
  EXPECT_EQ(voice->status().adapter, "none");
}

TEST(Voice, TooMuchAndAWrongPaceAreRefused) {
  const auto voice = command({"cat"});
  std::vector<Word> long_text(3, {std::string(1000, 'a'), ""});
  EXPECT_EQ(voice->speak(Language::kEnglish, long_text, {}).error().code,
            ErrorCode::kInvalidArgument);
  EXPECT_EQ(voice->speak(Language::kEnglish, words_from("hi"), {3}).error().code,
            ErrorCode::kInvalidArgument);
  EXPECT_EQ(voice->speak(Language::kEnglish, words_from("hi"), {std::nan("")}).error().code,
            ErrorCode::kInvalidArgument);
}

TEST(Voice, ACommandSpeaks) {
  const auto voice = command({"python3", "-c", kToneScript});
  const auto spoken = voice->speak(Language::kEnglish, words_from("turn|me|over"), {});
  ASSERT_TRUE(spoken) << spoken.error().message;
  EXPECT_EQ(spoken->duration_ms, 1200);  // "turn me over"
  ASSERT_EQ(spoken->times.size(), 3U);
  EXPECT_FALSE(spoken->times_measured);
  expect_in_order(*spoken);
  EXPECT_NEAR(spoken->times.back().end_ms, 1200, 20);
}

TEST(Voice, ACommandIsToldLanguagePaceAndPinyin) {
  const std::string script =
      "echo \"$THAW_VOICE_LANG $THAW_VOICE_RATE $THAW_VOICE_PINYIN\" >&2; exit 4";
  const auto spoken = command({"sh", "-c", script})
                          ->speak(Language::kChinese, words_from("chong qing:重庆"), {1.25});
  ASSERT_FALSE(spoken);
  EXPECT_NE(spoken.error().message.find("code 4: zh 1.25 chong2 qing4"), std::string::npos)
      << spoken.error().message;
}

TEST(Voice, ACommandThatGivesRubbishOrFailsIsAnErrorWithItsName) {
  const auto hi = words_from("hi");
  const auto rubbish = command({"echo", "hello"})->speak(Language::kEnglish, hi, {});
  EXPECT_EQ(rubbish.error().code, ErrorCode::kCorrupt);
  EXPECT_NE(rubbish.error().message.find("echo"), std::string::npos);
  EXPECT_EQ(command({"false"})->speak(Language::kEnglish, hi, {}).error().code,
            ErrorCode::kUnavailable);
  const auto absent = command({"/no/such/voice"});
  EXPECT_EQ(absent->speak(Language::kEnglish, hi, {}).error().code, ErrorCode::kUnavailable);
  EXPECT_FALSE(absent->status().note_en.empty());
}

TEST(Voice, ACommandLineIsSplitWithoutAShell) {
  using Parts = std::vector<std::string>;
  EXPECT_EQ(*split_command("piper --model 'my voice.onnx' \"a b\" c\\ d"),
            (Parts{"piper", "--model", "my voice.onnx", "a b", "c d"}));
  EXPECT_EQ(*split_command("  say $HOME | rm ''"), (Parts{"say", "$HOME", "|", "rm", ""}));
  EXPECT_FALSE(split_command(""));
  EXPECT_FALSE(split_command("''"));
  EXPECT_FALSE(split_command("say 'open"));
}

}  // namespace
}  // namespace thaw::gaze
