#include "gaze/text_engine.h"

#include <algorithm>

namespace thaw::gaze {

struct TextEngine::State {
  EngineOptions options;
};

std::string_view offer_source_word(OfferSource source) {
  switch (source) {
    case OfferSource::kHistory:
      return "history";
    case OfferSource::kPhrase:
      return "phrase";
    case OfferSource::kNext:
      return "next";
    case OfferSource::kWord:
      return "word";
    case OfferSource::kClause:
      return "clause";
    case OfferSource::kLetters:
      break;
  }
  return "letters";
}

TextEngine::TextEngine(std::unique_ptr<State> state) : state_(std::move(state)) {}
TextEngine::~TextEngine() = default;

Result<std::unique_ptr<TextEngine>> TextEngine::make(EngineOptions options) {
  auto state = std::make_unique<State>();
  state->options = std::move(options);
  return std::unique_ptr<TextEngine>(new TextEngine(std::move(state)));
}

Suggestions TextEngine::suggest(const SuggestRequest& request) const {
  Suggestions found;
  found.reading = request.typed.substr(0, kMaxTyped);
  if (!found.reading.empty()) {
    found.offers.push_back(
        {{Word{found.reading, ""}}, OfferSource::kLetters, found.reading.size()});
  }
  return found;
}

std::vector<Offer> TextEngine::alternatives(const RepairRequest& /*request*/) const {
  return {};
}

std::vector<Word> TextEngine::words_of(Language /*language*/, std::string_view text) const {
  return {Word{std::string(text), ""}};
}

void TextEngine::learn(const Said& said) {
  state_->options.history.push_back(said);
}

void TextEngine::forget_all_and_learn(std::vector<Said> history) {
  state_->options.history = std::move(history);
}

void TextEngine::set_phrases(std::vector<Phrase> phrases) {
  state_->options.phrases = std::move(phrases);
}

EngineStatus TextEngine::status() const {
  return {"built_in", "", ""};
}

}  // namespace thaw::gaze
