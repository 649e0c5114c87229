// fit_cox against R survival 3.5-3 coxph on the shared data; skipped where they are absent.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "stats/cox.h"
#include "stats/shared_csv.h"

namespace thaw::stats {
namespace {

/// The complete rows of a shared file as covariates and survival data.
struct Study {
  Matrix x;
  std::vector<double> time, entry, weights;
  std::vector<std::uint8_t> event;
  std::vector<int> strata, cluster;

  SurvivalData data() const { return {time, event, entry, weights}; }
};

using Columns = std::vector<std::vector<double>>;

/// Rows without NaN in `covariates`; `entry` may be empty.
Study study(const Columns& covariates, const std::vector<double>& time,
            const std::function<bool(std::size_t)>& event, const std::vector<double>& entry = {},
            const std::vector<double>& strata = {}) {
  Study s;
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < time.size(); ++i) {
    bool complete = strata.empty() || !std::isnan(strata[i]);
    for (const auto& column : covariates) {
      complete = complete && !std::isnan(column[i]);
    }
    if (complete) {
      kept.push_back(i);
    }
  }
  s.x.resize(static_cast<Eigen::Index>(kept.size()), static_cast<Eigen::Index>(covariates.size()));
  for (std::size_t row = 0; row < kept.size(); ++row) {
    for (std::size_t j = 0; j < covariates.size(); ++j) {
      s.x(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(j)) = covariates[j][kept[row]];
    }
    s.time.push_back(time[kept[row]]);
    s.event.push_back(event(kept[row]) ? 1 : 0);
    if (!entry.empty()) {
      s.entry.push_back(entry[kept[row]]);
    }
    if (!strata.empty()) {
      s.strata.push_back(static_cast<int>(strata[kept[row]]));
    }
  }
  return s;
}

Study lung(const SharedCsv& csv, bool by_institution = false) {
  const auto status = csv.numbers("status");
  return study(
      {csv.numbers("age"), csv.numbers("sex"), csv.numbers("ph.ecog")}, csv.numbers("time"),
      [&](std::size_t i) { return status[i] == 2; }, {},
      by_institution ? csv.numbers("inst") : std::vector<double>{});
}

void expect_near(const Eigen::Ref<const Matrix>& ours, const std::vector<double>& theirs,
                 double relative) {
  ASSERT_EQ(ours.size(), static_cast<Eigen::Index>(theirs.size()));
  for (std::size_t k = 0; k < theirs.size(); ++k) {  // Symmetric, so the storage order is the same.
    EXPECT_NEAR(ours.reshaped()[static_cast<Eigen::Index>(k)] / theirs[k], 1, relative) << k;
  }
}

TEST(FitCoxReference, AgreesOnLungWithBothTies) {
  THAW_SHARED_CSV(csv, "causal/survival/cancer.csv");
  const Study s = lung(csv);
  const auto efron = fit_cox(s.x, s.data()).value();
  EXPECT_EQ(efron.n, 227U);
  EXPECT_EQ(efron.events, 164U);
  expect_near(efron.coef, {0.0110667645600735, -0.552612395703631, 0.463728475370428}, 1e-8);
  expect_near(efron.var,
              {8.58849068968579e-05, 4.30992961523845e-06, -0.000182172978664395,
               4.30992961523845e-06, 0.0281363901654465, -0.000930088085453667,
               -0.000182172978664395, -0.000930088085453667, 0.012899795388833},
              1e-6);
  EXPECT_NEAR(efron.log_likelihood_null, -744.48045576144, 1e-9);
  EXPECT_NEAR(efron.log_likelihood, -729.230121374862, 1e-9);
  EXPECT_NEAR(efron.score_test, 30.4999227049491, 1e-8);
  const auto breslow = fit_cox(s.x, s.data(), {.ties = Ties::kBreslow}).value();
  expect_near(breslow.coef, {0.0110411363494885, -0.551889569787597, 0.462947040590164}, 1e-8);
  expect_near(breslow.var,
              {8.58730283371157e-05, 4.99232244974496e-06, -0.00018227451852764,
               4.99232244974496e-06, 0.0281375288680841, -0.000931701232922123,
               -0.00018227451852764, -0.000931701232922123, 0.0128990653016231},
              1e-6);
  EXPECT_NEAR(breslow.log_likelihood, -729.488705176774, 1e-9);
  EXPECT_NEAR(breslow.score_test, 30.4064069153299, 1e-8);
}

// coxph(..., weights = age / 60, robust = TRUE), ties efron and breslow.
TEST(FitCoxReference, AgreesOnTheRobustVarianceWithWeights) {
  THAW_SHARED_CSV(csv, "causal/survival/cancer.csv");
  Study s = lung(csv);
  for (Eigen::Index i = 0; i < s.x.rows(); ++i) {
    s.weights.push_back(s.x(i, 0) / 60);
  }
  const auto efron = fit_cox(s.x, s.data(), {.robust = true}).value();
  expect_near(efron.coef, {0.0117901244059, -0.5802445654841, 0.4418816813666}, 1e-8);
  expect_near(efron.robust_var,
              {1.00336351929e-04, -7.90193525183e-05, -0.000227652448162, -7.90193525183e-05,
               2.81206224270e-02, -0.004427424256653, -2.27652448162e-04, -4.42742425665e-03,
               0.015903164073888},
              1e-6);
  EXPECT_NEAR(efron.log_likelihood, -776.365005171, 1e-8);
  const auto breslow = fit_cox(s.x, s.data(), {.ties = Ties::kBreslow, .robust = true}).value();
  expect_near(breslow.coef, {0.0117491520705, -0.5794046328049, 0.4410938708786}, 1e-8);
  expect_near(breslow.robust_var,
              {9.99078648624e-05, -7.81479713094e-05, -0.000226592084324, -7.81479713094e-05,
               2.80251076836e-02, -0.004427403520360, -2.26592084324e-04, -4.42740352036e-03,
               0.015854391268101},
              1e-6);
}

// coxph(... + strata(inst) + cluster(inst)).
TEST(FitCoxReference, AgreesOnStrataAndClusters) {
  THAW_SHARED_CSV(csv, "causal/survival/cancer.csv");
  const Study s = lung(csv, true);
  const auto fit = fit_cox(s.x, s.data(), {.strata = s.strata, .cluster = s.strata}).value();
  expect_near(fit.coef, {0.00956134169656, -0.54735667684895, 0.59725324468041}, 1e-8);
  expect_near(fit.robust_var,
              {5.06727511793e-05, -2.39841063016e-05, -1.66453028403e-05, -2.39841063016e-05,
               9.61532477778e-03, -1.76349907357e-03, -1.66453028403e-05, -1.76349907357e-03,
               2.02205771094e-02},
              1e-6);
  EXPECT_NEAR(fit.var(0, 0) / 1.05922195064e-04, 1, 1e-6);
  EXPECT_NEAR(fit.var(1, 2) / -0.001592903575711, 1, 1e-6);
  EXPECT_NEAR(fit.log_likelihood, -311.249569474, 1e-8);
}

TEST(FitCoxReference, AgreesOnVeteranWithFactorsAndManyTies) {
  THAW_SHARED_CSV(csv, "causal/survival/veteran.csv");
  const auto cell = [&](const char* level) {
    std::vector<double> is;
    for (const std::string& text : csv.columns.at("celltype")) {
      is.push_back(text == level ? 1 : 0);
    }
    return is;
  };
  const auto status = csv.numbers("status");
  const Study s = study(
      {csv.numbers("trt"), cell("smallcell"), cell("adeno"), cell("large"), csv.numbers("karno"),
       csv.numbers("diagtime"), csv.numbers("age"), csv.numbers("prior")},
      csv.numbers("time"), [&](std::size_t i) { return status[i] == 1; });
  const auto efron = fit_cox(s.x, s.data()).value();
  expect_near(
      efron.coef,
      {0.294602821507719, 0.861560462754754, 1.19606637417846, 0.401291654330668,
       -0.0328153261943266, 8.13205130462355e-05, -0.00870647494578825, 0.00715936018951057},
      1e-6);
  expect_near(
      efron.var.diagonal(),
      {0.0430768379559779, 0.0757815416379501, 0.0905510375747461, 0.0799128662130839,
       3.03353859203726e-05, 8.34676333951643e-05, 8.64955637273291e-05, 0.000539657914666584},
      1e-6);
  EXPECT_NEAR(efron.log_likelihood, -474.397111714723, 1e-8);
  const auto breslow = fit_cox(s.x, s.data(), {.ties = Ties::kBreslow}).value();
  expect_near(
      breslow.coef,
      {0.289935878794582, 0.856486653615325, 1.18829931325755, 0.399627778810507,
       -0.0326217185194492, -9.20017173175026e-05, -0.00854942360711685, 0.00723265367473499},
      1e-6);
  EXPECT_NEAR(breslow.log_likelihood, -475.179398848197, 1e-8);
}

TEST(FitCoxReference, AgreesOnPbc) {
  THAW_SHARED_CSV(csv, "cohort/pbc.csv");
  const auto log_of = [&](const char* name) {
    auto values = csv.numbers(name);
    for (double& v : values) {
      v = std::log(v);
    }
    return values;
  };
  const auto status = csv.numbers("status");
  const Study s = study({csv.numbers("age"), csv.numbers("edema"), log_of("bili"),
                         log_of("protime"), log_of("albumin")},
                        csv.numbers("time"), [&](std::size_t i) { return status[i] == 2; });
  const auto fit = fit_cox(s.x, s.data()).value();
  EXPECT_EQ(fit.n, 416U);
  EXPECT_EQ(fit.events, 160U);
  expect_near(fit.coef,
              {0.0396091329811726, 0.896311444265056, 0.863550647365664, 2.38683926602062,
               -2.50692322581861},
              1e-6);
  expect_near(
      fit.var,
      {5.88591011239145e-05, -0.000101718262925221, 8.42303308220555e-05, 0.000252994524119702,
       0.000368396552977114, -0.000101718262925221, 0.0736633499038834,   -0.00314600692652832,
       -0.040343116124702,   0.0483906174473874,    8.42303308220555e-05, -0.00314600692652832,
       0.00687920408391686,  -0.00544218721474194,  0.00681239261607004,  0.000252994524119702,
       -0.040343116124702,   -0.00544218721474194,  0.590606487728285,    0.0245296545549067,
       0.000368396552977114, 0.0483906174473874,    0.00681239261607004,  0.0245296545549067,
       0.426298831838447},
      1e-6);
  EXPECT_NEAR(fit.log_likelihood_null, -866.957296675132, 1e-8);
  EXPECT_NEAR(fit.log_likelihood, -751.469744421068, 1e-8);
}

TEST(FitCoxReference, AgreesOnHeartWithTimeInStretches) {
  THAW_SHARED_CSV(csv, "causal/survival/heart.csv");
  const auto age = csv.numbers("age");
  const auto surgery = csv.numbers("surgery");
  const auto transplant = csv.numbers("transplant");
  auto age_after = age;
  auto surgery_after = surgery;
  for (std::size_t i = 0; i < age.size(); ++i) {
    age_after[i] *= transplant[i];
    surgery_after[i] *= transplant[i];
  }
  const auto event = csv.numbers("event");
  const auto died = [&](std::size_t i) { return event[i] == 1; };
  const Study s = study({age, surgery, transplant, age_after, surgery_after}, csv.numbers("stop"),
                        died, csv.numbers("start"));
  const auto fit = fit_cox(s.x, s.data()).value();
  expect_near(fit.coef,
              {0.0139091384791868, -0.546540211034376, 0.119503865705418, 0.0346142935088097,
               -0.292950931185069},
              1e-6);
  expect_near(fit.var.col(0),
              {0.000328256897890046, -0.000678166686906943, -0.00200150895250619,
               -0.000323737996127064, 0.000553276616271882},
              1e-6);
  EXPECT_NEAR(fit.log_likelihood, -291.883571494939, 1e-8);

  // coxph(... ~ age + surgery + transplant + cluster(id), weights = 1 + (id %% 3) / 2).
  Study weighted =
      study({age, surgery, transplant}, csv.numbers("stop"), died, csv.numbers("start"));
  for (const double id : csv.numbers("id")) {
    weighted.cluster.push_back(static_cast<int>(id));
    weighted.weights.push_back(1 + static_cast<double>(static_cast<int>(id) % 3) / 2);
  }
  const auto other = fit_cox(weighted.x, weighted.data(), {.cluster = weighted.cluster}).value();
  expect_near(other.coef, {0.023079665361, -0.873726750254, 0.150145910450}, 1e-7);
  expect_near(other.robust_var,
              {0.000208123988183, 0.000538571394638, -0.000948377714228, 0.000538571394638,
               0.119454204381640, -0.015395089837697, -0.000948377714228, -0.015395089837697,
               0.117342008885022},
              1e-6);
  EXPECT_NEAR(other.log_likelihood, -482.871740046, 1e-8);
}

}  // namespace
}  // namespace thaw::stats
