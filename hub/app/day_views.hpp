// The school day in the words of the wire. Who may be told is asked of core::day_audience and never decided here. Both are
// lists: they come with every Welcome and again when they change.
#pragma once

#include "hub/app/note_vault.hpp"
#include "hub/app/views.hpp"

namespace attune::app {

/// Greetings that are somebody's to see to: collected once for all handsets.
std::vector<core::ChildId> greeting_tasks(const core::State& state);

/// Precondition: this adult's handset is unlocked.
protocol::Day day_view(const core::State& state, const core::PersonId& person, const std::vector<core::ChildId>& tasks, const NoteVault& vault);
protocol::Door door_view(const core::State& state, const core::PersonId& person);

}  // namespace attune::app
