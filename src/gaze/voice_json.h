// The documents of a voice, for the command line and the pages alike: docs/formats/api.md.
#pragma once

#include <boost/json/object.hpp>

#include "gaze/tones.h"
#include "gaze/voice.h"

namespace thaw::gaze {

/// {"adapter", "note": {"en", "zh"} or null}.
boost::json::object voice_status_json(const VoiceStatus& status);

/// {"duration_ms", "times": "measured" or "estimated", "words": [{"index", "start_ms", "end_ms"}]}.
boost::json::object spoken_json(const Spoken& spoken);

/// What `thaw gaze say` prints: {"lang", "text", "pinyin" with citation tones, "sent": the text as
/// a speech engine gets it, "words": [{"index", "text", "pinyin"}]}.
boost::json::object said_json(Language language, const std::vector<Word>& words,
                              const Tones& tones);

/// Adds duration and times to it: "duration_ms", "times", "bytes", and "start_ms" and "end_ms" of
/// each word that sounds, null of the others.
void add_spoken(boost::json::object& document, const Spoken& spoken);

}  // namespace thaw::gaze
