#include "effect/r_script.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <fstream>

#include "effect/made_people.h"

namespace thaw::effect {
namespace {

/// All numbers that Rscript prints for `script`.
std::vector<double> run_r(const std::string& script) {
  const auto file =
      std::filesystem::temp_directory_path() / ("thaw_r_script_" + std::to_string(getpid()) + ".R");
  std::ofstream(file) << script;
  FILE* pipe = popen(("Rscript " + file.string() + " 2>&1").c_str(), "r");
  std::vector<double> numbers;
  double number = 0;
  while (pipe != nullptr && std::fscanf(pipe, "%lf", &number) == 1) {
    numbers.push_back(number);
  }
  if (pipe != nullptr) {
    pclose(pipe);
  }
  std::filesystem::remove(file);
  return numbers;
}

bool r_is_there() {
  return std::system("Rscript --version > /dev/null 2>&1") == 0;  // NOLINT
}

/// Scripts that one R runs one after the other, and what each should print.
struct Scripts {
  std::string text;
  std::vector<double> expected;
  std::vector<std::string> names;

  void add(const Table& table, const EffectRequest& request, const std::string& path,
           const std::string& name) {
    const auto answer = answer_effect(table, request);
    ASSERT_TRUE(answer) << name << answer.error().message;
    const auto script = r_script(table, request, path);
    ASSERT_TRUE(script) << name << script.error().message;
    text += *script;
    expected.push_back(answer->estimate.estimate);
    expected.push_back(answer->estimate.se);
    names.push_back(name);
  }
};

TEST(RScript, GivesTheSameEstimateAndStandardError) {
  if (!r_is_there()) {
    GTEST_SKIP() << "no Rscript here";
  }
  for (const bool yes_no : {false, true}) {
    World world;
    world.yes_no = yes_no;
    world.effect = 1;
    world.varies = 0.5;
    Table table = made_people(31, 400, world);
    std::vector<double> gap = table.numeric("x").value();
    gap[7] = std::nan("");
    table = with_column(table, Column::real("x", gap));
    const auto path =
        std::filesystem::temp_directory_path() / ("thaw_r_" + std::to_string(getpid()) + ".csv");
    std::ofstream(path) << write_csv(table).value();
    Scripts scripts;
    EffectRequest request;
    request.question = made_question();
    request.question.adjust = "x + x^2 + z + nc1:x";
    request.question.instruments = {"nc4"};
    request.refutations = 0;
    request.side_by_side = false;
    for (const Method method :
         {Method::kOls, Method::kGFormula, Method::kIpw, Method::kAipw, Method::kIv}) {
      for (const Population population :
           {Population::kAll, Population::kTreated, Population::kUntreated}) {
        if (population != Population::kAll && (method == Method::kOls || method == Method::kIv)) {
          continue;
        }
        request.settings.method = method;
        request.settings.population = population;
        scripts.add(table, request, path.string(),
                    std::string(to_string(method)) + std::string(to_string(population)));
      }
    }
    request.settings.population = Population::kAll;
    request.settings.method = Method::kGFormula;
    request.question.outcome_terms = "x + x^2 + z + a + a:x";
    scripts.add(table, request, path.string(), "one_model");
    const std::vector<double> numbers = run_r(scripts.text);
    ASSERT_EQ(numbers.size(), scripts.expected.size());
    for (std::size_t k = 0; k < numbers.size(); ++k) {
      EXPECT_NEAR(numbers[k] / scripts.expected[k], 1, 1e-6) << scripts.names[k / 2];
    }
    std::filesystem::remove(path);
  }
}

TEST(RScript, RefusesWhatBaseRHasNot) {
  EffectRequest request;
  request.question = made_question();
  const Table table = made_people(31, 100);
  for (const Method method : {Method::kMatch, Method::kTmle, Method::kDml}) {
    request.settings.method = method;
    EXPECT_FALSE(r_script(table, request, "x.csv"));
  }
}

}  // namespace
}  // namespace thaw::effect
