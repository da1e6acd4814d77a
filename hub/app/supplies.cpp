// Making the PIN, hashing it beside the io thread, and answering once.
#include "hub/app/supplies.hpp"

#include <algorithm>

#include "hub/app/csv_table.hpp"
#include "hub/app/leader_words.hpp"
#include "hub/app/leaders.hpp"
#include "hub/app/views.hpp"

namespace attune::app {

namespace {

using protocol::Error;

constexpr std::size_t given_max = 32;

std::optional<core::Role> role_of(protocol::Role role) {
    if (role == protocol::Role::responder) return core::Role::responder;
    if (role == protocol::Role::teacher) return core::Role::teacher;
    return std::nullopt;
}

/// Without the spaces around it; nothing where it can't be shown.
std::optional<std::string> name_to_show(const std::string& text) {
    const std::size_t from = text.find_first_not_of(' ');
    if (from == std::string::npos || !unfit_to_show(text).empty()) return std::nullopt;
    return text.substr(from, text.find_last_not_of(' ') + 1 - from);
}

}  // namespace

/// Six digits that are not all the same: a try costs time, and the day is short.
std::string Supplies::fresh_pin() {
    std::string pin;
    while (pin.size() < supply_pin_digits || std::ranges::all_of(pin, [&](char digit) { return digit == pin.front(); })) {
        if (pin.size() == supply_pin_digits) pin.clear();
        std::byte byte{};
        random_.fill(std::span(&byte, 1));
        if (const auto value = std::to_integer<unsigned>(byte); value < 250) pin += static_cast<char>('0' + value % 10);  // each digit as likely as another
    }
    return pin;
}

void Supplies::add(Session& session, const protocol::AddSupply& message, const protocol::Id& id) {
    const core::Principal by = principal_of(session);
    const Key key{id, by.device};
    for (const Given& given : given_)
        if (given.key == key) return sessions_.answer(session, EffectKind::promise, given.added, id);
    if (const auto working = working_.find(key); working != working_.end()) {
        if (std::ranges::find(working->second, session.id) == working->second.end()) working->second.push_back(session.id);
        return;
    }
    if (!engine_.journal_ok()) return sessions_.reject(session, Error::journal_unavailable, id);
    const auto name = name_to_show(message.name), short_name = name_to_show(message.short_name);
    if (!name || !short_name) return sessions_.reject(session, Error::out_of_range, id);
    core::AddSupply intent{*name, *short_name, {}, {message.covers.value_or("")}, {message.place.value_or("")}, {}};
    for (const protocol::Role role : message.roles) {
        const auto known = role_of(role);
        if (!known) return sessions_.reject(session, Error::supply_role, id);
        if (std::ranges::find(intent.roles, *known) == intent.roles.end()) intent.roles.push_back(*known);
    }
    working_[key].push_back(session.id);
    const std::string pin = fresh_pin();
    work_.hash_pin(pin, [this, alive = std::weak_ptr(alive_), key, by, intent = std::move(intent), pin](std::string argon2id) mutable {
        if (alive.expired()) return;
        if (argon2id.empty()) return refuse(key, Error::too_many_waiting);  // nobody could sign in with it
        intent.pin = std::move(argon2id);
        finish(key, by, std::move(intent), pin);
    });
}

void Supplies::refuse(const Key& key, protocol::Error why) {
    const Engine::Turn turn(engine_);
    const std::vector<ConnectionId> waiting = std::move(working_[key]);
    working_.erase(key);
    for (const ConnectionId connection : waiting)
        if (Session* session = sessions_.find(connection)) sessions_.reject(*session, why, key.first);
}

void Supplies::finish(const Key& key, const core::Principal& by, core::AddSupply intent, const std::string& pin) {
    const Engine::Turn turn(engine_);
    const std::vector<ConnectionId> waiting = std::move(working_[key]);
    working_.erase(key);
    const std::string short_name = intent.short_name;
    const auto answer = engine_.submit(std::move(intent), by, key.first);
    const bool added = answer.admission == Engine::Admission::taken && !answer.outcome.rejection;
    for (const ConnectionId connection : waiting) {
        Session* session = sessions_.find(connection);
        if (session == nullptr) continue;
        if (!added) sessions_.answer(*session, answer, key.first);
        // Decided in an earlier run of the hub: the PIN itself was never kept. Whoever asks ends them and adds them anew.
        else if (answer.repeated) sessions_.reject(*session, Error::short_name_taken, key.first);
    }
    if (!added || answer.repeated) return;
    const core::State& state = engine_.state();
    const auto person = std::ranges::find_if(state.supplies, [&](const auto& entry) { return state.directory.people.at(entry.first).short_name == short_name; });
    if (person == state.supplies.end()) return;
    const protocol::SupplyAdded told{cut(person->first.value, 32), cut(short_name, 32), pin, person->second.until};
    given_.push_back({key, told});
    if (given_.size() > given_max) given_.pop_front();
    for (const ConnectionId connection : waiting)
        if (Session* session = sessions_.find(connection)) sessions_.answer(*session, EffectKind::promise, told, key.first);
}

void Supplies::list(Session& session, const protocol::Id& id) { sessions_.answer(session, EffectKind::reading, supplies_list(engine_.state()), id); }

protocol::Supplies supplies_list(const core::State& state) {
    protocol::Supplies list;
    for (const auto& [id, supply] : state.supplies) {
        const core::Person& person = state.directory.people.at(id);
        protocol::SupplyView view;
        view.person = cut(id.value, 32);
        view.short_name = cut(person.short_name, 32);
        view.name = cut(person.name, 64);
        view.roles = wire_roles(person);
        if (!supply.covers.empty()) view.covers = short_name_of(state, supply.covers);
        view.until = supply.until;
        const auto duty = state.duties.find(id);
        view.signed_in = duty != state.duties.end() && !duty->second.device.empty();
        list.supplies.push_back(std::move(view));
    }
    return list;
}

}  // namespace attune::app
