#include "evidence/name_book.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/text.h"
#include "evidence/normal_name.h"
#include "evidence/term_groups.h"

namespace thaw::evidence {
namespace {

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

std::u32string decoded(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const std::size_t length = first < 0x80U ? 1 : first < 0xE0U ? 2 : first < 0xF0U ? 3 : 4;
    char32_t c = length == 1 ? first : first & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k) {
      c = c << 6U | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    }
    out += c;
    i += length;
  }
  return out;
}

bool is_ascii(std::u32string_view text) {
  return std::ranges::all_of(text, [](char32_t c) { return c < 0x80; });
}

/// Whether both hold the same digits in the same order.
bool same_digits(std::u32string_view a, std::u32string_view b) {
  std::size_t j = 0;
  for (const char32_t c : a) {
    if (!is_digit(c)) {
      continue;
    }
    while (j < b.size() && !is_digit(b[j])) {
      ++j;
    }
    if (j == b.size() || b[j] != c) {
      return false;
    }
    ++j;
  }
  return std::none_of(b.begin() + static_cast<std::ptrdiff_t>(j), b.end(), is_digit);
}

std::uint32_t segment_hash(std::size_t length, std::size_t segment, std::u32string_view text) {
  std::uint64_t h = 1469598103934665603ULL ^ (length << 8U) ^ segment;
  for (const char32_t c : text) {
    h = (h ^ c) * 1099511628211ULL;
  }
  return static_cast<std::uint32_t>(h ^ (h >> 32U));
}

/// Where segment `i` of `parts` begins in a name of `length` characters; even cuts.
std::size_t segment_begin(std::size_t length, std::size_t parts, std::size_t i) {
  return length * i / parts;
}

bool only_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

constexpr std::size_t kLongestName = 400;  // bytes of a normal form that is kept
constexpr std::size_t kTokensOfName = 40;  // tokens of a name that is looked for in text

/// Order of namespaces where several tables name one thing; a lower one speaks first.
int namespace_rank(std::string_view id) {
  constexpr std::array<std::string_view, 10> kOrder = {"MONDO", "HGNC", "FPLX", "GO",    "CL",
                                                       "HP",    "MESH", "DOID", "CHEBI", "UBERON"};
  const auto at = std::ranges::find(kOrder, id.substr(0, id.find(':')));
  return static_cast<int>(at - kOrder.begin());
}

}  // namespace

std::size_t edits_allowed(std::size_t length, bool ascii) {
  if (ascii) {
    return length < 6 ? 0 : length < 12 ? 1 : length < 20 ? 2 : 3;
  }
  return length < 4 ? 0 : length < 8 ? 1 : 2;
}

std::size_t bounded_edits(std::u32string_view a, std::u32string_view b, std::size_t bound) {
  if (a.size() > b.size()) {
    std::swap(a, b);
  }
  if (b.size() - a.size() > bound) {
    return bound + 1;
  }
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    const std::size_t from = i > bound ? i - bound : 1;
    const std::size_t to = std::min(b.size(), i + bound);
    std::size_t diagonal = row[from - 1];
    row[from - 1] = from == 1 ? i : bound + 1;
    std::size_t least = row[from - 1];
    for (std::size_t j = from; j <= to; ++j) {
      const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      const std::size_t above = j < i + bound ? row[j] : bound + 1;
      diagonal = row[j];
      row[j] = std::min({changed, above + 1, row[j - 1] + 1});
      least = std::min(least, row[j]);
    }
    if (least > bound) {
      return bound + 1;
    }
  }
  return std::min(row[b.size()], bound + 1);
}

std::string standard_id(std::string_view id) {
  const auto colon = id.find(':');
  if (colon == std::string_view::npos) {
    return std::string(id);
  }
  std::string prefix(id.substr(0, colon));
  std::string upper = prefix;
  std::ranges::transform(upper, upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  if (upper == "ORDO" || upper == "ORPHA" || upper == "ORPHANET") {
    prefix = "Orphanet";
  } else if (upper == "MIM" || upper == "OMIM") {
    prefix = "OMIM";
  } else if (upper == "MSH") {
    prefix = "MESH";
  } else if (upper == "FPLX" || upper == "FAMPLEX") {
    prefix = "FPLX";
  } else if (upper == "MESH" || upper == "DOID" || upper == "MONDO" || upper == "HGNC" ||
             upper == "GO" || upper == "CHEBI" || upper == "HP" || upper == "CL") {
    prefix = upper;
  }
  return prefix + std::string(id.substr(colon));
}

/// (hash, normal form) of every segment, sorted: made at the first fuzzy question.
struct NameBook::Fuzzy {
  std::once_flag made;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> segments;
};

NameBook::NameBook() : fuzzy_(std::make_unique<Fuzzy>()) {}
NameBook::NameBook(NameBook&&) noexcept = default;
NameBook& NameBook::operator=(NameBook&&) noexcept = default;
NameBook::~NameBook() = default;

Term NameBook::term(std::uint32_t index) const {
  const TermRow& row = terms_[index];
  return {text(row.id), kinds_[row.kind], text(row.en), text(row.zh), row.core, row.group};
}

std::int64_t NameBook::find_id(std::string_view id) const {
  const auto at =
      std::ranges::lower_bound(terms_, id, {}, [&](const TermRow& row) { return text(row.id); });
  return at == terms_.end() || text(at->id) != id ? -1 : at - terms_.begin();
}

std::vector<std::string_view> NameBook::same_as(std::uint32_t term) const {
  std::vector<std::string_view> ids;
  const std::uint32_t group = terms_[term].group;
  for (auto at =
           std::ranges::lower_bound(group_ids_, group, {}, &std::pair<std::uint32_t, Slice>::first);
       at != group_ids_.end() && at->first == group; ++at) {
    ids.push_back(text(at->second));
  }
  return ids;
}

std::vector<TermName> NameBook::names_of(std::uint32_t normal) const {
  std::vector<TermName> out;
  for (std::uint32_t i = first_name_[normal]; i < first_name_[normal + 1]; ++i) {
    const NameRow& row = names_[i];
    out.push_back({row.term, text(row.name), text(normals_[normal]), row.primary});
  }
  return out;
}

std::vector<TermName> NameBook::look_up(std::string_view name) const {
  const std::string normal = normal_name(name);
  const auto at = std::ranges::lower_bound(normals_, std::string_view(normal), {},
                                           [&](const Slice& slice) { return text(slice); });
  if (normal.empty() || at == normals_.end() || text(*at) != normal) {
    return {};
  }
  return names_of(static_cast<std::uint32_t>(at - normals_.begin()));
}

const NameBook::Fuzzy& NameBook::fuzzy() const {
  std::call_once(fuzzy_->made, [&] {
    for (std::uint32_t i = 0; i < normals_.size(); ++i) {
      const std::u32string name = decoded(text(normals_[i]));
      const std::size_t edits = edits_allowed(name.size(), is_ascii(name));
      const std::size_t parts = edits + 1;
      for (std::size_t s = 0; edits > 0 && s < parts; ++s) {
        const std::size_t begin = segment_begin(name.size(), parts, s);
        const std::size_t end = segment_begin(name.size(), parts, s + 1);
        const auto segment = std::u32string_view(name).substr(begin, end - begin);
        fuzzy_->segments.emplace_back(segment_hash(name.size(), s, segment), i);
      }
    }
    std::ranges::sort(fuzzy_->segments);
    fuzzy_->segments.shrink_to_fit();
  });
  return *fuzzy_;
}

namespace {

/// Numbers in `segments` that share a segment with `wanted` at about its place, each once.
std::vector<std::uint32_t> sharing_a_segment(
    const std::vector<std::pair<std::uint32_t, std::uint32_t>>& segments,
    std::u32string_view wanted, bool ascii) {
  std::vector<std::uint32_t> out;
  const std::size_t most = edits_allowed(wanted.size(), ascii);
  for (std::size_t length = wanted.size() > most ? wanted.size() - most : 1;
       length <= wanted.size() + most; ++length) {
    const std::size_t parts = edits_allowed(length, ascii) + 1;
    for (std::size_t s = 0; parts > 1 && s < parts; ++s) {
      const std::size_t begin = segment_begin(length, parts, s);
      const std::size_t size = segment_begin(length, parts, s + 1) - begin;
      const std::size_t to = std::min(begin + most, wanted.size() - std::min(size, wanted.size()));
      for (std::size_t at = begin > most ? begin - most : 0; at <= to; ++at) {
        const std::uint32_t hash = segment_hash(length, s, wanted.substr(at, size));
        auto hit = std::ranges::lower_bound(segments, hash, {},
                                            &std::pair<std::uint32_t, std::uint32_t>::first);
        for (; hit != segments.end() && hit->first == hash; ++hit) {
          out.push_back(hit->second);
        }
      }
    }
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

std::vector<NameBook::Near> NameBook::near(std::string_view name, std::size_t limit) const {
  const std::u32string wanted = decoded(normal_name(name));
  const bool ascii = is_ascii(wanted);
  if (wanted.size() > kLongestName || edits_allowed(wanted.size(), ascii) == 0) {
    return {};
  }
  struct Hit {
    std::size_t edits, length;
    std::uint32_t normal;
  };
  std::vector<Hit> hits;
  for (const std::uint32_t normal : sharing_a_segment(fuzzy().segments, wanted, ascii)) {
    const std::u32string other = decoded(text(normals_[normal]));
    const std::size_t bound = edits_allowed(std::min(wanted.size(), other.size()), ascii);
    if (is_ascii(other) != ascii || !same_digits(wanted, other)) {
      continue;
    }
    const std::size_t edits = bounded_edits(wanted, other, bound);
    if (edits <= bound) {
      hits.push_back({edits, std::max(wanted.size(), other.size()), normal});
    }
  }
  std::ranges::sort(hits, [](const Hit& a, const Hit& b) {
    return std::tie(a.edits, a.normal) < std::tie(b.edits, b.normal);
  });
  hits.resize(std::min(limit, hits.size()));
  std::vector<Near> out;
  for (const Hit& hit : hits) {
    out.push_back({names_of(hit.normal), hit.edits, hit.length});
  }
  return out;
}

std::vector<NameBook::Found> NameBook::find_in(std::string_view sentence) const {
  const auto tokens = name_tokens(sentence);
  std::vector<Found> found;
  const auto by_text = [&](const Slice& slice) { return text(slice); };
  for (std::size_t start = 0; start < tokens.size();) {
    const bool inside = tokens[start].joined && !tokens[start].character && start > 0 &&
                        !tokens[start - 1].character;
    std::string prefix;
    std::size_t best_end = 0;
    std::uint32_t best = 0;
    auto low = normals_.begin();
    for (std::size_t end = start;
         !inside && end < tokens.size() && end - start < kTokensOfName && low != normals_.end();
         ++end) {
      prefix += tokens[end].normal;
      low = std::ranges::lower_bound(low, normals_.end(), std::string_view(prefix), {}, by_text);
      if (low == normals_.end() || !text(*low).starts_with(prefix)) {
        break;
      }
      const bool goes_on = end + 1 < tokens.size() && tokens[end + 1].joined &&
                           !tokens[end + 1].character && !tokens[end].character;
      if (!goes_on && text(*low) == prefix && prefix.size() > 1 && !only_digits(prefix)) {
        best_end = end + 1;
        best = static_cast<std::uint32_t>(low - normals_.begin());
      }
    }
    if (best_end == 0 || (best_end == start + 1 && tokens[start].character)) {
      ++start;
      continue;
    }
    found.push_back({tokens[start].begin, tokens[best_end - 1].end, names_of(best)});
    start = best_end;
  }
  return found;
}

std::size_t NameBook::bytes() const {
  return arena_.capacity() + terms_.capacity() * sizeof(TermRow) +
         names_.capacity() * sizeof(NameRow) + normals_.capacity() * sizeof(Slice) +
         (first_name_.capacity() + spokesman_.capacity()) * sizeof(std::uint32_t) +
         group_ids_.capacity() * sizeof(std::pair<std::uint32_t, Slice>);
}

void NameBookBuilder::add(const Concept& record) {
  add_term(record.id, record.kind, record.name, true);
  for (const auto& alias : record.aliases) {
    add_name(record.id, alias);
  }
  for (const auto& xref : record.xrefs) {
    add_xref(record.id, xref);
  }
}

void NameBookBuilder::add_term(std::string_view id, std::string_view kind, const Name& name,
                               bool core) {
  Draft& draft = drafts_[standard_id(id)];
  if (core || !draft.core) {  // the knowledge's own word for it goes before a table's
    for (const auto& old : {draft.name.en, draft.name.zh}) {
      draft.names.push_back(old);
    }
    draft.kind = kind.empty() ? draft.kind : std::string(kind);
    draft.name = name;
    draft.core = draft.core || core;
  } else {
    draft.names.push_back(name.en);
    draft.names.push_back(name.zh);
  }
}

void NameBookBuilder::add_name(std::string_view id, std::string_view name) {
  drafts_[standard_id(id)].names.emplace_back(name);
}

void NameBookBuilder::add_xref(std::string_view id, std::string_view xref) {
  drafts_[standard_id(id)].xrefs.push_back(standard_id(xref));
}

namespace {

template <class T>
void sort_unique(std::vector<T>& values) {
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace

NameBook NameBookBuilder::build() {
  struct Row {
    std::string normal;
    std::uint32_t term;
    std::string name;
    bool primary;
  };
  NameBook book;
  std::vector<Row> rows;
  std::vector<TermGroups::Node> nodes;
  const auto keep = [&](std::string_view words) {
    NameBook::Slice slice{static_cast<std::uint32_t>(book.arena_.size()),
                          static_cast<std::uint32_t>(words.size())};
    book.arena_.insert(book.arena_.end(), words.begin(), words.end());
    return slice;
  };
  std::map<std::string, std::uint8_t, std::less<>> kinds;
  for (auto& [id, draft] : drafts_) {
    const auto term = static_cast<std::uint32_t>(book.terms_.size());
    const auto kind = kinds.emplace(draft.kind, static_cast<std::uint8_t>(kinds.size() & 0xFFU));
    if (kind.second) {
      book.kinds_.push_back(draft.kind);
    }
    if (draft.name.en.empty()) {
      draft.name.en = draft.name.zh.empty() ? id : draft.name.zh;
    }
    if (draft.name.zh.empty()) {
      draft.name.zh = draft.name.en;
    }
    book.terms_.push_back(
        {keep(id), keep(draft.name.en), keep(draft.name.zh), 0, kind.first->second, draft.core});
    draft.names.push_back(draft.name.en);
    draft.names.push_back(draft.name.zh);
    draft.names.push_back(id);
    sort_unique(draft.names);
    sort_unique(draft.xrefs);
    TermGroups::Node node{id, draft.kind, {}, std::move(draft.xrefs)};
    for (auto& name : draft.names) {
      std::string normal = normal_name(name);
      if (normal.empty() || normal.size() > kLongestName) {
        continue;
      }
      node.normals.push_back(normal);
      const bool primary = name == draft.name.en || name == draft.name.zh;
      rows.push_back({std::move(normal), term, std::move(name), primary});
    }
    sort_unique(node.normals);
    nodes.push_back(std::move(node));
  }
  drafts_.clear();
  std::ranges::sort(rows, [](const Row& a, const Row& b) {
    return std::tie(a.normal, a.term, a.name) < std::tie(b.normal, b.term, b.name);
  });
  for (const Row& row : rows) {
    if (book.normals_.empty() || book.text(book.normals_.back()) != row.normal) {
      book.first_name_.push_back(static_cast<std::uint32_t>(book.names_.size()));
      book.normals_.push_back(keep(row.normal));
    }
    book.names_.push_back({keep(row.name), row.term,
                           static_cast<std::uint32_t>(book.normals_.size() - 1), row.primary});
  }
  book.first_name_.push_back(static_cast<std::uint32_t>(book.names_.size()));

  const TermGroups groups(nodes);
  std::unordered_map<std::uint32_t, std::uint32_t> speaks;
  const auto goes_before = [&](std::uint32_t a, std::uint32_t b) {
    const auto ra = namespace_rank(nodes[a].id);
    const auto rb = namespace_rank(nodes[b].id);
    return std::tuple(!book.terms_[a].core, ra, a) < std::tuple(!book.terms_[b].core, rb, b);
  };
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    book.terms_[i].group = groups.group_of(nodes[i].id);
    const auto [at, first] = speaks.emplace(book.terms_[i].group, i);
    if (!first && goes_before(i, at->second)) {
      at->second = i;
    }
  }
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    book.spokesman_.push_back(speaks.at(book.terms_[i].group));
  }
  for (const auto& [group, id] : groups.members()) {
    book.group_ids_.emplace_back(group, keep(id));
  }
  book.arena_.shrink_to_fit();
  return book;
}

}  // namespace thaw::evidence
