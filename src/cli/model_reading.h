// Reading through a language model from the command line: its options, its set-up, its report.
#pragma once

#include <boost/json/object.hpp>
#include <memory>
#include <string>

#include "cli/options.h"
#include "db/db.h"
#include "evidence/grounding.h"
#include "reading/reading.h"

namespace thaw::cli {

struct ModelArguments {
  std::string endpoint, model;
  std::size_t budget_tokens = 0, max_documents = 0;
  double faithful = 0.5;
};

/// The options that `--reader llm` has, on `verb`.
void add_model_options(CLI::App& verb, ModelArguments& given);

/// Everything that one run needs, tied together.
class ModelReading {
 public:
  /// The key is read from THAW_LLM_KEY. All must outlive it. kInvalidArgument: no endpoint or
  /// model.
  static Result<std::unique_ptr<ModelReading>> make(db::Connection& connection,
                                                    const evidence::Grounder& grounder,
                                                    const ModelArguments& given,
                                                    const Options& options);
  ~ModelReading();

  reading::Reader& reader();

  /// Says how far it is after `done` of `total` documents.
  void tell_progress(std::size_t done, std::size_t total) const;

  /// Why nothing more is asked; empty: it goes on.
  const std::string& ended() const;

  /// What was asked, what it cost, and what left this machine.
  boost::json::object report() const;

 private:
  struct Parts;
  explicit ModelReading(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace thaw::cli
