// What every store contract test stands on: an empty store of the engine that is the parameter.
//
//   class RegistryContract : public test::StoreFixture {};
//   TEST_P(RegistryContract, KeepsWhatItWasGiven) { auto connection = open(); ... }
//   INSTANTIATE_TEST_SUITE_P(Engines, RegistryContract, test::kEngines, test::engine_name);
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "contract/postgres_server.h"
#include "db/db.h"

namespace thaw::test {

inline const auto kEngines = testing::Values(db::Engine::kSqlite, db::Engine::kPostgres);

inline std::string engine_name(const testing::TestParamInfo<db::Engine>& info) {
  return info.param == db::Engine::kSqlite ? "Sqlite" : "Postgres";
}

class StoreFixture : public testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "thaw-store-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    url_ = (folder_ / "store.db").string();
    if (GetParam() == db::Engine::kPostgres) {
      auto url = fresh_postgres_url();
      if (!url && url.error().code == ErrorCode::kNotFound) {
        GTEST_SKIP() << url.error().message;
      }
      ASSERT_TRUE(url) << url.error().message;
      url_ = url.value();
    }
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  /// A new connection to this test's store.
  std::unique_ptr<db::Connection> open() const {
    auto connection = db::Connection::open(url_);
    if (!connection) {
      ADD_FAILURE() << connection.error().message;
      return nullptr;
    }
    return std::move(connection).value();
  }

  const std::string& url() const { return url_; }

 private:
  std::filesystem::path folder_;
  std::string url_;
};

}  // namespace thaw::test
