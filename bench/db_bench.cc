// Rows a second into and out of a store, beside plain sqlite3 calls in the same run.
// db_bench [postgresql://...] times that store too; its table `bench_item` is made and dropped.
#include <fmt/core.h>
#include <sqlite3.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>

#include "db/db.h"

namespace {

using thaw::Done;
using thaw::Result;
using thaw::db::Connection;
using thaw::db::Transaction;

constexpr int kRows = 300'000;
constexpr int kRounds = 3;
constexpr std::string_view kNote = "limb onset, riluzole since 2024-03";
constexpr const char* kCreate =
    "create table bench_item (id bigint primary key, score double precision, note text)";
constexpr const char* kInsert = "insert into bench_item (id, score, note) values (?1, ?2, ?3)";
constexpr const char* kSelect = "select id, score, note from bench_item";
constexpr std::array<std::string_view, 3> kColumns = {"id", "score", "note"};

double score(int id) {
  return static_cast<double>(id) / 7;
}

[[noreturn]] void stop(const std::string& why) {
  fmt::print(stderr, "{}\n", why);
  std::exit(1);
}
void must(const Result<Done>& done) {
  if (!done) {
    stop(done.error().message);
  }
}

// Rows a second of the quickest of kRounds.
double best(const std::function<void()>& prepare, const std::function<void()>& work) {
  double seconds = 1e9;
  for (int round = 0; round < kRounds; ++round) {
    prepare();
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    seconds = std::min(seconds, taken.count());
  }
  return kRows / seconds;
}

struct Rates {
  double insert;
  double append;
  double read;
};

class Raw {
 public:
  explicit Raw(const std::string& path) {
    sqlite3_open(path.c_str(), &handle_);
    execute(
        "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;"
        "pragma cache_size = -32768");
    execute(kCreate);
  }
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;
  ~Raw() { sqlite3_close(handle_); }

  void execute(const char* sql) {
    if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
      stop(sqlite3_errmsg(handle_));
    }
  }
  void insert() {
    execute("begin immediate");
    sqlite3_stmt* statement = prepare(kInsert);
    for (int id = 0; id < kRows; ++id) {
      sqlite3_bind_int64(statement, 1, id);
      sqlite3_bind_double(statement, 2, score(id));
      sqlite3_bind_text(statement, 3, kNote.data(), static_cast<int>(kNote.size()),
                        SQLITE_TRANSIENT);
      sqlite3_step(statement);
      sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
    execute("commit");
  }
  std::size_t read() {
    std::size_t sum = 0;
    sqlite3_stmt* statement = prepare(kSelect);
    while (sqlite3_step(statement) == SQLITE_ROW) {
      sum += static_cast<std::size_t>(sqlite3_column_int64(statement, 0));
      sum += sqlite3_column_double(statement, 1) > 0 ? 1 : 0;
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 2));
      sum += std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, 2))).size();
    }
    sqlite3_finalize(statement);
    return sum;
  }

 private:
  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(handle_, sql, -1, &statement, nullptr);
    return statement;
  }
  sqlite3* handle_ = nullptr;
};

void insert(Connection& store) {
  auto transaction = Transaction::begin(store).value();
  auto statement = store.prepare(kInsert).value();
  for (int id = 0; id < kRows; ++id) {
    statement->bind(1, id);
    statement->bind(2, score(id));
    statement->bind(3, kNote);
    statement->run().value();
  }
  must(transaction.commit());
}

void append(Connection& store) {
  auto transaction = Transaction::begin(store).value();
  auto rows = store.append("bench_item", kColumns).value();
  for (int id = 0; id < kRows; ++id) {
    rows->put(id);
    rows->put(score(id));
    rows->put(kNote);
    rows->end_row().value();
  }
  rows->finish().value();
  must(transaction.commit());
}

std::size_t read(Connection& store) {
  std::size_t sum = 0;
  auto statement = store.prepare(kSelect).value();
  while (statement->step().value()) {
    sum += static_cast<std::size_t>(*statement->integer(0));
    sum += *statement->real(1) > 0 ? 1 : 0;
    sum += statement->text(2)->size();
  }
  return sum;
}

Rates measure(Connection& store, std::size_t& sum) {
  const auto clear = [&] { must(store.execute("delete from bench_item")); };
  must(store.execute(kCreate));
  const Rates rates = {best(clear, [&] { insert(store); }), best(clear, [&] { append(store); }),
                       best([] {}, [&] { sum = read(store); })};
  must(store.execute("drop table bench_item"));
  return rates;
}

void print(std::string_view name, const Rates& rates, const Rates& raw) {
  fmt::print("{:<12} {:>10.0f} ({:.2f}) {:>10.0f} ({:.2f}) {:>10.0f} ({:.2f})\n", name,
             rates.insert, rates.insert / raw.insert, rates.append, rates.append / raw.append,
             rates.read, rates.read / raw.read);
}

}  // namespace

int main(int argc, char** argv) {
  std::string folder = (std::filesystem::temp_directory_path() / "db_bench-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) {
    stop("no temporary folder");
  }
  std::size_t raw_sum = 0;
  std::size_t sum = 0;
  Raw plain(folder + "/raw.db");
  const double raw_insert =
      best([&] { plain.execute("delete from bench_item"); }, [&] { plain.insert(); });
  const double raw_read = best([] {}, [&] { raw_sum = plain.read(); });
  const Rates raw = {raw_insert, raw_insert, raw_read};
  fmt::print("{} rows; rows/s (ratio to sqlite3)\n{:<12} {:>17} {:>17} {:>17}\n", kRows, "",
             "insert", "append", "read");
  print("sqlite3", raw, raw);
  print("sqlite", measure(*Connection::open(folder + "/thaw.db").value(), sum), raw);
  if (argc > 1) {
    auto store = Connection::open(argv[1]);
    if (!store) {
      stop(store.error().message);
    }
    print("postgresql", measure(**store, sum), raw);
  }
  std::filesystem::remove_all(folder);
  return sum == raw_sum ? 0 : 1;
}
