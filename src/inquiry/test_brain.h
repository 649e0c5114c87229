// The bundled knowledge and a registry that counts, for the tests of this folder.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "evidence/bundle.h"
#include "evidence/evidence_store.h"
#include "evidence/resolve.h"
#include "evidence/weigh.h"
#include "inquiry/people_port.h"

namespace thaw::inquiry {

inline std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::string data_path(const std::string& name) {
  return std::string(THAW_SOURCE_DIR) + "/data/evidence/" + name;
}

inline evidence::WeightParameters test_parameters() {
  return evidence::read_parameters(read_text(data_path("weights.json"))).value();
}

/// The knowledge that is bundled with the program.
inline evidence::Knowledge bundled_knowledge() {
  std::vector<std::string> texts;
  for (const char* name : {"concepts", "sources", "relations", "trials", "gene_classes"}) {
    texts.push_back(read_text(data_path(std::string(name) + ".jsonl")));
  }
  std::vector<evidence::BundledFile> files;
  for (const auto& text : texts) {
    files.push_back({"file", text});
  }
  const auto connection = db::Connection::open(":memory:").value();
  evidence::migrate_evidence(*connection).value();
  evidence::ensure_bundled(*connection, files).value();
  return evidence::load_knowledge(*connection).value();
}

/// Everything a test needs, with stable addresses.
struct TestBrain {
  evidence::Knowledge knowledge;
  evidence::WeightParameters parameters = test_parameters();
  evidence::Weigher weigher{knowledge, parameters};
  evidence::NameIndex names{knowledge};

  explicit TestBrain(evidence::Knowledge k) : knowledge(std::move(k)) {}
  TestBrain(const TestBrain&) = delete;
  TestBrain& operator=(const TestBrain&) = delete;

  const evidence::Concept* concept_of(std::string_view name) const {
    return names.resolve(name).value();
  }
};

/// Concepts and items given by hand; sources are made up as named.
inline evidence::Knowledge knowledge_of(std::vector<evidence::Concept> concepts,
                                        std::vector<evidence::Item> items) {
  std::vector<evidence::Source> sources;
  for (std::size_t i = 0; i < items.size(); ++i) {
    items[i].id = "I" + std::to_string(i);
    items[i].source = "source:" + std::to_string(i);
    sources.push_back({.id = items[i].source});
  }
  return evidence::Knowledge::build(std::move(concepts), std::move(sources), std::move(items))
      .value();
}

}  // namespace thaw::inquiry
