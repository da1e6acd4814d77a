// PINs: chosen on a handset that was made ready for the person, given to sign in. Hashing is done elsewhere (Work);
// here is what must hold before and after. One check for each person at a time, so that guesses can't run beside each
// other. One thread; `done` of Work comes on it.
#pragma once

#include <memory>
#include <set>

#include "hub/app/session.hpp"

namespace attune::app {

class Accounts {
  public:
    Accounts(Engine& engine, Sessions& sessions, Work& work) : engine_(engine), sessions_(sessions), work_(work) {}

    void set_pin(Session& session, const protocol::SetPin& message, const protocol::Id& id);
    void sign_in(Session& session, const protocol::SignIn& message, const protocol::Id& id);

  private:
    using Key = std::pair<protocol::Id, core::DeviceId>;

    /// True when the command has been answered, or is being worked on and will be.
    bool repeated(const Session& session, const protocol::Id& id);
    void finish(const Key& key, core::Intent intent);

    Engine& engine_;
    Sessions& sessions_;
    Work& work_;
    std::map<Key, std::vector<ConnectionId>> working_;  // who waits for the answer
    std::set<core::PersonId> checking_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

/// 4 to 12 digits and not one digit repeated.
bool is_pin(const std::string& pin);

}  // namespace attune::app
