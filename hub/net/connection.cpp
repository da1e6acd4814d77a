// Registration, and nothing else: the rules are the kinds' own.
#include "hub/net/connection.hpp"

#include <utility>

namespace attune::net {
namespace {

std::uint64_t& count_of(Counters& counters, Kind kind) {
    switch (kind) {
        case Kind::WebSocket:
            return counters.websockets;
        case Kind::Local:
            return counters.locals;
        case Kind::Zeromq:
            return counters.zeromq;
        case Kind::Visitor:
            break;
    }
    return counters.visitors;
}

}  // namespace

Connection::Connection(Context& context, Kind kind, std::string address)
    : context_(context),
      kind_(kind),
      address_(std::move(address)),
      born_ms_(context.clock.monotonic_ms()),
      number_(++context.connections_born),
      stranger_(kind == Kind::Visitor || kind == Kind::WebSocket) {
    context_.connections.insert(this);
    if (stranger_) ++context_.counters.strangers;
    ++context_.connections_of_address[address_];
    ++count_of(context_.counters, kind_);
}

void Connection::acquainted() {
    if (std::exchange(stranger_, false)) --context_.counters.strangers;
}

Connection::~Connection() {
    acquainted();
    context_.connections.erase(this);
    if (const auto at = context_.connections_of_address.find(address_); --at->second == 0) {
        context_.connections_of_address.erase(at);
    }
    --count_of(context_.counters, kind_);
    if (context_.connection_gone) context_.connection_gone();
}

std::vector<std::shared_ptr<Connection>> Context::all() const {
    std::vector<std::shared_ptr<Connection>> found;
    found.reserve(connections.size());
    for (auto* connection : connections) {
        if (auto kept = connection->weak_from_this().lock()) found.push_back(std::move(kept));
    }
    return found;
}

}  // namespace attune::net
