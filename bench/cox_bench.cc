// Cox regression (Efron) on a million rows of ten covariates, beside one pass over that memory and
// beside R's coxph on the same law at a tenth of the size, where Rscript with survival is there.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <vector>

#include "base/random.h"
#include "stats/cox.h"

namespace {

using thaw::stats::Matrix;

constexpr Eigen::Index kRows = 1'000'000;
constexpr Eigen::Index kColumns = 10;
constexpr int kRuns = 3;

double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// Median CPU seconds of kRuns calls.
double median_seconds(const std::function<void()>& work) {
  std::vector<double> seconds;
  for (int run = 0; run < kRuns; ++run) {
    const double start = cpu_seconds();
    work();
    seconds.push_back(cpu_seconds() - start);
  }
  std::ranges::sort(seconds);
  return seconds[kRuns / 2];
}

struct Workload {
  Matrix x;
  std::vector<double> years, months, weights;
  std::vector<std::uint8_t> event;
};

/// Hazard 0.1 exp(x b), censoring 0.1: about half have the event.
Workload workload() {
  constexpr double kEffect[kColumns] = {.5, -.5, .3, -.3, .2, -.2, .1, -.1, 0, 0};
  thaw::Random random(7);
  Workload w;
  w.x.resize(kRows, kColumns);
  for (Eigen::Index i = 0; i < kRows; ++i) {
    double log_hazard = 0;
    for (Eigen::Index j = 0; j < kColumns; ++j) {
      w.x(i, j) = random.normal();
      log_hazard += kEffect[j] * w.x(i, j);
    }
    const double death = random.exponential() / (0.1 * std::exp(log_hazard));
    const double leaves = random.exponential() / 0.1;
    w.years.push_back(std::min(death, leaves));
    w.months.push_back(std::ceil(12 * w.years.back()));
    w.event.push_back(death <= leaves ? 1 : 0);
    w.weights.push_back(0.5 + 1.5 * random.uniform());
  }
  return w;
}

void report(const char* what, double seconds, double memory_pass) {
  fmt::print("{:<46} {:>8.3f} {:>8.0f}\n", what, seconds, seconds / memory_pass);
}

double fit_seconds(const Workload& w, const thaw::stats::SurvivalData& data,
                   const thaw::stats::CoxOptions& options) {
  return median_seconds([&] {
    const auto fit = thaw::stats::fit_cox(w.x, data, options);
    if (!fit || !fit->converged || std::fabs(fit->coef[0] - 0.5) > 0.02) {
      fmt::print(stderr, "the fit is wrong: {}\n", fit ? "not converged" : fit.error().message);
      std::exit(1);
    }
  });
}

/// R on the same law, 100,000 rows, or a line saying that it is not there.
void report_r() {
  const char* command =
      "Rscript -e 'suppressMessages(library(survival)); set.seed(7); n <- 1e5; "
      "X <- matrix(rnorm(n*10), n); b <- c(.5,-.5,.3,-.3,.2,-.2,.1,-.1,0,0); "
      "T <- rexp(n, exp(X %*% b)*.1); C <- rexp(n, .1); y <- pmin(T, C); d <- as.integer(T <= C); "
      "m <- ceiling(y*12); t <- function(e) sprintf(\"%8.3f\", sum(system.time(e)[1:2])); "
      "cat(\"R coxph, n = 1e5, continuous times:           \", t(coxph(Surv(y, d) ~ X)), "
      "\"\\nR coxph, n = 1e5, monthly times:              \", t(coxph(Surv(m, d) ~ X)), \"\\n\")' "
      "2>/dev/null";
  std::fflush(stdout);
  if (std::system(command) != 0) {  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
    fmt::print("R with survival is not installed: no comparison\n");
  }
}

}  // namespace

int main() {
  const Workload w = workload();
  double sum = 0;
  const double memory_pass = median_seconds([&] { sum += w.x.sum(); });
  fmt::print("{} rows x {} columns; median of {} runs\n{:<46} {:>8} {:>8}\n", kRows, kColumns,
             kRuns, "", "CPU s", "passes");
  report("one pass over the covariates (the limit)", memory_pass, memory_pass);
  report("Cox, Efron, continuous times", fit_seconds(w, {w.years, w.event}, {}), memory_pass);
  report("Cox, Efron, monthly times", fit_seconds(w, {w.months, w.event}, {}), memory_pass);
  report("Cox, Efron, monthly, weights, robust variance",
         fit_seconds(w, {w.months, w.event, {}, w.weights}, {.robust = true}), memory_pass);
  report_r();
  return sum == 0 ? 1 : 0;
}
