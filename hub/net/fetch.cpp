// Resolve, hold every address against the site's own network, connect, shake hands, ask, read: each step under the one
// deadline of the whole.
#include "hub/net/fetch.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <charconv>
#include <chrono>

#include <fmt/format.h>

namespace attune::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::size_t header_bytes_max = 16'384;
constexpr std::size_t url_bytes_max = 2'048;

/// What a person can do something about; the rest in the system's words.
std::string sentence_of(const error_code& error, const SiteAddress& from, const FetchLimits& limits) {
    if (error == asio::error::operation_aborted || error == beast::error::timeout)
        return fmt::format("{} did not answer in full within {} s.", from.host, limits.ms_max / 1'000);
    if (error == asio::error::connection_refused) return fmt::format("{} does not answer on port {}.", from.host, from.port);
    if (error == asio::error::host_not_found || error == asio::error::host_not_found_try_again || error == asio::error::no_data)
        return fmt::format("Nobody knows the name {}.", from.host);
    if (error == http::error::body_limit || error == http::error::header_limit) return fmt::format("What {} sends is over {} MiB.", from.host, limits.bytes_max >> 20U);
    if (error == http::error::partial_message) return fmt::format("{} broke off in the middle.", from.host);
    if (error.category() == asio::error::get_ssl_category()) return fmt::format("The certificate of {} is not one that is trusted here, or it does not speak TLS.", from.host);
    if (error.category() == http::make_error_code(http::error::end_of_stream).category()) return fmt::format("{} does not answer as a web server does.", from.host);
    return fmt::format("{} broke off: {}.", from.host, error.message());
}

class Fetching final : public std::enable_shared_from_this<Fetching> {
  public:
    Fetching(asio::io_context& io, SiteAddress from, std::filesystem::path ca, const FetchLimits& limits, std::function<void(Fetched)> done)
        : io_(io), from_(std::move(from)), ca_(std::move(ca)), limits_(limits), done_(std::move(done)), resolver_(io), deadline_(io), plain_(io) {}

    void start() {
        deadline_.expires_after(std::chrono::milliseconds(limits_.ms_max));
        deadline_.async_wait([self = shared_from_this()](error_code error) {
            if (!error) self->fail(asio::error::operation_aborted);
        });
        parser_.body_limit(limits_.bytes_max);
        parser_.header_limit(header_bytes_max);
        error_code literal;
        const auto address = asio::ip::make_address(from_.host, literal);
        if (!literal) return asio::post(io_, [self = shared_from_this(), address] { self->connect({{address, self->from_.port}}); });
        resolver_.async_resolve(from_.host, std::to_string(from_.port), tcp::resolver::numeric_service, [self = shared_from_this()](error_code error, const tcp::resolver::results_type& found) {
            if (error) return self->fail(error);
            std::vector<tcp::endpoint> endpoints;
            for (const auto& entry : found) endpoints.push_back(entry.endpoint());
            self->connect(std::move(endpoints));
        });
    }

    /// Nothing is called afterwards.
    void cancel() {
        done_ = nullptr;
        stop();
    }

  private:
    void connect(std::vector<tcp::endpoint> endpoints) {
        if (!done_) return;
        std::erase_if(endpoints, [](const tcp::endpoint& endpoint) { return !is_on_site(endpoint.address()); });
        if (endpoints.empty()) return finish({"", fmt::format("{} is not on the site's own network. Name a server of the school.", from_.host)});
        endpoints_ = std::move(endpoints);
        asio::async_connect(plain_.socket(), endpoints_, [self = shared_from_this()](error_code error, const tcp::endpoint&) {
            if (error) return self->fail(error);
            self->from_.secure ? self->shake_hands() : self->ask(self->plain_);
        });
    }

    void shake_hands() {
        if (!done_) return;
        error_code error;
        tls_.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
        if (ca_.empty()) tls_.set_default_verify_paths(error);
        else tls_.load_verify_file(ca_.string(), error);
        if (error) return finish({"", "The certificate authority for this address can't be read. Mend timetable.ca in the configuration."});
        secure_.emplace(std::move(plain_), tls_);
        secure_->set_verify_mode(asio::ssl::verify_peer);
        secure_->set_verify_callback(asio::ssl::host_name_verification(from_.host));
        error_code literal;
        asio::ip::make_address(from_.host, literal);
        if (literal) SSL_set_tlsext_host_name(secure_->native_handle(), from_.host.c_str());
        secure_->async_handshake(asio::ssl::stream_base::client, [self = shared_from_this()](error_code failed) {
            if (failed) return self->fail(failed);
            self->ask(*self->secure_);
        });
    }

    template <class Stream>
    void ask(Stream& stream) {
        if (!done_) return;
        request_.method(http::verb::get);
        request_.target(from_.target);
        request_.version(11);
        const bool v6 = from_.host.find(':') != std::string::npos;
        const bool usual = from_.port == (from_.secure ? 443 : 80);
        request_.set(http::field::host, (v6 ? "[" + from_.host + "]" : from_.host) + (usual ? "" : ":" + std::to_string(from_.port)));
        request_.set(http::field::user_agent, "attuned");
        request_.set(http::field::accept, "text/calendar, text/csv, */*;q=0.5");
        request_.set(http::field::accept_encoding, "identity");
        request_.set(http::field::connection, "close");
        http::async_write(stream, request_, [self = shared_from_this(), &stream](error_code error, std::size_t) {
            if (error) return self->fail(error);
            http::async_read(stream, self->buffer_, self->parser_, [self](error_code failed, std::size_t) {
                if (failed) return self->fail(failed);
                self->answered();
            });
        });
    }

    void answered() {
        auto answer = parser_.release();
        const auto status = answer.result_int();
        if (status >= 300 && status < 400) return finish({"", fmt::format("{} points to another address ({}), which is not followed. Give the address that it leads to.", from_.host, status)});
        if (status != 200) return finish({"", fmt::format("{} answered {}.", from_.host, status)});
        if (const auto coded = answer.find(http::field::content_encoding); coded != answer.end() && coded->value() != "identity")
            return finish({"", fmt::format("{} sends it packed, which was not asked for.", from_.host)});
        finish({std::move(answer.body()), ""});
    }

    void fail(const error_code& error) { finish({"", sentence_of(error, from_, limits_)}); }

    void finish(Fetched fetched) {
        if (!done_) return;
        const auto done = std::move(done_);
        done_ = nullptr;
        stop();
        done(std::move(fetched));
    }

    void stop() {
        deadline_.cancel();
        resolver_.cancel();
        error_code ignored;
        auto& socket = secure_ ? beast::get_lowest_layer(*secure_).socket() : plain_.socket();
        socket.close(ignored);
    }

    asio::io_context& io_;
    const SiteAddress from_;
    const std::filesystem::path ca_;
    const FetchLimits limits_;
    std::function<void(Fetched)> done_;  // empty: it is over
    tcp::resolver resolver_;
    asio::steady_timer deadline_;
    std::vector<tcp::endpoint> endpoints_;
    beast::tcp_stream plain_;
    asio::ssl::context tls_{asio::ssl::context::tls_client};
    std::optional<beast::ssl_stream<beast::tcp_stream>> secure_;
    http::request<http::empty_body> request_;
    beast::flat_buffer buffer_{header_bytes_max + 65'536};
    http::response_parser<http::string_body> parser_;
};

class Handle final : public Fetch {
  public:
    explicit Handle(std::shared_ptr<Fetching> fetching) : fetching_(std::move(fetching)) {}
    ~Handle() override { fetching_->cancel(); }
    void cancel() override { fetching_->cancel(); }

  private:
    std::shared_ptr<Fetching> fetching_;
};

}  // namespace

std::optional<SiteAddress> parse_site_address(std::string_view url) {
    SiteAddress address;
    if (url.size() > url_bytes_max) return std::nullopt;
    for (const char c : url)
        if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F) return std::nullopt;
    if (url.starts_with("https://")) address.secure = true;
    else if (!url.starts_with("http://")) return std::nullopt;
    url.remove_prefix(address.secure ? 8 : 7);
    const std::size_t path = url.find_first_of("/?#");
    std::string_view authority = url.substr(0, path);
    std::string_view target = path == std::string_view::npos ? std::string_view{} : url.substr(path);
    target = target.substr(0, target.find('#'));
    address.target = (target.starts_with('/') ? "" : "/") + std::string(target);
    address.port = address.secure ? 443 : 80;
    if (authority.find('@') != std::string_view::npos) return std::nullopt;
    const std::size_t close = authority.starts_with('[') ? authority.find(']') : std::string_view::npos;
    if (authority.starts_with('[') && close == std::string_view::npos) return std::nullopt;
    const std::size_t colon = authority.find(':', close == std::string_view::npos ? 0 : close);
    address.host = authority.substr(0, colon);
    if (close != std::string_view::npos) {
        if (colon != std::string_view::npos && colon != close + 1) return std::nullopt;
        address.host = authority.substr(1, close - 1);
    }
    if (address.host.empty()) return std::nullopt;
    if (colon == std::string_view::npos) return address;
    const std::string_view port = authority.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (error != std::errc{} || end != port.data() + port.size() || address.port == 0) return std::nullopt;
    return address;
}

bool is_on_site(const asio::ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) return is_on_site(asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()));
    if (address.is_loopback()) return true;
    if (address.is_v6()) return address.to_v6().is_link_local() || (address.to_v6().to_bytes()[0] & 0xFEU) == 0xFC;
    const auto bytes = address.to_v4().to_bytes();
    return bytes[0] == 10 || (bytes[0] == 172 && (bytes[1] & 0xF0U) == 16) || (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 169 && bytes[1] == 254);
}

std::unique_ptr<Fetch> fetch(asio::io_context& io, const SiteAddress& address, const std::filesystem::path& ca, const FetchLimits& limits, std::function<void(Fetched)> done) {
    auto fetching = std::make_shared<Fetching>(io, address, ca, limits, std::move(done));
    fetching->start();
    return std::make_unique<Handle>(std::move(fetching));
}

}  // namespace attune::net
