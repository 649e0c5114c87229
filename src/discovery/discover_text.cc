#include <fmt/format.h>

#include "discovery/discover_json.h"
#include "discovery/warnings.h"

namespace thaw::discovery {
namespace {

std::string_view left(graph::Mark mark) {
  return mark == graph::Mark::kArrow ? "<" : mark == graph::Mark::kCircle ? "o" : "-";
}

std::string_view right(graph::Mark mark) {
  return mark == graph::Mark::kArrow ? ">" : mark == graph::Mark::kCircle ? "o" : "-";
}

std::string head(const Discovery& found, bool zh) {
  const std::string means =
      found.test != TestKind::kAuto && found.score
          ? fmt::format("{} + {}", to_string(found.test), to_string(*found.score))
      : found.test != TestKind::kAuto ? std::string(to_string(found.test))
      : found.score                   ? std::string(to_string(*found.score))
                                      : std::string("-");
  return fmt::format(fmt::runtime(zh ? "方法 {}（{}）：{} 行，{} 个变量，{} 条边\n"
                                     : "{} ({}): {} rows, {} variables, {} edges\n"),
                     to_string(found.options.method), means, found.rows_used,
                     found.variables.size(), found.learned.graph.edge_count());
}

std::string effects(const Discovery& found, bool zh) {
  const Words text = ida_words(found);
  std::string out;
  if (found.ida) {
    const std::string& cause = found.variables[found.ida_pair->first].name;
    const std::string& effect = found.variables[found.ida_pair->second].name;
    out += fmt::format(fmt::runtime(zh ? "{} 对 {} 的可能效应（{} / {}）：\n"
                                       : "Possible effects of {} on {} ({} per {}):\n"),
                       cause, effect, effect, cause);
    for (const PossibleEffect& one : found.ida->effects) {
      out += one.zero_by_graph ? "  0\n"
                               : fmt::format("  {:.4g} [{:.4g}, {:.4g}]\n", one.estimate,
                                             one.ci_low, one.ci_high);
    }
  }
  return out + (zh ? text.zh : text.en) + "\n";
}

}  // namespace

std::string edge_text(std::string_view a, graph::Mark mark_a, std::string_view b,
                      graph::Mark mark_b) {
  return fmt::format("{} {}-{} {}", a, left(mark_a), right(mark_b), b);
}

std::string discovery_text(const Discovery& found, bool zh) {
  std::string out = head(found, zh);
  for (const graph::MixedEdge& edge : found.learned.graph.edges()) {
    out += "  " + edge_text(found.variables[edge.a].name, edge.mark_a, found.variables[edge.b].name,
                            edge.mark_b);
    if (found.bootstrap) {
      out += fmt::format("  {:.0f} %", 100 * frequency_of(found.bootstrap->pairs, edge));
    }
    out += "\n";
  }
  if (found.ida_pair) {
    out += effects(found, zh);
  }
  if (found.missing) {
    const Words text = missing_words(found);
    out += (zh ? text.zh : text.en) + "\n";
  }
  for (const Notice& one : found.warnings) {
    out += (zh ? "注意：" + one.text.zh : "Note: " + one.text.en) + "\n";
  }
  out.pop_back();
  return out;
}

}  // namespace thaw::discovery
