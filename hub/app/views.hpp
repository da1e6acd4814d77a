// The state in the words of the wire: cards, lists, people, devices. Pure functions of the core's state; what a device
// may see is asked of core::audience and never decided here. With translate.* the only place that sees wire and core.
// Texts longer than the wire allows are cut at a whole character, so that no name of a site can keep a frame from
// leaving.
#pragma once

#include <vector>

#include "hub/app/delivery.hpp"
#include "hub/core/audience.hpp"
#include "hub/core/step.hpp"
#include "hub/core/visit_audience.hpp"
#include "protocol/cpp/codec.hpp"

namespace attune::app {

/// A card. `recorded` false says that the disk is sick and has not got it yet. The raiser's card has less.
protocol::CallView call_view(const core::State& state, const core::Call& call, const core::Seer& seer, bool recorded);

/// `since` is when the state began; the caller keeps it.
protocol::PersonView person_view(const core::State& state, const core::PersonId& person,
                                 core::Availability availability, core::Ms since);
protocol::DeviceView device_view(const core::Device& device);
/// With who made its code, who approved it, and whether it waits: for leaders and the local socket.
protocol::DeviceView device_view_for_leaders(const core::Device& device);
std::vector<protocol::Role> wire_roles(const core::Person& person);

std::vector<protocol::Staff> staff_lists(const core::State& state);
protocol::Children children_list(const core::State& state, const core::PlaceId& place);
std::vector<protocol::Places> places_lists(const core::State& state);
protocol::Welcome welcome_for(const core::State& state, const core::Device& device, core::Ms now);
protocol::Waiting waiting_for(const core::State& state, const core::Device& device, core::Ms now);
bool may_set_pin(const core::Device& device, core::Ms now);

protocol::DeviceKind wire_kind(core::DeviceKind kind);
/// views_of_visits.cpp: a calm space with the names of its adults or without, and a visit as one device may see it.
protocol::SpaceView space_view(const core::State& state, const core::PlaceId& place, bool with_adults);
protocol::VisitView visit_view(const core::State& state, const core::Visit& visit, const core::VisitSeer& seer, bool recorded);
/// The wire's name for an event that is about a visit.
protocol::VisitEvent visit_event(const core::Fact& fact);
std::optional<protocol::Helps> helps_of(const core::State& state, const core::ChildId& child);
std::string place_name(const core::State& state, const core::PlaceId& place);
/// Nothing for what is never enrolled.
std::optional<core::DeviceKind> core_kind(protocol::DeviceKind kind);

/// The wire's name for an event of a call; nothing for one that is not shown (a press that changed nothing).
std::optional<protocol::CallEvent> call_event(const core::Fact& fact);

/// What an adult is called on a card; their id when the directory no longer has them.
std::string short_name_of(const core::State& state, const core::PersonId& person);

/// The longest texts on the wire, in bytes: what is longer is cut, for the import may have taken more.
inline constexpr std::size_t id_bytes = 32, short_bytes = 32, name_bytes = 64, initials_bytes = 16;

/// A value of an enum that has the same numbers in the core and on the wire; the static_asserts beside its users say so.
template <class Wire, class Core>
Wire same_number(Core value) {
    return static_cast<Wire>(static_cast<int>(value));
}

/// At most `bytes_max` bytes of UTF-8 text, cut before a character.
std::string cut(std::string_view text, std::size_t bytes_max);

/// Encodes one message as a frame of its own. The messages made here can't break a limit; should one, it is answered by
/// an empty frame, which nobody sends.
template <class Message>
Frame frame_of(const Message& message, const std::optional<protocol::Id>& id = std::nullopt,
               const protocol::pack::Limits& limits = protocol::wire_limits) {
    auto bytes = std::make_shared<Bytes>();
    bytes->reserve(512);
    if (!protocol::encode(message, id, *bytes, limits)) bytes->clear();
    return bytes;
}

}  // namespace attune::app
