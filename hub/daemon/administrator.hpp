// Asking the hub as the site's administrator: the running hub through its local socket, or, where none runs, the same
// engine in this process on the journal itself. Blocking; one thread.
#pragma once

#include <memory>

#include "hub/daemon/config.hpp"
#include "protocol/cpp/generated/messages.hpp"

namespace attune::daemon {

class Administrator {
  public:
    virtual ~Administrator() = default;
    /// The answer to one request. Throws std::runtime_error with a sentence where there is none, or it is a rejection.
    protocol::AnyMessage ask(const protocol::AnyMessage& request);

  protected:
    /// As ask(), with rejections still in it.
    virtual protocol::AnyMessage exchange(const protocol::AnyMessage& request, const protocol::Id& id) = 0;
};

/// What may come of the asking, where no hub runs: `nothing` leaves every file as it is.
enum class Leaves : std::uint8_t { nothing, events };

/// Throws std::runtime_error with a sentence.
std::unique_ptr<Administrator> reach_hub(const Config& config, Leaves leaves);

/// The answer of the wanted type. Throws std::runtime_error where it is another.
template <class Answer>
Answer ask(Administrator& administrator, const protocol::AnyMessage& request) {
    auto message = administrator.ask(request);
    if (auto* answer = std::get_if<Answer>(&message)) return std::move(*answer);
    throw std::runtime_error("The hub gave an answer that this attuned does not know. Use the same version for both.");
}

}  // namespace attune::daemon
