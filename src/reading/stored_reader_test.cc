#include "reading/stored_reader.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "evidence/grounding.h"
#include "evidence/knowledge.h"

namespace thaw::reading {
namespace {

namespace json = boost::json;

class FixedClock final : public Clock {
 public:
  std::chrono::system_clock::time_point now() const override {
    return std::chrono::system_clock::from_time_t(1'700'000'000);
  }
};

/// Says one claim of every text, or fails.
class Endpoint final : public net::HttpClient {
 public:
  Result<net::HttpReply> send(const net::HttpRequest&) override {
    ++asked;
    if (fails) {
      return *fails;
    }
    const json::object claim{{"subject", "riluzole"},
                             {"relation", "extends"},
                             {"object", "survival"},
                             {"sign", "raises"},
                             {"causal", true},
                             {"direction", "supports"},
                             {"negated", false},
                             {"hedged", false},
                             {"organism", nullptr},
                             {"n", nullptr},
                             {"quote", "riluzole extended survival"}};
    const std::string content = json::serialize(json::object{{"claims", json::array{claim}}});
    return net::HttpReply{
        .status = 200,
        .body = json::serialize(json::object{
            {"choices",
             json::array{json::object{{"message", json::object{{"content", content}}}}}}})};
  }
  std::size_t asked = 0;
  std::optional<Error> fails;
};

evidence::Document document(int number) {
  return {.id = "PMID:" + std::to_string(number),
          .sections = {{"abstract", "riluzole extended survival " + std::to_string(number)}}};
}

class StoredReaderTest : public testing::Test {
 protected:
  StoredReaderTest()
      : knowledge_(evidence::Knowledge::build(
                       {{.id = "t:r", .kind = "drug", .name = {"riluzole", "利鲁唑"}},
                        {.id = "t:s", .kind = "outcome", .name = {"survival", "生存期"}}},
                       {}, {})
                       .value()),
        connection_(db::Connection::open(":memory:").value()),
        store_(ReadingStore::open(*connection_, clock_).value()) {}

  LlmReader llm(std::size_t tokens_max = 0) {
    return LlmReader::make(logged_, logged_, grounder_,
                           {.endpoint = "http://localhost:1",
                            .model = "m",
                            .tokens_max = tokens_max,
                            .answer_tokens_max = 100})
        .value();
  }

  FixedClock clock_;
  evidence::Knowledge knowledge_;
  evidence::NameBook book_ = evidence::name_book_of(knowledge_);
  evidence::Grounder grounder_{book_, &knowledge_};
  std::unique_ptr<db::Connection> connection_;
  ReadingStore store_;
  Endpoint endpoint_;
  StoredOutboundLog log_{store_};
  LoggedClient logged_{endpoint_, log_};
};

TEST_F(StoredReaderTest, NoDocumentIsAskedAboutTwice) {
  auto model = llm();
  StoredReader first(model, store_, 0);
  const auto reading = first.read(document(1));
  ASSERT_TRUE(reading) << reading.error().message;
  ASSERT_EQ(reading->claims.size(), 1U);
  StoredReader second(model, store_, 0);
  const auto again = second.read(document(1));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->claims.at(0).quote, reading->claims.at(0).quote);
  EXPECT_EQ(endpoint_.asked, 1U);
  EXPECT_EQ(second.counts().from_store, 1U);
  auto changed = document(1);
  changed.sections[0].text += " more";
  EXPECT_TRUE(second.read(changed));
  EXPECT_EQ(endpoint_.asked, 2U);
}

TEST_F(StoredReaderTest, TheLimitOfDocumentsIsKeptAndTheNextRunGoesOn) {
  auto model = llm();
  StoredReader first(model, store_, 2);
  for (int i = 1; i <= 4; ++i) {
    EXPECT_EQ(static_cast<bool>(first.read(document(i))), i <= 2);
  }
  EXPECT_NE(first.ended().find("limit of 2"), std::string::npos);
  StoredReader second(model, store_, 2);
  for (int i = 1; i <= 4; ++i) {
    EXPECT_TRUE(second.read(document(i)));
  }
  EXPECT_EQ(endpoint_.asked, 4U);
}

TEST_F(StoredReaderTest, AnEndpointThatIsGoneIsAskedOnlyOnce) {
  auto model = llm();
  StoredReader reader(model, store_, 0);
  endpoint_.fails = unavailable("no answer");
  for (int i = 1; i <= 3; ++i) {
    EXPECT_FALSE(reader.read(document(i)));
  }
  EXPECT_EQ(endpoint_.asked, 1U);
  EXPECT_EQ(reader.ended(), "no answer");
}

TEST_F(StoredReaderTest, ABudgetEndsItBeforeItIsExceeded) {
  auto model = llm(2000);
  StoredReader reader(model, store_, 0);
  int read = 0;
  for (int i = 1; i <= 50; ++i) {
    read += reader.read(document(i)) ? 1 : 0;
  }
  EXPECT_GT(read, 0);
  EXPECT_LT(read, 50);
  EXPECT_LE(model.tokens_used(), 2000U);
  EXPECT_EQ(endpoint_.asked, static_cast<std::size_t>(read));
}

TEST_F(StoredReaderTest, WhatLeftIsInTheStoreAlsoWhenNoAnswerCame) {
  auto model = llm();
  StoredReader reader(model, store_, 0);
  EXPECT_TRUE(reader.read(document(1)));
  endpoint_.fails = corrupt("too large");
  EXPECT_FALSE(reader.read(document(2)));
  const auto lines = store_.outbound(10).value();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].outbound.documents, std::vector<std::string>{"PMID:2"});
  EXPECT_EQ(lines[1].outbound.documents, std::vector<std::string>{"PMID:1"});
  EXPECT_EQ(lines[0].sent_at, "2023-11-14T22:13:20Z");
  EXPECT_EQ(log_.requests(), 2U);
}

}  // namespace
}  // namespace thaw::reading
