// HTTP by Beast's parser, one header at a time, with a deadline for each step.
#include "hub/net/visitor.hpp"

#include <sys/socket.h>

#include <cerrno>

#include <boost/asio/post.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <optional>
#include <utility>

#include "hub/net/leaders.hpp"
#include "hub/net/text.hpp"
#include "hub/net/websocket.hpp"

namespace attune::net {

namespace beast = boost::beast;
namespace http = beast::http;

namespace {

class Visitor final : public Connection {
  public:
    Visitor(Context& context, Pages& pages, Socket socket, std::string address, LocalEnd end, bool plain_allowed)
        : Connection(context, Kind::Visitor, std::move(address)),
          pages_(pages),
          socket_(std::in_place, std::move(socket)),
          end_(std::move(end)),
          plain_allowed_(plain_allowed) {
        within(context.config.limits.hello_ms);
    }

    // The first byte tells TLS from HTTP; it is looked at and left where it is.
    void start() {
        socket_->async_wait(Socket::wait_read, [self = self()](ErrorCode error) {
            if (error || self->dead_) return self->cut();
            std::byte first{};
            const auto count = ::recv(self->socket_->native_handle(), &first, 1, MSG_PEEK | MSG_DONTWAIT);
            // Woken for nothing: where a connection has just ended, the next one may be told what was meant for it.
            if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return self->start();
            if (count != 1) return self->cut();
            self->choose(first == std::byte{0x16});
        });
    }

    void tick(Ms now) override {
        if (dead_ || now < deadline_ms_) return;
        ++context_.counters.timed_out;
        cut();
    }
    void end() override {
        if (!responding_) return cut();
        keep_alive_ = false;
    }
    void cut() override {
        if (std::exchange(dead_, true)) return;
        const auto alive = std::move(waiting_);
        if (socket_) close_socket(*socket_, false);
        if (stream_) stream_->close(false);
    }

  private:
    using Parser = http::request_parser<http::empty_body>;
    std::shared_ptr<Visitor> self() { return std::static_pointer_cast<Visitor>(shared_from_this()); }
    void within(Ms span) { deadline_ms_ = context_.clock.monotonic_ms() + span; }

    void choose(bool tls) {
        auto socket = std::move(*socket_);
        socket_.reset();
        if (tls && context_.tls) {
            end_.secure = true;
            stream_ = make_tls_stream(std::move(socket), *context_.tls);
            return stream_->handshake([self = self()](ErrorCode error, std::size_t) {
                if (self->dead_) return;
                if (error) {
                    ++self->context_.counters.tls_failed;
                    return self->cut();
                }
                self->next_request(self->context_.config.limits.header_ms);
            });
        }
        stream_ = make_plain_stream(std::move(socket));
        if (tls) return cut();
        if (!plain_allowed_) return refuse({400, "This hub speaks HTTPS only. Write https:// before its address."});
        next_request(context_.config.limits.header_ms);
    }

    void next_request(Ms span) {
        within(span);
        header_begun_ = false;
        on_bytes();
    }

    void on_bytes() {
        if (!header_begun_ && !in_.empty()) {
            header_begun_ = true;
            within(context_.config.limits.header_ms);
        }
        const auto end = in_.find("\r\n\r\n");
        const auto most = context_.config.limits.header_bytes_max;
        if (end != std::string::npos && end + 4 <= most) return on_header(end + 4);
        if (in_.size() >= most) return refuse({431, "The request's header is too long."});
        const auto have = in_.size();
        constexpr std::size_t chunk = 2048;
        in_.resize(have + chunk);
        stream_->read_some(std::as_writable_bytes(std::span(in_)).subspan(have),
                           [self = self(), have](ErrorCode error, std::size_t count) {
                               if (self->dead_) return;
                               self->in_.resize(have + count);
                               if (error) return self->cut();
                               self->on_bytes();
                           });
    }

    void on_header(std::size_t bytes) {
        ++context_.counters.http_requests;
        const auto text = std::string_view(in_).substr(0, bytes);
        if (text.find("\r\n ") != std::string_view::npos || text.find("\r\n\t") != std::string_view::npos) {
            return refuse({400, "A header field must be on one line."});
        }
        Parser parser;
        parser.header_limit(static_cast<std::uint32_t>(context_.config.limits.header_bytes_max));
        parser.eager(false);
        ErrorCode error;
        const auto used = parser.put(asio::buffer(in_.data(), bytes), error);
        // A body, even an empty chunked one, is where two readers may disagree about where the next request begins.
        if (error || used != bytes || !parser.is_header_done())
            return refuse({400, "This is not an HTTP request that the hub understands."});
        auto request = parser.release();
        in_.erase(0, bytes);
        if (is_leaders_path(view(request.target()))) return leaders(request);
        if (const auto wrong = wrong_in(request)) return refuse(*wrong);
        keep_alive_ = request.keep_alive() && !context_.stopping;
        head_only_ = request.method() == http::verb::head;
        if (wants_websocket(request)) return upgrade(std::move(request));

        Request asked;
        asked.target = view(request.target());
        asked.host = view(request[http::field::host]);
        asked.accept_encoding = view(request[http::field::accept_encoding]);
        asked.if_none_match = view(request[http::field::if_none_match]);
        asked.end = end_;
        respond(pages_.answer(asked));
    }

    using Wrong = std::optional<WrongRequest>;
    static Wrong wrong_in(const UpgradeRequest& request) {
        if (request.version() != 11 && request.version() != 10) return {{505, "The hub speaks HTTP/1.1."}};
        if (request.count(http::field::transfer_encoding) > 0 || request.count(http::field::expect) > 0) {
            return {{400, "The hub takes no request bodies."}};
        }
        for (const auto& field : request) {
            if (field.name() == http::field::content_length && field.value() != "0")
                return {{400, "The hub takes no request bodies."}};
        }
        if (request.count(http::field::content_length) > 1) return {{400, "The hub takes no request bodies."}};
        if (request.method() != http::verb::get && request.method() != http::verb::head)
            return {{405, "Only GET and HEAD are served."}};
        if (request.count(http::field::host) != 1) return {{400, "The request needs one Host."}};
        if (!request.target().starts_with('/')) return {{400, "The request's target must begin with a slash."}};
        return {};
    }

    /// What RFC 6455, section 4.2.1, asks of an upgrade. Beast would refuse it too, but without our headers.
    static Wrong wrong_in_upgrade(const UpgradeRequest& request) {
        constexpr std::size_t key_characters = 24;  // 16 bytes in base64
        if (request.version() != 11 || !http::token_list{request[http::field::connection]}.exists("upgrade") ||
            !http::token_list{request[http::field::upgrade]}.exists("websocket"))
            return {{400, "Only an upgrade to a WebSocket is known here."}};
        if (request[http::field::sec_websocket_version] != "13")
            return {{426, "Only version 13 of WebSocket is spoken here.", "Sec-WebSocket-Version: 13\r\n"}};
        if (request.count(http::field::sec_websocket_key) != 1 || request[http::field::sec_websocket_key].size() != key_characters)
            return {{400, "The upgrade needs one Sec-WebSocket-Key of 24 characters."}};
        return {};
    }

    static bool wants_websocket(const UpgradeRequest& request) {
        const auto target = view(request.target());
        return target == websocket_path && request.method() == http::verb::get &&
               request.count(http::field::upgrade) > 0;
    }

    // ---- leaders: the only requests with a body ----

    void leaders(const UpgradeRequest& request) {
        auto call = read_leaders_call(request, end_, context_.names);
        if (call.wrong) return refuse(*call.wrong);
        keep_alive_ = request.keep_alive() && !context_.stopping;
        head_only_ = false;
        within(context_.config.limits.header_ms);
        on_body(call);
    }

    void on_body(const LeadersCall& call) {
        if (in_.size() >= call.body_bytes) return ask(call);
        const auto have = in_.size();
        in_.resize(call.body_bytes);
        stream_->read_some(std::as_writable_bytes(std::span(in_)).subspan(have),
                           [self = self(), have, call](ErrorCode error, std::size_t count) {
                               if (self->dead_) return;
                               self->in_.resize(have + count);
                               if (error) return self->cut();
                               self->on_body(call);
                           });
    }

    void ask(const LeadersCall& call) {
        const std::string body = in_.substr(0, call.body_bytes);
        in_.erase(0, call.body_bytes);
        responding_ = true;
        within(context_.config.limits.response_ms);
        app::LeaderRequest request;
        request.path = call.path;
        request.body = std::as_bytes(std::span(body));
        request.address = address();
        request.session = call.session;
        // Nothing is being read or written meanwhile that would keep this connection.
        waiting_ = self();
        // It may come at once, or from within a turn of the app that is not about this connection.
        context_.door.leader_asked(request, [&io = context_.io, visitor = std::weak_ptr(self())](app::LeaderAnswer answer) {
            asio::post(io, [visitor, answer = std::move(answer)] {
                if (const auto self = visitor.lock(); self && !self->dead_) self->answer(answer);
            });
        });
        context_.turn_ended();
    }

    void answer(const app::LeaderAnswer& answer) {
        waiting_.reset();
        Response response;
        response.status = answer.status;
        response.content_type = leader_content_type;
        response.kept = std::make_shared<const std::string>(reinterpret_cast<const char*>(answer.frame.data()), answer.frame.size());
        response.body = *response.kept;
        using Cookie = app::LeaderAnswer::Cookie;
        if (answer.cookie == Cookie::set) response.more = set_leader_cookie(answer.secret);
        if (answer.cookie == Cookie::clear) response.more = clear_leader_cookie();
        respond(std::move(response));
    }

    void upgrade(UpgradeRequest request) {
        const auto host = view(request[http::field::host]);
        std::optional<std::string_view> origin;
        if (request.count(http::field::origin) > 0) origin = view(request[http::field::origin]);
        if (!host_is_ours(host, end_, context_.names))
            return refuse_upgrade({421, "This hub does not answer to that name."});
        if (request.count(http::field::origin) > 1 || !origin_is_ours(origin, host, end_.secure)) {
            return refuse_upgrade({403, "Only the hub's own pages may connect from a browser."});
        }
        if (!http::token_list{request[http::field::sec_websocket_protocol]}.exists(
                beast::string_view(websocket_subprotocol.data(), websocket_subprotocol.size()))) {
            return refuse_upgrade({400, "Ask for the subprotocol attune.1."});
        }
        if (const auto wrong = wrong_in_upgrade(request)) return refuse_upgrade(*wrong);
        if (context_.stopping) return refuse_upgrade({503, "The hub is stopping."});
        dead_ = true;  // this object's part is over; the stream goes on
        start_websocket(context_, std::move(stream_), address(), std::move(request), std::move(in_));
    }

    void refuse_upgrade(const WrongRequest& wrong) {
        ++context_.counters.websockets_refused;
        refuse(wrong);
    }

    void refuse(const WrongRequest& wrong) {
        keep_alive_ = head_only_ = false;
        auto response = Pages::sentence(wrong.status, std::string(wrong.why));
        response.more = wrong.status == 405 && wrong.more.empty() ? "Allow: GET, HEAD\r\n" : std::string(wrong.more);
        respond(std::move(response));
    }

    void respond(Response response) {
        auto& counters = context_.counters;
        ++(response.status < 300   ? counters.http_2xx
           : response.status < 400 ? counters.http_3xx
           : response.status < 500 ? counters.http_4xx
                                   : counters.http_5xx);
        responding_ = true;
        within(context_.config.limits.response_ms);
        head_ = pages_.head(response, end_, keep_alive_);
        response_ = std::move(response);
        if (head_only_) response_.body = {};
        // One write where the whole answer is small.
        if (response_.body.size() <= 4096) {
            head_ += response_.body;
            response_.body = {};
        }
        write(head_);
    }

    void write(std::string_view rest) {
        if (rest.empty()) {
            if (response_.body.empty()) return responded();
            rest = std::exchange(response_.body, {});
        }
        stream_->write_some(std::as_bytes(std::span(rest)), [self = self(), rest](ErrorCode error, std::size_t count) {
            if (self->dead_) return;
            if (error) return self->cut();
            self->write(rest.substr(count));
        });
    }

    void responded() {
        responding_ = false;
        std::string().swap(head_);
        response_ = {};
        if (keep_alive_ && !context_.stopping) return next_request(context_.config.limits.keep_alive_ms);
        stream_->end_writing();
        within(context_.config.limits.close_wait_ms);
        in_.resize(512);
        discard();
    }

    // The answer must not be lost to a reset that unread bytes would cause.
    void discard() {
        stream_->read_some(std::as_writable_bytes(std::span(in_)), [self = self()](ErrorCode error, std::size_t) {
            if (error || self->dead_) return self->cut();
            self->discard();
        });
    }

    Pages& pages_;
    std::optional<Socket> socket_;  // until the first byte
    std::unique_ptr<Stream> stream_;
    std::shared_ptr<Visitor> waiting_;  // itself, while the app works on an answer
    LocalEnd end_;
    const bool plain_allowed_;
    bool dead_ = false, responding_ = false, keep_alive_ = false, head_only_ = false, header_begun_ = false;
    std::string in_, head_;
    Response response_;
    Ms deadline_ms_ = 0;
};

}  // namespace

void start_visitor(Context& context, Pages& pages, Socket socket, std::string address, LocalEnd end,
                   bool plain_allowed) {
    std::make_shared<Visitor>(context, pages, std::move(socket), std::move(address), std::move(end), plain_allowed)
        ->start();
}

}  // namespace attune::net
