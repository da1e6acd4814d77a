// Every message that a client may send, made from the schema's own descriptions, and the fields in them that name
// something: a call, a child, a person, a place, a device. A message that is added to the schema is walked, too.
#pragma once

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <set>

#include "tests/app/world.hpp"

namespace attune::test {

enum class Named : std::uint8_t { call, child, person, place, device };

/// Which kind of thing the field of this name means, by the words of the schema.
inline std::optional<Named> named_by(std::string_view field) {
    if (field == "call") return Named::call;
    if (field == "child") return Named::child;
    if (field == "person" || field == "going" || field == "to") return Named::person;
    if (field == "place") return Named::place;
    if (field == "device") return Named::device;
    return std::nullopt;
}

/// What is put into the fields that name something: the number of a call, or an id.
struct Name {
    std::uint64_t call = 0;
    std::string id;
};

inline void put(std::uint64_t& field, const Name& name) { field = name.call; }
inline void put(std::string& field, const Name& name) { field = name.id; }
template <class Field>
void put(std::optional<Field>& field, const Name& name) {
    put(field.emplace(), name);
}
template <class Field>
void put(Field&, const Name&) {}  // of another type: it only has the same name

template <class Message, class Visit>
void each_field(Message& message, Visit visit) {
    boost::mp11::mp_for_each<boost::describe::describe_members<Message, boost::describe::mod_public>>(
        [&](auto described) { visit(std::string_view(described.name), message.*described.pointer); });
}

/// The kinds of things that this message names.
inline std::set<Named> names_in(const wire::AnyMessage& message) {
    std::set<Named> found;
    visit(
        [&](auto copy) {
            each_field(copy, [&](std::string_view field, auto&) {
                if (const auto kind = named_by(field)) found.insert(*kind);
            });
        },
        message);
    return found;
}

/// The message with each field that names something of this kind set.
inline wire::AnyMessage with(const wire::AnyMessage& message, Named kind, const Name& name) {
    wire::AnyMessage changed = message;
    visit(
        [&](auto& body) {
            each_field(body, [&](std::string_view field, auto& value) {
                if (named_by(field) == kind) put(value, name);
            });
        },
        changed);
    return changed;
}

/// One of each message that a client may send, greetings and Goodbye left out, with its other fields at something that
/// could be right.
inline std::vector<wire::AnyMessage> commands() {
    std::vector<wire::AnyMessage> all;
#define ATTUNE_ONE(Message) all.emplace_back(wire::Message{});
    ATTUNE_PROTOCOL_MESSAGES(ATTUNE_ONE)
#undef ATTUNE_ONE
    std::erase_if(all, [](const wire::AnyMessage& message) {
        const wire::MessageInfo& row = info(type_of(message));
        return row.from != wire::Sender::client || row.by == 0;
    });
    for (wire::AnyMessage& message : all) {
        if (auto* press = get_if<wire::RaiseCall>(&message)) press->level = 2;
        if (auto* said = get_if<wire::SetAvailability>(&message)) said->state = wire::AvailabilityState::free;
        if (auto* pin = get_if<wire::SetPin>(&message)) pin->pin = "2580";
        if (auto* pin = get_if<wire::SignIn>(&message)) pin->pin = "2580";
    }
    return all;
}

inline wire::Id say_any(Client& client, const wire::AnyMessage& message) {
    return visit([&](const auto& body) { return client.say(body); }, message);
}

}  // namespace attune::test
