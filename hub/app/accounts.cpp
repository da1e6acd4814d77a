// Choosing a PIN and signing in.
#include "hub/app/accounts.hpp"

#include <algorithm>

#include "hub/app/secrets.hpp"
#include "hub/core/leader_rules.hpp"

namespace attune::app {

namespace {

using protocol::Error;

core::Principal principal_of(const core::DeviceId& device) {
    return {core::Principal::Kind::device, device};
}

}  // namespace

bool is_pin(const std::string& pin) {
    if (pin.size() < 4 || pin.size() > 12) return false;
    if (!std::ranges::all_of(pin, [](char digit) { return digit >= '0' && digit <= '9'; })) return false;
    return !std::ranges::all_of(pin, [&](char digit) { return digit == pin.front(); });
}

bool Accounts::repeated(const Session& session, const protocol::Id& id) {
    if (const Outcome* outcome = engine_.known(id, session.device)) {
        sessions_.answer(session, Engine::Answer{Engine::Admission::taken, *outcome, true}, id);
        return true;
    }
    const auto working = working_.find({id, session.device});
    if (working == working_.end()) return false;
    if (std::ranges::find(working->second, session.id) == working->second.end()) working->second.push_back(session.id);
    return true;
}

void Accounts::set_pin(Session& session, const protocol::SetPin& message, const protocol::Id& id) {
    if (repeated(session, id)) return;
    if (!is_pin(message.pin)) return sessions_.reject(session, Error::pin_format, id);
    if (!engine_.journal_ok()) return sessions_.reject(session, Error::journal_unavailable, id);
    const core::Device& device = engine_.state().devices.at(session.device);
    const core::PersonId person{message.person};
    if (!may_set_pin(device, engine_.now()) || device.for_person != person)
        return sessions_.reject(session, Error::pin_not_allowed, id);
    const Key key{id, session.device};
    working_[key].push_back(session.id);
    work_.hash_pin(message.pin, [this, alive = std::weak_ptr(alive_), key, person,
                                 secret = digest_of(message.session)](std::string argon2id) {
        if (alive.expired()) return;
        finish(key, core::SetPin{person, std::move(argon2id), secret});
    });
}

void Accounts::sign_in(Session& session, const protocol::SignIn& message, const protocol::Id& id) {
    if (repeated(session, id)) return;
    if (!engine_.journal_ok()) return sessions_.reject(session, Error::journal_unavailable, id);
    const core::State& state = engine_.state();
    const core::PersonId person{message.person};
    if (!state.directory.people.contains(person)) return sessions_.reject(session, Error::no_such_person, id);
    const auto duty = state.duties.find(person);
    if (duty == state.duties.end() || duty->second.pin.empty())
        return sessions_.reject(session, Error::pin_not_allowed, id);
    const Ms wait_until = core::pin_wait_until(duty->second, state.devices.at(session.device));
    if (engine_.now() < wait_until)
        return sessions_.reject(session, Error::pin_wait, id, wait_until - engine_.now());
    if (!checking_.insert(person).second) return sessions_.reject(session, Error::pin_wait, id, check_takes_ms);
    const Key key{id, session.device};
    working_[key].push_back(session.id);
    work_.check_pin(
        duty->second.pin, message.pin,
        [this, alive = std::weak_ptr(alive_), key, person, secret = digest_of(message.session)](bool right) {
            if (alive.expired()) return;
            checking_.erase(person);
            finish(key, core::SignIn{person, right, secret});
        });
}

void Accounts::finish(const Key& key, core::Intent intent) {
    const Engine::Turn turn(engine_);
    const std::vector<ConnectionId> waiting = std::move(working_[key]);
    working_.erase(key);
    const auto answer = engine_.submit(std::move(intent), principal_of(key.second), key.first);
    for (const ConnectionId connection : waiting)
        if (const Session* session = sessions_.find(connection)) sessions_.answer(*session, answer, key.first);
}

}  // namespace attune::app
