#include "effect/synthesis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.h"
#include "effect/decline.h"
#include "effect/model_matrix.h"

namespace thaw::effect {
namespace {

constexpr std::size_t kInfluenceAsUsual = 200;

Result<Done> check_request(const SynthesisRequest& r) {
  if (!r.counts.empty()) {
    if (r.counts.size() != 4) {
      return invalid_argument(
          "counts need four columns: events and no events of the treated, then of the controls");
    }
    if (!r.effect.empty() || !r.variance.empty() || !r.se.empty()) {
      return invalid_argument("give either counts, or an effect with its variance, not both");
    }
    return Done{};
  }
  if (r.effect.empty()) {
    return invalid_argument("name the column of the effects, or four columns of counts");
  }
  if (r.variance.empty() == r.se.empty()) {
    return invalid_argument(
        "name the column of the variances or of the standard errors, one of them");
  }
  return Done{};
}

/// Every column that the request names.
Result<std::vector<std::string>> used_columns(const SynthesisRequest& r) {
  std::vector<std::string> names = r.counts;
  for (const std::string& name : {r.effect, r.variance, r.se}) {
    if (!name.empty()) {
      names.push_back(name);
    }
  }
  THAW_TRY(const auto moderators, term_columns(r.moderators));
  names.insert(names.end(), moderators.begin(), moderators.end());
  for (const std::string_view part : split(r.cluster, '/')) {
    if (!part.empty()) {
      names.emplace_back(part);
    }
  }
  return names;
}

/// Rows complete in `columns`; the others are noted.
Result<std::vector<std::size_t>> usable_rows(const Table& table,
                                             const std::vector<std::string>& columns,
                                             std::vector<ExcludedStudy>& excluded) {
  std::vector<const Column*> used;
  for (const std::string& name : columns) {
    THAW_TRY(const Column* column, table.column(name));
    used.push_back(column);
  }
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto gap = std::ranges::find_if(used, [row](const Column* c) { return c->missing(row); });
    if (gap == used.end()) {
      rows.push_back(row);
    } else {
      excluded.push_back(
          {row + 1,
           {fmt::format("{} is missing", (*gap)->name()), fmt::format("缺少 {}", (*gap)->name())}});
    }
  }
  return rows;
}

Result<Done> read_effects(const Table& table, const std::vector<std::size_t>& rows, Synthesis& s) {
  THAW_TRY(const auto y, table.numeric(s.request.effect));
  const bool errors = s.request.variance.empty();
  const std::string& name = errors ? s.request.se : s.request.variance;
  THAW_TRY(const auto spread, table.numeric(name));
  for (const std::size_t row : rows) {
    const double v = errors ? spread[row] * spread[row] : spread[row];
    if (!std::isfinite(y[row])) {
      return invalid_argument(fmt::format("row {}: {} is {}; an effect must be finite", row + 1,
                                          s.request.effect, y[row]));
    }
    if (!(spread[row] > 0) || !std::isfinite(1 / v) || !std::isfinite(v)) {
      return invalid_argument(
          fmt::format("row {}: {} is {}; it must be finite and above 0. A study whose error is not "
                      "known cannot "
                      "be weighed: leave the cell empty to leave it out",
                      row + 1, name, spread[row]));
    }
    s.studies.push_back({row + 1, "", y[row], v, "", ""});
  }
  return Done{};
}

Result<Done> read_counts(const Table& table, const std::vector<std::size_t>& rows, Synthesis& s) {
  std::vector<std::vector<double>> cells;
  for (const std::string& name : s.request.counts) {
    THAW_TRY(auto column, table.numeric(name));
    cells.push_back(std::move(column));
  }
  std::vector<stats::Counts> counts;
  for (const std::size_t row : rows) {
    counts.push_back({cells[0][row], cells[1][row], cells[2][row], cells[3][row]});
  }
  const auto measure = s.request.count_measure.value_or(stats::CountMeasure::kLogOddsRatio);
  const auto effects = stats::count_effects(counts, measure);
  if (!effects) {
    return invalid_argument(fmt::format("{} (studies are counted without rows that lack a count)",
                                        effects.error().message));
  }
  THAW_TRY(s.pooled_counts, stats::pool_counts(counts, measure));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& e = (*effects)[i];
    if (e.informative && e.v > 0) {
      s.studies.push_back({rows[i] + 1, "", e.y, e.v, "", ""});
    } else {
      s.excluded.push_back({rows[i] + 1,
                            {"no one, or everyone, had the event: it says nothing of a ratio",
                             "无人或人人发生事件：对比值没有信息"}});
    }
  }
  return Done{};
}

Result<Done> read_names(const Table& table, Synthesis& s) {
  const auto parts = split(s.request.cluster, '/');
  const Column* label = nullptr;
  if (!s.request.label.empty()) {
    THAW_TRY(label, table.column(s.request.label));
  }
  for (StudyRow& study : s.studies) {
    const std::size_t row = study.row - 1;
    study.label = label != nullptr && !label->missing(row) ? label->cell_text(row)
                                                           : fmt::format("#{}", study.row);
    if (!s.request.cluster.empty()) {
      study.cluster = table.find(parts[0])->cell_text(row);
    }
    if (parts.size() > 1) {
      study.unit = table.find(parts[1])->cell_text(row);
    }
  }
  return Done{};
}

Result<Done> read_moderators(const Table& table, Synthesis& s) {
  std::vector<std::size_t> rows;
  for (const StudyRow& study : s.studies) {
    rows.push_back(study.row - 1);
  }
  const Table used = table.take(rows);
  THAW_TRY(const Model model, Model::learn(used, s.request.moderators));
  s.terms = model.names();
  THAW_TRY(s.x, model.matrix(used));
  return Done{};
}

struct Numbers {
  std::vector<double> y, v;
};

Numbers numbers(const Synthesis& s) {
  Numbers n;
  for (const StudyRow& study : s.studies) {
    n.y.push_back(study.y);
    n.v.push_back(study.v);
  }
  return n;
}

stats::MetaOptions options_of(const SynthesisRequest& r) {
  stats::MetaOptions options{
      .method = r.method, .knapp_hartung = r.knapp_hartung, .widen_only = r.widen_only};
  if (r.tolerance > 0) {
    options.stop = {.relative = r.tolerance};
  }
  return options;
}

/// MetaRows::make with columns named, not numbered.
Result<stats::MetaRows> named_rows(const Synthesis& s, const Numbers& n) {
  auto rows = stats::MetaRows::make(s.x, n.y, n.v);
  if (rows || s.studies.size() <= static_cast<std::size_t>(s.x.cols())) {
    return rows;
  }
  for (Eigen::Index p = 2; p <= s.x.cols(); ++p) {
    if (!stats::MetaRows::make(s.x.leftCols(p), n.y, n.v)) {
      return invalid_argument(
          fmt::format("moderator {} is constant or a combination of those before it; leave one out",
                      s.terms[static_cast<std::size_t>(p) - 1]));
    }
  }
  return rows;
}

std::vector<int> codes(const std::vector<StudyRow>& studies, std::string StudyRow::*field) {
  std::map<std::string, int> known;
  for (const StudyRow& study : studies) {
    known.emplace(study.*field, 0);
  }
  int next = 0;
  for (auto& [name, code] : known) {
    code = next++;
  }
  std::vector<int> out;
  for (const StudyRow& study : studies) {
    out.push_back(known.at(study.*field));
  }
  return out;
}

Result<Done> fit_clusters(const Numbers& n, Synthesis& s) {
  if (s.request.method != stats::Tau2Method::kReml && s.request.method != stats::Tau2Method::kMl) {
    return invalid_argument(
        "clusters are pooled by reml or ml; the other methods know one variance");
  }
  const std::vector<int> cluster = codes(s.studies, &StudyRow::cluster);
  std::vector<int> unit;
  if (s.request.cluster.find('/') != std::string::npos) {
    unit = codes(s.studies, &StudyRow::unit);
  }
  THAW_TRY(s.multilevel,
           stats::fit_multilevel({s.x, n.y, n.v, cluster, unit},
                                 {.restricted = s.request.method == stats::Tau2Method::kReml,
                                  .student = s.request.knapp_hartung}));
  // The mean and the true effect of a new study in a new cluster.
  stats::MetaFit as_one;
  as_one.coef = s.multilevel->coef;
  as_one.var = s.multilevel->var;
  as_one.critical = s.multilevel->critical;
  as_one.tau2.value = s.multilevel->sigma2_cluster + s.multilevel->sigma2_unit;
  s.mean = stats::predict(as_one, s.x.colwise().mean().transpose());
  return Done{};
}

void examine(const stats::MetaRows& rows, const Numbers& n, Synthesis& s) {
  const stats::MetaOptions options = options_of(s.request);
  const bool random = s.request.method != stats::Tau2Method::kFe;
  if (random) {
    s.q_profile = stats::q_profile_interval(rows);
  }
  if (s.request.method == stats::Tau2Method::kMl || s.request.method == stats::Tau2Method::kReml) {
    s.likelihood = stats::likelihood_interval(rows, s.request.method == stats::Tau2Method::kReml,
                                              s.fit.tau2.value);
  }
  if (random && s.terms.size() > 1) {
    const auto plain = stats::MetaRows::make(
        stats::Matrix::Ones(static_cast<Eigen::Index>(n.y.size()), 1), n.y, n.v);
    if (plain) {
      s.r2 = stats::explained_heterogeneity(
          stats::estimate_tau2(*plain, options.method, options.stop).value, s.fit.tau2.value);
    }
  }
  if (s.request.influence.value_or(s.studies.size() <= kInfluenceAsUsual) && !s.multilevel) {
    s.influence = stats::influence(rows, s.fit, options);
  }
  // These look at studies as if each stood alone.
  if (s.multilevel || s.studies.size() < 3) {
    return;
  }
  if (const auto egger = stats::egger_test(s.x, n.y, n.v, options)) {
    s.egger = *egger;
  }
  if (s.terms.size() == 1) {
    if (const auto rank = stats::rank_test(n.y, n.v)) {
      s.rank = *rank;
    }
    if (const auto filled = stats::trim_fill(n.y, n.v, options)) {
      s.trim_fill = *filled;
    }
    s.fail_safe_n = stats::fail_safe_n(n.y, n.v);
  }
}

}  // namespace

bool Synthesis::ratio() const {
  if (!request.counts.empty()) {
    return request.count_measure != stats::CountMeasure::kRiskDifference;
  }
  return request.measure.starts_with("log");
}

Result<Synthesis> synthesize(const Table& table, const SynthesisRequest& request) {
  THAW_CHECK(check_request(request));
  THAW_TRY(const auto columns, used_columns(request));
  Synthesis s;
  s.request = request;
  THAW_TRY(const auto rows, usable_rows(table, columns, s.excluded));
  if (request.counts.empty()) {
    THAW_CHECK(read_effects(table, rows, s));
  } else {
    THAW_CHECK(read_counts(table, rows, s));
  }
  if (s.studies.size() < 2) {
    return invalid_argument(
        fmt::format("pooling needs at least two studies; {} of {} rows can be used",
                    s.studies.size(), table.rows()));
  }
  THAW_CHECK(read_names(table, s));
  THAW_CHECK(read_moderators(table, s));
  const Numbers n = numbers(s);
  THAW_TRY(const stats::MetaRows meta_rows, named_rows(s, n));
  s.fit = stats::fit_meta(meta_rows, options_of(request));
  s.mean = stats::predict(s.fit, s.x.colwise().mean().transpose());
  if (!request.cluster.empty()) {
    THAW_CHECK(fit_clusters(n, s));
  }
  examine(meta_rows, n, s);
  s.data_hash = cells_hash(table, columns);
  describe_synthesis(s);
  return s;
}

}  // namespace thaw::effect
