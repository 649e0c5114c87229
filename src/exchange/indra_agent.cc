#include "exchange/indra_agent.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/text.h"
#include "evidence/curie.h"
#include "exchange/draft.h"
#include "exchange/json_elements.h"
#include "exchange/namespace_kind.h"

namespace thaw::exchange {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 11> kOrder = {"FPLX", "UPPRO",   "HGNC", "UP", "CHEBI", "GO",
                                                     "MESH", "MIRBASE", "DOID", "HP", "EFO"};

/// INDRA's name of a namespace where it differs from ours.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kNames = {
    {{"UniProt", "UP"},
     {"NCBIGene", "EGID"},
     {"DrugBank", "DRUGBANK"},
     {"InterPro", "IP"},
     {"Pfam", "PF"}}};

/// The id under `key`; of a list (scored groundings) the first.
std::string id_of(const json::value& value) {
  if (value.is_string()) {
    return std::string(value.get_string());
  }
  if (value.is_int64()) {
    return std::to_string(value.get_int64());
  }
  if (const auto* list = value.if_array(); list != nullptr && !list->empty()) {
    const auto& first = list->front();
    const auto* pair = first.if_array();
    return id_of(pair != nullptr && !pair->empty() ? pair->front() : first);
  }
  return "";
}

std::string curie(std::string_view name_space, std::string_view id) {
  return evidence::normal_curie(fmt::format("{}:{}", name_space, id));
}

void add(std::string& list, const std::string& word) {
  if (!word.empty()) {
    list += list.empty() ? word : "; " + word;
  }
}

/// "phosphorylation S473"; "" when it is none.
std::string modification(const json::object& mod) {
  std::string out = text_of(mod, "mod_type");
  const std::string site = text_of(mod, "residue") + text_of(mod, "position");
  out += site.empty() ? "" : " " + site;
  const auto* is_modified = mod.if_contains("is_modified");
  if (is_modified != nullptr && is_modified->is_bool() && !is_modified->get_bool()) {
    out = "no " + out;
  }
  return out;
}

std::string form_of(const json::object& agent) {
  std::string form;
  const auto each = [&](std::string_view key, auto words) {
    if (const auto* list = array_of(agent, key)) {
      for (const auto& element : *list) {
        if (const auto* object = element.if_object()) {
          add(form, words(*object));
        }
      }
    }
  };
  each("mods", modification);
  each("mutations", [](const json::object& m) {
    return fmt::format("mutation {}{}{}", text_of(m, "residue_from"), text_of(m, "position"),
                       text_of(m, "residue_to"));
  });
  each("bound_conditions", [](const json::object& b) {
    const auto* bound = object_of(b, "agent");
    const auto* is_bound = b.if_contains("is_bound");
    const bool free = is_bound != nullptr && is_bound->is_bool() && !is_bound->get_bool();
    return bound == nullptr
               ? std::string()
               : fmt::format("{} {}", free ? "not bound to" : "bound to", text_of(*bound, "name"));
  });
  return form;
}

std::string note_of(const json::object& agent) {
  std::string note;
  if (const auto* activity = object_of(agent, "activity")) {
    const auto* active = activity->if_contains("is_active");
    const bool off = active != nullptr && active->is_bool() && !active->get_bool();
    add(note,
        fmt::format("{} {}", off ? "inactive" : "active", text_of(*activity, "activity_type")));
  }
  if (const std::string location = text_of(agent, "location"); !location.empty()) {
    add(note, "in " + location);
  }
  return note;
}

}  // namespace

Result<IndraAgent> agent_of(const json::object& agent) {
  IndraAgent out;
  const std::string name = text_of(agent, "name");
  std::string id;
  std::vector<std::string> xrefs;
  if (const auto* refs = object_of(agent, "db_refs")) {
    for (const auto& key : kOrder) {
      const auto* value = refs->if_contains(key);
      const std::string found = value == nullptr ? "" : id_of(*value);
      if (id.empty() && !found.empty()) {
        id = curie(key, found);
      }
    }
    for (const auto& [key, value] : *refs) {
      const std::string found = id_of(value);
      const bool is_text = key == "TEXT" || key == "TEXT_NORM" || key == "WM";
      if (key == "THAW" && !found.empty()) {
        id = found;
      } else if (!is_text && !found.empty()) {
        xrefs.push_back(curie(key, found));
        id = id.empty() ? xrefs.back() : id;
      }
    }
  }
  if (trim(name).empty() && id.empty()) {
    return invalid_argument("an agent has neither name nor grounding");
  }
  const std::string kind(kind_of_namespace(evidence::namespace_of(id)));
  const bool is_process = kind.empty() && id.starts_with("GO:");
  out.mention = mention_of(id, name, is_process ? "process" : kind, std::move(xrefs));
  out.form = form_of(agent);
  out.note = note_of(agent);
  return out;
}

json::object db_refs_of(const evidence::Concept& known) {
  json::object refs;
  refs["TEXT"] = known.name.en;
  const auto put = [&](const std::string& curie_text) {
    const std::string normal = evidence::normal_curie(curie_text);
    const std::string_view name = evidence::namespace_of(normal);
    if (name.empty() || name == "name" || name == "thaw") {
      return;
    }
    const auto* found = std::ranges::find(kNames, name, [](const auto& p) { return p.first; });
    const std::string key(found == kNames.end() ? name : found->second);
    const std::string accession = normal.substr(name.size() + 1);
    // These namespaces carry their name inside the identifier.
    const bool doubled = key == "CHEBI" || key == "GO" || key == "DOID" || key == "HP";
    if (!refs.contains(key)) {
      refs[key] = doubled ? normal : accession;
    }
  };
  put(known.id);
  for (const auto& xref : known.xrefs) {
    put(xref);
  }
  refs["THAW"] = known.id;
  return refs;
}

}  // namespace thaw::exchange
