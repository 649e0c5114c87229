#include "cli/owned_reader.h"

#include "cli/bundled_model.h"

namespace thaw::cli {

OwnedReader::OwnedReader(const evidence::Knowledge& knowledge, reading::RelationModel model,
                         std::optional<double> threshold)
    : book_(evidence::name_book_of(knowledge)),
      grounder_(book_, &knowledge),
      model_(std::move(model)),
      reader_(grounder_, knowledge, model_, {threshold}) {}

Result<std::unique_ptr<OwnedReader>> OwnedReader::make(const evidence::Knowledge& knowledge,
                                                       std::optional<double> threshold) {
  THAW_TRY(auto model, bundled_relation_model());
  return std::unique_ptr<OwnedReader>(new OwnedReader(knowledge, std::move(model), threshold));
}

}  // namespace thaw::cli
