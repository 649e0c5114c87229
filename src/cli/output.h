// What commands write: answers to stdout, everything else to stderr, and files.
#pragma once

#include <boost/json/value.hpp>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace thaw::cli {

/// One JSON document on stdout, over several lines where a person would read it.
void print_document(const boost::json::value& document);

/// `text` and a line's end on stdout.
void print_line(std::string_view text);

/// "thaw: `text`" on stderr: what is going on, never part of an answer.
void tell(std::string_view text);

/// The bytes of the file at `path`. kNotFound when there is none, kInvalidArgument when it is over
/// 4 GiB or not a file, kUnavailable when it cannot be read.
Result<std::string> read_file(const std::filesystem::path& path);

/// Writes `bytes` to a new file beside `path`, then puts it in its place: the whole or nothing.
/// kUnavailable, one sentence, when the disk is full or the folder cannot be written.
Result<Done> write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace thaw::cli
