// SIF, the simple interaction format of Cytoscape: "source relation target ..." a line.
//
// A SIF file names no source of what it says: all of it is one unsourced collection, which speaks
// once and as opinion.
#include <fmt/format.h>

#include "base/text.h"
#include "exchange/draft.h"
#include "exchange/line_reader.h"
#include "exchange/readers.h"

namespace thaw::exchange {
namespace {

std::vector<std::string_view> words_of(std::string_view line) {
  const bool tabs = line.find('\t') != std::string_view::npos;
  std::vector<std::string_view> out;
  for (const auto& part : split(line, tabs ? '\t' : ' ')) {
    if (!trim(part).empty()) {
      out.push_back(trim(part));
    }
  }
  return out;
}

evidence::Concept node_of(std::string_view text) {
  const auto colon = text.find(':');
  return colon != std::string_view::npos && colon > 0 ? mention_of(text, "", "")
                                                      : mention_of("", text, "");
}

Result<Batch> batch_of(const std::vector<std::string_view>& words) {
  std::string_view relation = words[1];
  const auto meaning = meaning_of(relation == "+"   ? "increases"
                                  : relation == "-" ? "decreases"
                                                    : relation);
  Batch batch;
  evidence::Source source{.id = "collection:sif", .citation = "a SIF file, which names no source"};
  batch.cited.push_back(source);
  batch.mentioned.push_back(node_of(words[0]));
  for (std::size_t i = 2; i < words.size(); ++i) {
    batch.mentioned.push_back(node_of(words[i]));
    evidence::Item item;
    item.subject = batch.mentioned.front().id;
    item.object = batch.mentioned.back().id;
    // A relation that the table does not know is kept by its word, as an association.
    apply(meaning.value_or(RelationMeaning{relation, 0, false}), item);
    item.study_kind = "opinion";
    item.extractor = "sif";
    item.source = source.id;
    item.id = content_id("sif", {item.subject, relation, item.object});
    batch.items.push_back(std::move(item));
  }
  return batch;
}

}  // namespace

bool is_sif(std::string_view name, std::string_view /*head*/) {
  return name.ends_with(".sif");
}

Result<Done> read_sif(ByteSource& bytes, Sink& sink) {
  LineReader lines(bytes);
  Line line;
  Place place;
  while (true) {
    THAW_TRY(const bool more, lines.next(line));
    if (!more) {
      return Done{};
    }
    if (trim(line.text).empty() && line.fault.empty()) {
      continue;
    }
    place = {line.number, place.record + 1};
    const auto words = words_of(line.text);
    if (!line.fault.empty() || words.size() < 3) {
      sink.refuse(place, line.fault.empty() ? "a line needs a source, a relation and a target"
                                            : line.fault);
      continue;
    }
    if (words.size() > 10'000) {
      sink.refuse(place, "more than 10,000 targets in one line");
      continue;
    }
    THAW_TRY(auto batch, batch_of(words));
    THAW_CHECK(sink.keep(place, std::move(batch)));
  }
}

}  // namespace thaw::exchange
