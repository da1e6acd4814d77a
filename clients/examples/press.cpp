// One press, from a room that `attune enrol` has enrolled: prints each rung as the hub proves it, until an adult comes.
//   press FOLDER LEVEL
#include <attune/client.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace client = attune::client;
namespace protocol = attune::protocol;

int main(int count, char** arguments) {
    if (count != 3) return std::fprintf(stderr, "press FOLDER LEVEL\n"), 2;
    boost::asio::io_context io;
    bool coming = false;
    std::string shown;
    client::Client* room = nullptr;

    client::Handlers handlers;
    handlers.connection = [&](const client::Connection& now) {
        if (now.lost) std::puts("not through yet");
        const bool over = now.phase == client::Phase::refused || now.phase == client::Phase::not_enrolled ||
                          now.phase == client::Phase::no_folder;
        if (over) std::puts("not enrolled"), room->stop();
    };
    handlers.message = [&](const protocol::AnyMessage& message) {
        const auto* changed = get_if<protocol::CallChanged>(&message);
        if (!changed) return;
        const std::string rung(to_string(changed->call.rung));
        if (rung != shown) std::printf("%s %s\n", rung.c_str(), changed->call.owner.value_or("").c_str());
        std::fflush(stdout);
        shown = rung;
        coming = changed->call.owner.has_value();
        if (coming) room->stop();
    };

    client::Client device(io, client::DeviceFolder(arguments[1]), {"example 1.0", {}}, handlers);
    room = &device;
    device.start();
    device.send(protocol::RaiseCall{std::strtoull(arguments[2], nullptr, 10), 0, {}, {}});  // kept until it is answered
    io.run();
    return coming ? 0 : 1;
}
