#include <fmt/format.h>

#include <cstdio>

#include "api/embedded.h"
#include "api/server.h"
#include "api/site.h"
#include "cli/commands.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::uint16_t port = 8080;
  std::string address = "127.0.0.1";
};

Result<Done> start(const Arguments& given, const Options& options) {
  api::Site site;
  site.assets(api::embedded_assets());
  api::ServerOptions server_options;
  server_options.address = given.address;
  server_options.port = given.port;
  server_options.threads = options.threads;
  THAW_TRY(auto server, api::Server::listen(site, server_options));
  fmt::print(stderr, "thaw: pages at http://{}:{} (Ctrl-C stops)\n", given.address, server->port());
  server->serve();
  return Done{};
}

}  // namespace

void add_start(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& command = program.word("start", "Do the main job, print the answers, serve the pages");
  command.add_option("--port", given->port, "Port of the pages; 0 takes any free one")
      ->capture_default_str();
  program.on(command, [given](const Options& options) { return start(*given, options); });
}

}  // namespace thaw::cli
