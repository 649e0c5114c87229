// How soon a sentence is heard: from the request to the WAV's bytes, through the server on this
// machine. Must: 100 ms. The peer figure: espeak-ng alone, as any program would start it.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include "api/server.h"
#include "api/speech.h"
#include "gaze/child_process.h"
#include "gaze/espeak_voice.h"
#include "gaze/spoken_text.h"

namespace {

using namespace thaw;
using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point begun) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
}

std::string file(const std::string& name) {
  std::ifstream in(std::string(THAW_SOURCE_DIR) + "/data/gaze/" + name, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

/// One request on a connection of its own; the whole reply.
std::string exchange(std::uint16_t port, const std::string& request) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string reply;
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0 &&
      ::send(fd, request.data(), request.size(), MSG_NOSIGNAL) > 0) {
    char piece[65536];
    for (ssize_t got = 0; (got = ::recv(fd, piece, sizeof piece, 0)) > 0;) {
      reply.append(piece, static_cast<std::size_t>(got));
    }
  }
  ::close(fd);
  return reply;
}

std::string heads(const std::string& line) {
  return line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
}

std::string post(const std::string& body) {
  return heads("POST /api/voice") +
         fmt::format("Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}", body.size(),
                     body);
}

struct Times {
  std::vector<double> ms;
  double at(double share) {
    std::sort(ms.begin(), ms.end());
    return ms.empty() ? 0
                      : ms[static_cast<std::size_t>(share * static_cast<double>(ms.size() - 1))];
  }
};

/// A sentence of `n` words of two Hanzi, another for every `seed`.
std::vector<gaze::Word> sentence(std::size_t n, std::size_t seed) {
  const std::vector<gaze::Word> known{{"\u8bf7\u95ee", "qing wen"}, {"\u533b\u751f", "yi sheng"},
                                      {"\u4eca\u5929", "jin tian"}, {"\u559d\u6c34", "he shui"},
                                      {"\u7ffb\u8eab", "fan shen"}, {"\u91cd\u5e86", "chong qing"},
                                      {"\u94f6\u884c", "yin hang"}};
  std::vector<gaze::Word> words;
  for (std::size_t k = 0; k < n; ++k) {
    words.push_back(known[(seed + k * (1 + seed / known.size())) % known.size()]);
  }
  words.push_back({"\u3002", ""});
  return words;
}

std::string body_of(const std::vector<gaze::Word>& words, double rate) {
  boost::json::array list;
  for (const auto& word : words) {
    list.push_back(boost::json::object{{"text", word.text}, {"pinyin", word.pinyin}});
  }
  return boost::json::serialize(
      boost::json::object{{"lang", "zh"}, {"rate", rate}, {"words", std::move(list)}});
}

}  // namespace

int main() {
  if (!gaze::is_installed("espeak-ng")) {
    fmt::print("espeak-ng is not installed: nothing was measured\n");
    return 0;
  }
  gaze::VoiceSettings settings;
  settings.tones = std::make_shared<const gaze::Tones>(
      gaze::Tones::read(file("readings.tsv"), file("word_tones.tsv")).value());
  gaze::VoiceDesk desk(std::move(gaze::make_voice(settings)).value());
  api::Site site;
  api::add_voice_routes(site, desk);
  api::ServerOptions options;
  options.port = 0;
  auto server = api::Server::listen(site, options).value();
  std::thread serving([&] { server->serve(); });

  fmt::print("{:<34} {:>9} {:>9} {:>7} {:>7}\n", "", "p50 ms", "p95 ms", "must", "peer");
  for (const std::size_t words : {std::size_t{4}, std::size_t{10}, std::size_t{20}}) {
    Times all, alone, again;
    for (std::size_t seed = 0; seed < 60; ++seed) {
      const auto text = sentence(words, seed);
      const double rate = 1 + 0.001 * static_cast<double>(seed);  // no two are the same
      auto begun = Clock::now();
      const std::string reply = exchange(server->port(), post(body_of(text, rate)));
      const std::size_t at = reply.find("/api/voice/wav?id=");
      if (at == std::string::npos) {
        fmt::print("no voice: {}\n", reply);
        break;
      }
      const std::string url = reply.substr(at, 50);
      const std::string wav = exchange(server->port(), heads("GET " + url) + "\r\n");
      all.ms.push_back(ms_since(begun));
      begun = Clock::now();
      exchange(server->port(), post(body_of(text, rate)));
      exchange(server->port(), heads("GET " + url) + "\r\n");
      again.ms.push_back(ms_since(begun));
      gaze::ChildRequest child;
      child.command = {"espeak-ng", "-v", "cmn-latn-pinyin", "--stdin", "--stdout"};
      child.input = gaze::numbered_pinyin(text, *settings.tones);
      begun = Clock::now();
      if (auto started = gaze::ChildProcess::start(child)) {
        if (!std::move(started).value().finish()) {
          break;
        }
      }
      alone.ms.push_back(ms_since(begun));
    }
    const double peer = alone.at(0.5);
    const auto row = [&](const std::string& what, Times& times) {
      fmt::print("{:<34} {:>9.1f} {:>9.1f} {:>7} {:>6.1f}x\n", what, times.at(0.5), times.at(0.95),
                 "100", times.at(0.5) / peer);
    };
    row(fmt::format("{} words: request to WAV", words), all);
    row(fmt::format("{} words: the same again", words), again);
    row(fmt::format("{} words: espeak-ng alone", words), alone);
  }
  server->stop();
  serving.join();
  return 0;
}
