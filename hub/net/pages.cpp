// The fixed list of paths and the headers that go with every answer.
#include "hub/net/pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <fstream>
#include <functional>
#include <iterator>

#include "hub/net/assets.hpp"
#include "hub/net/text.hpp"

namespace attune::net {
namespace {

// The pages by their short names. Anything else that ends in .html is not served.
struct Page {
    std::string_view path, file;
    bool example_only;
};
constexpr std::array pages{Page{"/room", "/room.html", false}, Page{"/handset", "/handset.html", false},
                           Page{"/station", "/station.html", false}, Page{"/calm", "/calm.html", false}, Page{"/leaders", "/leaders.html", false},
                           Page{"/look", "/look.html", true}, Page{"/kiosk", "/kiosk.html", false}, Page{"/board", "/board.html", false}};

constexpr std::string_view reason(unsigned status) {
    switch (status) {
        case 200:
            return "OK";
        case 204:
            return "No Content";
        case 302:
            return "Found";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 411:
            return "Length Required";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 421:
            return "Misdirected Request";
        case 426:
            return "Upgrade Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 503:
            return "Service Unavailable";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Error";
    }
}

std::string_view type_of(std::string_view name) {
    struct Type {
        std::string_view end, type;
    };
    static constexpr std::array types{Type{".html", "text/html; charset=utf-8"},
                                      Type{".js", "text/javascript; charset=utf-8"},
                                      Type{".css", "text/css; charset=utf-8"},
                                      Type{".svg", "image/svg+xml"},
                                      Type{".json", "application/json"},
                                      Type{".webmanifest", "application/manifest+json"},
                                      Type{".png", "image/png"},
                                      Type{".ico", "image/x-icon"},
                                      Type{".woff2", "font/woff2"},
                                      Type{".map", "application/json"}};
    for (const auto& type : types) {
        if (name.ends_with(type.end)) return type.type;
    }
    return "application/octet-stream";
}

std::string http_date() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days[static_cast<std::size_t>(parts.tm_wday)],
                       parts.tm_mday, months[static_cast<std::size_t>(parts.tm_mon)], 1900 + parts.tm_year,
                       parts.tm_hour, parts.tm_min, parts.tm_sec);
}

template <typename Use>
void each_of_list(std::string_view list, Use use) {
    while (!list.empty()) {
        const auto comma = list.find(',');
        use(trimmed(list.substr(0, comma)));
        if (comma == std::string_view::npos) return;
        list.remove_prefix(comma + 1);
    }
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
    bool found = false;
    each_of_list(accept_encoding, [&](std::string_view item) {
        const auto semicolon = item.find(';');
        const auto name = trimmed(item.substr(0, semicolon));
        if (name != "gzip" && name != "x-gzip") return;
        const auto quality =
            semicolon == std::string_view::npos ? std::string_view("q=1") : trimmed(item.substr(semicolon + 1));
        found = quality.find_first_of("123456789") != std::string_view::npos;
    });
    return found;
}

bool etag_matches(std::string_view if_none_match, std::string_view etag) {
    bool found = false;
    each_of_list(if_none_match, [&](std::string_view item) {
        if (item.starts_with("W/")) item.remove_prefix(2);
        found = found || item == "*" || item == etag;
    });
    return found;
}

Pages::Pages(Context& context) : context_(context) {}

Response Pages::sentence(unsigned status, std::string text) {
    Response response;
    response.status = status;
    response.kept = std::make_shared<const std::string>(std::move(text) + "\n");
    response.body = *response.kept;
    return response;
}

Response Pages::answer(const Request& request) {
    const auto path = request.target.substr(0, request.target.find('?'));
    if (path == "/-/healthy") return sentence(200, "The hub is running.");
    if (path == "/-/ready") return ready();
    if (path == "/metrics") {
        auto response = sentence(200, metrics_text(context_));
        response.content_type = "text/plain; version=0.0.4; charset=utf-8";
        return response;
    }
    if (path == "/ca.crt" && !context_.ca_certificate.empty()) {
        auto response = sentence(200, context_.ca_certificate);
        response.content_type = "application/x-x509-ca-cert";
        response.more = "Content-Disposition: attachment; filename=\"attune-ca.crt\"\r\n";
        return response;
    }
    if (!host_is_ours(request.host, request.end, context_.names)) {
        return sentence(
            421,
            "This hub does not answer to the name in the address bar. Ask the person who looks after it to add the "
            "name to its configuration, or use its address.");
    }
    if (path == "/v1/ws") return sentence(426, "This is where devices connect, by WebSocket.");
    if (path == "/") return front_page();
    return page_or_asset(path, request);
}

Response Pages::ready() const {
    if (context_.stopping) return sentence(503, "The hub is stopping.");
    if (context_.callbacks.not_ready) {
        if (auto why = context_.callbacks.not_ready(); !why.empty()) return sentence(503, std::move(why));
    }
    if (!context_.door.journal_ok()) {
        return sentence(503, "The hub cannot write to its disk: calls still ring, and are not recorded.");
    }
    return sentence(200, "The hub is ready.");
}

Response Pages::front_page() const {
    if (example()) {
        auto response = sentence(302, "The pages of the example school are at /look.");
        response.more = "Location: /look\r\n";
        return response;
    }
    return sentence(
        200,
        "This is the Attune hub of this school.\n\nRooms, handsets and the station open it by their own links. If you "
        "were given a link, open that one; if not, ask the person who looks after the hub.");
}

Response Pages::page_or_asset(std::string_view path, const Request& request) {
    const auto* page = std::ranges::find(pages, path, &Page::path);
    const bool is_page = page != pages.end();
    if (is_page && page->example_only && !example()) return sentence(404, "There is no such page.");
    const auto file = is_page ? page->file : path;
    if (!is_page && file.ends_with(".html")) return sentence(404, "There is no such page.");

    if (!context_.config.www.empty()) {
        // Development: the folder may just have been built anew.
        if (is_page || !directory_.contains(file)) scan_directory();
        const auto found = directory_.find(file);
        return found == directory_.end() ? sentence(404, "There is no such page.") : from_directory(found->second);
    }

    const auto* asset = assets::find(file);
    if (asset == nullptr) return sentence(404, "There is no such page.");
    Response response;
    response.content_type = asset->content_type;
    response.gzip = !asset->gzip_bytes.empty() && accepts_gzip(request.accept_encoding);
    response.body = response.gzip ? asset->gzip_bytes : asset->bytes;
    response.etag = asset->etag;
    // Two codings are two representations, so that they differ in their tags.
    if (response.gzip && response.etag.ends_with('"')) response.etag.insert(response.etag.size() - 1, "-gz");
    response.cache = is_page ? "no-store" : asset->immutable ? "public, max-age=31536000, immutable" : "no-cache";
    if (!asset->gzip_bytes.empty()) response.more = "Vary: Accept-Encoding\r\n";
    if (etag_matches(request.if_none_match, response.etag)) {
        response.status = 304;
        response.body = {};
    }
    return response;
}

void Pages::scan_directory() {
    if (scanned_ms_ >= 0 && context_.clock.monotonic_ms() - scanned_ms_ < 1000) return;
    scanned_ms_ = context_.clock.monotonic_ms();
    namespace fs = std::filesystem;
    directory_.clear();
    std::error_code error;
    const fs::path& root = context_.config.www;
    for (fs::recursive_directory_iterator at(root, error), end; !error && at != end && directory_.size() < 4096;
         at.increment(error)) {
        // Links are not followed: only what lies in the folder itself is served.
        if (at->symlink_status(error).type() != fs::file_type::regular) continue;
        const auto name = fs::path(at->path()).lexically_relative(root).generic_string();
        directory_.emplace("/" + name, at->path().string());
    }
}

Response Pages::from_directory(const std::string& name) {
    std::ifstream in(name, std::ios::binary);
    if (!in) return sentence(404, "There is no such page.");
    Response response;
    response.content_type = type_of(name);
    response.kept =
        std::make_shared<const std::string>(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    response.body = *response.kept;
    return response;
}

std::string Pages::head(const Response& response, const LocalEnd& end, bool keep_alive) const {
    const bool framed = example();  // /look shows the three pages side by side
    auto text = fmt::format(
        "HTTP/1.1 {} {}\r\nDate: {}\r\nConnection: {}\r\nCache-Control: {}\r\n"
        "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src "
        "'self'; "
        "connect-src 'self'; manifest-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors {}\r\n"
        "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nCross-Origin-Opener-Policy: same-origin\r\n"
        "Cross-Origin-Resource-Policy: same-origin\r\n"
        "Permissions-Policy: accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "microphone=(), "
        "payment=(), usb=(), screen-wake-lock=(self)\r\n",
        response.status, reason(response.status), http_date(), keep_alive ? "keep-alive" : "close", response.cache,
        framed ? "'self'" : "'none'");
    if (end.secure) text += "Strict-Transport-Security: max-age=31536000\r\n";
    if (!response.etag.empty()) text += "ETag: " + response.etag + "\r\n";
    if (response.status != 304 && response.status != 204) {
        text += fmt::format("Content-Type: {}\r\nContent-Length: {}\r\n", response.content_type, response.body.size());
        if (response.gzip) text += "Content-Encoding: gzip\r\n";
    }
    return text + response.more + "\r\n";
}

}  // namespace attune::net
