#include "care/care_schema.h"

#include <array>

namespace thaw::care {
namespace {

// Times are milliseconds since 1970 in UTC. Words, drafts, settings and answers are JSON texts.
constexpr std::array<db::Migration, 3> kMigrations = {{{1, R"sql(
create table speak_draft (id bigint primary key, revision bigint not null, holder text not null,
  document text not null, changed_ms bigint not null);
create table selection_log (id {id}, at_ms bigint not null, act text not null,
  key_class text not null);
create index selection_log_time on selection_log (at_ms);
create table utterance (seq {id}, id text not null unique, at_ms bigint not null,
  lang text not null, text text not null, words text not null, selections bigint not null,
  undos bigint not null, begun_ms bigint not null, question_id text not null);
create index utterance_time on utterance (at_ms);
create table phrase (id text primary key, page text not null, place bigint not null,
  text_en text not null, text_zh text not null, removed bigint not null);
create table question (seq {id}, id text not null unique, from_name text not null,
  text text not null, lang text not null, source text not null, item text not null,
  asked_ms bigint not null, sent_ms bigint, answer text, seconds double precision not null,
  selections bigint not null);
create table speak_setting (name text primary key, document text not null,
  changed_ms bigint not null);
create table reminder (id text primary key, place bigint not null, kind text not null,
  text_en text not null, text_zh text not null, every_min bigint, at_times text not null,
  from_min bigint, until_min bigint, enabled bigint not null, escalate_after_min bigint,
  removed bigint not null, anchor_ms bigint not null, due_ms bigint,
  snoozed_until_ms bigint not null,
  snooze_min bigint not null, escalated_ms bigint not null);
create table care_event (seq {id}, id text not null unique, at_ms bigint not null,
  what text not null, kind text not null, reminder_id text not null, call_id text not null,
  about_id text not null, name text not null, by_whom text not null, late_min bigint,
  due_ms bigint, times bigint not null);
create index care_event_time on care_event (at_ms);
create table partner (name text primary key, token_hash text not null unique,
  paired_ms bigint not null, seen_ms bigint not null);
)sql"},
                                                       {2, R"sql(
create table self_report (seq {id}, id text not null unique, at_ms bigint not null,
  day text not null unique, answers text not null, gastrostomy bigint);
)sql"},
                                                       {3, R"sql(
alter table reminder add column done_ms bigint not null default 0;
)sql"}}};

}  // namespace

Result<Done> migrate_care(db::Connection& connection) {
  return db::migrate(connection, "care", kMigrations);
}

Result<Done> tune_for_speaking(db::Connection& connection) {
  if (connection.engine() == db::Engine::kSqlite) {
    return connection.execute("pragma busy_timeout = 3000; pragma secure_delete = on");
  }
  return connection.execute("set lock_timeout = '3s'; set statement_timeout = '10s'");
}

}  // namespace thaw::care
