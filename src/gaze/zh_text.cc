#include "gaze/zh_text.h"

#include <algorithm>
#include <array>

#include "gaze/en_text.h"
#include "gaze/tones.h"
#include "gaze/utf8.h"

namespace thaw::gaze {
namespace {

constexpr std::size_t kContextHanzi = 16;

bool is_wide_mark(char32_t code) {
  return (code >= 0x3001 && code <= 0x3002) || (code >= 0x3008 && code <= 0x3011) ||
         (code >= 0xff01 && code <= 0xff0f) || (code >= 0xff1a && code <= 0xff20) ||
         (code >= 0x2010 && code <= 0x2026);
}

bool is_narrow_mark(char c) {
  return std::string_view(",.!?;:\"'()-").find(c) != std::string_view::npos;
}

/// Marks after which the model begins a clause.
bool parts_clauses(const std::string& mark) {
  constexpr std::array<std::string_view, 8> kMarks{"，", ",", "；", ";", "：", ":", "、", "…"};
  return std::find(kMarks.begin(), kMarks.end(), mark) != kMarks.end();
}

}  // namespace

std::vector<ZhPiece> zh_pieces(std::string_view text) {
  std::vector<ZhPiece> pieces;
  std::size_t begin = 0;  // of what is neither Hanzi nor a wide mark
  const auto flush = [&](std::size_t end) {
    for (std::string& piece : en_pieces(text.substr(begin, end - begin))) {
      const bool mark = piece.size() == 1 && is_narrow_mark(piece[0]);
      pieces.push_back({mark ? ZhPiece::Kind::kMark : ZhPiece::Kind::kOther, std::move(piece)});
    }
  };
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = utf8_size(text, i);
    const char32_t code = utf8_code(text, i);
    const std::string one(text.substr(i, size));
    if (is_hanzi(code)) {
      const bool goes_on =
          begin == i && !pieces.empty() && pieces.back().kind == ZhPiece::Kind::kHanzi;
      flush(i);
      if (goes_on) {
        pieces.back().text += one;
      } else {
        pieces.push_back({ZhPiece::Kind::kHanzi, one});
      }
      begin = i + size;
    } else if (is_wide_mark(code)) {
      flush(i);
      pieces.push_back({ZhPiece::Kind::kMark, one});
      begin = i + size;
    }
    i += size;
  }
  flush(text.size());
  return pieces;
}

std::vector<Word> zh_words(const ZhModel& model, std::string_view text) {
  std::vector<Word> words;
  for (const ZhPiece& piece : zh_pieces(text)) {
    if (piece.kind != ZhPiece::Kind::kHanzi) {
      words.push_back({piece.text, ""});
      continue;
    }
    for (const ZhModel::Piece& cut : model.cut(piece.text, model.begin())) {
      words.push_back(cut.word == kNoWord ? Word{std::string(cut.text), ""}
                                          : model.lexicon().as_word(cut.word));
    }
  }
  return words;
}

ZhContext zh_context(const ZhModel& model, std::string_view sentence) {
  const auto pieces = zh_pieces(sentence);
  std::size_t hanzi = 0;
  std::size_t first = pieces.size();
  while (first > 0 && hanzi < kContextHanzi) {
    --first;
    hanzi += utf8_length(pieces[first].text);
  }
  ZhContext context = model.begin();
  for (std::size_t i = first; i < pieces.size(); ++i) {
    std::string_view text = pieces[i].text;
    if (pieces[i].kind == ZhPiece::Kind::kMark) {
      context = parts_clauses(pieces[i].text) ? model.next(context, model.comma()) : model.begin();
      continue;
    }
    if (pieces[i].kind == ZhPiece::Kind::kOther) {
      context = model.next(context, kNoWord);
      continue;
    }
    while (utf8_length(text) > kContextHanzi) {
      text.remove_prefix(utf8_size(text, 0));
    }
    for (const ZhModel::Piece& cut : model.cut(text, context)) {
      context = model.next(context, cut.word);
    }
  }
  return context;
}

std::size_t last_sentence(std::string_view text) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = utf8_size(text, i);
    const std::string_view one = text.substr(i, size);
    i += size;
    const bool narrow = size == 1 && ends_sentence(one) && (i == text.size() || text[i] == ' ');
    if ((size > 1 && ends_sentence(one)) || one == "…" || narrow) {
      begin = i;
    }
  }
  return begin;
}

}  // namespace thaw::gaze
