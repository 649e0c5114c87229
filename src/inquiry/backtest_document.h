// The `backtest` document of docs/formats/mechanisms.md.
#pragma once

#include <boost/json/object.hpp>

#include "inquiry/backtest.h"

namespace thaw::inquiry {

boost::json::object backtest_document(const Backtest& test, const evidence::Knowledge& knowledge);

}  // namespace thaw::inquiry
