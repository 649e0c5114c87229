// Decline and death together, from tables.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "effect/decline.h"
#include "effect/model_matrix.h"

namespace thaw::effect {
namespace {

/// One row a person with visits, in the order of their ids as text, and the visits by that order.
struct Joined {
  Table people;
  std::vector<std::string> ids;
  std::vector<int> person;
  std::vector<double> time, y;
};

Result<std::vector<std::string>> person_columns(const JointRequest& r) {
  std::vector<std::string> columns = {r.id, r.event_time, r.event};
  for (const std::string* terms : {&r.level_model, &r.slope_model, &r.hazard_model}) {
    THAW_TRY(const auto more, term_columns(*terms));
    for (const std::string& name : more) {
      if (std::ranges::find(columns, name) == columns.end()) {
        columns.push_back(name);
      }
    }
  }
  return columns;
}

/// The first visit of each person; what happened to them must be the same at all their visits.
Result<Table> people_from_visits(const Table& visits, const JointRequest& r) {
  THAW_TRY(const Column* id, visits.column(r.id));
  THAW_TRY(const auto time, visits.numeric(r.time));
  THAW_TRY(const Column* end, visits.column(r.event_time));
  THAW_TRY(const Column* event, visits.column(r.event));
  std::map<std::string, std::size_t> first;
  for (std::size_t row = 0; row < visits.rows(); ++row) {
    if (id->missing(row) || std::isnan(time[row])) {
      continue;
    }
    const auto [at, fresh] = first.emplace(id->cell_text(row), row);
    if (end->cell_text(at->second) != end->cell_text(row) ||
        event->cell_text(at->second) != event->cell_text(row)) {
      return invalid_argument(fmt::format(
          "row {}: {} {} has another {} or {} than in row {}; what happened to a person "
          "must be the same at all visits",
          row + 1, r.id, id->cell_text(row), r.event_time, r.event, at->second + 1));
    }
    if (time[row] < time[at->second]) {
      at->second = row;
    }
  }
  std::vector<std::size_t> rows;
  for (const auto& [name, row] : first) {
    rows.push_back(row);
  }
  return visits.take(rows);
}

Result<Joined> join_tables(const Table& visits, const Table* people, const JointRequest& r,
                           JointResult& result) {
  THAW_TRY(const auto columns, person_columns(r));
  Table all = visits;
  if (people != nullptr) {
    all = *people;
  } else {
    THAW_TRY(all, people_from_visits(visits, r));
  }
  THAW_TRY(const Table complete, all.complete_rows(columns));
  const std::vector<std::string> visit_columns = {r.id, r.time, r.outcome};
  THAW_TRY(const Table seen, visits.complete_rows(visit_columns));
  std::set<std::string> with_visit;
  for (std::size_t row = 0; row < seen.rows(); ++row) {
    with_visit.insert(seen.find(r.id)->cell_text(row));
  }
  Joined joined;
  std::map<std::string, std::size_t> order;
  for (std::size_t row = 0; row < complete.rows(); ++row) {
    const std::string name = complete.find(r.id)->cell_text(row);
    if (with_visit.contains(name) && !order.emplace(name, row).second) {
      return invalid_argument(fmt::format("{} {} stands twice among the people", r.id, name));
    }
  }
  std::vector<std::size_t> rows;
  std::map<std::string, int> code;
  for (const auto& [name, row] : order) {
    code.emplace(name, static_cast<int>(rows.size()));
    rows.push_back(row);
    joined.ids.push_back(name);
  }
  result.excluded_people = all.rows() - rows.size();
  joined.people = complete.take(rows);
  THAW_TRY(const auto time, seen.numeric(r.time));
  THAW_TRY(const auto y, seen.numeric(r.outcome));
  for (std::size_t row = 0; row < seen.rows(); ++row) {
    const auto who = code.find(seen.find(r.id)->cell_text(row));
    if (who != code.end()) {
      joined.person.push_back(who->second);
      joined.time.push_back(time[row]);
      joined.y.push_back(y[row]);
    }
  }
  result.excluded_visits = visits.rows() - joined.y.size();
  if (joined.ids.empty()) {
    return invalid_argument("nobody has a visit and all the values that the model needs");
  }
  result.data_hash = cells_hash(joined.people, columns) + "+" + cells_hash(seen, visit_columns);
  return joined;
}

Result<stats::Matrix> design(const Table& people, const std::string& terms, bool constant,
                             std::vector<std::string>& names) {
  THAW_TRY(const Model model, Model::learn(people, terms));
  THAW_TRY(const stats::Matrix x, model.matrix(people));
  names = model.names();
  if (constant) {
    return x;
  }
  names.erase(names.begin());
  return stats::Matrix(x.rightCols(x.cols() - 1));
}

Result<std::vector<std::uint8_t>> events(const Table& people, const std::string& name,
                                         const std::vector<std::string>& ids) {
  THAW_TRY(const auto values, people.numeric(name));
  std::vector<std::uint8_t> out;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] != 0 && values[i] != 1) {
      return invalid_argument(
          fmt::format("person {}: {} is {}; it must be 0 or 1", ids[i], name, values[i]));
    }
    out.push_back(values[i] != 0 ? 1 : 0);
  }
  return out;
}

/// A visit after the end, or an end at 0, by the person's own id.
Result<Done> check_times(const Joined& j, const std::vector<double>& end, const JointRequest& r) {
  for (std::size_t i = 0; i < end.size(); ++i) {
    if (!(end[i] > 0) || !std::isfinite(end[i])) {
      return invalid_argument(fmt::format("person {}: {} is {}; it must be finite and above 0",
                                          j.ids[i], r.event_time, end[i]));
    }
  }
  for (std::size_t row = 0; row < j.y.size(); ++row) {
    const auto who = static_cast<std::size_t>(j.person[row]);
    if (j.time[row] > end[who] || j.time[row] < 0) {
      return invalid_argument(
          fmt::format("person {}: a visit at {} {} lies outside 0 to the end of follow-up at {}",
                      j.ids[who], r.time, j.time[row], end[who]));
    }
  }
  return Done{};
}

void describe(JointResult& s) {
  const stats::JointFit& fit = s.fit;
  if (!fit.converged) {
    s.warnings.push_back({"The fit did not converge: do not use these numbers.",
                          "拟合没有收敛：请勿使用这些数字。"});
  }
  if (s.excluded_people > 0 || s.excluded_visits > 0) {
    s.warnings.push_back({fmt::format("{} people and {} visits were left out for a missing value.",
                                      s.excluded_people, s.excluded_visits),
                          fmt::format("因缺少数值，未纳入 {} 人和 {} 次随访。", s.excluded_people,
                                      s.excluded_visits)});
  }
  if (!fit.converged) {
    s.reading = {"The fit did not converge, so there is no answer.",
                 "拟合没有收敛，因此没有答案。"};
    return;
  }
  const auto& slope = fit.slope[0];
  const auto alone = s.line_alone.coef[static_cast<Eigen::Index>(s.level_terms.size())];
  const std::string where = s.slope_terms.size() > 1 ? ", where all slope terms are 0" : "";
  const std::string where_zh = s.slope_terms.size() > 1 ? "，即各斜率项均取 0 时" : "";
  s.reading.en = fmt::format(
      "{} people, {} visits, {} events: {} changes by {:.3g} a unit of {} (95 % interval {:.3g} to "
      "{:.3g}){}; without regard to the events it would seem {:.3g}. A unit of the {} multiplies "
      "the "
      "hazard by {:.3g} ({:.3g} to {:.3g}).",
      fit.persons, fit.visits, fit.events, s.request.outcome, slope.value, s.request.time,
      slope.low, slope.high, where, alone,
      s.request.options.link == stats::JointLink::kSlope ? "slope" : "current value",
      std::exp(fit.link[0].value), std::exp(fit.link[0].low), std::exp(fit.link[0].high));
  s.reading.zh = fmt::format(
      "{} 人，{} 次随访，{} 个事件：{} 每单位 {} 变化 {:.3g}（95 % 区间 {:.3g} 至 "
      "{:.3g}）{}；若不考虑事件，则看似 {:.3g}。{}每增加一个单位，风险乘以 {:.3g}（{:.3g} 至 "
      "{:.3g}）。",
      fit.persons, fit.visits, fit.events, s.request.outcome, s.request.time, slope.value,
      slope.low, slope.high, where_zh, alone,
      s.request.options.link == stats::JointLink::kSlope ? "斜率" : "当前值",
      std::exp(fit.link[0].value), std::exp(fit.link[0].low), std::exp(fit.link[0].high));
}

}  // namespace

Result<JointResult> estimate_joint(const Table& visits, const Table* people,
                                   const JointRequest& request) {
  JointResult s;
  s.request = request;
  THAW_TRY(const Joined joined, join_tables(visits, people, request, s));
  THAW_TRY(const auto level, design(joined.people, request.level_model, true, s.level_terms));
  THAW_TRY(const auto slope, design(joined.people, request.slope_model, true, s.slope_terms));
  THAW_TRY(const auto hazard, design(joined.people, request.hazard_model, false, s.hazard_terms));
  THAW_TRY(const auto end, joined.people.numeric(request.event_time));
  THAW_TRY(const auto event, events(joined.people, request.event, joined.ids));
  THAW_CHECK(check_times(joined, end, request));
  const stats::JointData data{joined.person, joined.time, joined.y, level,
                              slope,         hazard,      end,      event};
  THAW_TRY(s.fit, stats::fit_joint(data, request.options));
  stats::Matrix x(static_cast<Eigen::Index>(joined.y.size()), level.cols() + slope.cols());
  stats::Matrix z(x.rows(), 2);
  for (Eigen::Index i = 0; i < x.rows(); ++i) {
    const auto row = static_cast<std::size_t>(i);
    x.row(i) << level.row(joined.person[row]), joined.time[row] * slope.row(joined.person[row]);
    z.row(i) << 1, joined.time[row];
  }
  THAW_TRY(s.line_alone, stats::fit_mixed({x, z, joined.y, joined.person}, {.restricted = false}));
  describe(s);
  return s;
}

}  // namespace thaw::effect
