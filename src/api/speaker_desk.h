// Everything behind /speak, /partner and /care while the server runs, in one object.
//
// What a person writes stays on this machine: it is in the store, never in a log, and a paired
// device gets only what was said, and the draft where the person turned that on.
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/care_desk.h"
#include "api/engine_room.h"
#include "api/event_hub.h"
#include "api/outbox.h"
#include "api/partner_door.h"
#include "api/site.h"
#include "api/store_door.h"
#include "base/clock.h"
#include "care/phrases.h"
#include "care/said_store.h"
#include "gaze/own_text.h"

namespace thaw::api {

struct SpeakerOptions {
  std::function<Result<std::unique_ptr<db::Connection>>()> open_store;  // with the tables of care
  const Clock* clock = nullptr;
  std::string_view phrases;                  // data/gaze/phrases.json
  std::string_view zh_counts, en_counts;     // data/gaze/*.counts, "" where there are none
  std::shared_ptr<const gaze::Tones> tones;  // of words, for texts that were not typed
  std::vector<std::string> call_command;     // run at a call; empty: none
  std::string address = "127.0.0.1";         // that the server listens on
  std::uint16_t port = 0;
  care::Zone zone = care::system_zone();  // where the settings name none
  std::chrono::milliseconds store_retry = std::chrono::seconds(2);
  std::chrono::milliseconds store_last_tries = std::chrono::seconds(5);  // at the end
  bool use_libime = true;
  bool background = true;  // whether time passes by itself for care; tests say no
};

/// So many utterances, the newest, are learned from.
inline constexpr std::size_t kHistoryLearned = gaze::OwnText::kMostSentences;

/// What the text engine learns from: oldest first.
std::vector<gaze::Said> history_of(std::vector<care::Utterance> newest_first);

/// Safe to use from several threads; must outlive the Site and its answers.
class SpeakerDesk {
 public:
  /// kUnavailable, kCorrupt: the store; kCorrupt: the bundled phrases.
  static Result<std::unique_ptr<SpeakerDesk>> open(SpeakerOptions options);
  ~SpeakerDesk();
  SpeakerDesk(const SpeakerDesk&) = delete;
  SpeakerDesk& operator=(const SpeakerDesk&) = delete;

  StoreDoor& store() { return door_; }
  EventHub& hub() { return hub_; }
  CareDesk& care() { return care_; }
  PartnerDoor& partners() { return partners_; }
  EngineRoom& engine() { return *engine_; }
  Outbox& outbox() { return outbox_; }
  const SpeakerOptions& options() const { return options_; }
  const std::string& boot() const { return boot_; }
  care::Moment now() const { return moment_of(*options_.clock); }

  /// The settings document as kept, and whether it shares the draft. From memory.
  boost::json::object settings() const;
  bool shares_draft() const;
  /// Keeps and applies it. kInvalidArgument: 'share_draft' or 'zone_offset_min' of a wrong type.
  Result<Done> keep_settings(boost::json::object settings);

  /// The pages with the person's own changes.
  Result<std::vector<care::PhrasePage>> phrases();
  void teach_phrases();  // the engine, after a change

  void set_composing(bool composing);
  bool composing() const;

  /// The text of the draft as the page last told it, shown only where shares_draft().
  void set_draft_text(std::string text);
  std::string draft_text() const;

  /// The yes/no board, null where none is open. From memory.
  boost::json::value board() const;
  Result<Done> keep_board(boost::json::value board);

  /// A token for sending exactly `text` as the answer to `question`; and whether `token` is that
  /// one, within five minutes. A token serves once.
  Result<std::string> send_token(const std::string& question, const std::string& text);
  std::optional<std::string> take_send_text(const std::string& question, std::string_view token);

 private:
  explicit SpeakerDesk(SpeakerOptions options, std::unique_ptr<db::Connection> connection);
  Result<Done> load();
  Result<std::unique_ptr<gaze::TextEngine>> make_engine();
  void watch_composing();

  struct Sending {
    std::string question, token, text;
    care::Moment until = 0;
  };

  SpeakerOptions options_;
  std::string boot_;
  std::vector<care::PhrasePage> bundled_;
  StoreDoor door_;
  EventHub hub_;
  CareDesk care_;
  Outbox outbox_;  // ends before what it writes for
  PartnerDoor partners_;
  mutable std::mutex mutex_;  // of what stands below
  boost::json::object settings_;
  boost::json::value board_;
  std::string draft_text_;
  std::optional<std::chrono::steady_clock::time_point> composing_until_;
  std::vector<Sending> sendings_;
  std::unique_ptr<EngineRoom> engine_;
  std::jthread watcher_;
};

/// How long a page waits for the text engine after the start.
inline constexpr std::chrono::milliseconds kEnginePatience{2000};

// `desk` must outlive the site.
void add_gaze_routes(Site& site, SpeakerDesk& desk);      // /api/gaze/suggest, alternatives, words
void add_speak_routes(Site& site, SpeakerDesk& desk);     // /api/speak: draft, said, settings, ...
void add_question_routes(Site& site, SpeakerDesk& desk);  // /api/speak: questions and answers
void add_care_routes(Site& site, SpeakerDesk& desk);      // /api/care
void add_partner_routes(Site& site, SpeakerDesk& desk);   // /api/partner
void add_report_routes(Site& site, SpeakerDesk& desk);    // /api/care/report: own ALSFRS-R

/// All of them.
void add_speaker_routes(Site& site, SpeakerDesk& desk);

}  // namespace thaw::api
