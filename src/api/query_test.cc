#include "api/query.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "base/text.h"

namespace thaw::api {
namespace {

std::string random_text(Random& random, std::string_view alphabet) {
  std::string text;
  const std::uint64_t length = random.index(40);
  for (std::uint64_t i = 0; i < length; ++i) {
    text.push_back(alphabet[random.index(alphabet.size())]);
  }
  return text;
}

TEST(Percent, DecodingUndoesEncoding) {
  Random random(1);
  const std::vector<std::string> parts{"a", "Z", "+", "%", "&", "=", "/", "?", "解", "é", " ", "😀"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (std::uint64_t i = random.index(12); i > 0; --i) {
      text += parts[random.index(parts.size())];
    }
    const std::string encoded = percent_encode(text);
    for (const PlusSign form : {PlusSign::kPlusIsPlus, PlusSign::kPlusIsSpace}) {
      ASSERT_EQ(percent_decode(encoded, form).value(), text) << encoded;
    }
  }
}

TEST(Percent, EveryByteAloneIsDecodedOrRefused) {
  for (int byte = 0; byte < 256; ++byte) {
    const char digits[] = "0123456789abcdef";
    const std::string text{'%', digits[byte / 16], digits[byte % 16]};
    const auto decoded = percent_decode(text, PlusSign::kPlusIsPlus);
    const bool printable_ascii = byte >= 0x20 && byte < 0x7f;
    ASSERT_EQ(bool(decoded), printable_ascii) << text;
    if (printable_ascii) {
      ASSERT_EQ(*decoded, std::string(1, static_cast<char>(byte)));
    }
  }
}

TEST(Percent, WhatIsCutShortIsRefused) {
  for (const char* text :
       {"%", "%4", "a%", "a%G0", "a%0G", "%%41", "%-1", "% 1", "%E8%A7", "%C0%80"}) {
    EXPECT_FALSE(percent_decode(text, PlusSign::kPlusIsPlus)) << text;
  }
}

TEST(Percent, DoesNotLookPastTheEndOfItsText) {
  EXPECT_FALSE(percent_decode(std::string_view("%41").substr(0, 2), PlusSign::kPlusIsPlus));
  EXPECT_EQ(percent_decode("%41", PlusSign::kPlusIsPlus).value(), "A");
}

TEST(Query, ReadsKeysAndValues) {
  const Query query =
      Query::parse("subject=AMX0035&object=ALSFRS-R+decline&q=%E8%A7%A3&e=&f").value();
  EXPECT_EQ(query.text("subject"), "AMX0035");
  EXPECT_EQ(query.text("object"), "ALSFRS-R decline");
  EXPECT_EQ(query.text("q"), "解");
  EXPECT_EQ(query.text("e"), std::nullopt);
  EXPECT_EQ(query.text("f"), std::nullopt);
  EXPECT_EQ(query.text("g"), std::nullopt);
  EXPECT_FALSE(query.required("e"));
}

TEST(Query, RefusesWhatHasTwoMeanings) {
  EXPECT_FALSE(Query::parse("a=1&a=2"));
  EXPECT_FALSE(Query::parse("a=1&%61=2"));
  EXPECT_FALSE(Query::parse("=1"));
  std::string many;
  for (std::size_t i = 0; i <= Query::kParametersMax; ++i) {
    many += "k" + std::to_string(i) + "=1&";
  }
  EXPECT_FALSE(Query::parse(many));
}

TEST(Query, NumbersAreWholeAndInRange) {
  const Query query = Query::parse("top=20&half=0.5&bad=12x&nan=nan&inf=inf").value();
  EXPECT_EQ(query.integer("top", 10, 1, 20).value(), 20);
  EXPECT_EQ(query.integer("absent", 10, 1, 20).value(), 10);
  EXPECT_EQ(query.integer("top", 10, 20, 20).value(), 20);
  EXPECT_FALSE(query.integer("top", 10, 1, 19));
  EXPECT_FALSE(query.integer("top", 10, 21, 30));
  EXPECT_FALSE(query.integer("bad", 10, 1, 20));
  EXPECT_FALSE(query.integer("half", 10, 0, 20));
  EXPECT_EQ(query.real("half", 0.1, 0, 1).value(), 0.5);
  EXPECT_FALSE(query.real("half", 0.1, 0.6, 1));
  EXPECT_FALSE(query.real("nan", 0.1, 0, 1));
  EXPECT_FALSE(query.real("inf", 0.1, 0, 1));
  EXPECT_EQ(query.optional_integer("absent", 0, 9).value(), std::nullopt);
}

TEST(Query, TheSameQuestionHasOneCanonicalForm) {
  EXPECT_EQ(Query::parse("b=2&a=%31+x").value().canonical(), "a=1%20x&b=2");
  EXPECT_EQ(Query::parse("a=1%20x&&b=2").value().canonical(), "a=1%20x&b=2");
}

TEST(Query, EmptyValuesAreNoPartOfTheCanonicalForm) {
  EXPECT_EQ(Query::parse("b=&a=1&c").value().canonical(), "a=1");
}

TEST(Query, OnlyDeclaredParametersOfModestLengthPass) {
  const std::vector<std::string> declared{"a", "b"};
  EXPECT_TRUE(Query().check_declared({}));
  EXPECT_TRUE(Query::parse("b=2&a=1").value().check_declared(declared));
  EXPECT_FALSE(Query::parse("A=1").value().check_declared(declared));
  EXPECT_FALSE(Query::parse("a=1").value().check_declared({}));
  const auto other = Query::parse("a=1&explode=1").value().check_declared(declared);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::kInvalidArgument);
  EXPECT_NE(other.error().message.find("'explode'"), std::string::npos);
}

TEST(Query, LengthIsCountedInCharactersNotBytes) {
  for (const std::string letter : {"a", "é", "解", "😀"}) {
    std::string text;
    for (std::size_t i = 0; i < Query::kCharactersMax; ++i) {
      text += letter;
    }
    EXPECT_TRUE(Query::parse("a=" + text).value().check_declared({"a"})) << letter;
    EXPECT_FALSE(Query::parse("a=" + text + "a").value().check_declared({"a"})) << letter;
    EXPECT_FALSE(Query::parse(text + "a=1").value().check_declared({text + "a"})) << letter;
  }
}

TEST(Target, IsSplitIntoPathAndQuery) {
  const Target target = parse_target("/claim?subject=a%2Fb&x=1?2").value();
  EXPECT_EQ(target.path, "/claim");
  EXPECT_EQ(target.query.text("subject"), "a/b");
  EXPECT_EQ(target.query.text("x"), "1?2");
  EXPECT_EQ(parse_target("/").value().path, "/");
  EXPECT_EQ(parse_target("/a/").value().path, "/a/");
  EXPECT_EQ(parse_target("/a+b").value().path, "/a+b");
}

TEST(Target, RefusesWhatIsNotAPlainPath) {
  for (const char* text : {"", "a", "http://x/", "*", "/../etc", "/a/..", "/a/./b", "//x", "/a//b",
                           "/%2e%2e/etc", "/a#b", "/a%00", "/a%0d%0ab"}) {
    EXPECT_FALSE(parse_target(text)) << text;
  }
}

// Deterministic mutations: whatever comes, what is accepted is valid UTF-8 and reads back the same.
TEST(Target, AnyBytesAreRefusedOrReadBackTheSame) {
  Random random(20261125);
  const std::string alphabet = "/%&=?+.#aA19\x80\xe8\xa7\xa3 \t\"'";
  int accepted = 0;
  for (int round = 0; round < 50'000; ++round) {
    const std::string text = "/" + random_text(random, alphabet);
    const auto target = parse_target(text);
    if (!target) {
      ASSERT_FALSE(target.error().message.empty());
      continue;
    }
    ++accepted;
    ASSERT_FALSE(first_invalid_utf8(target->path)) << text;
    const std::string canonical = target->query.canonical();
    ASSERT_EQ(Query::parse(canonical).value().canonical(), canonical) << text;
  }
  EXPECT_GT(accepted, 500);
}

}  // namespace
}  // namespace thaw::api
