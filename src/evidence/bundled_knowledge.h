// The bundled knowledge for tests and benches, read from the source tree as the program reads it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "evidence/bundle.h"
#include "evidence/evidence_store.h"
#include "evidence/test_knowledge.h"

namespace thaw::evidence {

inline Knowledge bundled_knowledge() {
  std::vector<std::string> texts;
  for (const char* name : {"concepts", "sources", "relations", "trials", "gene_classes"}) {
    texts.push_back(read_text(std::string(THAW_SOURCE_DIR) + "/data/evidence/" + name + ".jsonl"));
  }
  const auto connection = db::Connection::open(":memory:").value();
  std::vector<BundledFile> files;
  for (const auto& text : texts) {
    files.push_back({"file", text});
  }
  if (!migrate_evidence(*connection) || !ensure_bundled(*connection, files)) {
    return {};
  }
  return load_knowledge(*connection).value();
}

}  // namespace thaw::evidence
