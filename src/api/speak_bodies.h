// The bodies of requests about writing, saying and care, read strictly from outside bytes.
//
// Each reader gives kInvalidArgument with one sentence for what is not as docs/formats/speak.md and
// care.md say: not JSON, a lone surrogate, an unknown key, a wrong type, too long. Check:
// speak_bodies_test.cc, and the fuzz target speak_body_fuzz.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "care/moment.h"
#include "care/phrases.h"
#include "care/question_store.h"
#include "care/reminder.h"
#include "gaze/text_engine.h"

namespace thaw::api {

inline constexpr std::size_t kDraftBytesMax = 512 * 1024;
inline constexpr std::size_t kSettingsBytesMax = 16 * 1024;
inline constexpr std::size_t kNameCharactersMax = 60;
inline constexpr std::size_t kQuestionBytesMax = 6000;  // 2,000 Hanzi

struct SelectBody {
  std::string client;
  std::int64_t revision = 0;
  std::string act, key;
  std::string draft;                      // the document, as it is kept
  std::optional<std::string> draft_text;  // its member "text"
};
Result<SelectBody> read_select(std::string_view body);

struct SaidBody {
  std::string client;
  gaze::Language language = gaze::Language::kChinese;
  std::vector<gaze::Word> words;
  std::int64_t selections = 0, undos = 0;
  care::Moment begun_at = 0;
  std::optional<double> seconds;  // by a clock that nobody sets; goes before `begun_at`
  std::string question;
};
Result<SaidBody> read_said(std::string_view body);

Result<gaze::SuggestRequest> read_suggest(std::string_view body);
Result<gaze::RepairRequest> read_alternatives(std::string_view body);

struct TextBody {
  gaze::Language language = gaze::Language::kChinese;
  std::string text;
};
Result<TextBody> read_text(std::string_view body);

/// {"id"?,"page","place","text":{"en","zh"}}; the id is empty for a new phrase.
Result<care::PhraseChange> read_phrase(std::string_view body);

/// A question as it is asked; id and time are not set.
Result<care::Question> read_asked(std::string_view body);

struct AnswerBody {
  std::string client, question;
  care::Answer answer;
};
Result<AnswerBody> read_answer(std::string_view body);

/// {"id"?,"kind","text","every_min","at","from","until","enabled","escalate_after_min"}.
Result<care::Reminder> read_reminder(std::string_view body);

/// The text of each of `keys`, in their order; a key that ends with '?' may be missing (""). Other
/// keys are refused, and texts over kNameCharactersMax code points or with control characters.
Result<std::vector<std::string>> read_texts(std::string_view body,
                                            const std::vector<std::string_view>& keys);

struct DoneBody {
  std::string reminder, name, by;
  std::optional<int> minutes;
  std::optional<care::Moment> acts_on;  // "due_at", as it was shown
};
/// {"reminder","name","by"?,"due_at"?} or, with `snooze`, "minutes" beside them.
Result<DoneBody> read_done(std::string_view body, bool snooze);

struct SeenBody {
  std::vector<std::string> missed;
  std::string name;
};
Result<SeenBody> read_seen(std::string_view body);

/// {"composing":bool}.
Result<bool> read_composing(std::string_view body);

/// {"question":text|null}: nothing closes the board.
Result<std::optional<std::string>> read_board(std::string_view body);

/// The settings document within kSettingsBytesMax: the body itself, or its member "document".
Result<boost::json::object> read_settings(std::string_view body);

}  // namespace thaw::api
