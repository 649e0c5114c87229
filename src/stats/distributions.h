// Distribution functions through Boost.Math, in double precision and without exceptions.
//
// One policy for all: no promotion to long double (slow, and no use here); a bad argument gives
// NaN, which callers refuse before they get here.
#pragma once

namespace thaw::stats {

/// Half width of a 95 % normal interval in standard errors: the 0.975 quantile.
inline constexpr double kZ95 = 1.959963984540054;

/// P(Z <= z) for a standard normal; accurate in both tails.
double normal_cdf(double z);

/// P(|Z| >= |z|) for a standard normal.
double normal_two_sided_p(double z);

/// The z with P(Z <= z) = p, for p in (0, 1).
double normal_quantile(double p);

/// P(X >= x) for a chi-squared with `df` > 0 degrees of freedom; 1 for x <= 0.
double chi_squared_upper_p(double x, double df);

/// The x with P(X >= x) = p for a chi-squared with `df` > 0 degrees of freedom, for p in (0, 1).
double chi_squared_upper_quantile(double p, double df);

/// P(X >= x) for an F with `df1` and `df2` > 0 degrees of freedom; 1 for x <= 0.
double f_upper_p(double x, double df1, double df2);

/// P(|T| >= |t|) for Student's t with `df` > 0 degrees of freedom.
double student_t_two_sided_p(double t, double df);

/// The t with P(T <= t) = p, for p in (0, 1) and `df` > 0.
double student_t_quantile(double p, double df);

/// The x with P(X <= x) = p, for p in (0, 1) and a beta distribution of `a`, `b` > 0.
double beta_quantile(double p, double a, double b);

}  // namespace thaw::stats
