// What one evidence entry of dismech says, shared by its two forms.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "base/result.h"
#include "exchange/format.h"

namespace thaw::exchange {

/// Where an evidence entry stands in a disease's file.
struct DismechPlace {
  std::string disease, disease_id;  // the id may be empty
  std::string section;              // "pathophysiology", "treatments", ...
  std::string item;                 // the entry's name in the section
  std::string target;               // of a downstream edge; else empty
};

/// One item. kInvalidArgument: a section that relates nothing to the disease ("prevalence"), a
/// verdict or reference that is not known.
Result<Batch> dismech_batch(const DismechPlace& place, const boost::json::object& given);

}  // namespace thaw::exchange
