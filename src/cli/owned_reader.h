// The built-in reader with everything that it needs, in one piece.
#pragma once

#include <memory>
#include <optional>

#include "evidence/grounding.h"
#include "reading/builtin_reader.h"
#include "reading/relation_model.h"

namespace thaw::cli {

class OwnedReader final : public reading::Reader {
 public:
  /// `knowledge` must outlive it. `threshold`: least probability of a claim; none: the default.
  static Result<std::unique_ptr<OwnedReader>> make(const evidence::Knowledge& knowledge,
                                                   std::optional<double> threshold);

  std::string name() const override { return reader_.name(); }
  Result<reading::Reading> read(const evidence::Document& document) override {
    return reader_.read(document);
  }

  const evidence::Grounder& grounder() const { return grounder_; }
  double default_threshold() const { return static_cast<double>(model_.default_threshold); }

 private:
  OwnedReader(const evidence::Knowledge& knowledge, reading::RelationModel model,
              std::optional<double> threshold);

  evidence::NameBook book_;
  evidence::Grounder grounder_;
  reading::RelationModel model_;
  reading::BuiltinReader reader_;
};

}  // namespace thaw::cli
