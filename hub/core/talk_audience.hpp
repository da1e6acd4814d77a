// Who may see a talk, as pure functions of the state and of the cards that lie at kiosks now: the only place that
// decides it. Never a room, a station or a board; never a handset that is locked.
#pragma once

#include <map>
#include <vector>

#include "hub/core/state.hpp"

namespace attune::core {

/// `child`: the card is at this kiosk. `asked`: it is this adult's to answer. `lead`: the end of the chain. `dsl`: a
/// pointer, and nothing of what was asked.
enum class TalkRelation : std::uint8_t { none, child, asked, lead, dsl };

struct TalkSeer {
    DeviceId device;
    TalkRelation relation = TalkRelation::none;
    auto operator<=>(const TalkSeer&) const = default;
};

/// Which child's card lies at which kiosk. It is nowhere stored: a card is there for seconds.
using CardsPresent = std::map<DeviceId, ChildId>;

TalkSeer talk_seer_of(const State& state, const Talk& talk, const Device& device, const CardsPresent& present);

/// Every device that may see the talk now, each once, in a fixed order.
std::vector<TalkSeer> talk_audience(const State& state, const Talk& talk, const CardsPresent& present);

}  // namespace attune::core
