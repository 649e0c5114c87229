#include "effect/decline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/digest.h"
#include "base/text.h"
#include "effect/model_matrix.h"

namespace thaw::effect {
namespace {

/// Ids of rows as codes in the order of their text, and the ids.
struct People {
  std::map<std::string, int> codes;
  std::vector<int> of_row;
};

People people_of(const Table& table, const std::string& id) {
  People people;
  const Column& column = *table.find(id);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    people.codes.emplace(column.cell_text(row), 0);
  }
  int next = 0;
  for (auto& [name, code] : people.codes) {
    code = next++;
  }
  for (std::size_t row = 0; row < table.rows(); ++row) {
    people.of_row.push_back(people.codes.at(column.cell_text(row)));
  }
  return people;
}

Result<Done> add_columns(std::vector<std::string>& columns, const std::string& terms) {
  THAW_TRY(const auto more, term_columns(terms));
  for (const std::string& name : more) {
    if (std::ranges::find(columns, name) == columns.end()) {
      columns.push_back(name);
    }
  }
  return Done{};
}

/// Errors of the fit count columns of the matrix; people know terms.
Error named(const Error& error, const std::vector<std::string>& terms) {
  for (std::size_t j = terms.size(); j-- > 0;) {
    const std::string number = fmt::format("column {} is constant", j + 1);
    if (error.message.starts_with(number)) {
      return invalid_argument(fmt::format(
          "term {} is constant or a combination of the others; leave it out", terms[j]));
    }
  }
  return error;
}

void describe(SlopeResult& s) {
  const auto time = std::ranges::find(s.terms, s.request.time);
  if (!s.fit.converged) {
    s.warnings.push_back({"The fit did not converge: do not use these numbers.",
                          "拟合没有收敛：请勿使用这些数字。"});
  }
  if (s.fit.singular) {
    s.warnings.push_back(
        {"The data cannot tell all random effects apart (a variance of 0 or a correlation of 1); "
         "tests are normal ones. Try a random intercept only.",
         "数据无法区分全部随机效应（方差为 0 或相关为 1）；此处用正态检验。请尝试仅用随机截距。"});
  }
  s.warnings.push_back(
      {"People who die or leave because they decline fast are taken as missing at random given the "
       "values seen; if death follows the decline itself, use the joint model.",
       "因下降快而死亡或退出者，在给定已观测值后按随机缺失处理；若死亡与下降本身有关，请用联合模型"
       "。"});
  if (!s.fit.converged) {
    s.reading = {"The fit did not converge, so there is no answer.",
                 "拟合没有收敛，因此没有答案。"};
    return;
  }
  if (time == s.terms.end()) {
    s.reading = {"The model has no term for the time alone; read the coefficients one by one.",
                 "模型中没有单独的时间项；请逐项阅读系数。"};
    return;
  }
  const auto at = static_cast<Eigen::Index>(time - s.terms.begin());
  const bool alone = std::ranges::count_if(s.terms, [&](const std::string& term) {
                       return term.find(s.request.time) != std::string::npos;
                     }) == 1;
  s.reading.en = fmt::format(
      "{} people, {} visits: {} changes by {:.3g} a unit of {} (95 % interval {:.3g} to {:.3g}){}.",
      s.fit.persons, s.fit.rows, s.request.outcome, s.fit.coef[at], s.request.time, s.fit.low[at],
      s.fit.high[at], alone ? "" : ", where everything that the slope depends on is 0");
  s.reading.zh =
      fmt::format("{} 人，{} 次随访：{} 每单位 {} 变化 {:.3g}（95 % 区间 {:.3g} 至 {:.3g}）{}。",
                  s.fit.persons, s.fit.rows, s.request.outcome, s.request.time, s.fit.coef[at],
                  s.fit.low[at], s.fit.high[at], alone ? "" : "，即影响斜率的各变量均取 0 时");
}

}  // namespace

std::string cells_hash(const Table& table, std::vector<std::string> columns) {
  std::ranges::sort(columns);
  columns.erase(std::ranges::unique(columns).begin(), columns.end());
  std::vector<std::string> lines;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::string line;
    for (const std::string& name : columns) {
      line += table.find(name)->cell_text(row) + '\x1f';
    }
    lines.push_back(std::move(line));
  }
  std::ranges::sort(lines);
  return sha256_hex(join(columns, "\x1f") + '\x1e' + join(lines, "\x1e"));
}

Result<SlopeResult> estimate_slopes(const Table& table, const SlopeRequest& request) {
  SlopeResult s;
  s.request = request;
  const std::string terms = trim(request.model).empty() ? "`" + request.time + "`" : request.model;
  std::vector<std::string> columns = {request.id, request.time, request.outcome};
  THAW_CHECK(add_columns(columns, terms));
  THAW_TRY(const Table rows, table.complete_rows(columns));
  s.excluded = table.rows() - rows.rows();
  if (rows.rows() == 0) {
    return invalid_argument("no row has all the values that the model needs");
  }
  THAW_TRY(const Model model, Model::learn(rows, terms));
  s.terms = model.names();
  THAW_TRY(const stats::Matrix x, model.matrix(rows));
  THAW_TRY(const auto time, rows.numeric(request.time));
  THAW_TRY(const auto y, rows.numeric(request.outcome));
  stats::Matrix z = stats::Matrix::Ones(x.rows(), request.random_slope ? 2 : 1);
  if (request.random_slope) {
    z.col(1) = stats::as_vector(time);
  }
  const People people = people_of(rows, request.id);
  const auto fit = stats::fit_mixed({x, z, y, people.of_row}, {.restricted = request.restricted,
                                                               .satterthwaite = !request.normal});
  if (!fit) {
    return named(fit.error(), s.terms);
  }
  s.fit = *fit;
  s.data_hash = cells_hash(rows, columns);
  describe(s);
  return s;
}

}  // namespace thaw::effect
