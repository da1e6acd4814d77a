// The hub's local socket, for whoever may administer it on its own machine: root and the hub's own user. A frame there
// is its length in four bytes, most significant first, and one envelope (protocol/README.md, section 13). Blocking.
#pragma once

#include <chrono>
#include <filesystem>
#include <vector>

#include "clients/cli/exit_code.hpp"
#include "protocol/cpp/generated/messages.hpp"

namespace attune::cli {

namespace protocol = attune::protocol;

/// Where a hub of this machine has it, unless its configuration says otherwise.
std::filesystem::path usual_hub_socket();

class HubSocket {
  public:
    /// Throws Failure with a sentence.
    explicit HubSocket(const std::filesystem::path& socket);
    ~HubSocket();
    HubSocket(const HubSocket&) = delete;
    HubSocket& operator=(const HubSocket&) = delete;

    /// The answer to one request. Throws Failure: refused with the hub's sentence, not_reached.
    protocol::AnyMessage ask(const protocol::AnyMessage& request,
                             std::chrono::milliseconds limit = std::chrono::seconds(30));

  private:
    void send_all(const std::vector<std::byte>& bytes) const;
    void receive_all(std::span<std::byte> bytes, std::chrono::steady_clock::time_point end) const;
    int socket_ = -1;
};

/// The answer of the wanted type.
template <class Answer>
Answer ask_hub(HubSocket& hub, const protocol::AnyMessage& request) {
    auto message = hub.ask(request);
    if (auto* answer = get_if<Answer>(&message)) return std::move(*answer);
    throw Failure(Exit::failed,
                  "The hub gave an answer that this attune does not know. Use the same version for both.");
}

}  // namespace attune::cli
