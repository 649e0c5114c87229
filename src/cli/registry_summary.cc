#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "registry/registry_store.h"
#include "registry/summary.h"
#include "registry/summary_json.h"

namespace thaw::cli {
namespace {

std::string shown(const registry::FlooredCount& count) {
  return count.count ? std::to_string(*count.count) : std::string("1-10, hidden");
}

void print_summary(const registry::Summary& summary, bool zh) {
  if (summary.synthetic) {
    print_line(zh ? registry::kBannerZh : registry::kBannerEn);
  }
  print_line(fmt::format("{}: {}", zh ? "人数" : "People", shown(summary.people)));
  for (const registry::VariableCounts& variable : summary.counts) {
    print_line(zh ? variable.label.zh : variable.label.en);
    for (const registry::LevelCell& level : variable.levels) {
      print_line(fmt::format("  {}: {}", zh ? level.label.zh : level.label.en, shown(level.count)));
    }
  }
  if (summary.survival && summary.survival->median) {
    print_line(fmt::format("{}: {:.1f} {}", zh ? "起病后中位生存" : "Median survival from onset",
                           summary.survival->median->value, zh ? "个月" : "months"));
  }
  if (summary.slope) {
    print_line(fmt::format("{}: {:.2f} {}", zh ? "ALSFRS-R 变化中位数" : "Median ALSFRS-R change",
                           summary.slope->q50, zh ? "分/月" : "points/month"));
  }
}

Result<Done> summarize(const Options& options) {
  THAW_TRY(auto connection, open_store(options));
  THAW_TRY(auto store, registry::RegistryStore::open(*connection));
  THAW_TRY(const auto manifest, store.manifest());
  if (!manifest) {
    if (options.json) {
      print_document(registry::people_document_without_registry());
    } else {
      print_line(options.lang == "zh" ? "这里还没有登记数据" : "There is no registry here yet");
    }
    return Done{};
  }
  THAW_TRY(const registry::RegistryData data, store.read_all());
  const registry::Summary summary = registry::summarize_registry(data);
  if (options.json) {
    print_document(registry::people_document(summary));
  } else {
    print_summary(summary, options.lang == "zh");
  }
  return Done{};
}

}  // namespace

void add_registry_summary(Program& program) {
  CLI::App& verb = program.verb("registry", "summary", "Counts and curves of the whole registry");
  program.on(verb, summarize);
}

}  // namespace thaw::cli
