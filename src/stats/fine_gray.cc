#include "stats/fine_gray.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/cox_sweep.h"
#include "stats/newton.h"
#include "stats/row_order.h"

namespace thaw::stats {
namespace {

Eigen::Index at_index(std::size_t i) {
  return static_cast<Eigen::Index>(i);
}

enum class Ending : std::uint8_t { kCensored, kEvent, kCompeting };

/// Rows by rising time, standardised, with the censoring curve where it is needed.
struct Rows {
  RowMajorMatrix x;  // (n, p)
  Vector scale;      // (p), sd of the columns as given
  std::vector<double> time;
  std::vector<Ending> ending;
  std::vector<double> stays;        // (n), G just before each row's time
  std::vector<std::size_t> begin;   // first row of each event time
  std::vector<std::size_t> end;     // first row past it
  std::vector<std::size_t> deaths;  // rows with the event at it
  std::vector<double> step_stays;   // G just before it
};

/// The chance of not being censored before a time.
class CensoringCurve {
 public:
  CensoringCurve(const CompetingData& data, CensoringTies ties) {
    const auto order = ordered_rows(data.time, Direction::kRising);
    double g = 1;
    for (std::size_t i = 0; i < order.size();) {
      std::size_t end = i;
      double censored = 0;
      for (; end < order.size() && data.time[order[end]] == data.time[order[i]]; ++end) {
        censored += data.cause[order[end]] == 0 ? 1 : 0;
      }
      const double ended = static_cast<double>(end - i) - censored;
      const double at_risk =
          static_cast<double>(order.size() - i) - (ties == CensoringTies::kEventsFirst ? ended : 0);
      if (censored > 0) {
        time_.push_back(data.time[order[i]]);
        before_.push_back(g);
        g *= 1 - censored / at_risk;
      }
      i = end;
    }
    before_.push_back(g);
  }

  double before(double time) const {
    return before_[static_cast<std::size_t>(std::ranges::lower_bound(time_, time) - time_.begin())];
  }

 private:
  std::vector<double> time_;    // of censoring
  std::vector<double> before_;  // just before each, and after the last
};

Result<Rows> sorted_rows(const Matrix& x, const CompetingData& data, std::uint8_t cause,
                         const FineGrayOptions& options) {
  Rows rows;
  rows.x.resize(x.rows(), x.cols());
  rows.scale.resize(x.cols());
  const Vector mean = x.colwise().mean();
  for (Eigen::Index j = 0; j < x.cols(); ++j) {
    rows.scale[j] = std::sqrt((x.col(j).array() - mean[j]).square().mean());
    if (!(rows.scale[j] > 1e-12 * std::fabs(mean[j]))) {
      return invalid_argument(fmt::format("column {} is constant", j + 1));
    }
  }
  for (const std::uint32_t row : ordered_rows(data.time, Direction::kRising)) {
    rows.x.row(at_index(rows.time.size())) =
        (x.row(row) - mean.transpose()).cwiseQuotient(rows.scale.transpose());
    rows.time.push_back(data.time[row]);
    rows.ending.push_back(data.cause[row] == 0       ? Ending::kCensored
                          : data.cause[row] == cause ? Ending::kEvent
                                                     : Ending::kCompeting);
  }
  const CensoringCurve curve(options.everyone.time.empty() ? data : options.everyone,
                             options.censoring);
  for (const double time : rows.time) {
    rows.stays.push_back(curve.before(time));
  }
  for (std::size_t i = 0; i < rows.time.size();) {
    std::size_t end = i;
    std::size_t deaths = 0;
    for (; end < rows.time.size() && rows.time[end] == rows.time[i]; ++end) {
      deaths += rows.ending[end] == Ending::kEvent ? 1 : 0;
    }
    if (deaths > 0) {
      rows.begin.push_back(i);
      rows.end.push_back(end);
      rows.deaths.push_back(deaths);
      rows.step_stays.push_back(rows.stays[i]);
    }
    i = end;
  }
  return rows;
}

/// Everything at one set of coefficients, by event time (steps, rising).
class Sums {
 public:
  Sums(const Rows& rows, Ties ties, const Vector& coef)
      : rows_(rows), hazard_((rows.x * coef).array().exp()) {
    const Eigen::Index p = rows.x.cols();
    const std::size_t steps = rows.begin.size();
    at_risk_.assign(steps, 0);
    at_risk_x_ = RowMajorMatrix::Zero(at_index(steps), p);
    dying_.assign(steps, 0);
    dying_x_ = RowMajorMatrix::Zero(at_index(steps), p);
    add_still_there();
    add_had_another();
    add_dying();
    for (std::size_t k = 0; k < steps; ++k) {
      ties_.push_back(tie_sums(ties, at_risk_[k], dying_[k], static_cast<double>(rows.deaths[k]),
                               rows.deaths[k]));
    }
  }

  bool usable() const {
    return hazard_.allFinite() &&
           std::ranges::all_of(at_risk_, [](double s) { return s > 0 && std::isfinite(s); });
  }
  double log_sum(Ties ties) const {
    double sum = 0;
    for (std::size_t k = 0; k < at_risk_.size(); ++k) {
      const std::size_t d = rows_.deaths[k];
      for (std::size_t l = 0; l < d; ++l) {
        const double f = ties == Ties::kEfron ? static_cast<double>(l) / static_cast<double>(d) : 0;
        sum += std::log(at_risk_[k] - f * dying_[k]);
      }
    }
    return sum;
  }
  std::size_t steps() const { return at_risk_.size(); }
  const TieSums& tie(std::size_t k) const { return ties_[k]; }
  double hazard(std::size_t row) const { return hazard_[at_index(row)]; }
  Vector hazard_mean(std::size_t k) const {  // sum over tied deaths of hazard times mean
    return ties_[k].a0 * at_risk_x_.row(at_index(k)) - ties_[k].a1 * dying_x_.row(at_index(k));
  }
  Vector own_mean(std::size_t k) const {
    return ties_[k].a1 * at_risk_x_.row(at_index(k)) - ties_[k].a2 * dying_x_.row(at_index(k));
  }
  Vector mean_sum(std::size_t k) const {  // sum over the deaths of their risk sets' means
    return ties_[k].h * at_risk_x_.row(at_index(k)) - ties_[k].fh * dying_x_.row(at_index(k));
  }
  Matrix mean_squares(std::size_t k) const {
    const Vector s = at_risk_x_.row(at_index(k));
    const Vector d = dying_x_.row(at_index(k));
    const TieSums& t = ties_[k];
    const Matrix cross = s * d.transpose();
    return t.a0 * s * s.transpose() - t.a1 * (cross + cross.transpose()) + t.a2 * d * d.transpose();
  }

 private:
  void add_still_there() {
    double sum = 0;
    Vector sum_x = Vector::Zero(rows_.x.cols());
    std::size_t row = rows_.time.size();
    for (std::size_t k = at_risk_.size(); k-- > 0;) {
      for (; row > rows_.begin[k]; --row) {
        sum += hazard(row - 1);
        sum_x += hazard(row - 1) * rows_.x.row(at_index(row - 1)).transpose();
      }
      at_risk_[k] += sum;
      at_risk_x_.row(at_index(k)) += sum_x.transpose();
    }
  }
  void add_had_another() {
    double sum = 0;
    Vector sum_x = Vector::Zero(rows_.x.cols());
    std::size_t row = 0;
    for (std::size_t k = 0; k < at_risk_.size(); ++k) {
      for (; row < rows_.begin[k]; ++row) {
        if (rows_.ending[row] == Ending::kCompeting) {
          const double r = hazard(row) / rows_.stays[row];
          sum += r;
          sum_x += r * rows_.x.row(at_index(row)).transpose();
        }
      }
      at_risk_[k] += rows_.step_stays[k] * sum;
      at_risk_x_.row(at_index(k)) += rows_.step_stays[k] * sum_x.transpose();
    }
  }
  void add_dying() {
    for (std::size_t k = 0; k < at_risk_.size(); ++k) {
      for (std::size_t row = rows_.begin[k]; row < rows_.end[k]; ++row) {
        if (rows_.ending[row] == Ending::kEvent) {
          dying_[k] += hazard(row);
          dying_x_.row(at_index(k)) += hazard(row) * rows_.x.row(at_index(row));
        }
      }
    }
  }

  const Rows& rows_;
  Vector hazard_;
  std::vector<double> at_risk_, dying_;
  RowMajorMatrix at_risk_x_, dying_x_;
  std::vector<TieSums> ties_;
};

/// Sums over steps: of all up to one, and from one on with the chance of staying.
struct Cumulative {
  std::vector<double> h;  // (steps + 1): of the first k steps
  RowMajorMatrix hm;
  std::vector<double> later;  // (steps + 1): of G h over steps from k on
  RowMajorMatrix later_m;
};

Cumulative cumulate(const Rows& rows, const Sums& sums) {
  const std::size_t steps = sums.steps();
  const Eigen::Index p = rows.x.cols();
  Cumulative c{std::vector<double>(steps + 1), RowMajorMatrix::Zero(at_index(steps) + 1, p),
               std::vector<double>(steps + 1), RowMajorMatrix::Zero(at_index(steps) + 1, p)};
  for (std::size_t k = 0; k < steps; ++k) {
    c.h[k + 1] = c.h[k] + sums.tie(k).h;
    c.hm.row(at_index(k) + 1) = c.hm.row(at_index(k)) + sums.hazard_mean(k).transpose();
  }
  for (std::size_t k = steps; k-- > 0;) {
    const double g = rows.step_stays[k];
    c.later[k] = c.later[k + 1] + g * sums.tie(k).h;
    c.later_m.row(at_index(k)) =
        c.later_m.row(at_index(k) + 1) + g * sums.hazard_mean(k).transpose();
  }
  return c;
}

/// Calls `visit(row, steps at or before its time)` by rising time.
template <class Visit>
void for_each_row(const Rows& rows, const Visit& visit) {
  std::size_t through = 0;
  for (std::size_t row = 0; row < rows.time.size(); ++row) {
    while (through < rows.begin.size() && rows.begin[through] <= row) {
      ++through;
    }
    visit(row, through);
  }
}

LikelihoodPoint likelihood_at(const Rows& rows, Ties ties, const Vector& coef) {
  const Eigen::Index p = rows.x.cols();
  LikelihoodPoint point{.coef = coef,
                        .log_likelihood = -std::numeric_limits<double>::infinity(),
                        .score = Vector::Zero(p),
                        .information = Matrix::Zero(p, p)};
  const Sums sums(rows, ties, coef);
  if (!sums.usable()) {
    return point;
  }
  const Cumulative c = cumulate(rows, sums);
  Vector passed(rows.x.rows());
  double log_likelihood = -sums.log_sum(ties);
  for_each_row(rows, [&](std::size_t row, std::size_t through) {
    double own = c.h[through];
    if (rows.ending[row] == Ending::kEvent) {
      own -= sums.tie(through - 1).fh;
      point.score += rows.x.row(at_index(row)).transpose();
      log_likelihood += rows.x.row(at_index(row)).dot(coef);
    } else if (rows.ending[row] == Ending::kCompeting) {
      own += c.later[through] / rows.stays[row];
    }
    passed[at_index(row)] = sums.hazard(row) * own;
  });
  point.information = weighted_cross_product(rows.x, passed);
  for (std::size_t k = 0; k < sums.steps(); ++k) {
    point.score -= sums.mean_sum(k);
    point.information -= sums.mean_squares(k);
  }
  if (std::isfinite(log_likelihood)) {
    point.log_likelihood = log_likelihood;
  }
  return point;
}

/// What the estimate of G adds to each row's part in the score (Fine and Gray 1999, appendix): the
/// integral of q / at risk over the row's own martingale of being censored, q(u) the sum of what
/// rows after another event before u expect from u on.
class CensoringParts {
 public:
  CensoringParts(const Rows& rows, const Sums& sums, const Cumulative& c, CensoringTies ties)
      : parts_(rows.x.rows(), rows.x.cols()) {
    double sum = 0;
    Vector sum_x = Vector::Zero(rows.x.cols());
    Vector running = Vector::Zero(rows.x.cols());
    const std::size_t n = rows.time.size();
    std::size_t through = 0;
    for (std::size_t i = 0; i < n;) {
      std::size_t end = i;
      double censored = 0;
      for (; end < n && rows.time[end] == rows.time[i]; ++end) {
        censored += rows.ending[end] == Ending::kCensored ? 1 : 0;
      }
      const std::size_t first = through;
      while (through < rows.begin.size() && rows.begin[through] < end) {
        ++through;
      }
      // Steps after this time: whoever is censored here moves G from just after it on.
      const double ended = static_cast<double>(end - i) - censored;
      const double at_risk =
          static_cast<double>(n - i) - (ties == CensoringTies::kEventsFirst ? ended : 0);
      Vector jump = Vector::Zero(rows.x.cols());
      if (censored > 0) {
        jump =
            (sum_x * c.later[first] - sum * c.later_m.row(at_index(first)).transpose()) / at_risk;
        running += jump * censored / at_risk;
      }
      for (std::size_t row = i; row < end; ++row) {
        const bool ends_first =
            rows.ending[row] != Ending::kCensored && ties == CensoringTies::kEventsFirst;
        parts_.row(at_index(row)) = -running;
        if (ends_first && censored > 0) {
          parts_.row(at_index(row)) += jump * censored / at_risk;
        }
        if (rows.ending[row] == Ending::kCensored) {
          parts_.row(at_index(row)) += jump;
        }
      }
      for (std::size_t row = i; row < end; ++row) {
        if (rows.ending[row] == Ending::kCompeting) {
          const double r = sums.hazard(row) / rows.stays[row];
          sum += r;
          sum_x += r * rows.x.row(at_index(row)).transpose();
        }
      }
      i = end;
    }
  }
  Vector of(std::size_t row) const { return parts_.row(at_index(row)); }

 private:
  RowMajorMatrix parts_;
};

/// Fine and Gray's middle of the sandwich.
Matrix score_square(const Rows& rows, const FineGrayOptions& options, const Vector& coef) {
  const Sums sums(rows, options.ties, coef);
  const Cumulative c = cumulate(rows, sums);
  const CensoringParts parts(rows, sums, c, options.censoring);
  Matrix square = Matrix::Zero(rows.x.cols(), rows.x.cols());
  for_each_row(rows, [&](std::size_t row, std::size_t through) {
    const Vector x = rows.x.row(at_index(row));
    const double r = sums.hazard(row);
    Vector own = r * (c.hm.row(at_index(through)).transpose() - c.h[through] * x);
    if (rows.ending[row] == Ending::kEvent) {
      const std::size_t k = through - 1;
      own += x - sums.mean_sum(k) / static_cast<double>(rows.deaths[k]) +
             r * (sums.tie(k).fh * x - sums.own_mean(k));
    } else if (rows.ending[row] == Ending::kCompeting) {
      own += r / rows.stays[row] *
             (c.later_m.row(at_index(through)).transpose() - c.later[through] * x);
    }
    own += parts.of(row);
    square += own * own.transpose();
  });
  return square;
}

Result<Done> check(const Matrix& x, const CompetingData& data, std::uint8_t cause, Ties ties) {
  if (const auto fault = competing_fault(data)) {
    return invalid_argument(*fault);
  }
  if (static_cast<std::size_t>(x.rows()) != data.time.size() || x.cols() == 0 || cause == 0) {
    return invalid_argument(fmt::format("{} rows of {} covariates do not fit {} times", x.rows(),
                                        x.cols(), data.time.size()));
  }
  if (!data.entry.empty() || !data.weights.empty()) {
    return invalid_argument("Fine and Gray's model is fitted without late entry and weights here");
  }
  if (ties == Ties::kExact) {
    return invalid_argument("Fine and Gray's model needs Efron's or Breslow's ties");
  }
  if (!x.allFinite()) {
    return invalid_argument("a covariate is missing or infinite");
  }
  if (std::ranges::find(data.cause, cause) == data.cause.end()) {
    return invalid_argument("no row has the event: hazards cannot be compared");
  }
  return Done{};
}

}  // namespace

Result<FineGrayFit> fit_fine_gray(const Matrix& x, const CompetingData& data, std::uint8_t cause,
                                  const FineGrayOptions& options) {
  THAW_CHECK(check(x, data, cause, options.ties));
  THAW_TRY(const Rows rows, sorted_rows(x, data, cause, options));
  const auto likelihood = [&](const Vector& coef) {
    return likelihood_at(rows, options.ties, coef);
  };
  const LikelihoodPoint null = likelihood(Vector::Zero(x.cols()));
  const auto null_inverse = inverse_if_definite(null.information);
  if (!null_inverse) {
    return invalid_argument(fmt::format(
        "column {} is constant, or a combination of the columns before it, among those at risk",
        first_dependent_column(null.information).value_or(0) + 1));
  }
  const Vector largest = rows.x.cwiseAbs().colwise().maxCoeff();
  const NewtonSearch search = maximise(likelihood, null, largest);
  const Vector back = rows.scale.cwiseInverse();
  const Matrix inverse = back.asDiagonal() * search.inverse * back.asDiagonal();
  const Matrix pull = search.inverse * back.asDiagonal();
  FineGrayFit fit{
      .coef = search.at.coef.cwiseProduct(back),
      .var = inverse,
      .robust_var = pull.transpose() * score_square(rows, options, search.at.coef) * pull,
      .log_likelihood_null = null.log_likelihood,
      .log_likelihood = search.at.log_likelihood,
      .score_test = null.score.dot(*null_inverse * null.score),
      .n = data.time.size(),
      .events = 0,
      .competing = 0,
      .iterations = search.iterations,
      .converged = search.converged};
  for (const Ending ending : rows.ending) {
    fit.events += ending == Ending::kEvent ? 1 : 0;
    fit.competing += ending == Ending::kCompeting ? 1 : 0;
  }
  return fit;
}

}  // namespace thaw::stats
