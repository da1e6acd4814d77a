// Fetching one file from a server of the school's own network, by http or https: bounded in size and in time, without
// redirects, without proxies, without a password in the address, and never from a host that is not on the site. Beast
// does it on the io thread; nothing waits for it. For what is asked for now and then, never on a call's path.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace attune::net {

struct SiteAddress {
    bool secure = false;
    std::string host;  // a name or a literal address, without brackets
    std::uint16_t port = 80;
    std::string target = "/";  // path and query, as it is sent
};

/// "http://mis.school.example/rota/lessons.ics". Nothing where it is none, or carries a name and a password.
std::optional<SiteAddress> parse_site_address(std::string_view url);

/// Of the machine itself, of a private network, or of the link: an address that no stranger outside can have.
bool is_on_site(const boost::asio::ip::address& address);

struct FetchLimits {
    std::size_t bytes_max = 4 << 20;
    std::int64_t ms_max = 20'000;  // from the look-up of the name to the last byte
};

struct Fetched {
    std::string body;
    std::string error;  // a sentence about what went wrong, without the path (which may hold a secret); empty: it went well
};

/// One fetch under way. Destroying or cancelling it ends it without calling `done`.
class Fetch {
  public:
    virtual ~Fetch() = default;
    virtual void cancel() = 0;
};

/// `done` comes once, on the io thread, later than this call. `ca`: the PEM file by which https is judged; empty: what
/// the system trusts.
std::unique_ptr<Fetch> fetch(boost::asio::io_context& io, const SiteAddress& address, const std::filesystem::path& ca, const FetchLimits& limits,
                             std::function<void(Fetched)> done);

}  // namespace attune::net
