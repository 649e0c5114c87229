#include "cli/serve.h"

#include <fmt/format.h>

#include <cstdlib>
#include <mutex>

#include "api/doorkeeper.h"
#include "api/embedded.h"
#include "api/own_addresses.h"
#include "api/server.h"
#include "api/speaker_desk.h"
#include "api/speech.h"
#include "api/workbench.h"
#include "cli/keys.h"
#include "cli/output.h"
#include "cli/owned_reader.h"
#include "gaze/command_line.h"
#include "net/curl_client.h"

namespace thaw::cli {
namespace {

/// The evidence of the store as it is now, beside the registry that `first` holds.
Result<std::shared_ptr<const api::Context>> read_anew(const Workspace& first,
                                                      const Options& options) {
  THAW_TRY(std::shared_ptr<Workspace> fresh, open_knowledge(options));
  auto context = std::make_shared<api::Context>(fresh->context(options));
  const api::Context beside = first.context(options);
  context->registry = beside.registry;
  context->eligibility = beside.eligibility;
  context->owner = std::move(fresh);
  return std::shared_ptr<const api::Context>(std::move(context));
}

void add_routes(api::Site& site, const api::Workbench& bench) {
  const api::Live& live = *bench.live;
  site.assets(api::embedded_assets());
  api::add_about_routes(site, live);
  api::add_evidence_routes(site, live);
  api::add_inquiry_routes(site, live);
  api::add_people_routes(site, live);
  api::add_claims_routes(site, live);
  api::add_job_routes(site, bench);
  api::add_import_routes(site, bench);
  api::add_review_routes(site, bench);
  api::add_reweigh_routes(site, bench);
  api::add_weights_routes(site, bench);
  api::add_document_routes(site, bench);
  api::add_search_routes(site, bench);
  api::add_data_routes(site, bench);
}

/// What the pages need beside the workspace, in the order in which it must end.
struct Machinery {
  api::Live live;
  api::Refresh refresh;
  std::unique_ptr<api::Uploads> uploads;
  SystemClock clock;
  std::mutex changing;
  api::Tables tables;
  api::Jobs jobs;  // the last to be made is the first to end: it uses the others

  Machinery(std::shared_ptr<const api::Context> first, api::Refresh::Load load,
            std::unique_ptr<api::Uploads> files)
      : live(std::move(first)), refresh(live, std::move(load)), uploads(std::move(files)) {}
};

/// What a person says, and the care around them, on the store of `options`.
Result<std::unique_ptr<api::SpeakerDesk>> open_speaker(const ServeOptions& given,
                                                       const Options& options, std::uint16_t port,
                                                       const Clock& clock) {
  api::SpeakerOptions speaker;
  if (!given.call_command.empty()) {
    THAW_TRY(speaker.call_command, gaze::split_command(given.call_command));
  }
  speaker.open_store = [options] { return open_store(options); };
  speaker.clock = &clock;
  THAW_TRY(speaker.phrases, bundled_file("gaze/phrases.json"));
  const auto zh = bundled_file("gaze/zh.counts");
  const auto en = bundled_file("gaze/en.counts");
  speaker.zh_counts = zh ? *zh : std::string_view();
  speaker.en_counts = en ? *en : std::string_view();
  THAW_TRY(speaker.tones, bundled_tones());
  speaker.address = given.address;
  speaker.port = port;
  return api::SpeakerDesk::open(std::move(speaker));
}

/// What speaks, and the language model that may complete sentences.
struct Speech {
  std::unique_ptr<gaze::VoiceDesk> voice;
  std::unique_ptr<api::ExpandDesk> expander;
};

/// `speaker` must outlive what comes back.
Result<Speech> open_speech(const ServeOptions& given, api::SpeakerDesk& speaker) {
  THAW_TRY(auto voice, make_voice(given.voice));
  const char* key = std::getenv("THAW_LLM_KEY");
  api::ExpanderSettings settings{given.expander_endpoint, given.expander_model,
                                 key == nullptr ? "" : key};
  const auto words_of = [&speaker](gaze::Language language,
                                   std::string_view text) -> Result<std::vector<gaze::Word>> {
    THAW_TRY(const gaze::TextEngine* engine, speaker.engine().wait(api::kEnginePatience));
    return engine->words_of(language, text);
  };
  THAW_TRY(auto expander, api::ExpandDesk::make(std::move(settings),
                                                std::make_unique<net::CurlClient>(), words_of));
  return Speech{std::make_unique<gaze::VoiceDesk>(std::move(voice)), std::move(expander)};
}

/// What belongs to one person: speaking, care and those around.
struct Person {
  std::unique_ptr<api::SpeakerDesk> speaker;
  Speech speech;
};

/// The person's routes; what comes back must outlive the site's answers.
Result<Person> add_person(api::Site& site, const ServeOptions& given, const Options& options,
                          api::Server& server, const Clock& clock) {
  Person person;
  THAW_TRY(person.speaker, open_speaker(given, options, server.port(), clock));
  api::add_speaker_routes(site, *person.speaker);
  THAW_TRY(person.speech, open_speech(given, *person.speaker));
  api::add_voice_routes(site, *person.speech.voice);
  api::add_expand_routes(site, *person.speech.expander);
  server.on_stop([expander = person.speech.expander.get()] { expander->stop(); });
  return person;
}

void tell_addresses(const ServeOptions& given, std::uint16_t port) {
  tell(fmt::format("pages at {} (Ctrl-C stops)", api::own_url(given.address, port)));
  for (const std::string& url : api::urls_for_others(given.address, port)) {
    tell(given.no_speaking ? fmt::format("other machines in the same network open {}", url)
                           : fmt::format("a phone in the same network opens {}/partner", url));
  }
}

/// The built-in reader over one state, which must outlive it.
Result<std::unique_ptr<reading::Reader>> make_reader(const api::Context& context,
                                                     double threshold) {
  THAW_TRY(auto reader, OwnedReader::make(*context.knowledge,
                                          threshold > 0 ? std::optional(threshold) : std::nullopt));
  return std::unique_ptr<reading::Reader>(std::move(reader));
}

}  // namespace

Result<Done> serve(const ServeOptions& given, const Options& options,
                   const std::function<Result<std::unique_ptr<Workspace>>()>& prepare) {
  api::Live* live = nullptr;
  api::Site::Options site_options;
  site_options.any_host = !api::is_loopback(given.address);
  site_options.writes = api::is_loopback(given.address) || given.allow_writes;
  site_options.generation = [&live] { return live->generation(); };
  api::Site site(site_options);
  api::ServerOptions server_options;
  server_options.address = given.address;
  server_options.port = given.port;
  server_options.threads = options.threads;
  if (!api::reaches_own_pages(given.address)) {
    server_options.also = {"127.0.0.1"};  // else nobody could open the person's own pages
  }
  THAW_TRY(auto server, api::Server::listen(site, server_options));
  THAW_TRY(auto workspace, prepare());
  THAW_TRY(auto uploads, api::Uploads::make());
  Machinery machinery(
      std::make_shared<const api::Context>(workspace->context(options)),
      [&] { return read_anew(*workspace, options); }, std::move(uploads));
  live = &machinery.live;
  const api::Workbench bench{live,
                             &machinery.refresh,
                             &machinery.jobs,
                             machinery.uploads.get(),
                             [options] { return open_store(options); },
                             keys_folder(),
                             &machinery.clock,
                             api::is_loopback(given.address),
                             &machinery.changing,
                             make_reader,
                             &machinery.tables};
  add_routes(site, bench);
  Person person;
  if (!given.no_speaking) {
    THAW_TRY(person, add_person(site, given, options, *server, machinery.clock));
  }
  std::fflush(stdout);
  tell_addresses(given, server->port());
  server->serve();
  tell("stopped");
  return Done{};
}

}  // namespace thaw::cli
