// Asking the hub as the site's administrator: the running hub through its local socket, or, where none runs, the same
// engine in this process on the journal itself. Blocking; one thread.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "hub/daemon/config.hpp"
#include "protocol/cpp/generated/messages.hpp"

namespace attune::daemon {

/// The hub has answered with a rejection: its name, and its sentence.
class Refused : public std::runtime_error {
  public:
    Refused(std::string name, const std::string& sentence) : std::runtime_error(sentence), name_(std::move(name)) {}
    const std::string& name() const { return name_; }

  private:
    std::string name_;
};

class Administrator {
  public:
    virtual ~Administrator() = default;
    /// The answer to one request. Throws Refused where it is a rejection, std::runtime_error with a sentence where
    /// there is none.
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
    if (auto* answer = get_if<Answer>(&message)) return std::move(*answer);
    throw std::runtime_error("The hub gave an answer that this attuned does not know. Use the same version for both.");
}

}  // namespace attune::daemon
