// Headers of leaders' requests.
#include "hub/net/leaders.hpp"

#include <sodium.h>

#include <charconv>
#include <cstring>

#include "hub/app/secrets.hpp"
#include "hub/net/text.hpp"
#include "protocol/cpp/generated/limits.hpp"

namespace attune::net {

namespace http = boost::beast::http;

namespace {

using Path = app::LeaderRequest::Path;

constexpr std::string_view open_path = "/v1/leaders/open", session_path = "/v1/leaders/session";
constexpr int secret_alphabet = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::size_t secret_letters = 43;  // of 32 bytes
constexpr std::string_view attributes = "; Path=/; Secure; HttpOnly; SameSite=Strict";

/// Nothing where it is absent, said twice, or no plain number.
std::optional<std::size_t> content_length(const UpgradeRequest& request) {
    if (request.count(http::field::content_length) != 1) return std::nullopt;
    const auto text = view(request[http::field::content_length]);
    std::size_t length = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return length;
}

std::optional<WrongRequest> wrong_in_frame(const UpgradeRequest& request) {
    if (request.version() != 11) return WrongRequest{505, "The hub speaks HTTP/1.1.", {}};
    if (request.count(http::field::transfer_encoding) > 0 || request.count(http::field::expect) > 0 ||
        request.count(http::field::content_encoding) > 0)
        return WrongRequest{400, "The body must come plain, in one piece, with its Content-Length.", {}};
    if (request.count(http::field::content_length) > 1) return WrongRequest{400, "The request needs one Content-Length.", {}};
    if (request.count(http::field::host) != 1) return WrongRequest{400, "The request needs one Host.", {}};
    return std::nullopt;
}

/// Only the hub's own pages may ask: a browser says where a request comes from, and what is no browser says it too.
std::optional<WrongRequest> wrong_in_origin(const UpgradeRequest& request, const LocalEnd& end, std::span<const std::string> names) {
    const auto host = view(request[http::field::host]);
    if (!host_is_ours(host, end, names)) return WrongRequest{421, "This hub does not answer to that name.", {}};
    const bool ours = request.count(http::field::origin) == 1 && origin_is_ours(view(request[http::field::origin]), host, end.secure);
    if (!ours) return WrongRequest{403, "Only the hub's own pages may ask for this.", {}};
    const auto sites = request.count("Sec-Fetch-Site");
    if (sites > 1 || (sites == 1 && view(request["Sec-Fetch-Site"]) != "same-origin"))
        return WrongRequest{403, "Only the hub's own pages may ask for this.", {}};
    return std::nullopt;
}

}  // namespace

bool is_leaders_path(std::string_view target) {
    return target == open_path || target == session_path;
}

LeadersCall read_leaders_call(const UpgradeRequest& request, const LocalEnd& end, std::span<const std::string> names) {
    LeadersCall call;
    call.wrong = wrong_in_frame(request);
    if (call.wrong) return call;
    const bool opens = view(request.target()) == open_path;
    const bool post = request.method() == http::verb::post, remove = request.method() == http::verb::delete_ && !opens;
    if (!post && !remove) {
        call.wrong = opens ? WrongRequest{405, "Only POST is served here.", "Allow: POST\r\n"}
                           : WrongRequest{405, "Only POST and DELETE are served here.", "Allow: POST, DELETE\r\n"};
        return call;
    }
    call.wrong = wrong_in_origin(request, end, names);
    if (call.wrong) return call;
    call.path = opens ? Path::open : post ? Path::session : Path::sign_out;
    call.session = leader_session_of(request);
    const auto length = content_length(request);
    if (remove) {
        if (request.count(http::field::content_length) > 0 && length != 0) call.wrong = WrongRequest{400, "This request has no body.", {}};
        return call;
    }
    if (!length || *length == 0)
        call.wrong = WrongRequest{411, "The request needs a body and its Content-Length.", {}};
    else if (*length > protocol::limits::http_body_bytes_max)
        call.wrong = WrongRequest{413, "The request's body is too long.", {}};
    else if (request.count(http::field::content_type) != 1 || view(request[http::field::content_type]) != leader_content_type)
        call.wrong = WrongRequest{415, "The body must be one frame, with Content-Type: application/msgpack.", {}};
    else
        call.body_bytes = *length;
    return call;
}

std::optional<core::Digest> leader_session_of(const UpgradeRequest& request) {
    std::optional<std::string_view> value;
    for (const auto& field : request) {
        if (field.name() != http::field::cookie) continue;
        auto rest = view(field.value());
        while (!rest.empty()) {
            const auto semicolon = rest.find(';');
            const auto pair = trimmed(rest.substr(0, semicolon));
            rest = semicolon == std::string_view::npos ? std::string_view() : rest.substr(semicolon + 1);
            const auto equals = pair.find('=');
            if (equals == std::string_view::npos || pair.substr(0, equals) != leader_cookie_name) continue;
            if (value) return std::nullopt;
            value = pair.substr(equals + 1);
        }
    }
    if (!value || value->size() != secret_letters) return std::nullopt;
    std::array<std::byte, 32> secret;
    std::size_t size = 0;
    const bool read = sodium_base642bin(reinterpret_cast<unsigned char*>(secret.data()), secret.size(), value->data(), value->size(), nullptr,
                                        &size, nullptr, secret_alphabet) == 0;
    if (!read || size != secret.size()) return std::nullopt;
    return app::digest_of(secret);
}

std::string set_leader_cookie(std::span<const std::byte, 32> secret) {
    std::array<char, secret_letters + 1> text{};
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(secret.data()), secret.size(), secret_alphabet);
    std::string line = "Set-Cookie: ";
    line += leader_cookie_name;
    line += '=';
    line += text.data();
    line += attributes;
    return line + "\r\n";
}

std::string clear_leader_cookie() {
    std::string line = "Set-Cookie: ";
    line += leader_cookie_name;
    line += '=';
    line += attributes;
    return line + "; Max-Age=0\r\n";
}

}  // namespace attune::net
