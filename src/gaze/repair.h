// What could stand in place of a word: homophones first, then others that fit between its
// neighbours.
#pragma once

#include <vector>

#include "gaze/en_model.h"
#include "gaze/text_engine.h"
#include "gaze/zh_model.h"

namespace thaw::gaze {

/// At most request.offers, texts unique, never the word itself. Within each kind, likeliest first
/// by the words before and the next word. `request` is clean UTF-8.
std::vector<Offer> zh_repair(const ZhModel& model, const RepairRequest& request);
std::vector<Offer> en_repair(const EnModel& model, const RepairRequest& request);

}  // namespace thaw::gaze
