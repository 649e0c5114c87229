#include "stats/competing_risks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "stats/row_order.h"
#include "stats/survival_data.h"

namespace thaw::stats {
namespace {

constexpr std::size_t kCausesMax = 20;

double weight_of(const CompetingData& data, std::size_t row) {
  return data.weights.empty() ? 1 : data.weights[row];
}

/// Times, risk sets and events, by rising time.
StateTimes count_events(const CompetingData& data, std::size_t causes) {
  const std::vector<std::uint32_t> exits = ordered_rows(data.time, Direction::kFalling);
  const std::vector<std::uint32_t> entries = ordered_rows(data.entry, Direction::kFalling);
  StateTimes curves{};
  std::vector<double> events;  // step by step, causes each
  std::vector<double> here(causes);
  double at_risk = 0;
  std::size_t n_at_risk = 0;
  std::size_t entry = 0;
  for (std::size_t i = 0; i < exits.size();) {
    const double time = data.time[exits[i]];
    std::ranges::fill(here, 0.0);
    std::size_t n_events = 0;
    for (; i < exits.size() && data.time[exits[i]] == time; ++i) {
      const double weight = weight_of(data, exits[i]);
      at_risk += weight;
      n_at_risk += weight > 0 ? 1 : 0;
      if (data.cause[exits[i]] != 0 && weight > 0) {
        here[data.cause[exits[i]] - std::size_t{1}] += weight;
        ++n_events;
      }
    }
    for (; entry < entries.size() && data.entry[entries[entry]] >= time; ++entry) {
      at_risk -= weight_of(data, entries[entry]);
      n_at_risk -= weight_of(data, entries[entry]) > 0 ? 1 : 0;
    }
    if (n_events > 0) {
      double all = 0;
      for (const double own : here) {
        all += own;
      }
      curves.time.push_back(time);
      curves.at_risk.push_back(n_events == n_at_risk ? all : at_risk);
      curves.n_at_risk.push_back(n_at_risk);
      events.insert(events.end(), here.begin(), here.end());
    }
  }
  const auto times = static_cast<Eigen::Index>(curves.time.size());
  const auto m = static_cast<Eigen::Index>(causes);
  curves.events = Eigen::Map<const RowMajorMatrix>(events.data(), times, m).colwise().reverse();
  std::ranges::reverse(curves.time);
  std::ranges::reverse(curves.at_risk);
  std::ranges::reverse(curves.n_at_risk);
  curves.last_time = *std::ranges::max_element(data.time);
  return curves;
}

/// What one event time does to states: those free of events move on.
Matrix moves(const StateTimes& curves, Eigen::Index k) {
  const Eigen::Index m = curves.events.cols();
  Matrix move = Matrix::Identity(m + 1, m + 1);
  const Vector hazard = curves.events.row(k) / curves.at_risk[static_cast<std::size_t>(k)];
  const double stay = 1 - hazard.sum();
  move(0, 0) = stay > 1e-14 ? stay : 0;
  move.row(0).tail(m) = hazard;
  return move;
}

/// Variance that the draw of events at one time adds, for one person free of events before:
/// multinomial, over those at risk.
Matrix draw(const Matrix& move, double at_risk) {
  const Vector p = move.row(0);
  return (Matrix(p.asDiagonal()) - p * p.transpose()) / at_risk;
}

void fill_states(StateTimes& curves) {
  const Eigen::Index times = curves.events.rows();
  const Eigen::Index states = curves.events.cols() + 1;
  curves.state.resize(times, states);
  curves.se.resize(times, states);
  Vector state = Vector::Unit(states, 0);
  Matrix variance = Matrix::Zero(states, states);
  for (Eigen::Index k = 0; k < times; ++k) {
    const Matrix move = moves(curves, k);
    variance = move.transpose() * variance * move +
               state[0] * state[0] * draw(move, curves.at_risk[static_cast<std::size_t>(k)]);
    state = move.transpose() * state;
    curves.state.row(k) = state;
    curves.se.row(k) = variance.diagonal().cwiseMax(0).cwiseSqrt();
  }
}

}  // namespace

std::optional<std::string> competing_fault(const CompetingData& data) {
  const std::size_t n = data.time.size();
  if (data.cause.size() != n) {
    return fmt::format("{} times and {} events do not fit", n, data.cause.size());
  }
  // All but the kinds of events is as for one event.
  const std::vector<std::uint8_t> none(n, 0);
  return survival_fault({data.time, none, data.entry, data.weights});
}

Result<StateTimes> aalen_johansen(const CompetingData& data, std::size_t causes) {
  if (const auto fault = competing_fault(data)) {
    return invalid_argument(*fault);
  }
  if (causes == 0 || causes > kCausesMax ||
      *std::ranges::max_element(data.cause) > static_cast<std::uint8_t>(causes)) {
    return invalid_argument(fmt::format(
        "{} kinds of events; 1 to {} can be told apart",
        std::max<std::size_t>(causes, *std::ranges::max_element(data.cause)), kCausesMax));
  }
  StateTimes curves = count_events(data, causes);
  fill_states(curves);
  return curves;
}

std::optional<Eigen::Index> state_row(const StateTimes& curves, double time) {
  const auto after = std::ranges::upper_bound(curves.time, time);
  const auto row = after - curves.time.begin() - 1;
  const bool ended = !curves.time.empty() && !(curves.state(curves.state.rows() - 1, 0) > 0);
  if (row < 0 || (time > curves.last_time && !ended)) {
    return std::nullopt;
  }
  return row;
}

Matrix state_influence(const CompetingData& data, std::size_t causes, double time) {
  StateTimes curves = count_events(data, causes);
  fill_states(curves);
  const auto states = static_cast<Eigen::Index>(causes) + 1;
  const auto through = std::ranges::upper_bound(curves.time, time) - curves.time.begin();
  // ahead[k]: how a person moved to each state just after step k stands at `time`.
  std::vector<Matrix> ahead(static_cast<std::size_t>(through) + 1);
  ahead.back() = Matrix::Identity(states, states);
  for (Eigen::Index k = through; k-- > 0;) {
    ahead[static_cast<std::size_t>(k)] = moves(curves, k) * ahead[static_cast<std::size_t>(k) + 1];
  }
  // At step k a person at risk has state0 / at_risk (own move - mean move) ahead.
  Matrix mean(through + 1, states);  // running sums of the mean part
  mean.row(0).setZero();
  const auto scale = [&](Eigen::Index k) {
    return (k == 0 ? 1 : curves.state(k - 1, 0)) / curves.at_risk[static_cast<std::size_t>(k)];
  };
  for (Eigen::Index k = 0; k < through; ++k) {
    const Matrix& next = ahead[static_cast<std::size_t>(k) + 1];
    const Matrix move = moves(curves, k);
    mean.row(k + 1) = mean.row(k) + scale(k) * (next.row(0) - move.row(0) * next);
  }
  const auto steps_by = [&](double t) {
    return std::min<Eigen::Index>(through,
                                  std::ranges::upper_bound(curves.time, t) - curves.time.begin());
  };
  Matrix influence(static_cast<Eigen::Index>(data.time.size()), states);
  for (std::size_t i = 0; i < data.time.size(); ++i) {
    const Eigen::Index from = data.entry.empty() ? 0 : steps_by(data.entry[i]);
    const Eigen::Index to = steps_by(data.time[i]);
    const double w = weight_of(data, i);
    Vector own = mean.row(std::max(from, to)) - mean.row(from);
    if (data.cause[i] != 0 && w > 0 && data.time[i] <= time) {
      const Matrix& next = ahead[static_cast<std::size_t>(to)];
      own += scale(to - 1) * (next.row(data.cause[i]) - next.row(0)).transpose();
    }
    influence.row(static_cast<Eigen::Index>(i)) = w * own;
  }
  return influence;
}

}  // namespace thaw::stats
