#include "stats/distributions.h"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/policies/policy.hpp>
#include <cmath>
#include <numbers>

namespace thaw::stats {
namespace {

namespace policies = boost::math::policies;
using MathPolicy = policies::policy<
    policies::promote_double<false>, policies::domain_error<policies::ignore_error>,
    policies::pole_error<policies::ignore_error>, policies::overflow_error<policies::ignore_error>,
    policies::evaluation_error<policies::ignore_error>>;
using Normal = boost::math::normal_distribution<double, MathPolicy>;
using ChiSquared = boost::math::chi_squared_distribution<double, MathPolicy>;
using FisherF = boost::math::fisher_f_distribution<double, MathPolicy>;
using StudentsT = boost::math::students_t_distribution<double, MathPolicy>;

}  // namespace

double normal_cdf(double z) {
  return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

double normal_two_sided_p(double z) {
  return std::erfc(std::fabs(z) / std::numbers::sqrt2);
}

double normal_quantile(double p) {
  return boost::math::quantile(Normal(), p);
}

double chi_squared_upper_p(double x, double df) {
  return x <= 0 ? 1 : boost::math::cdf(boost::math::complement(ChiSquared(df), x));
}

double chi_squared_upper_quantile(double p, double df) {
  return boost::math::quantile(boost::math::complement(ChiSquared(df), p));
}

double f_upper_p(double x, double df1, double df2) {
  return x <= 0 ? 1 : boost::math::cdf(boost::math::complement(FisherF(df1, df2), x));
}

double student_t_two_sided_p(double t, double df) {
  return 2 * boost::math::cdf(boost::math::complement(StudentsT(df), std::fabs(t)));
}

double student_t_quantile(double p, double df) {
  return boost::math::quantile(StudentsT(df), p);
}

double beta_quantile(double p, double a, double b) {
  return boost::math::quantile(boost::math::beta_distribution<double, MathPolicy>(a, b), p);
}

}  // namespace thaw::stats
