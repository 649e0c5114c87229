// HTTP over libcurl: the system's certificates, only http and https, every limit kept.
//
// Redirects of a GET are followed to the same or a safer scheme, never to a file. A body that ends
// before its announced length is an error. Checked: against a server that misbehaves.
#pragma once

#include <memory>

#include "net/http_client.h"

namespace thaw::net {

/// A client that keeps its connection open between exchanges. One thread at a time.
class CurlClient final : public HttpClient {
 public:
  CurlClient();
  ~CurlClient() override;
  Result<HttpReply> send(const HttpRequest& request) override;

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace thaw::net
