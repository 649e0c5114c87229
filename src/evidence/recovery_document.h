// The `bench-paths` document of docs/formats/mechanisms.md.
#pragma once

#include <boost/json/object.hpp>

#include "evidence/chain_recall.h"
#include "evidence/path_benchmark.h"

namespace thaw::evidence {

boost::json::object path_bench_json(const PathBenchReport& report, const CuratedChains& chains,
                                    const PathBench& bench);

boost::json::object chain_recall_json(const RecallReport& report, const CuratedChains& chains);

}  // namespace thaw::evidence
