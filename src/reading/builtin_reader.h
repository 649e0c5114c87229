// The reader that is part of the program: English and Chinese abstracts, no network, no large
// model.
//
// Names are found by the grounder, by the text's own abbreviations and by how variants are written;
// two things of an English text are judged by the relation model over the whole text; sentence
// rules give trigger, direction, negation and doubt, and carry alone what the model does not know:
// Chinese, and outcomes and processes. Measured: docs/methods/reader.md.
#pragma once

#include <optional>
#include <string>

#include "evidence/grounding.h"
#include "reading/reading.h"
#include "reading/relation_model.h"

namespace thaw::reading {

inline constexpr std::string_view kBuiltinReaderName = "thaw-reader-1";

class BuiltinReader final : public Reader {
 public:
  struct Settings {
    std::optional<double> threshold;  // least probability of a claim; none: the model's default for
                                      // judged pairs, kLeastRule for claims by rule alone
  };
  static constexpr double kLeastRule = 0.5;
  static constexpr std::size_t kLongestText = 1'000'000;  // bytes

  /// All must outlive it. `knowledge` tells which outcomes are wanted.
  BuiltinReader(const evidence::Grounder& grounder, const evidence::Knowledge& knowledge,
                const RelationModel& model, Settings settings);

  std::string name() const override { return std::string(kBuiltinReaderName); }

  /// kInvalidArgument when the text is empty, too long or not UTF-8.
  Result<Reading> read(const evidence::Document& document) override;

 private:
  const evidence::Grounder* grounder_;
  const evidence::Knowledge* knowledge_;
  const RelationModel* model_;
  Settings settings_;
};

}  // namespace thaw::reading
