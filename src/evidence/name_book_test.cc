#include "evidence/name_book.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/edit_distance.h"
#include "base/random.h"
#include "evidence/normal_name.h"

namespace thaw::evidence {
namespace {

std::u32string wide(std::string_view ascii) {
  return {ascii.begin(), ascii.end()};
}

/// `count` made-up names over a small alphabet, so that many are near one another.
std::vector<std::string> made_up_names(Random& random, int count) {
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) {
    std::string name;
    const auto length = 4 + random.index(22);
    for (std::uint64_t k = 0; k < length; ++k) {
      name += static_cast<char>("abcd1"[random.index(k % 5 == 4 ? 5 : 4)]);
    }
    names.push_back(name);
    if (i % 3 == 0) {  // and one near it
      name[random.index(name.size())] = 'd';
      names.push_back(name);
    }
  }
  return names;
}

std::string digits_of(std::string text) {
  std::erase_if(text, [](char c) { return c < '0' || c > '9'; });
  return text;
}

/// The names within the allowed edits by looking at every one.
std::set<std::string> near_by_scan(const std::vector<std::string>& names,
                                   const std::string& wanted) {
  std::set<std::string> near;
  for (const auto& name : names) {
    const std::string normal = normal_name(name);
    const auto bound = edits_allowed(std::min(normal.size(), wanted.size()), true);
    if (bound > 0 && digits_of(normal) == digits_of(wanted) &&
        edit_distance(normal, wanted) <= bound) {
      near.insert(normal);
    }
  }
  return near;
}

TEST(NameBook, FuzzyLookUpFindsExactlyWhatAScanOfAllNamesFinds) {
  Random random(11);
  const auto names = made_up_names(random, 1500);
  NameBookBuilder builder;
  for (std::size_t i = 0; i < names.size(); ++i) {
    builder.add_term("X:" + std::to_string(i), "process", {names[i], ""});
  }
  const NameBook book = builder.build();
  std::size_t found = 0;
  for (int round = 0; round < 400; ++round) {
    std::string wanted = names[random.index(names.size())];
    for (int edit = round % 4; edit > 0; --edit) {
      const auto at = random.index(wanted.size());
      const auto kind = random.index(3);
      if (kind == 0) {
        wanted[at] = 'b';
      } else if (kind == 1) {
        wanted.insert(at, 1, 'c');
      } else if (wanted.size() > 3) {
        wanted.erase(at, 1);
      }
    }
    wanted = normal_name(wanted);
    std::set<std::string> near;
    for (const auto& hit : book.near(wanted, 10000)) {
      for (const auto& name : hit.names) {
        // The id is a name too ("x12"): only the made-up ones are asked for here.
        if (!name.normal.starts_with('x')) {
          near.insert(std::string(name.normal));
        }
      }
    }
    EXPECT_EQ(near, near_by_scan(names, wanted)) << wanted;
    found += near.size();
  }
  EXPECT_GT(found, 300U);
}

TEST(NameBook, BoundedEditsAreTheEditDistanceUpToTheBound) {
  Random random(3);
  for (int round = 0; round < 3000; ++round) {
    std::string a;
    std::string b;
    for (auto* text : {&a, &b}) {
      for (auto n = random.index(9); n > 0; --n) {
        *text += static_cast<char>('a' + random.index(3));
      }
    }
    for (std::size_t bound = 0; bound < 4; ++bound) {
      EXPECT_EQ(bounded_edits(wide(a), wide(b), bound), std::min(edit_distance(a, b), bound + 1))
          << a << ' ' << b << ' ' << bound;
    }
  }
}

TEST(NameBook, DoesNotDependOnTheOrderOfItsNames) {
  NameBookBuilder forth;
  NameBookBuilder back;
  for (auto* builder : {&forth, &back}) {
    std::vector<std::string> ids = {"MESH:D1", "MONDO:2", "DOID:3"};
    if (builder == &back) {
      std::ranges::reverse(ids);
    }
    for (const auto& id : ids) {
      builder->add_term(id, "disease", {"name of " + id, ""});
      builder->add_name(id, "shared name");
    }
  }
  const auto a = forth.build();
  const auto b = back.build();
  ASSERT_EQ(a.look_up("shared name").size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(a.term(a.look_up("shared name")[i].term).id,
              b.term(b.look_up("shared name")[i].term).id);
  }
}

TEST(NameBook, FindsTheLongestNamesInRunningText) {
  NameBookBuilder builder;
  builder.add_term("A:1", "disease", {"amyotrophic lateral sclerosis", "肌萎缩侧索硬化"});
  builder.add_term("A:2", "disease", {"lateral sclerosis", "侧索硬化"});
  builder.add_term("A:3", "gene", {"SOD1", "SOD1"});
  builder.add_term("A:4", "disease", {"ALS", "渐冻症"});
  const NameBook book = builder.build();
  const std::string text = "SOD1-linked amyotrophic lateral sclerosis; also lateral sclerosis.";
  const auto found = book.find_in(text);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(text.substr(found[0].begin, found[0].end - found[0].begin), "SOD1");
  EXPECT_EQ(text.substr(found[1].begin, found[1].end - found[1].begin),
            "amyotrophic lateral sclerosis");
  EXPECT_EQ(book.term(found[2].names.front().term).id, "A:2");
  const std::string chinese = "渐冻症即肌萎缩侧索硬化";
  const auto in_chinese = book.find_in(chinese);
  ASSERT_EQ(in_chinese.size(), 2U);
  EXPECT_EQ(chinese.substr(in_chinese[1].begin), "肌萎缩侧索硬化");
  EXPECT_TRUE(book.find_in("also SOD12 and ALSFRS").empty());
}

TEST(NameBook, DigitsAreNeverEdited) {
  NameBookBuilder builder;
  builder.add_term("A:1", "gene", {"C9orf72", ""});
  const NameBook book = builder.build();
  EXPECT_TRUE(book.near("C9orf71", 9).empty());
  EXPECT_EQ(book.near("C9orv72", 9).size(), 1U);
}

TEST(NameBook, AChineseNameWithOneCharacterMoreIsNear) {
  NameBookBuilder builder;
  builder.add_term("A:1", "disease", {"ALS", "肌萎缩侧索硬化"});
  const NameBook book = builder.build();
  ASSERT_EQ(book.near("肌萎缩性侧索硬化", 9).size(), 1U);
  EXPECT_EQ(book.near("肌萎缩性侧索硬化", 9).front().edits, 1U);
}

TEST(NameBook, OneToOneReferencesJoinTablesAndLooseOnesDoNot) {
  NameBookBuilder builder;
  builder.add_term("MONDO:0004976", "disease", {"amyotrophic lateral sclerosis", ""}, true);
  builder.add_xref("MONDO:0004976", "mesh:D000690");
  builder.add_term("MESH:D000690", "disease", {"ALS (MeSH)", ""});
  builder.add_term("DOID:332", "disease", {"als of DO", ""});
  builder.add_xref("DOID:332", "MESH:D000690");
  builder.add_term("HGNC:7744", "gene", {"NEK1", ""});
  builder.add_term("thaw:nek1_variant", "gene_variant", {"NEK1 variant", ""}, true);
  builder.add_xref("thaw:nek1_variant", "HGNC:7744");
  builder.add_term("DOID:1", "disease", {"one", ""});
  builder.add_term("DOID:2", "disease", {"two", ""});
  builder.add_xref("DOID:1", "MESH:D9");
  builder.add_xref("DOID:2", "MESH:D9");
  const NameBook book = builder.build();
  const auto speaker = [&](std::string_view id) {
    return book.term(book.spokesman(static_cast<std::uint32_t>(book.find_id(id)))).id;
  };
  EXPECT_EQ(speaker("MESH:D000690"), "MONDO:0004976");
  EXPECT_EQ(speaker("DOID:332"), "MONDO:0004976");
  EXPECT_EQ(book.same_as(static_cast<std::uint32_t>(book.find_id("DOID:332"))).size(), 3U);
  EXPECT_EQ(speaker("HGNC:7744"), "HGNC:7744");
  EXPECT_EQ(speaker("DOID:1"), "DOID:1");
  EXPECT_EQ(speaker("DOID:2"), "DOID:2");
}

}  // namespace
}  // namespace thaw::evidence
