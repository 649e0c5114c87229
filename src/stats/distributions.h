// Distribution functions through Boost.Math, in double precision and without exceptions.
//
// One policy for all: no promotion to long double (slow, and no use here); a bad argument gives
// NaN, which callers refuse before they get here.
#pragma once

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/policies/policy.hpp>
#include <cmath>
#include <numbers>

namespace thaw::stats {

namespace policies = boost::math::policies;
using MathPolicy = policies::policy<
    policies::promote_double<false>, policies::domain_error<policies::ignore_error>,
    policies::pole_error<policies::ignore_error>, policies::overflow_error<policies::ignore_error>,
    policies::evaluation_error<policies::ignore_error>>;
using Normal = boost::math::normal_distribution<double, MathPolicy>;
using ChiSquared = boost::math::chi_squared_distribution<double, MathPolicy>;
using StudentsT = boost::math::students_t_distribution<double, MathPolicy>;

/// Half width of a 95 % normal interval in standard errors: the 0.975 quantile.
inline constexpr double kZ95 = 1.959963984540054;

/// P(Z <= z) for a standard normal; accurate in both tails.
inline double normal_cdf(double z) {
  return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

/// P(|Z| >= |z|) for a standard normal.
inline double normal_two_sided_p(double z) {
  return std::erfc(std::fabs(z) / std::numbers::sqrt2);
}

/// The z with P(Z <= z) = p, for p in (0, 1).
inline double normal_quantile(double p) {
  return boost::math::quantile(Normal(), p);
}

/// P(X >= x) for a chi-squared with `df` > 0 degrees of freedom; 1 for x <= 0.
inline double chi_squared_upper_p(double x, double df) {
  return x <= 0 ? 1 : boost::math::cdf(boost::math::complement(ChiSquared(df), x));
}

/// P(|T| >= |t|) for Student's t with `df` > 0 degrees of freedom.
inline double student_t_two_sided_p(double t, double df) {
  return 2 * boost::math::cdf(boost::math::complement(StudentsT(df), std::fabs(t)));
}

/// The t with P(T <= t) = p, for p in (0, 1) and `df` > 0.
inline double student_t_quantile(double p, double df) {
  return boost::math::quantile(StudentsT(df), p);
}

}  // namespace thaw::stats
