// A talk in the words of the wire. What a device may see is asked of core::talk_audience and never decided here.
#pragma once

#include "hub/app/views.hpp"
#include "hub/core/talk_audience.hpp"

namespace attune::app {

/// Precondition: seer.relation is not none. `now` is on the hub's timeline.
protocol::TalkView talk_view(const core::State& state, const core::Talk& talk, const core::TalkSeer& seer, core::Ms now);

/// The adults whom this child may ask, in the child's own order.
std::vector<protocol::AdultRef> adults_of(const core::State& state, const core::ChildId& child, core::Ms now);

}  // namespace attune::app
