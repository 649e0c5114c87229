#include "effect/r_script.h"

#include <fmt/format.h>

#include <algorithm>

namespace thaw::effect {
namespace {

/// `text` as an R string.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
    }
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string column(std::string_view name) {
  return fmt::format("d[[{}]]", quoted(name));
}

/// The R columns of one factor: several where it has levels.
std::vector<std::string> factor_columns(const Factor& factor, const Table& table) {
  const std::string x = column(factor.column);
  switch (factor.kind) {
    case Factor::Kind::kPower:
      return {fmt::format("{}^{}", x, factor.power)};
    case Factor::Kind::kRoot:
      return {fmt::format("sqrt({})", x)};
    case Factor::Kind::kLog:
      return {fmt::format("log({})", x)};
    case Factor::Kind::kNumber:
      return {x};
    case Factor::Kind::kLevels:
      break;
  }
  const Column* own = table.find(factor.column);
  const bool numeric =
      own != nullptr && own->type() != ColumnType::kCategory && own->type() != ColumnType::kBoolean;
  std::vector<std::string> columns;
  for (std::size_t k = 1; k < factor.levels.size(); ++k) {
    const bool is_true = own != nullptr && own->type() == ColumnType::kBoolean;
    columns.push_back(fmt::format(
        "({} == {})", x,
        numeric ? factor.levels[k] : (is_true ? std::string("1") : quoted(factor.levels[k]))));
  }
  return columns;
}

/// cbind(1, ...) of a model's columns.
std::string design(const Model& model, const Table& table) {
  std::string text = "cbind(rep(1, nrow(d))";
  for (const auto& term : model.terms()) {
    std::vector<std::string> products = {""};
    for (const Factor& factor : term) {
      std::vector<std::string> wider;
      for (const std::string& left : products) {
        for (const std::string& right : factor_columns(factor, table)) {
          wider.push_back(left.empty() ? right : left + " * " + right);
        }
      }
      products = std::move(wider);
    }
    for (const std::string& product : products) {
      text += ",\n           " + product;
    }
  }
  return text + ")";
}

/// Reading, complete rows, booleans as 0 and 1.
std::string head(const Table& table, const EffectRequest& request, const std::string& path,
                 const std::vector<std::string>& used) {
  std::string names;
  for (const std::string& name : used) {
    names += (names.empty() ? "" : ", ") + quoted(name);
  }
  std::string text = fmt::format(
      "# {} of {} on {}, {}: the same number as thaw, in base R.\n"
      "d <- read.csv({}, check.names = FALSE, stringsAsFactors = FALSE,\n"
      "              na.strings = c(\"\", \"NA\", \"N/A\", \"NaN\", \".\"))\n"
      "d <- d[complete.cases(d[, c({})]), ]\n",
      to_string(request.settings.method), request.question.treatment, request.question.outcome,
      to_string(request.settings.population), quoted(path), names);
  for (const std::string& name : used) {
    if (table.find(name)->type() == ColumnType::kBoolean) {
      text +=
          fmt::format("{0} <- as.numeric(toupper({0}) %in% c(\"TRUE\", \"1\"))\n", column(name));
    }
  }
  text += fmt::format("A <- {}\ny <- {}\n", column(request.question.treatment),
                      column(request.question.outcome));
  return text;
}

/// Who is averaged over, and the weights of that population.
std::string population(const Settings& settings) {
  switch (settings.population) {
    case Population::kTreated:
      return "who <- A\nw <- ifelse(A == 1, 1, e / (1 - e))\n";
    case Population::kUntreated:
      return "who <- 1 - A\nw <- ifelse(A == 1, (1 - e) / e, 1)\n";
    default:
      return "who <- rep(1, length(A))\nw <- ifelse(A == 1, 1 / e, 1 / (1 - e))\n";
  }
}

const char* rate(const Settings& settings) {
  switch (settings.population) {
    case Population::kTreated:
      return "m1 <- 0 * A; m0 <- (1 - A)\n";
    case Population::kUntreated:
      return "m1 <- -A; m0 <- 0 * A\n";
    default:
      return "m1 <- -A * (1 - e); m0 <- (1 - A) * e\n";
  }
}

std::string propensity(const Settings& settings) {
  return fmt::format(
      "p <- glm.fit(X, A, family = binomial(), control = list(epsilon = 1e-14, maxit = 100))\n"
      "e <- pmin(pmax(p$fitted.values, {0}), 1 - {0})\n",
      settings.bound);
}

std::string outcome_family(bool binary) {
  return binary ? "fam <- binomial()\n" : "fam <- gaussian()\n";
}

constexpr const char* kOls = R"(
a <- lm.fit(X, A)$residuals
r <- lm.fit(X, y)$residuals
est <- sum(a * r) / sum(a^2)
u <- r - est * a
df <- length(y) - ncol(X) - 1
)";

constexpr const char* kIv = R"(
a <- lm.fit(X, A)$residuals
r <- lm.fit(X, y)$residuals
Z <- as.matrix(lm.fit(X, Z)$residuals)
m <- Z %*% solve(crossprod(Z), crossprod(Z, a))
est <- sum(m * r) / sum(m * a)
u <- r - est * a
df <- length(y) - ncol(X) - 1
se <- sqrt(length(y) / df * sum((m * u)^2)) / abs(sum(m * a))
)";

constexpr const char* kIpw = R"(
arm <- function(on, move) {
  k <- w * on
  mu <- sum(k * y) / sum(k)
  known <- k * (y - mu) / sum(k)
  pull <- solve(crossprod(X * sqrt(p$fitted.values * (1 - p$fitted.values))),
                crossprod(X, move * w * on * (y - mu) / sum(k)))
  list(mu = mu, f = known + (A - p$fitted.values) * drop(X %*% pull))
}
)";

constexpr const char* kGFormula = R"(
arm <- function(on, D) {
  fit <- glm.fit(O[on, , drop = FALSE], y[on], family = fam,
                 control = list(epsilon = 1e-14, maxit = 100))
  b <- fit$coefficients
  g <- fam$linkinv(drop(D %*% b))
  s <- fam$mu.eta(drop(D %*% b))
  mu <- sum(who * g) / sum(who)
  v <- fam$mu.eta(drop(O %*% b))
  bread <- solve(crossprod(O[on, , drop = FALSE] * sqrt(v[on])))
  left <- ifelse(on, y - fam$linkinv(drop(O %*% b)), 0)
  list(mu = mu, f = who * (g - mu) / sum(who) +
         left * drop(O %*% (bread %*% crossprod(D, who * s / sum(who)))))
}
)";

constexpr const char* kAipw = R"(
arm <- function(on) {
  fit <- glm.fit(X[on, , drop = FALSE], y[on], family = fam,
                 control = list(epsilon = 1e-14, maxit = 100))
  g <- fam$linkinv(drop(X %*% fit$coefficients))
  mu <- (sum(who * g) + sum(w * on * (y - g))) / sum(who)
  list(mu = mu, f = sqrt(length(y) / (length(y) - 1)) *
         (who * (g - mu) + w * on * (y - g)) / sum(who))
}
one <- arm(A == 1)
none <- arm(A == 0)
)";

constexpr const char* kDifference =
    "est <- one$mu - none$mu\nse <- sqrt(sum((one$f - none$f)^2))\n";

Result<std::string> body(const Table& table, const EffectRequest& request, const PointData& data) {
  const Settings& s = request.settings;
  const std::string x = "X <- " + design(data.model, table) + "\n";
  switch (s.method) {
    case Method::kOls:
      return x + kOls +
             (s.model_variance ? "se <- sqrt(sum(u^2) / df / sum(a^2))\n"
                               : "se <- sqrt(length(y) / df * sum((a * u)^2)) / sum(a^2)\n");
    case Method::kIv: {
      std::string z = "Z <- cbind(";
      for (std::size_t k = 0; k < request.question.instruments.size(); ++k) {
        z += (k > 0 ? ", " : "") + column(request.question.instruments[k]);
      }
      return x + z + ")\n" + kIv;
    }
    case Method::kIpw:
      return x + propensity(s) + population(s) + rate(s) + kIpw +
             "one <- arm(A, m1)\nnone <- arm(1 - A, m0)\n" + kDifference;
    case Method::kAipw:
      return x + outcome_family(data.binary_outcome) + propensity(s) + population(s) + kAipw +
             kDifference;
    case Method::kGFormula:
      break;
    default:
      return invalid_argument(
          fmt::format("base R has no {}; scripts are for ols, gformula, ipw, "
                      "aipw and iv",
                      to_string(s.method)));
  }
  const bool own = !request.question.outcome_terms.empty();
  const std::string terms = own ? design(data.outcome_model, table) : "";
  const std::string treated = column(request.question.treatment);
  std::string text =
      x + outcome_family(data.binary_outcome) + "e <- rep(0.5, length(A))\n" + population(s);
  text += own ? "terms <- function(d) " + terms + "\nO <- terms(d)\nd1 <- d0 <- d\n" +
                    fmt::format("d1[[{0}]] <- 1\nd0[[{0}]] <- 0\n",
                                quoted(request.question.treatment)) +
                    "D1 <- terms(d1)\nD0 <- terms(d0)\n"
              : "O <- D1 <- D0 <- X\n";
  text += kGFormula;
  text += data.one_model
              ? "all <- rep(TRUE, length(A))\none <- arm(all, D1)\nnone <- arm(all, D0)\n"
              : "one <- arm(A == 1, D1)\nnone <- arm(A == 0, D0)\n";
  return text + kDifference;
}

}  // namespace

Result<std::string> r_script(const Table& table, const EffectRequest& request,
                             const std::string& path) {
  const Settings& s = request.settings;
  if (s.bootstrap > 0 || !request.question.cluster.empty() || s.learner != LearnerKind::kLinear ||
      s.folds > 1) {
    return invalid_argument(
        "an R script is written without --bootstrap, --cluster, --folds and --learner");
  }
  THAW_TRY(const PointData data, point_data(table, request.question));
  std::vector<std::string> used = data.model.columns();
  const std::vector<std::string> outcome_columns = data.outcome_model.columns();
  used.insert(used.end(), outcome_columns.begin(), outcome_columns.end());
  used.insert(used.end(), request.question.instruments.begin(), request.question.instruments.end());
  used.push_back(request.question.treatment);
  used.push_back(request.question.outcome);
  std::ranges::sort(used);
  used.erase(std::unique(used.begin(), used.end()), used.end());
  THAW_TRY(const std::string method, body(table, request, data));
  return head(table, request, path, used) + method +
         "cat(sprintf(\"%.15g\\n\", c(est, se)), sep = \"\")\n";
}

}  // namespace thaw::effect
