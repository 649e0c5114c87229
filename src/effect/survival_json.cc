#include "effect/survival_json.h"

#include <fmt/format.h>

#include <cmath>

#include "effect/survival_parts.h"
#include "stats/distributions.h"

namespace thaw::effect {

namespace json = boost::json;

json::value number(double value) {
  return std::isfinite(value) ? json::value(value) : json::value(nullptr);
}

json::value number(const std::optional<double>& value) {
  return value ? number(*value) : json::value(nullptr);
}

json::array matrix(const stats::Matrix& values) {
  json::array out;
  for (Eigen::Index i = 0; i < values.rows(); ++i) {
    const stats::Vector row = values.row(i);
    out.push_back(numbers(row));
  }
  return out;
}

json::object test(double chi_squared, int df) {
  return {{"chisq", number(chi_squared)},
          {"df", df},
          {"p", number(stats::chi_squared_upper_p(chi_squared, df))}};
}

namespace {

/// Which of the options an analysis takes; the others are refused where they are given.
struct Takes {
  bool start, model, group, strata, weights, cluster;
};

Takes takes(SurvivalKind kind) {
  switch (kind) {
    case SurvivalKind::kKaplanMeier:
    case SurvivalKind::kAalenJohansen:
    case SurvivalKind::kRmst:
      return {true, false, true, false, true, false};
    case SurvivalKind::kLogRank:
      return {true, false, true, true, true, false};
    case SurvivalKind::kCox:
      return {true, true, false, true, true, true};
    case SurvivalKind::kFineGray:
      return {false, true, false, false, false, false};
    case SurvivalKind::kAft:
      return {false, true, false, false, true, true};
  }
  return {};
}

Result<Done> check_options(const SurvivalRequest& request) {
  const Takes taken = takes(request.kind);
  const struct {
    const char* name;
    bool taken;
    const std::string& value;
  } options[] = {
      {"start", taken.start, request.start},       {"model", taken.model, request.model},
      {"group", taken.group, request.group},       {"strata", taken.strata, request.strata},
      {"weights", taken.weights, request.weights}, {"cluster", taken.cluster, request.cluster}};
  for (const auto& option : options) {
    if (!option.taken && !option.value.empty()) {
      return invalid_argument(fmt::format("{} takes no {} (it was {}); leave it out",
                                          to_string(request.kind), option.name, option.value));
    }
  }
  for (const double time : request.times) {
    if (!std::isfinite(time) || time < 0) {
      return invalid_argument(
          fmt::format("time {} is asked for; times are finite and not negative", time));
    }
  }
  return Done{};
}

Result<Done> add_findings(const SurvivalRows& rows, const SurvivalRequest& request,
                          json::object& document, json::array& warnings) {
  switch (request.kind) {
    case SurvivalKind::kKaplanMeier:
      return add_kaplan_meier(rows, request, document, warnings);
    case SurvivalKind::kLogRank:
      return add_log_rank(rows, request, document, warnings);
    case SurvivalKind::kRmst:
      return add_restricted_means(rows, request, document, warnings);
    case SurvivalKind::kAalenJohansen:
      return add_states(rows, request, document, warnings);
    case SurvivalKind::kCox:
      return add_cox(rows, request, document, warnings);
    case SurvivalKind::kFineGray:
      return add_fine_gray(rows, request, document, warnings);
    case SurvivalKind::kAft:
      return add_failure_time(rows, request, document, warnings);
  }
  return Done{};
}

void warn_of_left_out(const SurvivalRows& rows, json::array& warnings) {
  if (rows.left_out > 0) {
    const std::size_t all = rows.left_out + rows.source.size();
    warnings.push_back(both(
        fmt::format("{} of {} rows lack a value that this analysis needs and are left out: the "
                    "answer is for the others.",
                    rows.left_out, all),
        fmt::format("{} 行（共 {} 行）缺少本分析所需的值，已排除：答案只针对其余各行。",
                    rows.left_out, all)));
  }
}

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

}  // namespace

Result<json::object> survival_document(const Table& table, const SurvivalRequest& request) {
  THAW_CHECK(check_options(request));
  THAW_TRY(const SurvivalRows rows, survival_rows(table, request));
  json::array warnings;
  warn_of_left_out(rows, warnings);
  json::object findings;
  THAW_CHECK(add_findings(rows, request, findings, warnings));
  json::object document;
  document["method"] = to_string(request.kind);
  document["warnings"] = std::move(warnings);
  document["estimand"] = estimand_words(request.kind, rows, request);
  document["assumes"] = assumption_words(request.kind, rows, request);
  document["time"] = request.time;
  document["start"] = text_or_null(request.start);
  document["event"] = request.event;
  document["model"] = text_or_null(request.model);
  document["by"] = text_or_null(request.group);
  document["strata"] = text_or_null(request.strata);
  document["weights"] = text_or_null(request.weights);
  document["cluster"] = text_or_null(request.cluster);
  document["n"] = rows.source.size();
  document["n_left_out"] = rows.left_out;
  std::size_t events = 0;
  for (const std::uint8_t event : rows.event) {
    events += event != 0 ? 1 : 0;
  }
  document["events"] = events;
  document["level"] = 0.95;
  for (auto& [key, value] : findings) {
    document[key] = std::move(value);
  }
  document["data_hash"] = rows.data_hash;
  return document;
}

}  // namespace thaw::effect
