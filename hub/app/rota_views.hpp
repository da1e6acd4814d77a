// Cover and the board in the words of the wire. Pure functions of the core's state; who may be told is asked of
// core::sees_gaps and core::audience. All of these are lists: they come with every Welcome and again when they change.
#pragma once

#include <vector>

#include "hub/core/cover.hpp"
#include "hub/app/views.hpp"

namespace attune::app {

/// `children` false: for a station, which learns that there is a gap and since when, and of whom nothing.
protocol::Gaps gaps_list(const core::State& state, bool children);

/// In frames that fit the wire's limit. `corridor`: no child, not even how many.
std::vector<protocol::Board> board_lists(const core::State& state, core::Ms now, bool corridor);

/// `file_names` false: to a board, which everybody reads, only that something is wrong.
protocol::TimetableState timetable_state(const core::State& state, bool file_names);

protocol::MyChildren my_children(const core::State& state, const core::PersonId& person, core::Ms now);

}  // namespace attune::app
