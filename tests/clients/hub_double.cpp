// The double's sockets.
#include "tests/clients/hub_double.hpp"

#include <sodium.h>

#include <cstring>

namespace attune::test {

HubDouble::HubDouble() {
    crypto_box_keypair(reinterpret_cast<unsigned char*>(public_key_.data()),
                       reinterpret_cast<unsigned char*>(secret_key_.data()));
    zap_ = zmq::socket_t(context_, zmq::socket_type::rep);
    zap_.set(zmq::sockopt::linger, 0);
    zap_.bind("inproc://zeromq.zap.01");
    welcome.seq = 40;
    welcome.resume = protocol::Resume::snapshot;
    welcome.device = "room-1";
    welcome.kind = protocol::DeviceKind::room;
    welcome.label = "Room 12";
    welcome.site = "Example School";
    welcome.help = "Ring the office on 200.";
    open();
}

void HubDouble::open() {
    router_ = zmq::socket_t(context_, zmq::socket_type::router);
    router_.set(zmq::sockopt::linger, 0);
    router_.set(zmq::sockopt::router_mandatory, true);
    router_.set(zmq::sockopt::curve_server, true);
    router_.set(zmq::sockopt::zap_domain, "attune");
    zmq_setsockopt(router_.handle(), ZMQ_CURVE_SECRETKEY, secret_key_.data(), secret_key_.size());
    router_.bind(address_.empty() ? "tcp://127.0.0.1:*" : "tcp://" + address_);
    address_ = router_.get(zmq::sockopt::last_endpoint).substr(std::strlen("tcp://"));
}

void HubDouble::close() {
    router_.close();
    greeted.clear();
}

void HubDouble::poll_zap() {
    std::vector<zmq::message_t> parts;
    zmq::message_t part;
    while (zap_.recv(part, zmq::recv_flags::dontwait)) {
        const bool more = part.more();
        parts.push_back(std::move(part));
        part.rebuild();
        if (more) continue;
        ++keys_asked;
        const std::string user(static_cast<const char*>(parts.at(6).data()), parts.at(6).size());
        const std::vector<std::string> answer{"1.0",
                                              parts.at(1).to_string(),
                                              refuses_keys ? "400" : "200",
                                              refuses_keys ? "No" : "OK",
                                              client::key_text([&] {
                                                  client::Key key{};
                                                  std::memcpy(key.data(), user.data(), key.size());
                                                  return key;
                                              }()),
                                              ""};
        for (std::size_t i = 0; i < answer.size(); ++i)
            zap_.send(zmq::buffer(answer[i]), i + 1 < answer.size() ? zmq::send_flags::sndmore : zmq::send_flags::none);
        parts.clear();
    }
}

void HubDouble::poll() {
    poll_zap();
    if (!router_.handle()) return;
    zmq::message_t id, payload;
    while (router_.recv(id, zmq::recv_flags::dontwait)) {
        if (!router_.recv(payload, zmq::recv_flags::dontwait)) return;
        const auto envelope = protocol::decode({static_cast<const std::byte*>(payload.data()), payload.size()});
        if (!envelope) continue;
        const auto key = client::key_from_text(payload.gets("User-Id"));
        take({id.to_string(), envelope->id, envelope->message, key.value_or(client::Key{})});
    }
}

void HubDouble::take(Heard message) {
    const std::string from = message.routing_id;
    if (holds_alternative<protocol::Enrol>(message.message)) {
        if (answer_greetings)
            send(from, protocol::Enrolled{"room-1", protocol::DeviceKind::room, "Room 12", {}, false}, message.id);
    } else if (holds_alternative<protocol::Hello>(message.message)) {
        newest_ = from;
        greeted.insert(from);
        if (answer_greetings && lets_wait) {
            send(from, protocol::Waiting{1'000, 601'000, "room-1", protocol::DeviceKind::room, "Room 12", "School", "Ring 200."}, message.id);
        } else if (answer_greetings) {
            send(from, welcome, message.id);
            send(from, protocol::Live{seq_}, {});
        }
    } else if (holds_alternative<protocol::Beat>(message.message)) {
        if (beats) send(from, protocol::Beat{1, seq_, 1'000, protocol::JournalHealth::ok, {}}, {});
    } else if (message.id) {
        commands.push_back(*message.id);
        if (answer_commands) send(from, protocol::Done{++seq_, 7}, message.id);
    }
    heard.push_back(std::move(message));
}

void HubDouble::send(const std::string& routing_id, const protocol::AnyMessage& message,
                     const std::optional<protocol::Id>& id) {
    std::vector<std::byte> frame;
    if (!protocol::encode(message, id, frame)) throw std::runtime_error("the double cannot encode");
    try {
        router_.send(zmq::buffer(routing_id), zmq::send_flags::sndmore);
        router_.send(zmq::buffer(frame), zmq::send_flags::none);
    } catch (const zmq::error_t&) {  // it has gone
    }
}

void HubDouble::tell(const protocol::AnyMessage& message, const std::optional<protocol::Id>& id) {
    send(newest_, message, id);
}

protocol::CallView a_card(std::uint64_t call, protocol::Relation relation, protocol::CallRung rung) {
    protocol::CallView card;
    card.call = call;
    card.place = "r12";
    card.place_name = "Room 12";
    card.level = 2;
    card.relation = relation;
    card.rung = rung;
    card.recorded = true;
    card.sounds = 1;
    return card;
}

}  // namespace attune::test
