// A small knowledge and the product's model for the tests of reading.
#pragma once

#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "evidence/grounding.h"
#include "evidence/knowledge.h"
#include "reading/builtin_reader.h"

namespace thaw::reading {

inline std::string file_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

inline evidence::Concept made_concept(std::string id, std::string kind, std::string en,
                                      std::string zh, std::string wanted = "") {
  evidence::Concept out;
  out.id = std::move(id);
  out.kind = std::move(kind);
  out.name = {std::move(en), std::move(zh)};
  out.wanted = std::move(wanted);
  return out;
}

inline evidence::Knowledge small_knowledge() {
  std::vector<evidence::Concept> concepts = {
      made_concept("t:riluzole", "drug", "riluzole", "利鲁唑"),
      made_concept("t:minocycline", "drug", "minocycline", "米诺环素"),
      made_concept("t:als", "disease", "amyotrophic lateral sclerosis", "肌萎缩侧索硬化"),
      made_concept("t:survival", "outcome", "survival", "生存期", "raises"),
      made_concept("t:progression", "outcome", "disease progression", "疾病进展", "lowers"),
      made_concept("t:tdp43", "protein", "TDP-43", "TDP-43 蛋白"),
      made_concept("t:sod1", "protein", "SOD1", "SOD1 蛋白"),
      made_concept("t:autophagy", "process", "autophagy", "自噬"),
      made_concept("t:death", "pathology", "motor neuron death", "运动神经元死亡", "lowers"),
      made_concept("t:inflammation", "process", "neuroinflammation", "神经炎症", "lowers")};
  return evidence::Knowledge::build(std::move(concepts), {}, {}).value();
}

/// The reader over the small knowledge.
struct ReaderFixture {
  evidence::Knowledge knowledge = small_knowledge();
  evidence::NameBook book = evidence::name_book_of(knowledge);
  evidence::Grounder grounder{book, &knowledge};
  RelationModel model = RelationModel::from_bytes(file_bytes(std::string(THAW_SOURCE_DIR) +
                                                             "/data/reading/relation_model.bin"))
                            .value();

  Reading read(const std::string& text, std::optional<double> threshold = 0.05) {
    evidence::Document document;
    document.id = "PMID:1";
    document.sections = {{"abstract", text}};
    BuiltinReader reader(grounder, knowledge, model, {threshold});
    return reader.read(document).value();
  }
};

}  // namespace thaw::reading
