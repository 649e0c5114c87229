// Survival at registry size: Cox regression, Kaplan-Meier and the log-rank test on a million rows,
// each in a process of its own with its peak memory, beside R's survival in the same run where
// Rscript is there. R's robust variance does not end at a million rows; it is asked for 50,000.
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/random.h"
#include "stats/cox.h"
#include "stats/kaplan_meier.h"
#include "stats/log_rank.h"

namespace {

using thaw::stats::Matrix;

constexpr Eigen::Index kColumns = 10;
constexpr int kRuns = 5;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// What a case needs of the workload; the rest stays unallocated, so that memory can be told.
struct Needs {
  Eigen::Index rows = 1'000'000;
  bool months = false;
  bool weights = false;
  bool covariates = true;
};

struct Workload {
  Matrix x;
  std::vector<double> time, weights;
  std::vector<std::uint8_t> event;
  std::vector<int> group;
};

/// Hazard 0.1 exp(x b), censoring 0.1: about half have the event.
Workload workload(const Needs& needs) {
  constexpr double kEffect[kColumns] = {.5, -.5, .3, -.3, .2, -.2, .1, -.1, 0, 0};
  thaw::Random random(7);
  Workload w;
  const auto rows = static_cast<std::size_t>(needs.rows);
  w.x.resize(needs.covariates ? needs.rows : 0, kColumns);
  w.time.reserve(rows);
  w.event.reserve(rows);
  for (Eigen::Index i = 0; i < needs.rows; ++i) {
    double log_hazard = 0;
    for (Eigen::Index j = 0; j < kColumns; ++j) {
      const double value = random.normal();
      log_hazard += kEffect[j] * value;
      if (needs.covariates) {
        w.x(i, j) = value;
      }
    }
    const double death = random.exponential() / (0.1 * std::exp(log_hazard));
    const double leaves = random.exponential() / 0.1;
    const double years = std::min(death, leaves);
    w.time.push_back(needs.months ? std::ceil(12 * years) : years);
    w.event.push_back(death <= leaves ? 1 : 0);
    const double weight = 0.5 + 1.5 * random.uniform();
    if (needs.weights) {
      w.weights.push_back(weight);
    }
    if (!needs.covariates) {
      w.group.push_back(log_hazard > 0 ? 1 : 0);
    }
  }
  return w;
}

[[noreturn]] void wrong(const std::string& what) {
  fmt::print(stderr, "the answer is wrong: {}\n", what);
  std::exit(1);
}

void fit(const Workload& w, bool robust) {
  const auto found = thaw::stats::fit_cox(w.x, {w.time, w.event, {}, w.weights},
                                          {.robust = robust, .keep_influence = false});
  if (!found || !found->converged || std::fabs(found->coef[0] - 0.5) > 0.05) {
    wrong(found ? "not converged" : found.error().message);
  }
}

void curve(const Workload& w) {
  const auto found = thaw::stats::kaplan_meier({w.time, w.event});
  if (!found || found->points.empty()) {
    wrong("no curve");
  }
}

void compare(const Workload& w) {
  const auto found = thaw::stats::log_rank({w.time, w.event}, w.group);
  if (!found || !(found->chi_squared > 10)) {
    wrong("no difference");
  }
}

/// CPU seconds by the label that R prints before them; empty without R.
std::map<std::string, double> seconds_of_r() {
  const char* command =
      "Rscript -e 'suppressMessages(library(survival)); set.seed(7); n <- 1e6; "
      "X <- matrix(rnorm(n*10), n); b <- c(.5,-.5,.3,-.3,.2,-.2,.1,-.1,0,0); e <- X %*% b; "
      "T <- rexp(n, exp(e)*.1); C <- rexp(n, .1); y <- pmin(T, C); d <- as.integer(T <= C); "
      "m <- ceiling(y*12); g <- as.integer(e > 0); w <- runif(n, .5, 2); k <- 1:5e4; "
      "t <- function(l, e) cat(l, sum(system.time(e)[1:2]), \"\\n\"); "
      "t(\"continuous\", coxph(Surv(y, d) ~ X)); t(\"monthly\", coxph(Surv(m, d) ~ X)); "
      "t(\"robust\", coxph(Surv(y[k], d[k]) ~ X[k, ], weights = w[k], robust = TRUE)); "
      "t(\"km\", survfit(Surv(y, d) ~ 1)); t(\"km_monthly\", survfit(Surv(m, d) ~ 1)); "
      "t(\"logrank\", survdiff(Surv(y, d) ~ g))' 2>/dev/null";
  std::map<std::string, double> seconds;
  std::FILE* pipe = popen(command, "r");  // NOLINT(cert-env33-c)
  char label[32];
  double value = 0;
  while (pipe != nullptr && std::fscanf(pipe, "%31s %lf", label, &value) == 2) {
    seconds[label] = value;
  }
  if (pipe != nullptr) {
    pclose(pipe);
  }
  return seconds;
}

/// Runs `work` kRuns times in a process of its own and prints one line of the table.
void report(const std::string& what, const Needs& needs, const std::string& must, double peer,
            const std::function<void(const Workload&)>& work) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    const Workload w = workload(needs);
    std::vector<double> seconds;
    for (int run = 0; run < kRuns; ++run) {
      const double start = cpu_seconds();
      work(w);
      seconds.push_back(cpu_seconds() - start);
    }
    std::ranges::sort(seconds);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const double median = seconds[kRuns / 2];
    fmt::print("{:<52} {:>7.3f} {:>11} {:>6} {:>8} {:>7}\n", what, median, must,
               usage.ru_maxrss / 1024, peer > 0 ? fmt::format("{:.2f}", peer) : "-",
               peer > 0 ? fmt::format("{:.0f} x", peer / median) : "-");
    std::fflush(stdout);
    std::_Exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (status != 0) {
    std::exit(1);
  }
}

}  // namespace

int main() {
  auto r = seconds_of_r();
  fmt::print("median of {} runs; peak memory in MB with the data\n", kRuns);
  fmt::print("{:<52} {:>7} {:>11} {:>6} {:>8} {:>7}\n", "", "CPU s", "must / aim", "MB", "R, s",
             "ratio");
  const auto plain = [](const Workload& w) { fit(w, false); };
  const auto robust = [](const Workload& w) { fit(w, true); };
  report("Cox, Efron, 1e6 x 10, continuous times", {}, "0.6 / 0.3", r["continuous"], plain);
  report("Cox, Efron, 1e6 x 10, monthly times", {.months = true}, "0.6 / 0.3", r["monthly"], plain);
  report("Cox, weights, robust variance, 1e6 x 10, continuous", {.weights = true}, "1.0 / 0.4", 0,
         robust);
  report("Cox, weights, robust variance, 1e6 x 10, monthly", {.months = true, .weights = true},
         "1.0 / 0.4", 0, robust);
  report("the same, 5e4 x 10, continuous", {.rows = 50'000, .weights = true}, "-", r["robust"],
         robust);
  report("Kaplan-Meier, 1e6, continuous", {.covariates = false}, "0.15 / 0.1", r["km"], curve);
  report("Kaplan-Meier, 1e6, monthly", {.months = true, .covariates = false}, "0.15 / 0.1",
         r["km_monthly"], curve);
  report("log-rank, 1e6, two groups", {.covariates = false}, "0.15 / 0.1", r["logrank"], compare);
  if (r.empty()) {
    fmt::print("R with survival is not installed: no comparison\n");
  }
  return 0;
}
