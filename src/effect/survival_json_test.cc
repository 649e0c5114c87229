// What thaw survival answers, on shared data against R survival 3.5-3 and cmprsk 2.2-11 (the
// numbers of causal/oracle/survival_reference.json) and on small tables.
#include "effect/survival_json.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <boost/json.hpp>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>

#include "effect/survival_r_script.h"
#include "stats/shared_csv.h"
#include "table/csv.h"

namespace thaw::effect {
namespace {

namespace json = boost::json;

/// The shared file, or nothing where it is absent.
std::optional<Table> shared_table(const std::string& name) {
  const auto table = read_csv_file(stats::shared_data_folder() + name);
  return table ? std::optional<Table>(table.value()) : std::nullopt;
}

#define THAW_TABLE(table, name)                                                         \
  const auto table##_file = shared_table(name);                                         \
  if (!table##_file) {                                                                  \
    GTEST_SKIP() << "no shared test data at " << stats::shared_data_folder() << (name); \
  }                                                                                     \
  const Table& table = *table##_file

SurvivalRequest request(SurvivalKind kind, const std::string& time, const std::string& event) {
  SurvivalRequest r;
  r.kind = kind;
  r.time = time;
  r.event = event;
  return r;
}

void expect_close(const json::value& got, double expected) {
  ASSERT_TRUE(got.is_number()) << got;
  EXPECT_NEAR(got.to_number<double>(), expected, 1e-6 * std::fabs(expected) + 1e-15);
}

void expect_coefs(const json::object& document, const std::vector<double>& expected) {
  const json::array& rows = document.at("coefficients").as_array();
  ASSERT_EQ(rows.size(), expected.size());
  for (std::size_t j = 0; j < expected.size(); ++j) {
    expect_close(rows[j].at("coef"), expected[j]);
  }
}

Table lines(std::string_view text) {
  return read_csv(text, "test").value();
}

std::string error_of(const Table& table, const SurvivalRequest& r) {
  const auto document = survival_document(table, r);
  return document ? "" : document.error().message;
}

TEST(SurvivalDocument, CoxOfLungAndVeteran) {
  THAW_TABLE(lung, "causal/survival/cancer.csv");
  SurvivalRequest r = request(SurvivalKind::kCox, "time", "status == 2");
  r.model = "age + sex + ph.ecog";
  const auto document = survival_document(lung, r).value();
  expect_coefs(document, {0.0110667645600735, -0.552612395703631, 0.463728475370428});
  expect_close(document.at("loglik").at(0), -744.48045576144);
  expect_close(document.at("loglik").at(1), -729.230121374862);
  expect_close(document.at("tests").at("score").at("chisq"), 30.4999227049491);
  expect_close(document.at("tests").at("wald").at("chisq"), 29.9292512092047);
  expect_close(document.at("concordance").at("value"), 0.637135493000455);
  expect_close(document.at("zph").at("global").at("chisq"), 4.46365758875862);
  expect_close(document.at("zph").at("terms").at(1).at("p"), 0.128921998810965);
  EXPECT_EQ(document.at("n"), 227);
  EXPECT_EQ(document.at("n_left_out"), 1);
  EXPECT_EQ(document.at("events"), 164);
  r.event = "status";
  r.cause = "2";
  EXPECT_EQ(survival_document(lung, r)->at("coefficients"), document.at("coefficients"));
  THAW_TABLE(veteran, "causal/survival/veteran.csv");
  r = request(SurvivalKind::kCox, "time", "status");
  r.model = "trt + relevel(celltype, squamous) + karno + diagtime + age + prior";
  r.ties = "exact";
  const auto exact = survival_document(veteran, r).value();
  std::map<std::string, double> coef;
  for (const auto& row : exact.at("coefficients").as_array()) {
    coef[std::string(row.at("name").as_string())] = row.at("coef").as_double();
  }
  EXPECT_NEAR(coef.at("celltype=adeno"), 1.2020866487286, 1e-6);
  EXPECT_NEAR(coef.at("celltype=smallcell"), 0.862122505209004, 1e-6);
  expect_close(exact.at("tests").at("wald").at("chisq"), 61.8314388918799);
}

TEST(SurvivalDocument, CoxOfPbcAndHeart) {
  THAW_TABLE(pbc, "cohort/pbc.csv");
  SurvivalRequest r = request(SurvivalKind::kCox, "time", "status == 2");
  r.model = "age + edema + log(bili) + log(protime) + log(albumin)";
  expect_coefs(survival_document(pbc, r).value(),
               {0.0396091329811726, 0.896311444265056, 0.863550647365664, 2.38683926602062,
                -2.50692322581861});
  THAW_TABLE(heart, "causal/survival/heart.csv");
  r = request(SurvivalKind::kCox, "stop", "event");
  r.start = "start";
  r.model = "(age + surgery)*transplant";
  const auto document = survival_document(heart, r).value();
  expect_coefs(document, {0.0139091384791868, -0.546540211034376, 0.119503865705418,
                          0.0346142935088097, -0.292950931185069});
  expect_close(document.at("concordance").at("value"), 0.594489931400752);
}

TEST(SurvivalDocument, CurvesOfLungBySex) {
  THAW_TABLE(lung, "causal/survival/cancer.csv");
  SurvivalRequest r = request(SurvivalKind::kKaplanMeier, "time", "status == 2");
  r.group = "sex";
  r.interval = "log";
  r.times = {11, 365};
  const auto km = survival_document(lung, r).value();
  const auto& men = km.at("curves").at(0);
  expect_close(men.at("median").at("value"), 270);
  expect_close(km.at("curves").at(1).at("median").at("value"), 426);
  expect_close(men.at("at").at(0).at("survival"), 0.978260869565217);
  expect_close(men.at("at").at(0).at("se"), 0.0124139182765252);
  expect_close(men.at("at").at(0).at("low"), 0.954230116249187);
  r.kind = SurvivalKind::kLogRank;
  r.times.clear();
  const auto test = survival_document(lung, r).value();
  expect_close(test.at("chisq"), 10.3267419548856);
  expect_close(test.at("groups").at(0).at("expected"), 91.5817390295728);
  r.rho = 1;
  expect_close(survival_document(lung, r)->at("chisq"), 12.7141514011575);
  r.kind = SurvivalKind::kRmst;
  r.horizon = 365;
  const auto means = survival_document(lung, r).value();
  expect_close(means.at("groups").at(0).at("rmst").at("estimate"), 241.495085192057);
  expect_close(means.at("groups").at(1).at("rmst").at("estimate"), 297.465409532037);
  expect_close(means.at("differences").at(0).at("estimate"), 297.465409532037 - 241.495085192057);
}

/// mgus2 with its time to the first event and which it was.
Table mgus(const Table& raw) {
  const auto ptime = raw.numeric("ptime").value();
  const auto pstat = raw.numeric("pstat").value();
  const auto futime = raw.numeric("futime").value();
  const auto death = raw.numeric("death").value();
  std::vector<double> time;
  std::vector<std::int32_t> event;
  for (std::size_t i = 0; i < ptime.size(); ++i) {
    time.push_back(pstat[i] == 1 ? ptime[i] : futime[i]);
    event.push_back(pstat[i] == 1 ? 1 : death[i] == 1 ? 2 : 0);
  }
  Table table = raw;
  EXPECT_TRUE(table.add_column(Column::real("etime", time)));
  EXPECT_TRUE(table.add_column(Column::category("event", event, {"censored", "pcm", "death"})));
  return table;
}

TEST(SurvivalDocument, CompetingRisksOfMgus) {
  THAW_TABLE(raw, "cohort/mgus2.csv");
  const Table table = mgus(raw);
  SurvivalRequest r = request(SurvivalKind::kAalenJohansen, "etime", "event");
  r.group = "sex";
  r.times = {60, 120, 240};
  const auto curves = survival_document(table, r).value();
  const auto& women = curves.at("curves").at(0);
  EXPECT_EQ(women.at("group"), "F");
  expect_close(women.at("at").at(0).at("states").at(1).at("probability"), 0.0397896215044053);
  expect_close(women.at("at").at(0).at("states").at(1).at("se"), 0.00779833408808593);
  expect_close(women.at("at").at(2).at("states").at(2).at("se"), 0.0236253343399979);
  r = request(SurvivalKind::kFineGray, "etime", "event");
  r.cause = "pcm";
  r.model = "age + sex + mspike";
  const auto weighted = survival_document(table, r).value();
  expect_coefs(weighted, {-0.0168609550883334, -0.213124311180999, 0.888398947015846});
  expect_close(weighted.at("loglik").at(1), -773.745580948004);
  r.convention = "cmprsk";
  const auto crr = survival_document(table, r).value();
  expect_coefs(crr, {-0.0169425280797417, -0.213616037006754, 0.88846412648137});
  expect_close(crr.at("robust_var").at(1).at(2), 0.000794173612785975);
  r = request(SurvivalKind::kCox, "etime", "event");
  r.cause = "pcm";
  r.model = "age + sex + mspike";
  const auto cox = survival_document(table, r).value();
  expect_coefs(cox, {0.0163521876014623, -0.00503002408629212, 0.884078070233995});
  EXPECT_NE(json::serialize(cox.at("estimand")).find("cause-specific"), std::string::npos);
}

TEST(SurvivalDocument, FailureTimesOfLung) {
  THAW_TABLE(lung, "causal/survival/cancer.csv");
  SurvivalRequest r = request(SurvivalKind::kAft, "time", "status == 2");
  r.model = "age + sex";
  r.dist = "loglogistic";
  const auto document = survival_document(lung, r).value();
  expect_coefs(document, {5.92231537274404, -0.0140050850097031, 0.477509224903834});
  expect_close(document.at("scale").at("value"), 0.565578594745816);
  expect_close(document.at("loglik").at(0), -1160.93062351123);
}

TEST(SurvivalDocument, SaysWhatIsWrongAndWhere) {
  const Table t = lines("t,e,x,g,s,c\n1,1,2,a,0,p\n2,0,3,b,1,q\n3,1,1,a,3,q\n4,0,5,b,1,r\n");
  SurvivalRequest r = request(SurvivalKind::kCox, "t", "e");
  r.model = "x";
  EXPECT_NE(error_of(t, request(SurvivalKind::kKaplanMeier, "nothing", "e")).find("nothing"),
            std::string::npos);
  EXPECT_NE(error_of(t, request(SurvivalKind::kKaplanMeier, "t", "x")).find("--cause"),
            std::string::npos);
  EXPECT_NE(error_of(t, request(SurvivalKind::kCox, "t", "e")).find("model"), std::string::npos);
  r.start = "s";
  EXPECT_NE(error_of(t, r).find("row 3: column s is 3"), std::string::npos);
  r.start.clear();
  r.event = "x == 99";
  EXPECT_NE(error_of(t, r).find("no row has the event"), std::string::npos);
  r.event = "e";
  r.group = "g";
  EXPECT_NE(error_of(t, r).find("takes no group"), std::string::npos);
  r.group.clear();
  r.model = "x + x^2 + log(x) + sqrt(x)";
  EXPECT_FALSE(error_of(t, r).empty());
  SurvivalRequest one = request(SurvivalKind::kLogRank, "t", "e");
  EXPECT_NE(error_of(t, one).find("groups"), std::string::npos);
  one.group = "g";
  EXPECT_EQ(error_of(t, one), "");
  const Table negative = lines("t,e,g\n1,1,a\n-2,0,b\n");
  EXPECT_NE(error_of(negative, one).find("row 2: column t is -2"), std::string::npos);
  const Table single = lines("t,e,g\n1,1,a\n2,0,a\n");
  EXPECT_NE(error_of(single, one).find("one value only"), std::string::npos);
  EXPECT_NE(error_of(t, request(SurvivalKind::kAalenJohansen, "t", "c")).find("--censored"),
            std::string::npos);
}

TEST(SurvivalDocument, GivesNoNumberWhereAHazardRatioIsInfinite) {
  std::string text = "t,e,x,z\n";
  for (int i = 1; i <= 40; ++i) {
    text += fmt::format("{},{},{},{}\n", i, i % 2, i % 2, (i * 7) % 11);
  }
  SurvivalRequest r = request(SurvivalKind::kCox, "t", "e");
  r.model = "x + z";
  const auto document = survival_document(lines(text), r).value();
  EXPECT_EQ(document.at("converged"), false);
  EXPECT_TRUE(document.at("coefficients").at(0).at("coef").is_null());
  EXPECT_EQ(document.at("coefficients").at(0).at("direction"), "rises");
  EXPECT_NE(json::serialize(document.at("warnings")).find("no finite estimate"), std::string::npos);
}

TEST(SurvivalDocument, CountsTheRowsItLeavesOut) {
  const Table t = lines("t,e,x\n1,1,2\n2,,3\n3,1,\n,0,5\n5,1,4\n6,0,2\n7,1,6\n8,0,1\n");
  const auto document = survival_document(t, request(SurvivalKind::kKaplanMeier, "t", "e")).value();
  EXPECT_EQ(document.at("n"), 6);
  EXPECT_EQ(document.at("n_left_out"), 2);
  for (const char* lang : {"en", "zh"}) {
    EXPECT_NE(survival_text(document, lang).find("2"), std::string::npos);
  }
}

/// What Rscript prints for `script` run on `table`, or nothing without R and survival.
std::optional<std::string> run_r(const std::string& script, const Table& table) {
  const auto folder =
      std::filesystem::temp_directory_path() / fmt::format("thaw_survival_r_{}", ::getpid());
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "a.R") << script;
  std::ofstream(folder / "data.csv") << write_csv(table).value();
  const std::string command = fmt::format("cd {} && Rscript a.R 2>&1", folder.string());
  std::string out;
  std::FILE* pipe = ::popen(command.c_str(), "r");
  char part[4096];
  while (pipe != nullptr && std::fgets(part, sizeof part, pipe) != nullptr) {
    out += part;
  }
  const int status = pipe == nullptr ? 1 : ::pclose(pipe);
  std::filesystem::remove_all(folder);
  if (out.find("no package called") != std::string::npos ||
      out.find("not found") != std::string::npos) {
    return std::nullopt;
  }
  EXPECT_EQ(status, 0) << out;
  return out;
}

TEST(SurvivalRScript, RepeatsTheNumbers) {
  THAW_TABLE(raw, "cohort/mgus2.csv");
  const Table table = mgus(raw);
  const std::pair<SurvivalKind, const char*> kinds[] = {
      {SurvivalKind::kFineGray, "-0.01686095508833"},
      {SurvivalKind::kCox, "0.016352187601462"},
      {SurvivalKind::kAalenJohansen, "0.039789621504"}};
  for (const auto& [kind, expected] : kinds) {
    SurvivalRequest r = request(kind, "etime", "event");
    if (kind == SurvivalKind::kAalenJohansen) {
      r.group = "sex";
      r.times = {60, 120, 240};
    } else {
      r.cause = "pcm";
      r.model = "age + sex + mspike";
    }
    const auto printed = run_r(survival_r_script(table, r).value(), table);
    if (!printed) {
      GTEST_SKIP() << "no R with the package survival";
    }
    EXPECT_NE(printed->find(expected), std::string::npos) << *printed;
  }
}

TEST(SurvivalRScript, RepeatsModelsWithLevelsAndProducts) {
  THAW_TABLE(veteran, "causal/survival/veteran.csv");
  SurvivalRequest r = request(SurvivalKind::kCox, "time", "status");
  r.model = "trt*relevel(celltype, squamous) + log(karno) + age^2";
  const auto document = survival_document(veteran, r).value();
  const auto printed = run_r(survival_r_script(veteran, r).value(), veteran);
  if (!printed) {
    GTEST_SKIP() << "no R with the package survival";
  }
  for (const auto& row : document.at("coefficients").as_array()) {
    const std::string digits = fmt::format("{:.7g}", row.at("coef").as_double());
    EXPECT_NE(printed->find(digits.substr(0, digits.size() - 1)), std::string::npos)
        << digits << "\n"
        << *printed;
  }
}

}  // namespace
}  // namespace thaw::effect
