#include "api/speaker_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "api/json_text.h"
#include "care/answer_json.h"
#include "care/secrets.h"
#include "care/word_json.h"
#include "gaze/utf8.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

json::object use_json(const care::UseDay& day) {
  json::value rate;
  if (day.seconds > 0) {
    rate = static_cast<double>(day.characters) * 60 / day.seconds;
  }
  return {{"date", to_string(day.day)},
          {"selections", day.selections},
          {"characters", day.characters},
          {"undos", day.undos},
          {"offers_taken", day.offers_taken},
          {"seconds", day.seconds},
          {"characters_per_minute", std::move(rate)}};
}

json::object answer_use(const care::Question& question) {
  return {{"question", question.id},
          {"seconds", question.answer->seconds},
          {"selections", question.answer->selections},
          {"characters", gaze::utf8_length(care::answer_text(*question.answer))},
          {"sentences", question.answer->sentences.size()},
          {"sent_at", care::iso_text(*question.sent_at)}};
}

}  // namespace

std::string draft_document(const care::Draft& draft) {
  const json::value holder = draft.holder.empty() ? json::value() : json::value(draft.holder);
  return fmt::format("{{\"revision\":{},\"holder\":{},\"draft\":{}}}", draft.revision,
                     json_line(holder), draft.document);
}

json::object said_event(const care::Utterance& said) {
  return {{"id", said.id},
          {"at", care::iso_text(said.at)},
          {"lang", gaze::language_code(said.language)},
          {"words", care::words_json(said.words)},
          {"text", said.text}};
}

json::object said_document(const std::vector<care::Utterance>& newest_first) {
  json::array out;
  for (const care::Utterance& said : newest_first) {
    json::object document = said_event(said);
    document["selections"] = said.selections;
    document["undos"] = said.undos;
    document["seconds"] =
        static_cast<double>(std::max<care::Moment>(0, said.at - said.begun_at)) / 1000;
    document["question"] = said.question.empty() ? json::value() : json::value(said.question);
    out.push_back(std::move(document));
  }
  return {{"said", std::move(out)}};
}

json::object use_document(const std::vector<care::UseDay>& days,
                          const std::vector<care::Question>& questions, care::Moment since) {
  json::array listed;
  for (const care::UseDay& day : days) {
    listed.push_back(use_json(day));
  }
  json::array answers;
  for (const care::Question& question : questions) {
    if (question.sent_at && *question.sent_at >= since && question.answer) {
      answers.push_back(answer_use(question));
    }
  }
  return {{"days", std::move(listed)}, {"answers", std::move(answers)}};
}

Result<Done> settle_phrase_change(const std::vector<care::PhrasePage>& pages, bool removed,
                                  care::Moment now, care::PhraseChange& change) {
  const care::PhrasePage* stands_on = nullptr;
  for (const care::PhrasePage& page : pages) {
    if (std::any_of(page.phrases.begin(), page.phrases.end(),
                    [&](const care::PhraseEntry& entry) { return entry.id == change.id; })) {
      stands_on = &page;
    }
  }
  if ((removed || !change.id.empty()) && stands_on == nullptr) {
    return not_found("no phrase has this id");
  }
  if (removed) {
    change.removed = true;
    change.page = stands_on->id;
    return Done{};
  }
  if (std::none_of(pages.begin(), pages.end(),
                   [&](const care::PhrasePage& page) { return page.id == change.page; })) {
    return not_found("there is no phrase page of this name");
  }
  if (change.id.empty()) {
    change.id = care::new_id("phrase", now);
  }
  return Done{};
}

EventHub::Events first_events(SpeakerDesk& desk) {
  EventHub::Events first{
      {"hello", json::object{{"server", "thaw " THAW_VERSION}, {"boot", desk.boot()}}}};
  json::value call = desk.care().call_event();
  if (!call.at("call").is_null()) {
    first.emplace_back("call", std::move(call));
  }
  return first;
}

}  // namespace thaw::api
