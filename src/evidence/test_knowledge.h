// Small knowledge for the tests of this folder.
#pragma once

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "evidence/knowledge.h"
#include "evidence/parameters.h"
#include "evidence/peer_presets.h"

namespace thaw::evidence {

inline std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The peers' formulas, as the product ships them.
inline PeerPresets presets() {
  const std::string folder = std::string(THAW_SOURCE_DIR) + "/data/evidence/presets/";
  return read_peer_presets(read_text(folder + "indra.json"),
                           read_text(folder + "open_targets.json"))
      .value();
}

/// The parameter file of the product.
inline WeightParameters test_parameters() {
  auto parameters =
      read_parameters(read_text(std::string(THAW_SOURCE_DIR) + "/data/evidence/weights.json"))
          .value();
  parameters.peers = std::make_shared<const PeerPresets>(presets());
  return parameters;
}

/// An item "drug slows ALSFRS-R decline" of its own paper and trial.
inline Item item_named(const std::string& id) {
  Item item;
  item.id = id;
  item.subject = "thaw:drug";
  item.relation = "slows";
  item.sign = Sign::kLowers;
  item.object = "thaw:alsfrs_r_decline";
  item.study_kind = "rct";
  item.year = 2020;
  item.source = "PMID:" + id;
  return item;
}

/// A trial that prints `slower` points/month less decline with its 95 % interval.
inline Item slope_item(const std::string& id, double slower, double low, double high) {
  Item item = item_named(id);
  item.effect = PrintedEffect{
      .measure = "alsfrs_r_rate_difference", .value = slower, .low = low, .high = high};
  item.effect->positive_means = Sign::kLowers;
  return item;
}

/// Knowledge of the items, with a concept and a source for everything they name.
inline Knowledge knowledge_of(std::vector<Item> items) {
  std::vector<Concept> concepts;
  std::vector<Source> sources;
  std::set<std::string> concept_ids;
  std::set<std::string> source_ids;
  for (const Item& item : items) {
    concept_ids.insert(item.subject);
    concept_ids.insert(item.object);
    source_ids.insert(item.source);
  }
  for (const auto& id : concept_ids) {
    Concept c{.id = id, .kind = "drug", .name = {id, id}};
    if (id == "thaw:survival") {
      c.kind = "outcome";
      c.wanted = "raises";
    } else if (id == "thaw:alsfrs_r_decline") {
      c.kind = "outcome";
      c.wanted = "lowers";
    }
    concepts.push_back(std::move(c));
  }
  for (const auto& id : source_ids) {
    sources.push_back({.id = id});
  }
  return Knowledge::build(std::move(concepts), std::move(sources), std::move(items)).value();
}

}  // namespace thaw::evidence
