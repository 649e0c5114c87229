// What the routes answer from, and every group of routes: one line here, one routes_*.cc beside.
//
// A route takes the parameters of the request, calls one function of one module, and writes the
// document of docs/formats/api.md that the command of the same name prints.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "api/site.h"

namespace thaw::evidence {
class Knowledge;
class NameIndex;
struct WeightParameters;
}  // namespace thaw::evidence

namespace thaw::registry {
struct RegistryData;
class EligibilityIndex;
}  // namespace thaw::registry

namespace thaw::api {

class Live;

/// One state of the store. Everything is read-only and used by several threads.
struct Context {
  const evidence::Knowledge* knowledge = nullptr;
  const evidence::NameIndex* names = nullptr;
  const evidence::WeightParameters* parameters = nullptr;
  const registry::RegistryData* registry = nullptr;         // null: no registry
  const registry::EligibilityIndex* eligibility = nullptr;  // null: no registry
  std::string_view about;                                   // data/about.json
  std::string_view calibration;                             // data/evidence/calibration.json
  std::uint64_t seed = 1;
  unsigned threads = 1;               // for one answer
  std::shared_ptr<const void> owner;  // of what the pointers point to, where nobody else is
};

// `live` must outlive the site.
void add_about_routes(Site& site, const Live& live);     // /api/status, /api/about
void add_evidence_routes(Site& site, const Live& live);  // /api/weigh, /api/concepts
void add_inquiry_routes(Site& site, const Live& live);   // /api/rank, ask, chains, ...
void add_people_routes(Site& site, const Live& live);    // /api/people

}  // namespace thaw::api
