// A million statements over the FamPlex hierarchy: assembled, weighed, contradictions counted and
// listed; and a hundred thousand claims weighed from records. The ratios are against INDRA.
//
// The generator: agents drawn by Zipf's law (exponent 1) over all concepts of the hierarchy in a
// random order, three classes of relation of two signs, one paper a statement, every fourth paper
// with a cohort of its own, one statement in ten against its claim, one in ten with one of 20 cell
// lines. INDRA 20,000 statements in 6.2 CPU s, 3,200 a second, on the same hierarchy; its
// contradictions among 5,000 took 83 s and grow with the square. Needs the shared data; without
// them a hierarchy of the same size is drawn.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <numeric>

#include "base/random.h"
#include "evidence/assembly.h"
#include "evidence/statement_file.h"
#include "evidence/test_knowledge.h"
#include "evidence/weigh.h"

namespace {

using namespace thaw;
using namespace thaw::evidence;

constexpr double kIndraPerSecond = 3200;

double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

HierarchyFile hierarchy() {
  const char* shared = std::getenv("THAW_SHARED");
  const std::string folder =
      shared != nullptr ? shared : std::string(THAW_SOURCE_DIR) + "/../shared";
  std::ifstream file(folder + "/data/mechanism/famplex/relations.csv");
  if (file) {
    if (auto read = read_hierarchy(file)) {
      return std::move(read).value();
    }
  }
  fmt::print("no FamPlex here: a drawn hierarchy of 5,389 concepts stands in\n");
  HierarchyFile drawn;
  Random random(3);
  std::vector<Hierarchy::Edge> edges;
  constexpr std::uint32_t kFamilies = 783;
  for (std::uint32_t i = 0; i < 5389; ++i) {
    drawn.concepts.intern(fmt::format("X:{}", i));
    if (i > 0) {
      edges.push_back({i, static_cast<std::uint32_t>(random.index(std::min(i, kFamilies)))});
    }
  }
  drawn.hierarchy = Hierarchy::build(5389, std::move(edges)).value();
  return drawn;
}

/// Draws ranks by Zipf's law with exponent 1 by inversion of its cumulated weights.
class Zipf {
 public:
  Zipf(std::size_t n, Random& random) : cumulated_(n), order_(n) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
      sum += 1 / static_cast<double>(i + 1);
      cumulated_[i] = sum;
    }
    std::iota(order_.begin(), order_.end(), 0U);
    for (std::size_t i = n; i > 1; --i) {
      std::swap(order_[i - 1], order_[random.index(i)]);
    }
  }

  std::uint32_t draw(Random& random) const {
    const double u = random.uniform() * cumulated_.back();
    const auto at = std::ranges::lower_bound(cumulated_, u);
    return order_[static_cast<std::size_t>(at - cumulated_.begin())];
  }

 private:
  std::vector<double> cumulated_;
  std::vector<std::uint32_t> order_;
};

std::vector<Statement> draw_statements(Assembly& assembly, std::size_t count) {
  Random random(1);
  const Zipf zipf(assembly.concepts().size(), random);
  std::vector<std::uint16_t> relations;
  for (const char* relation : {"activity", "amount", "phosphorylation"}) {
    relations.push_back(static_cast<std::uint16_t>(assembly.relations().intern(relation)));
  }
  const auto kind = assembly.kinds().intern("text_mined");
  std::vector<std::uint32_t> cells = {0};
  for (int i = 0; i < 20; ++i) {
    const std::string text = fmt::format("cell=line {}", i);
    const std::string_view view = text;
    cells.push_back(assembly.qualifiers(std::span(&view, 1)));
  }
  std::vector<Statement> out;
  out.reserve(count);
  while (out.size() < count) {
    Statement s;
    s.claim.subject = zipf.draw(random);
    s.claim.object = zipf.draw(random);
    if (s.claim.subject == s.claim.object) {
      continue;
    }
    s.claim.relation = relations[random.index(relations.size())];
    s.claim.sign = random.bernoulli(0.5) ? Sign::kRaises : Sign::kLowers;
    s.claim.qualifiers = random.bernoulli(0.1) ? cells[1 + random.index(20)] : 0;
    s.group_keys = {assembly.groups().intern(fmt::format("PMID:{}", random.index(500'000)))};
    s.kind = kind;
    s.nats = (random.bernoulli(0.1) ? -0.1 : 0.1) * (1 + 0.1 * random.uniform());
    out.push_back(std::move(s));
  }
  return out;
}

void print_row(std::string_view what, double seconds, std::string_view note = "") {
  fmt::print("{:<52} {:8.2f} s  {}\n", what, seconds, note);
}

void bench_assembly(std::size_t count) {
  HierarchyFile file = hierarchy();
  fmt::print("hierarchy: {} concepts, {} edges, {} pairs in its closure\n", file.concepts.size(),
             file.hierarchy.report().edges, file.hierarchy.report().pairs);
  Assembly assembly(std::move(file.concepts), std::move(file.hierarchy));
  const auto statements = draw_statements(assembly, count);
  const double start = cpu_seconds();
  for (const Statement& s : statements) {
    assembly.add(s);
  }
  const double merged = cpu_seconds();
  assembly.weigh_touched();
  const double weighed = cpu_seconds();
  const auto listed = assembly.contradictions(1000);
  const double done = cpu_seconds();
  const AssemblyCounts c = assembly.counts();
  fmt::print("{} statements, {} claims, {} groups; {} refinements, {} contradictions, {} listed\n",
             c.statements, c.claims, c.groups, c.refinements, c.contradictions, listed.size());
  print_row("merge, refine and count contradictions", merged - start);
  print_row("weigh every claim", weighed - merged);
  print_row("list the 1,000 contradictions with most at stake", done - weighed);
  const double rate = static_cast<double>(c.statements) / (done - start);
  print_row("all of it, of 20 s allowed", done - start,
            fmt::format("{:.0f} statements/s, {:.0f} times INDRA's 3,200 (which has no "
                        "contradictions in it)",
                        rate, rate / kIndraPerSecond));
  fmt::print("peak memory {:.0f} MiB of 2,048 allowed\n", peak_mib());
  Statement more = statements.front();
  more.group_keys = {assembly.groups().intern("PMID:one more")};
  const double before = cpu_seconds();
  for (int i = 0; i < 1000; ++i) {
    more.nats = 0.05 + 1e-5 * i;
    assembly.add(more);
    assembly.weigh_touched();
  }
  fmt::print("one more statement, its claim weighed again: {:.1f} us\n",
             1e3 * (cpu_seconds() - before));
}

void bench_weigher(std::size_t claims) {
  const auto parameters = test_parameters();
  Random random(2);
  std::vector<Item> items;
  for (std::size_t i = 0; i < claims; ++i) {
    Item item = item_named(fmt::format("i{}", i));
    item.subject = fmt::format("thaw:s{}", random.index(2000));
    item.object = fmt::format("thaw:o{}", random.index(200));
    item.study_kind = i % 3 == 0 ? "animal" : "in_vitro";
    item.source = fmt::format("PMID:{}", random.index(claims));
    items.push_back(std::move(item));
  }
  double start = cpu_seconds();
  const auto knowledge = knowledge_of(std::move(items));
  print_row(
      "records joined into claims", cpu_seconds() - start,
      fmt::format("{} claims of {} items", knowledge.claims().size(), knowledge.items().size()));
  const Weigher weigher(knowledge, parameters);
  start = cpu_seconds();
  const auto all = weigher.weigh_all();
  const double seconds = cpu_seconds() - start;
  print_row("every claim weighed", seconds,
            fmt::format("{:.0f} claims/s", static_cast<double>(all.size()) / seconds));
}

}  // namespace

int main() {
  bench_assembly(1'000'000);
  bench_weigher(130'000);
  return 0;
}
