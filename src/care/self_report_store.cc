#include "care/self_report_store.h"

namespace thaw::care {
namespace {

constexpr char kOpen = '-';

// Twelve signs, one an item: "0" to "4", or "-" where it was not answered.
std::string answers_text(const SelfReport& report) {
  std::string text;
  for (const auto& answer : report.answers) {
    text += answer ? static_cast<char>('0' + *answer) : kOpen;
  }
  return text;
}

Result<Done> read_answers(std::string_view text, SelfReport& report) {
  if (text.size() != report.answers.size()) {
    return corrupt("a stored self report has not twelve answers");
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == kOpen) {
      continue;
    }
    if (text[i] < '0' || text[i] > '0' + SelfReport::kAnswerMax) {
      return corrupt("a stored self report has an answer outside 0 to 4");
    }
    report.answers[i] = text[i] - '0';
  }
  return Done{};
}

Result<SelfReport> report_of(const db::Statement& row) {
  SelfReport report;
  report.id = row.text(0).value_or("");
  report.at = row.integer(1).value_or(0);
  THAW_TRY(report.day, parse_day(row.text(2).value_or("")));
  THAW_CHECK(read_answers(row.text(3).value_or(""), report));
  if (const auto tube = row.integer(4)) {
    report.gastrostomy = *tube != 0;
  }
  return report;
}

}  // namespace

Result<Done> keep_self_report(db::Connection& connection, const SelfReport& report) {
  THAW_CHECK(check_self_report(report));
  THAW_TRY(auto transaction, db::Transaction::begin(connection));
  THAW_TRY(auto erase, connection.prepare("delete from self_report where day = ?1"));
  erase->bind(1, to_string(report.day));
  THAW_CHECK(erase->run());
  THAW_TRY(auto insert,
           connection.prepare("insert into self_report (id, at_ms, day, answers, gastrostomy)"
                              " values (?1, ?2, ?3, ?4, ?5)"));
  insert->bind(1, report.id);
  insert->bind(2, report.at);
  insert->bind(3, to_string(report.day));
  insert->bind(4, answers_text(report));
  if (report.gastrostomy) {
    insert->bind(5, *report.gastrostomy ? 1 : 0);
  } else {
    insert->bind_null(5);
  }
  THAW_CHECK(insert->run());
  return transaction.commit();
}

Result<std::vector<SelfReport>> list_self_reports(db::Connection& connection) {
  THAW_TRY(auto rows, connection.prepare("select id, at_ms, day, answers, gastrostomy"
                                         " from self_report order by day collate \"C\""));
  std::vector<SelfReport> out;
  while (true) {
    THAW_TRY(const bool more, rows->step());
    if (!more) {
      return out;
    }
    THAW_TRY(SelfReport report, report_of(*rows));
    out.push_back(std::move(report));
  }
}

Result<Done> remove_self_report(db::Connection& connection, std::string_view id) {
  THAW_TRY(auto erase, connection.prepare("delete from self_report where id = ?1"));
  erase->bind(1, id);
  THAW_TRY(const std::int64_t gone, erase->run());
  if (gone == 0) {
    return not_found("no self report has this id");
  }
  return Done{};
}

}  // namespace thaw::care
