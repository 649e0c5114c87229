// Logistic regression on a million rows of twenty covariates, beside R's glm.fit on the same law
// where Rscript is there.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "base/random.h"
#include "stats/logistic.h"

namespace {

constexpr Eigen::Index kRows = 1'000'000;
constexpr Eigen::Index kColumns = 20;
constexpr int kRuns = 5;
constexpr double kMust = 0.5;
constexpr double kAim = 0.3;

double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// CPU seconds of glm.fit in R on the same law, or nothing where R is not there.
double r_seconds() {
  const char* script =
      "Rscript -e 'set.seed(7);n<-1e6;Z<-cbind(1,matrix(rnorm(n*20),n));"
      "A<-rbinom(n,1,plogis(-0.5+Z[,-1]%*%rep(c(.3,-.3),10)));"
      "t<-system.time(glm.fit(Z,A,family=binomial()));cat(t[1]+t[2])' 2>/dev/null";
  FILE* pipe = popen(script, "r");
  double seconds = 0;
  if (pipe != nullptr) {
    if (std::fscanf(pipe, "%lf", &seconds) != 1) {
      seconds = 0;
    }
    pclose(pipe);
  }
  return seconds;
}

}  // namespace

int main() {
  thaw::Random random(7);
  thaw::stats::Matrix x(kRows, kColumns + 1);
  std::vector<double> y;
  for (Eigen::Index i = 0; i < kRows; ++i) {
    x(i, 0) = 1;
    double eta = -0.5;
    for (Eigen::Index j = 1; j <= kColumns; ++j) {
      x(i, j) = random.normal();
      eta += (j % 2 == 1 ? 0.3 : -0.3) * x(i, j);
    }
    y.push_back(random.bernoulli(1 / (1 + std::exp(-eta))) ? 1 : 0);
  }
  const double before = peak_megabytes();
  std::vector<double> seconds;
  int iterations = 0;
  for (int run = 0; run < kRuns; ++run) {
    const double start = cpu_seconds();
    const auto fit = thaw::stats::fit_logistic(x, y);
    seconds.push_back(cpu_seconds() - start);
    if (!fit || !fit->converged) {
      fmt::print("logistic: the fit failed\n");
      return EXIT_FAILURE;
    }
    iterations = fit->iterations;
  }
  std::ranges::sort(seconds);
  const double median = seconds[kRuns / 2];
  const double r = r_seconds();
  fmt::print("{:<34}{:>10}{:>8}{:>8}{:>12}{:>10}\n", "work", "CPU s", "must", "aim", "R glm.fit",
             "ratio");
  fmt::print("{:<34}{:>10.3f}{:>8}{:>8}{:>12}{:>10}\n", "logistic, n = 1e6, p = 20", median, kMust,
             kAim, r > 0 ? fmt::format("{:.2f}", r) : "not here",
             r > 0 ? fmt::format("{:.1f}", r / median) : "");
  fmt::print("{} full steps; memory beside the data {:.0f} MB\n", iterations,
             peak_megabytes() - before);
  return EXIT_SUCCESS;
}
