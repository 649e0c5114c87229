#include "effect/r_script.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <fstream>

#include "effect/made_people.h"

namespace thaw::effect {
namespace {

/// The two numbers that Rscript prints for `script`, or nothing where R is not there.
std::optional<std::array<double, 2>> run_r(const std::string& script, const std::string& name) {
  const auto file =
      std::filesystem::temp_directory_path() / (name + std::to_string(getpid()) + ".R");
  std::ofstream(file) << script;
  FILE* pipe = popen(("Rscript " + file.string() + " 2>&1").c_str(), "r");
  std::array<double, 2> numbers{};
  const bool read = pipe != nullptr && std::fscanf(pipe, "%lf %lf", &numbers[0], &numbers[1]) == 2;
  if (pipe != nullptr) {
    pclose(pipe);
  }
  std::filesystem::remove(file);
  return read ? std::optional(numbers) : std::nullopt;
}

bool r_is_there() {
  return std::system("Rscript --version > /dev/null 2>&1") == 0;  // NOLINT
}

void expect_same(const Table& table, const EffectRequest& request, const std::string& path,
                 const std::string& name) {
  const auto answer = answer_effect(table, request);
  ASSERT_TRUE(answer) << name << answer.error().message;
  const auto script = r_script(table, request, path);
  ASSERT_TRUE(script) << name << script.error().message;
  const auto numbers = run_r(*script, name);
  ASSERT_TRUE(numbers) << name << "\n" << *script;
  EXPECT_NEAR((*numbers)[0] / answer->estimate.estimate, 1, 1e-7) << name;
  EXPECT_NEAR((*numbers)[1] / answer->estimate.se, 1, 1e-6) << name;
}

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
        expect_same(table, request, path.string(),
                    std::string(to_string(method)) + std::string(to_string(population)));
      }
    }
    request.settings.population = Population::kAll;
    request.settings.method = Method::kGFormula;
    request.question.outcome_terms = "x + x^2 + z + a + a:x";
    expect_same(table, request, path.string(), "one_model");
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
