#include "evidence/relation_file.h"

#include <gtest/gtest.h>

#include "evidence/upstream_document.h"

namespace thaw::evidence {
namespace {

std::string error_of(std::string_view text) {
  const auto read = read_relations(text, "r.tsv");
  return read ? "" : read.error().message;
}

TEST(RelationFile, reads_signs_in_the_ways_people_write_them) {
  const auto read = read_relations(
      "source\ttarget\tsign\tbelief\nA\tB\t+\t0.9\nB\tC\t-1\t1\n"
      "A\tC\t?\t0\n",
      "r.tsv");
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->relations.size(), 3U);
  EXPECT_EQ(read->relations[0].sign, 1);
  EXPECT_EQ(read->relations[1].sign, -1);
  EXPECT_EQ(read->relations[2].sign, 0);
  EXPECT_EQ(read->labels, (std::vector<std::string>{"A", "B", "C"}));
}

TEST(RelationFile, once_there_is_a_table_of_entities_an_id_is_no_name) {
  // 7 is both the id of gene ONE and the Entrez number of gene TWO.
  auto read = read_relations("\"srcuid\" \"trguid\" \"mode\"\n7 8 1\n", "r.dat");
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_TRUE(add_entities(*read, "\"uid\" \"id\" \"symbol\"\n7 \"70\" \"ONE\"\n8 \"7\" \"TWO\"\n",
                           "e.dat"));
  ASSERT_EQ(read->by_name.count("7"), 1U);
  EXPECT_EQ(read->labels[read->by_name.find("7")->second], "TWO");
  ObservedChanges observed;
  observed.moved = {{"7", 1}, {"99", -1}};
  const auto matched = match_changes(*read, observed);
  EXPECT_EQ(matched.measured, (std::vector<int>{0, 1}));
  EXPECT_EQ(matched.unmatched, (std::vector<std::string>{"99"}));
}

TEST(RelationFile, two_names_of_one_thing_that_disagree_leave_it_out) {
  auto read = read_relations("source,target,sign\na,b,+\n", "r.csv");
  ASSERT_TRUE(read);
  ASSERT_TRUE(add_entities(*read, "id,symbol,alias\nb,B1,B2\n", "e.csv"));
  ObservedChanges observed;
  observed.moved = {{"B1", 1}, {"B2", -1}};
  const auto matched = match_changes(*read, observed);
  EXPECT_EQ(matched.clashing, 1U);
  EXPECT_EQ(matched.measured, (std::vector<int>{0, 0}));
}

TEST(RelationFile, what_is_wrong_is_said_with_its_line) {
  EXPECT_EQ(error_of("source,target,sign\nA,B,up\n"),
            "r.tsv:2: sign is 'up', one of + - 0 is wanted");
  EXPECT_EQ(error_of("source,target,sign,belief\nA,B,+,1.5\n"),
            "r.tsv:2: belief is '1.5', it must lie in 0 to 1");
  EXPECT_EQ(error_of("source,target,sign\nA,,+\n"),
            "r.tsv:2: a relation without a source or a target");
  EXPECT_EQ(error_of("a,target,sign\n"), "r.tsv: has no column 'source'; it has: a, target, sign");
}

}  // namespace
}  // namespace thaw::evidence
