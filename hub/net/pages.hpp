// What the hub answers over HTTP: a fixed list of paths, each found by exact comparison. Nothing is decoded, joined or
// looked up on disk by what a client sent, so that there is no path to escape from. GET and HEAD only. io thread.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "hub/net/connection.hpp"
#include "hub/net/host.hpp"

namespace attune::net {

struct Request {
    std::string_view target;  // as sent
    std::string_view host;
    std::string_view accept_encoding;
    std::string_view if_none_match;
    LocalEnd end;
};

/// `body` may view the program's own data, or `kept`.
struct Response {
    unsigned status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    std::string cache = "no-store";
    std::string etag;
    bool gzip = false;
    std::string more;  // further header lines, each ending in CRLF
    std::shared_ptr<const std::string> kept;
    std::string_view body;
};

class Pages {
  public:
    explicit Pages(Context& context);
    Response answer(const Request& request);

    /// A sentence as a page of plain text.
    static Response sentence(unsigned status, std::string text);
    /// The whole header of a response, the empty line included. `body_bytes` is said even where no body follows (HEAD).
    std::string head(const Response& response, const LocalEnd& end, bool keep_alive) const;

  private:
    struct File {
        std::string content_type;
        std::shared_ptr<const std::string> bytes;
        std::string etag;
    };
    Response page_or_asset(std::string_view path, const Request& request);
    Response from_directory(const std::string& name);
    Response front_page() const;
    Response ready() const;
    void scan_directory();
    bool example() const { return context_.callbacks.example && context_.callbacks.example(); }

    Context& context_;
    std::map<std::string, std::string, std::less<>> directory_;  // --www: request path -> file, found by a scan
    Ms scanned_ms_ = -1;
};

/// True when the list of codings allows gzip.
bool accepts_gzip(std::string_view accept_encoding);
/// True when `etag` is one of the list, or the list is `*`.
bool etag_matches(std::string_view if_none_match, std::string_view etag);

/// Prometheus' text exposition of everything that is counted. No names in labels.
std::string metrics_text(const Context& context);

}  // namespace attune::net
