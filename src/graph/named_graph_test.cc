#include "graph/named_graph.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace thaw::graph {
namespace {

namespace fs = std::filesystem;

class NamedGraphFile : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("thaw_named_graph_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path write(std::size_t edges, const std::string& belief) {
    const fs::path path = folder_ / "e.tsv";
    std::ofstream out(path, std::ios::binary);
    out << "source\tsign\ttarget\tbelief\n";
    for (std::size_t i = 0; i < edges; ++i) {
      out << "gene number " << i << "\t+\tgene number " << i + 1 << '\t' << belief << '\n';
    }
    return path;
  }

  fs::path folder_;
};

void expect_same(const NamedGraph& a, const NamedGraph& b) {
  ASSERT_EQ(a.names, b.names);
  ASSERT_EQ(a.graph.edges().size(), b.graph.edges().size());
  for (std::size_t i = 0; i < a.graph.edges().size(); ++i) {
    EXPECT_EQ(a.graph.edges()[i].id, b.graph.edges()[i].id);
    EXPECT_EQ(a.graph.edges()[i].p_plus, b.graph.edges()[i].p_plus);
  }
}

TEST_F(NamedGraphFile, IsTheSameFromItsCacheWhichIsMadeAnewWhenDamagedOrOld) {
  const fs::path path = write(30000, "0.5");
  const fs::path beside = path.string() + ".thawgraph";
  const auto text = load_graph(path);
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_FALSE(text->from_cache);
  ASSERT_TRUE(fs::exists(beside));
  const auto cached = load_graph(path);
  ASSERT_TRUE(cached);
  EXPECT_TRUE(cached->from_cache);
  expect_same(text->graph, cached->graph);
  EXPECT_FALSE(load_graph(path, {.cache = false})->from_cache);
  EXPECT_TRUE(load_graph(beside)->from_cache);

  fs::resize_file(beside, fs::file_size(beside) / 2);
  const auto damaged = load_graph(path);
  ASSERT_TRUE(damaged);
  EXPECT_FALSE(damaged->from_cache);
  EXPECT_NE(damaged->note.find("damaged"), std::string::npos);
  EXPECT_TRUE(load_graph(path)->from_cache);

  // The same length and the same time, but another belief.
  const auto time = fs::last_write_time(path);
  write(30000, "0.6");
  fs::last_write_time(path, time);
  const auto changed = load_graph(path);
  ASSERT_TRUE(changed);
  EXPECT_FALSE(changed->from_cache);
  EXPECT_EQ(changed->graph.graph.edges()[0].p_plus, 0.6);
}

TEST_F(NamedGraphFile, FindsANodeByItsNameAndNamesThoseNearIt) {
  const auto loaded = load_graph(write(12, "0.5"));
  ASSERT_TRUE(loaded);
  EXPECT_FALSE(fs::exists(folder_ / "e.tsv.thawgraph"));  // small: reading it is as fast
  const auto node = loaded->graph.find("gene number 3");
  ASSERT_TRUE(node);
  EXPECT_EQ(loaded->graph.names[*node], "gene number 3");
  const auto absent = loaded->graph.find("Gene-Number 3");
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().code, ErrorCode::kNotFound);
  EXPECT_NE(absent.error().message.find("gene number 3"), std::string::npos);
}

TEST_F(NamedGraphFile, IsNotFoundWhereThereIsNone) {
  EXPECT_EQ(load_graph(folder_ / "none.tsv").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(load_graph(folder_).error().code, ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace thaw::graph
