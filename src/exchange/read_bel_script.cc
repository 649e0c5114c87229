// BEL script: SET lines that hold for the statements after them, then one statement a line.
#include <fmt/format.h>

#include "base/text.h"
#include "exchange/bel_statement.h"
#include "exchange/line_reader.h"
#include "exchange/readers.h"

namespace thaw::exchange {
namespace {

/// The parts of {"a", "b"} or of one quoted or bare text.
std::vector<std::string> values_of(std::string_view text) {
  text = trim(text);
  if (text.starts_with('{') && text.ends_with('}')) {
    text = text.substr(1, text.size() - 2);
  }
  std::vector<std::string> out;
  std::string part;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && i + 1 < text.size()) {
      part += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      out.emplace_back(trim(part));
      part.clear();
    } else {
      part += c;
    }
  }
  out.emplace_back(trim(part));
  return out;
}

void set(BelContext& context, std::string_view name, std::string_view value) {
  const std::string key = fold(name);
  auto values = values_of(value);
  if (key == "citation") {
    const std::string reference = values.size() > 2 ? values[2] : values.back();
    context.citation = bel_citation(values.size() > 1 ? values[0] : "", reference);
    context.evidence.clear();
  } else if (key == "evidence" || key == "supportingtext" || key == "support") {
    context.evidence = join(values, ", ");
  } else if (key != "statement group" && key != "statement_group" && !key.starts_with("document")) {
    context.annotations[std::string(name)] = join(values, ", ");
  }
}

void unset(BelContext& context, std::string_view name) {
  const std::string key = fold(name);
  if (key == "citation" || key == "all") {
    context.citation.clear();
    context.evidence.clear();
  }
  if (key == "evidence" || key == "supportingtext") {
    context.evidence.clear();
  }
  if (key == "all" || key == "statement_group") {
    context.annotations.clear();
  }
  context.annotations.erase(std::string(name));
}

/// True when `line` was a directive.
bool take_directive(std::string_view line, BelContext& context) {
  if (line.starts_with("DEFINE ")) {
    return true;
  }
  if (line.starts_with("UNSET ")) {
    unset(context, trim(line.substr(6)));
    return true;
  }
  if (!line.starts_with("SET ")) {
    return false;
  }
  const auto equals = line.find('=');
  if (equals != std::string_view::npos) {
    set(context, trim(line.substr(4, equals - 4)), line.substr(equals + 1));
  }
  return true;
}

Result<Batch> batch_of(std::string_view line, const BelContext& context) {
  THAW_TRY(const auto parts, split_bel_statement(line));
  if (parts.size() < 3) {
    return invalid_argument("a single term says nothing of two things");
  }
  THAW_TRY(const auto subject, parse_bel_term(parts[0]));
  THAW_TRY(const auto object, parse_bel_term(parts[2]));
  return bel_batch(subject, parts[1], object, context);
}

}  // namespace

bool is_bel_script(std::string_view name, std::string_view head) {
  return name.ends_with(".bel") || (head.find("SET Citation") != std::string_view::npos &&
                                    head.find("DEFINE ") != std::string_view::npos);
}

Result<Done> read_bel_script(ByteSource& bytes, Sink& sink) {
  LineReader lines(bytes);
  Line line;
  Place place;
  BelContext context;
  std::string whole;
  std::size_t begun = 0;
  while (true) {
    THAW_TRY(const bool more, lines.next(line));
    if (!more && whole.empty()) {
      return Done{};
    }
    if (more && !line.fault.empty()) {
      place = {line.number, place.record + 1};
      sink.refuse(place, line.fault);
      whole.clear();
      continue;
    }
    if (more) {
      begun = whole.empty() ? line.number : begun;
      std::string_view text = trim(line.text);
      const bool goes_on = text.ends_with('\\') && whole.size() < kMostRecordBytes;
      whole += goes_on ? text.substr(0, text.size() - 1) : text;
      if (goes_on) {
        whole += ' ';
        continue;
      }
    }
    const std::string statement = std::move(whole);
    whole.clear();
    const std::string_view text = trim(statement);
    if (text.empty() || text.front() == '#' || take_directive(text, context)) {
      continue;
    }
    place = {begun, place.record + 1};
    auto batch = batch_of(text, context);
    if (!batch) {
      sink.refuse(place, batch.error().message);
      continue;
    }
    THAW_CHECK(sink.keep(place, std::move(batch).value()));
  }
}

}  // namespace thaw::exchange
