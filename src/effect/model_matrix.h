// From terms in words, "age + age^2 + factor(site) + sex:age", to the columns of a regression.
//
// Terms are joined by +. A term is a column, column^K (K from 2 to 5), log(column), factor(column),
// or several of these joined by ':' for their product. A category or boolean column, and factor()
// of a number, gives one 0/1 column for each level but the first that occurs; levels never seen
// when learning are an error later. A name may hold anything but + : ^ ( ) and blanks at its ends.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "stats/matrix.h"
#include "table/table.h"

namespace thaw::effect {

/// A part of a term: one column and what is done to it.
struct Factor {
  enum class Kind { kNumber, kPower, kLog, kLevels };
  Kind kind;
  std::string column;
  int power = 1;
  std::vector<std::string> levels;  // of kLevels, the reference first
};

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
  /// The table's columns that the terms use, each once.
  std::vector<std::string> columns() const;

  /// (rows, names): column 0 of ones, then the terms. Fails: kInvalidArgument for a missing value,
  /// a level not learnt, a log of what is not above 0; kNotFound.
  Result<stats::Matrix> matrix(const Table& table) const;

 private:
  std::vector<std::vector<Factor>> terms_;
  std::vector<std::string> names_;
};

/// The columns that `terms` use, each once, without looking at a table. Fails as Model::learn does
/// for text that cannot be read.
Result<std::vector<std::string>> term_columns(std::string_view terms);

}  // namespace thaw::effect
