// ClinGen gene-disease validity, the CSV that clinicalgenome.org gives for download.
//
// One row is one expert panel's class for one gene and disease. Columns are read by name.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "exchange/draft.h"
#include "exchange/readers.h"
#include "exchange/table_reader.h"

namespace thaw::exchange {
namespace {

using evidence::Direction;

struct Class {
  std::string_view name, grade;
  Direction direction;
};

constexpr std::array<Class, 7> kClasses = {{
    {"definitive", "definitive", Direction::kSupports},
    {"strong", "panel_strong", Direction::kSupports},
    {"moderate", "moderate", Direction::kSupports},
    {"limited", "limited", Direction::kSupports},
    {"disputed", "disputed", Direction::kOpposes},
    {"refuted", "refuted", Direction::kOpposes},
    {"no known disease relationship", "unstated", Direction::kInconclusive},
}};

Result<Batch> batch_of(const TableReader& row) {
  const std::string_view symbol = row.cell("gene symbol");
  const std::string_view disease = row.cell("disease id (mondo)");
  const std::string_view class_name = row.cell("classification");
  if (symbol.empty() || disease.empty()) {
    return invalid_argument("gene symbol or disease id is empty");
  }
  const auto* found = std::ranges::find(kClasses, fold(class_name), &Class::name);
  if (found == kClasses.end()) {
    return invalid_argument(fmt::format("the class '{}' is not known", class_name));
  }
  const std::string_view report = row.cell("online report");
  const auto assertion = report.find("CGGV:");
  evidence::Source source;
  source.id = assertion == std::string_view::npos
                  ? content_id("ClinGen", {symbol, disease, row.cell("moi"), row.cell("gcep")})
                  : fmt::format("ClinGen:{}", report.substr(assertion));
  source.citation =
      fmt::format("ClinGen {}, {} and {}", row.cell("gcep"), symbol, row.cell("disease label"));
  source.url = report.starts_with("https://") ? std::string(report) : "";
  const auto year = parse_int(row.cell("classification date").substr(0, 4));
  if (year && *year >= 1900 && *year < 2200) {
    source.year = static_cast<int>(*year);
  }
  Batch batch;
  // What the panel judges is a pathogenic variant of the gene, not the gene.
  auto gene = mention_of("", fmt::format("{} pathogenic variant", symbol), "gene_variant",
                         {std::string(row.cell("gene id (hgnc)"))});
  auto illness = mention_of(disease, row.cell("disease label"), "disease");
  evidence::Item item;
  item.subject = gene.id;
  item.object = illness.id;
  item.relation = "causes";
  item.direction = found->direction;
  item.grade = found->grade;
  item.study_kind = "expert_panel";
  item.extractor = "clingen";
  item.year = source.year;
  item.source = source.id;
  item.group_keys = {fmt::format("ClinGen:{}", symbol)};
  item.group_label = "ClinGen";
  item.note = fmt::format("class {}; judged for {} ({}), inheritance {}", class_name,
                          row.cell("disease label"), disease, row.cell("moi"));
  item.id = content_id("clingen", {symbol, disease, row.cell("moi"), source.id});
  batch.mentioned = {std::move(gene), std::move(illness)};
  batch.cited.push_back(std::move(source));
  batch.items.push_back(std::move(item));
  return batch;
}

}  // namespace

bool is_clingen(std::string_view /*name*/, std::string_view head) {
  const auto header = header_of(head, ',');
  return std::ranges::find(header, "gene symbol") != header.end() &&
         std::ranges::find(header, "classification") != header.end();
}

Result<Done> read_clingen(ByteSource& bytes, Sink& sink) {
  TableReader rows(bytes, ',');
  THAW_CHECK(rows.read_header());
  if (!rows.has("gene symbol") || !rows.has("classification")) {
    return invalid_argument("line 1: there are no columns GENE SYMBOL and CLASSIFICATION");
  }
  return read_rows(rows, sink, batch_of);
}

}  // namespace thaw::exchange
