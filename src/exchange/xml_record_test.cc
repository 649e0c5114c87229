#include "exchange/xml_record.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "exchange/byte_source.h"
#include "exchange/xml_names.h"

namespace thaw::exchange {
namespace {

struct Read {
  std::vector<std::string> texts;
  std::vector<Place> places;
  std::vector<std::string> refused;
  Result<Done> ended = Done{};
};

Read read(std::string_view xml, std::size_t record_bytes_max = 1 << 20) {
  Read out;
  MemorySource source(xml);
  out.ended = read_xml_records(
      source, {.names = {"r"},
               .take = [&](const XmlNode& record, const Place& place) -> Result<Done> {
                 out.texts.push_back(record.readable());
                 out.places.push_back(place);
                 return Done{};
               },
               .refuse = [&](const Place&,
                             std::string reason) { out.refused.push_back(std::move(reason)); },
               .record_bytes_max = record_bytes_max});
  return out;
}

TEST(XmlRecord, EachRecordComesWithItsLine) {
  const auto out = read("<?xml version='1.0'?>\n<a>\n<r>one</r>\n<b><r x='1'>two</r></b></a>");
  ASSERT_TRUE(out.ended) << out.ended.error().message;
  EXPECT_EQ(out.texts, (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(out.places[0].line, 3U);
  EXPECT_EQ(out.places[1].line, 4U);
  EXPECT_EQ(out.places[1].record, 2U);
}

TEST(XmlRecord, MarkupInASentenceDoesNotBreakIt) {
  const auto text = [](const std::string& inside) {
    return read("<a><r>" + inside + "</r></a>").texts.at(0);
  };
  EXPECT_EQ(text("<i>SOD1</i><sup>G93A</sup> mice, Ca<sup>2+</sup>"), "SOD1G93A mice, Ca2+");
  EXPECT_EQ(text("2 x 10<sup>6</sup> cells, 10<sup>-3</sup>"), "2 x 10^6 cells, 10^-3");
  EXPECT_EQ(text("H<sub>2</sub>O"), "H2O");
  EXPECT_EQ(text("  a \n\t b&#160;c <b> d</b>e "), "a b\u00A0c de");
  EXPECT_EQ(text("<p>One.</p><p>Two.</p>"), "One.\nTwo.");
  EXPECT_EQ(text("a &lt; b &amp;&#x3B1;<![CDATA[<x>]]>"), "a < b &\u03B1<x>");
}

TEST(XmlRecord, ABombIsRefused) {
  std::string bomb = "<!DOCTYPE a [<!ENTITY x0 'lol'>";
  for (int i = 1; i < 12; ++i) {
    bomb +=
        fmt::format("<!ENTITY x{0} '&x{1};&x{1};&x{1};&x{1};&x{1};&x{1};&x{1};&x{1};'>", i, i - 1);
  }
  const auto out = read(bomb + "]><a><r>&x11;</r></a>");
  ASSERT_FALSE(out.ended);
  EXPECT_EQ(out.ended.error().code, ErrorCode::kCorrupt);
  EXPECT_NE(out.ended.error().message.find("line 1"), std::string::npos);
  EXPECT_NE(out.ended.error().message.find("entity of its own"), std::string::npos);
  EXPECT_TRUE(out.texts.empty());
}

TEST(XmlRecord, AFileOutsideIsNeverRead) {
  EXPECT_FALSE(
      read("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a><r>&x;</r></a>").ended);
  EXPECT_FALSE(
      read("<!DOCTYPE a [<!ENTITY % x SYSTEM 'file:///etc/passwd'> %x;]><a><r/></a>").ended);
  const auto outside = read("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a><r>&alpha;&odd;</r></a>");
  ASSERT_TRUE(outside.ended) << outside.ended.error().message;
  EXPECT_EQ(outside.texts.at(0), "\u03B1&odd;");
}

TEST(XmlRecord, AttributesThatAFileDeclaresAreRefused) {
  const auto out = read("<!DOCTYPE a [<!ATTLIST r x CDATA 'long'>]><a><r/><r/></a>");
  ASSERT_FALSE(out.ended);
  EXPECT_NE(out.ended.error().message.find("attributes of its own"), std::string::npos);
}

TEST(XmlRecord, DepthIsBounded) {
  std::string deep = "<a><r>";
  for (int i = 0; i < 200; ++i) {
    deep += "<b>";
  }
  const auto out = read(deep);
  EXPECT_NE(out.ended.error().message.find("deep"), std::string::npos);
}

TEST(XmlRecord, ATagWithoutEndIsBounded) {
  const auto out = read("<a><r x='" + std::string(std::size_t{6} << 20U, 'x'));
  ASSERT_FALSE(out.ended);
  EXPECT_NE(out.ended.error().message.find("longer than 4 MiB"), std::string::npos);
}

TEST(XmlRecord, ARecordOverTheLimitIsLeftOutAndTheNextIsRead) {
  std::string large;
  for (int i = 0; i < 1000; ++i) {
    large += "<b>0123456789</b>";
  }
  const auto out = read("<a><r>1</r><r>" + large + "</r><r>3</r></a>", 4000);
  ASSERT_TRUE(out.ended) << out.ended.error().message;
  EXPECT_EQ(out.texts, (std::vector<std::string>{"1", "3"}));
  EXPECT_EQ(out.refused.size(), 1U);
  EXPECT_EQ(out.places.back().record, 3U);
}

TEST(XmlRecord, AFileCutAnywhereIsAnErrorWithItsPlaceAndKeepsWhatWasWhole) {
  const std::string whole = "<a>\n<r>one <i>1</i></r>\n<r y=\"&amp;\">two</r><!-- c --></a>";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto out = read(std::string_view(whole).substr(0, size));
    ASSERT_FALSE(out.ended) << size;
    EXPECT_EQ(out.ended.error().code, ErrorCode::kCorrupt);
    EXPECT_TRUE(out.ended.error().message.starts_with("line ")) << out.ended.error().message;
    const std::string part = whole.substr(0, size);
    const auto first = part.find("</r>");
    const std::size_t records =
        (first == std::string::npos ? 0U : 1U) + (part.rfind("</r>") == first ? 0U : 1U);
    EXPECT_EQ(out.texts.size(), records) << size;
  }
}

TEST(XmlRecord, EncodingsAreReadOrNamedAsWrong) {
  EXPECT_EQ(read("<?xml version='1.0' encoding='ISO-8859-1'?><r>caf\xE9</r>").texts.at(0), "café");
  EXPECT_FALSE(read("<r>caf\xE9</r>").ended);
  EXPECT_FALSE(read("<?xml version='1.0' encoding='x-unknown'?><r>a</r>").ended);
}

TEST(XmlRecord, AFileWithoutRecordsSaysSo) {
  const auto out = read("<a><b/></a>");
  ASSERT_FALSE(out.ended);
  EXPECT_EQ(out.ended.error().message, "holds no <r>");
}

TEST(XmlRecord, AnErrorOfTheTakerEndsTheReading) {
  MemorySource source("<a><r/><r/></a>");
  int taken = 0;
  const auto ended =
      read_xml_records(source, {.names = {"r"},
                                .take = [&](const XmlNode&, const Place&) -> Result<Done> {
                                  ++taken;
                                  return unavailable("disk full");
                                },
                                .refuse = [](const Place&, const std::string&) {}});
  EXPECT_EQ(ended.error().message, "disk full");
  EXPECT_EQ(taken, 1);
}

TEST(XmlNames, NamesStandForTheirCharacters) {
  EXPECT_EQ(named_character("beta"), "β");
  EXPECT_EQ(named_character("Aring"), "Å");
  EXPECT_EQ(named_character("zzz"), "&zzz;");
}

}  // namespace
}  // namespace thaw::exchange
