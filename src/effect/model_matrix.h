// From terms in words, "age + age^2 + factor(site) + sex:age", to the columns of a regression.
//
// How terms are written says effect/formula.h. A category or boolean column, and factor() of a
// number, gives one 0/1 column for each level but the first (or the one that relevel() names);
// levels never seen when learning are an error later.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "effect/formula.h"
#include "stats/matrix.h"
#include "table/table.h"

namespace thaw::effect {

/// Terms with the levels of one table, so that another table gives columns of the same meaning.
class Model {
 public:
  /// Reads `terms` and learns levels from `table`. "1" or "" is the intercept alone; a term given
  /// twice counts once.
  /// Fails: kInvalidArgument where the text cannot be read (it shows the part), for a text or date
  /// column; kNotFound for an absent column.
  static Result<Model> learn(const Table& table, std::string_view terms);

  /// Names of the columns of matrix(); the first is "1".
  const std::vector<std::string>& names() const { return names_; }
  /// The terms with the levels learnt, in the order of matrix().
  const std::vector<std::vector<Factor>>& terms() const { return terms_; }
  /// What each term is called, and how many columns it gives; the intercept is no term.
  struct TermSize {
    std::string name;
    std::size_t columns;
  };
  const std::vector<TermSize>& term_sizes() const { return sizes_; }
  /// The table's columns that the terms use, each once.
  std::vector<std::string> columns() const;

  /// (rows, names): column 0 of ones, then the terms. Fails: kInvalidArgument for a missing value,
  /// a level not learnt, a log or root that is no number; kNotFound.
  Result<stats::Matrix> matrix(const Table& table) const;

 private:
  std::vector<Term> terms_;
  std::vector<std::string> names_;
  std::vector<TermSize> sizes_;
};

/// The columns that `terms` use, each once, without looking at a table. Fails as Model::learn does
/// for text that cannot be read.
Result<std::vector<std::string>> term_columns(std::string_view terms);

}  // namespace thaw::effect
