#include "api/speaker_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <condition_variable>

#include "care/care_schema.h"
#include "care/draft_store.h"
#include "care/phrase_store.h"
#include "care/secrets.h"
#include "gaze/word.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::chrono::seconds kComposingFor{6};
constexpr care::Moment kSendWithin = 5 * care::kMinute;
constexpr int kZoneMax = 14 * 60;

Result<json::value> parse_kept(const std::string& text) {
  boost::system::error_code error;
  json::value value = json::parse(text.empty() ? "null" : text, error);
  if (error) {
    return corrupt("a stored setting cannot be read");
  }
  return value;
}

std::vector<gaze::Phrase> bank_of(const std::vector<care::PhrasePage>& pages) {
  std::vector<gaze::Phrase> bank;
  for (const care::PhrasePage& page : pages) {
    for (const care::PhraseEntry& entry : page.phrases) {
      if (!entry.words_zh.empty()) {
        bank.push_back({gaze::Language::kChinese, entry.words_zh});
      }
    }
  }
  return bank;
}

/// `bank` with what has no readings yet cut by `engine`.
std::vector<gaze::Phrase> bank_by(const gaze::TextEngine& engine,
                                  const std::vector<care::PhrasePage>& pages) {
  std::vector<gaze::Phrase> bank = bank_of(pages);
  for (const care::PhrasePage& page : pages) {
    for (const care::PhraseEntry& entry : page.phrases) {
      if (entry.words_zh.empty() && !entry.text_zh.empty()) {
        bank.push_back(
            {gaze::Language::kChinese, engine.words_of(gaze::Language::kChinese, entry.text_zh)});
      }
      if (!entry.text_en.empty()) {
        bank.push_back(
            {gaze::Language::kEnglish, engine.words_of(gaze::Language::kEnglish, entry.text_en)});
      }
    }
  }
  return bank;
}

std::optional<int> zone_of(const json::object& settings) {
  const json::value* zone = settings.if_contains("zone_offset_min");
  return zone != nullptr && zone->is_int64() ? std::optional(static_cast<int>(zone->get_int64()))
                                             : std::nullopt;
}

Result<Done> check_settings(const json::object& settings) {
  const json::value* share = settings.if_contains("share_draft");
  if (share != nullptr && !share->is_bool()) {
    return invalid_argument("'share_draft' must be true or false");
  }
  const json::value* zone = settings.if_contains("zone_offset_min");
  const bool fits = zone == nullptr || zone->is_null() ||
                    (zone->is_int64() && std::abs(zone->get_int64()) <= kZoneMax);
  if (!fits) {
    return invalid_argument("'zone_offset_min' must be a whole number from -840 to 840, or null");
  }
  return Done{};
}

}  // namespace

std::vector<gaze::Said> history_of(std::vector<care::Utterance> newest_first) {
  std::vector<gaze::Said> history;
  for (auto each = newest_first.rbegin(); each != newest_first.rend(); ++each) {
    history.push_back({each->language, std::move(each->words), each->at / care::kSecond});
  }
  return history;
}

SpeakerDesk::SpeakerDesk(SpeakerOptions options, std::unique_ptr<db::Connection> connection)
    : options_(std::move(options)),
      boot_(care::new_id("boot", moment_of(*options_.clock))),
      door_(std::move(connection)),
      care_({&door_, &outbox_, &hub_, options_.clock, options_.call_command,
             [this] { return partners_.listening(); }}),
      outbox_(door_, options_.store_retry, options_.store_last_tries),
      partners_(door_, outbox_, *options_.clock) {}

Result<std::unique_ptr<SpeakerDesk>> SpeakerDesk::open(SpeakerOptions options) {
  THAW_TRY(auto pages, care::parse_phrase_pages(options.phrases));
  THAW_TRY(auto connection, options.open_store());
  THAW_CHECK(care::tune_for_speaking(*connection));
  auto desk =
      std::unique_ptr<SpeakerDesk>(new SpeakerDesk(std::move(options), std::move(connection)));
  desk->bundled_ = std::move(pages);
  THAW_CHECK(desk->load());
  return desk;
}

Result<Done> SpeakerDesk::load() {
  struct Kept {
    std::string settings, board;
    care::Draft draft;
  };
  THAW_TRY(const Kept kept, door_.with([](db::Connection& c) -> Result<Kept> {
    Kept out;
    THAW_TRY(out.settings, care::read_setting(c, "speak"));
    THAW_TRY(out.board, care::read_setting(c, "board"));
    THAW_TRY(out.draft, care::read_draft(c));
    return out;
  }));
  THAW_TRY(const json::value settings, parse_kept(kept.settings));
  THAW_TRY(board_, parse_kept(kept.board));
  THAW_TRY(const json::value draft, parse_kept(kept.draft.document));
  settings_ = settings.is_object() ? settings.get_object() : json::object();
  if (const json::value* text =
          draft.is_object() ? draft.get_object().if_contains("text") : nullptr;
      text != nullptr && text->is_string()) {
    draft_text_ = std::string(text->get_string());
  }
  const auto fixed = zone_of(settings_);
  THAW_CHECK(care_.open(fixed ? care::fixed_zone(*fixed) : options_.zone));
  THAW_CHECK(partners_.open());
  engine_ = std::make_unique<EngineRoom>([this] { return make_engine(); });
  if (options_.background) {
    care_.start();
  }
  watch_composing();
  return Done{};
}

Result<std::unique_ptr<gaze::TextEngine>> SpeakerDesk::make_engine() {
  gaze::EngineOptions engine;
  engine.use_libime = options_.use_libime;
  engine.zh_counts = options_.zh_counts;
  engine.en_counts = options_.en_counts;
  engine.tones = options_.tones;
  THAW_TRY(auto said, door_.with([](db::Connection& c) {
    return care::newest_utterances(c, kHistoryLearned);
  }));
  THAW_TRY(const auto pages, phrases());
  THAW_TRY(auto made, gaze::TextEngine::make(std::move(engine)));
  made->set_phrases(bank_by(*made, pages));
  made->forget_all_and_learn(history_of(std::move(said)));
  return made;
}

SpeakerDesk::~SpeakerDesk() {
  watcher_ = {};
  care_.stop();
  engine_.reset();
}

// Ends "composing" where a page that said it went away.
void SpeakerDesk::watch_composing() {
  watcher_ = std::jthread([this](const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      never.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
      bool over = false;
      {
        const std::lock_guard own(mutex_);
        over = composing_until_ && *composing_until_ <= std::chrono::steady_clock::now();
      }
      if (over) {
        set_composing(false);
      }
    }
  });
}

json::object SpeakerDesk::settings() const {
  const std::lock_guard lock(mutex_);
  return settings_;
}

bool SpeakerDesk::shares_draft() const {
  const std::lock_guard lock(mutex_);
  const json::value* share = settings_.if_contains("share_draft");
  return share != nullptr && share->is_bool() && share->get_bool();
}

Result<Done> SpeakerDesk::keep_settings(json::object settings) {
  THAW_CHECK(check_settings(settings));
  const std::string text = json::serialize(settings);
  THAW_CHECK(
      door_.with([&](db::Connection& c) { return care::write_setting(c, "speak", text, now()); }));
  const auto fixed = zone_of(settings);
  hub_.publish("settings", json::object{{"document", settings}}, EventHub::Audience::kOwn);
  bool moved = false;
  {
    const std::lock_guard lock(mutex_);
    moved = zone_of(settings_) != fixed;
    settings_ = std::move(settings);
  }
  if (moved) {
    care_.use_zone(fixed ? care::fixed_zone(*fixed) : options_.zone);
  }
  if (!shares_draft()) {  // what a listener showed of the draft goes at once
    hub_.publish("draft", json::object{{"text", nullptr}}, EventHub::Audience::kEveryone);
  }
  return Done{};
}

Result<std::vector<care::PhrasePage>> SpeakerDesk::phrases() {
  THAW_TRY(const auto changes,
           door_.with([](db::Connection& c) { return care::phrase_changes(c); }));
  return care::with_changes(bundled_, changes);
}

void SpeakerDesk::teach_phrases() {
  const auto pages = phrases();
  if (pages) {
    engine_->when_made(
        [pages = *pages](gaze::TextEngine& engine) { engine.set_phrases(bank_by(engine, pages)); });
  }
}

void SpeakerDesk::set_composing(bool composing) {
  {
    const std::lock_guard lock(mutex_);
    const bool was = composing_until_.has_value();
    composing_until_ =
        composing ? std::optional(std::chrono::steady_clock::now() + kComposingFor) : std::nullopt;
    if (was == composing) {
      return;
    }
    hub_.publish("composing", json::object{{"composing", composing}},
                 EventHub::Audience::kEveryone);
  }
}

bool SpeakerDesk::composing() const {
  const std::lock_guard lock(mutex_);
  return composing_until_.has_value();
}

void SpeakerDesk::set_draft_text(std::string text) {
  const bool shared = shares_draft();
  const std::lock_guard lock(mutex_);
  if (shared && text != draft_text_) {
    hub_.publish("draft", json::object{{"text", text}}, EventHub::Audience::kEveryone);
  }
  draft_text_ = std::move(text);
}

std::string SpeakerDesk::draft_text() const {
  const std::lock_guard lock(mutex_);
  return draft_text_;
}

json::value SpeakerDesk::board() const {
  const std::lock_guard lock(mutex_);
  return board_;
}

Result<Done> SpeakerDesk::keep_board(json::value board) {
  THAW_CHECK(door_.with([&](db::Connection& c) {
    return care::write_setting(c, "board", json::serialize(board), now());
  }));
  const std::lock_guard lock(mutex_);
  hub_.publish("board", board, EventHub::Audience::kEveryone);
  board_ = std::move(board);
  return Done{};
}

Result<std::string> SpeakerDesk::send_token(const std::string& question, const std::string& text) {
  THAW_TRY(std::string token, care::random_hex(16));
  const std::lock_guard lock(mutex_);
  std::erase_if(sendings_, [&](const Sending& each) {
    return each.question == question || each.until < now();
  });
  sendings_.push_back({question, token, text, now() + kSendWithin});
  return token;
}

std::optional<std::string> SpeakerDesk::take_send_text(const std::string& question,
                                                       std::string_view token) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(sendings_.begin(), sendings_.end(), [&](const Sending& each) {
    return each.question == question && care::same_secret(each.token, token) && now() < each.until;
  });
  if (found == sendings_.end()) {
    return std::nullopt;
  }
  std::string text = std::move(found->text);
  sendings_.erase(found);
  return text;
}

void add_speaker_routes(Site& site, SpeakerDesk& desk) {
  add_gaze_routes(site, desk);
  add_speak_routes(site, desk);
  add_question_routes(site, desk);
  add_care_routes(site, desk);
  add_partner_routes(site, desk);
  add_report_routes(site, desk);
}

}  // namespace thaw::api
