// The documents of docs/formats/speak.md that the routes of one person answer with.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "api/event_hub.h"
#include "api/speaker_desk.h"
#include "care/draft_store.h"
#include "care/question_store.h"
#include "care/said_store.h"

namespace thaw::api {

/// {"revision","holder","draft"}; the draft as it is kept, byte by byte.
std::string draft_document(const care::Draft& draft);

boost::json::object said_event(const care::Utterance& said);  // id, at, lang, words, text
boost::json::object said_document(const std::vector<care::Utterance>& newest_first);

/// Numbers of each day, and of each answer sent from `since` on.
boost::json::object use_document(const std::vector<care::UseDay>& days,
                                 const std::vector<care::Question>& questions, care::Moment since);

/// Fills in what a change of a phrase leaves open: a new id, and where a removed one stood.
/// kNotFound: no such phrase to remove or change, or no such page.
Result<Done> settle_phrase_change(const std::vector<care::PhrasePage>& pages, bool removed,
                                  care::Moment now, care::PhraseChange& change);

/// "hello", and the call that is on.
EventHub::Events first_events(SpeakerDesk& desk);

}  // namespace thaw::api
