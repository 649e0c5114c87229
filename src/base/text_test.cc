#include "base/text.h"

#include <gtest/gtest.h>

namespace thaw {
namespace {

TEST(Utf8, EveryCodePointIsValidAndItsTruncationsAreNot) {
  for (std::uint32_t point = 0; point <= 0x10FFFF; point += point < 0x3000 ? 1 : 97) {
    std::string s;
    const auto put = [&](std::uint32_t b) { s += static_cast<char>(b); };
    if (point < 0x80) {
      put(point);
    } else if (point < 0x800) {
      put(0xC0 | point >> 6);
      put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
      put(0xE0 | point >> 12);
      put(0x80 | (point >> 6 & 0x3F));
      put(0x80 | (point & 0x3F));
    } else {
      put(0xF0 | point >> 18);
      put(0x80 | (point >> 12 & 0x3F));
      put(0x80 | (point >> 6 & 0x3F));
      put(0x80 | (point & 0x3F));
    }
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    EXPECT_EQ(first_invalid_utf8("plain ascii " + s).has_value(), surrogate) << point;
    for (std::size_t cut = 1; cut < s.size(); ++cut) {
      EXPECT_EQ(first_invalid_utf8("ab" + s.substr(0, cut) + "cdefghijk"), 2U) << point;
    }
  }
}

TEST(Utf8, OverlongFormsAndBytesAboveTheRangeAreInvalid) {
  for (const char* bad : {"\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xF0\x80\x80\x80",
                          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\x80"}) {
    EXPECT_EQ(first_invalid_utf8(bad), 0U);
  }
}

TEST(Fold, MakesWaysOfWritingOneNameEqual) {
  EXPECT_EQ(fold("  ALSFRS-R   decline "), "alsfrs r decline");
  EXPECT_EQ(fold("alsfrs_r/Decline"), "alsfrs r decline");
  EXPECT_EQ(fold("AMX0035"), "amx0035");
  EXPECT_EQ(fold("利鲁唑 生存"), "利鲁唑 生存");
}

TEST(Numbers, TheWholeTextMustBeTheNumber) {
  EXPECT_EQ(parse_double("-1.5e3"), -1500.0);
  EXPECT_EQ(parse_double("+2"), 2.0);
  for (const char* bad : {"", "1x", " 1", "1 ", "0x10", "--1"}) {
    EXPECT_FALSE(parse_double(bad)) << bad;
    EXPECT_FALSE(parse_int(bad)) << bad;
  }
  EXPECT_EQ(parse_int("9223372036854775807"), INT64_MAX);
  EXPECT_FALSE(parse_int("9223372036854775808"));
  EXPECT_FALSE(parse_int("1.0"));
}

TEST(Split, JoinPutsBackWhatSplitTookApart) {
  for (const char* text : {"", "a", "a,b", ",", "a,,b,"}) {
    std::vector<std::string> parts;
    for (const auto part : split(text, ',')) {
      parts.emplace_back(part);
    }
    EXPECT_EQ(join(parts, ","), text);
  }
}

TEST(EscapeXml, LeavesNoMarkup) {
  EXPECT_EQ(escape_xml("<a b=\"c\">&"), "&lt;a b=&quot;c&quot;&gt;&amp;");
}

}  // namespace
}  // namespace thaw
