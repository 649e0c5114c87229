// Grounding by dictionary on the gold disease mentions of BioRED Train, by MeSH id.
//
// Each gold mention with one MeSH id is given with its document as context; it is right when the
// concept meant is one thing with that id (by the tables' cross references). "known": that id is
// in the dictionary at all. Intervals: bootstrap over documents. Chemicals and genes cannot be
// measured so: the tables here hold neither MeSH's chemicals nor NCBI's gene numbers.
// Ends at once, saying so, where the shared data are not there.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "base/random.h"
#include "evidence/bundle.h"
#include "evidence/evidence_store.h"
#include "evidence/grounding.h"
#include "evidence/test_knowledge.h"
#include "evidence/vocabulary_store.h"
#include "exchange/byte_source.h"
#include "exchange/name_tables.h"
#include "exchange/pubtator.h"

namespace {

using namespace thaw;
using Clock = std::chrono::steady_clock;

std::filesystem::path shared_folder() {
  const char* given = std::getenv("THAW_SHARED");
  return given != nullptr ? std::filesystem::path(given)
                          : std::filesystem::path(THAW_SOURCE_DIR) / "../shared/data";
}

class VocabularySink final : public exchange::Sink {
 public:
  explicit VocabularySink(evidence::VocabularyWriter& writer) : writer_(&writer) {}
  Result<Done> keep(const exchange::Place&, exchange::Batch batch) override {
    for (const auto& entry : batch.vocabulary) {
      (void)writer_->merge(entry);  // a circle is refused and counted by an import, not here
    }
    return Done{};
  }
  void refuse(const exchange::Place&, std::string) override {}

 private:
  evidence::VocabularyWriter* writer_;
};

void import_tables(db::Connection& connection, const std::filesystem::path& folder) {
  using exchange::kDiseaseOntology;
  using exchange::kFamplex;
  using exchange::kReach;
  using exchange::kSssom;
  const std::pair<const char*, const exchange::Format*> files[] = {
      {"mondo/mondo_exactmatch_mesh.sssom.tsv", &kSssom},
      {"mondo/mondo_exactmatch_doid.sssom.tsv", &kSssom},
      {"mondo/mondo_exactmatch_orphanet.sssom.tsv", &kSssom},
      {"doid/HumanDO.tsv", &kDiseaseOntology},
      {"doid/allXREFinDO.tsv", &kDiseaseOntology},
      {"grounding_reach/mesh-disease.tsv", &kReach},
      {"grounding_reach/bio_process.tsv.gz", &kReach},
      {"grounding_reach/CellOntology.tsv", &kReach},
      {"grounding_reach/Uberon.tsv", &kReach},
      {"grounding_reach/ProteinFamilies.tsv", &kReach},
      {"grounding_reach/famplex.tsv", &kReach},
      {"grounding_reach/GO-subcellular-locations.tsv", &kReach},
      {"grounding_reach/tissue-type.tsv", &kReach},
      {"grounding_reach/hms-drugs.tsv", &kReach},
      {"famplex/entities.csv", &kFamplex},
      {"famplex/relations.csv", &kFamplex},
      {"famplex/equivalences.csv", &kFamplex},
      {"famplex/grounding_map.csv", &kFamplex},
      {"famplex/hgnc_symbol_map.csv", &kFamplex}};
  auto transaction = db::Transaction::begin(connection).value();
  auto writer = evidence::VocabularyWriter::open(connection).value();
  VocabularySink sink(writer);
  for (const auto& [file, format] : files) {
    const auto bytes = exchange::FileSource::open(folder / file).value();
    format->read(*bytes, sink).value();
  }
  transaction.commit().value();
}

struct Count {
  double mentions = 0, known = 0, meant = 0, right = 0, first_right = 0, ambiguous = 0;
};

/// precision and recall of a sum of counts.
std::pair<double, double> rates(const std::vector<Count>& counts, Random* random) {
  Count sum;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const Count& c = counts[random == nullptr ? i : random->index(counts.size())];
    sum.mentions += c.mentions;
    sum.meant += c.meant;
    sum.right += c.right;
  }
  return {sum.right / std::max(1.0, sum.meant), sum.right / std::max(1.0, sum.mentions)};
}

void print_table(const std::vector<Count>& counts, const char* what) {
  Count sum;
  for (const Count& c : counts) {
    sum.mentions += c.mentions;
    sum.known += c.known;
    sum.meant += c.meant;
    sum.right += c.right;
    sum.first_right += c.first_right;
    sum.ambiguous += c.ambiguous;
  }
  Random random(1);
  std::vector<double> precision;
  std::vector<double> recall;
  for (int i = 0; i < 1000; ++i) {
    const auto [p, r] = rates(counts, &random);
    precision.push_back(p);
    recall.push_back(r);
  }
  std::ranges::sort(precision);
  std::ranges::sort(recall);
  const auto [p, r] = rates(counts, nullptr);
  fmt::print(
      "{}: {:.0f} mentions, id known to the tables {:.3f}; meant {:.0f}, right {:.0f}: "
      "precision {:.3f} ({:.3f} to {:.3f}), recall {:.3f} ({:.3f} to {:.3f}), F1 {:.3f}; "
      "first candidate right {:.3f}; said to be ambiguous {:.3f}\n",
      what, sum.mentions, sum.known / sum.mentions, sum.meant, sum.right, p, precision[25],
      precision[974], r, recall[25], recall[974], 2 * p * r / (p + r),
      sum.first_right / sum.mentions, sum.ambiguous / sum.mentions);
}

bool is_one_thing(const evidence::NameBook& book, std::uint32_t term, const std::string& id) {
  return std::ranges::any_of(book.same_as(term), [&](auto other) { return other == id; });
}

void measure(const evidence::Grounder& grounder, const std::filesystem::path& corpus,
             bool with_kind, const char* what) {
  const auto& book = grounder.book();
  std::vector<Count> counts;
  std::size_t asked = 0;
  const auto begun = Clock::now();
  const auto take = [&](const exchange::Place&, exchange::MarkedDocument marked) -> Result<Done> {
    const std::string text = marked.document.text();
    Count count;
    for (const auto& entity : marked.entities) {
      if (entity.kind != "DiseaseOrPhenotypicFeature" || entity.ids.size() != 1 ||
          (entity.ids[0][0] != 'D' && entity.ids[0][0] != 'C')) {
        continue;
      }
      const std::string id = "MESH:" + entity.ids[0];
      const std::string_view surface =
          std::string_view(text).substr(entity.begin, entity.end - entity.begin);
      const auto grounding = grounder.ground({surface, text, with_kind ? "disease" : "", {}});
      ++asked;
      ++count.mentions;
      count.known += book.find_id(id) >= 0 ? 1 : 0;
      count.ambiguous += grounding.ambiguous ? 1 : 0;
      if (!grounding.candidates.empty()) {
        count.first_right += is_one_thing(book, grounding.candidates.front().term, id) ? 1 : 0;
      }
      if (grounding.meant() != nullptr) {
        ++count.meant;
        count.right += is_one_thing(book, grounding.meant()->term, id) ? 1 : 0;
      }
      if (std::getenv("GROUNDING_ERRORS") != nullptr && count.mentions > 0 &&
          (grounding.candidates.empty() ||
           !is_one_thing(book, grounding.candidates.front().term, id))) {
        fmt::print("  {} is {}, said {} {}\n", surface, id,
                   grounding.candidates.empty() ? "nothing" : grounding.candidates.front().id,
                   grounding.candidates.empty() ? "" : grounding.candidates.front().matched);
      }
    }
    counts.push_back(count);
    return Done{};
  };
  const auto bytes = exchange::FileSource::open(corpus).value();
  exchange::read_pubtator(*bytes, take, [](const exchange::Place&, const std::string&) {}).value();
  print_table(counts, what);
  fmt::print("  {:.2f} ms a mention, its whole document looked through each time\n",
             std::chrono::duration<double, std::milli>(Clock::now() - begun).count() /
                 static_cast<double>(std::max<std::size_t>(1, asked)));
}

evidence::Knowledge bundled(db::Connection& connection) {
  std::vector<std::string> texts;
  for (const char* name : {"concepts", "sources", "relations", "trials", "gene_classes"}) {
    texts.push_back(
        evidence::read_text(std::string(THAW_SOURCE_DIR) + "/data/evidence/" + name + ".jsonl"));
  }
  std::vector<evidence::BundledFile> files;
  for (const auto& text : texts) {
    files.push_back({"file", text});
  }
  evidence::migrate_evidence(connection).value();
  evidence::ensure_bundled(connection, files).value();
  return evidence::load_knowledge(connection).value();
}

}  // namespace

int main(int argc, char** argv) {
  const auto folder = shared_folder();
  const auto corpus =
      argc > 1 ? std::filesystem::path(argv[1]) : folder / "text/biored/Train.PubTator";
  if (!std::filesystem::exists(corpus)) {
    fmt::print("grounding: the shared test data are not here, nothing measured\n");
    return 0;
  }
  const auto connection = db::Connection::open(":memory:").value();
  const auto knowledge = bundled(*connection);
  evidence::migrate_vocabulary(*connection).value();
  auto begun = Clock::now();
  const auto seconds = [&] { return std::chrono::duration<double>(Clock::now() - begun).count(); };
  import_tables(*connection, folder / "mechanism");
  const double importing = seconds();
  begun = Clock::now();
  evidence::NameBookBuilder builder;
  for (const auto& record : knowledge.concepts()) {
    builder.add(record);
  }
  evidence::read_vocabulary(*connection, builder).value();
  const auto book = builder.build();
  fmt::print(
      "{} names of {} terms: imported in {:.1f} s; read from the store and made ready in "
      "{:.2f} s, {:.1f} MB\n",
      book.names(), book.terms(), importing, seconds(), static_cast<double>(book.bytes()) / 1e6);
  const evidence::Grounder grounder(book, &knowledge);
  measure(grounder, corpus, true, "BioRED diseases, kind given");
  measure(grounder, corpus, false, "BioRED diseases, kind not given");
}
