// Starting the hub, and the two ways to it.
#include "tests/bench/native/hub.hpp"

#include <csignal>
#include <random>
#include <stdexcept>

namespace attune::bench {

namespace {

using namespace std::chrono_literals;
using net::test::Dealer;

class ZeromqLine final : public Line {
  public:
    ZeromqLine(std::uint16_t port, const net::test::CurveBytes& hub_key, const net::test::KeyPair& keys)
        : dealer_(port, hub_key, Dealer::Options{keys}) {
        if (!dealer_.admitted()) throw std::runtime_error("the hub refused the key");
    }
    void send(std::string_view frame) override { dealer_.send(frame); }
    std::string receive() override {
        auto frame = dealer_.receive();
        if (!frame) throw std::runtime_error("no answer over ZeroMQ");
        return std::move(*frame);
    }

  private:
    Dealer dealer_;
};

class WebSocketLine final : public Line {
  public:
    WebSocketLine(std::uint16_t port, const std::string& ca) : client_(port) {
        if (client_.start_tls(ca, "127.0.0.1") != 0) throw std::runtime_error("the hub's certificate is not its CA's");
        if (client_.upgrade().status != 101) throw std::runtime_error("the hub refused the upgrade");
    }
    void send(std::string_view frame) override { client_.send_message(frame); }
    std::string receive() override { return client_.message().payload; }

  private:
    net::test::Client client_;
};

std::uint16_t some_port() {
    static std::mt19937 chance{std::random_device{}()};
    return static_cast<std::uint16_t>(std::uniform_int_distribution<int>(20'000, 32'000)(chance));
}

std::string value_of(const std::string& json, const std::string& name) {
    const auto at = json.find("\"" + name + "\":\"");
    if (at == std::string::npos) throw std::runtime_error("attuned said no " + name + ": " + json);
    const auto from = at + name.size() + 4;
    return json.substr(from, json.find('"', from) - from);
}

}  // namespace

Hub::Hub(const std::string& attuned) : attuned_(attuned) {
    const std::string config = (folder_ / "attuned.toml").string(), state = (folder_ / "hub").string();
    const auto import = test::to_its_end(
        test::Process(attuned, {"import", "deploy/example-school", "--apply", "--state", state}), 30s);
    if (import.code != 0) throw std::runtime_error("the import failed: " + import.err);
    for (int tries = 0; tries < 5 && !process_; ++tries) {
        port_ = some_port();
        zeromq_port_ = some_port();
        folder_.write("attuned.toml", "listen = \"127.0.0.1:" + std::to_string(port_) +
                                          "\"\n[tls]\nalways = true\n[zeromq]\nlisten = \"127.0.0.1:" +
                                          std::to_string(zeromq_port_) + "\"\n[log]\nlevel = \"info\"\n");
        process_ = std::make_unique<test::Process>(
            attuned, std::vector<std::string>{"run", "--config", config, "--state", state});
        if (!process_->says("event=ready")) process_.reset();
    }
    if (!process_) throw std::runtime_error("attuned did not start");
    key_ = native_link("y4_curlew").key;
}

std::string Hub::enrol(const std::string& place, bool native) const {
    std::vector<std::string> words{"enrol", "room",     "--place", place, "--json", "--config", (folder_ / "attuned.toml").string(),
                                   "--state", (folder_ / "hub").string()};
    if (native) words.emplace_back("--native");
    const auto ran = test::to_its_end(test::Process(attuned_, words), 30s);
    if (ran.code != 0) throw std::runtime_error("no link was made: " + ran.err);
    return ran.out;
}

Hub::Link Hub::native_link(const std::string& place) const {
    const std::string said = enrol(place, true), url = value_of(said, "url");
    return {value_of(said, "code"), net::test::key_from(url.substr(url.rfind('/') + 1))};
}

std::string Hub::browser_code(const std::string& place) const {
    return value_of(enrol(place, false), "code");
}

std::unique_ptr<Line> Hub::websocket_with_tls() const {
    return std::make_unique<WebSocketLine>(port_, ca());
}

std::unique_ptr<Line> Hub::zeromq_with_curve(const net::test::KeyPair& keys) const {
    return std::make_unique<ZeromqLine>(zeromq_port_, key_, keys);
}

double Hub::counter(const std::string& name) const {
    net::test::Client client(port_);
    client.start_tls(ca(), "127.0.0.1");
    const std::string body = client.get("/metrics").body;
    double sum = 0;
    for (auto at = body.find("\nattune_" + name); at != std::string::npos; at = body.find("\nattune_" + name, at + 1)) {
        const std::string line = body.substr(at + 1, body.find('\n', at + 1) - at - 1);
        sum += std::stod(line.substr(line.rfind(' ') + 1));
    }
    return sum;
}

// ---- a room ------------------------------------------------------------------------------------------------------

Room::Room(std::unique_ptr<Line> line, const std::string& code, const net::test::CurveBytes& credential)
    : line_(std::move(line)) {
    using protocol::MessageType;
    send(protocol::Enrol{code, credential, "bench 1"}, protocol::Id{std::byte{1}});
    read_until([](const auto& one) { return one.type == MessageType::enrolled; });
    send(protocol::Hello{credential, 0, {}, "bench 1"}, protocol::Id{std::byte{2}});
    read_until([](const auto& one) { return one.type == MessageType::live; });
    beat();
}

void Room::send(const protocol::AnyMessage& message, const std::optional<protocol::Id>& id) {
    std::vector<std::byte> frame;
    if (!protocol::encode(message, id, frame)) throw std::runtime_error("a message of the bench breaks a limit");
    line_->send({reinterpret_cast<const char*>(frame.data()), frame.size()});
}

protocol::Envelope Room::read_until(const std::function<bool(const protocol::Envelope&)>& wanted) {
    while (true) {
        const std::string frame = line_->receive();
        auto envelope = decoder_.decode(std::as_bytes(std::span(frame)));
        if (!envelope) throw std::runtime_error("the hub sent a broken frame");
        if (envelope->type == protocol::MessageType::goodbye) throw std::runtime_error("the hub said goodbye");
        if (wanted(*envelope)) return std::move(*envelope);
    }
}

std::int64_t Room::exchange(const protocol::AnyMessage& command) {
    protocol::Id id{std::byte{3}};
    const std::uint64_t number = ++ids_;
    std::memcpy(id.data() + 8, &number, sizeof number);
    const std::int64_t begun = now_us();
    send(command, id);
    read_until([&](const auto& envelope) { return envelope.id == id; });
    return now_us() - begun;
}

void Room::beat() {
    send(protocol::Beat{++beats_, seq_, {}, {}, {}}, {});
}

}  // namespace attune::bench
