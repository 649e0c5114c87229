// Pooling: REML of 3000 studies and three levels of 300, beside R metafor where it is installed.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <vector>

#include "base/random.h"
#include "stats/multilevel_meta.h"

namespace {

using thaw::stats::Matrix;

constexpr int kRuns = 11;

double cpu_milliseconds() {
  return 1e3 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double median_milliseconds(const std::function<void()>& work) {
  std::vector<double> times;
  for (int run = 0; run < kRuns; ++run) {
    const double start = cpu_milliseconds();
    work();
    times.push_back(cpu_milliseconds() - start);
  }
  std::ranges::sort(times);
  return times[kRuns / 2];
}

struct Studies {
  std::vector<double> y, v;
  std::vector<int> cluster;
};

Studies studies(int k) {
  thaw::Random random(7);
  Studies s;
  for (int i = 0; i < k; ++i) {
    s.y.push_back(0.3 + 0.4 * random.normal());
    s.v.push_back(0.01 + 0.19 * random.uniform());
    s.cluster.push_back(i / 3);
  }
  return s;
}

void report(const char* what, double ms, double must, double aim, double peer_ms) {
  fmt::print("{:<34} {:>9.3f} {:>7.0f} {:>6.0f} {:>10.0f}\n", what, ms, must, aim, peer_ms / ms);
}

/// metafor on the same law, or a line saying that it is not there.
void report_r() {
  const char* command =
      "Rscript -e 'suppressMessages(library(metafor)); set.seed(7); "
      "y <- rnorm(3000,.3,.4); v <- runif(3000,.01,.2); g <- rep(1:100, each=3); u <- 1:300; "
      "t <- function(e) sprintf(\"%9.0f ms\\n\", 1e3*sum(system.time(e)[1:2])); "
      "cat(\"R metafor, REML, k = 3000         \", t(rma(y, v))); "
      "cat(\"R metafor, three levels, k = 300  \", "
      "t(rma.mv(y[1:300], v[1:300], random = ~ 1 | g/u)))' 2>/dev/null";
  std::fflush(stdout);
  if (std::system(command) != 0) {  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
    fmt::print("R with metafor is not installed: no comparison\n");
  }
}

}  // namespace

int main() {
  double sum = 0;
  fmt::print("CPU ms, median of {}{:<12} {:>9} {:>7} {:>6} {:>10}\n", kRuns, "", "measured", "must",
             "aim", "R / ours");
  const Studies many = studies(3000);
  const Matrix ones = Matrix::Ones(3000, 1);
  report("REML, k = 3000", median_milliseconds([&] {
           const auto rows = thaw::stats::MetaRows::make(ones, many.y, many.v);
           sum += thaw::stats::fit_meta(rows.value()).coef[0];
         }),
         5, 1, 12'400);
  const Studies few = studies(300);
  const Matrix level = Matrix::Ones(300, 1);
  report("three levels, k = 300", median_milliseconds([&] {
           const auto fit = thaw::stats::fit_multilevel({level, few.y, few.v, few.cluster, {}},
                                                        {.intervals = false});
           sum += fit.value().coef[0];
         }),
         20, 5, 430);
  report("  with both profile intervals", median_milliseconds([&] {
           const auto fit = thaw::stats::fit_multilevel({level, few.y, few.v, few.cluster, {}});
           sum += fit.value().coef[0];
         }),
         20, 5, 430);
  report_r();
  return std::isfinite(sum) ? 0 : 1;
}
