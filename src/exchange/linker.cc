#include "exchange/linker.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "evidence/curie.h"
#include "exchange/namespace_kind.h"

namespace thaw::exchange {
namespace {

using evidence::name_key;
using evidence::xref_key;

/// Kinds that stand for one sort of thing where two sources speak of it.
std::string_view sort_of(std::string_view kind) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kSorts = {
      {{"gene", "gene product"},
       {"protein", "gene product"},
       {"family", "gene product"},
       {"complex", "gene product"},
       {"drug", "substance"},
       {"chemical", "substance"},
       {"intervention", "substance"},
       {"disease", "condition"},
       {"phenotype", "condition"},
       {"outcome", "condition"},
       {"process", "process"},
       {"pathology", "process"},
       {"component", "component"},
       {"cell_type", "cell_type"}}};
  const auto* found = std::ranges::find(kSorts, kind, [](const auto& p) { return p.first; });
  return found == kSorts.end() ? kind : found->second;
}

constexpr std::string_view kByName = "name";  // namespace of what a file only names

/// Whether what such a concept gives as a cross reference is the same thing as it. References of
/// our own concepts may be wider ("axonal transport defect" refers to the process that fails);
/// of diseases and substances they are exact.
bool is_strict(const evidence::KnownConcept& known) {
  const std::string_view name_space = evidence::namespace_of(known.id);
  const std::string_view sort = sort_of(known.kind);
  return (name_space != "thaw" && name_space != kByName) || sort == "condition" ||
         sort == "substance";
}

}  // namespace

bool same_sort(std::string_view mentioned, std::string_view known) {
  if (mentioned.empty() || mentioned == "entity") {
    return known != "gene_variant";
  }
  if (known.empty() || known == "entity") {
    return mentioned != "gene_variant";
  }
  return sort_of(mentioned) == sort_of(known);
}

void Linker::ask_for_mention(const evidence::Concept& mention) {
  ids_.push_back(mention.id);
  keys_.push_back(xref_key(mention.id));
  for (const auto& xref : mention.xrefs) {
    keys_.push_back(xref_key(xref));
  }
  keys_.push_back(name_key(mention.name.en));
}

void Linker::ask_for_end(const std::string& end) {
  ids_.push_back(end);
  keys_.push_back(xref_key(end));
  keys_.push_back(name_key(end));
}

Result<Done> Linker::load() {
  THAW_TRY(kinds_, evidence::concept_kinds(*connection_, ids_));
  THAW_TRY(by_key_, evidence::concepts_by_key(*connection_, keys_));
  return Done{};
}

void Linker::add(const evidence::Concept& record) {
  kinds_[record.id] = record.kind;
  for (const auto& key : evidence::keys_of(record)) {
    auto& known = by_key_[key];
    const auto at = std::ranges::lower_bound(known, record.id, {}, &evidence::KnownConcept::id);
    if (at == known.end() || at->id != record.id) {
      known.insert(at, {record.id, record.kind});
    }
  }
}

std::string Linker::only(const std::string& key, std::string_view kind,
                         std::string_view also_named) const {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) {
    return "";
  }
  std::string id;
  for (const auto& known : found->second) {
    const bool strict = key.front() == 'n' || is_strict(known) || has_name(known.id, also_named);
    if (strict && same_sort(kind, known.kind)) {
      if (!id.empty()) {
        return "";
      }
      id = known.id;
    }
  }
  return id;
}

bool Linker::has_name(const std::string& id, std::string_view name) const {
  const auto found = by_key_.find(name_key(name));
  return !name.empty() && found != by_key_.end() &&
         std::ranges::find(found->second, id, &evidence::KnownConcept::id) != found->second.end();
}

std::string Linker::find(const evidence::Concept& mention) const {
  if (kinds_.contains(mention.id)) {
    return mention.id;
  }
  if (evidence::namespace_of(mention.id) == kByName) {
    return only(name_key(mention.name.en), mention.kind, "");
  }
  std::string id = only(xref_key(mention.id), mention.kind, mention.name.en);
  for (const auto& xref : mention.xrefs) {
    if (!id.empty()) {
      return id;
    }
    id = only(xref_key(xref), mention.kind, mention.name.en);
  }
  if (id.empty() && (mention.kind == "gene" || mention.kind == "protein")) {
    id = only(name_key(mention.name.en), mention.kind, "");
  }
  return id;
}

Result<std::string> Linker::find_end(const std::string& end) const {
  if (kinds_.contains(end)) {
    return end;
  }
  const std::string curie = evidence::normal_curie(end);
  std::string id = only(xref_key(end), kind_of_namespace(evidence::namespace_of(curie)), "");
  if (!id.empty()) {
    return id;
  }
  const auto named = by_key_.find(name_key(end));
  if (named == by_key_.end() || named->second.empty()) {
    return not_found(fmt::format("nothing is known by the name '{}'", end));
  }
  if (named->second.size() > 1) {
    std::vector<std::string> ids;
    for (const auto& known : named->second) {
      ids.push_back(known.id);
    }
    return conflict(fmt::format("'{}' can mean {}; write the id", end, join(ids, ", ")));
  }
  return named->second.front().id;
}

}  // namespace thaw::exchange
