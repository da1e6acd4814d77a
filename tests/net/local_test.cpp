// The local socket and its blocking client.
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <cstring>

#include "hub/net/local_client.hpp"
#include "tests/net/support.hpp"

using namespace attune::net::test;
using attune::net::LocalClient;

namespace {

attune::net::Config with_socket(const TemporaryFolder& folder) {
    auto config = Hub::default_config();
    config.local_socket = folder.path / "attuned.sock";
    return config;
}

}  // namespace

TEST_CASE("frames of every size go to the hub and back over the local socket") {
    TemporaryFolder folder;
    Hub hub(with_socket(folder));
    LocalClient client;
    REQUIRE(client.connect(folder.path / "attuned.sock").empty());
    for (const std::size_t size :
         {std::size_t{1}, std::size_t{200}, std::size_t{65'536}, std::size_t{1'000'000}, std::size_t{8} << 20}) {
        Bytes sent(size, std::byte{'x'}), got;
        INFO(size);
        REQUIRE(client.send(sent));
        REQUIRE(client.receive(got, 10s));
        CHECK(got == sent);
    }
    CHECK(hub.on_io([&] { return hub.door.peers.front().local; }));
    struct stat about{};
    REQUIRE(::stat((folder.path / "attuned.sock").c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
}

TEST_CASE("two frames in one packet are two messages") {
    TemporaryFolder folder;
    Hub hub(with_socket(folder));
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    std::strcpy(to.sun_path, (folder.path / "attuned.sock").c_str());
    REQUIRE(::connect(descriptor, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) == 0);
    const char two[] = "\0\0\0\3one\0\0\0\3two";
    REQUIRE(::send(descriptor, two, sizeof(two) - 1, 0) == sizeof(two) - 1);
    CHECK(hub.until([&] { return hub.door.received_count == 2; }));
    ::close(descriptor);
    CHECK(hub.until([&] { return hub.door.closed_count == 1; }));
}

TEST_CASE("a frame that promises too much ends the connection before memory is taken") {
    TemporaryFolder folder;
    Hub hub(with_socket(folder));
    LocalClient client;
    REQUIRE(client.connect(folder.path / "attuned.sock").empty());
    Bytes answer;
    // The hub ends it at the length already, so that the sending may fail or not.
    CHECK_FALSE((client.send(Bytes((8 << 20) + 1)) && client.receive(answer, 10s)));
    CHECK(client.error() == "The hub closed the connection.");
    CHECK(hub.door.received_count == 0);
}

TEST_CASE("the client says why: no hub, no answer, hub gone") {
    TemporaryFolder folder;
    LocalClient client;
    CHECK(client.connect(folder.path / "attuned.sock").find("No hub is running") == 0);
    Hub hub(with_socket(folder));
    REQUIRE(client.connect(folder.path / "attuned.sock").empty());
    Bytes answer;
    CHECK_FALSE(client.receive(answer, 20ms));
    CHECK(client.error() == "The hub did not answer in time.");
    CHECK(client.connected());
    REQUIRE(client.send(bytes_of("close")));
    REQUIRE(client.receive(answer, 5s));
    CHECK(text_of(answer) == "last words");
    CHECK_FALSE(client.receive(answer, 5s));
    CHECK(client.error() == "The hub closed the connection.");
}

TEST_CASE("a second hub on the same state directory refuses; a socket that a dead one left is replaced") {
    TemporaryFolder folder;
    {
        Hub hub(with_socket(folder));
        CHECK_THROWS_AS(Hub(with_socket(folder)), std::runtime_error);
    }
    const int left = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    std::strcpy(at.sun_path, (folder.path / "attuned.sock").c_str());
    REQUIRE(::bind(left, reinterpret_cast<const sockaddr*>(&at), sizeof(at)) == 0);
    ::close(left);
    Hub hub(with_socket(folder));
    LocalClient client;
    CHECK(client.connect(folder.path / "attuned.sock").empty());
    CHECK(hub.stop() < 7s);
    CHECK_FALSE(std::filesystem::exists(folder.path / "attuned.sock"));
}
