#include "exchange/indra_priors.h"

#include <algorithm>
#include <array>

namespace thaw::exchange {
namespace {

constexpr std::array<IndraSource, 35> kSources = {{
    {"acsn", 0.1, 0.01, false},         {"assertion", 0, 0, false},
    {"bel", 0.1, 0.01, false},          {"biofactoid", 0.1, 0.01, false},
    {"biogrid", 0.01, 0.01, false},     {"biopax", 0.2, 0.01, false},
    {"creeds", 0.1, 0.01, false},       {"crog", 0.01, 0.01, false},
    {"ctd", 0.1, 0.01, false},          {"dgi", 0.1, 0.01, false},
    {"drugbank", 0.1, 0.01, false},     {"eidos", 0.3, 0.05, true},
    {"geneways", 0.3, 0.05, true},      {"gnbr", 0.3, 0.1, true},
    {"hprd", 0.1, 0.01, false},         {"hypothes.is", 0.1, 0.01, false},
    {"isi", 0.3, 0.05, true},           {"medscan", 0.3, 0.05, true},
    {"minerva", 0.1, 0.01, false},      {"ndex", 0.049, 0.01, false},
    {"omnipath", 0.1, 0.01, false},     {"phosphoelm", 0.1, 0.01, false},
    {"phosphosite", 0.01, 0.01, false}, {"r3", 0.1, 0.05, true},
    {"reach", 0.3, 0.05, true},         {"rlimsp", 0.3, 0.05, true},
    {"semrep", 0.3, 0.05, true},        {"signor", 0.049, 0.01, false},
    {"sparser", 0.3, 0.05, true},       {"tas", 0.1, 0.01, false},
    {"tees", 0.3, 0.05, true},          {"trips", 0.3, 0.05, true},
    {"trrust", 0.1, 0.01, false},       {"ubibrowser", 0.1, 0.01, false},
    {"virhostnet", 0.1, 0.01, false},
}};

}  // namespace

std::optional<IndraSource> indra_source(std::string_view source_api) {
  const auto* found = std::ranges::lower_bound(kSources, source_api, {}, &IndraSource::name);
  return found != kSources.end() && found->name == source_api ? std::optional(*found)
                                                              : std::nullopt;
}

}  // namespace thaw::exchange
