// Beast reads and keeps the rules of RFC 6455; what it writes itself (the answer to the upgrade, pongs, close frames)
// goes into the same outbox as our frames, whole, so that no two frames ever mix. See hub/decisions/0005.
#include "hub/net/websocket.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/error.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <cstring>
#include <utility>

#include "hub/net/leaders.hpp"
#include "hub/net/link.hpp"

namespace attune::net {

namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;

namespace {

class WebSocketLink;

// What Beast takes for its transport: reads are the stream's, writes end in the outbox and complete at once.
class Layer {
  public:
    using executor_type = Executor;
    explicit Layer(WebSocketLink& link) : link_(&link) {}
    executor_type get_executor() noexcept;

    template <typename Buffers, typename Handler>
    auto async_read_some(const Buffers& buffers, Handler&& handler) {
        return asio::async_initiate<Handler, void(ErrorCode, std::size_t)>(
            [this](auto done, const Buffers& into) { begin_read(first(into), std::move(done)); }, handler, buffers);
    }
    template <typename Buffers, typename Handler>
    auto async_write_some(const Buffers& buffers, Handler&& handler) {
        return asio::async_initiate<Handler, void(ErrorCode, std::size_t)>(
            [this](auto done, const Buffers& from) {
                std::size_t count = 0;
                for (auto at = asio::buffer_sequence_begin(from); at != asio::buffer_sequence_end(from); ++at) {
                    const asio::const_buffer buffer(*at);
                    append({static_cast<const std::byte*>(buffer.data()), buffer.size()});
                    count += buffer.size();
                }
                const ErrorCode error = written();
                asio::post(get_executor(),
                           [done = std::move(done), error, count]() mutable { done(error, error ? 0 : count); });
            },
            handler, buffers);
    }

  private:
    template <typename Buffers>
    static std::span<std::byte> first(const Buffers& buffers) {
        for (auto at = asio::buffer_sequence_begin(buffers); at != asio::buffer_sequence_end(buffers); ++at) {
            const asio::mutable_buffer buffer(*at);
            if (buffer.size() > 0) return {static_cast<std::byte*>(buffer.data()), buffer.size()};
        }
        return {};
    }
    void begin_read(std::span<std::byte> into, IoHandler done);
    void append(std::span<const std::byte> bytes);
    ErrorCode written();

    WebSocketLink* link_;
};

// Beast's own end of the transport: nothing to do, the link ends it (linger).
template <typename Handler>
void async_teardown(beast::role_type, Layer& layer, Handler&& handler) {
    asio::post(layer.get_executor(), [handler = std::forward<Handler>(handler)]() mutable { handler(ErrorCode{}); });
}
[[maybe_unused]] void teardown(beast::role_type, Layer&, ErrorCode& error) {
    error = {};
}
void beast_close_socket(Layer& layer);

class WebSocketLink final : public Link {
  public:
    WebSocketLink(Context& context, std::unique_ptr<Stream> stream, std::string address, std::string early)
        : Link(context, Kind::WebSocket, std::move(address), std::move(stream), context.config.limits.outbox_bytes_max),
          websocket_(*this),
          early_(std::move(early)) {
        // All deadlines are the tick's; Beast's would cost a timer for each connection.
        websocket_.set_option(
            websocket::stream_base::timeout{websocket::stream_base::none(), websocket::stream_base::none(), false});
        websocket_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
            response.set(http::field::sec_websocket_protocol,
                         beast::string_view(websocket_subprotocol.data(), websocket_subprotocol.size()));
            response.set(http::field::server, "attuned");
        }));
        websocket_.read_message_max(context.config.limits.frame_bytes_max);
    }

    void start(UpgradeRequest request) {
        websocket_.async_accept(request, [self = self(), session = leader_session_of(request)](ErrorCode error) {
            if (error) {
                ++self->context_.counters.websockets_refused;
                return self->linger();  // Beast has answered with the reason
            }
            ++self->context_.counters.websockets_opened;
            self->opened(false, session);
        });
    }

    void send(std::span<const std::byte> envelope) override {
        send_shared(std::make_shared<app::Bytes>(envelope.begin(), envelope.end()));
    }
    void send_shared(const app::Frame& envelope) override {
        if (state() != State::Open) return;
        ++context_.counters.frames_out;
        // A server's frames are not masked, so that a frame is its length and its bytes.
        std::array<std::byte, 10> head{std::byte{0x82}};
        const auto size = envelope->size();
        std::size_t head_size = 2;
        if (size < 126) {
            head[1] = static_cast<std::byte>(size);
        } else {
            const std::size_t length_bytes = size < 65'536 ? 2 : 8;
            head[1] = length_bytes == 2 ? std::byte{126} : std::byte{127};
            for (std::size_t at = 0; at < length_bytes; ++at) {
                head[2 + at] =
                    static_cast<std::byte>(static_cast<std::uint64_t>(size) >> (8 * (length_bytes - 1 - at)));
            }
            head_size += length_bytes;
        }
        queue(std::span(head).first(head_size), envelope);
    }

    // For the layer.
    void begin_read(std::span<std::byte> into, IoHandler done) {
        if (!early_.empty()) {
            const auto count = std::min(into.size(), early_.size());
            std::memcpy(into.data(), early_.data(), count);
            early_.erase(0, count);
            if (early_.empty()) std::string().swap(early_);
            return asio::post(context_.io, [done = std::move(done), count]() mutable { done({}, count); });
        }
        stream().read_some(into, [this, done = std::move(done)](ErrorCode error, std::size_t count) mutable {
            heard();
            pinged_ = false;
            done(error, count);
        });
    }
    void append(std::span<const std::byte> bytes) { queue({}, bytes); }
    ErrorCode written() {
        kick();
        if (state() == State::Dead) return asio::error::operation_aborted;
        return {};
    }
    Executor executor() { return stream().executor(); }

  private:
    static constexpr std::size_t buffer_bytes_kept = 4096;
    std::shared_ptr<WebSocketLink> self() { return std::static_pointer_cast<WebSocketLink>(shared_from_this()); }

    void read() override {
        websocket_.async_read(message_, [self = self()](ErrorCode error, std::size_t) { self->on_message(error); });
    }

    void on_message(ErrorCode error) {
        if (state() == State::Dead) return;
        if (error) {
            // Beast's own errors (a close, a broken rule) have been answered by a close frame, which must get out.
            if (error.category() == ErrorCode(websocket::error::closed).category()) return linger();
            return drop(false);
        }
        // The app has said goodbye: what comes now is too late for it. Beast reads on by itself until the peer's close.
        if (state() != State::Open) return;
        if (!websocket_.got_binary()) {
            close_code_ = websocket::close_code::unknown_data;
            return end();
        }
        const auto data = message_.cdata();
        received({static_cast<const std::byte*>(data.data()), data.size()});
        message_.consume(message_.size());
        if (message_.capacity() > buffer_bytes_kept) message_.shrink_to_fit();
        read_on();
    }

    void say_end() override {
        if (context_.stopping && close_code_ == websocket::close_code::normal)
            close_code_ = websocket::close_code::going_away;
        websocket_.async_close(websocket::close_reason(close_code_), [self = self()](ErrorCode error) {
            if (error) return self->drop(false);
            self->linger();
        });
    }

    void tick_open(Ms now) override {
        const auto silent = now - last_heard_ms();
        if (silent > context_.config.limits.idle_ms) {
            ++context_.counters.cut_idle;
            drop(true);
        } else if (silent > context_.config.limits.idle_ms / 2 && !std::exchange(pinged_, true)) {
            static constexpr std::array<std::byte, 2> ping{std::byte{0x89}, std::byte{0}};
            queue(ping, std::span<const std::byte>());
            kick();
        }
    }

    websocket::stream<Layer, false> websocket_;
    beast::flat_buffer message_;
    std::string early_;
    websocket::close_code close_code_ = websocket::close_code::normal;
    bool pinged_ = false;
};

Layer::executor_type Layer::get_executor() noexcept {
    return link_->executor();
}
void Layer::begin_read(std::span<std::byte> into, IoHandler done) {
    link_->begin_read(into, std::move(done));
}
void Layer::append(std::span<const std::byte> bytes) {
    link_->append(bytes);
}
ErrorCode Layer::written() {
    return link_->written();
}
void beast_close_socket(Layer&) {}

}  // namespace

void start_websocket(Context& context, std::unique_ptr<Stream> stream, std::string address, UpgradeRequest request,
                     std::string early) {
    std::make_shared<WebSocketLink>(context, std::move(stream), std::move(address), std::move(early))
        ->start(std::move(request));
}

}  // namespace attune::net
