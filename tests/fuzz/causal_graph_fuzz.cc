// Any bytes as a causal graph: read or refused with its source named; what is read survives being
// written and read again, and answers a question without falling over.
#include <cstdint>
#include <cstdlib>
#include <string>

#include <boost/json.hpp>

#include "effect/graph_file.h"
#include "effect/graph_json.h"
#include "effect/graph_text.h"
#include "effect/identify.h"

namespace {

bool same(const thaw::effect::CausalGraph& a, const thaw::effect::CausalGraph& b) {
  return a.kind == b.kind && a.names == b.names && a.diagram == b.diagram && a.marks == b.marks &&
         a.latent == b.latent && a.exposure == b.exposure && a.outcome == b.outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file =
      thaw::effect::read_graph(std::string(reinterpret_cast<const char*>(data), size), "g.txt");
  if (!file) {
    if (!file.error().message.starts_with("g.txt:")) {
      std::abort();
    }
    return 0;
  }
  const auto again = thaw::effect::read_graph(write_dagitty(file->graph), "again");
  if (!again || !same(again->graph, file->graph)) {
    std::abort();
  }
  const auto json =
      thaw::effect::read_graph_json(boost::json::serialize(graph_json(file->graph)), "again");
  if (!json || json->names != file->graph.names) {
    std::abort();
  }
  if (file->graph.size() >= 2 && file->graph.size() <= 12) {
    thaw::effect::IdentifyRequest request;
    request.treatment = {file->graph.names.front()};
    request.outcome = {file->graph.names.back()};
    request.max_sets = 5;
    const auto answer = identify(file->graph, request);
    if (answer && answer->explanation.en.empty()) {
      std::abort();
    }
  }
  return 0;
}
