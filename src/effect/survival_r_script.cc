#include "effect/survival_r_script.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "effect/formula.h"
#include "effect/row_condition.h"
#include "effect/survival_rows.h"

namespace thaw::effect {
namespace {

/// `text` as a string of R.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
    }
    out += c == '\n' ? ' ' : c;
  }
  return out + "\"";
}

std::string vector_of(const std::vector<std::string>& texts) {
  std::vector<std::string> parts;
  for (const std::string& text : texts) {
    parts.push_back(quoted(text));
  }
  return "c(" + join(parts, ", ") + ")";
}

std::string column(std::string_view name) {
  return fmt::format("d[[{}]]", quoted(name));
}

class Script {
 public:
  Script(const Table& table, const SurvivalRequest& request, const SurvivalRows& rows)
      : table_(table), request_(request), rows_(rows) {}

  std::string text() {
    out_ = fmt::format(
        "# Repeats: {} of {} by {} (data SHA-256 {})\n"
        "library(survival)\n"
        "args <- commandArgs(trailingOnly = TRUE)\n"
        "d <- read.csv(if (length(args)) args[1] else \"data.csv\", check.names = FALSE,\n"
        "              na.strings = c(\"\", \"NA\", \"N/A\", \"NaN\", \".\"))\n",
        to_string(request_.kind), one_line(request_.event), one_line(request_.time),
        rows_.data_hash);
    keep_rows();
    line(fmt::format("d$.time <- {}", column(request_.time)));
    events();
    const std::string terms = model();
    if (!request_.weights.empty()) {
      line(fmt::format("d$.weight <- {}", column(request_.weights)));
    }
    if (!request_.cluster.empty()) {
      line(fmt::format("d$.person <- {}", column(request_.cluster)));
    }
    groups();
    analysis(terms);
    return out_;
  }

 private:
  static std::string one_line(std::string text) {
    std::ranges::replace(text, '\n', ' ');
    return text;
  }
  void line(const std::string& text) { out_ += text + "\n"; }

  /// Row numbers, in runs, so that what counts as missing need not be said twice.
  void keep_rows() {
    if (rows_.left_out == 0) {
      return;
    }
    std::vector<std::string> left_out;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < table_.rows(); ++i) {
      if (kept < rows_.source.size() && rows_.source[kept] == i) {
        ++kept;
      } else {
        left_out.push_back(std::to_string(i + 1));
      }
    }
    line("all_rows <- d");
    line(fmt::format("d <- d[-c({}), ]  # rows with a missing value", join(left_out, ", ")));
  }

  void events() {
    std::vector<std::string> states;
    for (const std::uint8_t event : rows_.event) {
      states.push_back(std::to_string(event));
    }
    line(fmt::format("# 0 = censored, 1.. = {}", one_line(join(rows_.states, ", "))));
    line(fmt::format("d$.event <- c({})", join(states, ",")));
  }

  std::string factor_text(const Factor& factor) {
    const std::string name = column(factor.column);
    switch (factor.kind) {
      case Factor::Kind::kPower:
        return fmt::format("{}^{}", name, factor.power);
      case Factor::Kind::kLog:
        return fmt::format("log({})", name);
      case Factor::Kind::kRoot:
        return fmt::format("sqrt({})", name);
      default:
        return name;
    }
  }

  /// The model's columns as .x1, .x2, ... each by name; returns the terms of a formula.
  std::string model() {
    std::vector<std::string> terms;
    for (std::size_t j = 1; j < rows_.model.names().size(); ++j) {
      line(fmt::format("d$.x{} <- {}  # {}", j, values(j), one_line(rows_.model.names()[j])));
      terms.push_back(fmt::format(".x{}", j));
    }
    return terms.empty() ? "1" : join(terms, " + ");
  }

  /// One column of the model as R computes it from the table.
  std::string values(std::size_t j) {
    std::size_t first = 1;
    const auto parsed = parse_terms(request_.model);
    for (std::size_t t = 0; t < rows_.model.term_sizes().size(); ++t) {
      const std::size_t size = rows_.model.term_sizes()[t].columns;
      if (j < first + size) {
        return product(parsed.value()[t], j);
      }
      first += size;
    }
    return "NA";
  }

  std::string product(const Term& term, std::size_t j) {
    // A level's column is told by its name: parts "column=level" and others, joined by ':'.
    std::string rest = rows_.model.names()[j];
    std::vector<std::string> parts;
    for (const Factor& factor : term) {
      const std::string level_mark = factor.column + "=";
      if (!rest.starts_with(level_mark)) {
        parts.push_back(factor_text(factor));
        rest = rest.substr(std::min(rest.size(), to_text(factor).size() + 1));
        continue;
      }
      const std::string level = level_in(factor.column, rest.substr(level_mark.size()));
      const std::string as_read =
          level == "true" || level == "false"
              ? fmt::format("tolower(as.character({}))", column(factor.column))
              : fmt::format("as.character({})", column(factor.column));
      parts.push_back(fmt::format("({} == {})", as_read, quoted(level)));
      rest = rest.substr(std::min(rest.size(), level_mark.size() + level.size() + 1));
    }
    return join(parts, " * ") + " + 0";
  }

  /// The longest level of `name` that `text` begins with.
  std::string level_in(const std::string& name, const std::string& text) {
    std::string best;
    const Column* values = table_.find(name);
    for (std::size_t i = 0; values != nullptr && i < values->size(); ++i) {
      const std::string level = values->cell_text(i);
      if (level.size() > best.size() && text.starts_with(level) &&
          (text.size() == level.size() || text[level.size()] == ':')) {
        best = level;
      }
    }
    return best;
  }

  void groups() {
    if (!rows_.groups.empty()) {
      const Column* own = table_.find(request_.group);
      const bool boolean = own != nullptr && own->type() == ColumnType::kBoolean;
      line(fmt::format("d$.group <- factor({}as.character({}){}, levels = {})",
                       boolean ? "tolower(" : "", column(request_.group), boolean ? ")" : "",
                       vector_of(rows_.groups)));
    }
    if (!rows_.strata.empty()) {
      std::vector<std::string> parts;
      for (const std::string_view name : split(request_.strata, ',')) {
        parts.push_back(column(trim(name)));
      }
      line(fmt::format("d$.stratum <- interaction({}, drop = TRUE)", join(parts, ", ")));
    }
    if (!rows_.entry.empty()) {
      line(fmt::format("d$.start <- {}", column(request_.start)));
    }
  }

  std::string options(bool with_cluster) const {
    std::string text;
    if (!rows_.weights.empty()) {
      text += ", weights = .weight";
    }
    if (with_cluster && !rows_.cluster.empty()) {
      text += ", cluster = .person";
    } else if (with_cluster && (request_.robust || !rows_.weights.empty())) {
      text += ", robust = TRUE";
    }
    return text;
  }

  void analysis(const std::string& terms) {
    const std::string surv =
        rows_.entry.empty() ? "Surv(.time, .event)" : "Surv(.start, .time, .event)";
    const std::string by = rows_.groups.empty() ? "1" : ".group";
    const std::string conf = request_.interval == "loglog" ? "log-log" : request_.interval;
    const std::string strata = rows_.strata.empty() ? "" : " + strata(.stratum)";
    std::vector<std::string> at;
    for (const double time : request_.times) {
      at.push_back(fmt::format("{}", time));
    }
    const std::string times = at.empty() ? "" : fmt::format(", times = c({})", join(at, ", "));
    switch (request_.kind) {
      case SurvivalKind::kKaplanMeier:
        line(fmt::format("fit <- survfit({} ~ {}, data = d, conf.type = \"{}\"{}{})", surv, by,
                         conf, options(false), rows_.weights.empty() ? "" : ", robust = TRUE"));
        line("print(fit)");
        line(fmt::format("print(summary(fit{}), digits = 12)", times));
        return;
      case SurvivalKind::kLogRank:
        line(fmt::format("fit <- survdiff({} ~ {}{}, data = d, rho = {})", surv, by, strata,
                         request_.rho));
        line("print(fit$chisq, digits = 15)");
        return;
      case SurvivalKind::kRmst:
        line(fmt::format("fit <- survfit({} ~ {}, data = d{})", surv, by, options(false)));
        line(fmt::format("print(summary(fit, rmean = {})$table, digits = 12)",
                         request_.horizon ? fmt::format("{}", *request_.horizon) : "\"common\""));
        return;
      case SurvivalKind::kAalenJohansen: {
        std::vector<std::string> codes;
        for (std::size_t s = 0; s <= rows_.states.size(); ++s) {
          codes.push_back(std::to_string(s));
        }
        line(fmt::format("d$.event <- factor(d$.event, levels = c({}), labels = {})",
                         join(codes, ", "), labels()));
        line("d$.row <- seq_len(nrow(d))");
        line(fmt::format("fit <- survfit({} ~ {}, data = d, id = .row{})", surv, by,
                         options(false)));
        line(fmt::format("s <- summary(fit{})", times));
        line("print(cbind(time = s$time, s$pstate, s$std.err), digits = 12)");
        return;
      }
      case SurvivalKind::kCox:
        line(fmt::format("fit <- coxph({} ~ {}{}, data = d, ties = \"{}\"{})", surv, terms, strata,
                         request_.ties, options(true)));
        line("print(summary(fit), digits = 12)");
        line("print(coef(fit), digits = 15)");
        if (request_.ties != "exact") {
          line(fmt::format("print(cox.zph(fit, transform = \"{}\"))", request_.transform));
        }
        return;
      case SurvivalKind::kFineGray:
        fine_gray(terms);
        return;
      case SurvivalKind::kAft:
        line(fmt::format("fit <- survreg(Surv(.time, .event) ~ {}, data = d, dist = \"{}\"{})",
                         terms, request_.dist, options(true)));
        line("print(summary(fit), digits = 12)");
        line("print(coef(fit), digits = 15)");
        return;
    }
  }

  std::string labels() const {
    std::vector<std::string> names = {"event-free"};
    names.insert(names.end(), rows_.states.begin(), rows_.states.end());
    return vector_of(names);
  }

  void fine_gray(const std::string& terms) {
    const auto place = std::ranges::find(rows_.states, request_.cause);
    const std::size_t cause = place == rows_.states.end()
                                  ? 1
                                  : static_cast<std::size_t>(place - rows_.states.begin()) + 1;
    if (request_.convention == "cmprsk") {
      line("library(cmprsk)");
      line(
          fmt::format("fit <- crr(d$.time, d$.event, model.matrix(~ {}, d)[, -1, drop = FALSE], "
                      "failcode = {})",
                      terms, cause));
      line("print(summary(fit), digits = 12)");
      return;
    }
    line("# The chance of being censored is taken from everyone whose time and event are known.");
    std::vector<std::string> times;
    std::vector<std::string> codes;
    std::vector<std::string> places;
    for (std::size_t i = 0; i < rows_.all_time.size(); ++i) {
      times.push_back(fmt::format("{}", rows_.all_time[i]));
      codes.push_back(std::to_string(rows_.all_event[i]));
      places.push_back(rows_.all_place[i] ? std::to_string(*rows_.all_place[i] + 1) : "NA");
    }
    line(fmt::format("w <- data.frame(.time = c({}),\n  .event = c({}),\n  .row = c({}))",
                     join(times, ","), join(codes, ","), join(places, ",")));
    line("w$.event <- factor(w$.event, levels = 0:max(w$.event))");
    line(fmt::format(
        "f <- finegray(Surv(.time, .event) ~ ., data = w, etype = \"{}\", na.action = na.pass)",
        cause));
    line("f <- cbind(f, d[f$.row, grep(\"^[.]x\", names(d)), drop = FALSE])");
    line("f <- f[!is.na(f$.row), ]");
    line(
        fmt::format("fit <- coxph(Surv(fgstart, fgstop, fgstatus) ~ {}, data = f, weights = fgwt, "
                    "cluster = .row, ties = \"{}\")",
                    terms, request_.ties));
    line("print(coef(fit), digits = 15)");
  }

  const Table& table_;
  const SurvivalRequest& request_;
  const SurvivalRows& rows_;
  std::string out_;
};

}  // namespace

Result<std::string> survival_r_script(const Table& table, const SurvivalRequest& request) {
  THAW_TRY(const SurvivalRows rows, survival_rows(table, request));
  return Script(table, request, rows).text();
}

}  // namespace thaw::effect
