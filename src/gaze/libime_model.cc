#include "gaze/libime_model.h"

#ifdef THAW_WITH_LIBIME

#include <libime/core/languagemodel.h>
#include <libime/core/lattice.h>
#include <libime/core/prediction.h>
#include <libime/pinyin/pinyindictionary.h>
#include <libime/pinyin/pinyinencoder.h>
#include <cmath>
#include <cstring>
#include <exception>
#include <mutex>

namespace thaw::gaze {
namespace {

constexpr const char* kDictionary = "/usr/share/libime/sc.dict";
constexpr std::size_t kPredictions = 40;

static_assert(libime::StateSize <= sizeof(LibimeModel::State::bytes));

libime::State theirs(const LibimeModel::State& state) {
  libime::State out;
  std::memcpy(out.data(), state.bytes.data(), out.size());
  return out;
}

LibimeModel::State ours(const libime::State& state) {
  LibimeModel::State out;
  std::memcpy(out.bytes.data(), state.data(), state.size());
  return out;
}

}  // namespace

struct LibimeModel::Parts {
  libime::PinyinDictionary dictionary;
  std::unique_ptr<libime::LanguageModel> model;
  std::mutex predicting;  // a Prediction fills its cache when asked
  libime::Prediction prediction;
};

LibimeModel::LibimeModel(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
LibimeModel::~LibimeModel() = default;

std::unique_ptr<LibimeModel> LibimeModel::open(std::string& why_not) {
  // libime throws when a file is absent or damaged; here that becomes "no data".
  try {
    auto parts = std::make_unique<Parts>();
    parts->dictionary.load(libime::PinyinDictionary::SystemDict, kDictionary,
                           libime::PinyinDictFormat::Binary);
    auto file =
        libime::DefaultLanguageModelResolver::instance().languageModelFileForLanguage("zh_CN");
    if (file == nullptr) {
      why_not = "no data";
      return nullptr;
    }
    parts->model = std::make_unique<libime::LanguageModel>(file);
    parts->prediction.setLanguageModel(parts->model.get());
    auto found = std::unique_ptr<LibimeModel>(new LibimeModel(std::move(parts)));
    if (found->index("我") == kUnknown) {
      why_not = "no data";
      return nullptr;
    }
    found->predict(found->begin(), {"我"});
    return found;
  } catch (const std::exception&) {
    why_not = "no data";
    return nullptr;
  }
}

void LibimeModel::each_word(const EachWord& take) const {
  const auto* trie = parts_->dictionary.trie(libime::PinyinDictionary::SystemDict);
  std::string key;
  std::vector<Syllable> reading;
  trie->foreach ([&](float cost, std::size_t size, libime::DATrie<float>::position_type place) {
    trie->suffix(key, size, place);
    const std::size_t mark = key.find('!');
    if (mark == std::string::npos || mark % 2 != 0) {
      return true;
    }
    reading.clear();
    for (std::size_t i = 0; i < mark; i += 2) {
      const auto syllable = syllable_of(libime::PinyinEncoder::decodeFullPinyin(key.data() + i, 2));
      if (!syllable) {
        return true;
      }
      reading.push_back(*syllable);
    }
    take(std::string_view(key).substr(mark + 1), reading, std::pow(10.0, double(cost)));
    return true;
  });
}

std::uint32_t LibimeModel::index(std::string_view word) const {
  const libime::WordIndex found = parts_->model->index(word);
  return parts_->model->isUnknown(found, word) ? kUnknown : found;
}

LibimeModel::State LibimeModel::begin() const {
  return ours(parts_->model->beginState());
}

LibimeModel::State LibimeModel::next(const State& state, std::uint32_t word) const {
  libime::State out{};
  const libime::WordNode node("", word == kUnknown ? parts_->model->unknown() : word);
  parts_->model->score(theirs(state), node, out);
  return ours(out);
}

double LibimeModel::probability(const State& state, std::uint32_t word) const {
  if (word == kUnknown) {
    return 0;
  }
  libime::State out{};
  const libime::WordNode node("", word);
  return std::pow(10.0, double(parts_->model->score(theirs(state), node, out)));
}

std::vector<std::string> LibimeModel::predict(const State& state,
                                              const std::vector<std::string>& before) const {
  const std::lock_guard lock(parts_->predicting);
  return parts_->prediction.predict(theirs(state), before, kPredictions);
}

}  // namespace thaw::gaze

#else

namespace thaw::gaze {

struct LibimeModel::Parts {};
LibimeModel::LibimeModel(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
LibimeModel::~LibimeModel() = default;

std::unique_ptr<LibimeModel> LibimeModel::open(std::string& why_not) {
  why_not = "not built in";
  return nullptr;
}

void LibimeModel::each_word(const EachWord& /*take*/) const {}
std::uint32_t LibimeModel::index(std::string_view /*word*/) const {
  return kUnknown;
}
LibimeModel::State LibimeModel::begin() const {
  return {};
}
LibimeModel::State LibimeModel::next(const State& /*state*/, std::uint32_t /*word*/) const {
  return {};
}
double LibimeModel::probability(const State& /*state*/, std::uint32_t /*word*/) const {
  return 0;
}
std::vector<std::string> LibimeModel::predict(const State& /*state*/,
                                              const std::vector<std::string>& /*before*/) const {
  return {};
}

}  // namespace thaw::gaze

#endif
