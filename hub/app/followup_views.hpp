// What is owed after calls, in the words of the wire. Who may be told is asked of core::followup_audience and never decided
// here. A list: it comes with every Welcome and again when it changes.
#pragma once

#include "hub/app/views.hpp"

namespace attune::app {

/// Precondition: this adult's handset is unlocked.
protocol::Owed owed_view(const core::State& state, const core::PersonId& person);
/// As this leader may see it in the browser.
protocol::Owed owed_view(const core::State& state, const core::Person& leader);

}  // namespace attune::app
