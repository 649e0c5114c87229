// Written sequence variants: rs429358, p.Asp90Ala, D90A, c.262G>A, g.123_125del.
//
// Method: the forms of HGVS and dbSNP (den Dunnen 2016, Hum Mutat 37:564), without looking whether
// the position exists. Checked by variant_names_test.cc.
#pragma once

#include <string_view>
#include <vector>

#include "reading/reading.h"

namespace thaw::reading {

/// Places of variants in `text`, in order.
std::vector<Span> find_variants(std::string_view text);

}  // namespace thaw::reading
