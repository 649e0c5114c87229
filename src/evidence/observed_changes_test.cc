#include "evidence/observed_changes.h"

#include <gtest/gtest.h>

namespace thaw::evidence {
namespace {

std::string error_of(std::string_view text) {
  const auto read = read_observed(text, "o.tsv");
  return read ? "" : read.error().message;
}

TEST(ObservedChanges, a_row_moves_when_both_p_and_fold_pass) {
  const auto read = read_observed(
      "gene\tp_val\tlog2_fc\nA\t0.01\t1.5\nB\t0.2\t3\nC\t0.01\t0.2\nD\t0.05\t-0.38\n", "o.tsv");
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->moved.size(), 2U);
  EXPECT_EQ(read->moved[0].name, "A");
  EXPECT_EQ(read->moved[0].sign, 1);
  EXPECT_EQ(read->moved[1].name, "D");
  EXPECT_EQ(read->moved[1].sign, -1);
  EXPECT_EQ(read->unmoved, 2U);
}

TEST(ObservedChanges, a_direction_column_needs_neither_p_nor_fold) {
  const auto read = read_observed("name,direction\nA,+\nB,-\nC,0\nD,up\n", "o.csv");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->moved.size(), 3U);
  EXPECT_EQ(read->moved[1].sign, -1);
}

TEST(ObservedChanges, a_name_given_twice_counts_once_and_one_that_disagrees_is_left_out) {
  const auto read = read_observed("name,direction\nA,+\nA,+\nB,+\nB,-\nB,+\n", "o.csv");
  ASSERT_TRUE(read);
  ASSERT_EQ(read->moved.size(), 1U);
  EXPECT_EQ(read->moved[0].name, "A");
  EXPECT_EQ(read->conflicting, 1U);
}

TEST(ObservedChanges, rows_without_a_name_or_a_figure_are_counted) {
  const auto read =
      read_observed("name,p,log2fc\n--,0.01,2\n,0.01,2\nA,NA,2\nB,0.01,NA\n", "o.csv");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->unnamed, 2U);
  EXPECT_EQ(read->unmoved, 2U);
  EXPECT_TRUE(read->moved.empty());
}

TEST(ObservedChanges, what_is_wrong_is_said_with_its_line) {
  EXPECT_EQ(error_of("name,p,log2fc\nA,0.1,1\nB,x,1\n"), "o.tsv:3: p is 'x', a number is wanted");
  EXPECT_EQ(error_of("name,p,log2fc\nA,1.5,1\n"), "o.tsv:2: p is 1.5, it must lie in 0 to 1");
  EXPECT_EQ(error_of("name,p,log2fc\nA,0.1,inf\n"), "o.tsv:2: log2fc is 'inf', a number is wanted");
  EXPECT_EQ(error_of("name,p,log2fc\nA,0.1\n"), "o.tsv:2: 2 cells, but the header names 3 columns");
  EXPECT_EQ(error_of("name,direction\nA,sideways\n"),
            "o.tsv:2: direction is 'sideways', one of + - 0 is wanted");
  EXPECT_EQ(error_of("x,p,log2fc\n"), "o.tsv: has no column 'name'; it has: x, p, log2fc");
  EXPECT_EQ(error_of("name,p\n"),
            "o.tsv: has no column 'log2fc'; it has: name, p ('log2fc' or "
            "'direction' is wanted)");
  EXPECT_EQ(error_of(""), "o.tsv: is empty; a first line with column names is wanted");
  EXPECT_EQ(error_of("name,p,p\n"), "o.tsv:1: column 'p' is named twice");
  EXPECT_EQ(error_of("name,p,log2fc\nA,0.1,1\n\xFF,1,1\n"), "o.tsv:3: not UTF-8 text");
  EXPECT_EQ(error_of("name,p,log2fc\n\"A,0.1,1\n"),
            "o.tsv:2: the quote that opens here is never closed");
}

}  // namespace
}  // namespace thaw::evidence
