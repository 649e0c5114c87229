#include "gaze/pinyin.h"

#include <algorithm>
#include <bit>

#include "base/text.h"
#include "gaze/pinyin_syllables.h"

namespace thaw::gaze {
namespace {

/// The table of spellings, sorted as bytes.
const std::vector<std::string_view>& table() {
  static const std::vector<std::string_view> all = split(kSyllables, ' ');
  return all;
}

/// The other spellings that a fuzzy listener takes for `syllable`.
std::vector<std::string> fuzzy_spellings(std::string_view syllable, bool l_is_n) {
  std::vector<std::string> forms{std::string(syllable)};
  const auto each_form = [&](auto change) {
    for (std::size_t i = 0, n = forms.size(); i < n; ++i) {
      if (auto other = change(forms[i]); !other.empty()) {
        forms.push_back(std::move(other));
      }
    }
  };
  each_form([](const std::string& form) -> std::string {
    if (form.size() < 2 || std::string_view("zcs").find(form[0]) == std::string_view::npos) {
      return "";
    }
    return form[1] == 'h' ? form[0] + form.substr(2) : form[0] + ("h" + form.substr(1));
  });
  each_form([](const std::string& form) -> std::string {
    return form.size() > 1 && form.back() == 'n' ? form + "g" : "";
  });
  if (l_is_n) {
    each_form([](const std::string& form) -> std::string {
      return form.size() < 2 || (form[0] != 'l' && form[0] != 'n')
                 ? ""
                 : (form[0] == 'l' ? "n" : "l") + form.substr(1);
    });
  }
  return forms;
}

const std::vector<std::vector<std::string>>& fuzzy_table(bool l_is_n) {
  static const auto make = [](bool l_and_n) {
    std::vector<std::vector<std::string>> all;
    for (const std::string_view syllable : table()) {
      all.push_back(fuzzy_spellings(syllable, l_and_n));
    }
    return all;
  };
  static const auto plain = make(false);
  static const auto with_l = make(true);
  return l_is_n ? with_l : plain;
}

/// Ends of a syllable spelled `form` from `from`: one bit for each beginning that is there.
std::uint64_t prefix_ends(std::string_view letters, std::size_t from, std::string_view form) {
  std::uint64_t found = 0;
  for (std::size_t n = 0; n < form.size() && from + n < letters.size(); ++n) {
    if (letters[from + n] != form[n]) {
      break;
    }
    std::size_t end = from + n + 1;
    while (end < letters.size() && letters[end] == '\'') {  // a mark after a syllable belongs to it
      ++end;
    }
    found |= std::uint64_t{1} << end;
  }
  return found;
}

}  // namespace

std::size_t syllable_count() {
  return table().size();
}

std::string_view spelling(Syllable syllable) {
  return table()[syllable];
}

std::optional<Syllable> syllable_of(std::string_view letters) {
  const auto& all = table();
  const auto place = std::lower_bound(all.begin(), all.end(), letters);
  if (place == all.end() || *place != letters) {
    return std::nullopt;
  }
  return static_cast<Syllable>(place - all.begin());
}

std::optional<std::vector<Syllable>> syllables_of(std::string_view reading) {
  std::vector<Syllable> found;
  std::size_t begin = 0;
  while (begin <= reading.size()) {
    const std::size_t end = std::min(reading.find_first_of(" '", begin), reading.size());
    const auto one = syllable_of(reading.substr(begin, end - begin));
    if (!one) {
      return std::nullopt;
    }
    found.push_back(*one);
    begin = end + 1;
  }
  return found;
}

std::string reading_of(const Syllable* syllables, std::size_t count) {
  std::string reading;
  for (std::size_t i = 0; i < count; ++i) {
    reading += i == 0 ? "" : " ";
    reading += spelling(syllables[i]);
  }
  return reading;
}

TypedPinyin::TypedPinyin(std::string_view typed, bool l_is_n) {
  for (char letter : typed) {
    if (letter >= 'A' && letter <= 'Z') {
      letter = static_cast<char>(letter - 'A' + 'a');
    }
    const bool mark = letter == '\'' && !letters_.empty();
    if ((mark || (letter >= 'a' && letter <= 'z')) && letters_.size() < kMost) {
      letters_ += letter;
    }
  }
  width_ = letters_.size() + 1;
  exact_.assign(table().size() * width_, 0);
  fuzzy_.assign(table().size() * width_, 0);
  const auto& forms = fuzzy_table(l_is_n);
  for (std::size_t s = 0; s < table().size(); ++s) {
    for (std::size_t from = 0; from < letters_.size(); ++from) {
      exact_[s * width_ + from] = prefix_ends(letters_, from, table()[s]);
      for (const std::string& form : forms[s]) {
        fuzzy_[s * width_ + from] |= prefix_ends(letters_, from, form);
      }
    }
  }
}

std::uint64_t TypedPinyin::ends(Syllable syllable, std::size_t from, bool fuzzy) const {
  return (fuzzy ? fuzzy_ : exact_)[syllable * width_ + from];
}

std::optional<TypingStyle> TypedPinyin::matches(const Syllable* syllables, std::size_t count,
                                                std::size_t from) const {
  const std::uint64_t goal = std::uint64_t{1} << size();
  for (const bool fuzzy : {false, true}) {
    std::uint64_t places = std::uint64_t{1} << from;
    for (std::size_t i = 0; i < count && places != 0; ++i) {
      std::uint64_t next = 0;
      for (; places != 0; places &= places - 1) {
        next |= ends(syllables[i], static_cast<std::size_t>(std::countr_zero(places)), fuzzy);
      }
      places = next;
      if ((places & goal) != 0) {
        if (fuzzy) {
          return TypingStyle::kFuzzy;
        }
        if (is_initials(syllables, count, from)) {
          return is_prefix_spelling(syllables, count, from) ? TypingStyle::kEither
                                                            : TypingStyle::kInitials;
        }
        return is_prefix_spelling(syllables, count, from) ? TypingStyle::kFull
                                                          : TypingStyle::kMixed;
      }
    }
  }
  return std::nullopt;
}

std::uint64_t TypedPinyin::word_ends(const Syllable* syllables, std::size_t count,
                                     std::size_t from) const {
  std::uint64_t places = std::uint64_t{1} << from;
  for (std::size_t i = 0; i < count && places != 0; ++i) {
    std::uint64_t next = 0;
    for (; places != 0; places &= places - 1) {
      next |= ends(syllables[i], static_cast<std::size_t>(std::countr_zero(places)), true);
    }
    places = next;
  }
  return places;
}

bool TypedPinyin::is_prefix_spelling(const Syllable* syllables, std::size_t count,
                                     std::size_t from) const {
  std::size_t place = from;
  for (std::size_t i = 0; i < count; ++i) {
    for (const char letter : spelling(syllables[i])) {
      if (place == size()) {
        return true;
      }
      if (letters_[place] == '\'') {  // a mark inside a syllable: it is not spelled out
        return false;
      }
      if (letters_[place++] != letter) {
        return false;
      }
    }
    while (place < size() && letters_[place] == '\'') {
      ++place;
    }
  }
  return place == size();
}

bool TypedPinyin::is_initials(const Syllable* syllables, std::size_t count,
                              std::size_t from) const {
  std::size_t place = from;
  for (std::size_t i = 0; i < count && place < size(); ++i) {
    const std::string_view letters = spelling(syllables[i]);
    if (letters_[place] != letters[0]) {
      return false;
    }
    ++place;
    if (i + 1 == count) {
      for (std::size_t k = 1; k < letters.size() && place < size(); ++k) {
        if (letters_[place++] != letters[k]) {
          return false;
        }
      }
    }
  }
  return place == size();
}

bool TypedPinyin::spells_out(const Syllable* syllables, std::size_t count, std::size_t from) const {
  std::size_t letters = 0;
  for (std::size_t i = 0; i < count; ++i) {
    letters += spelling(syllables[i]).size();
  }
  const auto marks =
      std::count(letters_.begin() + static_cast<std::ptrdiff_t>(from), letters_.end(), '\'');
  return size() - from - static_cast<std::size_t>(marks) == letters &&
         is_prefix_spelling(syllables, count, from);
}

std::string TypedPinyin::shown() const {
  std::string text;
  std::size_t place = 0;
  while (place < size()) {
    std::size_t longest = 1;
    for (std::size_t s = 0; s < table().size(); ++s) {
      const std::string_view form = table()[s];
      if (form.size() > longest && letters_.compare(place, form.size(), form) == 0) {
        longest = form.size();
      }
    }
    if (letters_[place] != '\'') {
      text += text.empty() ? "" : "'";
      text += letters_.substr(place, longest);
    }
    place += longest;
  }
  return text;
}

}  // namespace thaw::gaze
