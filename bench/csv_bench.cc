// How fast CSV becomes a table, on one core, beside a bare pass of memchr over the same bytes.
//
// Text: 12 columns in the mixture of a registry export (4 real, 3 integer, 3 category, 2 boolean),
// the same with a date, and a wide table of reals. Figures: CPU time, median of 7 reads.
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "base/random.h"
#include "table/csv.h"

namespace {

constexpr std::size_t kBytes = 32U << 20U;
constexpr int kRuns = 7;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Median MB/s (1e6 bytes) of `work` over `bytes` bytes.
double megabytes_per_second(std::size_t bytes, const std::function<void()>& work) {
  std::array<double, kRuns> seconds{};
  for (auto& s : seconds) {
    const double start = cpu_seconds();
    work();
    s = cpu_seconds() - start;
  }
  std::ranges::sort(seconds);
  return static_cast<double>(bytes) / seconds[kRuns / 2] / 1e6;
}

std::string registry_text(bool with_date) {
  thaw::Random random(1);
  const std::array<const char*, 3> sites = {"limb", "bulbar", "respiratory"};
  std::string out = "id,age,sex,site,slope,fvc,weight,visits,riluzole,score,treated,country";
  out += with_date ? ",seen\n" : "\n";
  for (int id = 1; out.size() < kBytes; ++id) {
    out += fmt::format(
        "{},{:.1f},{},{},{:.6f},{:.2f},{:.1f},{},{},{},{},c{}", id, 55 + 11 * random.normal(),
        random.bernoulli(0.5) ? "male" : "female", sites[random.index(3)], random.normal(),
        80 + 20 * random.normal(), 70 + 12 * random.normal(), random.index(30), random.index(2),
        random.index(49), random.bernoulli(0.4) ? "true" : "false", random.index(40));
    out += with_date ? fmt::format(",20{:02}-{:02}-{:02}\n", random.index(25), 1 + random.index(12),
                                   1 + random.index(28))
                     : "\n";
  }
  return out;
}

std::string wide_text() {
  thaw::Random random(2);
  std::string out;
  for (int column = 0; column < 370; ++column) {
    out += fmt::format("x{}{}", column, column == 369 ? '\n' : ',');
  }
  while (out.size() < kBytes) {
    for (int column = 0; column < 370; ++column) {
      out += fmt::format("{}{}", random.normal(), column == 369 ? '\n' : ',');
    }
  }
  return out;
}

void row(const char* name, const std::string& text, const thaw::CsvOptions& options) {
  const double limit = megabytes_per_second(text.size(), [&] {
    std::size_t lines = 0;
    const char* const end = text.data() + text.size();
    const void* at = text.data();
    while ((at = std::memchr(at, '\n',
                             static_cast<std::size_t>(end - static_cast<const char*>(at)))) !=
           nullptr) {
      at = static_cast<const char*>(at) + 1;
      ++lines;
    }
    if (lines == 0) {
      fmt::print("no line\n");
    }
  });
  std::string error;
  const double speed = megabytes_per_second(text.size(), [&] {
    const auto table = thaw::read_csv(text, name, options);
    error = table ? error : table.error().message;
  });
  fmt::print("{:<40} {:>8.0f} {:>14.0f} {:>8.3f} {}\n", name, speed, limit, speed / limit, error);
}

}  // namespace

int main() {
  using thaw::ColumnType;
  thaw::CsvOptions typed;
  typed.other_type = ColumnType::kReal;
  for (const auto* name : {"id", "visits", "score"}) {
    typed.columns[name].type = ColumnType::kInteger;
  }
  for (const auto* name : {"sex", "site", "country"}) {
    typed.columns[name].type = ColumnType::kCategory;
  }
  for (const auto* name : {"riluzole", "treated"}) {
    typed.columns[name].type = ColumnType::kBoolean;
  }
  thaw::CsvOptions reals;
  reals.other_type = ColumnType::kReal;
  thaw::CsvOptions dated = typed;
  dated.columns["seen"].type = ColumnType::kDate;
  fmt::print("{:<40} {:>8} {:>14} {:>8}\n", "read_csv, one core, CPU time", "MB/s", "memchr MB/s",
             "ratio");
  const std::string registry = registry_text(false);
  row("numbers and categories, types given", registry, typed);
  row("numbers and categories, types inferred", registry, {});
  row("the same with a date, types given", registry_text(true), dated);
  row("370 reals of 17 digits, types given", wide_text(), reals);
}
