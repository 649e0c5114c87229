#include "exchange/import.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"
#include "base/text.h"
#include "evidence/import_store.h"
#include "evidence/vocabulary_store.h"
#include "exchange/byte_source.h"
#include "exchange/import_report.h"
#include "exchange/store_sink.h"

namespace thaw::exchange {
namespace {

constexpr std::size_t kHead = std::size_t{1} << 20U;

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return out;
}

/// The name by which formats recognise a file: without folders and .gz, lower case.
std::string plain_name(std::string_view file) {
  std::string name = lower(file.substr(file.find_last_of('/') + 1));
  if (name.ends_with(".gz")) {
    name.resize(name.size() - 3);
  }
  return name;
}

std::string choices() {
  std::vector<std::string> names;
  for (const Format& format : formats()) {
    names.emplace_back(format.name);
  }
  return join(names, ", ");
}

/// Where the same import stopped before, or its beginning.
Result<evidence::ImportPlace> find_place(db::Connection& connection, std::string_view name,
                                         std::uintmax_t size, const std::string& head,
                                         std::string_view format) {
  evidence::ImportPlace place;
  place.file = name;
  place.format = format;
  place.bytes = static_cast<std::int64_t>(size);
  place.head_digest = sha256_hex(head);
  place.id = sha256_hex(fmt::format("{}\n{}\n{}\n{}", name, size, place.head_digest, format))
                 .substr(0, 32);
  THAW_TRY(const auto before, evidence::import_place(connection, place.id));
  return before && !before->finished ? *before : place;
}

Error with_place(const Error& error, const ImportReport& report) {
  return {error.code, fmt::format("{}: {}; {} records before it were read and {} kept", report.file,
                                  error.message, report.records_read, report.kept())};
}

Result<ImportReport> run(db::Connection& connection, const Format& format, PeekedSource& bytes,
                         evidence::ImportPlace place, const ImportOptions& options,
                         const std::function<ImportProgress()>& where) {
  ImportReport report;
  if (place.records > 0) {
    THAW_TRY(report, report_from_json(place.report));
  }
  report.file = place.file;
  report.format = format.name;
  StoreSink sink(connection, std::move(place), options, std::move(report));
  sink.set_progress(where);
  if (const auto read = format.read(bytes, sink); !read) {
    if (sink.sound()) {
      THAW_CHECK(sink.commit());
    }
    return with_place(read.error(), sink.report());
  }
  THAW_CHECK(sink.finish());
  const ImportReport& done = sink.report();
  if (done.kept() == 0) {
    const std::string first =
        done.refused.empty()
            ? "it holds no record"
            : fmt::format("line {}: {}", done.refused.front().line, done.refused.front().reason);
    return invalid_argument(fmt::format("{}: nothing could be kept; {}", done.file, first));
  }
  return done;
}

Result<ImportReport> import_from(db::Connection& connection, ByteSource& bytes,
                                 std::string_view name, std::uintmax_t size,
                                 const ImportOptions& options,
                                 const std::function<ImportProgress()>& where) {
  THAW_CHECK(evidence::migrate_vocabulary(connection));
  auto peeked = PeekedSource::open(bytes, kHead);
  if (!peeked) {
    return peeked.error();
  }
  THAW_TRY(const Format* format, choose_format(options.format, name, (*peeked)->head()));
  THAW_TRY(auto place, find_place(connection, name, size, (*peeked)->head(), format->name));
  return run(connection, *format, **peeked, std::move(place), options, where);
}

}  // namespace

Result<const Format*> choose_format(std::string_view as, std::string_view file_name,
                                    std::string_view head) {
  const auto all = formats();
  if (!as.empty()) {
    const auto named = std::ranges::find(all, as, &Format::name);
    if (named == all.end()) {
      return invalid_argument(
          fmt::format("'{}' is no format that can be read; choose --as of {}", as, choices()));
    }
    return &*named;
  }
  const std::string name = plain_name(file_name);
  if (head.starts_with("\xEF\xBB\xBF")) {
    head.remove_prefix(3);
  }
  for (const Format& format : all) {
    if (format.recognises(name, head)) {
      return &format;
    }
  }
  return invalid_argument(
      fmt::format("{}: its format is not clear; choose --as of {}", file_name, choices()));
}

Result<ImportReport> import_file(db::Connection& connection, const std::filesystem::path& path,
                                 const ImportOptions& options) {
  const std::string name = options.name.empty() ? path.string() : options.name;
  THAW_TRY(const auto file, FileSource::open(path, name));
  return import_from(connection, *file, name, file->size(), options, [&] {
    return ImportProgress{.bytes = file->taken(), .bytes_total = file->size()};
  });
}

Result<ImportReport> import_bytes(db::Connection& connection, ByteSource& bytes,
                                  std::string_view name, std::uintmax_t size,
                                  const ImportOptions& options) {
  return import_from(connection, bytes, name, size, options, nullptr);
}

}  // namespace thaw::exchange
