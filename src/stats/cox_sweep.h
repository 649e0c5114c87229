// One evaluation of Cox's partial likelihood: its value, slope and curvature, in linear time.
//
// The sums over the d deaths of a tied time factor: with S and D the sums over those at risk and
// over the deaths, f = l/d and h = w/(S - fD), everything needs only the sums of h, fh, w/(S-fD)^2,
// and the latter times f and f^2. And the sum over steps of second moments of risk sets is one
// cross product of rows, each weighted by the hazard it went through. So no step costs O(p^2) a
// row. Everything runs tile by tile (tiles.h): two readings of the covariates an evaluation.
#pragma once

#include <functional>
#include <span>

#include "stats/cox.h"
#include "stats/cox_rows.h"
#include "stats/newton.h"

namespace thaw::stats {

/// Sums over the tied deaths l of one step, f = l / d (0 for Breslow), w the mean death weight,
/// s = S - f D.
struct TieSums {
  double h = 0;   // sum of w / s
  double fh = 0;  // sum of f w / s
  double a0 = 0;  // sum of w / s^2
  double a1 = 0;  // sum of f w / s^2
  double a2 = 0;  // sum of f^2 w / s^2
};
TieSums tie_sums(Ties ties, double at_risk, double dying, double death_weight, std::size_t deaths);

/// The sums over risk sets and deaths of the steps that end in one tile, walking tiles in order.
class RiskWalk {
 public:
  /// `hazard` (n), weighted, sorted; must outlive this. `with_dying`: deaths' sums, too.
  RiskWalk(const CoxRows& rows, const double* hazard, bool with_dying);

  /// Everything that a tile hands to the next.
  struct Carry {
    double at_risk = 0;
    double left = 0;
    double dying = 0;
    double death_weight = 0;
    std::vector<double> at_risk_x, left_x, dying_x;  // (p)
  };

  /// Fills in the arrays below for steps [first_step(), first_step() + steps()) of `tile`.
  void visit(std::size_t tile);

  std::size_t first_step() const { return first_step_; }
  std::size_t steps() const { return steps_; }
  // By step of the tile; of column j from j kTileRows on.
  std::vector<double> at_risk, dying, death_weight;  // sums of w r, of the same over deaths, of w
  std::vector<double> at_risk_x, dying_x;            // sums of w r x
  Carry carry;                                       // before the next tile

 private:
  void sum_at_risk(std::size_t tile);
  void sum_columns(std::size_t tile, std::size_t j, std::size_t columns);
  void sum_dying(std::size_t tile);
  void take_away_late(std::size_t tile);

  const CoxRows& rows_;
  const double* hazard_;
  bool with_dying_;
  std::size_t first_step_ = 0;
  std::size_t steps_ = 0;
  std::vector<std::size_t> stratum_starts_;  // in this tile, as offsets
  std::vector<double> running_;              // 4 columns of kTileRows
};

using CoxPoint = LikelihoodPoint;  // of standardised coefficients

class CoxSweep {
 public:
  /// `rows` must outlive this.
  CoxSweep(const CoxRows& rows, Ties ties);

  /// The likelihood at `coef`; `factor`, when given, multiplies each step's part of the score and
  /// the information (each >= 0), and log_likelihood then means nothing.
  CoxPoint at(const Vector& coef, std::span<const double> factor = {});

  /// (n), sorted: weight times hazard at the last coefficients asked for.
  const std::vector<double>& hazard() const { return hazard_; }

  /// (n), sorted: the cumulative hazard that each row went through at the last coefficients asked
  /// for, per unit of its own hazard: its expected events are this times its hazard.
  std::vector<double> passed() const;

 private:
  bool fill_hazards(const Vector& coef);
  Vector event_sums(std::span<const double> factor) const;
  void add_step_parts(RiskWalk& walk, std::span<const double> factor, CoxPoint& point,
                      Matrix& means);
  void passed_in(std::size_t tile, double* passed) const;

  const CoxRows& rows_;
  Ties ties_;
  bool with_dying_;
  Vector event_x_;              // (p), sum of w x over the deaths
  std::vector<double> hazard_;  // (n)
  std::vector<double> step_h_;  // (steps + 1): after a sweep, summed over this and earlier times
  std::vector<double> step_fh_;
  double log_sum_ = 0;
};

/// Offsets into the run of steps from `first` on of the step at which each row of `tile` leaves
/// the risk sets (that of the rows after a stratum's last step is not meaningful), to `out`
/// (kTileRows).
void exit_steps(const CoxRows& rows, std::size_t tile, std::uint32_t* out);

/// Calls `visit(from, to)` for runs of rows of `tile`, as offsets, that are in no risk set.
void for_rows_never_at_risk(const CoxRows& rows, std::size_t tile,
                            const std::function<void(std::size_t, std::size_t)>& visit);

}  // namespace thaw::stats
