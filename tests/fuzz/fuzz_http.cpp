// Any bytes at all to the connection that speaks HTTP, whole and in two parts, through a pair of local sockets and no
// network. Whatever comes: every answer is complete, carries the strict headers and has a status that we know; after a
// refusal nothing more is answered; and nobody gets an upgrade without the one right path, host and subprotocol.
#include <sys/socket.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>

#include "hub/net/visitor.hpp"
#include "tests/support/ports.hpp"

namespace {

using namespace attune;

void require(bool holds) {
    if (!holds) std::abort();
}

struct Door final : app::FrontDoor {
    ConnectionId opened(app::Wire&, const app::Peer&) override {
        ++open;
        return static_cast<ConnectionId>(++last);
    }
    void received(ConnectionId, std::span<const std::byte>) override {}
    void closed(ConnectionId) override { --open; }
    app::Ms next_wake() override { return std::numeric_limits<app::Ms>::max(); }
    void wake() override {}
    bool paused(ConnectionId) const override { return false; }
    bool journal_ok() const override { return true; }
    app::KeyStanding standing(const app::CurveKey&) const override { return app::KeyStanding::refused; }
    void stop() override {}
    int open = 0, last = 0;
};

/// Reads one answer from the front of `text`; its status.
int answer(std::string_view& text, bool& closes, bool head_only) {
    require(text.starts_with("HTTP/1.1 ") || text.starts_with("HTTP/1.0 "));  // as it was asked, where Beast refuses
    const int status = std::atoi(text.substr(9, 3).data());
    const auto end = text.find("\r\n\r\n");
    require(end != std::string_view::npos);
    const auto head = text.substr(0, end + 2);
    text.remove_prefix(end + 4);
    if (status == 101) return status;
    // A handshake that is broken in itself is Beast's to refuse, in its own words.
    if (head.find("\r\nServer: ") != std::string_view::npos) {
        require(status == 400 || status == 426);
        text = {};
        return status;
    }
    for (const char* line : {"\r\nContent-Security-Policy: default-src 'none';", "\r\nX-Content-Type-Options: nosniff\r\n", "\r\nReferrer-Policy: no-referrer\r\n",
                             "\r\nCross-Origin-Opener-Policy: same-origin\r\n"})
        require(head.find(line) != std::string_view::npos);
    closes = head.find("\r\nConnection: close\r\n") != std::string_view::npos;
    const auto length_at = head.find("\r\nContent-Length: ");
    if (length_at == std::string_view::npos) return status;
    const auto length = static_cast<std::size_t>(std::atoll(head.substr(length_at + 18).data()));
    if (head_only) return status;
    require(length <= text.size());
    text.remove_prefix(length);
    return status;
}

std::string talk(std::string_view first, std::string_view second) {
    net::asio::io_context io{1};
    test::HandClock clock;
    Door door;
    net::Config config;
    net::Callbacks callbacks;
    std::string heard;
    {
        net::Context context{io, config, door, clock, callbacks, [] {}, [] {}};
        net::Pages pages(context);
        int ends[2];
        require(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0);
        net::Socket socket(io);
        socket.assign(net::asio::generic::stream_protocol(AF_UNIX, 0), ends[0]);
        net::start_visitor(context, pages, std::move(socket), "fuzz", {.address = "127.0.0.1", .port = 80, .loopback = true, .secure = false}, true);
        const auto turn = [&] {
            io.restart();
            io.poll();
            char buffer[65536];
            for (ssize_t count; (count = ::recv(ends[1], buffer, sizeof buffer, MSG_DONTWAIT)) > 0; io.poll()) heard.append(buffer, static_cast<std::size_t>(count));
        };
        for (const std::string_view part : {first, second}) {
            if (!part.empty()) (void)!::send(ends[1], part.data(), part.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            for (int again = 0; again < 4; ++again) turn();
        }
        ::shutdown(ends[1], SHUT_WR);
        for (int again = 0; again < 4; ++again) turn();
        for (const auto& connection : context.all()) connection->cut();
        ::close(ends[1]);
        for (int again = 0; again < 4; ++again) {
            io.restart();
            io.poll();
        }
        require(context.connections.empty());
    }
    return heard;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
    const auto cut = text.size() * data[0] / 255;
    const std::string heard = talk(text.substr(0, cut), text.substr(cut));
    const bool heads = text.find("HEAD ") != std::string_view::npos;
    std::string_view rest = heard;
    bool closes = false;
    while (!rest.empty() && !heads) {
        require(!closes);  // nothing is answered behind the answer that closes
        const int status = answer(rest, closes, false);
        if (status == 101) {
            require(text.find("GET /v1/ws HTTP/1.") != std::string_view::npos && text.find("attune.1") != std::string_view::npos);
            break;
        }
        require(status == 200 || status == 302 || status == 304 || (status >= 400 && status < 600));
        if (!rest.empty() && (status == 400 || status == 405 || status == 431)) require(closes);
    }
    return 0;
}
