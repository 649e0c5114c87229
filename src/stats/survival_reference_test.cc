// Survival methods beyond fit_cox's own against R survival 3.5-3 and cmprsk 2.2-11 on the shared
// data; the numbers are those of causal/oracle/survival_reference.json, and of R where said.
#include <gtest/gtest.h>

#include <cmath>

#include "stats/accelerated_failure.h"
#include "stats/competing_risks.h"
#include "stats/concordance.h"
#include "stats/cox.h"
#include "stats/fine_gray.h"
#include "stats/log_rank.h"
#include "stats/proportional_hazards.h"
#include "stats/shared_csv.h"

namespace thaw::stats {
namespace {

void expect_close(double got, double expected, double relative = 1e-6) {
  EXPECT_NEAR(got, expected, relative * std::fabs(expected));
}

void expect_all_close(const Vector& got, const std::vector<double>& expected) {
  ASSERT_EQ(static_cast<std::size_t>(got.size()), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    expect_close(got[static_cast<Eigen::Index>(i)], expected[i]);
  }
}

struct Rows {
  Matrix x;
  std::vector<double> time, entry, weights;
  std::vector<std::uint8_t> event;
  std::vector<int> strata, cluster;
  SurvivalData data() const { return {time, event, entry, weights}; }
};

/// lung without its row of unknown ph.ecog, or (columns "age", "sex") with it.
Rows lung(const SharedCsv& csv, const std::vector<std::string>& columns, bool complete = true) {
  const auto time = csv.numbers("time");
  const auto status = csv.numbers("status");
  const auto ecog = csv.numbers("ph.ecog");
  const auto sex = csv.numbers("sex");
  Rows rows;
  std::vector<std::vector<double>> kept(columns.size());
  for (std::size_t i = 0; i < time.size(); ++i) {
    if (complete && std::isnan(ecog[i])) {
      continue;
    }
    rows.time.push_back(time[i]);
    rows.event.push_back(status[i] == 2 ? 1 : 0);
    rows.weights.push_back(csv.numbers("age")[i] > 60 ? 2 : 1);
    rows.strata.push_back(static_cast<int>(sex[i]));
    rows.cluster.push_back(static_cast<int>(std::isnan(ecog[i]) ? 9 : ecog[i]));
    for (std::size_t j = 0; j < columns.size(); ++j) {
      kept[j].push_back(columns[j] == "1" ? 1 : csv.numbers(columns[j])[i]);
    }
  }
  rows.x.resize(static_cast<Eigen::Index>(rows.time.size()),
                static_cast<Eigen::Index>(columns.size()));
  for (std::size_t j = 0; j < columns.size(); ++j) {
    rows.x.col(static_cast<Eigen::Index>(j)) = as_vector(kept[j]);
  }
  return rows;
}

TEST(SurvivalReference, ExactTiesOfLung) {
  THAW_SHARED_CSV(csv, "causal/survival/cancer.csv");
  const Rows r = lung(csv, {"age", "sex", "ph.ecog"});
  const auto fit = fit_cox(r.x, {r.time, r.event}, {.ties = Ties::kExact}).value();
  EXPECT_TRUE(fit.converged);
  expect_all_close(fit.coef, {0.0110670858380341, -0.553435612969879, 0.464387416733038});
  expect_close(fit.log_likelihood_null, -725.647698850665, 1e-12);
  expect_close(fit.log_likelihood, -710.401051579406, 1e-12);
  expect_close(fit.score_test, 30.4877668895791);
  expect_close(fit.var(0, 0), 8.61341656993651e-05);
  expect_close(fit.var(1, 1), 0.0282131533237819);
}

TEST(SurvivalReference, ExactTiesOfVeteran) {
  THAW_SHARED_CSV(csv, "causal/survival/veteran.csv");
  const auto time = csv.numbers("time");
  Matrix x(static_cast<Eigen::Index>(time.size()), 8);
  std::vector<std::uint8_t> event;
  for (std::size_t i = 0; i < time.size(); ++i) {
    const std::string& cell = csv.columns.at("celltype")[i];
    const auto number = [&](const char* name) { return csv.numbers(name)[i]; };
    x.row(static_cast<Eigen::Index>(i)) << number("trt"), cell == "smallcell", cell == "adeno",
        cell == "large", number("karno"), number("diagtime"), number("age"), number("prior");
    event.push_back(number("status") == 1 ? 1 : 0);
  }
  const auto fit = fit_cox(x, {time, event}, {.ties = Ties::kExact}).value();
  expect_all_close(fit.coef, {0.294910393591307, 0.862122505209004, 1.2020866487286,
                              0.403387692740591, -0.0330481796585134, -4.98192299326902e-05,
                              -0.00854878958542588, 0.00731427693858358});
  expect_close(fit.log_likelihood_null, -480.835554491491, 1e-12);
  expect_close(fit.log_likelihood, -449.825863849758, 1e-12);
  expect_close(fit.score_test, 66.428444318893);
}

TEST(SurvivalReference, ProportionalHazardsOfLung) {
  THAW_SHARED_CSV(csv, "causal/survival/cancer.csv");
  const Rows r = lung(csv, {"age", "sex", "ph.ecog"});
  const SurvivalData data{r.time, r.event};
  const auto fit = fit_cox(r.x, data).value();
  const auto test = proportional_hazards(r.x, data, {}, fit).value();
  expect_close(test.terms[0].chi_squared, 0.18798767365229);
  expect_close(test.terms[1].chi_squared, 2.30543722740498);
  expect_close(test.terms[2].chi_squared, 2.05424877405441);
  expect_close(test.global.chi_squared, 4.46365758875862);
  expect_close(test.global.p, 0.215554945341796);
  const auto effect = effect_over_time(r.x, data, {}, fit).value();  // R: cox.zph(fit)$y
  EXPECT_EQ(effect.time[0], 5);
  expect_all_close(effect.effect.row(0), {0.0596552515373, 3.00589500373, -2.2292645718607});
  expect_all_close(effect.effect.row(4), {0.1284605934003, -1.92365165719, 1.8789530832616});
}

// R: coxph(Surv(time, status) ~ age + strata(sex) + ph.ecog, weights = ifelse(age > 60, 2, 1)).
TEST(SurvivalReference, ProportionalHazardsWithStrataAndWeights) {
  THAW_SHARED_CSV(csv, "causal/survival/cancer.csv");
  const Rows r = lung(csv, {"age", "ph.ecog"});
  const CoxOptions options{.strata = r.strata};
  const auto fit = fit_cox(r.x, r.data(), options).value();
  const auto test = proportional_hazards(r.x, r.data(), options, fit).value();
  expect_close(test.terms[0].chi_squared, 0.139552604801);
  expect_close(test.global.chi_squared, 2.389427884177);
  const auto log = proportional_hazards(r.x, r.data(), options, fit, TimeScale::kLog).value();
  expect_close(log.terms[1].chi_squared, 0.227899046638);
  const auto plain = proportional_hazards(r.x, r.data(), options, fit, TimeScale::kIdentity);
  expect_close(plain->global.chi_squared, 1.776648065265);
  const Vector risk = r.x * fit.coef;
  const auto c = concordance({risk.data(), r.time.size()}, r.data(), r.strata).value();
  EXPECT_EQ(c.concordant, 15984);
  EXPECT_EQ(c.discordant, 11040);
  EXPECT_EQ(c.tied, 369);
  expect_close(c.se, 2.92068671433e-02);
}

// R: coxph(Surv(start, stop, event) ~ age + surgery + transplant, cluster = id).
TEST(SurvivalReference, ProportionalHazardsWithLateEntry) {
  THAW_SHARED_CSV(csv, "causal/survival/heart.csv");
  const auto start = csv.numbers("start");
  const auto stop = csv.numbers("stop");
  Matrix x(static_cast<Eigen::Index>(stop.size()), 3);
  std::vector<std::uint8_t> event;
  std::vector<int> id;
  for (std::size_t i = 0; i < stop.size(); ++i) {
    x.row(static_cast<Eigen::Index>(i)) << csv.numbers("age")[i], csv.numbers("surgery")[i],
        csv.numbers("transplant")[i];
    event.push_back(csv.numbers("event")[i] == 1 ? 1 : 0);
    id.push_back(static_cast<int>(csv.numbers("id")[i]));
  }
  const SurvivalData data{stop, event, start};
  const CoxOptions options{.cluster = id, .keep_influence = false};
  const auto fit = fit_cox(x, data, options).value();
  expect_close(fit.robust_var(0, 0), 0.000205293512677);
  expect_close(fit.robust_var(2, 1), -0.008742827019090);
  const auto test = proportional_hazards(x, data, options, fit).value();
  expect_close(test.terms[0].chi_squared, 0.895377083533);
  expect_close(test.global.chi_squared, 1.379252801344);
  const Vector risk = x * fit.coef;
  const auto c = concordance({risk.data(), stop.size()}, data).value();
  EXPECT_EQ(c.concordant, 2710);
  EXPECT_EQ(c.discordant, 1808);
  EXPECT_EQ(c.tied, 1);
}

TEST(SurvivalReference, ConcordanceOfLung) {
  THAW_SHARED_CSV(csv, "causal/survival/cancer.csv");
  const Rows r = lung(csv, {"age", "sex", "ph.ecog"});
  const SurvivalData data{r.time, r.event};
  const Vector risk = r.x * fit_cox(r.x, data)->coef;
  const auto c = concordance({risk.data(), r.time.size()}, data).value();
  expect_close(c.value, 0.637135493000455, 1e-12);
  expect_close(c.se, 2.50679738531e-02);
}

// R: survdiff(Surv(time, status) ~ sex + strata(ph.ecog), rho = 0 and 1).
TEST(SurvivalReference, LogRankWithinStrata) {
  THAW_SHARED_CSV(csv, "causal/survival/cancer.csv");
  Rows r = lung(csv, {"sex"});
  for (int& sex : r.strata) {
    --sex;
  }
  expect_close(log_rank({r.time, r.event}, r.strata, 0, r.cluster)->chi_squared, 10.795059633496);
  expect_close(log_rank({r.time, r.event}, r.strata, 1, r.cluster)->chi_squared, 13.857772753375);
}

struct Mgus {
  Matrix x;  // age, male, mspike
  std::vector<double> time;
  std::vector<std::uint8_t> cause;  // 1 malignancy, 2 death
  std::vector<bool> male;
  CompetingData data() const { return {time, cause}; }
};

Mgus mgus(const SharedCsv& csv, bool complete) {
  Mgus m;
  const auto age = csv.numbers("age");
  const auto mspike = csv.numbers("mspike");
  const auto ptime = csv.numbers("ptime");
  const auto pstat = csv.numbers("pstat");
  const auto futime = csv.numbers("futime");
  const auto death = csv.numbers("death");
  m.x.resize(static_cast<Eigen::Index>(age.size()), 3);
  for (std::size_t i = 0; i < age.size(); ++i) {
    if (complete && std::isnan(mspike[i])) {
      continue;
    }
    m.male.push_back(csv.columns.at("sex")[i] == "M");
    m.x.row(static_cast<Eigen::Index>(m.time.size())) << age[i], (m.male.back() ? 1 : 0), mspike[i];
    m.time.push_back(pstat[i] == 1 ? ptime[i] : futime[i]);
    m.cause.push_back(static_cast<std::uint8_t>(pstat[i] == 1 ? 1 : death[i] == 1 ? 2 : 0));
  }
  m.x.conservativeResize(static_cast<Eigen::Index>(m.time.size()), 3);
  return m;
}

TEST(SurvivalReference, AalenJohansenOfMgus) {
  THAW_SHARED_CSV(csv, "cohort/mgus2.csv");
  const Mgus all = mgus(csv, false);
  const std::vector<double> men = {0.0178698621995085, 0.00616458366286076, 0.0176074421125398};
  std::vector<double> time;
  std::vector<std::uint8_t> cause;
  for (int sex = 0; sex < 2; ++sex) {
    time.clear();
    cause.clear();
    for (std::size_t i = 0; i < all.time.size(); ++i) {
      if (all.male[i] == (sex == 1)) {
        time.push_back(all.time[i]);
        cause.push_back(all.cause[i]);
      }
    }
    const auto curves = aalen_johansen({time, cause}, 2).value();
    const auto row = [&](double at) { return *state_row(curves, at); };
    if (sex == 0) {
      expect_all_close(curves.state.row(row(60)),
                       {0.696245233037894, 0.0397896215044053, 0.263965145457701});
      expect_all_close(curves.se.row(row(60)),
                       {0.0183445145165337, 0.00779833408808593, 0.0175806957234412});
      expect_all_close(curves.se.row(row(240)),
                       {0.0220652118359127, 0.0142629574344966, 0.0236253343399979});
    } else {
      expect_all_close(curves.se.row(row(60)), men);
      expect_all_close(state_influence({time, cause}, 2, 60).colwise().norm(), men);
    }
  }
}

TEST(SurvivalReference, FineGrayOfMgus) {
  THAW_SHARED_CSV(csv, "cohort/mgus2.csv");
  const Mgus m = mgus(csv, true);
  const auto crr = fit_fine_gray(m.x, m.data(), 1,
                                 {.ties = Ties::kBreslow, .censoring = CensoringTies::kTogether})
                       .value();
  expect_all_close(crr.coef, {-0.0169425280797417, -0.213616037006754, 0.88846412648137});
  expect_all_close(crr.robust_var.col(0),
                   {3.39864560233458e-05, 4.43737239865935e-05, 6.26559378930758e-05});
  expect_close(crr.robust_var(2, 2), 0.0240967556561669);
  const Mgus all = mgus(csv, false);
  const auto weighted = fit_fine_gray(m.x, m.data(), 1, {.everyone = all.data()}).value();
  expect_all_close(weighted.coef, {-0.0168609550883334, -0.213124311180999, 0.888398947015846});
  expect_close(weighted.log_likelihood_null, -792.822268866975);
  expect_close(weighted.log_likelihood, -773.745580948004);
  expect_close(weighted.score_test, 39.9897493780783);
}

TEST(SurvivalReference, AcceleratedFailureOfLung) {
  THAW_SHARED_CSV(csv, "causal/survival/cancer.csv");
  const Rows r = lung(csv, {"1", "age", "sex"}, false);
  const SurvivalData data{r.time, r.event};
  struct Expected {
    FailureLaw law;
    std::vector<double> coef;
    double scale, null, full, var00, var_last;
  };
  const Expected laws[] = {{FailureLaw::kWeibull,
                            {6.27485305841877, -0.0122570255889486, 0.382085139658885},
                            0.75405094764082,
                            -1153.85118808941,
                            -1147.05443143195,
                            0.231714143302728,
                            0},
                           {FailureLaw::kExponential,
                            {6.35967154180346, -0.0156187110403523, 0.480934923960329},
                            1,
                            -1162.33817578747,
                            -1156.09903713804,
                            0.403820954832266,
                            0},
                           {FailureLaw::kLognormal,
                            {6.40798854853027, -0.0233564575542504, 0.519253674643136},
                            1.0526758900687,
                            -1169.2690553056,
                            -1158.75014259399,
                            0.35156290632468,
                            0},
                           {FailureLaw::kLoglogistic,
                            {5.92231537274404, -0.0140050850097031, 0.477509224903834},
                            0.565578594745816,
                            -1160.93062351123,
                            -1152.89722532433,
                            0.283761041499341,
                            0}};
  for (const Expected& e : laws) {
    const auto fit = fit_failure_time(r.x, data, {.law = e.law}).value();
    EXPECT_TRUE(fit.converged);
    expect_all_close(fit.coef, e.coef);
    expect_close(fit.scale, e.scale);
    expect_close(fit.log_likelihood_null, e.null, 1e-10);
    expect_close(fit.log_likelihood, e.full, 1e-10);
    expect_close(fit.var(0, 0), e.var00);
  }
  const auto robust = fit_failure_time(r.x, data, {.robust = true}).value();  // R: robust = TRUE
  expect_close(robust.robust_var(0, 0), 0.24068292722215);
  expect_close(robust.robust_var(3, 3), 0.004364354503342);
  expect_close(robust.robust_var(3, 1), -0.000100582787218);
  const auto weighted = fit_failure_time(r.x, r.data()).value();
  expect_all_close(weighted.coef, {6.2963555408773, -0.0136548510926, 0.4372920176803});
  expect_close(weighted.log_likelihood, -1843.23747468, 1e-10);
}

}  // namespace
}  // namespace thaw::stats
